r"""What a constant is the value of: the symbol printed before it; and what a figure was computed with: printed from there, not typed.

A constant that stands right after `R=` must be declared as the value of R. In the caption of a figure or table of this run no parameter
is typed by hand, as in `d=2`, and no \given{0.4} is a number that the figure was computed with.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from hwgen.guards.amounts import amounts
from hwgen.model.errors import ContentError
from hwgen.page.arguments import arguments, closing
from hwgen.page.environments import floats
from hwgen.page.page import Page
from hwgen.page.text import Visible
from hwgen.page.values import values
from hwgen.reading.commands import SPELLINGS, squeezed
from hwgen.reading.lexer import units
from hwgen.reading.roles import Role

# What one symbol may have around its letter, and below and above it.
_DRESSED, _SCRIPTS = frozenset([r"\bar", r"\hat", r"\tilde", r"\mathcal", r"\mathrm"]), frozenset(["_", "^"])
_QUIET = frozenset({Role.BLANK, Role.NOTHING, Role.THIN, Role.ALIGN})
_BORDERS = frozenset(["$", r"\)", "~"])
# What says of a symbol that it is a number, or one of a few; what may stand before the first digit; and a choice of two, which is none of
# a parameter.
_EQUALS = frozenset({"=", ":=", r"\coloneqq", r"\triangleq", r"\equiv"})
_SETS = _EQUALS | {r"\in"}
_BEGINS = _QUIET | {Role.SIGN, Role.FRACTION, Role.GROUP, Role.ROOT}
_COIN = frozenset(["0,1", "1,0", "-1,1", "-1,+1", "1,-1", "+1,-1", r"\pm1"])
_COIN_LONG = 8
_STOPS = frozenset([",", ";", "=", ":", "$", r"\(", r"\[", "&", r"\\", "(", "["])


def exchanged(page: Page) -> Iterator[ContentError]:
    """Every constant right after `symbol =` that is not declared as the value of this symbol, but of another one or of none."""
    seen, known = page.text, page.names.symbols
    for namespace, name, index in values(seen.tokens):
        symbol, own = named_before(seen, index), squeezed(known.get(name, ""))
        if namespace == "constants" and symbol != own and (own or is_symbol(symbol)) and symbol:
            yield ContentError(f"\\VAR{{constants.{name}}}: {_said(symbol, name, page)}", seen.place_of(seen.tokens[index]))


def _said(symbol: str, name: str, page: Page) -> str:
    known = page.names.symbols
    own = known.get(name)
    others = [one for one, of in known.items() if squeezed(of) == symbol]
    other = f", or \\VAR{{constants.{others[0]}}}" if others else ""
    if own:
        return f"{symbol}= stands before the value of {own}; expected {own}={other}"
    expected = f'expected exercise.stand_for({name}=r"{symbol}")'
    return f"{symbol}= stands before it, and nothing says that it is the value of {symbol}; {expected}{other}"


def named_before(seen: Visible, index: int) -> str:
    """What a formula says right before a token is equal to what stands there; empty if it says so of nothing."""
    low, place = _back(seen, index)
    return _side(seen, low, place) if place >= low and seen.tokens.texts[place] in _EQUALS else ""


def _back(seen: Visible, index: int) -> tuple[int, int]:
    """Where the formula of a token begins, and the last one before it that prints something."""
    span = seen.nesting.formula(index)
    low = span.first if span else index
    place = index - 1
    while place >= low and seen.tokens.roles[place] in _QUIET:
        place -= 1
    return low, place


def _side(seen: Visible, low: int, place: int) -> str:
    """What stands before a relation, up to the one before it."""
    texts, first = seen.tokens.texts, place
    # Back to where the side begins: all of it must be one symbol to be the name of a value.
    while first > low and texts[first - 1] not in _STOPS:
        first -= 1
    return squeezed("".join(texts[one] for one in range(first, place) if seen.tokens.roles[one] not in _QUIET))


def retyped(page: Page) -> Iterator[ContentError]:
    """Every parameter that is typed, or given, in the caption of a figure or table that this run computes."""
    seen = page.text
    for low, high in ((one.begin, one.end) for one in floats(seen)):
        names = [name for namespace, name, _ in values(seen.tokens, low, high) if namespace in {"figures", "tables"}]
        if names:
            yield from _typed(page, low, high, names[0])
            for name in names:
                yield from _given(page, low, high, name)


def _typed(page: Page, low: int, high: int, name: str) -> Iterator[ContentError]:
    seen = page.text
    for caption in range(low, high):
        if seen.tokens.texts[caption] != r"\caption":
            continue
        for opening, end in list(arguments(seen.tokens, caption))[:1]:
            for relation in range(opening, end):
                number = _number_after(seen, relation)
                symbol = _side(seen, _back(seen, relation)[0], relation) if number else ""
                if symbol and is_symbol(symbol):
                    said = f"{symbol}{_shown(seen, relation, number)} is typed in the caption of {name}"
                    expected = r"expected \VAR{constants.…} from what it was computed with"
                    yield ContentError(f"{said}; {expected}", seen.place_of(seen.tokens[number]))


def _number_after(seen: Visible, relation: int) -> int:
    """The number with which the value after a relation begins, or the list of values in braces after a membership; 0 if there is none."""
    texts, roles = seen.tokens.texts, seen.tokens.roles
    begins = _BEGINS | {Role.OPEN, Role.SIZE, Role.LEFT} if texts[relation] == r"\in" else _BEGINS
    if texts[relation] not in _SETS or not seen.nesting.formula(relation):
        return 0
    index = relation + 1
    while index < len(texts) and roles[index] in begins:
        index += 1
    if index == len(texts) or roles[index] is not Role.NUMBER or texts[relation] != r"\in":
        return index if index < len(texts) and roles[index] is Role.NUMBER else 0
    # Neither an interval, nor the two values of a coin.
    listed = [one for one in texts[relation + 1 : index + _COIN_LONG] if one.strip() and one not in {r"\left", r"\right"}]
    inside = "".join(itertools.takewhile(lambda one: SPELLINGS.get(one, one) != r"\}", listed[1:]))
    return index if SPELLINGS.get(listed[0], listed[0]) == r"\{" and inside not in _COIN else 0


def is_symbol(text: str) -> bool:
    """Whether a piece of a formula, without white space, is one symbol, with accents and scripts: no product, no function of it."""
    seen = [one.text for one in units(text)]
    at = _past_argument(seen, 1) if seen[:1] and seen[0] in _DRESSED and len(seen) > 1 else 0
    at += at < len(seen) and (seen[at].isascii() and seen[at][-1].isalpha())
    while at + 1 < len(seen) and seen[at] in _SCRIPTS:
        at = _past_argument(seen, at + 1)
    return all(one == "'" for one in seen[at:])


def _past_argument(seen: Sequence[str], at: int) -> int:
    """Where an argument ends that begins there: one unit, or what is in braces."""
    return (seen.index("}", at) if seen[at] == "{" and "}" in seen[at:] else at) + 1


def _shown(seen: Visible, relation: int, number: int) -> str:
    """A relation and the beginning of the value after it, as typed."""
    return "".join(seen.tokens.texts[relation : number + 1]).replace(" ", "")


def _given(page: Page, low: int, high: int, name: str) -> Iterator[ContentError]:
    seen, used = page.text, page.names.uses.get(name, {})
    for command in seen.tokens.of(Role.GIVEN):
        if low <= command < high:
            for opening, end in list(arguments(seen.tokens, command))[:1]:
                number = "".join(seen.tokens.texts[opening + 1 : min(end, closing(seen.tokens, opening))]).strip()
                stands_for = amounts(f"{number}{_per_cent(seen, end)}")
                where = next((place for one, place in used.items() if float(one) in stands_for), "")
                if where:
                    said = f"\\given{{{number}}}: {name} was computed with {number} ({where})"
                    yield ContentError(f"{said}; expected \\VAR{{constants.…}} from there", seen.place_of(seen.tokens[command]))


def _per_cent(seen: Visible, end: int) -> str:
    """A per cent sign after the braces that end there, across the end of a formula."""
    index = end + 1
    while index < len(seen.tokens) and (seen.tokens.roles[index] in _QUIET or seen.tokens.texts[index] in _BORDERS):
        index += 1
    return r"\%" if seen.tokens.texts[index : index + 1] == [r"\%"] else ""
