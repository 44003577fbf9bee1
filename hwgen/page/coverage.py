"""How much is under test: the relations of every displayed formula, and of those in the running text. Nothing here refuses anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hwgen.model import Place
from hwgen.page.arguments import after, arguments, closing, text_of
from hwgen.page.nesting import Span
from hwgen.page.text import Visible
from hwgen.reading.commands import words
from hwgen.reading.lexer import Tokens
from hwgen.reading.roles import Role

_COUNTED = frozenset({Role.RELATION, Role.ASSERTION})
RELATIONS = words(*_COUNTED)
# What asserts nothing in its first argument: words, names, what stands over another sign.
_SILENT = frozenset(
    {Role.WORDS, Role.INTERTEXT, Role.INLINE, Role.PRINTS, Role.LABEL, Role.FONT, Role.OVER, Role.NAMES, Role.TESTED, Role.STATED}
)
# Relations with words or conditions over them.
_LABELLED = frozenset([r"\xrightarrow", r"\xleftarrow"])

WIDEST = 100


@dataclass(frozen=True)
class Display:
    """A formula that asserts something: how many relations, and how many of them are under test."""

    place: Place
    relations: int
    tested: int
    label: str = ""  # of its first row that is not under test
    formula: str = ""  # that row, as the template has it


def displays(seen: Visible, spans: Sequence[tuple[int, int]]) -> tuple[Display, ...]:
    """Every displayed formula that holds a relation; `spans` are the formulas under test."""
    return tuple(_asserting(seen, spans, [one for one in seen.formulas if one.display]))


def running(seen: Visible, spans: Sequence[tuple[int, int]]) -> tuple[Display, ...]:
    """Every formula of the running text that holds a relation."""
    return tuple(_asserting(seen, spans, [one for one in seen.formulas if not one.display]))


def _asserting(seen: Visible, spans: Sequence[tuple[int, int]], formulas: Sequence[Span]) -> Iterator[Display]:
    for span in formulas:
        at = [seen.tokens.starts[one] for one in _relations(seen.tokens, span)]
        left = [offset for offset in at if not any(low <= offset < high for low, high in spans)]
        if at:
            label = _label(seen.tokens, span, left[0] if left else span.low)
            yield Display(seen.place(span.start), len(at), len(at) - len(left), label, _row(seen, span, left[0]) if left else "")


def _row(seen: Visible, span: Span, offset: int) -> str:
    """The row of a display at the offset, in one line, short enough to be read at a glance."""
    start = max(seen.text.rfind(r"\\", span.low, offset) + 2, span.low) if seen.text.find(r"\\", span.low, offset) >= 0 else span.low
    stop = seen.text.find(r"\\", offset, span.high)
    row = " ".join(seen.text[start : stop if stop >= 0 else span.high].split()).replace("@@@{", r"\VAR{").replace("}@", "}")
    return row if len(row) <= WIDEST else f"{row[:WIDEST]} …"


def _label(tokens: Tokens, span: Span, offset: int) -> str:
    """The label of the row of a display at the offset: the last one before it, or else the first one of all."""
    labels = [one for one in range(span.first, span.closing) if tokens.texts[one] == r"\label"]
    before = [one for one in labels if tokens.starts[one] < offset]
    chosen = before[-1:] or labels[:1]
    return next((text_of(tokens, braces) for one in chosen for braces in arguments(tokens, one)), "")


def _relations(tokens: Tokens, span: Span) -> list[int]:
    """The relation signs of a display, outside scripts and outside text."""
    found, index = [], span.first
    while index < span.closing:
        role = tokens.roles[index]
        if role in _COUNTED:
            found.append(index)
        silent = role in _SILENT or tokens.texts[index] in _LABELLED
        # What runs below a sum, or where a limit goes, is no assertion.
        index = _past_script(tokens, index) if role is Role.SCRIPT else _past_argument(tokens, index) if silent else index + 1
    return found


def _past_script(tokens: Tokens, index: int) -> int:
    """The token after the script that begins here: a group, or one token."""
    index = after(tokens, index + 1)
    return closing(tokens, index) + 1 if index < len(tokens) and tokens.roles[index] is Role.GROUP else index + 1


def _past_argument(tokens: Tokens, index: int) -> int:
    """The token after the first argument of a command."""
    braces = next(arguments(tokens, index), None)
    return braces[1] + 1 if braces else index + 1
