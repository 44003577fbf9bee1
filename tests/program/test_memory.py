r"""The short way of a build: taken after a change of prose alone, with the page that the full way would print, and never otherwise."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PROJECT, Homework

from hwgen.program import build, memory, snapshot, summary


@pytest.fixture
def built(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> Homework:
    """The toy homework after a good build, as the current folder; the code of its checks is in hwgen/ there."""
    monkeypatch.chdir(homework.root)
    monkeypatch.setattr(snapshot, "computed", lambda content: ["hwgen"])
    (homework.root / "hwgen").mkdir()
    (homework.root / "hwgen" / "code.py").write_text("1\n")
    full_way(homework)
    return homework


def full_way(homework: Homework) -> bytes:
    document = build.read(homework.request())
    made = build.pdf(document)
    assert made.pdf is not None
    memory.remember(build.state(document, made, summary.reused(summary.summary(made.ledger, document.exercises()))))
    return made.pdf.read_bytes()


def printed_again(nom: str = "", prenom: str = "") -> memory.Recalled | None:
    """The build in the short way, or None if it asks for the full one."""
    one = memory.begun([f"--{name}={value}" for name, value in (("nom", nom), ("prenom", prenom)) if value])
    if one is None:
        return None
    with one.run:
        try:
            formulas = memory.judged(one)
            if formulas is None:
                return None
            memory._moved(formulas)
            return memory.completed(one, formulas)
        except memory.DOUBTS:
            return None


def test_a_change_of_prose_prints_the_same_page_as_the_full_way(built: Homework) -> None:
    built.change("The disc is the same", "\n\nThe disk is the same")
    short = printed_again()
    assert short is not None
    page = short.pdf.read_bytes()
    assert page == full_way(built)
    assert short.said[0].endswith("0 judged now)")


def test_the_ledger_learns_the_new_lines(built: Homework) -> None:
    line = built.change("A disc of radius", "\n\n\nA disc of radius")
    assert printed_again() is not None
    told = json.loads(Path("build/ledger.json").read_text())
    (area,) = [one for one in told["findings"] if one["name"] == "area"]
    assert area["formula"]["place"].startswith(f"templates/circle.tex.j2:{line + 5}:")


def test_another_student_is_prose(built: Homework) -> None:
    short = printed_again(nom="Hopper", prenom="Grace")
    assert short is not None
    assert short.pdf.name == "HW4_HOPPER_GRACE.pdf"


@pytest.mark.parametrize(
    "change",
    [
        lambda homework: homework.change(r"A = \pi r^2", r"A = r^2 \pi"),
        lambda homework: homework.change(r"  \checked{area}", r"  A % \checked{area}"),
        lambda homework: homework.change("The disc is", r"$\checked{area}{A = \pi r^2}$ The disc is"),
        lambda homework: homework.change("The disc is", r"\[ x = y \] The disc is"),
        lambda homework: homework.change("The disc is", r"\VAR{constants.slope_dart} The disc is"),
        lambda homework: homework.change("The disc is", r"\BLOCK{if} The disc is"),
        lambda homework: homework.change("The disc is", r"\nowhere The disc is"),
        lambda homework: homework.change("The disc is", r"{ The disc is"),
        lambda homework: (homework.root / "hwgen" / "code.py").write_text("two\n"),
        lambda homework: (homework.root / "hwgen" / "more.py").write_text(""),
        lambda homework: (homework.root / "constraints.txt").write_text("numpy==9\n"),
        lambda homework: (homework.root / "student.toml").write_text('version = "concise"\n'),
        lambda homework: (homework.root / "homework.toml").write_text("title =\n"),
        lambda homework: (homework.root / "homework.toml").write_text('file = "{NOM}.pdf"\ncontent = "other"\ntitle = "T"\n'),
        lambda homework: (homework.root / "student.toml").write_text('nom = "Alone"\n'),
        lambda homework: (homework.root / "figures" / "circle_darts_error.pdf").unlink(),
        lambda homework: (homework.root / "build" / "page.json").write_text("{"),
        lambda homework: (homework.root / "build" / "page.json").write_text("{}"),
        lambda homework: (homework.root / "build" / "ledger.json").unlink(),
        lambda homework: shutil.rmtree(homework.root / "build"),
    ],
)
def test_any_other_change_takes_the_full_way(built: Homework, change: Callable[[Homework], object]) -> None:
    change(built)
    assert printed_again() is None


def test_options_that_it_does_not_know_take_the_full_way(built: Homework, capsys: pytest.CaptureFixture[str]) -> None:
    assert memory.begun(["--draft"]) is None
    assert memory.begun(["--jobs=2"]) is None
    names = ["--nom=Hopper", "--prenom=Grace"]
    one = memory.begun(names)
    assert one is not None
    assert memory.finished(one, names)
    assert capsys.readouterr().out.splitlines()[-1] == "build/HW4_HOPPER_GRACE.pdf"
    assert snapshot.unchanged(["pdf", "--nom=Hopper", "--prenom=Grace"]) is not None


def test_the_short_way_imports_no_library_of_numbers() -> None:
    import subprocess
    import sys

    heavy = ("numpy", "scipy", "sympy", "matplotlib", "click")
    code = f"import sys; import hwgen.program.memory; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
