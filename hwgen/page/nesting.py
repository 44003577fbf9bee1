r"""What belongs together among the tokens of a page: braces, environments, formulas; what encloses what, and the first mismatch.

One walk over what opens and closes. It goes on after a mismatch as well as it can; `balance` refuses the page.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from hwgen.reading.commands import COLUMNS, DISPLAYS, FORMULAS, PARTS, ROWS
from hwgen.reading.lexer import Tokens, environment
from hwgen.reading.roles import Role

_OPENS = frozenset({Role.GROUP, Role.FORMULA, Role.LEFT, Role.BEGIN})
_CLOSES = {"}": "{", r"\right": r"\left", r"\]": r"\[", r"\)": r"\("}
# Inside of these a dollar opens nothing.
_HOLD_NO_DOLLAR = frozenset({r"\left"}) | {f"\\begin{{{name}}}" for name in PARTS | ROWS}
# Braces after these hold no words, and so no formula of their own.
_MATHEMATICAL = frozenset({Role.TESTED, Role.FRACTION, Role.BINOMIAL, Role.ROOT, Role.SCRIPT, Role.ACCENT, Role.FONT, Role.ATOM, Role.OVER})
_MATCHED = frozenset({*_OPENS, Role.GROUP_END, Role.FORMULA_END, Role.RIGHT, Role.END, Role.DOLLAR, Role.PARAGRAPH})


class Wrong(Enum):
    """What may be wrong with what opens and closes."""

    NEVER_CLOSED = auto()
    CLOSES_NOTHING = auto()
    CROSSED = auto()
    OUTLIVED = auto()
    EMPTY_LINE = auto()
    NO_DISPLAY = auto()


@dataclass(frozen=True)
class Mismatch:
    """What is wrong at a token; `other` is what was open there, at its token."""

    wrong: Wrong
    index: int
    closes: str = ""
    other: str = ""
    opened: int = -1


class Span(NamedTuple):
    """A formula, displayed or in the text: `low` to `high` within what opens it, at `start`, and what closes it, up to `stop`.

    `opening` and `closing` are the tokens that open and close it; `first` is the first one inside.
    """

    start: int
    low: int
    high: int
    stop: int
    display: bool
    opening: int
    first: int
    closing: int

    def holds(self, offset: int) -> bool:
        """Whether a character stands inside of it."""
        return self.low <= offset < self.high


@dataclass
class Nesting:
    """Which token closes which; `open` is what is open at the end, `mismatch` the first thing that does not match."""

    tokens: Tokens
    partners: dict[int, int] = field(default_factory=dict)
    formulas: list[Span] = field(default_factory=list)
    open: list[tuple[str, int]] = field(default_factory=list)
    mismatch: Mismatch | None = None
    _changes: list[int] = field(default_factory=list)
    _inner: list[int] = field(default_factory=list)

    def around(self, index: int) -> int:
        """What encloses a token most closely: the token that opens it, or -1."""
        # The last change before the token itself: what opens or closes stands in what was open before it.
        at = bisect.bisect_left(self._changes, index) - 1
        return self._inner[at] if at >= 0 else -1

    def enclosing(self, index: int) -> Iterator[int]:
        """All that encloses a token, from the inside."""
        while (index := self.around(index)) >= 0:
            yield index

    def formula(self, index: int) -> Span | None:
        """The innermost formula that holds a token, or None in plain text."""
        return next((self._spans[one] for one in self.enclosing(index) if one in self._spans), None)

    def edge(self, index: int) -> Span | None:
        """The formula that a token opens or closes."""
        return self._spans.get(index)

    def __post_init__(self) -> None:
        self._spans: dict[int, Span] = {}
        step = 0
        for index in self.tokens.of(*_MATCHED):
            if index >= step:
                step = self._walk(index)
        left = [one for one in self.open if one[0] != r"\begin{document}"]
        if left:
            self._found(Mismatch(Wrong.NEVER_CLOSED, left[-1][1], other=left[-1][0]))
        self.formulas.sort(key=lambda one: one.start)

    def _walk(self, index: int) -> int:
        """Go on over one token; the number of the next that is to be looked at."""
        text = self.tokens.texts[index]
        if text == "$":
            return self._dollar(index)
        if text in _CLOSES:
            self._close(_CLOSES[text], index, 1)
        elif self.tokens.roles[index] in _OPENS:
            self._open(_begins(text), index)
        elif text[0] == "\\":
            self._close(_begins(text), index, 1)
        else:
            self._paragraph(index)
        return index + 1

    def _dollar(self, index: int) -> int:
        """$ or $$: what it is depends on what is open."""
        around = next((what for what, opened in reversed(self.open) if not self._holds_no_dollar(what, opened)), "")
        double = self.tokens.texts[index + 1 : index + 2] == ["$"]
        if around == "$" or (around == "$$" and double):
            self._close(around, index, len(around))
            return index + len(around)
        if double and any(is_formula(what) for what, _ in self.open):
            self._found(Mismatch(Wrong.NO_DISPLAY, index))
        self._open("$$" if double else "$", index)
        return index + 1 + double

    def _holds_no_dollar(self, what: str, opened: int) -> bool:
        """Whether a dollar inside of this can only close what is open around it: it stands in a formula, and holds none."""
        return what in _HOLD_NO_DOLLAR or (what == "{" and self.tokens.roles[self._leads(opened)] in _MATHEMATICAL)

    def _leads(self, brace: int) -> int:
        """The token before a brace and the arguments right before it."""
        index = brace - 1
        while index > 0 and (index in self.partners or self.tokens.roles[index] in {Role.BLANK, Role.NOTHING}):
            index = self.partners.get(index, index) - 1
        return index

    def _open(self, what: str, index: int) -> None:
        self.open.append((what, index))
        self._mark(index, index)

    def _close(self, wanted: str, index: int, length: int) -> None:
        top, opened = self.open[-1] if self.open else ("", -1)
        if top != wanted:
            outer = any(what == wanted for what, _ in self.open)
            crossed = Wrong.OUTLIVED if outer else Wrong.CROSSED if _alike(top, wanted) else Wrong.CLOSES_NOTHING
            self._found(Mismatch(crossed, index, wanted, top, opened))
            if not outer:
                return
            # What was left open inside ends with it.
            while self.open[-1][0] != wanted:
                self.open.pop()
        _, opened = self.open.pop()
        self.partners[opened], self.partners[index] = index, opened
        self._mark(index, self.open[-1][1] if self.open else -1)
        if is_formula(wanted):
            span = self._span(wanted, opened, index, length)
            # Both dollars of $$ are edges: whoever asks beside the formula may meet either.
            self._spans[opened] = self._spans[index] = self._spans[index + length - 1] = span
            self.formulas.append(span)

    def _mark(self, index: int, inner: int) -> None:
        self._changes.append(index)
        self._inner.append(inner)

    def _span(self, what: str, opening: int, closing: int, length: int) -> Span:
        starts, first = self.tokens.starts, opening + len(what) if what in {"$", "$$"} else opening + 1
        if _name(what).removesuffix("*") in COLUMNS and self.tokens.roles[first] is Role.GROUP:
            first = self.partners.get(first, first) + 1
        return Span(
            start=starts[opening],
            low=starts[first],
            high=starts[closing],
            stop=starts[closing + length],
            display=is_display(what),
            opening=opening,
            first=first,
            closing=closing,
        )

    def _paragraph(self, index: int) -> None:
        """No formula goes on after an empty line."""
        display = next((one for one in self.open if is_display(one[0]) and _name(one[0])), None)
        formula = display or next((one for one in self.open if is_formula(one[0])), None)
        if formula:
            self._found(Mismatch(Wrong.EMPTY_LINE, index, other=formula[0], opened=formula[1]))

    def _found(self, mismatch: Mismatch) -> None:
        self.mismatch = self.mismatch or mismatch


def _begins(text: str) -> str:
    """What opens, in its plain spelling; for the end of an environment, what it has to be opened by."""
    return f"\\begin{{{environment(text)}}}" if text.endswith("}") else text


def _alike(one: str, other: str) -> bool:
    """Whether one is easily written for the other: both open a formula, or both are environments."""
    return (is_formula(one) and is_formula(other)) or bool(_name(one) and _name(other))


def _name(opening: str) -> str:
    """The name of an environment; empty for any other thing that opens."""
    return environment(opening) if opening.startswith(r"\begin") else ""


@functools.cache
def is_display(opening: str) -> bool:
    r"""Whether what opens a formula, $ \( $$ \[ or \begin{…}, makes LaTeX display it."""
    return opening in {r"\[", "$$"} or _name(opening).removesuffix("*") in DISPLAYS


@functools.cache
def is_formula(opening: str) -> bool:
    r"""Whether it opens a formula."""
    return opening in {"$", r"\(", r"\[", "$$"} or _name(opening).removesuffix("*") in FORMULAS
