"""Printed numbers and figures: each with what it is made of, where it is printed, and the arrays behind it as tables to download."""

from __future__ import annotations

import itertools
import re
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.model import Estimate
from hwgen.page import template
from hwgen.page.digits import digits
from hwgen.page.page import Page


@dataclass(frozen=True, kw_only=True)
class Number:
    """A constant of the page: its value as it is printed, and how well it is known."""

    name: str
    noun: Mapping[str, Any]
    estimate: Estimate
    places: Sequence[str]

    @property
    def printed(self) -> str:
        """The digits on the page, as LaTeX."""
        return digits(self.estimate)

    @property
    def known(self) -> str:
        """What is known of its error, and how many digits that leaves."""
        if self.estimate.error == 0:
            return "exact"
        count = f"{self.digits} digit{'s' * (self.digits != 1)}"
        if self.estimate.statistical:
            return f"standard error {self.estimate.error:.2g}: {count}, its own first one in brackets"
        rounded = f", rounded {self.estimate.rounds} past it" if self.estimate.rounds else ""
        return f"enclosed to ± {self.estimate.error:.2g}: {count}{rounded}"

    @property
    def digits(self) -> int:
        """How many digits are printed, zeros in front aside."""
        mantissa = re.split(r"[(\\]", self.printed)[0]
        return len(re.sub(r"\D", "", mantissa).lstrip("0")) or 1

    @property
    def typed(self) -> str:
        """The number as one types it, to search for."""
        return re.sub(r"\\times 10\^\{(-?\d+)\}", r"×10^\1", self.printed)


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A figure or a table of the page, with its studies and the settings of its exercise; `path` is a figure's file."""

    name: str
    noun: Mapping[str, Any]
    path: str
    places: Sequence[str]
    settings: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Array:
    """An array of a study: its shape, and the link that saves it as a table."""

    name: str
    shape: Sequence[int]
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
    found = [
        Number(name=name, noun=ledger["nouns"][name], estimate=_estimate(estimate), places=shown.get(name, ()))
        for name, estimate in ledger["constants"].items()
    ]
    return sorted(found, key=lambda one: order.get(one.name, len(order)))


def _estimate(written: Mapping[str, Any]) -> Estimate:
    return Estimate(**{**written, "value": float(written["value"]), "error": float(written["error"])})


def drawings(ledger: Mapping[str, Any], page: Page) -> list[Drawing]:
    """Every printed figure and table, in the order of their declaration."""
    shown = places(page)
    printed = {**ledger["figures"], **{name: "" for name, noun in ledger["nouns"].items() if noun["kind"] == "table" and name in shown}}
    return [
        Drawing(
            name=name,
            noun=ledger["nouns"][name],
            path=path,
            places=shown.get(name, ()),
            settings=_settings(ledger, ledger["nouns"][name]["exercise"]),
        )
        for name, path in printed.items()
    ]


def _settings(ledger: Mapping[str, Any], exercise: str) -> dict[str, str]:
    """The problem of an exercise, and the numbers that its author chose."""
    chosen = {
        name: f"{ledger['constants'][name]['value']:g}"
        for name, noun in ledger["nouns"].items()
        if noun.get("setting") and noun["exercise"] == exercise and name in ledger["constants"]
    }
    return {**ledger["exercises"][exercise]["problem"], **chosen}


def studies(ledger: Mapping[str, Any]) -> list[Study]:
    """Every study that something on the page views."""
    nouns = ledger["nouns"]
    return [
        Study(
            name=name,
            noun=nouns[name],
            viewed=[viewer for viewer, noun in nouns.items() if name in noun["of"]],
            arrays=[_array(name, key, array) for key, array in arrays.items()],
        )
        for name, arrays in ledger["studies"].items()
    ]


def places(page: Page) -> dict[str, list[str]]:
    """Where each value is printed, by name, in the order of the page."""
    found: dict[str, list[str]] = {}
    for _, name, place in template.placeholders(page.rendered):
        found.setdefault(name, []).append(str(place))
    return found


def _array(study: str, name: str, array: Any) -> Array:
    text = "\n".join(",".join(row) for row in table(array)) + "\n"
    link = f"data:text/csv;charset=utf-8,{urllib.parse.quote(text, safe=',.-')}"
    return Array(name=name, shape=shape(array), link=link, file=f"{study}.{name}.csv")


def shape(array: Any) -> tuple[int, ...]:
    """The shape of nested lists."""
    return (len(array), *shape(array[0])) if isinstance(array, list) and array else (0,) if isinstance(array, list) else ()


def table(array: Any) -> Iterator[list[str]]:
    """An array as rows of a table: its last axis lies across, a row for each place on the others, which comes first, from 1."""
    size = shape(array)
    if len(size) < 2:
        yield from ([_cell(one)] for one in (array if size else [array]))
        return
    yield [*(f"axis {number}" for number in range(1, len(size))), *(str(number) for number in range(1, size[-1] + 1))]
    for at in itertools.product(*(range(one) for one in size[:-1])):
        row = array
        for index in at:
            row = row[index]
        yield [*(str(index + 1) for index in at), *(_cell(one) for one in row)]


def _cell(value: Any) -> str:
    return repr(value) if isinstance(value, float) else str(value).replace(",", ";")
