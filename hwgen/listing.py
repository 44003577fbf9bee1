"""What `hwgen list` shows: every noun with where it is printed, and the displayed relations that nothing tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hwgen import placed, render
from hwgen.model import Claim, Statement
from hwgen.pipeline import Document


def everything(document: Document) -> list[dict[str, Any]]:
    """One row per claim, statement, study, constant, table and figure."""
    printed: dict[str, list[str]] = {}
    for formula in document.formulas:
        printed.setdefault(formula.name, []).append(str(formula.place))
    shown = {name for _, name in render.used(document.rendered)}
    return [
        {
            "exercise": noun.exercise,
            "kind": "erratum" if isinstance(noun, Claim) and noun.false else type(noun).__name__.lower(),
            "name": name,
            "printed": printed.get(name, []) if isinstance(noun, Claim | Statement) else name in shown,
            "sentence": noun.sentence,
        }
        for name, noun in document.content.nouns.items()
    ]


def unchecked(document: Document) -> list[dict[str, Any]]:
    """One row per display that holds relations outside every claim."""
    return [
        {"place": str(display.place), "relations": display.relations, "tested": display.tested}
        for display in placed.displays(document.rendered)
        if display.tested < display.relations
    ]


def lines(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The rows as lines for a person."""
    return [_line(row) for row in rows]


def _line(row: Mapping[str, Any]) -> str:
    if "place" in row:
        return f"{row['place']}: {row['relations'] - row['tested']} of {row['relations']} relations not under test"
    where = ", ".join(row["printed"]) if isinstance(row["printed"], list) else ""
    return f"{row['exercise']:<26} {row['kind']:<9} {row['name']:<28} {row['sentence']}{' — ' + where if where else ''}"
