r"""Words beside a formula under test: whether words begin or end there, and whether they deny it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hwgen.page.arguments import arguments, owner
from hwgen.page.neighbours import IN_ROWS, after_it, before_it
from hwgen.page.nesting import Span
from hwgen.page.text import Visible
from hwgen.reading.lexer import Token
from hwgen.reading.roles import Role

_WORDS = frozenset({Role.WORDS, Role.INTERTEXT})
_SPACES = frozenset({Role.BLANK, Role.NOTHING, Role.THIN, Role.WIDE})
_BEFORE_WORDS = _SPACES | {Role.SEPARATOR, Role.OPEN}
_ENDS = frozenset({Role.SEPARATOR, Role.STOP, Role.CLOSE})
_FORMULA = frozenset({Role.DOLLAR, Role.FORMULA})
_GOES_ON = frozenset({Role.SIGN, Role.TIMES, Role.SCRIPT, Role.SUFFIX, Role.RELATION, Role.ASSERTION, Role.MEMBERSHIP})
_SAID = _SPACES | {Role.LETTERS, Role.SUFFIX, Role.GROUP, Role.GROUP_END, Role.INLINE, Role.SWITCH}
_BEFORE_SAID = _SPACES | {Role.SEPARATOR, Role.OPEN}
_LONGEST = 24
_DENIAL = re.compile(
    r"(?:(?:which|that|this|it) )?(?:(?:is|are|was|were) (?:false|wrong|untrue|incorrect|(?:not|never) (?:true|so))"
    r"|(?:isn|aren|wasn)'t true|(?:does|do|did) not hold|(?:does|do|did)n't hold|cannot (?:hold|be true)|fails?|never holds?)\b"
)


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


def deny(seen: Visible, span: Span, index: int) -> bool:
    """Whether the words after a formula under test, which ends before this token, say that it does not hold."""
    inside = after_it(seen, index, span.closing, IN_ROWS | {Role.SEPARATOR, Role.STOP})
    if inside.token is None:
        length = span.stop - span.high
        after = seen.tokens.at(span.high + length) if span.stop < len(seen.text) else len(seen.tokens)
        return bool(_DENIAL.match(_said(seen, after, len(seen.tokens))))
    if inside.token.role in {*_WORDS, Role.INLINE} and (braces := next(arguments(seen.tokens, inside.token.index), None)):
        return bool(_DENIAL.match(_said(seen, braces[0] + 1, braces[1])))
    return False


def _said(seen: Visible, index: int, high: int) -> str:
    """The next words, in small letters, with one space between."""
    return " ".join("".join(_letters(seen, index, high)).split()).lower()


def _letters(seen: Visible, index: int, high: int) -> Iterator[str]:
    first = after_it(seen, index, high, _BEFORE_SAID, into=True)
    for token in map(seen.tokens.__getitem__, range(first.token.index, min(high, first.token.index + _LONGEST)) if first.token else ()):
        if token.role not in _SAID:
            return
        yield token.text if token.role in {Role.LETTERS, Role.SUFFIX} else " " if token.role in _SPACES else ""
