"""What the content declares, as plain data for those who read a ledger: sentences, domains, what each symbol is bound to and where."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from hwgen.judging.complaint import proof_at
from hwgen.judging.tasks import function_of
from hwgen.model import (
    Binding,
    Claim,
    Constant,
    Derived,
    Expectation,
    Figure,
    Fit,
    Function,
    Interval,
    Place,
    Range,
    Setting,
    Sharpness,
    Statement,
    Value,
    Variable,
    Vectors,
)
from hwgen.model.catalog import Catalog
from hwgen.model.exercise import Noun
from hwgen.model.place import short
from hwgen.model.sharpness import declarations

LONGEST = 160


def described(content: Catalog, named: Mapping[str, Any]) -> dict[str, Any]:
    """The exercises with their settings, every noun by its name, and the arrays of the studies among the results."""
    studies = {name: result for name, result in named.items() if isinstance(result, Mapping)}
    return {
        "exercises": {one.name: {"title": one.title, "problem": settings(one.problem)} for one in content.exercises},
        "nouns": {name: _noun(content, noun) for name, noun in content.nouns.items()},
        "studies": {name: {key: _array(array) for key, array in arrays.items()} for name, arrays in studies.items()},
    }


def settings(problem: Any) -> dict[str, str]:
    """The fields of a problem, each in short."""
    if not dataclasses.is_dataclass(problem):
        return {"problem": brief(problem)}
    return {one.name: brief(getattr(problem, one.name)) for one in dataclasses.fields(problem)}


def brief(value: Any) -> str:
    """A value in one line, a function by its name: nothing that differs from run to run."""
    if callable(value) and not dataclasses.is_dataclass(value):
        return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', type(value).__name__)}"
    if isinstance(value, np.ndarray):
        return " ".join(np.array2string(value, precision=4, separator=", ", threshold=8).split())
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def made_by(noun: Noun) -> dict[str, str]:
    """The author's function that a noun is made by, or what it is instead, and where that stands."""
    made = function_of(noun)
    if isinstance(made, Setting | Fit):
        said = "a setting" if isinstance(made, Setting) else f"the {made.part} of a power law"
        return {"function": said, "place": _at(made.place)}
    return by(made)


def by(function: Callable[..., Any]) -> dict[str, str]:
    """A function by its name, with file and line; what was given to it beforehand is left out."""
    while isinstance(function, functools.partial):
        function = function.func
    function = inspect.unwrap(function)
    code = getattr(function, "__code__", None) or getattr(type(function).__call__, "__code__", None)
    name = f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', type(function).__name__)}".lstrip(".")
    return {"function": name, "place": _at(Place(file=code.co_filename, line=code.co_firstlineno)) if code else ""}


def _at(place: Place) -> str:
    return f"{short(place.file)}:{place.line}"


def _noun(content: Catalog, noun: Noun) -> dict[str, Any]:
    known: dict[str, Any] = {
        "kind": type(noun).__name__.lower(),
        "exercise": noun.exercise,
        "sentence": noun.sentence,
        "by": made_by(noun),
        "of": list(getattr(noun, "of", ())),
    }
    match noun:
        case Claim():
            known |= _claim(noun, content.problem(noun))
        case Constant():
            known["setting"] = isinstance(noun.compute, Setting)
        case Figure():
            known["path"] = str(noun.path)
    if isinstance(noun, Claim | Statement):
        known |= {"needs": noun.needs.name, "changed": {name: brief(one) for name, one in noun.changed.items()}, "identity": noun.identity}
    return known


def _claim(claim: Claim, problem: Any) -> dict[str, Any]:
    return {
        "source": claim.source,
        "false": claim.false,
        "domain": {name: _range(one) for name, one in claim.domain.items()},
        "symbols": {symbol: _bound(claim, symbol, binding) for symbol, binding in _bindings(claim, problem).items()},
        "sharp": [_sharp(one) for one in claim.sharp],
        "proof": proved_by(claim),
        **granted(claim),
    }


def granted(claim: Claim) -> dict[str, Any]:
    """What its author declares that a check lets pass on their word, each with the reason."""
    return {
        "exact": claim.exact,
        "road": claim.road,
        "coarse": {f"{width:g}": why for width, why in claim.coarse.items()},
        "kept": dict(claim.kept),
        "fixed": list(claim.fixed),
    }


def _bindings(claim: Claim, problem: Any) -> Mapping[str, Binding]:
    try:
        return claim.bindings(problem)
    except Exception:  # its finding says so
        return {}


def _range(spread: Range) -> dict[str, Any]:
    if isinstance(spread, Interval):
        return {"is": "interval", "low": spread.low, "high": spread.high, "integer": spread.integer, "log": spread.log}
    if isinstance(spread, Vectors):
        return {"is": "vectors", "dimension": spread.dimension, "norm": _range(spread.norm)}
    return {"is": "cases", "values": [brief(one) for one in spread.values]}


def _bound(claim: Claim, symbol: str, binding: Binding) -> dict[str, Any]:
    """What a symbol is bound to: a variable, or a function of the author, and who says so."""
    said = "notation" if symbol in claim.noted else "claim"
    match binding:
        case Variable():
            return {"is": "variable", "said": "domain", "name": binding.name}
        case Value():
            return {"is": "value", "said": said, **by(binding.compute)}
        case Function():
            return {"is": "function", "said": said, **by(binding.call), "derivatives": len(binding.derivatives)}
        case Expectation():
            return {"is": binding.moment, "said": said, **by(binding.law), "over": list(binding.symbols)}


def _sharp(declared: Any) -> list[dict[str, Any]]:
    return [{"is": type(one).__name__.lower(), **_said(one)} for one in declarations(declared)]


def _said(one: Sharpness) -> dict[str, Any]:
    if isinstance(one, Derived):
        return {name: by(side.compute) for name, side in one.sides.items()}
    return {field.name: _plain(getattr(one, field.name)) for field in dataclasses.fields(one)}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: brief(one) for name, one in value.items()}
    return value if isinstance(value, int | float | str) else brief(value)


def proved_by(claim: Claim) -> dict[str, str] | None:
    """The definition in proofs.py that has the claim's name, found in its text: SymPy is not loaded for it."""
    place = proof_at(claim)
    return {"function": f"{claim.proof}.{claim.name}", "place": str(place)} if place else None


def _array(array: Any) -> Any:
    """An array as nested lists; what is no real number as text."""
    numbers = np.asarray(array)
    return numbers.tolist() if numbers.dtype.kind in "fiub" else _texts(numbers.tolist())


def _texts(value: Any) -> Any:
    return [_texts(one) for one in value] if isinstance(value, list) else str(value)
