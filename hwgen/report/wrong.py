"""The wrong versions of a formula as rows of a table: there are thousands, so that each is one short piece of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from markupsafe import Markup

# How much of the formula is shown on both sides of a change.
AROUND = 28
UNREADABLE = "unreadable"


def by_kind(tally: Mapping[str, Any]) -> dict[str, list[Sequence[Any]]]:
    """The wrong versions of a formula by kind of slip, as a ledger holds them but for the kind: fate, from, to, new, point, sides."""
    found: dict[str, list[Sequence[Any]]] = {}
    for kind, *rest in tally["wrong"]:
        found.setdefault(kind, []).append(rest)
    return found


def rows(text: str, versions: Sequence[Sequence[Any]]) -> Markup:
    """The versions that could be read, a row each: fate, the change in its surroundings, counter-example, both sides there."""
    return Markup("".join(_rows(text, versions)))


def _rows(text: str, versions: Sequence[Sequence[Any]]) -> Iterator[str]:
    for fate, low, high, new, *seen in versions:
        if fate != UNREADABLE:
            before, after = text[:low], text[high:]
            shown = f"{'…' if len(before) > AROUND else ''}{escape(before[-AROUND:])}{_change(text[low:high], new)}{escape(after[:AROUND])}"
            at, sides = (seen[0], " against ".join(seen[1:])) if seen else ("", "")
            end = "…" if len(after) > AROUND else ""
            yield f'<tr><td>{fate}</td><td class="code">{shown}{end}</td><td>{escape(at)}</td><td class="code">{escape(sides)}</td></tr>\n'


def unread(text: str, versions: Sequence[Sequence[Any]]) -> Markup:
    """The changes that make a formula which nobody can read."""
    changes = [f"<code>{_change(text[low:high], new)}</code>" for fate, low, high, new, *_ in versions if fate == UNREADABLE]
    return Markup(", ".join(changes))


def _change(old: str, new: str) -> str:
    gone, come = escape(" ".join(old.split())), escape(" ".join(new.split()))
    return (f"<del>{gone}</del>" if gone else "") + (f"<ins>{come}</ins>" if come else "")
