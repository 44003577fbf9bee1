r"""What the tokens of a formula make up, for changing it: groups, factors with their scripts, signed terms. Nothing here changes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hwgen.reading import Token
from hwgen.reading.commands import SIZES

FRACTIONS = {r"\frac", r"\tfrac", r"\dfrac"}
ARGUMENTS = dict.fromkeys([*FRACTIONS, r"\binom"], 2) | dict.fromkeys(
    [r"\sqrt", r"\hat", r"\bar", r"\tilde", r"\mathrm", r"\mathbb", r"\mathbf", r"\mathcal", r"\operatorname", r"\boldsymbol"], 1
)
RELATIONS = {
    r"\le": (r"\ge", "=", "<"),
    r"\leq": (r"\geq", "=", "<"),
    r"\ge": (r"\le", "=", ">"),
    r"\geq": (r"\leq", "=", ">"),
    "<": (">", "="),
    ">": ("<", "="),
    "=": ("<", ">"),
}
OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = set(OPENING.values())
# What says how high the delimiter after it is, and is no token of its own.
_SIZED = re.compile(rf"(?:{'|'.join(map(re.escape, SIZES))})\s*$")


@dataclass(frozen=True)
class Mutant:
    """A changed formula, in which way it was changed, and what kind of change that is."""

    how: str
    text: str
    kind: str = ""


@dataclass(frozen=True)
class Atom:
    """A factor with its scripts: tokens[start:stop], the scripts from `scripts` on."""

    start: int
    scripts: int
    stop: int


def spliced(text: str, tokens: Sequence[Token], start: int, stop: int, new: str) -> str:
    """The text with tokens[start:stop] replaced."""
    # Between spaces, lest a command and a letter after it become one word.
    return f"{text[: _begin(text, tokens, start)]} {new} {text[tokens[stop - 1].end :]}"


def text_of(text: str, tokens: Sequence[Token], start: int, stop: int) -> str:
    """What tokens[start:stop] say."""
    return text[_begin(text, tokens, start) : tokens[stop - 1].end]


def _begin(text: str, tokens: Sequence[Token], start: int) -> int:
    r"""Where a token begins, with the \left of a delimiter: whoever takes one takes the other."""
    sized = _SIZED.search(text, tokens[start - 1].end if start else 0, tokens[start].start)
    return sized.start() if sized else tokens[start].start


def terms(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Signed terms: from a + or - to where the next term, relation or closing delimiter begins."""
    for index, token in enumerate(tokens):
        if token.text in "+-":
            stop, depth = index + 1, 0
            while stop < len(tokens):
                text = tokens[stop].text
                depth += (text in OPENING) - (text in CLOSING)
                if depth < 0 or (depth == 0 and (text in "+-" or text in RELATIONS)):
                    break
                stop += 1
            if stop > index + 1:
                yield index, stop


def group_end(tokens: Sequence[Token], start: int) -> int:
    """Where the token or group at `start` ends."""
    if start >= len(tokens):
        return len(tokens)
    closing = OPENING.get(tokens[start].text)
    if closing is None:
        return start + 1
    depth, index = 0, start
    while index < len(tokens):
        depth += (tokens[index].text == tokens[start].text) - (tokens[index].text == closing)
        index += 1
        if depth == 0:
            break
    return index


def atoms(tokens: Sequence[Token]) -> Iterator[Atom]:
    """Every factor at every depth that could be dropped on its own."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind in {"letter", "command", "number"} or token.text == "(":
            yield _atom(tokens, index)
        index += 1


def _atom(tokens: Sequence[Token], start: int) -> Atom:
    stop = group_end(tokens, start)
    for _ in range(ARGUMENTS.get(tokens[start].text, 0)):
        stop = group_end(tokens, stop)
    scripts = stop
    while stop < len(tokens) and tokens[stop].text in {"^", "_", "'"}:
        stop = group_end(tokens, stop + 1) if tokens[stop].text != "'" else stop + 1
    return Atom(start, scripts, stop)
