"""What is computed again after which edit: exactly the right results, whatever was edited, and nothing after an edit that says nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import warm
from conftest import PROJECT, TESTS, once

from hwgen.freshness import history
from hwgen.program import begin

AREA, TANGENT, WRONG = "area: checked A = \\pi r^2", "tangent: checked A\n  &\\ge 4\\pi(r-1)", "wrong_area: refuted A = \\frac{\\pi r^2}{2}"
CLAIMS = {AREA, TANGENT, WRONG, f"wrong versions of {AREA}", f"wrong versions of {TANGENT}"}
VIEWS = {"darts", "slope_darts", "darts_error", "darts_table"}
ALL = {*CLAIMS, *VIEWS, "unit_area", "round_: verified "}
RUN = """
import json, sys
from hwgen.freshness import libraries
from hwgen.program import build
for name in sys.argv[1:]:
    known = dict(libraries.versions())
    libraries.versions = lambda: {**known, name: "9.9"}
built = build.pdf(build.read(build.Request(jobs=1)))
print("computed", json.dumps(sorted(built.ledger.seconds)))
"""


class Project:
    """The toy homework with its area two imports away, in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root, self.code = root, root / "copied" / "exercises" / "circle" / "__init__.py"
        shutil.copytree(TESTS / "toy" / "templates", root / "templates")
        shutil.copy(PROJECT / "templates" / "preamble.tex", root / "templates")
        shutil.copytree(TESTS / "toy" / "exercises", root / "copied" / "exercises", ignore=shutil.ignore_patterns("__pycache__"))
        (root / "copied" / "__init__.py").write_text("")
        (root / "homework.toml").write_text((TESTS / "toy" / "homework.toml").read_text().replace("toy.exercises", "copied.exercises"))
        (root / "copied" / "near.py").write_text("from copied import far\n\n\ndef turn():\n    return far.half_turn() * 2\n")
        (root / "copied" / "far.py").write_text(
            "import numpy as np\n\n\ndef half_turn():\n    return np.pi\n\n\ndef unused():\n    return 1\n"
        )
        self.edit(self.code, "import numpy as np\n", "import numpy as np\n\nfrom copied.near import turn\n", 1)
        self.edit(self.code, "** 2) * 2 * np.pi)", "** 2) * turn())", 1)

    def edit(self, path: Path, old: str, new: str, count: int = 1) -> None:
        text = path.read_text()
        assert text.count(old) == count, f"{old!r} occurs {text.count(old)} times in {path.name}"
        path.write_text(text.replace(old, new))

    def computed(self, *libraries: str) -> set[str]:
        """The results that a build computes now."""
        environment = {**os.environ, "PYTHONPATH": f"{self.root}{os.pathsep}{PROJECT}", "PYTHONDONTWRITEBYTECODE": "1"}
        done = warm.run(RUN, *libraries, folder=self.root, environment=environment)
        assert done.returncode == 0, done.stderr
        (line,) = [line for line in done.stdout.splitlines() if line.startswith("computed ")]
        return set(json.loads(line.partition(" ")[2]))


@pytest.fixture(scope="module")
def first(shared: Path) -> Path:
    """A project after its first build."""

    def made(folder: Path) -> None:
        assert Project(folder).computed() == ALL

    return once(shared, "matrix", made)


@pytest.fixture
def project(first: Path, tmp_path: Path) -> Project:
    """A copy of it, to be edited."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    copy = Project.__new__(Project)
    copy.root, copy.code = tmp_path, tmp_path / "copied" / "exercises" / "circle" / "__init__.py"
    return copy


def template(project: Project) -> Path:
    return project.root / "templates" / "circle.tex.j2"


PACKED = 'return {"A": value(_area(problem), error=1e-9), "r": variable("r")}'
SPREAD = 'return {\n        "A": value(_area(problem), error=1e-9),\n        "r": variable("r"),\n    }'
OTHER = "area: checked A = r^2\\pi"
EDITS: dict[str, tuple[Callable[[Project], object], set[str]]] = {
    "nothing": (lambda one: None, set()),
    "a word of a template": (lambda one: one.edit(template(one), "The disc is", "The disk is"), set()),
    "a formula": (lambda one: one.edit(template(one), "A = \\pi r^2}", "A = r^2\\pi}"), {OTHER, f"wrong versions of {OTHER}"}),
    "the binding of a claim": (
        lambda one: one.edit(one.code, '{"r": closed(0.3, 3)}, source', '{"r": closed(0.3, 4)}, source'),
        {AREA, f"wrong versions of {AREA}"},
    ),
    "a helper two imports away": (
        lambda one: one.edit(one.root / "copied/far.py", "return np.pi", "return np.pi + 0.0"),
        {*CLAIMS, "unit_area"},
    ),
    "a definition beside it": (lambda one: one.edit(one.root / "copied/far.py", "return 1", "return 2"), set()),
    "a parameter": (lambda one: one.edit(one.code, "exponent: float = 2.0", "exponent: float = 2"), ALL),
    "the plotting style": (lambda one: one.edit(one.code, '"o-"', '"s-"'), {"darts_error"}),
    "a study": (lambda one: one.edit(one.code, "default_rng(5)", "default_rng(6)"), VIEWS),
    "a constant": (lambda one: one.edit(one.code, 'power_law(data["throws"]', 'power_law(1.0 * data["throws"]'), {"slope_darts"}),
    "a docstring": (lambda one: one.edit(one.code, '"""Area of a disc."""', '"""The area of a disc."""'), set()),
    "a comment": (lambda one: one.edit(one.code, "    throws = 4", "    # so many\n    throws = 4"), set()),
    "the layout": (lambda one: one.edit(one.code, PACKED, SPREAD, 3), set()),
    "the student": (lambda one: (one.root / "student.toml").write_text('nom = "Noether"\nprenom = "Emmy"\n'), set()),
    "the folder build": (lambda one: shutil.rmtree(one.root / "build"), ALL),
}  # fmt: skip


@pytest.mark.parametrize("what", list(EDITS))
def test_exactly_the_right_results_are_computed_again(project: Project, what: str) -> None:
    edit, expected = EDITS[what]
    edit(project)
    assert project.computed() == expected
    assert project.computed() == set()


def test_a_file_that_a_module_reads_while_it_is_imported_is_in_the_right_keys(project: Project) -> None:
    factor = project.root / "copied/factor.txt"
    factor.write_text("1.0")
    reads = 'from pathlib import Path\n\nFACTOR = float((Path(__file__).parent / "factor.txt").read_text())\n\n\ndef half_turn():'
    project.edit(project.root / "copied/far.py", "\ndef half_turn():", f"\n{reads}")
    project.edit(project.root / "copied/far.py", "return np.pi", "return np.pi * FACTOR")
    # In which order modules act while they are imported is in all keys, and this one acts now.
    assert project.computed() == ALL
    assert project.computed() == set()
    factor.write_text("1.00")
    # The area rests on the file. All that was computed after it and names Problem, a class that could hold what was read, counts as
    # resting on it, too; the study came before.
    assert project.computed() == ALL - {"darts"}


def test_another_version_of_a_library_makes_everything_stale(project: Project) -> None:
    assert project.computed("numpy") == ALL


@pytest.mark.parametrize("damage", [b"", b"not a result", b"\x80\x05K"])
def test_a_damaged_entry_is_computed_again_and_not_believed(project: Project, damage: bytes) -> None:
    entries = [path for path in (project.root / "build/store").rglob("*") if path.is_file()]
    for path in entries:
        path.write_bytes(damage or path.read_bytes()[:-3])
    assert project.computed() == ALL


def test_what_made_a_result_stale_is_told(project: Project) -> None:
    project.edit(project.root / "copied/far.py", "return np.pi", "return np.pi + 0.0")
    project.computed()
    known = history.recall(project.root / "build")
    assert known[AREA]["why"] == "copied.far.half_turn changed"
    assert known["darts"]["why"] == "it had never been computed"


# Eigenvalues, whose last digits differ from one kernel of BLAS to another.
SPECTRUM = """import numpy as np
g = np.random.default_rng(1).standard_normal((150, 150))
spectrum = np.linalg.eigvalsh(g @ g.T)
"""
MACHINES = (
    {"OPENBLAS_CORETYPE": "HASWELL", "PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "JOBS": "1"},
    {"OPENBLAS_CORETYPE": "PRESCOTT", "PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8", "JOBS": "2"},
)


def _built(folder: Path, machine: Mapping[str, str]) -> dict[str, str]:
    """The digests of the PDF, the figure and the spectrum itself, as a machine of that kind makes them of a new homework."""
    begin.init(folder / "homework")
    numbers = folder / "homework/exercises/ex1_descent/numbers.py"
    text = numbers.read_text()
    assert text.count("np.abs(descend(problem, 1.0, 0.3, 1.0, 30))}") == 1
    numbers.write_text(
        text.replace("np.abs(descend(problem, 1.0, 0.3, 1.0, 30))}", 'np.abs(descend(problem, 1.0, 0.3, 1.0, 30)), "spectrum": spectrum}')
        .replace('axes.semilogy(data["distance"], "o-")', 'axes.semilogy(data["distance"], "o-")\n    axes.semilogy(data["spectrum"])')
        .replace("import numpy as np\n", SPECTRUM)
    )
    environment = {**os.environ, **machine, "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}

    def said(*command: str) -> str:
        run = [sys.executable, "-P", *command]
        return subprocess.run(run, cwd=folder / "homework", env=environment, capture_output=True, text=True, check=True).stdout

    said("-m", "hwgen", "pdf", f"--jobs={machine['JOBS']}")
    digest = "; import hashlib; print(hashlib.sha256(spectrum.tobytes()).hexdigest())"
    made = ("build/HW_NOM_PRENOM.pdf", "figures/ex1_descent_distance.pdf")
    digests = {name: hashlib.sha256((folder / "homework" / name).read_bytes()).hexdigest() for name in made}
    return {**digests, "the spectrum itself": said("-c", SPECTRUM.strip() + digest)}


def test_two_machines_make_the_same_bytes_of_numbers_that_differ(tmp_path: Path) -> None:
    (tmp_path / "another folder").mkdir()
    first, second = _built(tmp_path / "a", MACHINES[0]), _built(tmp_path / "another folder", MACHINES[1])
    if first.pop("the spectrum itself") == second.pop("the spectrum itself"):
        pytest.skip("this machine's BLAS has one kernel only")
    assert first == second
