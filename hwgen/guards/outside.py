"""What stands outside of a display, right at its edge: words or another statement, not what goes on with a formula under test."""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.guards import cells
from hwgen.guards.inline import GOES_ON, READ_ON, RELATED, across, ended, hangs_on, hyphened
from hwgen.guards.said import amount
from hwgen.model.errors import ContentError
from hwgen.page.arguments import arguments
from hwgen.page.edges import meant
from hwgen.page.formulas import Marked
from hwgen.page.neighbours import IN_ROWS, WIDE_SPACES, after_it, before_it
from hwgen.page.nesting import Span
from hwgen.page.page import Page
from hwgen.page.text import Visible
from hwgen.reading.lexer import Token
from hwgen.reading.roles import Role

_GOES_ON_IN_A_TAG = GOES_ON | {Role.RAISED}
_OPERATES = frozenset({Role.ASSERTION, Role.FUNCTION, Role.BIG, Role.INTEGRAL, Role.FRACTION})


def beyond(page: Page, span: Span, one: Marked, name: str) -> Iterator[ContentError]:
    """The first thing outside of a display that goes on with a formula at its edge: a sign, a factor, a relation that hangs on it."""
    seen = page.text
    if any(_signed_tag(seen, index) for index in range(span.first, span.closing)):
        yield ContentError(f"{name}: the tag of its display {READ_ON}", seen.place(span.start))
    elif before_it(seen, one.first, span.first, IN_ROWS).token is None and _leads_on(page, span):
        yield ContentError(f"{name}: what is printed right before its display {READ_ON}", seen.place(span.start))
    elif after_it(seen, one.last + 1, span.closing, IN_ROWS).token is None and _led_on(page, span):
        yield ContentError(f"{name}: what is printed right after its display {READ_ON}", seen.place(span.stop - 1))


def _signed_tag(seen: Visible, index: int) -> bool:
    """Whether a token is a tag that begins with a sign or a relation, in a formula or by itself, and goes on."""
    braces = next(arguments(seen.tokens, index), None) if seen.tokens.texts[index] == r"\tag" else None
    first = after_it(seen, braces[0] + 1, braces[1], WIDE_SPACES, into=True).token if braces else None
    if braces is None or first is None or seen.nesting.edge(first.index) is not None:
        return hangs_on(seen, first)
    within = [one for one in range(first.index, braces[1]) if seen.tokens.roles[one] not in WIDE_SPACES]
    # A sign alone, as in \tag{*}, is a mark; before something it goes on with the formula, in brackets too.
    opening = seen.tokens.roles[first.index] is Role.OPEN and len(within) > 2
    begins = within[1] if opening else first.index
    return seen.tokens.roles[begins] in _GOES_ON_IN_A_TAG and len(within) > 1 + 2 * opening


def _outside(seen: Visible, span: Span, left: bool) -> Token | None:
    """What is printed next to a display, and where a formula is printed there, what stands at its edge."""
    near = _next(seen, span, left)
    other = seen.nesting.edge(near.index) if near is not None else None
    if other is None:
        return near
    # The neighbour is a formula: what counts is what its own edge prints, not its dollar.
    edge = before_it(seen, other.closing, other.first, IN_ROWS, True) if left else after_it(seen, other.first, other.closing, IN_ROWS, True)
    return edge.token


def _next(seen: Visible, span: Span, left: bool) -> Token | None:
    """The token that is printed next to a display."""
    if left:
        return before_it(seen, span.opening, passing=WIDE_SPACES, into=True).token
    after = span.closing + (2 if seen.text[span.high : span.stop] == "$$" else 1)
    return after_it(seen, after, len(seen.tokens), WIDE_SPACES, into=True).token


def _beside(seen: Visible, span: Span, left: bool) -> Span | None:
    """The formula that is printed next to a display."""
    near = _next(seen, span, left)
    return seen.nesting.edge(near.index) if near is not None else None


def _is_part(seen: Visible, other: Span) -> bool:
    """Whether a formula next to a display says nothing by itself: a display without a relation, or a number or a sum in the text."""
    if not other.display:
        return amount(seen, other.first, other.closing)
    if after_it(seen, other.first, other.closing, IN_ROWS).among({Role.WORDS}):
        return False
    return not any(seen.tokens.roles[one] in RELATED for one in range(other.first, other.closing))


def _led_on(page: Page, span: Span) -> bool:
    """Whether what is printed after a display goes on with it."""
    other = _beside(page.text, span, left=False)
    part = other is not None and _is_part(page.text, other) and not ended(page.text, span)
    return part or _goes_on(page, _outside(page.text, span, left=False), last=False)


def _leads_on(page: Page, span: Span) -> bool:
    """Whether what is printed before a display goes on into it, over the end of a paragraph or a quotation too."""
    if (other := _beside(page.text, span, left=True)) is not None and _is_part(page.text, other) and not ended(page.text, other):
        return True
    token = before_it(page.text, span.opening, passing=WIDE_SPACES, into=True).token
    far = across(page.text, token) if token is not None else None
    return _goes_on(page, _outside(page.text, span, left=True), last=True) or cells.dangles(page.text, far)


def _goes_on(page: Page, token: Token | None, last: bool) -> bool:
    """Whether a token outside of a display goes on with what is displayed."""
    found = meant(page, token, last)
    if token is None or found is None or (token.text == "-" and hyphened(page.text, token)):
        return False
    return found.role in GOES_ON or (last and found.role in _OPERATES)
