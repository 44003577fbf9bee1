"""Which dollar has lost its partner: from it on, what should be words are formulas, and formulas words, so the last one is not to blame.

A guess for a message alone: whether anything is refused is not decided here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise, takewhile

from hwgen.page.nesting import Mismatch, Wrong
from hwgen.page.text import Visible
from hwgen.reading.commands import PARTS, ROWS
from hwgen.reading.lexer import environment
from hwgen.reading.roles import Role

_MATHEMATICAL = frozenset({Role.RELATION, Role.ASSERTION, Role.MEMBERSHIP, Role.SCRIPT, Role.FRACTION, Role.BINOMIAL, Role.ROOT})
_MATHEMATICAL |= {Role.FUNCTION, Role.BIG, Role.INTEGRAL, Role.NAMED, Role.TESTED}
# In a formula nobody writes these.
_WORDY = frozenset({Role.NAMES, Role.INLINE, Role.FORMULA, Role.STATED})
_APART = frozenset({Role.BREAK, Role.MOVES, Role.PARAGRAPH, Role.FORMULA, Role.FORMULA_END})
# So many letters in a row are a word: dx and xy are none.
_WORD = 3
_SHOWN, _LONGEST = 3, 40


def lost(found: Mismatch, seen: Visible) -> tuple[int, str] | None:
    """The token where the matter most likely lies, and what to say of it; None where the dollar that was found open will do."""
    if found.other != "$" or found.wrong not in {Wrong.NEVER_CLOSED, Wrong.OUTLIVED, Wrong.EMPTY_LINE}:
        return None
    low = seen.nesting.partners.get(found.index, -1) if found.wrong is Wrong.OUTLIVED else -1
    low = max(low, seen.tokens.last(Role.PARAGRAPH, found.index))
    for piece in _pieces(seen, low + 1, len(seen.tokens) if found.wrong is Wrong.NEVER_CLOSED else found.index):
        dollars = [index for index in piece if seen.tokens.texts[index] == "$"]
        if any(after == before + 1 for before, after in pairwise(dollars)):
            return None  # a display of plain TeX
        if len(dollars) % 2:
            return _likely(seen, piece, dollars)
    return None


def _pieces(seen: Visible, low: int, high: int) -> list[list[int]]:
    """The tokens from low to high, parted where no formula in the text goes on; what stands in a group of its own is left out."""
    pieces: list[list[int]] = [[]]
    index = low
    while index < high:
        role, partner = seen.tokens.roles[index], seen.nesting.partners.get(index, -1)
        if role is Role.GROUP and index < partner < high:
            index = partner
        elif role in _APART or (role in {Role.BEGIN, Role.END} and environment(seen.tokens.texts[index]) not in PARTS | ROWS):
            pieces.append([])
        else:
            pieces[-1].append(index)
        index += 1
    return pieces


def _likely(seen: Visible, piece: Sequence[int], dollars: Sequence[int]) -> tuple[int, str] | None:
    """The dollar without which the others part words from formulas best."""
    at = [-1, *(piece.index(one) for one in dollars), len(piece)]
    between = [piece[low + 1 : high] for low, high in pairwise(at)]
    words, signs = [_words(seen, one) for one in between], [_signs(seen, one) for one in between]

    def cost(lone: int) -> int:
        """What is in the wrong place if the dollar of that number is alone: beside it one part is of both kinds, the other words."""
        before = sum(signs[one] if one % 2 == 0 else words[one] for one in range(lone))
        after = sum(words[one] if one % 2 == 0 else signs[one] for one in range(lone + 2, len(between)))
        return before + after + min(signs[lone], signs[lone + 1])

    lone = min(range(0, len(dollars), 2), key=cost)
    if signs[lone] > signs[lone + 1]:
        first = _formula_at_the_end(seen, between[lone])
        return first, f"a formula begins here without its $; expected one before {_shown(seen, first, dollars[lone])}"
    if signs[lone] == signs[lone + 1]:
        said = "$ has no partner; expected one at the other end of its formula"
        return (dollars[lone], said) if len(dollars) > 1 else None
    ends = next((index for index in between[lone + 1] if _is_word(seen, index)), -1)
    words_after = _quoted(seen, ends, between[lone + 1]) if ends >= 0 else ""
    return dollars[lone], f"$ is never closed; expected another one{f' before the words {words_after!r}' if words_after else ''}"


def _formula_at_the_end(seen: Visible, part: Sequence[int]) -> int:
    """Where the formula begins that ends a part: after its last word, at the first token that prints something."""
    after = [number for number, index in enumerate(part) if _is_word(seen, index)]
    start = after[-1] + 1 if after else 0
    return next((index for index in part[start:] if seen.tokens.roles[index] not in {Role.BLANK, Role.STOP, Role.SEPARATOR}), part[0])


def _shown(seen: Visible, first: int, stop: int) -> str:
    text = " ".join("".join(seen.tokens.texts[first : stop + 1]).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def _quoted(seen: Visible, first: int, part: Sequence[int]) -> str:
    """The first few words from a token on."""
    plain = takewhile(lambda index: seen.tokens.roles[index] in {Role.LETTERS, Role.BLANK}, (index for index in part if index >= first))
    return " ".join("".join(seen.tokens.texts[index] for index in plain).split()[:_SHOWN])


def _is_word(seen: Visible, index: int) -> bool:
    """Whether a token is a word of a sentence: long enough, or alone between blanks, or short with other letters beside it."""
    tokens = seen.tokens
    if tokens.roles[index] is not Role.LETTERS:
        return False
    blank = [tokens.roles[one] is Role.BLANK for one in (index - 1, index + 1) if 0 <= one < len(tokens)]
    beside = [tokens.roles[index + step : index + step + 2] for step in (1, -2) if index + step >= 0]
    joined = [Role.BLANK, Role.LETTERS] in beside or [Role.LETTERS, Role.BLANK] in beside
    return len(tokens.texts[index]) >= _WORD or all(blank) or (joined and len(tokens.texts[index]) > 1)


def _words(seen: Visible, part: Sequence[int]) -> int:
    """How much in a part is no formula."""
    return sum(_is_word(seen, index) or seen.tokens.roles[index] in _WORDY for index in part)


def _signs(seen: Visible, part: Sequence[int]) -> int:
    """How much in a part is mathematics."""
    return sum(seen.tokens.roles[index] in _MATHEMATICAL or is_greek(seen.tokens.texts[index]) for index in part)


def is_greek(command: str) -> bool:
    """Whether a command is a Greek letter."""
    name = command.removeprefix("\\").removeprefix("var")
    try:
        return command[:1] == "\\" and bool(unicodedata.lookup(f"GREEK SMALL LETTER {'LAMDA' if name == 'lambda' else name.upper()}"))
    except KeyError:
        return False
