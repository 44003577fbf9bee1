r"""A formula's LaTeX as tokens: what has a meaning, with its span in the text. Spacing, sizing and alignment have none.

`lexer` cuts the page otherwise, and on purpose: it loses no character, takes words whole, and refuses nothing. Here a letter
is a symbol, a digit may be TeX's whole argument, \left and \right are one with their delimiters, spaces add up to a separator, and what
TeX reads differently from a person is refused. Nothing here knows which symbols are declared.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from hwgen.model import Place
from hwgen.model.errors import ContentError
from hwgen.reading.commands import NOT_LATEX, RELATIONS, ROWS, SIGNS, SIZES, SPELLINGS, STYLES, TAKES, WORDS, words
from hwgen.reading.refusals import typed
from hwgen.reading.roles import Role
from hwgen.reading.rows import Refuse, joined

_PATTERN = re.compile(
    r"""(?P<space>[\ \t\r\n]+|~|\\[,;:!>\ ])
    |(?P<separator>\\\\(?:\s*\[[^\]]*\]?)?|&|\\q?quad(?![A-Za-z]))
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<word>\\(?:text|textrm|mbox)\s*\{[^{}]*\})
    |(?P<command>\\[A-Za-z]+|\\[^A-Za-z\s])
    |(?P<definition>:=)
    |(?P<letter>[A-Za-z])
    |(?P<mark>.)""",
    re.DOTALL | re.VERBOSE,
)
_SIDED = {("|", "open"): r"\lvert", ("|", "close"): r"\rvert", (r"\|", "open"): r"\lVert", (r"\|", "close"): r"\rVert"}
_TAKES_DIGITS = words(Role.FRACTION, Role.BINOMIAL, Role.ROOT)
_VALUE_AT = "is a value at a place to a reader; declare a function, and write its value there"
_OTHER_ENVIRONMENT = re.compile(r"\\begin\s*\{(\w+\*?)\}")
_ENVIRONMENT = re.compile(rf"\\(begin|end)\s*\{{({'|'.join(sorted(ROWS))})\}}")
_ROW_AND_ROOM = re.compile(r"\\\\\s*\[\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)\s*(?:pt|pc|in|bp|cm|mm|dd|cc|sp|ex|em|mu|\\[A-Za-z]+)\s*\]")
_THOUSANDS = re.compile(r"(?<![0-9.])[0-9]{1,3},[0-9]{3}")
_NEGATIVE, _MOST_NEGATIVE_SPACES = frozenset({r"\!", r"\negthinspace"}), 1
# How wide spaces are, in the eighteenths of a quad that TeX counts in; from half a quad on they separate, and from a
# word's space on they do between two relations, where another one might begin.
_SEPARATES, _WORD_SPACE = 9, 5
_WIDTHS = {r"\,": 3, r"\:": 4, r"\>": 4, r"\;": 5, "~": 6, "\\ ": 6, r"\thinspace": 3, r"\medspace": 4, r"\thickspace": 5, r"\enspace": 9}
# What may not stand where TeX takes an argument.
_NO_ARGUMENT = STYLES | SIZES.keys()
# What a command of size may stand before.
_DELIMITERS = words(Role.OPEN, Role.CLOSE, Role.BAR) | {"/", ".", r"\backslash", r"\uparrow", r"\downarrow", "<", ">"}
# Where {} is an empty side for the spacing of a sign, and nothing else.
_BEFORE_NOTHING = frozenset(RELATIONS)
_AFTER_NOTHING = frozenset({*SIGNS, *RELATIONS})


class Token(NamedTuple):
    """One token: kind is number, letter, command or mark; text[start:end] of the formula is where it stands, its braces included."""

    kind: str
    text: str
    start: int
    end: int
    braced: bool = False


def place_of(offset: int, places: Sequence[Place], fallback: Place | None) -> Place | None:
    """The template place of a character of the formula."""
    return places[min(offset, len(places) - 1)] if places else fallback


def tokenize(text: str, places: Sequence[Place] = (), fallback: Place | None = None) -> tuple[Token, ...]:
    """The tokens of a formula. Raises ContentError for what TeX reads differently from a person."""

    def refuse(message: str, offset: int) -> ContentError:
        return ContentError(message, place_of(offset, places, fallback))

    return tuple(_unbraced(joined(_Scan(text, refuse).tokens(), refuse), refuse))


class _Scan:
    """One pass over the characters: `inside` counts open matrices, `lefts` are the \\left that wait, `sized` is the last size command.

    `alone`: whether the \\left of the last \\right is one of nothing.
    """

    def __init__(self, text: str, refuse: Refuse) -> None:
        self.text, self.refuse = text, refuse
        self.found: list[Token] = []
        self.inside, self.sized, self.size, self.narrow = 0, "", "", 0
        self.gap, self.gap_start = 0, 0
        self.lefts: list[int] = []
        self.alone = False

    def tokens(self) -> list[Token]:
        offset = 0
        rows = r"\begin" in self.text or r"\end" in self.text  # asked once, as most formulas have none
        while offset < len(self.text):
            environment = _ENVIRONMENT.match(self.text, offset) if rows else None
            if rows and not environment and (other := _OTHER_ENVIRONMENT.match(self.text, offset)):
                known = ", ".join(sorted(ROWS))
                raise self.refuse(
                    f"\\begin{{{other[1]}}} opens an environment that is not read inside a formula; these are: {known}", offset
                )
            match = environment or _PATTERN.match(self.text, offset)
            assert match is not None
            if instead := NOT_LATEX.get(match[0]):
                raise self.refuse(f"'{match[0]}' is no command of LaTeX; write '{instead}'", offset)
            if environment:
                self.inside += 1 if environment[1] == "begin" else -1
                self._add("command", f"\\{environment[1]}{{{environment[2]}}}", offset, match.end())
            else:
                self._one(match.lastgroup or "space", match[0], offset, match.end())
            offset = match.end()
        if self.sized:
            raise self.refuse(f"'{self.size}' takes a bracket, and none comes after it; take it out", len(self.text) - 1)
        if self.lefts:
            raise self.refuse("\\left without \\right", self.lefts[-1])
        return self.found

    def _add(self, kind: str, text: str, start: int, end: int) -> None:
        self.found.append(Token(kind, text, start, end))

    def _one(self, kind: str, found: str, start: int, end: int) -> None:
        if self.narrow or found in _NEGATIVE:
            self._narrowed(kind, found, start)
        if (kind in {"space", "separator"} or found in _NO_ARGUMENT) and not found.isspace() and self._awaits():
            raise self.refuse(f"'{found}' where TeX takes an argument, and would take this for it; write the argument in braces", start)
        if kind == "space" or found in STYLES:
            self._widened(found, start, end)
            return
        self.gap = 0
        if kind == "separator":
            self._separator(found, start, end)
        elif kind == "word":
            words = " ".join(found[found.index("{") + 1 : -1].split())
            # Of a name they are a part, as in t_{\text{a}}, which is not t_{\text{b}}; in a row they say what is beside them.
            beside = self.inside and not self._in_name()
            self._add("command", f"\\text{{{words.rstrip(',:')}}}" if beside else f"{WORDS}{{{words}}}", start, end)
        elif found == r"\substack":
            raise self.refuse("'\\substack' is not read; write its rows one after the other, with commas between them", start)
        elif found == "%":
            raise self.refuse("a comment inside the formula; write it outside", start)
        elif not found.isascii():
            raise self.refuse(typed(found), start)
        elif found in SIZES:
            self._size(found, start)
        elif self.sized:
            self._delimiter(kind, SPELLINGS.get(found, found), start, end)
        elif kind == "number":
            self._number(found, start, end)
        else:
            self._add(kind, SPELLINGS.get(found, found), start, end)

    def _widened(self, found: str, start: int, end: int) -> None:
        """Spaces that are together as wide as those between columns separate as these do."""
        before, self.gap = self.gap, self.gap + _WIDTHS.get(found, 0)
        self.gap_start = start if before == 0 else self.gap_start
        if before < _WORD_SPACE <= self.gap < _SEPARATES and not self.inside:
            self._add("narrow", found, start, end)
        elif before < _SEPARATES <= self.gap:
            self._add("gap" if self.inside else "separator", self.text[self.gap_start : end], self.gap_start, end)

    def _narrowed(self, kind: str, found: str, start: int) -> None:
        """Two negative spaces between two printed things may bring one over the other: they are as wide as a thin letter."""
        # Braces print nothing between them, nor does the dot of \left.
        silent = kind in {"space", "separator"} or found in STYLES | SIZES.keys() | {"{", "}"} or (found == "." and self.sized)
        self.narrow = self.narrow if silent else 0
        self.narrow += found in _NEGATIVE
        if self.narrow > _MOST_NEGATIVE_SPACES:
            raise self.refuse("more than one '\\!' in a row may print one thing over another; write at most one", start)

    def _in_name(self) -> bool:
        """Whether what comes next is a script, or in braces that were opened in this row."""
        row = itertools.takewhile(lambda one: not one.text.startswith((r"\begin{", r"\\")), reversed(self.found))
        depth = sum((one.text == "{") - (one.text == "}") for one in row)
        return depth > 0 or bool(self.found and self.found[-1].text in {"^", "_"})

    def _awaits(self) -> bool:
        r"""Whether TeX takes what comes next for an argument: after ^, \frac and its like, and after the first argument of two."""
        texts = [token.text for token in self.found]
        if not texts or self.text[self.found[-1].end - 1] == "}" != texts[-1]:  # words are one token with their braces
            return False
        if texts[-1] in TAKES or texts[-1] in {"^", "_"}:
            return True
        depth, first = 0, len(texts) - 1
        opening = {"}": "{", "]": "["}.get(texts[-1], "")
        while opening and first > 0 and (depth := depth + (texts[first] == texts[-1]) - (texts[first] == opening)):
            first -= 1
        before = texts[first - 1] if first > 0 else ""
        return (TAKES.get(before, 0) > 1 and texts[-1] != "{") or (texts[-1] == "]" and before in words(Role.ROOT))

    def _separator(self, found: str, start: int, end: int) -> None:
        if "[" in found and not _ROW_AND_ROOM.fullmatch(found):
            raise self.refuse(f"'{found}' is a length to TeX, and none is in the brackets; write one, or parentheses", start)
        if not self.inside or found.lstrip("\\")[:1] == "q":
            self._add("gap" if self.inside else "separator", found, start, end)
        elif found == "&" or found.startswith("\\\\"):
            self._add("mark", found[:2], start, end)

    def _size(self, found: str, start: int) -> None:
        if self.sized:
            raise self.refuse(f"'{self.size}' takes a bracket, and LaTeX stops at '{found}' after it; take one of them out", start)
        if found == r"\left":
            self.lefts.append(start)
        elif found == r"\right":
            if not self.lefts:
                raise self.refuse("\\right without \\left", start)
            self.alone = self.text[self.lefts.pop() :].removeprefix(found.replace("right", "left")).lstrip().startswith(".")
        self.sized, self.size = SIZES[found], found

    def _delimiter(self, kind: str, found: str, start: int, end: int) -> None:
        side, self.sized = self.sized, ""
        if SPELLINGS.get(found, found) not in _DELIMITERS and not (found == "{" and self.size not in {r"\left", r"\right"}):
            raise self.refuse(f"'{self.size}' takes a bracket, and LaTeX stops at '{found}' after it; take the size out", start)
        if found in {"<", ">"}:
            raise self.refuse(f"'{self.size}{found}' prints an angle bracket; write \\langle … \\rangle", start)
        if side == "either" and found == "|" and self.text[end:].lstrip().startswith(("_", "^")):
            raise self.refuse(f"'{self.size}{found}' with a script {_VALUE_AT}", start)
        if side == "either" and found == "|":
            raise self.refuse(f"'{self.size}{found}' does not say which side it is; write {self.size}l{found} … {self.size}r{found}", start)
        if found == ".":
            return
        if self.size == r"\right" and found == "|" and self.alone:
            raise self.refuse(f"'\\right|' after '\\left.' {_VALUE_AT}", start)
        sided = _SIDED.get((found, side))
        self._add("command" if sided else kind, sided or found, start, end)

    def _number(self, found: str, start: int, end: int) -> None:
        printed = [one for one in self.found[-4:] if one.kind != "narrow"]
        before = printed[-1].text if printed else ""
        if before in {"^", "_"} and len(found) > 1:
            raise self.refuse(f"'{before}{found}' puts only {found[0]} into the script; write {before}{{{found}}}", start)
        if len(found) > 1 and _digit_argument(self.found):
            if "." in found:
                raise self.refuse(f"'{before}{found}' takes only {found[0]} as its argument; write {{{found}}}", start)
            for index, digit in enumerate(found):
                self._add("number", digit, start + index, start + index + 1)
            return
        if before == "," and len(found) > 1 and found[0] == "0" and "." not in found:
            raise self.refuse(f"'{before}{found}' looks like thousands; write 1000 in one, without a comma", start)
        if before == "," and _THOUSANDS.fullmatch(self.text[:end], printed[-2].start if printed[1:] else start):
            raise self.refuse(
                f"'{self.text[printed[-2].start : end]}' can be read as thousands or as two numbers; "
                "write thousands without a comma, and two numbers with a space after it",
                printed[-2].start,
            )
        self._add("number", found, start, end)


def _digit_argument(tokens: Sequence[Token]) -> bool:
    r"""Whether TeX would take the next digit alone: right after \frac, or after \frac and one digit."""
    return bool(tokens) and (
        tokens[-1].text in _TAKES_DIGITS or (len(tokens) > 1 and tokens[-2].text in _TAKES_DIGITS and tokens[-1].kind == "number")
    )


def _unbraced(tokens: Sequence[Token], refuse: Refuse) -> list[Token]:
    """Without the braces around a single token, and without empty ones that print nothing: {x} and x are the same."""
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        texts = [token.text for token in tokens[index : index + 3]] if tokens[index].text == "{" else []
        if texts[:1] == ["{"] and texts[2:] == ["}"] and texts[1] not in "{}":
            inner = tokens[index + 1]
            if inner.text in {",", ".", ";"}:
                raise refuse(f"'{{{inner.text}}}' prints a decimal or thousands mark; write 1.5 or 1000", tokens[index].start)
            kept.append(Token(inner.kind, inner.text, tokens[index].start, tokens[index + 2].end, braced=True))
            index += 3
        elif texts[:2] == ["{", "}"] and (not kept or kept[-1].text in _BEFORE_NOTHING) and texts[2:] and texts[2] in _AFTER_NOTHING:
            index += 2
        else:
            kept.append(tokens[index])
            index += 1
    return kept


@lru_cache(maxsize=4096)
def key_of(symbol: str) -> tuple[str, ...]:
    """A declared symbol as the texts of its tokens, so that \\hat K and \\hat{K} are the same."""
    return tuple(token.text for token in tokenize(symbol))


@lru_cache(maxsize=256)
def by_first(symbols: tuple[str, ...]) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The declared symbols with their tokens, by the first of these: most are no candidates where one is looked for."""
    keys = [(name, key_of(name)) for name in symbols]
    return {first: tuple(one for one in keys if one[1][0] == first) for first in {key[0] for _, key in keys}}
