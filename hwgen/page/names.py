"""The names in the templates against the names in the exercises, both ways, before any mathematics runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hwgen.model import Claim, Formula, Statement
from hwgen.model.catalog import Catalog
from hwgen.model.errors import ContentError, ContentErrors, did_you_mean
from hwgen.reading.commands import squeezed

MACRO = {Claim: "checked", Statement: "verified"}


def match(catalog: Catalog, formulas: Sequence[Formula]) -> None:
    """Every printed name is declared with that macro, every declared name is printed. Raises ContentErrors with all that is wrong."""
    nouns: dict[str, Claim | Statement] = {**catalog.of(Claim), **catalog.of(Statement)}
    wrong = [error for formula in formulas if (error := _mismatch(formula, nouns))]
    printed = {formula.name for formula in formulas}
    wrong += [
        ContentError(f"{name}: declared in {noun.exercise} and never printed; expected \\{_macro(noun)}{{{name}}} in a template")
        for name, noun in nouns.items()
        if name not in printed
    ]
    if wrong:
        raise ContentErrors(wrong)


def declared(catalog: Catalog, formulas: Sequence[Formula]) -> None:
    """What a shorter version prints is declared as well; it need not print all. Raises ContentErrors with all that is wrong."""
    nouns: dict[str, Claim | Statement] = {**catalog.of(Claim), **catalog.of(Statement)}
    wrong = [error for formula in formulas if (error := _mismatch(formula, nouns))]
    if wrong:
        raise ContentErrors(wrong)


def _macro(noun: Claim | Statement) -> str:
    return "refuted" if isinstance(noun, Claim) and noun.false else MACRO[type(noun)]


def _mismatch(formula: Formula, nouns: Mapping[str, Claim | Statement]) -> ContentError | None:
    noun = nouns.get(formula.name)
    if noun is None:
        hint = did_you_mean(formula.name, nouns)
        return ContentError(f"\\{formula.macro}{{{formula.name}}}: no claim of that name.{hint}", formula.place)
    if _macro(noun) != formula.macro:
        return ContentError(f"\\{formula.macro}{{{formula.name}}}: expected \\{_macro(noun)}{{{formula.name}}}", formula.place)
    if isinstance(noun, Claim) and noun.false and squeezed(formula.text) != squeezed(noun.quotes):
        said = f"the page prints {' '.join(formula.text.split())}; the claim quotes {noun.quotes}; expected the same"
        return ContentError(f"\\refuted{{{formula.name}}}: {said}", formula.place)
    return None
