"""Printed figures and tables: each with its picture, its caption, what it is drawn from and where it is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.page.arguments import arguments, text_of
from hwgen.page.environments import Part, floats, labels
from hwgen.page.page import Page
from hwgen.page.values import values
from hwgen.reading.lexer import Tokens
from hwgen.reading.lexer import tokens as lexed
from hwgen.reading.roles import Role
from hwgen.report.numbers import Place, places
from hwgen.report.origin import Origin, functions, origin


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
                numbers=list(dict.fromkeys(one for kind, one, _ in values(lexed(caption)) if kind == "constants")),
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
    found, tokens = {}, page.text.tokens
    for one in floats(page.text):
        label = next((label.name for label in labels(tokens, one.begin, one.end)), "")
        for namespace, name, _ in values(tokens, one.begin, one.end):
            if namespace in {"figures", "tables"}:
                found[name] = (_caption(tokens, one), label)
    return found


def _caption(tokens: Tokens, part: Part) -> str:
    """What the first caption says, in one line."""
    commands = (index for index in tokens.between(Role.MOVES, part.begin, part.end) if tokens.texts[index].startswith(r"\caption"))
    found = (text_of(tokens, braces) for index in commands for braces in list(arguments(tokens, index))[:1])
    return " ".join(next(found, "").split())
