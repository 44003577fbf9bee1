"""Every guard of the page, in one list: whatever is refused is refused in every way of a build, and so is what is warned of.

A guard is one file with one function, `(Page) -> Iterator[ContentError]`. A stage that finds something ends the look: what later
stages would say could only follow from it.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from hwgen.guards import (
    balance,
    bounded,
    delimiters,
    denials,
    enclosures,
    figures,
    hidden_displays,
    inputs,
    labels,
    marks,
    misleading,
    misread_arguments,
    names,
    numbers,
    operations,
    parameters,
    reasoning,
    redefinitions,
    repeated,
    surroundings,
    swallowed,
    told_apart,
)
from hwgen.model import Homework, Student
from hwgen.model.errors import ContentError, ContentErrors, HwgenError
from hwgen.page.page import Names, Page, Printed, render
from hwgen.page.rendered import Rendered
from hwgen.page.template_errors import FOLDER


def unreadable(page: Page) -> Iterator[ContentError]:
    """What stands in the place of a formula and cannot be read back."""
    yield from page.unreadable


Guard = Callable[[Page], Iterator[ContentError]]
Warner = Callable[[Printed], Iterator[str]]
STAGES: tuple[tuple[Guard, ...], ...] = (
    (delimiters.foreign, swallowed.swallowed, balance.unbalanced, misread_arguments.astray, inputs.absent),
    (
        redefinitions.redefining,
        redefinitions.hidden,
        hidden_displays.hidden_displays,
        unreadable,
        surroundings.joined,
        denials.denied,
        operations.altered,
        enclosures.hiding,
        numbers.glued,
        parameters.exchanged,
        told_apart.exchangeable,
        marks.interchangeable,
        parameters.retyped,
        figures.by_hand,
    ),
    (names.mismatched, names.unprinted, reasoning.circular),
)
# The page of this process that every guard has looked at last and has let pass, as text; and the page itself.
_passed: tuple[object, Page] | None = None
# What keeps a page from being printed, and nobody from looking at the rest of it.
FORGIVEN: tuple[Guard, ...] = (names.unprinted,)
WARNERS: tuple[Warner, ...] = (
    numbers.typed,
    bounded.rounded,
    labels.doubled,
    misleading.number_signs,
    misleading.todays,
    figures.nowhere,
    reasoning.unfounded,
    repeated.twice,
)


def read(root: Path, homework: Homework, who: Student, names: Names, strict: bool = True) -> Page:
    """The page, with nothing on it that is refused. Raises ContentErrors with all that is."""
    return guarded(render(root, homework, who, names), strict)


def apart(root: Path, homework: Homework, who: Student, names: Names) -> tuple[Page, HwgenError | None]:
    """The page for what does not stand on it, an empty one where it is refused, and what is refused."""
    try:
        return read(root, homework, who, names, strict=False), None
    except HwgenError as error:
        return Page(root=root, homework=homework, who=who, names=names, rendered=Rendered("", ())), error


def guarded(page: Page, strict: bool = True) -> Page:
    """The page, looked at by every guard, in the whole version and in the printed one. Raises ContentErrors.

    If it is not `strict`, what can be forgiven is not looked for; see `forgiven`. A page that says what one does that has passed
    is that one: the short way of a build and the full one look at it once.
    """
    global _passed
    now = _looked_at(page)
    if _passed and _passed[0] == now:
        return _passed[1]
    for stage in STAGES:
        guards = [guard for guard in stage if strict or guard not in FORGIVEN]
        wrong = [error for one in page.versions for guard in guards for error in guard(one)]
        if wrong:
            raise ContentErrors(wrong)
    if strict:
        _passed = now, page
    return page


def _looked_at(page: Page) -> object:
    """All that guards look at: what each version says and of whom, what it may name, and the files of plain LaTeX beside it."""
    versions = [(one.rendered, one.who, one.homework) for one in page.versions]
    beside = [(path.name, path.read_bytes()) for path in sorted((page.root / FOLDER).glob("*.tex")) if path.is_file()]
    # Names that were remembered are lists where those of the content are tuples.
    return page.root.resolve(), versions, json.dumps(dataclasses.asdict(page.names)), beside


def forgiven(page: Page) -> list[ContentError]:
    """What would keep the page from being printed, for whoever looks at it without printing it."""
    return [error for one in page.versions for guard in FORGIVEN for error in guard(one)]


def noticed(printed: Printed) -> list[str]:
    """What the author should know of a page that is not refused."""
    return [warning for warner in WARNERS for warning in warner(printed)]
