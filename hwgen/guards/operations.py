r"""Words right beside a formula under test that say another one than is judged: "twice $…$", "$…$ plus one", "$…$ only if".

Only what stands right before or after it in its sentence is looked at; what is understood is a list of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hwgen.guards.said import asides, begins_anew, words_after, words_before, words_before_list
from hwgen.model.errors import ContentError
from hwgen.page.neighbours import IN_ROWS, WIDE_SPACES, after_it, before_it
from hwgen.page.page import Page
from hwgen.reading.roles import Role

_NAMES = "log|ln|exp|sin|cos|tan|sinh|cosh|tanh|arctan|lim|sup|inf|max|min|tr|det|rank|diag|sgn|erf|mod"
_COUNT = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million"
_PART = "half|third|quarter|fifth|tenth|hundredth|thousandth"
_POWERS = "square|cube|power|square root|cube root|root|double|triple|multiple"
_FUNCTIONS = "logarithm|log|exponential|sine|cosine|tangent|modulus|absolute value|norm|positive part|negative part|floor|ceiling|factorial"
_OPPOSITES = "negative|opposite|inverse|reciprocal|complement|negation|converse|contrary"
_ARRAYS = "transpose|determinant|trace|rank"
_ANALYSIS = "derivative|gradient|integral|expectation|expected value|mean|average|variance"
_SEVERAL = "sum|product|difference|quotient|ratio|maximum|minimum|largest|smallest|larger|smaller"
_RESULT = f"{_PART}s?|{_POWERS}|{_FUNCTIONS}|{_OPPOSITES}|{_ARRAYS}|{_ANALYSIS}|{_SEVERAL}"
# The noun "half", as in "the left half", is no factor.
_NO_FACTOR = "".join(
    rf"(?<!\b{one} )" for one in ("first", "second", "left", "right", "upper", "lower", "other", "this", "that", "each", "either")
)
_ROUGHLY = "approximately|roughly|nearly|almost|up to (?:an? |some )?(?:[a-z]+ )?(?:constants?|factors?|errors?|terms?|signs?)"
_TURNED = (
    r"(?:exchanging|swapping|interchanging|reversing|turning)(?: both| the)?(?: two)? (?:sides|signs?|inequality|order)(?: of| in| around)?"
)
_FACTOR = rf"twice|thrice|doubled?|tripled?|minus|plus|{_NO_FACTOR}half|(?:{_COUNT}|\d) over"
_BEFORE = re.compile(rf"\b(?:{_FACTOR}|{_NAMES}|{_ROUGHLY}|{_TURNED})$|# over$|^(?:{_FACTOR}|{_ROUGHLY}):$")
# What is part of a display in words; in a sentence it may say how often.
_WITHIN = re.compile(rf"(?:and )?(?:{_FACTOR}|(?:{_COUNT}) times)")
# What ends right before a list of it; what is used twice is another matter.
_LISTED = re.compile(rf"(?:^|[,;:] |\b(?:get|have|has|is|are|be|equals?|gives?) )(?:{_FACTOR}|{_ROUGHLY}|{_TURNED}):?$")
# A display after such words says what they are of, and what that is equal to.
_OF = re.compile(rf"\b(?:{_RESULT}) of(?: the| all| all of| both)?$")
_TIMES = re.compile(rf"(?:(?:[@#\d]|\b(?:{_COUNT}|{_PART}|[a-z])) times|multiplied by|divided by|contrary to)$")
_SOME = rf"(?:a|an|some|its|the|another)(?: \w+)? (?:{_RESULT}|{_COUNT}|constant|number|factor|term|error)\b"
_OPERAND = rf"(?:[-@#\d]|(?:{_COUNT}|{_PART}|twice|half)\b|{_SOME})"
_UNITS = (
    rf"hundred|thousand|million|billion|dozen|halves|thirds|quarters|degrees|radians|per ?cent|[mck]m|k?g|[b-z](?!\.\w)|d[r-z]|{_NAMES}"
)
# What is called by a letter: "case b".
_CALLED = """case cases part parts step item point theorem lemma claim assumption condition exercise question section figure table
    group class model algorithm type option setting line row column and or"""
_LABEL = re.compile(r"[a-z]|[ivx]+")
_LETTER = re.compile(r"(?:(\w+) )?(?<![\w'’-])[b-hj-z]$")
_CHANGED = r"(?:replaced|exchanged|swapped|reversed|interchanged|negated)"
_SIGN = r"with (?:the|its|an?) (?:opposite|other|reversed?|wrong|negative) sign|the other way a?round|" + _CHANGED
_PUT = (
    r"with (?:\S+ ){1,6}(?:in (?:the )?(?:place|stead) of|instead of|substituted)"
    r"|(?:after|on|upon) (?:replac|exchang|swapp|substitut|revers)ing"
    rf"|(?:if|when|where|once) (?:\S+ ){{1,4}}(?:is|are) {_CHANGED}"
)
_DONE = r"squared|cubed|halved|doubled|factorial|minus|(?:divided|multiplied) by|(?:raised )?to the (?:\S+ )?power"
_BASE = rf"in base (?:[@#\d]|{_COUNT})"
_BY = rf"{_BASE}|(?:plus|times|mod|modulo|less) {_OPERAND}|over (?:[#\d]|{_COUNT})"
_AFTER = re.compile(rf"(?:(?:{_UNITS})(?!\w)|(?:{_SIGN}|with (?:\S+ ){{1,6}}{_CHANGED}|{_PUT}|{_DONE}|{_ROUGHLY})\b|{_BY})")
_WHERE = "if|when|for|where|in|at|on|under|with"
_ONLY = rf"(?:if,? and only if|iff|only (?:{_WHERE})|(?:exactly|precisely|just) (?:if|when|for|where))\b"
_ANY = r"(?:all|every|each|both|any|real|integers?|numbers?|inputs?)"
_EXCEPT = rf"(?:unless|except(?: for| {_WHERE}| that))\b"
_CONDITION = re.compile(rf"{_EXCEPT}|(?:(?:holds?|is true|is valid) )?(?:{_ONLY}(?!(?: {_ANY})* \\for)|only$)")
_EQUIVALENT = re.compile(r"(?<!\\for )(?:\bif,? and only if|\biff|\b(?:exactly|precisely) (?:if|when|where))$")


def altered(page: Page) -> Iterator[ContentError]:
    """Each formula under test that the words beside it make another one, or say to hold under a condition alone that nothing tests."""
    for one in page.marked:
        span = page.text.nesting.formula(one.first)
        if span is None or one.formula.macro == "verified":
            continue
        before, after = words_before(page.text, one.first, span), words_after(page.text, span, one.last + 1)
        after = "" if begins_anew(page.text, span) and after_it(page.text, one.last + 1, span.closing, IN_ROWS).token is None else after
        said = next(filter(None, map(_aside, asides(page.text, span, one.first, one.last + 1))), "")
        cell = before_it(page.text, span.opening, passing=WIDE_SPACES, into=True).among({Role.ALIGN})
        listed = _LISTED.search(words_before_list(page.text, one.first))
        said = _made(listed[0]) if listed else said
        inside = after_it(page.text, one.last + 1, span.closing, IN_ROWS).among({Role.WORDS})
        said = _made(after) if inside and _WITHIN.fullmatch(after) else said
        if wrong := _wrong(before, after, one.formula.macro, span.display, cell) or said:
            yield ContentError(f"\\{one.formula.macro}{{{one.formula.name}}}: {wrong}", page.text.place(one.start))


def alters(before: str, after: str) -> bool:
    """Whether words right before something, or right after it, make another thing of it."""
    return any(one.search(before) for one in (_BEFORE, _OF, _TIMES)) or bool(_AFTER.match(after))


def _made(words: str) -> str:
    shown = re.sub("[@#]", "$…$", words.strip())
    return f"'{shown}' beside it makes another formula of it than the one that is judged; expected all of it inside the braces"


def _lettered(before: str) -> re.Match[str] | None:
    """A letter in the words right before a formula, which is read as a factor of it unless something is called by it."""
    found = _LETTER.search(before)
    return found if found and found[1] not in _CALLED.split() else None


def _aside(words: str) -> str:
    """What is wrong with the words of a footnote or in parentheses right beside a formula."""
    found = None if _LABEL.fullmatch(words) else _BEFORE.search(words) or _AFTER.match(words)
    return _made(found[0]) if found else ""


def _wrong(before: str, after: str, macro: str, display: bool, cell: bool) -> str:
    """What is wrong with the words on both sides of a formula."""
    found = _BEFORE.search(before) or (not cell and _lettered(before)) or _AFTER.match(after) or (not display and _OF.search(before))
    # Of a hypothesis "three times" are times.
    if found := found or (macro != "for" and _TIMES.search(before)):
        return _made(found[0])
    if macro != "for" and (found := _CONDITION.match(after) or _EQUIVALENT.search(before)):
        said = f"'{found[0].strip()}' beside it says that it fails elsewhere, and it is judged wherever its hypotheses hold"
        return rf"{said}; expected the condition as \for{{…}}{{…}}, or 'if'"
    return ""
