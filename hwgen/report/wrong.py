"""The wrong versions of a formula as rows of a table: there are thousands, so that each is one short piece of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from markupsafe import Markup

# How much of the formula is shown on both sides of a change.
AROUND = 18
UNREADABLE, NEEDLESS, STOPPED = "unreadable", "needless", "stopped"
# What became of them, in words.
FATES = {
    "survived": "passed the check, which is therefore no good",
    "refuted": "a point was found where it fails; a stricter hypothesis shuts out points where the claim holds, and another constant is "
    "another number, so that of these no point is shown",
    STOPPED: "no verdict, which stops a build as well",
    "same": "the same relation in other words",
    NEEDLESS: "of a hypothesis that need not be as it is, so that changing it does no harm",
    UNREADABLE: "no formula that the reader takes, which stops a build as well; earns nothing",
}
SAME_POINT = "as above"


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
    found, last = [], ""
    for one in versions:
        if one.fate != UNREADABLE:
            found.append(_row(one, SAME_POINT if one.at and one.at == last else one.at))
            last = one.at
    return Markup("".join(found))


def _row(one: Version, at: str) -> str:
    shown = f"{escape(one.text[: one.low][-AROUND:])}{_change(one)}{escape(one.text[one.high :][:AROUND])}"
    sides = escape(" | ".join(one.sides))
    # The ends of rows and cells go without saying, thousands of times.
    return f"<tr><td>{one.fate}<td>{shown}<td>{escape(at.removeprefix('at '))}<td>{sides}\n"


def unread(versions: Sequence[Version]) -> Markup:
    """The changes that make a formula which nobody can read, each once, with how often it was made at different places."""
    counted = Counter(_change(one) for one in versions if one.fate == UNREADABLE)
    return Markup(", ".join(f"{shown} ({times} times)" if times > 1 else shown for shown, times in counted.items()))


def _change(one: Version) -> str:
    gone, come = escape(" ".join(one.text[one.low : one.high].split())), escape(" ".join(one.new.split()))
    return (f"<del>{gone}</del>" if gone else "") + (f"<ins>{come}</ins>" if come else "")
