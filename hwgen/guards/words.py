r"""Words beside a formula under test: whether words begin or end there."""

from __future__ import annotations

from hwgen.page.arguments import arguments, owner
from hwgen.page.neighbours import IN_ROWS, after_it, before_it
from hwgen.page.text import Visible
from hwgen.reading.lexer import Token
from hwgen.reading.roles import Role

_WORDS = frozenset({Role.WORDS, Role.INTERTEXT})
_SPACES = frozenset({Role.BLANK, Role.NOTHING, Role.THIN, Role.WIDE})
_BEFORE_WORDS = _SPACES | {Role.SEPARATOR, Role.OPEN}
_ENDS = frozenset({Role.SEPARATOR, Role.STOP, Role.CLOSE})
_FORMULA = frozenset({Role.DOLLAR, Role.FORMULA})
_GOES_ON = frozenset({Role.SIGN, Role.TIMES, Role.SCRIPT, Role.SUFFIX, Role.RELATION, Role.ASSERTION, Role.MEMBERSHIP})


def begin(seen: Visible, token: Token, wide: bool) -> int:
    """The token after the words that begin here, or 0 if these are no words; `wide` is the space before them."""
    if token.role not in _WORDS:
        return 0
    braces = next(arguments(seen.tokens, token.index), None)
    if braces is None:
        return 0
    first = after_it(seen, braces[0] + 1, braces[1], _BEFORE_WORDS, into=True)
    apart = wide or first.over(Role.SEPARATOR, Role.OPEN, Role.WIDE)
    formula = apart and first.among(_FORMULA) and not _goes_on(seen, first.token, braces[1])
    return braces[1] + 1 if formula or _is_word(first.token) else 0


def _goes_on(seen: Visible, token: Token | None, high: int) -> bool:
    """Whether the formula that a token opens begins with what goes on from something before it."""
    return token is not None and after_it(seen, token.index + 1, high, IN_ROWS).among(_GOES_ON)


def end(seen: Visible, token: Token, wide: bool) -> bool:
    """Whether words end here that nobody reads on into what follows; `wide` is the space after them."""
    if token.role is not Role.GROUP_END or token.index not in seen.nesting.partners:
        return False
    opening = seen.nesting.partners[token.index]
    command, _ = owner(seen, opening)
    if command < 0 or seen.tokens.roles[command] not in _WORDS:
        return False
    first = after_it(seen, opening + 1, token.index, _BEFORE_WORDS, into=True).token
    last = before_it(seen, token.index, opening + 1, _SPACES, into=True)
    said = _is_word(first) or (first is not None and first.role in _FORMULA)
    return said and (wide or last.among(_ENDS) or _is_word(last.token) or (last.among({Role.LETTERS}) and bool(last.passed)))


def _is_word(token: Token | None) -> bool:
    """Whether it is a word, not a letter that stands for something."""
    return token is not None and token.role is Role.LETTERS and len(token.text) > 1
