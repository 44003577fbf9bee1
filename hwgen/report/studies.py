"""Studies, and their arrays as data of which the page's script makes tables to save, with names for what lies along their axes.

A study says in a paragraph of its docstring what no list of it tells: "Axes: row is network; width is p." names the rows, and gives the
widths their symbol.
"""

from __future__ import annotations

import base64
import itertools
import re
import sys
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.model import Place
from hwgen.model.errors import ContentError

# To so many digits a study is rounded when it is kept.
DIGITS = 6
# What lies along an axis of an array: a name, and what stands at each place.
Axis = tuple[str, Sequence[Any]]
# How a docstring says what axes are.
_AXES = re.compile(r"^Axes: (.+?)(?:\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)
# What an axis is called that no list names.
_UNNAMED = re.compile(r"row|column|value|axis \d+")


@dataclass(frozen=True, kw_only=True)
class Array:
    """An array of a study: its shape, what lies along its axes, the name of its table, and its entries as data for the page's script."""

    name: str
    shape: Sequence[int]
    axes: Sequence[Axis]
    file: str
    packed: Mapping[str, Any]

    @property
    def size(self) -> str:
        """How many of what lie along each axis."""
        counted = [_several(name, length) for (name, _), length in zip(self.axes, self.shape, strict=True)]
        return " × ".join(counted) or "one number"


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
            arrays=[_array(name, key, arrays, _said(ledger, name, arrays)) for key in arrays],
        )
        for name, arrays in ledger["studies"].items()
    ]


def said(docstring: str) -> dict[str, str]:
    """What the axes of a study are, as its docstring says it."""
    found = _AXES.search(docstring)
    pairs = " ".join(found[1].split()).rstrip(".").split("; ") if found else []
    return {axis.strip(): words.strip() for axis, _, words in (one.partition(" is ") for one in pairs)}


def _said(ledger: Mapping[str, Any], study: str, arrays: Mapping[str, Any]) -> Mapping[str, str]:
    """The same of a study of the ledger. Raises ContentError for an axis that none of its arrays has."""
    by = ledger["nouns"][study]["by"]
    found = said(ledger["origins"]["functions"].get(by["function"], {"said": ""})["said"])
    known = sorted({axis for name in arrays for axis, _ in axes(name, arrays)})
    unknown = next((axis for axis in found if axis not in known or not found[axis]), None)
    if unknown is not None:
        file, _, line = by["place"].rpartition(":")
        wrong = f"{study}: its docstring says what {unknown!r} is, and no axis of its arrays is called that"
        raise ContentError(
            f"{wrong}; expected pairs as in 'Axes: row is network; width is p.', of {', '.join(known)}", Place(file=file, line=int(line))
        )
    return found


def along(ledger: Mapping[str, Any], study: str, name: str, arrays: Mapping[str, Any]) -> list[str]:
    """What lies along the axes of an array of a study, in words."""
    words = _said(ledger, study, arrays)
    return [_called(axis, words) for axis, _ in axes(name, arrays)]


def _called(axis: str, words: Mapping[str, str]) -> str:
    """An axis in words: what its study says instead of a mere number, or beside the name of a list."""
    if axis not in words:
        return axis
    return words[axis] if _UNNAMED.fullmatch(axis) else f"{axis} {words[axis]}"


def _several(axis: str, length: int) -> str:
    """So many of what lies along an axis: the first word in its plural, and its symbol as it is."""
    name, _, symbol = axis.partition(" ")
    return f"{length} {name}{'s' * (length != 1 and not name.endswith('s'))}{f' {symbol}' if symbol else ''}"


def _array(study: str, name: str, arrays: Mapping[str, Any], words: Mapping[str, str]) -> Array:
    along = [(_called(axis, words), places) for axis, places in axes(name, arrays)]
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
    if len(size) == 1 and (_names(arrays[name]) or _rises(arrays[name])):  # it names the axes of others
        return [("name" if _names(arrays[name]) else "number", range(1, size[0] + 1))]
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
    return {of: "column", of - 1: "row"}.get(axis, f"axis {axis}") if of > 1 else "value"


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
