"""The summary of all checks: sums over the exercises that agree with the ledger, and what is not under test by its number."""

from __future__ import annotations

import re
from dataclasses import replace

from conftest import Homework

from hwgen.model import Place
from hwgen.page import overview
from hwgen.page.coverage import Display
from hwgen.program import build


def test_an_exercise_is_a_row_whose_sums_are_those_of_the_ledger(homework: Homework) -> None:
    document = build.read(homework.request())
    ledger = build.mutate(document)
    text = overview.overview(ledger, document.content, document.page.displays)
    row = next(line for line in text.splitlines() if line.startswith("1&"))
    cells = [cell.strip(" \\%") for cell in row.split("&")]
    printed = {(one.name, one.formula.text): one for one in ledger.findings}.values()
    assert int(cells[1]) + int(cells[2]) == len(printed)
    assert int(cells[3]) + int(cells[4]) + int(cells[5]) == len(printed)
    assert 0 < sum(tally.refuted for tally in ledger.tallies) == int(cells[6].partition("\\")[0])


def test_each_erratum_is_found_by_its_page(homework: Homework) -> None:
    document = build.read(homework.request())
    ledger = build.check(document)
    text = overview.overview(ledger, document.content, document.page.displays)
    assert r"an \emph{erratum} (page~\pageref{claim:wrong_area}) is wrong" in text
    (erratum,) = [one for one in ledger.findings if one.name == "wrong_area"]
    other = replace(erratum, name="other", formula=replace(erratum.formula, name="other"))
    several = replace(ledger, findings=(*ledger.findings, other))
    assert r"(pages~\pageref{claim:wrong_area} and \pageref{claim:other})" in overview.overview(several, document.content, ())
    none = replace(ledger, findings=tuple(one for one in ledger.findings if one is not erratum))
    assert r"an \emph{erratum} is wrong" in overview.overview(none, document.content, ())


def test_a_display_outside_every_claim_is_named_by_its_number_or_counted(homework: Homework) -> None:
    document = build.read(homework.request())
    ledger = replace(build.check(document), coverage=(3, 5))
    place = Place(file="templates/a.tex.j2", line=1)
    shown = (Display(place, 2, 2, "eq:tested"), Display(place, 2, 1, "eq:half"), Display(place, 1, 0))
    text = overview.overview(ledger, document.content, shown)
    assert r"are in~\eqref{eq:half} and 1 without a number." in text
    assert "eq:tested" not in text
    said = overview.coverage(ledger, (*shown, Display(place, 1, 0, "eq:last")))
    assert r"(the others, which text alone supports, are in~\eqref{eq:half}, \eqref{eq:last} and 1 without a number); of" in said


def test_nothing_is_left_where_all_is_under_test(homework: Homework) -> None:
    document = build.read(homework.request())
    ledger = build.check(document)
    assert "text alone" not in overview.overview(ledger, document.content, document.page.displays)
    assert re.match(r"\d+ of the \d+ displayed relations; of ", overview.coverage(ledger, document.page.displays))


def test_the_sentence_counts_what_was_refuted_what_got_no_verdict_and_what_passed(homework: Homework) -> None:
    document = build.read(homework.request())
    ledger = build.mutate(document)
    fates = overview.coverage(ledger, document.page.displays)
    refuted, close, stopped = (sum(getattr(one, fate) for one in ledger.tallies) for fate in ("refuted", "close", "stopped"))
    strict = "have a strict sign between sides that are the same to within their errors"
    said = [f"{close} {strict}"] * bool(close) + [f"{stopped} stayed undecided"] * bool(stopped)
    assert fates.endswith(f"{refuted} were refuted, none passed, {', '.join([*said[:-1], 'and ' + said[-1]])}")
    none = [replace(one, close=0, stopped=0) for one in ledger.tallies]
    assert overview.coverage(replace(ledger, tallies=tuple(none)), ()).endswith(f"{refuted} were refuted and none passed")
    missed = replace(ledger, tallies=(replace(none[0], close=3, stopped=7, survivors=("A = B", "A = C")), *none[1:]))
    assert re.search(rf" were refuted, 2 passed, 3 {strict}, and 7 stayed undecided$", overview.coverage(missed, ()))


def test_the_label_of_a_display_is_read_with_it(homework: Homework) -> None:
    homework.change("\\begin{align*}\n", "\\begin{align}\\label{eq:tangent}\n")
    homework.change(r"\end{align*}", r"\end{align}")
    assert [display.label for display in build.read(homework.request()).page.displays] == ["", "eq:tangent"]


def test_the_label_is_that_of_the_row_which_is_not_under_test(homework: Homework) -> None:
    homework.change("\\begin{align*}\n", "\\begin{gather}\n  \\label{eq:tangent}\n")
    homework.change("4\\pi(r-1)},\n\\end{align*}", "4\\pi(r-1)},\\\\\n  \\label{eq:other} r > 0\n\\end{gather}")
    homework.change("A\n  &\\ge", "A\n  \\ge")
    assert [display.label for display in build.read(homework.request()).page.displays] == ["", "eq:other"]
