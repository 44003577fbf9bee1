"""What is said of a formula by the heading above it, and by the sentence that follows its own."""

from __future__ import annotations

from hwgen.guards.said import BEFORE_SAID, OWN_WORDS, outside, said
from hwgen.page.arguments import owner
from hwgen.page.neighbours import IN_ROWS, WIDE_SPACES, after_it, before_it
from hwgen.page.nesting import Span
from hwgen.page.text import Visible
from hwgen.reading.roles import Role

_HEADINGS = ("section", "subsection", "subsubsection", "paragraph", "subparagraph")


def sentence_after(seen: Visible, span: Span) -> str:
    """The whole next sentence after a formula that ends its own, in small letters; empty where it does not end there."""
    near = after_it(seen, outside(seen, span), len(seen.tokens), BEFORE_SAID | {Role.END}, into=True)
    inside = before_it(seen, span.closing, span.first, IN_ROWS).token
    ends = any(one is not None and one.role is Role.STOP for one in (inside, near.token)) or any(
        one.role is Role.END for one in near.passed
    )
    if not ends:
        return ""
    low = outside(seen, span)
    if near.token is not None and near.token.role is Role.STOP:
        low = near.token.index + 1
    first = after_it(seen, low, len(seen.tokens), BEFORE_SAID | {Role.END}, into=True).token
    if first is None:
        return ""
    end = next((one for one in seen.tokens.of(Role.STOP, Role.PARAGRAPH) if one > first.index), len(seen.tokens))
    return said(seen, first.index, end)


def title_before(seen: Visible, span: Span) -> str:
    """The heading, or the sentence in a font of its own, right before a formula that begins what follows; in small letters."""
    token = before_it(seen, span.opening, 0, WIDE_SPACES | {Role.PARAGRAPH}).token
    if token is None or token.role is not Role.GROUP_END or token.index not in seen.nesting.partners:
        return ""
    opening = seen.nesting.partners[token.index]
    command = owner(seen, opening)[0]
    heading = command >= 0 and seen.tokens.texts[command].lstrip("\\").startswith(_HEADINGS)
    alone = command >= 0 and seen.tokens.roles[command] in OWN_WORDS and seen.tokens.roles[token.index - 1] is Role.STOP
    return said(seen, opening + 1, token.index) if heading or alone else ""
