r"""Numbers on the page: a value of this run stands alone, and a decimal typed by hand is a result that a constant prints.

Nothing beside \VAR{constants.…}, no digit, decimal point or sign, may become part of it. A number of the setting is declared
once, as \given{0.05}, and is silent everywhere. Formulas under test, lengths, options, labels, numbers of sections and what stands
in a comment are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hwgen.guards import lookalikes
from hwgen.guards.counts import TYPED, advised, captions
from hwgen.model.errors import ContentError
from hwgen.page.arguments import arguments, option, owner
from hwgen.page.edges import meant
from hwgen.page.neighbours import after_it, before_it
from hwgen.page.page import Page, Printed
from hwgen.page.text import Visible
from hwgen.page.values import is_constant
from hwgen.reading.commands import TAKES
from hwgen.reading.lexer import Token, Tokens
from hwgen.reading.roles import Role

# In a formula spaces print nothing, and thin ones do not separate; in the text around it a space does.
_NO_SPACES = frozenset({Role.BLANK, Role.NOTHING, Role.THIN, Role.ALIGN})
_NARROW = {True: frozenset([r"\;", "\\ "]), False: frozenset([r"\,", r"\!", r"\/", r"\thinspace", r"\negthinspace"])}
_BORDERS = frozenset(["$", r"\(", r"\)"])
_UNITS = frozenset(["pt", "em", "ex", "cm", "mm", "in", "bp", "sp"])
_MEASURES = frozenset([r"\textwidth", r"\textheight", r"\linewidth", r"\columnwidth", r"\paperwidth", r"\paperheight", r"\baselineskip"])
_TIMES_TEN = frozenset([r"\times", r"\cdot"])
_PRINTED = re.compile(r"-?\d+(?:\.\d+)?")


def glued(page: Page) -> Iterator[ContentError]:
    """Every constant with something beside it that changes it."""
    seen = page.text
    for index in seen.tokens.of(Role.VALUE):
        if not is_constant(seen.tokens.texts[index]):
            continue
        inside = seen.nesting.formula(index) is not None
        found = _before(page, index) or _after(page, index, inside)
        if found:
            said = f"'{found}' beside it becomes part of the number; expected the value alone, computed as it is to be printed"
            name = seen.tokens.texts[index].removeprefix("@@@{").removesuffix("}@")
            yield ContentError(f"\\VAR{{{name}}}: {said}", seen.place_of(seen.tokens[index]))


def _beside(seen: Visible, index: int, left: bool) -> Token | None:
    """What is printed next to a value; thin spaces do not separate, nor does the border of a formula in the text."""
    span = seen.nesting.formula(index)
    while True:
        inside = span is not None
        low, high = (span.first, span.closing) if span else (0, len(seen.tokens))
        passing = _NO_SPACES if inside else ()
        near = before_it(seen, index, low, passing, into=True) if left else after_it(seen, index + 1, high, passing, into=True)
        if near.token is None and span and not span.display:
            index, span = span.opening if left else span.closing, None
        elif near.token and near.token.text in _NARROW[inside]:
            index = near.token.index
        elif near.token and near.token.text in _BORDERS and not inside:
            index, span = near.token.index, seen.nesting.formula(near.token.index - 1 if left else near.token.index + 1)
        else:
            return near.token


def _before(page: Page, index: int) -> str:
    """What stands before a value and becomes part of it; empty if nothing does."""
    seen = page.text
    token = meant(page, _beside(seen, index, left=True), last=True)
    if token is None:
        return ""
    further = seen.tokens[token.index - 1] if token.index else None
    dash = token.text == "-" and further is not None and further.text == "-"
    thousands = token.text == "," and further is not None and further.role is Role.NUMBER
    taken = token.role is Role.SCRIPT or (token.text in TAKES and token.role is not Role.WORDS)
    if token.role is Role.NUMBER or is_constant(token.text) or (token.text in set("+-.*") and not dash) or thousands or taken:
        return "".join(seen.tokens.texts[token.index - thousands : index]).strip()
    return ""


def _after(page: Page, index: int, inside: bool) -> str:
    """The same for what stands after it."""
    seen = page.text
    token = meant(page, _beside(seen, index, left=False), last=False)
    if token is None:
        return ""
    length = _length(seen, token, inside)
    return "".join(seen.tokens.texts[index + 1 : token.index + length]).strip() if length else ""


def _length(seen: Visible, token: Token, inside: bool) -> int:
    """How many tokens from this one on become part of a number before it."""
    following = after_it(seen, token.index + 1, len(seen.tokens), into=token.text in _TIMES_TEN).token
    text = "" if following is None else following.text
    number = following is not None and following.role is Role.NUMBER
    if token.text in {".", ","} or token.text in _TIMES_TEN:
        return (following.index - token.index + 1) if following and number and (text == "10" or token.text in {".", ","}) else 0
    if token.text == "(" and number and following:
        return 3 if seen.tokens.texts[following.index + 1 : following.index + 2] == [")"] else 0
    if token.text in {"e", "E"}:
        return 2 if number or text in {"+", "-"} else 0
    changes = token.role in {Role.NUMBER, Role.SCRIPT, Role.RAISED} or is_constant(token.text) or token.text == "+"
    return int(changes or (inside and (token.text in {"-", "*"} or token.role is Role.SUFFIX)))


def typed(printed: Printed) -> Iterator[str]:
    """A warning for each decimal of the page that is neither printed by this run nor given, and each count that this run knows."""
    seen, values = printed.page.text, printed.values
    known = {name.partition(".")[2]: match for name, text in values.items() if name.startswith("constants.") for match in _first(text)}
    silent = _silent(seen)
    for low, high in printed.page.arguments:
        silent |= set(range(seen.tokens.at(low), seen.tokens.at(high)))
    given, inside = {seen.tokens.texts[one] for one in _given(seen.tokens)}, captions(seen)
    for index in seen.tokens.of(Role.NUMBER):
        number, start = _decimal(seen.tokens, index)
        if number and index not in silent and not {number, seen.tokens.texts[index]} & given:
            result = any(_same(number, value) for value in known.values())
            if not lookalikes.never(seen, index) and (result or not lookalikes.hardly(seen, index)):
                yield f"{seen.place(start)}: {_advice(number, known)}"
        elif not number and index not in silent and seen.tokens.texts[index] not in given:
            advice = advised(seen, index, index in inside, known, printed.page.names.uses)
            if advice and not lookalikes.never(seen, index) and not lookalikes.hardly(seen, index):
                yield f"{seen.place(start)}: {advice}"


def _decimal(tokens: Tokens, index: int) -> tuple[str, int]:
    """The decimal that stands here, with its sign, and where it begins; empty if it is a length or in a word."""
    text, start = tokens.texts[index], tokens.starts[index]
    if "." not in text or _in_word(tokens, index) or _is_length(tokens, index + 1):
        return "", start
    # The second dash of a range is no sign.
    signed = tokens.texts[max(0, index - 1) : index] == ["-"] and tokens.texts[max(0, index - 2) : index] != ["-", "-"]
    return (f"-{text}", start - 1) if signed else (text, start)


def _in_word(tokens: Tokens, index: int) -> bool:
    """Whether letters, digits or points that touch a number make it a part of something else."""
    left, (right, further) = tokens.texts[max(0, index - 1) : index], (*tokens.texts[index + 1 : index + 3], "", "")[:2]
    points = right == "." and further[:1].isdigit()
    return points or any(one in {"_", "."} or one.isalnum() for one in left) or right == "_" or right.isalnum()


def _is_length(tokens: Tokens, index: int) -> bool:
    if tokens.roles[index : index + 1] == [Role.BLANK]:
        index += 1
    return any(one in _UNITS or one in _MEASURES for one in tokens.texts[index : index + 1])


def _given(tokens: Tokens) -> Iterator[int]:
    """The tokens that \\given declares."""
    for command in tokens.of(Role.GIVEN):
        for low, high in list(arguments(tokens, command))[:1]:
            yield from range(low, high)


def _silent(seen: Visible) -> set[int]:
    """The tokens that are options, names, measures or declared."""
    tokens = seen.tokens
    found = set(_given(tokens))
    for command in tokens.of(Role.LABEL, Role.NAMES, Role.FILE):
        for low, high in list(arguments(tokens, command))[:1]:
            found |= set(range(low, high))
    for index in tokens.of(Role.OPEN):
        if tokens.texts[index] == "[" and seen.nesting.formula(index) is None and owner(seen, index)[0] >= 0:
            found |= set(range(index, option(tokens, index)))
    return found


def _advice(number: str, known: Mapping[str, str]) -> str:
    for name, value in known.items():
        if _same(number, value):
            advice = f"write \\VAR{{constants.{name}}}, or \\given{{{number}}} if it belongs to the setting"
            return f"{number} {TYPED} and equals the constant {name}; {advice}"
    expected = f"expected \\VAR{{constants.…}} for a result of this run, or \\given{{{number}}} for a number of the setting"
    return f"{number} {TYPED}; {expected}"


def _first(printed: str) -> list[str]:
    """The number that a constant prints, without its error; none if it prints powers of ten."""
    match = _PRINTED.match(printed)
    return [match[0]] if match and r"\times" not in printed else []


def _significant(number: str) -> int:
    return len(number.replace("-", "").replace(".", "").lstrip("0"))


def _same(number: str, value: str) -> bool:
    """Whether the typed number is the value, at the coarser of the two precisions, with two digits at least."""
    places = [len(one.partition(".")[2]) for one in (number, value)]
    if min(_significant(number), _significant(value)) < 2:
        return False
    coarse = min(places)
    return coarse > 0 and round(float(number), coarse) == round(float(value), coarse) != 0
