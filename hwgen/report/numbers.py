"""Printed numbers: each with how it came about and where it is printed; and studies, their arrays as tables to download."""

from __future__ import annotations

import itertools
import re
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.model import Estimate
from hwgen.page.digits import digits
from hwgen.page.page import Page
from hwgen.page.rendered import PLACEHOLDER
from hwgen.report.origin import Origin, functions, origin
from hwgen.report.prose import sentence

# What lies along an axis of an array: a name, and what stands at each place.
Axis = tuple[str, Sequence[Any]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a value is printed, and the sentence that prints it, as LaTeX."""

    at: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Number:
    """A constant of the page: its value as it is printed, and how well it is known."""

    name: str
    noun: Mapping[str, Any]
    estimate: Estimate
    places: Sequence[Place]
    origin: Origin
    symbol: str = ""

    @property
    def printed(self) -> str:
        """The digits on the page, as LaTeX."""
        return digits(self.estimate)

    @property
    def known(self) -> str:
        """What is known of its error, and how many digits that leaves."""
        if self.estimate.error == 0:
            return self._exact
        count = f"{self.digits} digit{'s' * (self.digits != 1)}"
        if self.estimate.statistical:
            return f"standard error {self.estimate.error:.2g}: {count}, its own first one in brackets"
        rounded = f", rounded {self.estimate.rounds} past it" if self.estimate.rounds else ""
        return f"enclosed to ± {self.estimate.error:.2g}: {count}{rounded}"

    @property
    def _exact(self) -> str:
        """Why it has no error: it was chosen, or it is what a function makes of arrays, which say nothing of theirs."""
        if self.noun["setting"]:
            return "exact: chosen by the author"
        if self.noun["of"]:
            return "no error of its own: made from the arrays of its studies, and rounded if at all by the function that makes it"
        return "exact, as its function makes it"

    @property
    def digits(self) -> int:
        """How many digits are printed, zeros in front aside."""
        mantissa = re.split(r"[(\\]", self.printed)[0]
        return len(re.sub(r"\D", "", mantissa).lstrip("0")) or 1

    @property
    def typed(self) -> str:
        """The number as one types it, to search for."""
        return re.sub(r"\^\{(-?\d+)\}", r"^\1", self.printed.replace(r"\times ", "×"))


@dataclass(frozen=True, kw_only=True)
class Array:
    """An array of a study: its shape, what lies along its axes, and the link that saves it as a table."""

    name: str
    shape: Sequence[int]
    axes: Sequence[str]
    link: str
    file: str


@dataclass(frozen=True, kw_only=True)
class Study:
    """A computation that is kept: what it is made by, what views it, and its arrays."""

    name: str
    noun: Mapping[str, Any]
    viewed: Sequence[str]
    arrays: Sequence[Array]


def numbers(ledger: Mapping[str, Any], page: Page) -> list[Number]:
    """Every printed constant, in the order of the page."""
    shown = places(page)
    order = {name: index for index, name in enumerate(shown)}
    known, symbols = functions(ledger), ledger["origins"]["symbols"]
    found = [
        Number(
            name=name,
            noun=ledger["nouns"][name],
            estimate=estimate(one),
            places=shown.get(name, ()),
            origin=origin(ledger, name, known),
            symbol=symbols.get(name, ""),
        )
        for name, one in ledger["constants"].items()
    ]
    return sorted(found, key=lambda one: order.get(one.name, len(order)))


def estimate(written: Mapping[str, Any]) -> Estimate:
    """A number as a ledger holds it."""
    return Estimate(**{**written, "value": float(written["value"]), "error": float(written["error"])})


def studies(ledger: Mapping[str, Any]) -> list[Study]:
    """Every study that something on the page views."""
    nouns = ledger["nouns"]
    return [
        Study(
            name=name,
            noun=nouns[name],
            viewed=[viewer for viewer, noun in nouns.items() if name in noun["of"]],
            arrays=[_array(name, key, arrays) for key in arrays],
        )
        for name, arrays in ledger["studies"].items()
    ]


def places(page: Page) -> dict[str, list[Place]]:
    """Where each value is printed, by name, in the order of the page."""
    lines = page.rendered.text.split("\n")
    found: dict[str, list[Place]] = {}
    for number, line in enumerate(lines, 1):
        for match in PLACEHOLDER.finditer(line):
            at = str(page.rendered.place(number, match.start() + 1))
            found.setdefault(match[2], []).append(Place(at=at, sentence=sentence(lines, number)))
    return found


def _array(study: str, name: str, arrays: Mapping[str, Any]) -> Array:
    size, named = shape(arrays[name]), axes(name, arrays)
    text = "\n".join(",".join(row) for row in table(arrays[name], name, named)) + "\n"
    link = f"data:text/csv;charset=utf-8,{urllib.parse.quote(text, safe=',.-=')}"
    return Array(name=name, shape=size, axes=[one[0] for one in named], link=link, file=f"{study}.{name}.csv")


def axes(name: str, arrays: Mapping[str, Any]) -> list[Axis]:
    """What lies along each axis of an array: the one list of the study that is as long, whole and rising; otherwise a mere word."""
    size = shape(arrays[name])
    lists = [(other, one) for other, one in arrays.items() if other != name and _rises(one)]
    found = []
    for at, length in enumerate(size):
        along = [one for one in lists if len(one[1]) == length and size.count(length) == 1]
        found.append(along[0] if len(along) == 1 else (_word(at + 1, len(size)), range(1, length + 1)))
    return found


def _word(axis: int, of: int) -> str:
    """What an axis without a name is called: the columns of a table, its rows, and what comes before them."""
    return {of: "column", of - 1: "row"}.get(axis, f"axis {axis}") if of > 1 else "row"


def _rises(array: Any) -> bool:
    """Whether it is a list of whole numbers, each larger than the one before, such as widths: others measure something."""
    flat = isinstance(array, list) and len(array) > 1 and all(isinstance(one, int | float) and one == int(one) for one in array)
    return flat and all(one < other for one, other in itertools.pairwise(array))


def shape(array: Any) -> tuple[int, ...]:
    """The shape of nested lists."""
    return (len(array), *shape(array[0])) if isinstance(array, list) and array else (0,) if isinstance(array, list) else ()


def table(array: Any, name: str, named: Sequence[Axis]) -> Iterator[list[str]]:
    """An array as rows of a table with a head: its last axis lies across, a row for each place on the others, which comes first.

    `named` says what each axis is, and what stands at each of its places.
    """
    size = shape(array)
    if len(size) < 2:
        yield [*(along for along, _ in named), name]
        listed = array if size else [array]
        yield from ([*(_cell(values[at]) for _, values in named), _cell(one)] for at, one in enumerate(listed))
        return
    *before, (last, across) = named
    yield [*(along for along, _ in before), *(f"{name} at {last}={_cell(one)}" for one in across)]
    for at in itertools.product(*(range(one) for one in size[:-1])):
        row = array
        for index in at:
            row = row[index]
        yield [*(_cell(values[index]) for index, (_, values) in zip(at, before, strict=True)), *(_cell(one) for one in row)]


def _cell(value: Any) -> str:
    return repr(value) if isinstance(value, float) else str(value).replace(",", ";")
