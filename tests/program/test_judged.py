"""What the last build or report judged is taken again after a change of words, as the full way would have it, and never otherwise."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, Homework

from hwgen.judging import ledger
from hwgen.page import remembered, signature
from hwgen.program import build, finish, judged, memory, report, snapshot, summary
from hwgen.report import printed

HEAVY = ("numpy", "scipy", "sympy", "flint", "matplotlib", "hwgen.judging.results", "toy")


@pytest.fixture
def toy(built: Homework, monkeypatch: pytest.MonkeyPatch) -> Homework:
    """The toy homework after a good build, as the current folder; the code of its results is in hwgen/ there."""
    monkeypatch.chdir(built.root)
    monkeypatch.setattr(snapshot, "computed", lambda content: ["hwgen"])
    monkeypatch.setattr(snapshot, "BEGAN", time.time_ns() + 10**12)  # as if each command were a process of its own
    Path("hwgen").mkdir()
    Path("hwgen/code.py").write_text("1\n")
    build_it(built)
    return built


def build_it(homework: Homework, **request: Any) -> None:
    document = build.read(dataclasses.replace(homework.request(), root=Path(), **request))
    made = build.pdf(document)
    memory.remember(build.state(document, made, finish.reused(summary.summary(made.ledger, document.exercises()))))


def full(homework: Homework) -> judged.Judged:
    return report.judge(build.read(dataclasses.replace(homework.request(), root=Path())))


def plain(one: judged.Judged) -> Any:
    return json.loads(json.dumps([one.evidence, one.tables]))


def by_build(_: Homework) -> None:
    """The state that a build left, alone."""


def by_report(homework: Homework) -> None:
    """The state that a report left, which looked everything up."""
    Path(memory.FILE).unlink()
    judged.leave(full(homework))


def by_short_report(_: Homework) -> None:
    """The state that a report left, which had taken that of a build."""
    known = judged.recalled()
    assert known
    judged.leave(known)
    Path(memory.FILE).unlink()


WAYS = [by_build, by_report, by_short_report]


@pytest.mark.parametrize("way", WAYS)
def test_a_change_of_words_gives_the_very_evidence_of_the_full_way(toy: Homework, way: Callable[[Homework], None]) -> None:
    way(toy)
    toy.change("The disc is the same", "\n\nThe disk is the same")
    short = judged.recalled()
    assert short
    assert plain(short) == plain(full(toy))


@pytest.mark.parametrize("way", WAYS)
def test_a_paragraph_that_moves_takes_its_evidence_along(toy: Homework, way: Callable[[Homework], None]) -> None:
    way(toy)
    text = toy.template.read_text()
    first, last = text.index(r"\begin{equation*}"), text.index("which lies above")
    moved = text[:first] + text[last:]
    end = moved.index("and $\\refuted")
    toy.template.write_text(moved[:end] + text[first:last] + "\n" + moved[end:])
    short = judged.recalled()
    assert short
    assert [one["name"] for one in short.evidence["findings"]][:2] == ["tangent", "area"]
    assert plain(short) == plain(full(toy))


def moved(toy: Homework) -> None:
    text = toy.template.read_text()
    first, last = text.index("A disc of radius"), text.index("which lies above")
    toy.template.write_text(text[:first] + text[last:] + "\n" + text[first:last])


def built_again(toy: Homework) -> None:
    toy.change("A disc of radius", "\\newpage A disc of radius")
    build_it(toy)


AFTER: dict[str, Callable[[Homework], Any]] = {
    "nothing": lambda toy: None,
    "words": lambda toy: toy.change("The disc is the same", "\n\nThe disk is the same"),
    "a paragraph that moved": moved,
    "a formula": lambda toy: toy.change(r"{A = \pi r^2}", r"{A = r^2\pi}"),
    "a claim printed again": lambda toy: toy.change("The disc is", r"$\checked{area}{A = \pi r^2}$ The disc is"),
    "a hypothesis": lambda toy: toy.change("A disc of", r"For $\for{area}{r\ge0.3}$, a disc of"),
    "a display that nobody tests": lambda toy: toy.change("The disc is", r"\[ x = y \] The disc is"),
    "a relation in the text": lambda toy: toy.change("The disc is", r"$u<v$ The disc is"),
    "a caption": lambda toy: toy.change("Darts.", "Darts, thrown."),
    "the title": lambda toy: _edited("homework.toml", 'title = "', 'title = "Another '),
    "the name of the student": lambda toy: _edited("student.toml", "Ada", "Grace"),
    "the pages of another PDF": built_again,
    "the code": lambda toy: Path("hwgen/code.py").write_text("2\n"),
    "the figure": lambda toy: Path("figures/circle_darts_error.pdf").unlink(),
}
WHEN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


def shown(toy: Homework, known: judged.Judged | None) -> str:
    printed.CONVERTED.clear()
    printed.formula.cache_clear()
    return WHEN.sub("then", report.write(known or full(toy)).read_text())


@pytest.mark.parametrize("what", AFTER)
def test_a_report_after_any_change_is_the_one_that_is_made_from_nothing(what: str, toy: Homework) -> None:
    """With what is known, kept entries, kept layouts and kept pictures, or without any of these."""
    first = [shown(toy, judged.recalled()) for _ in range(3)][-1]  # the first one has nothing to compare with
    state = Path("build/report/state.json").read_text()
    AFTER[what](toy)
    again = shown(toy, judged.recalled())
    shutil.rmtree("build/report")
    Path("build/report").mkdir()
    Path("build/report/state.json").write_text(state)
    assert again == shown(toy, None)
    assert (again != first) is (what in SEEN)


# What a page shows; the code and the student are not on it, and a figure that is gone is drawn as it was.
SEEN = AFTER.keys() - {"nothing", "the name of the student", "the code", "the figure"}


def test_a_page_is_the_same_both_ways(toy: Homework) -> None:
    toy.change("The disc is the same", "\n\nThe disk is the same")
    short = judged.recalled()
    assert short
    shown = [report.write(one).read_text().partition('id="claims"')[2] for one in (short, full(toy))]
    assert shown[0] == shown[1] != ""


def _edited(path: Path | str, old: str, new: str) -> None:
    text = Path(path).read_text()
    assert old in text
    Path(path).write_text(text.replace(old, new, 1))


def _left(old: str, new: str) -> Callable[[Homework], None]:
    """Something else in what is remembered, under this machine's own signature."""

    def edit(_: Homework) -> None:
        for path, _ledger in judged.LEFT:
            known = remembered.read(path)
            remembered.write(path, json.loads(json.dumps(known).replace(old, new)) if known else {})

    return edit


def _ledgers(change: Callable[[str], str]) -> Callable[[Homework], None]:
    def edit(_: Homework) -> None:
        for _state, path in judged.LEFT:
            path.write_text(change(path.read_text()))

    return edit


CHANGES: dict[str, Callable[[Homework], Any]] = {
    "the code": lambda toy: Path("hwgen/code.py").write_text("2\n"),
    "new code": lambda toy: Path("hwgen/more.py").write_text(""),
    "the pins": lambda toy: Path("constraints.txt").write_text("numpy==9\n"),
    "a figure": lambda toy: Path("figures/circle_darts_error.pdf").write_bytes(b"%PDF-1.4"),
    "a figure that is gone": lambda toy: Path("figures/circle_darts_error.pdf").unlink(),
    "the ledger": _ledgers(lambda text: "{}\n"),
    "a verdict in the ledger": _ledgers(lambda text: text.replace('"SUPPORTED"', '"PROVED"', 1)),
    "a ledger under its own seal": _ledgers(lambda text: ledger.sealed(text.replace('"SUPPORTED"', '"PROVED"', 1))),
    "the formula": lambda toy: toy.change(r"{A = \pi r^2}", r"{A = r^2\pi}"),
    "a formula more": lambda toy: toy.change("The disc is", r"$\checked{area}{A = \pi r^2}$ The disc is"),
    "a display more": lambda toy: toy.change("The disc is", r"\[ x = y \] The disc is"),
    "a claim that is gone": lambda toy: toy.change(r"\verified{round_}", ""),
    "a TODO": lambda toy: toy.change("The disc is", "TODO The disc is"),
    "what a guard refuses": lambda toy: toy.change("The disc is", "{ The disc is"),
    "another effort": lambda toy: _edited("student.toml", "\n", '\neffort = "thorough"\n'),
    "another homework": lambda toy: _edited("homework.toml", 'content = "', 'content = "other.'),
    "what is remembered": lambda toy: [_edited(path, '"said"', '"Said"') for path, _ in judged.LEFT],
    "another version": _left('"version": "full"', '"version": "concise"'),
    "values that the page does not show": _left('"computed": ["', '"computed": ["more", "'),
    "no state at all": lambda toy: [path.unlink() for path, _ in judged.LEFT],
    "no build at all": lambda toy: shutil.rmtree("build"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_nothing_is_taken_again_after_another_change(what: str, toy: Homework) -> None:
    known = judged.recalled()
    assert known
    judged.leave(known)  # so that both states are there
    CHANGES[what](toy)
    assert judged.recalled() is None


def test_another_machine_s_state_is_not_taken(toy: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signature, "key", lambda: b"k" * signature.LENGTH)
    assert judged.recalled() is None


def test_a_quick_build_tells_nothing_of_wrong_versions(toy: Homework) -> None:
    build_it(toy, effort="quick")
    assert judged.recalled("quick") is None
    assert judged.recalled() is None  # the ledger is that of the quick one


def test_what_a_watched_build_left_is_no_evidence_of_wrong_versions(toy: Homework) -> None:
    build.pdf(build.read(dataclasses.replace(toy.request(), root=Path())), wrong=False)
    assert judged.recalled() is None


def test_nothing_is_left_to_go_on_from_where_something_falls_short(toy: Homework) -> None:
    known = judged.recalled()
    assert known
    known.evidence["findings"][0]["passed"] = False
    judged.leave(known)
    assert not judged.STATE.exists()
    assert json.loads(judged.LEDGER.read_text())["findings"][0]["passed"] is False


def test_a_report_of_what_is_known_loads_no_content_and_no_library_of_numbers(toy: Homework) -> None:
    """In a process of its own: what a build of the toy left with the real code."""
    shutil.rmtree("hwgen")
    environment = {"PYTHONPATH": f"{PROJECT}:{PROJECT / 'tests'}", "PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "0", "HOME": str(Path.home())}
    built = subprocess.run([sys.executable, "-m", "hwgen", "pdf"], env=environment, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    code = (
        "import sys; sys.argv = ['hwgen', 'report']\nfrom hwgen.__main__ import main\ntry:\n    main()\nfinally:\n"
        f"    print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["build/report/index.html", "[]"], done.stderr
