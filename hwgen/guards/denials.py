r"""Words beside a formula under test that say another thing than what is judged: that it fails, or of a hypothesis, that it need not hold.

Only what stands right before or after it in its sentence is looked at; what other sentences say of it is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hwgen.guards.next_to import sentence_after, title_before
from hwgen.guards.said import asides, asked, said, words_after, words_before, words_before_list
from hwgen.model.errors import ContentError
from hwgen.page.arguments import after, arguments, option, owner
from hwgen.page.formulas import Marked
from hwgen.page.nesting import Span
from hwgen.page.page import Page
from hwgen.page.text import Visible
from hwgen.reading.commands import DISPLAYS, LISTS, PARTS, TABLES
from hwgen.reading.lexer import environment
from hwgen.reading.roles import Role

# How far around an erratum its words are looked for, in tokens.
_NEAR = 300

_NOT = r"(?:\b(?:not|never|nowhere|hardly|seldom|rarely|cannot|no longer)|n't)"
_FALSE = r"(?:false|wrong|untrue|incorrect|impossible|absurd|refuted|disproved)"
_TRUE = r"(?:true|so|the case|right|correct|valid|satisfied)"
_HOLDS = r"(?:hold|have|get|obtain|imply|mean|follow|say|satisfy|conclude|claim|assert|prove|know|believe|show)(?:s|d|ed|n)?"
_NOT_TRUE = rf"{_NOT} (?:(?:be|been|really|quite|always|generally) )*(?:{_TRUE}|{_HOLDS})(?: in general| here| at all)?,?(?: that|:)?"
_FALSE_THAT = rf"\b{_FALSE}(?:,? that| to \w+ that|:| is)|\bfails?,? that|\b(?:den(?:y|ies|ied)|doubts?) that"
_FOR_NO = r"\bno (?!coincidence|surprise|wonder|doubt)[^,.;:]*:"
_NONE = rf"\b(?:there (?:is|are)|exists?|for|find) no (?:\S+ ){{0,3}}(?:with|such that|for which|satisfying|have|has|get|is)|{_FOR_NO}"
_OPEN = (
    r"either|or|some|without|outside(?: of)?|except(?: for| when| if| at| where)?|apart from|excluding|at least one|all but|beyond"
    r"|(?:regardless|irrespective) of(?: whether)?|no matter (?:if|whether)|whether(?: or not)?|instead of|rather than|other than"
)
_ADVERBS = "both|all of|even|necessarily|always|generally|exactly|quite|really|ever|is|are|have|has"
_BY_MISTAKE = rf"\b(?:{_FALSE}|(?:wrong|false|mistaken|erroneous|incorrect)ly,?):?"
_TITLE = r"\b(?:mistakes?|misprints?|errors?|errat(?:um|a)|typos?|counterexamples?):|\b(?:instead of|rather than|in place of)"
_NOBODY = r"\b(?:nobody|no one|none of \w+) (?!else)\w+(?: \w+)?(?: that)?"
_AGAINST = (
    r"disprove[sd]?|refute[sd]?|contradict(?:s|ed)?|violate[sd]?|preclude[sd]?|exclude[sd]?|rule[sd]? out|reject(?:s|ed)?|lacks?|lacking"
)
_ABSURD = r"(?:for|towards?) (?:a |the sake of )?contradiction,?(?: that)?"
_TEMPTED = r"tempt(?:ing|ed) to \w+(?: that)?"
_THOUGHT = r"(?:might|may|could|would) (?:think|believe|expect|hope|guess)(?: that)?"
_WISHED = r"(?:misconception|myth|fallacy) that|(?:nice|great|pleasant) if|(?:open|unclear|unknown) (?:whether|if)"
_UNREAL = (
    rf"\b(?:{_WISHED}|{_THOUGHT}|{_TEMPTED}|{_ABSURD}|as if|far from|fail(?:s|ed)? to (?:satisfy|have|give|be)|(?:{_AGAINST})(?: that)?)"
)
_GIVES = rf"(?:{_HOLDS}|(?:yield|give|show|provide|ensure|guarantee|establish)s?|lead to)"
# Between it and what denies it may stand for which numbers it is said.
_NOT_GIVEN = rf"{_NOT} {_GIVES}(?:[ ,]+(?:for|if|when|where|with)(?:[ ,]+(?:every|all|each|any|and|or|[@#]|\\for))+)?[ ,]*"
_CONTRARY = r"\b(?:opposite|contrary|negation|converse)(?: of|(?: of [^,.;:]*)?:)"
_DENIAL = rf"{_NOT}(?: (?:{_ADVERBS}))?:?|\b(?:no|nor|neither|unless)"
# What ends right before it.
_DENIES = re.compile(
    rf"(?:{_DENIAL}|{_NOT_TRUE}|{_NOT_GIVEN}|{_CONTRARY}|{_FALSE_THAT}|{_NONE}|{_UNREAL}|{_BY_MISTAKE}|{_TITLE}|{_NOBODY})$"
)
# What ends right before a list of it.
_LISTED = re.compile(
    rf"(?:\b(?:none|neither|nothing|no one|not one) of\b|{_NOT_TRUE}|\b(?:{_FALSE}|fails?|misprints?|mistakes?|errors?)\b)[^.;]*:$"
)
_NOT_FOR = rf"(?:{_NOT_TRUE}|{_NOT}(?: only| just| merely)?|\b(?:neither|{_FALSE}|fails?)) (?:for|if|when|where|with)(?: all| every)?"
_WITHOUT = r"(?:without|not) (?:assum|requir|suppos|us)ing(?: that)?|drop(?:s|ping|ped)?|better:?"
_AS_ONE = r"(?:in particular|also|even|especially|for example|for instance|such as|say|notably),?(?: for| if| when)?"
_LEAVES_OPEN = re.compile(rf"(?:\b(?:{_OPEN}|{_WITHOUT}|{_AS_ONE}|some [^,.;:]*:)|{_NOT_FOR})$")
_AFFIRMS = re.compile(rf"(?:\b{_TRUE},? that|\b(?:is|are) {_TRUE}:|{_NOT} {_FALSE},?(?: that|:)?)$")
# What begins right after it.
_IT = r"(?:(?:which|that|this|it) )?"
_FALLS = (
    rf"(?:{_FALSE}(?=$|,| (?:for|if|when|in|here|at|unless))"
    rf"|(?:is|are|was|were) (?:{_FALSE}|(?:not|never) {_TRUE})|(?:isn|aren|wasn)'t true|(?:does|do|did) not hold"
    r"|(?:does|do|did)n't hold|cannot (?:hold|be true)|fails?|never holds?|or not|for no|need not (?:hold|be true)"
    r"|(?:may|might|can|could) fail|do(?:es)? not follow|breaks? down"
    r"|(?:is|are|was|were) (?:a |an )?(?:misprints?|mistakes?|errors?|typos?|violated|far from|no longer)"
    r"|(?:no|not|never|nowhere)(?=$|,)|holds? (?:nowhere|never)|would be|(?:should|ought to|must) (?:read|be (?:replaced|corrected))"
    r"|(?:is|are) (?:a )?(?:nonsense|misconception)|(?:lacks?|misses|omits|forgets) (?:a|an|the|its|one|some))\b"
)
_SURELY = r"(?:of course|clearly|plainly|obviously|simply|however|just)"
_AFTERWARDS = re.compile(
    rf"(?:but |yet |and )?(?:this|that|it|which) (?:is|was|would be)(?:,? {_SURELY},?)? (?:a |an )?"
    rf"(?:{_FALSE}|nonsense|contradiction|not {_TRUE})"
)
_ALSO = r"(?:(?:only|also|then|often|mostly|sometimes|clearly|obviously|however|in fact|of course),? )?"
_DENIED, _NOT_ASSUMED = re.compile(_IT + _ALSO + _FALLS), re.compile(_ALSO + _FALLS)
_NOT_ALWAYS = r"not (?:in general|always|here|everywhere|quite|for|if|when|where|at|so|true)\b|(?:not|never)$|(?:except|unless|without)\b"
_ASIDE = re.compile(rf"(?:but |though |although |or )?(?:{_IT}{_FALLS}|{_NOT_ALWAYS})|but (?:one|two|some|few|finitely|[@#\d])")
_LEFT_OPEN = re.compile(r"(?:or\b(?! (?:more|less|larger|smaller|later))|(?:is|are|was|were) (?:violated|excluded|not (?:assumed|met)))")
_AFFIRMED = re.compile(rf"{_IT}(?:(?:is|are) (?:indeed |always )?(?:{_TRUE}|(?:not|never) {_FALSE})|holds?)\b")
_WRONG = """wrong wrongly false falsely fail fails failed failing lacks lacking misprint misprints misprinted mistake mistakes mistaken
    error errors erratum errata incorrect incorrectly untrue refuted refutes contradicts contradiction counterexample typo"""
_WORDS_OF_ERRATA = frozenset(_WRONG.split())


def denied(page: Page) -> Iterator[ContentError]:
    """Each formula under test of which the words beside it say the contrary of what is judged."""
    for one in page.marked:
        span = page.text.nesting.formula(one.first)
        wrong = _wrong(page.text, one, span) if span else ""
        if wrong:
            yield ContentError(f"\\{one.formula.macro}{{{one.formula.name}}}: {wrong}", page.text.place(one.start))


def _wrong(seen: Visible, one: Marked, span: Span) -> str:
    """What is wrong with the words beside a formula."""
    before, after = words_before(seen, one.first, span), words_after(seen, span, one.last + 1)
    above, below = says_wrong(title_before(seen, span)) or _titled(seen, one.first), bool(_AFTERWARDS.fullmatch(sentence_after(seen, span)))
    denied_after = _NOT_ASSUMED if one.formula.macro == "for" else _DENIED
    sides = (
        ("before", denies(before) or (one.formula.macro == "checked" and (above or _listed(seen, one.first)))),
        ("after", bool(denied_after.match(after)) or (one.formula.macro == "checked" and below)),
    )
    where = next((side for side, found in sides if found), "")
    if one.formula.macro == "checked":
        if asked(seen, span, one.last + 1):
            return "the '?' after it asks whether it holds, and says nothing; expected it as a statement, or \\refuted"
        where = where or ("in its tag" if _tagged(seen, span) else "") or _aside(seen, one, span)
        place = where if where.startswith("in") else f"{where} it"
        return f"the words {place} deny it; expected \\refuted, with a claim that says so, or other words" if where else ""
    if one.formula.macro == "for":
        where = where or ("before" if _LEAVES_OPEN.search(before) else "after" if _LEFT_OPEN.match(after) else "")
        where = f"{where} it" if where else _aside(seen, one, span)
        another = "make another hypothesis of it than the one that is tried, which holds as it stands"
        return f"the words {where} {another}; expected words that assume it, as: for $…$" if where else ""
    if one.formula.macro == "refuted" and (_AFFIRMS.search(before) or _AFFIRMED.match(after)):
        return "the words beside it say that it holds, and its claim that it is wrong; expected words that say so"
    if one.formula.macro == "refuted" and not _told(seen, span):
        return "no word near it says that it is wrong; expected one that does: wrong, false, fails, a misprint, a mistake"
    return ""


def _titled(seen: Visible, index: int) -> bool:
    """Whether the name in brackets of an environment around a token denies what stands in it, or makes another thing of it."""
    for begin in (one for one in seen.nesting.enclosing(index) if seen.tokens.roles[one] is Role.BEGIN):
        first = after(seen.tokens, begin + 1)
        name = environment(seen.tokens.texts[begin]).removesuffix("*")
        if seen.tokens.texts[first : first + 1] == ["["] and name not in {*LISTS, *TABLES, *DISPLAYS, *PARTS, "document"}:
            words = said(seen, first + 1, option(seen.tokens, begin + 1) - 1)
            if says_wrong(words) or denies(words) or words == "#":
                return True
    return False


def _listed(seen: Visible, index: int) -> bool:
    """Whether a formula stands in a list of which the words before it say that none of it holds."""
    return bool(_LISTED.search(words_before_list(seen, index)))


def _aside(seen: Visible, one: Marked, span: Span) -> str:
    """Where an aside right beside a formula says that it does not hold, or not always."""
    return "in an aside beside it" if any(map(_ASIDE.match, asides(seen, span, one.first, one.last + 1))) else ""


def denies(before: str) -> bool:
    """Whether words say that what comes next does not hold."""
    return bool(_DENIES.search(before))


def denied_by(seen: Visible) -> bool:
    """Whether a text begins with words that say that what came before it does not hold."""
    return bool(_DENIED.match(said(seen, 0)))


def says_wrong(title: str) -> bool:
    """Whether a title says that what it is of is wrong."""
    found = set(re.findall(r"[a-z]+", title.lower()))
    return bool({"false", "wrong", "untrue", "incorrect", "refuted", "refutation", "counterexample", "misprint"} & found)


def _tagged(seen: Visible, span: Span) -> bool:
    """Whether a tag of the display says that it is wrong."""
    for index in range(span.first, span.closing):
        braces = next(arguments(seen.tokens, index), None) if seen.tokens.texts[index] == r"\tag" else None
        if braces and {"not", "never", *_WORDS_OF_ERRATA} & set(said(seen, braces[0] + 1, braces[1]).split()):
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
