"""How a value came about, in words: the function that made it, the numbers that this takes, what it calls, or what was fitted to what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from hwgen.report import printed
from hwgen.report.studies import along

_ROLE = re.compile(r":math:`([^`]+)`|``?([^`]+)``?")
DRIFT = (
    "The drift is the slope over the wider half of the abscissae less the slope over the narrower half; the middle one of an odd number "
    "belongs to both. It would be 0, up to its standard error, if one power held throughout."
)


@dataclass(frozen=True, kw_only=True)
class Called:
    """A function that another one calls, by its short name, with what it says of itself; `told` where its text is in the page."""

    key: str
    name: str
    said: Markup
    place: str
    told: bool


@dataclass(frozen=True, kw_only=True)
class Function:
    """A function of the author with its text, the numbers from around it and what it calls."""

    key: str
    name: str
    whole: str
    said: Markup
    place: str
    text: str
    given: Mapping[str, str]
    calls: Sequence[Called]


@dataclass(frozen=True, kw_only=True)
class Origin:
    """How a number or a drawing is made: by a function of its author, and if it is fitted what was fitted, with how its error was found.

    `parts` is what the function's text gives as the value of this name, where it makes several: the steps, and last the value.
    """

    function: Function | None
    fit: Sequence[str] = ()
    axes: Sequence[Function] = ()
    parts: Sequence[str] = ()

    @property
    def calls(self) -> Sequence[Called]:
        """What the function calls for this value: all of it, unless its text says which part of it the value is made by."""
        if self.function is None or self.fit:
            return ()
        return [one for one in self.function.calls if not self.parts or one.name in self._named]

    @property
    def given(self) -> Mapping[str, str]:
        """The numbers from around the function that it takes for this value."""
        known = self.function.given if self.function else {}
        return {name: value for name, value in known.items() if not self.parts or name in self._named}

    @property
    def _named(self) -> set[str]:
        return {name for part in self.parts for name in re.findall(r"\w+", part)}


def key(function: str) -> str:
    """The anchor of a function."""
    return "function-" + re.sub(r"\W+", "-", function).strip("-")


def short(function: str) -> str:
    """The last name of a function."""
    return function.rpartition(".")[2]


def said(text: str) -> Markup:
    """What a function says of itself: its first paragraph, with formulas as MathML and names as code."""
    first = re.split(r"\n\s*\n", text)[0]
    parts, at = [], 0
    for match in _ROLE.finditer(first):
        shown = printed.formula(match[1], False) if match[1] else Markup("<code>{}</code>").format(match[2])
        parts += [escape(first[at : match.start()]), shown]
        at = match.end()
    return Markup("").join([*parts, escape(first[at:])])


def functions(ledger: Mapping[str, Any]) -> dict[str, Function]:
    """The functions behind all values, by name."""
    known = ledger["origins"]["functions"]
    return {name: _function(name, one, known) for name, one in known.items()}


def _function(name: str, one: Mapping[str, Any], known: Mapping[str, Any]) -> Function:
    return Function(
        key=key(name),
        name=short(name),
        whole=name,
        said=said(one["said"]),
        place=one["place"],
        text=one["text"],
        given=one["given"],
        calls=[_called(callee, known) for callee in one["calls"]],
    )


def _called(name: str, known: Mapping[str, Any]) -> Called:
    one = known.get(name, {"said": "", "place": ""})
    return Called(key=key(name), name=short(name), said=said(one["said"]), place=one["place"], told=name in known)


def origin(ledger: Mapping[str, Any], name: str, known: Mapping[str, Function]) -> Origin:
    """How the value of this name came about."""
    fit = ledger["origins"]["fits"].get(name)
    if fit is None:
        made_by = ledger["nouns"][name]["by"]["function"]
        parts = ledger["origins"]["functions"].get(made_by, {"parts": {}})["parts"].get(name, ())
        return Origin(function=known.get(made_by), parts=parts)
    axes = [known[fit[axis]] for axis in ("x", "y") if fit[axis] in known]
    return Origin(function=known.get(fit["by"]), fit=_fitted(ledger, ledger["nouns"][name]["of"][0], fit), axes=axes)


def _fitted(ledger: Mapping[str, Any], study: str, fit: Mapping[str, Any]) -> list[str]:
    """What was fitted, in sentences."""
    x, y = fit["x"], fit["y"]
    arrays = ledger["studies"].get(study, {})
    ordinate = arrays.get(y)
    if ordinate is not None and fit["row"] is not None:
        ordinate, y = ordinate[fit["row"]], f"row {fit['row'] + 1} of {y}"
    rows = len(ordinate) if ordinate and isinstance(ordinate[0], list) else 0
    row = along(ledger, study, fit["y"], arrays)[-2] if rows and fit["y"] in arrays else "row"
    mean = f"the mean of {_named(y, study)} over its {rows} {row}s" if rows else _named(y, study)
    over = arrays.get(x)
    points = f", at {len(over)} values of {short(x)} from {over[0]:g} to {over[-1]:g}" if over else ""
    slope = f"Least squares: the slope of the logarithm of {mean} against the logarithm of {_named(x, study)}{points}."
    return [slope, *([DRIFT] if fit["part"] == "drift" else []), _error(rows, row, known=ordinate is not None)]


def _named(axis: str, study: str) -> str:
    return f"{short(axis)}({study}, …)" if "." in axis else f"{study}.{axis}" if "row " not in axis else axis.replace("of ", f"of {study}.")


def _error(rows: int, row: str, *, known: bool) -> str:
    if not known:
        return "Standard error: by the jackknife over the rows, if there are several, or else from the residuals."
    found = f"by the jackknife, leaving out each of the {rows} {row}s in turn" if rows > 1 else "from the residuals of the fit"
    return f"Standard error: {found}."
