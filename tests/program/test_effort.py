"""The effort of a run, from the command line to the page: more points and repetitions, or fewer and a mark that nobody can overlook."""

from __future__ import annotations

import dataclasses
import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
from conftest import Homework

from hwgen.freshness.store import Store
from hwgen.judging.claim import finding_of, look_at
from hwgen.judging.results import Results, judge, perform
from hwgen.judging.tasks import tasks_for
from hwgen.model import Bindings, Claim, Constant, Estimate, Formula, Place, Value, Verdict, catalog, effort, value, variable
from hwgen.model.catalog import Catalog, Exercise
from hwgen.model.effort import QUICK, STANDARD, THOROUGH, Effort
from hwgen.model.errors import ContentError, InputError
from hwgen.program import build, memory, ready, student, summary
from hwgen.program.homework import homework as task_of

FOUR = Effort(name="4", factor=4.0)
PLACE = Place(file="templates/circle.tex.j2", line=5, column=1)
AREA = Formula(macro="checked", name="area", text=r"A = \pi r^2", place=PLACE, places=(PLACE,) * 11)


def judged(folder: Path, how: Effort) -> Results:
    return judge(catalog.load("toy.exercises"), [AREA], ["slope_darts"], store=Store(folder), jobs=1, wrong=True, effort=how)


def cases(results: Results) -> int:
    return results.findings[0].evidence[0].cases


def test_more_effort_looks_at_more_points_and_makes_the_standard_errors_smaller(tmp_path: Path) -> None:
    standard, more = judged(tmp_path, STANDARD), judged(tmp_path, FOUR)
    assert (cases(standard), cases(more)) == (49, 194)  # each draw with the number 1 besides
    assert (standard.named["darts"]["errors"].shape, more.named["darts"]["errors"].shape) == ((30, 6), (120, 6))
    errors = [results.named["slope_darts"].error for results in (standard, more)]
    assert errors[1] < 0.7 * errors[0]
    assert [tally.refuted for tally in standard.tallies] == [tally.refuted for tally in more.tallies]


def test_each_effort_keeps_its_own_results_and_none_is_taken_for_another(tmp_path: Path) -> None:
    first = [judged(tmp_path, how) for how in (STANDARD, QUICK)]
    again = [judged(tmp_path, how) for how in (STANDARD, QUICK)]
    assert all(results.seconds for results in first)
    assert [results.seconds for results in again] == [{}, {}]
    assert [cases(results) for results in again] == [49, 49]


def test_less_effort_judges_no_claim_again_whose_oracles_do_not_ask_for_it(tmp_path: Path) -> None:
    judged(tmp_path, STANDARD)
    assert set(judged(tmp_path, QUICK).seconds) == {"darts", "slope_darts"}


def test_further_points_can_refute_what_holds_at_the_standard_ones(tmp_path: Path) -> None:
    content = catalog.load("toy.exercises")
    claim, problem = content.of(Claim)["area"], content.exercises[0].problem
    largest = sorted({point["r"] for point in look_at(claim, problem).points})[-2:]
    gap = sum(largest) / 2  # of the standard points, only the end of the interval lies above

    def bind(problem: Any) -> Bindings:
        area = claim.bindings(problem)["A"]
        assert isinstance(area, Value)
        return {"A": value(lambda r: area.compute(r) * (1 + 1e-3 * (gap < r < 3))), "r": variable("r")}

    bent = dataclasses.replace(claim, bind=bind, changed={}, identity="none")
    with effort.at(STANDARD):
        assert finding_of(bent, AREA, problem).verdict is Verdict.SUPPORTED
    with effort.at(THOROUGH):
        found = finding_of(bent, AREA, problem)
    assert found.verdict is Verdict.REFUTED
    assert "r = " in found.evidence[0].counterexample


def test_an_effort_that_is_asked_for_out_of_sight_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (task,) = tasks_for(catalog.load("toy.exercises"), [AREA], (), wrong=False).values()
    circle = importlib.import_module("toy.exercises.circle")
    area = circle._area
    # The key was made from the text, which does not say so.
    monkeypatch.setattr(circle, "_area", lambda problem: area(problem) if effort.times(3) else None)
    with pytest.raises(ContentError, match=r"area: asks for the effort in a way that cannot be followed"):
        perform(task, (), tmp_path)


def test_a_standard_run_is_what_it_was_without_a_word_of_it(tmp_path: Path) -> None:
    unsaid = judge(catalog.load("toy.exercises"), [AREA], ["slope_darts"], store=Store(tmp_path), jobs=1, wrong=True)
    said = judged(tmp_path, STANDARD)
    assert said.seconds == {}
    assert np.array_equal(unsaid.named["darts"]["errors"], said.named["darts"]["errors"])


def test_a_printed_number_of_repetitions_is_the_one_of_the_run() -> None:
    exercise = Exercise("toy", title="Toy", problem=None)
    exercise.settings(networks=(effort.scaled(12), "Networks."), pairs=(effort.scaled(9, share=0.5), "Pairs."), rate=(0.5, "Rate."))
    constants = Catalog("toy", (exercise,)).of(Constant)
    with effort.at(THOROUGH):
        assert {name: one.compute(None) for name, one in constants.items()} == {
            "networks": Estimate(value=1200, error=0),
            "pairs": Estimate(value=90, error=0),
            "rate": Estimate(value=0.5, error=0),
        }


def test_reading_the_effort_at_an_import_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "early"
    (folder / "one").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "one" / "__init__.py").write_text("from hwgen.authors import effort\nNETWORKS = effort.times(12)\n")
    with pytest.raises(ContentError, match="the effort is asked for while a module is imported"):
        catalog.load("early", tmp_path)


def made(homework: Homework, how: str) -> tuple[build.Document, build.Built]:
    document = build.read(dataclasses.replace(homework.request(), effort=how))
    return document, build.pdf(document)


def test_a_quick_page_says_so_everywhere_and_cannot_be_handed_in(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:

    monkeypatch.chdir(homework.root)
    document, built = made(homework, "quick")
    assert built.pdf
    assert built.pdf.name == "HW4_LOVELACE_ADA_QUICK.pdf"
    assert all("QUICK" in page.extract_text() for page in pypdf.PdfReader(built.pdf).pages)
    assert built.ledger.tallies == ()
    assert summary.summary(built.ledger, document.exercises())[-1].endswith("of standard); not for handing in")
    task = dataclasses.replace(document.homework, address="lecturer@school.test", subject="Homework")
    with pytest.raises(InputError, match=r"which is for editing, and marks every page; expected standard or more"):
        ready.may(homework.root, document.student, task)


def test_the_page_and_the_ledger_tell_of_more_effort_and_of_a_standard_run_nothing(homework: Homework) -> None:
    from hwgen.page import appendix, overview

    told = {}
    for how in ("standard", "4"):
        document, built = made(homework, how)
        told[how] = appendix.appendix(built.ledger) + overview.overview(built.ledger, document.content, ())
    assert told["4"].count("Effort: 4, 4 times the points and repetitions of a standard run.") == 2
    assert "ffort" not in told["standard"]
    assert '"effort": {"name": "4", "factor": 4.0}' in (homework.root / "build/ledger.json").read_text()


def test_a_change_of_prose_keeps_the_effort_and_its_mark(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(homework.root)
    document, built = made(homework, "quick")
    known = memory.state(document.page, document.content.package, built.values, [], built.mark, ())
    task = task_of(Path())
    for how, taken in (("quick", True), ("standard", False), ("4", False)):
        one = memory.attempt(known, task, student.student(Path(), task, effort=how))
        assert bool(one) is taken
        if one:
            with one.run as run:
                assert r"\def\hwgenlight{}" in run.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'effort = "through"\n',
            r"student.toml:1: effort is 'through'; expected quick, standard, thorough, or a whole number .* Did you mean",
        ),
        ("effort = 4\n", r"student.toml:1: effort is 4; expected text in quotes, as in effort = \"thorough\""),
        ('effort = "0"\n', "student.toml:1: effort is '0'; expected quick"),
    ],
)
def test_an_effort_that_cannot_be_meant_is_told_with_its_line(homework: Homework, text: str, said: str) -> None:
    (homework.root / "student.toml").write_text(text)
    with pytest.raises(InputError, match=said):
        build.read(homework.request())


def test_the_command_line_comes_before_the_file(homework: Homework) -> None:
    (homework.root / "student.toml").write_text('effort = "thorough"\n')
    task = task_of(homework.root)
    assert student.student(homework.root, task).effort == THOROUGH
    assert student.student(homework.root, task, effort="quick").effort == QUICK
    with pytest.raises(InputError, match="--effort is 'slow'; expected quick"):
        student.student(homework.root, task, effort="slow")
