r"""What makes a formula is known to every guard in the same way, however it is spelled: no guard has a list of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Homework

from hwgen.guards import balance, denials, enclosures, guards, numbers, surroundings
from hwgen.guards.guards import Guard
from hwgen.model.errors import ContentError
from hwgen.page.page import Page
from hwgen.program import build
from hwgen.reading.commands import COLUMNS, DISPLAYS, FORMULAS, PARTS, ROWS

Make = Callable[[str], Page]
Refused = Callable[[Guard, str], list[ContentError]]
C = r"\checked{area}{A = \pi r^2}"
# Without a starred form.
PLAIN = frozenset({"displaymath", "math", "xxalignat"})
NAMES = sorted(name + star for name in FORMULAS for star in ("", "*") if not (star and name in PLAIN))
SPELLED = [*((rf"\begin{{{name}}}", rf"\end{{{name}}}") for name in NAMES), (r"\[", r"\]"), ("$$", "$$"), ("$", "$"), (r"\(", r"\)")]
SPELLED += [(opens.replace("{", " {", 1), closes.replace("{", "\n{", 1)) for opens, closes in SPELLED if "{" in opens]
SPELLED += [(rf"\begin{{subequations}}{opens}", rf"{closes}\end{{subequations}}") for opens, closes in SPELLED if r"{align}" in opens]


def _in(opens: str, closes: str, inside: str) -> str:
    columns = "{2}" if any(f"{{{name}" in opens for name in COLUMNS) else ""
    return f"for\n{opens}{columns} {inside} {closes}\nand"


def _displays(opens: str) -> bool:
    return any(f"{{{name}" in opens for name in DISPLAYS) or opens in {r"\[", "$$"}


@pytest.mark.parametrize(("opens", "closes"), SPELLED)
def test_a_formula_is_welcome_in_it_to_every_guard(page: Make, opens: str, closes: str) -> None:
    one = page(_in(opens, closes, C))
    assert [error for stage in guards.STAGES[:2] for guard in stage for error in guard(one)] == []
    (span,) = one.text.formulas
    assert one.text.text[span.low : span.high].strip() == C
    assert span.display == _displays(opens)
    assert one.coverage == ((1, 1) if span.display else (0, 0))


@pytest.mark.parametrize(("opens", "closes"), SPELLED)
@pytest.mark.parametrize(
    ("guard", "inside"),
    [
        (surroundings.joined, "2" + C),
        (surroundings.joined, C + "^2"),
        (denials.denied, C + r"\quad\text{which is false}"),
        (numbers.glued, "3 @@@{constants.slope}@"),
        (balance.unbalanced, "x\n\ny"),
        (balance.unbalanced, "x {"),
        (enclosures.hiding, rf"x\mbox{{${C}$}}"),
        (enclosures.hiding, rf"\begin{{cancelled}} {C} \end{{cancelled}}"),
    ],
)
def test_what_is_wrong_in_it_is_refused_by_the_guard_that_owns_it(
    refused: Refused, opens: str, closes: str, guard: Guard, inside: str
) -> None:
    assert refused(guard, _in(opens, closes, inside))


@pytest.mark.parametrize(("opens", "closes"), SPELLED)
def test_relations_that_are_not_under_test_count_where_it_is_displayed(page: Make, opens: str, closes: str) -> None:
    assert page(_in(opens, closes, r"x = y \le z")).coverage == ((0, 2) if _displays(opens) else (0, 0))


@pytest.mark.parametrize("name", sorted(PARTS))
def test_a_part_of_a_display_is_passed_over_by_every_guard(page: Make, name: str) -> None:
    columns = "{2}" if name in COLUMNS else ""
    one = page(rf"\[ \begin{{{name}}}{columns} {C} \end{{{name}}} \]")
    assert [error for stage in guards.STAGES[:2] for guard in stage for error in guard(one)] == []
    assert one.coverage == (1, 1)


@pytest.mark.parametrize("name", sorted(ROWS | {"array", "dcases", "matrix"}))
def test_rows_inside_a_formula_hold_no_formula_of_their_own(page: Make, refused: Refused, name: str) -> None:
    shape = "{l}" if name == "array" else ""
    text = rf"\[ \begin{{{name}}}{shape} {C} \end{{{name}}} \]"
    (error,) = refused(enclosures.hiding, text)
    assert rf"\begin{{{name}}} around it may hide or alter what it prints" in error.message
    one = page(rf"\[ x = \begin{{{name}}}{shape} y \\ z \end{{{name}}} \]")
    assert (len(one.text.formulas), one.coverage) == (1, (0, 1))


def test_latex_prints_and_records_it_in_each_of_them(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(_in(opens, closes, C) for opens, closes in SPELLED)
    homework.change("\\begin{equation*}\n  \\checked{area}{A = \\pi r^2},\n\\end{equation*}\n", text + "\n\n")
    monkeypatch.chdir(homework.root)
    assert build.pdf(build.read(homework.request())).pdf
    record = homework.root / "build/tex/solution.checked"
    assert record.read_text().count("checked|area|") == len(SPELLED)
