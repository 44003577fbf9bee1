r"""Integers typed by hand that this run knows: printed by a constant, or what a figure or table was computed with.

Only those of three digits and more, as small ones stand everywhere, but in a caption also those of two that count what a word names.
Not the year of something, a page or a volume, what belongs to a bibliography, or a number inside of a formula that says of no symbol
what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hwgen.page.arguments import arguments, before
from hwgen.page.text import Visible
from hwgen.reading.lexer import Tokens
from hwgen.reading.roles import Role

# What every message on such a number says of it.
TYPED = "is typed by hand"
_COUNT, _SMALL = re.compile(r"[1-9]\d{2,}"), re.compile(r"[1-9]\d")
_CAPTIONS = frozenset([r"\caption", r"\captionof"])
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_A_YEAR = frozenset(["in", "In", "since", "Since", "until", "year", "years"])
_CALLED = frozenset(
    ["page", "pages", "p", "pp", "vol", "volume", "no", "No", "number", "equation", "eq", "Eq", "eqs", "line", "lines", "week", "ISBN"]
)
_SAYS = frozenset(["=", r"\approx", r"\le", r"\ge", r"\in", "$", r"\("])
_SCRIPTS = frozenset(["^", "_"])
_TOUCHING, _TOUCHED = frozenset([".", "/", "-", ":", "@", "#", *_SCRIPTS]), frozenset(["/", "-", ":", "!", *_SCRIPTS])
_BIBLIOGRAPHY = r"\begin{thebibliography}"


def _count(seen: Visible, index: int) -> str:
    """The integer that a token is, if it counts something; empty otherwise."""
    tokens, text = seen.tokens, seen.tokens.texts[index]
    if not _COUNT.fullmatch(text) or _within(tokens, index) or _called(tokens, index) or _year(tokens, index):
        return ""
    if any(tokens.texts[one] == _BIBLIOGRAPHY for one in seen.nesting.enclosing(index)):
        return ""
    inside = seen.nesting.formula(index) is not None
    return "" if inside and _left(tokens, index) not in _SAYS else text


def _small(seen: Visible, index: int) -> str:
    """The integer of two digits that a token of a caption is, if a word after it says what it counts; empty otherwise."""
    tokens, text = seen.tokens, seen.tokens.texts[index]
    if not _SMALL.fullmatch(text) or _within(tokens, index) or _called(tokens, index):
        return ""
    alone = seen.nesting.formula(index) is None or _left(tokens, index) in {"$", r"\("}
    return text if alone and _following(tokens, index).isalpha() else ""


def captions(seen: Visible) -> set[int]:
    """The tokens of all captions."""
    texts, found = seen.tokens.texts, set[int]()
    for index in (one for one, text in enumerate(texts) if text in _CAPTIONS):
        for low, high in list(arguments(seen.tokens, index))[-1:]:
            found |= set(range(low, high))
    return found


def advised(seen: Visible, index: int, in_caption: bool, constants: Mapping[str, str], uses: Mapping[str, Mapping[str, str]]) -> str:
    """What to say of an integer; empty if this run does not know it. A small one may be any number that a figure was computed with."""
    number = _count(seen, index)
    if not number and in_caption and (number := _small(seen, index)):
        uses = {}
    if not number:
        return ""
    name = next((name for name, value in constants.items() if value == number), "")
    if name:
        expected = f"write \\VAR{{constants.{name}}}, or \\given{{{number}}} if it is another"
        return f"{number} {TYPED} and equals the constant {name}; {expected}"
    for shown, used in uses.items():
        if number in used:
            expected = f"expected \\VAR{{constants.…}} from there, declared by exercise.settings, or \\given{{{number}}} if it is another"
            return f"{number} {TYPED}, and {shown} was computed with it ({used[number]}); {expected}"
    return ""


def _left(tokens: Tokens, index: int) -> str:
    at = before(tokens, index - 1)
    return tokens.texts[at] if at >= 0 else ""


def _within(tokens: Tokens, index: int) -> bool:
    """Whether it is a part of something else: of a word, a path, a decimal, a date, a range, or a script."""
    further, left = ("", "", *tokens.texts[max(0, index - 2) : index])[-2:]
    right, following = (*tokens.texts[index + 1 : index + 3], "", "")[:2]
    touching = left in _TOUCHING or left.isalnum() or right in _TOUCHED or right.isalnum()
    return touching or (right == "." and following[:1].isdigit()) or (left == "{" and further in _SCRIPTS)


def _called(tokens: Tokens, index: int) -> bool:
    """Whether it is what something is called by: a page, a volume, an equation."""
    at = index - 1
    while at >= 0 and (tokens.roles[at] is Role.BLANK or tokens.texts[at] in {"~", ".", "("}):
        at -= 1
    return at >= 0 and tokens.texts[at] in _CALLED


def _year(tokens: Tokens, index: int) -> bool:
    """Whether it may be a year, with nothing after it that it would count."""
    if not _YEAR.fullmatch(tokens.texts[index]):
        return False
    return _left(tokens, index) in _OF_A_YEAR or not _following(tokens, index).isalpha()


def _following(tokens: Tokens, index: int) -> str:
    """What is printed after a number, across the end of a formula."""
    return next((one for one in tokens.texts[index + 1 : index + 4] if one.strip() and one not in {"$", "~"}), "")
