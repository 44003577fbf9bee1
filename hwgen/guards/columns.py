r"""The columns of a table around a formula under test: what they print beside it, @{2} or >{$-$}, and whether they touch its neighbour."""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.page.arguments import argument, arguments, owner, text_of
from hwgen.page.page import Page
from hwgen.page.text import Visible
from hwgen.reading.commands import TABLES
from hwgen.reading.lexer import Tokens, environment
from hwgen.reading.roles import Role

# After these stands, in braces, what is set beside an entry or between two.
_SETS = frozenset({"@", "!", ">", "<"})
_BETWEEN = frozenset({"@", "!"})
_PRINTS = frozenset({Role.NUMBER, Role.LETTERS, Role.SIGN, Role.TIMES, Role.SCRIPT, Role.RELATION, Role.ASSERTION, Role.MEMBERSHIP})
_PRINTS |= {Role.MARK, Role.RAISED, Role.NAMED, Role.FUNCTION, Role.BIG, Role.FRACTION, Role.WORDS, Role.INLINE, Role.GIVEN, Role.SUFFIX}
# So wide, in whatever unit, is half of what keeps two columns apart at least.
NARROWEST = 2
# Tables whose width is told before their columns.
_WIDE = frozenset(["tabular*", "tabularx"])


def printing(page: Page, index: int) -> str:
    """What is wrong with the columns around a token: one prints something beside what stands in it."""
    seen = page.text
    for braces in _specifications(seen, index):
        letters = {one for token in _outermost(seen.tokens, braces) for one in seen.tokens.texts[token]}
        own = [(text, found) for text, name, found in _own_columns(page) if name in letters]
        for tokens, where in ((seen.tokens, braces), *own):
            for sign, (low, high) in _set(tokens, where):
                if any(tokens.roles[one] in _PRINTS for one in _outermost(tokens, (low, high))):
                    shown = f"{tokens.texts[sign]}{{{text_of(tokens, (low, high))}}}"
                    return f"the columns of its table print {shown} beside it; expected columns that print nothing"
    return ""


def touching(seen: Visible, index: int) -> bool:
    """Whether something else than the usual space stands between two columns around a token, as c@{}c, or \\tabcolsep is less."""
    return any(_inside(seen.tokens, braces) or _narrow(seen.tokens) for braces in _specifications(seen, index))


def _narrow(tokens: Tokens) -> bool:
    r"""Whether a text sets \tabcolsep to less than what keeps two columns apart."""
    for index in tokens.of(Role.COMMAND):
        if tokens.texts[index] in {r"\tabcolsep", r"\arraycolsep"}:
            start = index + 1
            while start < len(tokens) and tokens.texts[start] in {"}", "{", "=", " "}:
                start += 1
            number = "".join(tokens.texts[start : start + 2]).partition("p")[0]
            if number.startswith("-") or (number[:1].isdigit() and float(number.rstrip("abcdefghijklmnopqrstuvwxyz") or 0) < NARROWEST):
                return True
    return False


def _inside(tokens: Tokens, braces: tuple[int, int]) -> bool:
    """Whether an @ or ! stands between the letters of two columns."""
    found = [one for one in _outermost(tokens, braces) if tokens.texts[one] in _BETWEEN or tokens.roles[one] is Role.LETTERS]
    letters = [at for at, one in enumerate(found) if tokens.roles[one] is Role.LETTERS]
    return any(tokens.texts[one] in _BETWEEN for one in found[letters[0] : letters[-1]]) if letters else False


def _specifications(seen: Visible, index: int) -> Iterator[tuple[int, int]]:
    r"""The braces with the columns of each table around a token, and of each \multicolumn."""
    for opening in seen.nesting.enclosing(index):
        if seen.tokens.roles[opening] is Role.BEGIN and (name := environment(seen.tokens.texts[opening])) in TABLES:
            braces, number = list(arguments(seen.tokens, opening)), 1 if name in _WIDE else 0
        elif seen.tokens.roles[opening] is Role.GROUP and seen.tokens.texts[command := owner(seen, opening)[0]] == r"\multicolumn":
            braces, number = list(arguments(seen.tokens, command)), 1
        else:
            continue
        if number < len(braces):
            yield braces[number]


def _own_columns(page: Page) -> Iterator[tuple[Tokens, str, tuple[int, int]]]:
    r"""The kinds of columns that \newcolumntype declares: the text, the letter, and the braces with what stands for it."""
    for seen in (page.text, *page.files.values()):
        for index in seen.tokens.of(Role.COMMAND):
            if seen.tokens.texts[index] == r"\newcolumntype" and len(braces := list(arguments(seen.tokens, index))) > 1:
                yield seen.tokens, text_of(seen.tokens, braces[0]), braces[1]


def _set(tokens: Tokens, braces: tuple[int, int]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Each sign after which something is set beside an entry, and the braces with it."""
    for index in _outermost(tokens, braces):
        if tokens.texts[index] in _SETS and (found := argument(tokens, index + 1)):
            yield index, found


def _outermost(tokens: Tokens, braces: tuple[int, int]) -> Iterator[int]:
    """The tokens between braces that stand in no braces of their own."""
    depth = 0
    for index in range(braces[0] + 1, braces[1]):
        depth += tokens.roles[index] is Role.GROUP
        if depth == 0:
            yield index
        depth -= tokens.roles[index] is Role.GROUP_END
