"""What is displayed and how much of it is under test: the relations of every displayed formula. Nothing here refuses anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hwgen.model import Place
from hwgen.page.formulas import MACROS
from hwgen.page.text import Visible
from hwgen.reading.commands import RELATIONS as READ

_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_PIECE = re.compile(r"\\[A-Za-z]+|\\.|[{}_^=<>]|[^\\{}_^=<>]+", re.DOTALL)
_OTHER = r"""\to \longrightarrow \rightarrow \Rightarrow \Longrightarrow \iff \Longleftrightarrow \approx \sim \simeq \asymp \ll \gg
\xrightarrow \ne \neq \succeq \preceq \succ \prec \equiv \coloneqq \implies \subset \subseteq \uparrow \nearrow"""
RELATIONS = frozenset(READ) | frozenset(_OTHER.split())
_SILENT = frozenset({r"\text", r"\label", r"\tag", r"\mathrm", r"\begin", r"\end", r"\intertext"} | MACROS)


@dataclass(frozen=True)
class Display:
    """A displayed formula: how many relations it asserts, and how many of them are under test."""

    place: Place
    relations: int
    tested: int
    label: str = ""  # of its first row that is not under test


def displays(seen: Visible, spans: Sequence[tuple[int, int]]) -> tuple[Display, ...]:
    """Every displayed formula that holds a relation; `spans` are the formulas under test."""
    found = []
    for span in seen.formulas:
        at = _relations(seen.text, span.low, span.high) if span.display else []
        left = [offset for offset in at if not any(low <= offset < high for low, high in spans)]
        if at:
            label = _label(seen.text, span.low, span.high, left[0] if left else span.low)
            found.append(Display(seen.place(span.start), len(at), len(at) - len(left), label))
    return tuple(found)


def _label(text: str, low: int, high: int, offset: int) -> str:
    """The label of the row of a display at the offset: the last one before it, or else the first one of all."""
    labels = list(_LABEL.finditer(text, low, high))
    before = [match[1] for match in labels if match.start() < offset]
    return before[-1] if before else labels[0][1] if labels else ""


def _relations(text: str, start: int, stop: int) -> list[int]:
    """Where relation signs stand, outside scripts and outside text."""
    found, depth, skip = [], 0, -1
    pending = False
    for match in _PIECE.finditer(text, start, stop):
        piece = match[0]
        if piece == "{":
            depth += 1
            if pending and skip < 0:
                skip = depth
        elif piece == "}":
            if depth == skip:
                skip = -1
            depth -= 1
        elif skip < 0 and piece in RELATIONS and not pending:
            found.append(match.start())
        if piece.strip():
            pending = piece in {"_", "^"} or piece in _SILENT
    return found
