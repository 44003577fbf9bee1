r"""What stands between the beginning and the end of each environment of a page: its title, its labels, and what it refers to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hwgen.page.arguments import SPACES, after, arguments, option, text_of
from hwgen.page.text import Visible
from hwgen.reading.lexer import Tokens, environment, tokens
from hwgen.reading.roles import Role

PROOF, FLOATS = "proof", frozenset({"figure", "figure*", "table", "table*"})
# What refers to labels, to those from one to another, and by the option in brackets.
_SINGLE = r"\ref \eqref \autoref \cref \Cref \labelcref \nameref \vref \Vref \subref \namecref \nameCref \lcnamecref \zcref"
_REFERENCES, _RANGES = frozenset(_SINGLE.split()), frozenset([r"\crefrange", r"\Crefrange", r"\labelcrefrange", r"\vrefrange"])
_LINKS = r"\hyperref"
_BETWEEN = SPACES | {Role.PARAGRAPH}
# What every warning of a label says that has two places.
TWICE = " is given twice, first at "


class Part(NamedTuple):
    r"""An environment: its content from the character `low` to `high`, between the tokens of its \begin and its \end."""

    kind: str
    low: int
    high: int
    begin: int
    end: int


class Named(NamedTuple):
    """A label, and the character where the command stands that gives it or refers to it."""

    name: str
    at: int


def environments(seen: Visible) -> list[Part]:
    """Every environment that ends, in the order in which they begin."""
    starts, texts = seen.tokens.starts, seen.tokens.texts
    pairs = ((begin, seen.nesting.partners[begin]) for begin in seen.tokens.of(Role.BEGIN) if begin in seen.nesting.partners)
    return [Part(environment(texts[begin]), starts[begin + 1], starts[end], begin, end) for begin, end in pairs]


def floats(seen: Visible) -> Iterator[Part]:
    """The figures and tables."""
    return (part for part in environments(seen) if part.kind in FLOATS)


def heading(seen: Visible, part: Part) -> tuple[str, str]:
    r"""The title in brackets after the beginning of an environment, and the label right after it; each empty where there is none."""
    first = _next(seen.tokens, part.begin + 1)
    end = option(seen.tokens, first) if seen.tokens.texts[first] == "[" else first
    title = seen.text[seen.tokens.starts[first] + 1 : seen.tokens.starts[end] - 1] if end > first else ""
    own = _next(seen.tokens, end)
    return title, next((one.name for one in labels(seen.tokens, own, own + 1)), "")


def following(seen: Visible, part: Part, parts: list[Part]) -> Part | None:
    """The environment that begins after this one, with nothing but white space and floats between."""
    begins = {one.begin: one for one in parts}
    found = begins.get(_next(seen.tokens, part.end + 1))
    # LaTeX moves floats: between a theorem and its proof they separate nothing.
    while found and found.kind in FLOATS:
        found = begins.get(_next(seen.tokens, found.end + 1))
    return found


def labels(found: Tokens, low: int = 0, high: int | None = None) -> Iterator[Named]:
    r"""What \label gives among the tokens from `low` up to `high`."""
    for index in _of(found, Role.LABEL, low, high):
        if found.texts[index] == r"\label":
            yield from (Named(text_of(found, braces), found.starts[index]) for braces in list(arguments(found, index))[:1])


def references(found: Tokens, low: int = 0, high: int | None = None) -> Iterator[Named]:
    r"""What \ref and its kin refer to among the tokens from `low` up to `high`; several in one command are several."""
    links = (index for index in range(low, len(found) if high is None else high) if found.texts[index] == _LINKS)
    for index in sorted([*_of(found, Role.NAMES, low, high), *links]):
        yield from (Named(name.strip(), found.starts[index]) for name in _names(found, index))


def _names(found: Tokens, index: int) -> list[str]:
    """The labels that a command refers to; of a range all of one kind that stand between its ends, too."""
    text = found.texts[index]
    if text == _LINKS:
        opening, end = after(found, index + 1), option(found, index + 1)
        return ["".join(found.texts[opening + 1 : end - 1])] if end > opening else []
    said = [text_of(found, braces) for braces in list(arguments(found, index))[: 1 + (text in _RANGES)]]
    if text in _RANGES and len(said) == 2:
        kind, every = said[0].partition(":")[0], [one.name for one in labels(found)]
        if set(said) <= set(every):
            first, last = sorted(map(every.index, said))
            return [one for one in every[first : last + 1] if one in said or one.partition(":")[0] == kind]
        return said
    return said[0].split(",") if said and text in _REFERENCES else []


def referred(text: str) -> list[str]:
    """The labels that a piece of LaTeX refers to, in its order."""
    return [one.name for one in references(tokens(text))]


def _of(found: Tokens, role: Role, low: int, high: int | None) -> list[int]:
    return found.between(role, low - 1, len(found) if high is None else high)


def _next(found: Tokens, index: int) -> int:
    """The next token that prints something; the last one if none does."""
    while index < len(found) - 1 and found.roles[index] in _BETWEEN:
        index += 1
    return min(index, len(found) - 1)
