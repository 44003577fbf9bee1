"""Studies, and their arrays as data of which the page's script makes tables to save, with names for what lies along their axes."""

from __future__ import annotations

import base64
import itertools
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# To so many digits a study is rounded when it is kept.
DIGITS = 6
# What lies along an axis of an array: a name, and what stands at each place.
Axis = tuple[str, Sequence[Any]]


@dataclass(frozen=True, kw_only=True)
class Array:
    """An array of a study: its shape, what lies along its axes, the name of its table, and its entries as data for the page's script."""

    name: str
    shape: Sequence[int]
    axes: Sequence[Axis]
    file: str
    packed: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Study:
    """A computation that is kept: what it is made by, what views it, and its arrays."""

    name: str
    noun: Mapping[str, Any]
    viewed: Sequence[str]
    arrays: Sequence[Array]


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


def _array(study: str, name: str, arrays: Mapping[str, Any]) -> Array:
    along = axes(name, arrays)
    told = {"name": name, "axes": [(axis, list(places)) for axis, places in along], **packed(flat(arrays[name]))}
    return Array(name=name, shape=shape(arrays[name]), axes=along, file=f"{study}.{name}.csv", packed=told)


def flat(nested: Any) -> list[Any]:
    """The entries of nested lists, the last axis fastest."""
    return [entry for part in nested for entry in flat(part)] if isinstance(nested, list) else [nested]


def packed(entries: Sequence[Any]) -> dict[str, Any]:
    """The entries for the page's script: the bytes of single numbers where the digits that studies are rounded to are all they have.

    Single ones have seven digits, so that six come back as they were. What is not finite is text, as it is in a ledger.
    """
    # Tried rather than trusted: what does not come back to the digit is sent as text.
    singles = array("f", entries if all(isinstance(one, float) for one in entries) else ())
    if [float(f"{one:.{DIGITS}g}") for one in singles] == entries:
        return {"digits": DIGITS, "singles": _bytes(singles)}
    return {"entries": entries}


def _bytes(numbers: array[float]) -> str:
    """In base64, the lowest byte of each number first, as every browser's machine has it."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return base64.b64encode(numbers.tobytes()).decode()


def axes(name: str, arrays: Mapping[str, Any]) -> list[Axis]:
    """What lies along each axis of an array: the list of the study that is as long, whole and rising or of words; otherwise a mere word.

    Where several axes are equally long, as many such lists name them in their order.
    """
    size = shape(arrays[name])
    named = arrays.items() if not _names(arrays[name]) else ()
    lists = [(other, one) for other, one in named if other != name and (_rises(one) or _names(one))]
    found: list[Axis] = []
    for at, length in enumerate(size):
        along = [one for one in lists if len(one[1]) == length]
        known = len(along) == size.count(length)
        found.append(along[size[:at].count(length)] if known else (_word(at + 1, len(size)), range(1, length + 1)))
    return found


def _word(axis: int, of: int) -> str:
    """What an axis without a name is called: the columns of a table, its rows, and what comes before them."""
    return {of: "column", of - 1: "row"}.get(axis, f"axis {axis}") if of > 1 else "row"


def _rises(listed: Any) -> bool:
    """Whether it is a list of whole numbers, each larger than the one before, such as widths: others measure something."""
    whole = isinstance(listed, list) and len(listed) > 1 and all(isinstance(one, int | float) and one == int(one) for one in listed)
    return whole and all(one < other for one, other in itertools.pairwise(listed))


def _names(listed: Any) -> bool:
    """Whether it is a list of words, each another one."""
    words = isinstance(listed, list) and len(listed) > 1 and all(isinstance(one, str) and not _is_number(one) for one in listed)
    return words and len(set(listed)) == len(listed)


def _is_number(text: str) -> bool:
    """What is not finite is text in a ledger."""
    return text in {"nan", "inf", "-inf"}


def shape(nested: Any) -> tuple[int, ...]:
    """The shape of nested lists."""
    return (len(nested), *shape(nested[0])) if isinstance(nested, list) and nested else (0,) if isinstance(nested, list) else ()
