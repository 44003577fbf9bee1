r"""Which commands of LaTeX may be given another meaning: those on a short list, by a harmless body; any of the author's own.

What else LaTeX has is built of the rest, `\sqrt` of `\sqrtsign`: nobody could list that.
"""

from __future__ import annotations

from collections.abc import Collection

from hwgen.guards.denials import denies, says_wrong
from hwgen.guards.operations import alters
from hwgen.page.arguments import after, arguments, owner
from hwgen.page.definitions import at_top_level, defined
from hwgen.page.text import Visible
from hwgen.reading.lexer import Token
from hwgen.reading.roles import Role

# These fail in LaTeX where a name is taken, so that it is the author's own.
_NEW = frozenset(
    rf"\{one}"
    for kind in ["Command", "ExpandableCommand", "DocumentCommand", "ExpandableDocumentCommand"]
    for one in [f"New{kind}", f"new{kind.lower()}"]
)
_NEW |= {r"\DeclareMathOperator", r"\DeclarePairedDelimiter", r"\DeclarePairedDelimiterX", r"\newrobustcmd", r"\newcommandx"}
_NEW |= {r"\newlength", r"\newsavebox"}
# A symbol of a name that is a macro is LaTeX's to refuse; of one that is a symbol, its log tells (redefinitions.redeclared).
SYMBOLS = frozenset({r"\DeclareMathSymbol", r"\DeclareMathAccent", r"\DeclareMathDelimiter"})
_NEW_ENVIRONMENT = frozenset({r"\newenvironment", r"\NewDocumentEnvironment", r"\newtheorem", r"\newmdenv", r"\newmdtheoremenv"})
_OTHER_ENVIRONMENT = frozenset([r"\renewenvironment", *(rf"\{way}DocumentEnvironment" for way in ("Renew", "Provide", "Declare"))])
# Lengths, shares of a page, families of fonts, headings: what they print or move is looked at where it is printed.
_LOOKS = """arraystretch baselinestretch headrulewidth footrulewidth topfraction bottomfraction textfraction floatpagefraction
    dbltopfraction dblfloatpagefraction familydefault rmdefault sfdefault ttdefault headrule footrule
    part chapter section subsection subsubsection paragraph subparagraph sectionmark subsectionmark
    thm@space@setup"""
_LOOKS_ALONE = frozenset(rf"\{one}" for one in _LOOKS.split())
# Words that LaTeX prints by itself.
_NAMES = """refname bibname contentsname figurename tablename abstractname appendixname appendixpagename proofname listfigurename
    listtablename indexname chaptername partname figureautorefname tableautorefname sectionautorefname subsectionautorefname
    equationautorefname theoremautorefname lemmaautorefname"""
_WORDS = frozenset(rf"\{one}" for one in _NAMES.split())
_BULLETS = frozenset([r"\bullet", r"\star", r"\ast", r"\circ", r"\cdot", r"\triangleright", r"\diamond", r"\square", r"\blacksquare"])
_BULLETS |= {r"\Box", r"\textbullet", r"\textendash", r"\textemdash", r"\openbox"}
_COUNTERS = frozenset([r"\arabic", r"\roman", r"\Roman", r"\alph", r"\Alph", r"\fnsymbol"])
_QUIET = frozenset({Role.BLANK, Role.NOTHING, Role.GROUP, Role.GROUP_END, Role.SWITCH, Role.SEPARATOR, Role.STOP, Role.OPEN, Role.CLOSE})
_FONTS = frozenset([r"\textbf", r"\textit", r"\textsc", r"\textup", r"\textnormal", r"\normalfont", r"\emph", r"\protect", r"\S"])
# Letters of LaTeX's own that a formula expands as the author has them.
LETTERLIKE = frozenset({r"\vec", r"\Re", r"\Im", r"\emptyset", r"\epsilon", r"\phi"})
ADVICE = r"expected \newcommand, under a name of its own"


def own(seen: Visible) -> set[str]:
    """The commands and environments that a text is the first to define."""
    # Where LaTeX may pass by the definition, it would not fail.
    sure = {*at_top_level(seen.tokens, Role.DEFINES)}
    found = {full(seen, token.index, name) for name, token in defined(seen.tokens) if token.text in _NEW and token.index in sure}
    for index in seen.tokens.of(Role.COMMAND):
        if seen.tokens.texts[index] in _NEW_ENVIRONMENT and (name := _environment(seen, index)):
            found |= {rf"\{name}", rf"\end{name}"}
    return found


def harmful(seen: Visible, token: Token, name: str, known: Collection[str], letters: Collection[str]) -> str:
    """What is wrong with giving a name another meaning; `known` are the author's own, `letters` those that are expanded."""
    whole = full(seen, token.index, name)
    if token.text in _NEW | SYMBOLS or whole in _LOOKS_ALONE or whole in known or (whole == name and name in letters):
        return ""
    braces = list(arguments(seen.tokens, token.index))
    if not braces or seen.tokens.roles[after(seen.tokens, token.index + 1)] is not Role.GROUP:
        braces = list(arguments(seen.tokens, after(seen.tokens, token.index + 1)))
    low, high = braces[-1] if braces else (0, 0)
    body = "".join(seen.tokens.texts[low + 1 : high]).strip()
    if name in _WORDS:
        words = all(seen.tokens.roles[one] in {*_QUIET, Role.LETTERS} for one in range(low + 1, high))
        wrong = not words or says_wrong(body) or denies(body.lower()) or alters(body.lower(), body.lower())
        return f"{name} would print {body!r}; expected plain words that say nothing of what they stand beside" if wrong else ""
    if name.startswith((r"\the", r"\labelenum", r"\labelitem")) or name == r"\qedsymbol":
        inside = seen.tokens.texts[low + 1 : high]
        bullets = "$" not in inside or not {*inside} - _BULLETS - {"$", " ", "*"}
        quiet = bullets and all(_numbers(seen, index) for index in range(low + 1, high))
        return "" if quiet else f"{name} would print {body!r}; expected counters, letters, brackets and bullets alone"
    return f"{name} is redefined; {ADVICE}, as this one may be LaTeX's"


def full(seen: Visible, index: int, name: str) -> str:
    """The name with what belongs to it where @ is a letter."""
    texts = seen.tokens.texts
    index = next((one for one in range(index, min(index + 8, len(texts))) if texts[one] == name), len(texts)) + 1
    while index < len(texts) and (texts[index] == "@" or (texts[index - 1] == "@" and seen.tokens.roles[index] is Role.LETTERS)):
        name, index = name + texts[index], index + 1
    return name


def other_environment(seen: Visible, index: int, known: Collection[str]) -> str:
    """The name of an environment of LaTeX's that is defined anew here; empty if it is the author's, or none is."""
    name = _environment(seen, index) if seen.tokens.texts[index] in _OTHER_ENVIRONMENT else ""
    return name if name and rf"\{name}" not in known else ""


def _environment(seen: Visible, index: int) -> str:
    braces = next(arguments(seen.tokens, index), None)
    return "".join(seen.tokens.texts[braces[0] + 1 : braces[1]]).strip() if braces else ""


def _numbers(seen: Visible, index: int) -> bool:
    """Whether a token is part of a number or a bullet: a counter, a letter, a bracket, a font."""
    text, role = seen.tokens.texts[index], seen.tokens.roles[index]
    if role is Role.LETTERS:
        opening = max((one for one in seen.nesting.enclosing(index) if seen.tokens.roles[one] is Role.GROUP), default=-1)
        counted = opening >= 0 and seen.tokens.texts[owner(seen, opening)[0]] in _COUNTERS
        return counted or len(text) <= 2
    named = text in _BULLETS | _COUNTERS | _FONTS or text.startswith(r"\the") or text in {"$", "*", "-", "@"}
    return named or role in _QUIET or role is Role.NUMBER
