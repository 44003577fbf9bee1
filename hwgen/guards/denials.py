r"""Words beside a formula under test that say another thing than what is judged: that it fails, or of a hypothesis, that it need not hold.

Only what stands right before or after it in its sentence is looked at; what other sentences say of it is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hwgen.model.errors import ContentError
from hwgen.page.arguments import arguments, bracket_before, owner
from hwgen.page.formulas import Marked
from hwgen.page.neighbours import IN_ROWS, after_it
from hwgen.page.nesting import Span
from hwgen.page.page import Page
from hwgen.page.text import Visible
from hwgen.reading.commands import PARTS
from hwgen.reading.lexer import environment
from hwgen.reading.roles import Role

_SPACES = frozenset({Role.BLANK, Role.NOTHING, Role.THIN, Role.WIDE, Role.ALIGN})
_OWN_WORDS = frozenset({Role.INLINE, Role.WORDS, Role.INTERTEXT, Role.FONT})
# Headings in the line of what follows.
RUN_IN = frozenset({r"\paragraph", r"\subparagraph"})
_TEXT = frozenset({Role.LETTERS, Role.SUFFIX, Role.SEPARATOR, Role.NUMBER})
_QUIET = frozenset({Role.GROUP, Role.SWITCH, Role.STYLE, *_OWN_WORDS})
_SAID = _SPACES | {Role.LETTERS, Role.SUFFIX, Role.GROUP, Role.GROUP_END, Role.INLINE, Role.SWITCH}
_BEFORE_SAID = frozenset({Role.BLANK, Role.NOTHING, Role.THIN, Role.WIDE, Role.SEPARATOR, Role.OPEN})
_LOGIC = {r"\nexists": " no ", r"\neg": " not ", r"\lnot": " not ", r"\exists": " some "}
_LONGEST = 24
_FURTHEST = 48
# How far around an erratum its words are looked for, in tokens.
_NEAR = 300

_NOT = r"(?:\b(?:not|never|nowhere|hardly|seldom|rarely|cannot|no longer)|n't)"
_FALSE = r"(?:false|wrong|untrue|incorrect|impossible|absurd|refuted|disproved)"
_TRUE = r"(?:true|so|the case|right|correct|valid|satisfied)"
_HOLDS = r"(?:hold|have|get|obtain|imply|mean|follow|say|satisfy|conclude|claim|assert|prove|know|believe)s?"
_NOT_TRUE = rf"{_NOT} (?:(?:be|been|really|quite|always|generally) )*(?:{_TRUE}|{_HOLDS})(?: in general| here| at all)?,?(?: that|:)?"
_FALSE_THAT = rf"\b{_FALSE}(?:,? that| to \w+ that|:| is)|\bfails?,? that|\b(?:den(?:y|ies|ied)|doubts?) that"
_NONE = r"\b(?:there (?:is|are)|exists?|for|find) no (?:\S+ ){0,3}(?:with|such that|for which|satisfying|have|has|get|is)|\bno [^,.;:]*:"
_OPEN = r"either|or|some|without|outside(?: of)?|except(?: for| when| if| at| where)?|apart from|excluding|at least one"
# What ends right before it.
_DENIES = re.compile(rf"(?:{_NOT}|\b(?:no|nor|neither|unless)|{_NOT_TRUE}|{_FALSE_THAT}|{_NONE})$")
_NOT_FOR = rf"(?:{_NOT_TRUE}|{_NOT}|\b(?:neither|{_FALSE}|fails?)) (?:for|if|when|where|with)(?: all| every)?"
_LEAVES_OPEN = re.compile(rf"(?:\b(?:{_OPEN}|some [^,.;:]*:)|{_NOT_FOR})$")
_AFFIRMS = re.compile(rf"(?:\b{_TRUE},? that|\b(?:is|are) {_TRUE}:|{_NOT} {_FALSE},?(?: that|:)?)$")
# What begins right after it.
_IT = r"(?:(?:which|that|this|it) )?"
_FALLS = (
    rf"(?:(?:is|are|was|were) (?:{_FALSE}|(?:not|never) {_TRUE})|(?:isn|aren|wasn)'t true|(?:does|do|did) not hold"
    r"|(?:does|do|did)n't hold|cannot (?:hold|be true)|fails?|never holds?|or not|for no)\b"
)
_DENIED, _NOT_ASSUMED = re.compile(_IT + _FALLS), re.compile(_FALLS)
_LEFT_OPEN = re.compile(r"(?:or\b(?! (?:more|less|larger|smaller|later))|(?:is|are|was|were) (?:violated|excluded|not (?:assumed|met)))")
_AFFIRMED = re.compile(rf"{_IT}(?:(?:is|are) (?:indeed |always )?(?:{_TRUE}|(?:not|never) {_FALSE})|holds?)\b")
_WRONG = """wrong wrongly false falsely fail fails failed failing lacks lacking misprint misprints misprinted mistake mistakes mistaken
    error errors erratum errata incorrect incorrectly untrue refuted refutes contradicts contradiction counterexample typo"""
_WORDS_OF_ERRATA = frozenset(_WRONG.split())


def denied(page: Page) -> Iterator[ContentError]:
    """Each formula under test of which the words beside it say the contrary of what is judged."""
    for one in page.marked:
        span = page.text.nesting.formula(one.first)
        said = _wrong(page.text, one, span) if span else ""
        if said:
            yield ContentError(f"\\{one.formula.macro}{{{one.formula.name}}}: {said}", page.text.place(one.start))


def _wrong(seen: Visible, one: Marked, span: Span) -> str:
    """What is wrong with the words beside a formula."""
    before, after = words_before(seen, one.first, span), _words_after(seen, span, one.last + 1)
    denied_after = _NOT_ASSUMED if one.formula.macro == "for" else _DENIED
    sides = (("before", denies(before)), ("after", bool(denied_after.match(after))))
    where = next((side for side, found in sides if found), "")
    if one.formula.macro == "checked":
        where = where or ("in its tag" if _tagged(seen, span) else "")
        said = where if where.startswith("in") else f"{where} it"
        return f"the words {said} deny it; expected \\refuted, with a claim that says so, or other words" if where else ""
    if one.formula.macro == "for":
        where = where or ("before" if _LEAVES_OPEN.search(before) else "after" if _LEFT_OPEN.match(after) else "")
        said = "make another hypothesis of it than the one that is tried, which holds as it stands"
        return f"the words {where} it {said}; expected words that assume it, as: for $…$" if where else ""
    if one.formula.macro == "refuted" and (_AFFIRMS.search(before) or _AFFIRMED.match(after)):
        return "the words beside it say that it holds, and its claim that it is wrong; expected words that say so"
    if one.formula.macro == "refuted" and not _told(seen, span):
        return "no word near it says that it is wrong; expected one that does: wrong, false, fails, a misprint, a mistake"
    return ""


def denies(before: str) -> bool:
    """Whether words say that what comes next does not hold."""
    return bool(_DENIES.search(before))


def denied_by(seen: Visible) -> bool:
    """Whether a text begins with words that say that what came before it does not hold."""
    return bool(_DENIED.match(_said(seen, 0, len(seen.tokens))))


def says_wrong(title: str) -> bool:
    """Whether a title says that what it is of is wrong."""
    return bool({"false", "wrong", "untrue", "incorrect", "refuted"} & set(title.lower().split()))


def words_before(seen: Visible, index: int, span: Span | None) -> str:
    """The words of the sentence before a token, in small letters; a formula between them is @."""
    pieces: list[str] = []
    last, index = index - _FURTHEST, index - 1
    while index >= max(0, last):
        said, further = _left(seen, index, span)
        if said is None:
            break
        pieces.append(said)
        index = further
    return " ".join("".join(reversed(pieces)).split()).lower()


def _left(seen: Visible, index: int, span: Span | None) -> tuple[str | None, int]:
    """What a token says before a formula, and the token to go on with; None where the sentence begins."""
    tokens, role, text = seen.tokens, seen.tokens.roles[index], seen.tokens.texts[index]
    other = seen.nesting.edge(index)
    if (span and index == span.opening) or (role in {Role.BEGIN, Role.END} and environment(text) in PARTS) or role in _SPACES:
        return " ", index - 1
    if other is not None and index == other.closing:
        return " @ ", other.opening - 1
    if role is Role.GROUP_END and index in seen.nesting.partners:
        command = owner(seen, seen.nesting.partners[index])[0]
        own = command < 0 or tokens.roles[command] in _OWN_WORDS or tokens.texts[command] in RUN_IN
        return ("", index - 1) if own else (" @ ", command - 1)
    if role is Role.GROUP and (command := owner(seen, index)[0]) >= 0 and tokens.roles[command] not in _OWN_WORDS:
        return None, index
    if role in _TEXT or text == "-":
        return text, index - 1
    labelled = text == "]" and (opening := bracket_before(seen, index)) >= 0 and tokens.texts[owner(seen, opening)[0]] == r"\item"
    return (_LOGIC.get(text, ""), index - 1) if role in _QUIET or text in _LOGIC or labelled else (None, index)


def _words_after(seen: Visible, span: Span, index: int) -> str:
    """The words after a formula that ends before this token, in small letters, with one space between."""
    inside = after_it(seen, index, span.closing, IN_ROWS | {Role.SEPARATOR, Role.STOP})
    if inside.token is None:
        length = span.stop - span.high
        after = seen.tokens.at(span.high + length) if span.stop < len(seen.text) else len(seen.tokens)
        return _said(seen, after, len(seen.tokens))
    if inside.token.role in _OWN_WORDS and (braces := next(arguments(seen.tokens, inside.token.index), None)):
        return _said(seen, braces[0] + 1, braces[1])
    return ""


def _said(seen: Visible, index: int, high: int) -> str:
    return " ".join("".join(_letters(seen, index, high)).split()).lower()


def _letters(seen: Visible, index: int, high: int) -> Iterator[str]:
    first = after_it(seen, index, high, _BEFORE_SAID, into=True)
    for token in map(seen.tokens.__getitem__, range(first.token.index, min(high, first.token.index + _LONGEST)) if first.token else ()):
        if token.role not in _SAID:
            return
        yield token.text if token.role in {Role.LETTERS, Role.SUFFIX} else " " if token.role in _SPACES else ""


def _tagged(seen: Visible, span: Span) -> bool:
    """Whether a tag of the display says that it is wrong."""
    for index in range(span.first, span.closing):
        if seen.tokens.texts[index] == r"\tag" and (braces := next(arguments(seen.tokens, index), None)):
            said = _said(seen, braces[0] + 1, braces[1]).split()
            if {"not", "never", *_WORDS_OF_ERRATA} & set(said):
                return True
    return False


def _told(seen: Visible, span: Span) -> bool:
    """Whether a word near an erratum says that it is one; the names of claims are none."""
    low, high = max(0, span.opening - _NEAR), min(len(seen.tokens), span.closing + _NEAR)
    for index in range(low, high):
        if seen.tokens.roles[index] is Role.LETTERS and seen.tokens.texts[index].lower() in _WORDS_OF_ERRATA:
            around = seen.nesting.around(index)
            command, number = owner(seen, around) if around >= 0 and seen.tokens.roles[around] is Role.GROUP else (-1, 0)
            if command < 0 or number > 0 or seen.tokens.roles[command] not in {Role.TESTED, Role.STATED, Role.LABEL, Role.NAMES}:
                return True
    return False
