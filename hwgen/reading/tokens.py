"""LaTeX as tokens: what has a meaning, with its span in the text. Spacing, sizing and alignment have none.

Nothing here knows which symbols are declared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from hwgen.model import Place
from hwgen.model.errors import ContentError
from hwgen.reading.commands import STYLES

_PATTERN = re.compile(
    r"""(?P<space>[^\S\u00a0]+|~|\\[,;:!>\ ]|\\\\(?:\[[^\]]*\])?|&)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<command>\\[A-Za-z]+|\\[|{}])
    |(?P<letter>[A-Za-z])
    |(?P<mark>.)""",
    re.DOTALL | re.VERBOSE,
)
_SIZES = {r"\left": "open", r"\right": "close"} | {
    f"\\{size}{side}": kind for size in ("big", "Big", "bigg", "Bigg") for side, kind in (("l", "open"), ("r", "close"), ("", "either"))
}
_SIDED = {("|", "open"): r"\lvert", ("|", "close"): r"\rvert", (r"\|", "open"): r"\lVert", (r"\|", "close"): r"\rVert"}
_LOOKS_LIKE = {
    "\u2212": ("a minus", "-"),
    "\u2013": ("a minus", "-"),
    "\u2014": ("a minus", "-"),
    "\u2019": ("a prime", "'"),
    "\u2032": ("a prime", "'"),
    "\u00a0": ("a space", "~ or a plain one"),
    "\u2217": ("a star", "*"),
}
_TYPED = {
    "≤": r"\le",
    "≥": r"\ge",
    "×": r"\times",
    "·": r"\cdot",
    "⋅": r"\cdot",
    "∞": r"\infty",
    "√": r"\sqrt",
    "∑": r"\sum",
    "∫": r"\int",
    "∇": r"\nabla",
}
_TYPED |= {
    "½": r"\frac12",
    "¼": r"\frac14",
    "²": "^2",
    "³": "^3",
    "⊤": r"\top",
    "‖": r"\|",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "≠": r"\ne",
    "∂": r"\partial",
}
_TAKES_DIGITS = frozenset({r"\frac", r"\tfrac", r"\dfrac", r"\binom", r"\sqrt"})
_MATRIX = re.compile(r"\\(begin|end)\s*\{pmatrix\}")


@dataclass(frozen=True, slots=True)
class Token:
    """One token: kind is number, letter, command or mark; text[start:end] of the formula is where it stands."""

    kind: str
    text: str
    start: int
    end: int


def place_of(offset: int, places: Sequence[Place], fallback: Place | None) -> Place | None:
    """The template place of a character of the formula."""
    return places[min(offset, len(places) - 1)] if places else fallback


def tokenize(text: str, places: Sequence[Place] = (), fallback: Place | None = None) -> tuple[Token, ...]:
    """The tokens of a formula. Raises ContentError for what TeX reads differently from a person."""

    def refuse(message: str, offset: int) -> ContentError:
        return ContentError(message, place_of(offset, places, fallback))

    tokens: list[Token] = []
    sized, before, matrices, offset = "", "", 0, 0
    lefts: list[int] = []
    while offset < len(text):
        matrix = _MATRIX.match(text, offset)
        if matrix:
            matrices += 1 if matrix[1] == "begin" else -1
            tokens.append(Token("command", f"\\{matrix[1]}{{pmatrix}}", offset, matrix.end()))
            offset = matrix.end()
            continue
        match = _PATTERN.match(text, offset)
        assert match is not None
        kind, found, start, offset = match.lastgroup or "space", match[0], offset, match.end()
        if match["space"] is not None:
            if matrices and (found == "&" or found.startswith("\\\\")):
                tokens.append(Token("mark", found[:2], start, offset))
            continue
        if found == "%":
            raise refuse("a comment inside the formula; write it outside", start)
        if found in _SIZES:
            if found == r"\left":
                lefts.append(start)
            elif found == r"\right" and not lefts:
                raise refuse("\\right without \\left", start)
            elif found == r"\right":
                lefts.pop()
            sized, before = _SIZES[found], found
            continue
        if not found.isascii():
            raise refuse(_typed(found), start)
        if found in STYLES:
            continue
        if sized:
            side, sized = sized, ""
            if found == ".":
                continue
            if side == "either" and found in {"|", r"\|"}:
                raise refuse(f"'{before}{found}' does not say which side it is; write {before}l{found} … {before}r{found}", start)
            if (found, side) in _SIDED:
                kind, found = "command", _SIDED[found, side]
        if kind == "number" and tokens and tokens[-1].text in {"^", "_"} and len(found) > 1 and "." not in found:
            raise refuse(f"'{tokens[-1].text}{found}' puts only {found[0]} into the script; write {tokens[-1].text}{{{found}}}", start)
        if kind == "number" and len(found) > 1 and _digit_argument(tokens):
            tokens += [Token("number", digit, start + index, start + index + 1) for index, digit in enumerate(found)]
            continue
        tokens.append(Token(kind, found, start, offset))
    if lefts:
        raise refuse("\\left without \\right", lefts[-1])
    return tuple(_unbraced(tokens))


def _typed(character: str) -> str:
    """What to write for a character that has a command, or that looks like one of the keyboard."""
    if character in _LOOKS_LIKE:
        what, instead = _LOOKS_LIKE[character]
        return f"'{character}' looks like {what}; write {instead}"
    _, _, name = unicodedata.name(character, "").partition(" LETTER ")
    if name and "GREEK" in unicodedata.name(character):
        letter = name.partition(" ")[0].lower()
        command = letter.capitalize() if character.isupper() else letter
        return f"'{character}' is typed directly; write \\{command}"
    return f"'{character}' is typed directly; write {_TYPED.get(character, 'a command of LaTeX')}"


def _digit_argument(tokens: Sequence[Token]) -> bool:
    r"""Whether TeX would take the next digit alone: right after \frac, or after \frac and one digit."""
    return bool(tokens) and (
        tokens[-1].text in _TAKES_DIGITS or (len(tokens) > 1 and tokens[-2].text in _TAKES_DIGITS and tokens[-1].kind == "number")
    )


def _unbraced(tokens: Sequence[Token]) -> list[Token]:
    """Without the braces around a single token: {x} and x are the same."""
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        single = (
            tokens[index].text == "{" and index + 2 < len(tokens) and tokens[index + 2].text == "}" and tokens[index + 1].text not in "{}"
        )
        if single:
            inner = tokens[index + 1]
            kept.append(Token(inner.kind, inner.text, tokens[index].start, tokens[index + 2].end))
            index += 3
        else:
            kept.append(tokens[index])
            index += 1
    return kept


def key_of(symbol: str) -> tuple[str, ...]:
    """A declared symbol as the texts of its tokens, so that \\hat K and \\hat{K} are the same."""
    return tuple(token.text for token in tokenize(symbol))
