"""A printed formula and its printed hypotheses, read with the symbols of their claim. Nothing here evaluates them."""

from __future__ import annotations

import inspect
import traceback
from typing import Any

from hwgen.evidence.unfit import UnfitError
from hwgen.freshness.sources import is_authors
from hwgen.judging.conditions import Condition, conditions, symbols
from hwgen.model import Bindings, Claim, Derived, Evidence, Formula, Kind, Place, Verdict
from hwgen.model.errors import ContentError, did_you_mean
from hwgen.model.misspelt import hint, told
from hwgen.model.place import short
from hwgen.model.sharpness import declarations
from hwgen.model.wellformed import bound, bound_at, declared_at, ranged
from hwgen.reading import Chain, read, vocabulary


def chain_of(claim: Claim, formula: Formula, problem: Any) -> Chain:
    """The printed formula, read with the claim's symbols. Raises ContentError at the template's place."""
    bindings = _bindings(claim, formula, problem)
    words = vocabulary(bindings)
    try:
        chain = read(formula, words)
    except ContentError as error:
        if f"not bound in claim {claim.name};" not in error.message:
            raise
        raise ContentError(f"{error.message}{_bound_at(claim)}", error.place) from None
    used = chain.symbols | symbols(formula.hypotheses, words)
    unused = [symbol for symbol in bindings if symbol not in used]
    if unused and not claim.changed:
        raise ContentError(
            f"\\{formula.macro}{{{claim.name}}}: {unused[0]} is bound and does not occur; expected every bound symbol on the page."
            f"{did_you_mean(unused[0], used)}{_bound_at(claim)}",
            formula.place,
        )
    return chain


def conditions_of(claim: Claim, formula: Formula, problem: Any) -> tuple[Condition, ...]:
    """The relations of the printed hypotheses. Raises ContentError at the template's place."""
    return conditions(formula.hypotheses, vocabulary(_bindings(claim, formula, problem)))


def _bindings(claim: Claim, formula: Formula, problem: Any) -> Bindings:
    try:
        bindings = claim.bindings(problem)
        _declared(claim, bindings)
        return bindings
    except ContentError as error:
        said, place = error.message, error.place
    except Exception as error:  # the function that binds the symbols is the author's
        what, place, function = fault(error)
        said = f"{what}{f' (in {function})' * bool(function)}"
    # What is wrong is in the content, wherever the formula is printed.
    said = said.removeprefix(f"{claim.name} ").removesuffix(".")
    printed = f" It is printed at {formula.place}" if said.endswith("?") else f"; printed at {formula.place}"
    raise ContentError(f"{claim.name}: {said}{printed}", place or declared_at(claim.bind))


def _declared(claim: Claim, bindings: Bindings) -> None:
    """Every name that the claim declares is one that it has. Raises ContentError."""
    for symbol, binding in bindings.items():
        try:
            bound(symbol, binding, claim.domain)
        except ContentError as error:
            raise ContentError(error.message, bound_at(claim.bind, symbol, binding)) from None
    sides = [one.sides for declared in claim.sharp for one in declarations(declared) if isinstance(one, Derived)]
    ranged([*bindings.values(), *(side for one in sides for side in one.values())], claim.domain, bindings)
    for symbol in claim.fixed:
        if symbol not in bindings:
            said = f"{symbol} is said to be fixed, and is not bound; expected one of {', '.join(bindings)}"
            raise ContentError(f"{said}.{did_you_mean(symbol, bindings)}")


def _bound_at(claim: Claim) -> str:
    place = declared_at(claim.bind)
    return f" Its symbols are bound at {short(place.file)}:{place.line}"


def raised(error: BaseException) -> Evidence:
    """What an exception in a check amounts to: no verdict, and the author's file and line."""
    said, place, function = fault(error)
    where = f" ({place}, in {function})" if place else ""
    text = f"{said}{where}" if isinstance(error, UnfitError) else f"its check {said}{where}"
    return Evidence(kind=Kind.NUMERIC, method="agreement over the domain", verdict=Verdict.UNDECIDED, covered=0, reason=text)


def fault(error: BaseException) -> tuple[str, Place | None, str]:
    """What an exception says, in words, the author's line where it was raised, and the function there; no line if none is the author's."""
    if isinstance(error, UnfitError) and inspect.isfunction(error.function):  # it has returned: no frame is its own
        code = error.function.__code__
        return str(error), Place(file=short(code.co_filename), line=code.co_firstlineno), error.function.__name__
    said = str(error) if isinstance(error, UnfitError) else f"raised {type(error).__name__}: {told(error) or error}"
    frames = list(traceback.walk_tb(error.__traceback__))
    # Whatever the content's folder is called: a library below it is not the author's, nor is the engine above.
    own = [one for one in frames if is_authors(str(one[0].f_globals.get("__name__", "")))]
    if not own:
        return said, None, ""
    frame, line = own[-1]
    said += hint(error, {**frame.f_globals, **frame.f_locals})
    return said, Place(file=short(frame.f_code.co_filename), line=line or 1), frame.f_code.co_name
