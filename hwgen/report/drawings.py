"""Printed figures and tables: each with its picture, its caption, what it is drawn from and where it is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.page.page import Page
from hwgen.report.numbers import Place, places
from hwgen.report.origin import Origin, functions, origin

_FLOAT = re.compile(r"\\begin\s*\{(figure|table)\*?\}.*?\\end\s*\{\1\*?\}", re.DOTALL)
_CAPTION = re.compile(r"\\caption\s*(?:\[[^\]]*\])?\s*\{")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A figure or a table of the page, with its studies.

    `path` is a figure's file; `caption` and `label` as the text has them, `numbers` what of this run the caption prints.
    """

    name: str
    noun: Mapping[str, Any]
    path: str
    places: Sequence[Place]
    origin: Origin
    caption: str = ""
    label: str = ""
    numbers: Sequence[str] = ()


def drawings(ledger: Mapping[str, Any], page: Page) -> list[Drawing]:
    """Every printed figure and table, in the order of their declaration."""
    shown, known, told = places(page), functions(ledger), captions(page)
    tables = {name: "" for name, noun in ledger["nouns"].items() if noun["kind"] == "table" and name in shown}
    found = []
    for name, path in {**ledger["figures"], **tables}.items():
        noun = ledger["nouns"][name]
        caption, label = told.get(name, ("", ""))
        found.append(
            Drawing(
                name=name,
                noun=noun,
                path=path,
                places=shown.get(name, ()),
                origin=origin(ledger, name, known),
                caption=caption,
                label=label,
                numbers=list(dict.fromkeys(re.findall(r"@@@\{constants\.(\w+)\}@", caption))),
            )
        )
    return found


def settings(ledger: Mapping[str, Any], exercise: str) -> dict[str, str]:
    """The problem of an exercise, and the numbers that its author chose."""
    chosen = {
        name: f"{ledger['constants'][name]['value']:g}"
        for name, noun in ledger["nouns"].items()
        if noun.get("setting") and noun["exercise"] == exercise and name in ledger["constants"]
    }
    return {**ledger["exercises"][exercise]["problem"], **chosen}


def captions(page: Page) -> dict[str, tuple[str, str]]:
    """The caption and the label of the float that each drawing stands in, by the drawing's name."""
    found = {}
    for match in _FLOAT.finditer(page.rendered.text):
        for name in re.findall(r"@@@\{(?:figures|tables)\.(\w+)\}@", match[0]):
            label = _LABEL.search(match[0])
            found[name] = (_caption(match[0]), label[1] if label else "")
    return found


def _caption(text: str) -> str:
    """What stands between the braces of the first caption."""
    opening = _CAPTION.search(text)
    if not opening:
        return ""
    depth, at = 1, opening.end()
    while at < len(text) and depth:
        depth += {"{": 1, "}": -1}.get(text[at], 0) if text[at - 1] != "\\" else 0
        at += 1
    return " ".join(text[opening.end() : at - 1].split())
