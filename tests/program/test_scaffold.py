"""The stubs of new content: read at once, stopping every build until they are done, and never over something that is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT

from hwgen.model.errors import ContentError, InputError
from hwgen.program import begin, scaffold, unfinished
from hwgen.program.new import KINDS

FIRST_PARTY = 'lint.isort.known-first-party = ["hwgen", "exercises"]'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A homework as hwgen init writes it."""
    begin.init(tmp_path / "hw6")
    return tmp_path / "hw6"


def hwgen(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "hwgen", *arguments]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def test_every_stub_is_read_at_once_and_stops_the_builds_at_its_lines(project: Path) -> None:
    for kind in KINDS:
        if kind != "proof":
            scaffold.noun(project, kind, "ex1_descent", f"new_{kind}")
    scaffold.noun(project, "proof", "ex1_descent", "new_claim")
    assert "new_table" in hwgen(project, "list").stdout
    for command in (["check"], ["pdf"], ["pdf", "--draft"]):
        done = hwgen(project, *command)
        assert done.returncode == 2, done.stdout + done.stderr
        for kind in KINDS:
            file = "proofs" if kind == "proof" else f"new_{kind}"
            assert f"exercises/ex1_descent/{file}.py:" in done.stderr, done.stderr
        assert "templates/ex1_descent.tex.j2:" in done.stderr
        assert ": a TODO; expected it to be done" in done.stderr
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--line-length=140", "--config", FIRST_PARTY, "."]
    lint = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert lint.returncode == 0, lint.stdout


DONE = {
    "exercises/ex1_descent/doubled.py": {
        "TODO: what this relation is about.": "Doubling.",
        "  # TODO: more than where it is claimed": "",
        "TODO: name a changed problem with changed={…}, or say why there is none": "doubling is of no problem",
        "TODO: one sentence.": "Twice a number.",
        "  # TODO: delete this line, and compute y from problem; where no changed problem changes y, delete the argument as well": "",
        'lambda x: float("nan"))}  # TODO: another road to y than the printed formula': "lambda x: sum(0.2 * x for _ in range(10)))}",
    },
    "templates/ex1_descent.tex.j2": {"% TODO: doubled; where it holds as \\for{doubled}{x>0} in the words before it\n": ""},
    "tests/test_doubled.py": {'"TODO"': "3.0"},
}


def finish(project: Path, done: dict[str, dict[str, str]]) -> None:
    """Do what the stubs leave to do."""
    for file, changes in done.items():
        text = (project / file).read_text()
        for old, new in changes.items():
            assert old in text, f"{file}: {old}"
            text = text.replace(old, new)
        (project / file).write_text(text)


def test_a_claim_is_judged_and_its_test_passes_once_its_todos_are_done(project: Path) -> None:
    scaffold.noun(project, "claim", "ex1_descent", "doubled")
    scaffold.noun(project, "claim", "ex1_descent", "waiting")
    scaffold.noun(project, "figure", "ex1_descent", "spread")
    finish(project, DONE)
    for command in (["check", "doubled"], ["mutate", "iterates"], ["figures", "distance"]):
        done = hwgen(project, *command)
        assert done.returncode == 0, done.stdout + done.stderr
    for command in (["check", "waiting"], ["mutate", "waiting"], ["figures", "spread"], ["check"], ["mutate"], ["figures"]):
        done = hwgen(project, *command)
        assert (done.returncode, ": a TODO" in done.stderr) == (2, True), done.stdout + done.stderr
    waiting = hwgen(project, "check", "waiting").stderr
    assert "templates/ex1_descent.tex.j2:" in waiting
    assert "exercises/ex1_descent/waiting.py:" in waiting
    assert "exercises/ex1_descent/waiting.py:1:4: a TODO" in waiting  # what the module says of itself is of its claim too
    assert "spread" not in waiting
    lines = [int(line.split(":")[1]) for line in waiting.splitlines() if line.startswith("exercises/ex1_descent/waiting.py:")]
    assert lines == sorted(lines)
    assert len(lines) > 3
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_doubled.py"]
    tests = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert tests.returncode == 0, tests.stdout


NOTED = """
from hwgen.authors import value

from .problem import exercise

exercise.notation(__name__, {"y": value(lambda x: 2 * x)})
"""


def test_the_test_of_a_stub_asks_what_the_notation_binds_and_a_symbol_that_is_none_is_a_message(project: Path) -> None:
    scaffold.noun(project, "claim", "ex1_descent", "doubled")
    finish(project, DONE)
    (project / "exercises/ex1_descent/table.py").write_text(NOTED)
    stub, test = project / "exercises/ex1_descent/doubled.py", project / "tests/test_doubled.py"
    text = stub.read_text()
    start = text.index("def doubled(")
    stub.write_text(
        text[:start].replace("@exercise.claim(", '@exercise.claim(\n    "x, y",') + 'def doubled() -> None:\n    """Twice a number."""\n'
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_doubled.py"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    test.write_text(test.read_text().replace('["y"]', '["yy"]'))
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert "'yy' is not bound in claim doubled; bound are 'x', 'y'. Did you mean 'y'?" in done.stdout


def test_the_problem_of_a_stub_may_go_as_its_comment_says(project: Path) -> None:
    scaffold.noun(project, "claim", "ex1_descent", "doubled")
    finish(project, DONE)
    stub = project / "exercises/ex1_descent/doubled.py"
    text = stub.read_text()
    for old, new in (("(problem: Problem)", "()"), ("    del problem\n", ""), ("import Problem, exercise", "import exercise")):
        assert old in text
        text = text.replace(old, new)
    stub.write_text(text)
    done = hwgen(project, "check", "doubled")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("kind", [*KINDS, "exercise"])
@pytest.mark.parametrize("instead", ["", "done", "todo"])
def test_a_stub_whose_todos_are_only_struck_out_is_still_not_built(project: Path, kind: str, instead: str) -> None:
    if kind == "proof":
        scaffold.noun(project, "claim", "ex1_descent", "something")
    written = scaffold.exercise(project, "something") if kind == "exercise" else scaffold.noun(project, kind, "ex1_descent", "something")
    for path in written:
        path.write_text(path.read_text().replace("TODO", instead))
    with pytest.raises(ContentError, match="is what hwgen new wrote; expected your own in its place"):
        unfinished.finished(project, project / "exercises")


@pytest.mark.parametrize("kind", [*KINDS, "exercise"])
def test_each_noun_gets_a_test_that_fails_until_it_is_filled_in(project: Path, kind: str) -> None:
    if kind == "exercise":
        scaffold.exercise(project, "something")
    elif kind == "proof":
        scaffold.noun(project, "claim", "ex1_descent", "something")
        scaffold.noun(project, kind, "ex1_descent", "something")
    else:
        scaffold.noun(project, kind, "ex1_descent", "something")
    path = project / "tests" / "test_something.py"
    assert "TODO" in path.read_text()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(path)]
    tests = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert tests.returncode == 1, tests.stdout
    assert "Error: " not in tests.stdout.replace("AssertionError: ", ""), tests.stdout


def test_a_test_file_that_is_there_is_in_the_way_and_a_homework_without_tests_gets_none(project: Path) -> None:
    (project / "tests" / "deep").mkdir()
    (project / "tests" / "deep" / "test_doubled.py").write_text("")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    with pytest.raises(InputError, match=r"tests/deep/test_doubled\.py: there already"):
        scaffold.noun(project, "claim", "ex1_descent", "doubled")
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
    shutil.rmtree(project / "tests")
    assert not any("test" in path.name for path in scaffold.noun(project, "claim", "ex1_descent", "doubled"))


def test_the_readme_s_own_examples_work_at_home(tmp_path: Path) -> None:
    root = tmp_path / "home"
    for folder in ("hwgen", "templates", "tests"):
        shutil.copytree(PROJECT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("homework.toml", "student.toml", "pyproject.toml"):
        shutil.copy(PROJECT / file, root)

    def home(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, *arguments], cwd=root, capture_output=True, text=True, check=False)

    written = []
    for arguments in (["claim", "ex1_ntk", "doubled"], ["figure", "ex1_ntk", "spread"], ["exercise", "ex4_rates"]):
        done = home("-m", "hwgen", "new", *arguments)
        assert done.returncode == 0, done.stderr
        written += [line.strip() for line in done.stdout.splitlines()[1:] if line.endswith(".py")]
    assert "tests/homework/exercises/test_doubled.py" in written
    for lint in (["check"], ["format", "--check"]):
        clean = home("-m", "ruff", *lint, *written)
        assert clean.returncode == 0, clean.stdout
    listed = home("-m", "hwgen", "list").stdout
    assert all(re.search(rf" {name} ", listed) for name in ("doubled", "spread", "spread_study"))
    moved = {file.replace("exercises/ex1_descent", "hwgen/homework/exercises/ex1_ntk"): changes for file, changes in DONE.items()}
    moved = {file.replace("ex1_descent", "ex1_ntk"): changes for file, changes in moved.items()}
    finish(root, {file.replace("tests/", "tests/homework/exercises/"): changes for file, changes in moved.items()})
    done = home("-m", "hwgen", "check", "doubled")
    assert (done.returncode, "doubled SUPPORTED" in done.stdout) == (0, True), done.stdout + done.stderr
    tests = home("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/homework/exercises/test_doubled.py")
    assert tests.returncode == 0, tests.stdout + tests.stderr


def test_an_exercise_is_found_and_stands_before_the_references(project: Path) -> None:
    scaffold.exercise(project, "ex2_rates")
    text = (project / "templates" / "document.tex.j2").read_text()
    assert text.index("ex2_rates.tex.j2") < text.index(r"\begin{thebibliography}")
    done = hwgen(project, "check")
    assert (done.returncode, "exercises/ex2_rates/problem.py:1:4: a TODO" in done.stderr) == (2, True), done.stderr


def test_the_study_of_a_name_that_says_so_is_called_by_it(project: Path) -> None:
    written = scaffold.noun(project, "study", "ex1_descent", "rate_study")
    texts = [path.read_text() for path in written]
    assert [path.name for path in written if path.suffix == ".py"] == ["rate_study.py", "test_rate_study.py"]
    assert any("def rate_study(" in text for text in texts)
    assert any("import rate_study\n" in text for text in texts)
    assert not any("rate_study_study" in text for text in texts)


@pytest.mark.parametrize(
    ("exercise", "name", "said"),
    [
        ("ex1_descend", "doubled", "no exercise of that name; expected one of ex1_descent. Did you mean 'ex1_descent'?"),
        ("doubled", "ex1_descent", "expected the exercise first, and then the name: ex1_descent doubled"),
        ("ex1_descent", "Doubled", "'Doubled' cannot be the name of something new: names have .*; expected one such as doubled$"),
        ("ex1_descent", "decrease", "has something of that name already"),
        ("ex1_descent", "problem", "there already"),
        ("ex1_descent", "lambda", "a word of Python's own"),
        ("ex1_descent", "sum", "a word of Python's own"),
    ],
)
def test_what_is_in_the_way_is_said_and_nothing_is_written(project: Path, exercise: str, name: str, said: str) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    with pytest.raises(InputError, match=said.replace("?", r"\?")):
        scaffold.noun(project, "claim", exercise, name)
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("kind", ["claim", "exercise"])
def test_a_disk_that_is_full_leaves_the_homework_as_it_was(project: Path, kind: str) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    asked = "exercise(Path(), 'doubled')" if kind == "exercise" else "noun(Path(), 'claim', 'ex1_descent', 'doubled')"
    limited = f"resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200)); scaffold.{asked}"
    small = f"import resource; from pathlib import Path; from hwgen.program import scaffold; {limited}"
    done = subprocess.run([sys.executable, "-B", "-c", small], cwd=project, capture_output=True, text=True, check=False)
    assert "File too large" in done.stderr
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_a_proof_needs_its_claim(project: Path) -> None:
    with pytest.raises(InputError, match="no claim of that name in ex1_descent; expected one to prove"):
        scaffold.noun(project, "proof", "ex1_descent", "nowhere")
    with pytest.raises(InputError, match="proves it already"):
        scaffold.noun(project, "proof", "ex1_descent", "decrease")


@pytest.mark.parametrize(("folder", "kind"), [("tests", "claim"), ("exercises/ex1_descent", "figure"), ("exercises/ex1_descent", "proof")])
def test_a_stub_goes_through_no_link_that_leads_out(project: Path, folder: str, kind: str) -> None:
    shutil.move(project / folder, project.parent / "apart")
    (project / folder).symlink_to(project.parent / "apart")
    before = {path: path.read_bytes() for path in project.parent.rglob("*") if path.is_file()}
    name = "one_step_too_many" if kind == "proof" else "doubled"
    with pytest.raises(ContentError) as refused:
        scaffold.noun(project, kind, "ex1_descent", name)
    assert "leads out of the homework" in str(refused.value)
    assert {path: path.read_bytes() for path in project.parent.rglob("*") if path.is_file()} == before


def test_a_package_of_that_name_that_was_found_for_another_homework_is_not_taken(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin.init(project.parent / "other")
    monkeypatch.setattr(scaffold.catalog, "folder", lambda package: project.parent / "other" / package)
    written = scaffold.noun(project, "constant", "ex1_descent", "something")
    assert written[0] == project / "exercises/ex1_descent/something.py"
