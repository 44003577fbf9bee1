"""Every guard of the page, in one list: whatever is refused is refused in every way of a build, and so is what is warned of.

A guard is one file with one function, `(Page) -> Iterator[ContentError]`. A stage that finds something ends the look: what later
stages would say could only follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from hwgen.model import Homework, Student
from hwgen.model.errors import ContentError, ContentErrors
from hwgen.page import balance, enclosures, labels, names, numbers, redefinitions, surroundings, taking
from hwgen.page.page import Names, Page, Printed, render


def unreadable(page: Page) -> Iterator[ContentError]:
    """What stands in the place of a formula and cannot be read back."""
    yield from page.unreadable


Guard = Callable[[Page], Iterator[ContentError]]
Warner = Callable[[Printed], Iterator[str]]
STAGES: tuple[tuple[Guard, ...], ...] = (
    (balance.unbalanced, taking.astray),
    (
        redefinitions.redefining,
        redefinitions.hidden,
        unreadable,
        surroundings.joined,
        surroundings.denied,
        enclosures.hiding,
        numbers.glued,
    ),
    (names.mismatched,),
)
WARNERS: tuple[Warner, ...] = (numbers.typed, labels.doubled)


def read(root: Path, homework: Homework, who: Student, names: Names) -> Page:
    """The page, with nothing on it that is refused. Raises ContentErrors with all that is."""
    return guarded(render(root, homework, who, names))


def guarded(page: Page) -> Page:
    """The page, looked at by every guard, in the whole version and in the printed one. Raises ContentErrors."""
    for stage in STAGES:
        wrong = [error for one in page.versions for guard in stage for error in guard(one)]
        if wrong:
            raise ContentErrors(wrong)
    return page


def noticed(printed: Printed) -> list[str]:
    """What the author should know of a page that is not refused."""
    return [warning for warner in WARNERS for warning in warner(printed)]
