r"""What tells two constants of one sentence apart: the symbol before each, or the words beside it that it is declared with.

A constant that is declared with words, as in `exercise.named(width="at width {}")`, stands beside them wherever it is printed; two that
could be exchanged and every word would still fit are refused. Constants of different sentences are not compared.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence

from hwgen.guards import sentences
from hwgen.guards.parameters import is_symbol, named_before
from hwgen.model.errors import ContentError
from hwgen.page.page import Page
from hwgen.page.text import Visible
from hwgen.page.values import values
from hwgen.reading.commands import squeezed
from hwgen.reading.roles import Role

# Where the value stands in the words that it is declared with.
VALUE = "{}"
# What is passed over between a value and the words beside it; how many tokens of these are looked at.
_PASSED = frozenset({Role.BLANK, Role.NOTHING, Role.THIN, Role.WIDE, Role.ALIGN, Role.STYLE, Role.SWITCH, Role.PARAGRAPH})
_BORDERS = frozenset(["$", r"\(", r"\)", "{", "}", "~"])
_FAR = 24
_SHOWN = 3

Printed = tuple[str, int]  # the name of a constant, and its token


def exchangeable(page: Page) -> Iterator[ContentError]:
    """Every constant that stands beside other words than its own, and every two of a sentence that nothing tells apart."""
    for sentence in _sentences(page.text):
        misplaced = [one for one in sentence if not _fits(page, *one)]
        for one in misplaced:
            if not _told_by_symbol(page, *one):
                yield _error(page, one, _said(page, one, sentence))
        # One that stands in a wrong place is told already; compared with others it would be told once for each.
        placed = [one for one in sentence if one not in misplaced]
        for number, other in enumerate(placed):
            alike = next((one for one in placed[:number] if _exchangeable(page, one, other)), None)
            if alike:
                yield _error(page, other, _alike(page, alike, other))


def _exchangeable(page: Page, one: Printed, other: Printed) -> bool:
    """Whether two constants fit where the other one is."""
    return one[0] != other[0] and _fits(page, one[0], other[1]) and _fits(page, other[0], one[1])


def _sentences(seen: Visible) -> Iterator[list[Printed]]:
    """The constants that are printed, sentence by sentence."""
    ends = sentences.ends(seen)
    found: dict[int, list[Printed]] = {}
    for namespace, name, index in values(seen.tokens):
        if namespace == "constants":
            found.setdefault(bisect(ends, index), []).append((name, index))
    yield from found.values()


def _fits(page: Page, name: str, index: int) -> bool:
    """Whether a constant may stand there: after its own symbol, or where there is none, beside its own words."""
    if _after_symbol(page, name, index):
        return _own_symbol(page, name, index)
    words = page.names.words.get(name, ())
    return not words or any(_beside(page.text, index, one) for one in words)


def _after_symbol(page: Page, name: str, index: int) -> bool:
    symbol = named_before(page.text, index)
    return bool(symbol) and bool(name in page.names.symbols or is_symbol(symbol))


def _own_symbol(page: Page, name: str, index: int) -> bool:
    return named_before(page.text, index) == squeezed(page.names.symbols.get(name, ""))


def _told_by_symbol(page: Page, name: str, index: int) -> bool:
    """Whether another guard says of it that it stands after the symbol of another one."""
    return _after_symbol(page, name, index) and not _own_symbol(page, name, index)


def _beside(seen: Visible, index: int, words: str) -> bool:
    """Whether a value stands between these words; spaces and the borders of formulas do not matter."""
    before, _, after = words.partition(VALUE)
    left, right = ("".join(one for one in side if not one.isspace() and one not in _BORDERS) for side in (before, after))
    lefts, rights = _context(seen, index)
    return _joins(lefts[::-1], left, backwards=True) and _joins(rights, right)


def _joins(tokens: Sequence[str], text: str, backwards: bool = False) -> bool:
    """Whether the first of these tokens make up the text."""
    made = ""
    for token in tokens:
        if len(made) >= len(text):
            break
        made = token + made if backwards else made + token
    return made == text


def _context(seen: Visible, index: int) -> tuple[list[str], list[str]]:
    """What is printed before and after a token."""
    texts, roles = seen.tokens.texts, seen.tokens.roles

    def printed(places: range) -> list[str]:
        return [texts[one] for one in places if roles[one] not in _PASSED and texts[one] not in _BORDERS]

    return printed(range(max(0, index - _FAR), index)), printed(range(index + 1, min(len(texts), index + 1 + _FAR)))


def _shown(page: Page, index: int) -> str:
    """A few words around a value, as they may be declared."""
    left, right = _context(page.text, index)
    words = [[one for one in side if "@@@" not in one] for side in (left[-_SHOWN:], right[:_SHOWN])]
    return " ".join([*words[0], VALUE, *words[1]])


def _error(page: Page, one: Printed, said: str) -> ContentError:
    return ContentError(f"\\VAR{{constants.{one[0]}}}: {said}", page.text.place_of(page.text.tokens[one[1]]))


def _said(page: Page, one: Printed, sentence: Sequence[Printed]) -> str:
    """What is found beside a constant in place of its own words, and which constant of the sentence has these."""
    name, index = one
    here = [(other, place) for other, place in sentence if other != name and page.names.words.get(other) and _fits(page, other, index)]
    own = " or ".join(f"'{words}'" for words in page.names.words[name])
    said = f"it stands in '{_shown(page, index)}'; expected {own}, as exercise.named says"
    if not here:
        return f"{said}, or these words there"
    other, place = here[0]
    return f"{said}; \\VAR{{constants.{other}}}, at {page.text.place_of(page.text.tokens[place])}, belongs here"


def _alike(page: Page, one: Printed, other: Printed) -> str:
    there = page.text.place_of(page.text.tokens[one[1]])
    silent = next((each for each in (other, one) if not page.names.words.get(each[0])), other)
    how = f'expected exercise.named({silent[0]}=r"…{VALUE}…") in the module that declares it'
    expected = f"{how}, with words of the page right beside it, out of '{_shown(page, silent[1])}'"
    return f"nothing tells it from \\VAR{{constants.{one[0]}}}, at {there}: exchanged they would read as well; {expected}"
