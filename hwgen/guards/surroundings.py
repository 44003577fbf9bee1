r"""What stands around a formula under test: nothing printed beside it may become part of it, neither `2\,` before it nor `^2` after it.

What prints nothing is passed over; then before it only a beginning, a part that ended, or `p\ge` may stand, and after it only an end,
punctuation with a gap, words, or the next formula under test.
"""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.guards import words
from hwgen.guards.cells import DANGLES
from hwgen.guards.inline import COMPARES, beside
from hwgen.guards.outside import beyond
from hwgen.model.errors import ContentError
from hwgen.page.arguments import owner
from hwgen.page.edges import meant
from hwgen.page.formulas import Marked
from hwgen.page.neighbours import IN_ROWS, Neighbour, after_it, before_it
from hwgen.page.nesting import Span
from hwgen.page.page import Page
from hwgen.page.text import Visible
from hwgen.reading.lexer import Token, environment
from hwgen.reading.roles import Role

_RELATES = frozenset({Role.RELATION, Role.ASSERTION, Role.MEMBERSHIP})
_JOINS = frozenset({Role.SIGN, Role.TIMES, Role.SCRIPT, Role.SUFFIX})
_GOES_ON = _RELATES | _JOINS | {Role.BAR, Role.OPEN, Role.SIZE, Role.LEFT}
_PUNCTUATION = frozenset({Role.SEPARATOR, Role.STOP})
# What begins a part of its own wherever it stands.
_OWN = frozenset({Role.TESTED, Role.WORDS, Role.INTERTEXT, Role.END, Role.BREAK, Role.STATED, Role.LABEL, Role.ROW})
_NAMED = frozenset({Role.LETTERS, Role.COMMAND})
_ORDERS = frozenset(["<", ">", r"\le", r"\leq", r"\ge", r"\geq", r"\leqslant", r"\geqslant", r"\lt", r"\gt"])
_BEFORE = "what is printed right before it belongs to the same formula; expected it inside the braces"
_AFTER = "what is printed right after it belongs to the same formula; expected it inside the braces"
_HANGS_ON = "a relation that hangs on it is not judged; it belongs to the same formula, expected it inside the braces"


def joined(page: Page) -> Iterator[ContentError]:
    r"""Whatever beside a `\checked{…}{…}` belongs to the same formula."""
    for one in page.marked:
        if one.formula.macro != "verified":
            yield from _around(page, one, f"\\{one.formula.macro}{{{one.formula.name}}}")


def _around(page: Page, one: Marked, name: str) -> Iterator[ContentError]:
    """The first thing around a formula that belongs to it."""
    seen = page.text
    span = seen.nesting.formula(one.first)
    if span is None:
        yield ContentError(f"{name}: stands outside of a formula; expected $…$ or a display around it", seen.place(one.start))
    elif said := _before(seen, span, one.first):
        yield ContentError(f"{name}: {said}", seen.place(one.start))
    elif said := _after(page, span, one.last + 1):
        yield ContentError(f"{name}: {said}", seen.place(one.stop - 1))
    elif not span.display:
        yield from beside(page, span, name)
    else:
        yield from beyond(page, span, one, name)


def _before(seen: Visible, span: Span, index: int) -> str:
    """What is wrong with what the formula prints before this token."""
    near = before_it(seen, index, span.first, IN_ROWS)
    token = near.token
    if token is None or _bounded(seen, span, token):
        return ""
    if words.end(seen, token, near.over(Role.WIDE)):
        command = owner(seen, seen.nesting.partners[token.index])[0]
        return _BEFORE if before_it(seen, command, span.first, IN_ROWS | {Role.ROW}).among(DANGLES) else ""
    if token.role is Role.ROW:
        # Rows of an align may go on with one another: only how the row before ended tells.
        far = before_it(seen, token.index, span.first, IN_ROWS).token
        ended = far is None or far.role in _PUNCTUATION or words.end(seen, far, wide=True) or _tested(seen, far)
        return "" if ended else _BEFORE
    ended = token.role is Role.SEPARATOR
    last = before_it(seen, token.index, span.first, IN_ROWS).token if ended else token
    tested = last is not None and _tested(seen, last)
    wide = near.over(Role.WIDE)
    return "" if (ended and wide) or (tested and (wide or near.over(Role.ALIGN))) else _BEFORE


def _bounded(seen: Visible, span: Span, token: Token) -> bool:
    r"""Whether a token bounds a name from one side, as p\ge at the beginning of a part."""
    if token.text not in _ORDERS:
        return False
    name = before_it(seen, token.index, span.first, {Role.BLANK}).token
    if name is None or name.role not in _NAMED or (name.role is Role.LETTERS and len(name.text) > 1):
        return False
    part = before_it(seen, name.index, span.first, {Role.BLANK})
    return part.token is None or part.token.role is Role.SEPARATOR


def _tested(seen: Visible, token: Token) -> bool:
    r"""Whether a token ends a whole \checked{…}{…}."""
    if token.role is not Role.GROUP_END or token.index not in seen.nesting.partners:
        return False
    command, number = owner(seen, seen.nesting.partners[token.index])
    return command >= 0 and seen.tokens.roles[command] is Role.TESTED and number == 1


def _after(page: Page, span: Span, index: int) -> str:
    """What is wrong with what the formula prints from this token on."""
    seen = page.text
    near = after_it(seen, index, span.closing, IN_ROWS)
    token = near.token
    if token is None or _ends(seen, span, near) or (token.role is Role.TESTED and near.over(Role.WIDE, Role.ALIGN)):
        return ""
    if token.role in _RELATES:
        return _HANGS_ON
    if token.role is Role.ROW:
        return _AFTER if _row_goes_on(page, span, token.index + 1, index) else ""
    if token.role is Role.OPEN and near.over(Role.WIDE):
        if _is_condition(seen, span, near):
            return ""
        return f"{_AFTER}, or as a condition in words, \\quad\\text{{for }}…, or in a \\for"
    return "" if token.role in _PUNCTUATION and _part_ends(seen, span, token.index + 1) else _AFTER


def _row_goes_on(page: Page, span: Span, below: int, index: int) -> bool:
    """Whether the row that begins at `below` goes on with a formula that ends before `index`: by a sign, or by standing further right."""
    seen = page.text
    near = after_it(seen, below, span.closing, IN_ROWS, into=True)
    first = meant(page, near.token, last=False)
    if first is None or first.role in _GOES_ON:
        return first is not None
    further = near.over(Role.ALIGN) or environment(seen.tokens.texts[span.opening]).removesuffix("*") == "multline"
    ended = before_it(seen, index - 1, span.first, IN_ROWS).among(_PUNCTUATION)
    return further and not ended and first.role not in _OWN


def _is_condition(seen: Visible, span: Span, near: Neighbour) -> bool:
    """Whether a parenthesis far from the formula, after which nothing comes, holds relations: no argument and no factor does."""
    assert near.token is not None
    opening, depth = near.token.index, 0
    related = False
    for index in range(opening, span.closing):
        depth += (seen.tokens.texts[index] == "(") - (seen.tokens.texts[index] == ")")
        related = related or (depth == 1 and seen.tokens.roles[index] in _RELATES)
        if depth == 0:
            ended = after_it(seen, index + 1, span.closing, IN_ROWS | _PUNCTUATION).token is None
            return related and ended and any(one.text in {r"\quad", r"\qquad"} for one in near.passed)
    return False


def _ends(seen: Visible, span: Span, near: Neighbour) -> bool:
    """Whether the sign of a proof's end or words stand here, and nothing that would change them."""
    assert near.token is not None
    index = near.token.index + 1 if near.token.text == r"\qedhere" else words.begin(seen, near.token, near.over(Role.WIDE))
    return index > 0 and not after_it(seen, index, span.closing, IN_ROWS).among(_JOINS)


def _part_ends(seen: Visible, span: Span, index: int) -> bool:
    """Whether what follows punctuation is another part, not its decimals or its thousands."""
    near = after_it(seen, index, span.closing, IN_ROWS)
    if near.token is None or near.token.role is Role.ROW or _ends(seen, span, near):
        return True
    goes_on = near.among({Role.SCRIPT, Role.TIMES, Role.RELATION}) or near.token.text in COMPARES | {"+"}
    return near.over(Role.WIDE, Role.ALIGN) and not goes_on
