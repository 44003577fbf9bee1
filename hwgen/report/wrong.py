"""The wrong versions of a formula: their fates, and as data of which the page makes a table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from hwgen.report.words import NAMED, renamed

UNREADABLE, NEEDLESS, STOPPED, CLOSE = "unreadable", "needless", "stopped", "close"
# What became of them, in words.
FATES = {
    "survived": "passed the check, which is therefore no good",
    "refuted": "a point was found where it fails, or, of a stricter hypothesis, where the claim holds; of two constants there is no point",
    CLOSE: "a strict sign between sides that are the same to within their errors: no point tells it from less, and a build stops as well",
    STOPPED: "no verdict for another cause, which stops a build as well",
    "same": "the same relation in other words",
    NEEDLESS: "of a hypothesis that need not be as it is, so that changing it does no harm",
    UNREADABLE: "no formula that the reader takes, which stops a build as well; earns nothing",
}


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


class _Words(dict[str, int]):
    """Each text that is said, once, by its number."""

    def __missing__(self, word: str) -> int:
        self[word] = len(self)
        return self[word]


def packed(kinds: Mapping[str, Sequence[Version]], names: Mapping[str, str] = NAMED) -> Markup:
    """The versions by kind as data for the page's script, which makes the table when somebody unfolds it: there are thousands.

    Each one that could be read is a row: the numbers of fate, text and counter-example (with the printed `names` of its variables) among
    the words; where the text differs, with what stands there instead; both sides. The others are the changes alone, each once, with how
    often it was made at different places.
    """
    words = _Words()
    told = {kind: {"rows": [_row(one, words, names) for one in versions if one.fate != UNREADABLE], "unread": unread(versions)}
            for kind, versions in kinds.items()}  # fmt: skip
    return data({"words": list(words), "kinds": told})


def data(held: Any) -> Markup:
    """Plain data as JSON that can stand in an element of HTML."""
    return Markup(json.dumps(held, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def _row(one: Version, words: _Words, names: Mapping[str, str]) -> list[Any]:
    at = renamed(one.at.removeprefix("at "), names)
    return [words[one.fate], words[one.text], words[at], one.low, one.high, one.new, *one.sides]


def unread(versions: Sequence[Version]) -> list[tuple[str, str, int]]:
    """What is gone, what has come, and how often, of the versions that nobody can read."""
    changed = ((one.text[one.low : one.high], one.new) for one in versions if one.fate == UNREADABLE)
    counted = Counter((_squeezed(gone), _squeezed(come)) for gone, come in changed)
    return [(gone, come, times) for (gone, come), times in counted.items()]


def _squeezed(text: str) -> str:
    return " ".join(text.split())
