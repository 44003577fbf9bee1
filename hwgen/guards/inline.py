r"""What stands in the text on both sides of a formula under test: words, not a factor, a decimal or another formula."""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.guards import cells, columns, entries, words
from hwgen.guards.said import RUN_IN, opening_of
from hwgen.guards.signs import EN_DASHES, en_dash, hyphens, is_sign, minus_before, prints_last
from hwgen.model.errors import ContentError
from hwgen.page.arguments import arguments, owner
from hwgen.page.edges import meant
from hwgen.page.neighbours import IN_ROWS, WIDE_SPACES, after_it, before_it
from hwgen.page.nesting import Span
from hwgen.page.page import Page
from hwgen.page.text import Visible
from hwgen.page.values import is_constant
from hwgen.reading.commands import TABLES
from hwgen.reading.lexer import Token, environment
from hwgen.reading.roles import Role

_APART = frozenset({Role.BLANK, Role.PARAGRAPH, Role.WIDE, Role.ALIGN, Role.ROW, Role.BEGIN, Role.END, Role.BREAK})
_TOUCHES_BEFORE = _APART | {Role.OPEN, Role.GROUP}
_TOUCHES_AFTER = _APART | {Role.CLOSE, Role.GROUP_END, Role.PRINTS}
# Right after a formula the mark of a footnote is a power to a reader, and the number of a reference, after a space too, a factor.
_POWER = frozenset({r"\footnote"})
_FACTORS = frozenset({r"\ref", r"\pageref", r"\labelcref"})
PUNCTUATION = frozenset({Role.SEPARATOR, Role.STOP})
_BREAKS = frozenset({Role.PARAGRAPH, Role.BREAK, Role.BEGIN, Role.END})
_QUOTES = frozenset("'’”")
_BOXES = frozenset(["minipage", "tabular", "tabular*"])
_APOSTROPHES = frozenset("'’")
_READ_ON = frozenset({Role.NUMBER, Role.SIGN, Role.TIMES, Role.SCRIPT, Role.RELATION, Role.ASSERTION, Role.RAISED, Role.GIVEN})
_VALUES = frozenset({Role.RAISED, Role.GIVEN})
# What follows a bracket at once, or stands right before one, and makes a factor or a function's argument of it.
_APPLIED = frozenset({Role.NUMBER, Role.DOLLAR, Role.FORMULA, Role.FORMULA_END, Role.SCRIPT, *_VALUES})
GOES_ON = frozenset({Role.SIGN, Role.TIMES, Role.SCRIPT, Role.RELATION})
# Relations that the reader does not know; arrows, and what implies, may begin what follows.
COMPARES = frozenset({r"\ne", r"\neq", r"\approx", r"\sim", r"\simeq", r"\asymp", r"\ll", r"\gg", r"\equiv", r"\not", r"\cong", r"\propto"})
RELATED = frozenset({Role.RELATION, Role.ASSERTION, Role.MEMBERSHIP, Role.TESTED})
READ_ON = "is read as if it belonged to the same formula; expected words between, or it inside"


def beside(page: Page, span: Span, name: str) -> Iterator[ContentError]:
    """The first thing beside a formula in the text that is read as part of it."""
    seen = page.text
    if said := columns.printing(page, span.opening):
        yield ContentError(f"{name}: {said}", seen.place(span.start))
    elif where := cells.going_on(seen, span):
        yield ContentError(f"{name}: what is printed in the cell {where} it {READ_ON}", seen.place(span.start))
    elif not _apart_before(seen, span) or _read_on_before(page, span):
        yield ContentError(f"{name}: what is printed right before its $ {READ_ON}", seen.place(span.start))
    elif not _apart_after(seen, span) or _read_on_after(page, span):
        yield ContentError(f"{name}: what is printed right after its $ {READ_ON}", seen.place(span.stop - 1))


def _apart_before(seen: Visible, span: Span) -> bool:
    """Whether what touches the formula from the left is no part of a word, a number or a formula."""
    near = before_it(seen, span.opening, into=True)
    token = near.token
    if token is not None and token.role is Role.OPEN and token.index:
        return not _applied(seen, span, token)
    if token is not None and token.text in {"-", *EN_DASHES}:
        return len(hyphens(seen, token.index)) > 2
    if token is None or token.role in _TOUCHES_BEFORE or _foreign(token):
        return True
    return token.text in {"~", "`"} or (token.role is Role.COMMAND and near.over(Role.BLANK))


def _applied(seen: Visible, span: Span, token: Token) -> bool:
    """Whether what stands before the bracket around a formula makes an argument or a factor of it, over a space mathematics alone."""
    last = before_it(seen, token.index, into=True).token
    if last is not None and (last.role in _APPLIED or (last.role is Role.LETTERS and len(last.text) == 1)):
        return True
    far = before_it(seen, token.index, passing=_spaces(seen, span) | {Role.OPEN}, into=True).token
    other = seen.nesting.edge(far.index) if far is not None else None
    return other is not None and other.stop <= span.start and not ended(seen, other)


def ended(seen: Visible, span: Span) -> bool:
    """Whether a formula ends in punctuation or in words, which keep it apart from what follows."""
    last = before_it(seen, span.closing, span.first, IN_ROWS | {Role.LABEL, Role.STATED}).token
    return last is None or last.role in PUNCTUATION or words.end(seen, last, wide=True)


def _apart_after(seen: Visible, span: Span) -> bool:
    """The same on the right."""
    near = after_it(seen, span.closing + 1, len(seen.tokens), into=True)
    token = near.token
    if token is not None and token.role is Role.CLOSE:
        return not after_it(seen, token.index + 1, len(seen.tokens), into=True).among(_APPLIED)
    # A prime would belong to the formula.
    if token is not None and token.text in _APOSTROPHES:
        return _quoted(seen, span)
    if token is None or token.text in {"~", *EN_DASHES} or _foreign(token) or (token.role in _TOUCHES_AFTER and token.text not in _POWER):
        return True
    following = seen.tokens[token.index + 1] if token.index + 1 < len(seen.tokens) else None
    if token.role in PUNCTUATION:
        return not _decimals(seen, token.index + 1)
    return token.text == "-" and following is not None and (following.text == "-" or following.role is Role.LETTERS)


def _decimals(seen: Visible, index: int) -> bool:
    """Whether a number is printed right here, in a formula of its own or a group too: after a mark it is read as decimals."""
    token = after_it(seen, index, len(seen.tokens), into=True).token
    other = seen.nesting.edge(token.index) if token is not None else None
    if other is not None:
        token = after_it(seen, other.first, other.closing, IN_ROWS, into=True).token
    return token is not None and (token.role in {Role.NUMBER, Role.STOP} | _VALUES or is_sign(token.text) or is_constant(token.text))


def _quoted(seen: Visible, span: Span) -> bool:
    """Whether the apostrophe after a formula closes a quotation; it is a prime to a reader otherwise."""
    before = before_it(seen, span.opening).token
    return before is not None and before.text in {"`", "‘"}


def _read_on_before(page: Page, span: Span) -> bool:
    seen = page.text
    token = meant(page, before_it(seen, span.opening, passing=_spaces(seen, span), into=True).token, last=True)
    if token is None:
        return False
    if cells.dangles(seen, across(seen, token)):
        return True
    if token.text == ")" and (opening := opening_of(seen, token.index)) >= 0 and _holds_a_factor(seen, seen.tokens[opening]):
        return True
    if token.text in EN_DASHES or len(hyphens(seen, token.index)) > 1:
        return minus_before(seen, token)
    if token.role is Role.END and environment(token.text) in _BOXES:
        token = before_it(seen, token.index, passing=WIDE_SPACES, into=True).token or token
    if token.role is Role.GROUP_END and token.index in seen.nesting.partners:
        command, _ = owner(seen, seen.nesting.partners[token.index])
        if command >= 0 and seen.tokens.texts[command] in _POWER:
            further = before_it(seen, command, passing=WIDE_SPACES, into=True).token
            return further is not None and (_is_inline(further) or _reads_on(further))
        if command >= 0 and seen.tokens.texts[command] in RUN_IN:
            last = before_it(seen, token.index, command, WIDE_SPACES, into=True).token
            return last is not None and _reads_on(last)
        own = command >= 0 and any(one.name == seen.tokens.texts[command] for one in page.macros)
        if command >= 0 and seen.tokens.roles[command] is Role.COMMAND and (own or prints_last(seen.tokens.texts[command])):
            last = before_it(seen, token.index, command, WIDE_SPACES, into=True).token
            if last is not None and (_is_inline(last) or _reads_on(last)):
                return True
        return command >= 0 and (seen.tokens.roles[command] in _VALUES or is_sign(seen.tokens.texts[command]))
    return _is_inline(token) or _reads_on(token) or entries.reads_on(page, token)


def across(seen: Visible, token: Token) -> Token | None:
    """The last token before a break of paragraphs or entries, or before a parenthesis, that a token ends."""
    while token.role in _BREAKS or (token.text == ")" and opening_of(seen, token.index) > 0):
        index = opening_of(seen, token.index) if token.text == ")" else token.index
        further = before_it(seen, index, passing=WIDE_SPACES, into=True).token
        if further is None:
            return None
        token = further
    return token


def _read_on_after(page: Page, span: Span) -> bool:
    seen = page.text
    near = after_it(seen, span.closing + 1, len(seen.tokens), _spaces(seen, span), into=True)
    token = meant(page, near.token, last=False)
    if token is None:
        return False
    if token.role is Role.CLOSE or token.text in _QUOTES or _closes_box(seen, token):
        further = after_it(seen, token.index + 1, len(seen.tokens), _spaces(seen, span), into=True).token
        alone = token.role is Role.CLOSE and before_it(seen, span.opening, passing=_spaces(seen, span), into=True).among({Role.OPEN})
        factor = alone and further is not None and _is_inline(further)
        return factor or after_it(seen, token.index + 1, len(seen.tokens), into=True).among(_APPLIED) or hangs_on(seen, further)
    if (inner := _boxed(seen, token)) is not None and (_is_inline(inner) or _reads_on(inner)):
        return True
    if token.role in _BREAKS | {Role.FORMULA}:
        return hangs_on(seen, _past_breaks(seen, token))
    dash = en_dash(seen, token)
    if dash or token.role in PUNCTUATION:
        following = after_it(seen, dash[-1] + 1 if dash else token.index + 1, len(seen.tokens), _spaces(seen, span), into=True).token
        # With a space before it a colon divides.
        if dash or (token.text == ":" and near.over(Role.BLANK)):
            return following is not None and (_is_inline(following) or _reads_on(following))
        return hangs_on(seen, following)
    if token.text == "-" and hyphened(seen, token):
        return False
    if token.role is Role.OPEN and _holds_a_factor(seen, token):
        return True
    if token.role is Role.NUMBER and seen.tokens.texts[token.index + 1 : token.index + 2] == ["-"]:
        return not hyphened(seen, seen.tokens[token.index + 1])  # 2-norm is a word
    return _is_inline(token) or _reads_on(token) or token.text == "!" or token.text in _FACTORS


def _boxed(seen: Visible, token: Token) -> Token | None:
    """The first token of a box that begins here and stands in a line."""
    begins = token.role is Role.BEGIN and environment(token.text) in _BOXES
    braces = list(arguments(seen.tokens, token.index)) if begins or token.text == r"\parbox" else []
    if not braces:
        return None
    low, high = (braces[0][1] + 1, seen.nesting.partners.get(token.index, -1)) if begins else (braces[-1][0] + 1, braces[-1][1])
    return after_it(seen, low, high, WIDE_SPACES, into=True).token


def _past_breaks(seen: Visible, token: Token) -> Token | None:
    """The first token after breaks of lines, paragraphs and environments."""
    found: Token | None = token
    while found is not None and found.role in _BREAKS and seen.nesting.edge(found.index) is None:
        found = after_it(seen, found.index + 1, len(seen.tokens), WIDE_SPACES, into=True).token
    return found


def _holds_a_factor(seen: Visible, token: Token) -> bool:
    """Whether a bracket in the text holds a number or a formula without a relation, and nothing else."""
    high = len(seen.tokens)
    first = after_it(seen, token.index + 1, high, WIDE_SPACES, into=True).token
    if first is None:
        return False
    other = seen.nesting.edge(first.index)
    last = other.closing if other is not None else first.index
    related = other is not None and any(seen.tokens.roles[one] in RELATED for one in range(other.first, other.closing))
    alone = after_it(seen, last + 1, high, WIDE_SPACES, into=True).among({Role.CLOSE})
    return alone and (not related or hangs_on(seen, first)) and (other is not None or first.role is Role.NUMBER or is_constant(first.text))


def _closes_box(seen: Visible, token: Token) -> bool:
    """Whether a box ends here that stands in a line."""
    if token.role is Role.END:
        return environment(token.text) in _BOXES
    command = (
        owner(seen, seen.nesting.partners[token.index])[0] if token.role is Role.GROUP_END and token.index in seen.nesting.partners else -1
    )
    return command >= 0 and seen.tokens.texts[command] == r"\parbox"


def hangs_on(seen: Visible, token: Token | None) -> bool:
    """Whether a formula begins here with what only goes on from something before it, over the comma."""
    other = seen.nesting.edge(token.index) if token is not None else None
    first = after_it(seen, other.first, other.closing, IN_ROWS).token if other else None
    return first is not None and first.text != "-" and (first.role in GOES_ON or first.text in COMPARES)


def _spaces(seen: Visible, span: Span) -> frozenset[Role]:
    """What separates nothing in the text: a new line too, but for the rows of a table."""
    around = [environment(seen.tokens.texts[one]) for one in seen.nesting.enclosing(span.opening) if seen.tokens.roles[one] is Role.BEGIN]
    if not TABLES & set(around):
        return WIDE_SPACES | {Role.ROW}
    return WIDE_SPACES | {Role.ALIGN} if columns.touching(seen, span.opening) else WIDE_SPACES


def hyphened(seen: Visible, token: Token) -> bool:
    """Whether a sign is part of a dash, or joins words."""
    following = seen.tokens.texts[token.index + 1 : token.index + 2]
    return len(hyphens(seen, token.index)) > 1 or bool(following and following[0][0].isalpha())


def _reads_on(token: Token) -> bool:
    """Whether a token beside a formula is read as part of it: a number, a sign, a value of this run."""
    return token.role in _READ_ON or is_sign(token.text) or is_constant(token.text)


def _is_inline(token: Token) -> bool:
    """Whether a formula in the text begins or ends here."""
    return token.text in {"$", r"\(", r"\)"} or (token.role in {Role.BEGIN, Role.END} and environment(token.text) == "math")


def _foreign(token: Token) -> bool:
    """Whether a character of no alphabet of LaTeX stands here, such as a dash or a quotation mark, and no sign."""
    return token.role is Role.MARK and not token.text.isascii() and not is_sign(token.text)
