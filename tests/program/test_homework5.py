"""Another homework of the same course, written with the public API alone, in an empty folder with hwgen from its wheel."""

from __future__ import annotations

import ast
import json
import shutil
from pathlib import Path

import pypdf
import pytest
from conftest import TESTS, once
from program.installed import hwgen, python

HOMEWORK = TESTS / "homework5"
PUBLIC = {"hwgen.authors", "hwgen.authors.numerics", "hwgen.authors.proofs", "hwgen.program"}
FORMULA, WRONG = r"\frac{2}{\sigma_1^2+\sigma_r^2}", r"\frac{1}{\sigma_1^2+\sigma_r^2}"
CHECKED = {"interpolator", "pythagoras", "iterates", "error", "loss", "induction", "contraction", "rate", "best_step", "best_rate"}
CHECKED |= {"dual", "signed_sum", "second_moment", "upper", "orthonormal", "lower", "equal_inputs"}
ERRATA = {"rate_for_every_step", "jensen_as_equality"}

pytestmark = pytest.mark.xdist_group("homework5")


def copied(root: Path) -> Path:
    """The files of the homework in an empty folder."""
    return shutil.copytree(HOMEWORK, root, ignore=shutil.ignore_patterns("__pycache__", "build", "figures"))


@pytest.fixture(scope="module")
def built(wheel: Path, shared: Path) -> Path:
    """Its folder, built; its tests are of one group, so that no other worker writes there."""

    def made(folder: Path) -> None:
        done = hwgen(wheel, copied(folder / "hw5"), "pdf", "--jobs=1")
        assert done.returncode == 0, done.stdout + done.stderr

    return once(shared, "homework5", made) / "hw5"


def test_it_imports_the_public_api_alone() -> None:
    found: set[str] = set()
    for path in HOMEWORK.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and not node.level:
                found |= {node.module or ""}
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
    assert {name for name in found if name.split(".")[0] == "hwgen"} <= PUBLIC
    assert "hwgen.authors" in found


def test_every_claim_passes_and_every_wrong_version_is_refuted(built: Path) -> None:
    ledger = json.loads((built / "build/ledger.json").read_text())
    verdicts = {one["name"]: one["verdict"] for one in ledger["findings"]}
    assert set(verdicts) == CHECKED | ERRATA
    assert {name for name, verdict in verdicts.items() if verdict == "REFUTED"} == ERRATA
    assert {name for name, verdict in verdicts.items() if verdict == "PROVED"} == {"induction", "best_step"}
    assert all(one["passed"] for one in ledger["findings"])
    tallies = {one["name"]: one for one in ledger["tallies"]}
    assert set(tallies) == CHECKED
    for tally in tallies.values():
        assert tally["refuted"] >= 10, tally
        assert not tally["survivors"], tally


def test_its_pdf_has_the_names_and_the_numbers_of_the_run(built: Path) -> None:
    text = "".join(page.extract_text() for page in pypdf.PdfReader(built / "build/HW5_LOVELACE_ADA.pdf").pages)
    assert "Homework 5: least squares and linear predictors" in text
    assert "Ada Lovelace" in text
    constants = json.loads((built / "build/ledger.json").read_text())["constants"]
    best, simple = (constants[name]["value"] for name in ("steps_of_best", "steps_of_simple"))
    assert 0 < best < simple
    assert f"it takes {best:.0f} steps of size" in " ".join(text.split())


def test_every_claim_says_what_its_hypotheses_are(wheel: Path, built: Path) -> None:
    done = hwgen(wheel, built, "list", "--hypotheses")
    assert (len(done.stdout.splitlines()), "nothing said" in done.stdout) == (len(CHECKED | ERRATA), False), done.stdout


def test_its_own_tests_pass(wheel: Path, built: Path) -> None:
    done = python(wheel, built, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=.", "-o", "pythonpath=.", "tests")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list"], "jensen_as_equality"),
        (["list", "--unchecked"], "ex2_rademacher.tex.j2"),
        (["list", "--hypotheses"], "in words: independent uniform signs"),
        (["why", "best_step"], "golden section"),
        (["why", "steps_of_best"], "ex1_least_squares"),
        (["check", "second_moment"], "second_moment SUPPORTED"),
        (["check", "best_step"], "best_step PROVED"),
        (["figures"], "figures/ex1_least_squares_convergence.pdf"),
        (["mutate", "orthonormal"], "orthonormal"),
    ],
)
def test_every_command_works_there(wheel: Path, built: Path, arguments: list[str], said: str) -> None:
    done = hwgen(wheel, built, *arguments)
    assert (done.returncode, said in done.stdout) == (0, True), done.stdout + done.stderr


def test_a_changed_formula_is_refuted_at_its_line(wheel: Path, built: Path, tmp_path: Path) -> None:
    root = shutil.copytree(built, tmp_path / "hw5")
    before = (root / "build/HW5_LOVELACE_ADA.pdf").read_bytes()
    template = root / "templates/ex1_least_squares.tex.j2"
    text = template.read_text()
    assert text.count(FORMULA) == 1
    line = text[: text.index(FORMULA)].count("\n") + 1
    template.write_text(text.replace(FORMULA, WRONG))
    done = hwgen(wheel, root, "pdf", "--jobs=1")
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"templates/ex1_least_squares.tex.j2:{line}:" in done.stderr
    assert "best_step REFUTED" in done.stderr
    assert (root / "build/HW5_LOVELACE_ADA.pdf").read_bytes() == before
