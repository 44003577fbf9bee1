"""The wrong versions of a formula as rows of a table: there are thousands, so that each is one short piece of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from markupsafe import Markup

# How much of the formula is shown on both sides of a change.
AROUND = 28
UNREADABLE, NEEDLESS = "unreadable", "needless"
# What became of them: needless are versions of hypotheses that need not be as they are, which the hypotheses themselves say.
FATES = ("survived", "refuted", "stopped", "same", NEEDLESS, UNREADABLE)


class Version(NamedTuple):
    """A wrong version of a text, which is that of the formula or of one of its hypotheses: fate, the change, and what refutes it."""

    text: str
    fate: str
    low: int
    high: int
    new: str
    at: str = ""
    sides: Sequence[str] = ()


def by_kind(tally: Mapping[str, Any]) -> dict[str, list[Version]]:
    """The wrong versions of a formula and of its hypotheses, by kind of slip."""
    found: dict[str, list[Version]] = {}
    for kind, fate, low, high, new, *seen in tally["wrong"]:
        at, sides = (seen[0], seen[1:]) if seen else ("", ())
        found.setdefault(kind, []).append(Version(tally["formula"]["text"], fate, low, high, new, at, sides))
    for text, kind, fate, low, high, new, at in tally["hypotheses"]:
        found.setdefault(kind, []).append(Version(text, fate if fate in FATES else NEEDLESS, low, high, new, at))
    return found


def rows(versions: Sequence[Version]) -> Markup:
    """The versions that could be read, a row each: fate, the change in its surroundings, counter-example, both sides there."""
    return Markup("".join(_row(one) for one in versions if one.fate != UNREADABLE))


def _row(one: Version) -> str:
    before, after = one.text[: one.low], one.text[one.high :]
    shown = f"{'…' if len(before) > AROUND else ''}{escape(before[-AROUND:])}{_change(one)}{escape(after[:AROUND])}"
    end = "…" if len(after) > AROUND else ""
    sides = escape(" against ".join(one.sides))
    return f"<tr><td>{one.fate}</td><td>{shown}{end}</td><td>{escape(one.at)}</td><td>{sides}</td></tr>\n"


def unread(versions: Sequence[Version]) -> Markup:
    """The changes that make a formula which nobody can read."""
    return Markup(", ".join(f"<code>{_change(one)}</code>" for one in versions if one.fate == UNREADABLE))


def _change(one: Version) -> str:
    gone, come = escape(" ".join(one.text[one.low : one.high].split())), escape(" ".join(one.new.split()))
    return (f"<del>{gone}</del>" if gone else "") + (f"<ins>{come}</ins>" if come else "")
