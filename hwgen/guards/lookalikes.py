r"""What has a decimal point and is no result: numbers of statements, versions, identifiers, colours, drawings, the ends of ranges.

Each is known by the tokens beside a number, or by what encloses it. Nothing here says what is to be done about a number.
"""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.page.arguments import SPACES, after, before, owner
from hwgen.page.text import Visible
from hwgen.reading.lexer import Tokens, environment
from hwgen.reading.roles import Role

# What is counted or called by a number, here or elsewhere, and may have more of them than one.
_COUNTED = """Part Ch Chap Chapter Sec sec Sect sect Section section Thm thm Theorem Prop Proposition Lem Lemma Cor Corollary Def Definition
Defn Rem Remark Fig fig Figure figure Tab Table Eq eq Eqn eqn Equation equation Inequality Formula App Appendix Alg Algorithm Ex Example
Exercise Exc Assumption Condition Claim Problem Question Version version Release release Python NumPy SciPy SymPy Matplotlib pandas PyTorch
TensorFlow JAX CUDA Julia MATLAB Octave Java Ubuntu Debian Fedora macOS Windows Linux LaTeX pdfTeX MiKTeX hwgen"""
_NAMED = frozenset(f"{name}{plural}" for name in _COUNTED.split() for plural in ("", "s", "es")) | {"Corollaries", "Inequalities"}
# The last word of a name of two, and the first.
_OF_TWO = {"Live": "TeX", "learn": "scikit"}
_SECTION_SIGNS = frozenset([r"\S", "§"])
_JOINED = frozenset(["and", "or", "to"])
_DRAWINGS = frozenset(["tikzpicture", "picture", "axis"])
_ROOM = SPACES | {Role.THIN}
_BETWEEN_DASHES = SPACES | {Role.DOLLAR}
# A range has two dashes, or three.
_DASHES = range(2, 4)


def never(seen: Visible, index: int) -> bool:
    """Whether a number is no result, whatever its digits are."""
    tokens = seen.tokens
    return _named(tokens, index) or _identifies(tokens, index) or _colours(seen, index) or _draws(seen, index)


def hardly(seen: Visible, index: int) -> bool:
    """Whether a number is an end of a range of the setting, unless it is one of the results of this run."""
    return _in_interval(seen.tokens, index) or any(_dashed(seen.tokens, index, way) for way in (-1, 1))


def _named(tokens: Tokens, index: int) -> bool:
    """Whether something is called by this number, or by those before it in a list that it belongs to: Theorems 3.2, 3.4 and~4.1."""
    while True:
        index = _back(tokens, index - 1)
        index = _back(tokens, index - 1) if tokens.texts[index : index + 1] == ["("] and index >= 0 else index
        if index < 0 or _names(tokens, index):
            return index >= 0
        index = _listed_before(tokens, index)
        if index < 0:
            return False


def _names(tokens: Tokens, index: int) -> bool:
    """Whether a name of what has numbers ends at this token: Thm., Python, \\LaTeX{}, a section sign."""
    if tokens.texts[index] in _SECTION_SIGNS:
        return True
    index -= tokens.texts[index] == "."
    index -= 2 * (tokens.texts[max(0, index - 1) : index + 1] == ["{", "}"])
    word = tokens.texts[index].removeprefix("\\") if index >= 0 else ""
    if word not in _OF_TWO:
        return word in _NAMED
    first = _back(tokens, index - 1)
    first -= tokens.texts[first] == "-"
    first -= 2 * (tokens.texts[max(0, first - 1) : first + 1] == ["{", "}"])
    return first >= 0 and tokens.texts[first].removeprefix("\\") == _OF_TWO[word]


def _listed_before(tokens: Tokens, index: int) -> int:
    """The decimal that a list has before what joins the next one to it, of which this is the last token; -1 if there is none."""
    start = index
    index = _back(tokens, index - 1) if tokens.texts[index] in _JOINED else index
    dashes = _run(tokens, index, -1)
    index -= dashes if dashes in _DASHES else int(tokens.texts[max(index, 0)] == ",")
    if index in {start, -1}:
        return -1
    index = _back(tokens, index)
    index = _back(tokens, index - 1) if tokens.texts[max(index, 0)] == ")" else index
    if index < 0 or tokens.roles[index] is not Role.NUMBER:
        return -1
    first = index
    while first > 1 and tokens.texts[first - 1] == "." and tokens.roles[first - 2] is Role.NUMBER:
        first -= 2
    return first if "." in "".join(tokens.texts[first : index + 1]) else -1


def _identifies(tokens: Tokens, index: int) -> bool:
    """Whether it belongs to the identifier of a paper: arXiv:1806.07572, abs/1806.07572, 10.1145/3292500.3330701."""
    whole, _, part = tokens.texts[index].partition(".")
    left = _back(tokens, index - 1)
    mark = tokens.texts[left] if left >= 0 else ""
    word = _back(tokens, left - 1) if mark in {":", "/"} else left
    said = tokens.texts[word].lower() if word >= 0 else ""
    if len(whole) == 4 and len(part) in {4, 5} and (said == "arxiv" if mark != "/" else said == "abs"):
        return True
    return any(_registered(tokens, one) for one in _touching(tokens, index))


def _touching(tokens: Tokens, index: int) -> Iterator[int]:
    """A token and those before it, up to white space."""
    while index >= 0 and tokens.roles[index] not in {*_ROOM, Role.PARAGRAPH}:
        yield index
        index -= 1


def _registered(tokens: Tokens, index: int) -> bool:
    """Whether an identifier of a publisher begins here: 10, a point, the publisher's digits and a stroke."""
    whole, _, part = tokens.texts[index].partition(".")
    return whole == "10" and part.isdigit() and 4 <= len(part) <= 9 and tokens.texts[index + 1 : index + 2] == ["/"]


def _colours(seen: Visible, index: int) -> bool:
    r"""Whether it is a part of a colour, as in \definecolor{mine}{rgb}{0.1,0.25,0.35} and \textcolor[rgb]{0.1,0.25,0.35}{…}."""
    opening = seen.nesting.around(index)
    command, number = owner(seen, opening) if opening >= 0 and seen.tokens.roles[opening] is Role.GROUP else (-1, 0)
    name = seen.tokens.texts[command] if command >= 0 else ""
    return name.endswith("color") and number == (2 if name == r"\definecolor" else 0)


def _draws(seen: Visible, index: int) -> bool:
    begins = (one for one in seen.nesting.enclosing(index) if seen.tokens.roles[one] is Role.BEGIN)
    return any(environment(seen.tokens.texts[one]) in _DRAWINGS for one in begins)


def _in_interval(tokens: Tokens, index: int) -> bool:
    r"""Whether it is an end of an interval that something is said to lie in, as in \eta\in[0.01, 0.99]."""
    low = max(tokens.last(role, index) for role in (Role.MEMBERSHIP, Role.PARAGRAPH, Role.CLOSE))
    if low < 0 or tokens.texts[low] != r"\in":
        return False
    opening = after(tokens, low + 1)
    opening = after(tokens, opening + 1) if tokens.roles[opening] in {Role.LEFT, Role.SIZE} else opening
    first = after(tokens, opening + 1)
    first += tokens.texts[first : first + 1] == ["-"]
    if tokens.texts[opening] not in {"[", "("} or first > index or tokens.roles[first] is not Role.NUMBER:
        return False
    comma = after(tokens, first + 1)
    return tokens.texts[comma : comma + 1] == [","]


def _dashed(tokens: Tokens, index: int, way: int) -> bool:
    """Whether dashes stand between it and another number, on the one side of it or on the other: 0.15--0.35, $0.15$--$0.35$."""
    at = _over(tokens, index + way, way)
    dashes = _run(tokens, at, way)
    at = _over(tokens, at + dashes * way, way)
    return dashes in _DASHES and 0 <= at < len(tokens) and tokens.roles[at] is Role.NUMBER


def _over(tokens: Tokens, index: int, way: int) -> int:
    """The next token from this one on that is neither white space nor the border of a formula."""
    while 0 <= index < len(tokens) and tokens.roles[index] in _BETWEEN_DASHES:
        index += way
    return index


def _run(tokens: Tokens, index: int, way: int) -> int:
    """How many dashes stand in a row from a token on."""
    count = 0
    while 0 <= index + count * way < len(tokens) and tokens.texts[index + count * way] == "-":
        count += 1
    return count


def _back(tokens: Tokens, index: int) -> int:
    """The last token up to this one that is no space, narrow or wide; -1 if there is none."""
    index = before(tokens, index)
    while index >= 0 and (tokens.roles[index] in _ROOM or tokens.texts[index] == "\\ "):
        index -= 1
    return index
