"""The names in the templates against the names in the exercises, both ways, before any mathematics runs."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from types import FunctionType
from typing import Any

from hwgen.model import Claim, Constant, Figure, Formula, Place, Statement, Study, Table
from hwgen.model.called import numbers
from hwgen.model.catalog import Catalog
from hwgen.model.errors import ContentError, did_you_mean, nearest
from hwgen.page.arguments import arguments, text_of
from hwgen.page.formulas import FOR, names
from hwgen.page.page import GENERATED, Names, Page, Printable
from hwgen.reading.commands import squeezed
from hwgen.reading.roles import Role


def declared(catalog: Catalog) -> Names:
    """The names that the exercises declare."""
    nouns: dict[str, Claim | Statement] = {**catalog.of(Claim), **catalog.of(Statement)}
    values = {
        "constants": list(catalog.of(Constant)),
        "figures": list(catalog.of(Figure)),
        "tables": [*catalog.of(Table), *GENERATED],
    }
    symbols = {name: one.symbol for name, one in catalog.of(Constant).items() if one.symbol}
    words = {name: one.words for name, one in catalog.of(Constant).items() if one.words}
    claims = {name: _printable(noun) for name, noun in nouns.items()}
    shown: dict[str, Figure | Table] = {**catalog.of(Figure), **catalog.of(Table)}
    # A setting, or what is fitted, has no function that could be deleted.
    numbers_made = {name: one.compute for name, one in catalog.of(Constant).items() if isinstance(one.compute, FunctionType)}
    views = {name: noun.draw if isinstance(noun, Figure) else noun.rows for name, noun in shown.items()}
    where = {name: _where(made) for name, made in {**numbers_made, **views}.items()}
    return Names(values=values, claims=claims, symbols=symbols, words=words, uses=_uses(catalog, shown), where=where)


def _where(function: Callable[..., Any]) -> tuple[str, int]:
    while isinstance(function, functools.partial):
        function = function.func
    code = inspect.unwrap(function).__code__
    return code.co_filename, code.co_firstlineno


def _uses(catalog: Catalog, shown: Mapping[str, Figure | Table]) -> dict[str, dict[str, str]]:
    """For each figure and table the numbers that its own code and that of its studies name."""
    whole = catalog.package.rpartition(".")[0] or catalog.package
    studies, found = catalog.of(Study), dict[str, dict[str, str]]()
    for name, noun in shown.items():
        made = [noun.draw if isinstance(noun, Figure) else noun.rows, *(studies[one].compute for one in noun.of if one in studies)]
        known = [numbers(one, lambda module: f"{module}.".startswith(f"{whole}.")) for one in made]
        found[name] = {repr(number): where for one in known for number, where in one.items()}
    return found


def _printable(noun: Claim | Statement) -> Printable:
    file, line = _where(noun.look if isinstance(noun, Statement) else noun.bind)
    where: dict[str, Any] = {"exercise": noun.exercise, "file": file, "line": line}
    if isinstance(noun, Statement):
        return Printable(macro="verified", words=noun.words, **where)
    macro, quotes = ("refuted", noun.quotes) if noun.false else ("checked", "")
    return Printable(macro=macro, quotes=quotes, in_words=noun.in_words, **where)


def mismatched(page: Page) -> Iterator[ContentError]:
    """A printed name that is not declared with its macro; hypotheses that are left out or not said."""
    for formula in page.recorded:
        yield from _unmatched(formula, page.names.claims) if formula.macro == FOR else _mismatch(formula, page.names.claims)
    yield from _left_out(page)
    yield from _unsaid(page)


def unprinted(page: Page) -> Iterator[ContentError]:
    """A declared name that the whole version does not print; one that it prints misspelt is told as that alone."""
    if page.whole is None:
        claims = page.names.claims
        # A misspelt name is told where it is printed; told here as well, the advice would be to print it twice.
        printed = {formula.name if formula.name in claims else nearest(formula.name, claims) for formula in page.formulas}
        for name, one in page.names.claims.items():
            if name not in printed:
                if misspelt := _misspelt(page, name, one.macro):
                    yield misspelt
                    continue
                said = f"{name}: declared in {one.exercise} and never printed"
                place = Place(file=one.file, line=one.line) if one.file else None
                yield ContentError(f"{said}; expected \\{one.macro}{{{name}}} in a template, or the claim deleted", place)


def _misspelt(page: Page, name: str, macro: str) -> ContentError | None:
    """What is said of a command that nobody knows, is much like the one of a claim, and has that claim's name in its first argument."""
    tokens = page.text.tokens
    for index in tokens.of(Role.COMMAND):
        braces = next(arguments(tokens, index), None) if nearest(tokens.texts[index], [f"\\{macro}"]) else None
        if braces and text_of(tokens, braces) == name:
            said = f"{tokens.texts[index]}{{{name}}}: no command of that name, and {name} is never printed. Did you mean '\\{macro}'?"
            return ContentError(said, page.text.place_of(tokens[index]))
    return None


def _mismatch(formula: Formula, claims: Mapping[str, Printable]) -> Iterator[ContentError]:
    known, here = claims.get(formula.name), f"\\{formula.macro}{{{formula.name}}}"
    if known is None:
        yield ContentError(f"{here}: no claim of that name.{did_you_mean(formula.name, claims)}", formula.place)
    elif known.macro != formula.macro:
        yield ContentError(f"{here}: expected \\{known.macro}{{{formula.name}}}", formula.place)
    elif known.quotes and squeezed(formula.text) != squeezed(known.quotes):
        said = f"the page prints {' '.join(formula.text.split())}; the claim quotes {known.quotes}; expected the same"
        yield ContentError(f"{here}: {said}", formula.place)


def _unmatched(hypothesis: Formula, claims: Mapping[str, Printable]) -> Iterator[ContentError]:
    r"""A \for that names what has no relation to judge."""
    for name in names(hypothesis):
        here = f"\\for{{{hypothesis.name}}}"
        if name not in claims:
            yield ContentError(f"{here}: no claim {name!r}.{did_you_mean(name, claims)}", hypothesis.place)
        elif claims[name].macro == "verified":
            said = f"{name} is a sentence without a formula; expected claims, whose domain a hypothesis bounds"
            yield ContentError(f"{here}: {said}", hypothesis.place)


def _left_out(page: Page) -> Iterator[ContentError]:
    """A relation that this version prints without a hypothesis under which it was judged, in the whole one."""
    for formula in page.formulas if page.whole else ():
        known = {squeezed(one.text) for one in formula.hypotheses}
        for one in page.whole.hypotheses.get(formula.name, ()) if page.whole else ():
            if squeezed(one.text) not in known:
                said = f"this version prints it without its hypothesis {' '.join(one.text.split())}; expected \\for{{{one.name}}} in it too"
                yield ContentError(f"\\{formula.macro}{{{formula.name}}}: {said}", formula.place)


def _unsaid(page: Page) -> Iterator[ContentError]:
    """A hypothesis that is declared in words which the page does not say."""
    words = {formula.name: page.names.claims[formula.name].in_words for formula in page.formulas if formula.name in page.names.claims}
    said = " ".join(page.text.text.split()) if any(words.values()) else ""
    for formula in page.formulas:
        for one in words.get(formula.name, ()):
            if " ".join(one.split()) not in said:
                found = f"its hypothesis in words, {one!r}, is not on the page; expected these words, or another in_words=[…]"
                yield ContentError(f"\\{formula.macro}{{{formula.name}}}: {found}", formula.place)
