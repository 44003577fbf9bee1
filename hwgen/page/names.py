"""The names in the templates against the names in the exercises, both ways, before any mathematics runs."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

from hwgen.model import Claim, Constant, Figure, Formula, Place, Statement, Table
from hwgen.model.catalog import Catalog
from hwgen.model.errors import ContentError, did_you_mean
from hwgen.page.page import GENERATED, Names, Page, Printable
from hwgen.reading.commands import squeezed


def declared(catalog: Catalog) -> Names:
    """The names that the exercises declare."""
    nouns: dict[str, Claim | Statement] = {**catalog.of(Claim), **catalog.of(Statement)}
    values = {
        "constants": list(catalog.of(Constant)),
        "figures": list(catalog.of(Figure)),
        "tables": [*catalog.of(Table), *GENERATED],
    }
    return Names(values=values, claims={name: _printable(noun) for name, noun in nouns.items()})


def _printable(noun: Claim | Statement) -> Printable:
    code = inspect.unwrap(noun.look if isinstance(noun, Statement) else noun.bind).__code__
    where: dict[str, Any] = {"exercise": noun.exercise, "file": code.co_filename, "line": code.co_firstlineno}
    if isinstance(noun, Statement):
        return Printable(macro="verified", **where)
    return Printable(macro="refuted" if noun.false else "checked", quotes=noun.quotes if noun.false else "", **where)


def mismatched(page: Page) -> Iterator[ContentError]:
    """A printed name that is not declared with its macro."""
    for formula in page.formulas:
        yield from _mismatch(formula, page.names.claims)


def unprinted(page: Page) -> Iterator[ContentError]:
    """A declared name that the whole version does not print."""
    if page.whole is None:
        printed = {formula.name for formula in page.formulas}
        for name, one in page.names.claims.items():
            if name not in printed:
                said = f"{name}: declared in {one.exercise} and never printed"
                place = Place(file=one.file, line=one.line) if one.file else None
                yield ContentError(f"{said}; expected \\{one.macro}{{{name}}} in a template, or the claim deleted", place)


def _mismatch(formula: Formula, claims: Mapping[str, Printable]) -> Iterator[ContentError]:
    known, here = claims.get(formula.name), f"\\{formula.macro}{{{formula.name}}}"
    if known is None:
        yield ContentError(f"{here}: no claim of that name.{did_you_mean(formula.name, claims)}", formula.place)
    elif known.macro != formula.macro:
        yield ContentError(f"{here}: expected \\{known.macro}{{{formula.name}}}", formula.place)
    elif known.quotes and squeezed(formula.text) != squeezed(known.quotes):
        said = f"the page prints {' '.join(formula.text.split())}; the claim quotes {known.quotes}; expected the same"
        yield ContentError(f"{here}: {said}", formula.place)
