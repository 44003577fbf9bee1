r"""What a formula under test stands in: only what prints its content as it is may enclose it, and nothing that hides it may be in force.

A command or an environment that is not listed here, or defined plainly beside the page, is refused: \sout, \phantom, \rotatebox.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise

from hwgen.guards.balance import names_condition
from hwgen.guards.colours import defined, legible
from hwgen.guards.denials import denied_by, denies, says_wrong
from hwgen.guards.operations import alters
from hwgen.guards.said import said, words_before
from hwgen.model.errors import ContentError
from hwgen.page.arguments import arguments, bracket_before, option, owner, text_of
from hwgen.page.neighbours import WIDE_SPACES, after_it, before_it
from hwgen.page.page import Page
from hwgen.page.rendered import Rendered
from hwgen.page.text import Visible, visible
from hwgen.reading.commands import DISPLAYS, PARTS, PRINTED, TEXTS
from hwgen.reading.lexer import Tokens, environment
from hwgen.reading.roles import Role

_ENVIRONMENTS = PARTS | TEXTS | {"math"} | {name + star for name in DISPLAYS for star in ("", "*")}
_ENVIRONMENT_DEFINED = frozenset([r"\newtheorem", r"\newmdenv", r"\newenvironment", r"\renewenvironment"])
_LOOKS = ("font", "background")
_READ_ON = frozenset({Role.NUMBER, Role.SIGN, Role.TIMES, Role.RELATION, Role.ASSERTION, Role.SCRIPT, Role.RAISED, Role.GIVEN, Role.DOLLAR})
# So near are misspelt names of environments; comment and document are not.
ALIKE = 0.8


@dataclass(frozen=True)
class _Known:
    """What the page and the plain LaTeX beside it define: colours, and environments, each with what is wrong with it."""

    colours: frozenset[str]
    environments: Mapping[str, str]


@dataclass(frozen=True)
class _InForce:
    """A command that may hide what follows it, as far as it holds."""

    command: str
    low: int
    high: int


def hiding(page: Page) -> Iterator[ContentError]:
    r"""Each \checked{…}{…} in something that may hide or alter what it prints."""
    seen, tested = page.text, [one for one in page.marked if one.formula.macro != "verified"]
    if not tested:
        return
    known = _known(page)
    altered = list(_altered(seen, known.colours))
    for text in (seen, *page.files.values()):
        for index in text.tokens.of(Role.COMMAND):
            if text.tokens.texts[index] == r"\newtheoremstyle" and _entitles(text.tokens, list(arguments(text.tokens, index))[1:]):
                said = "\\newtheoremstyle prints words that deny what follows, or make another thing of it; expected other words"
                yield ContentError(said, text.place_of(text.tokens[index]))
    for one in tested:
        said = _wrong_at(seen, one.first, known, altered) or _condition(seen, one.first)
        if said:
            yield ContentError(f"\\{one.formula.macro}{{{one.formula.name}}}: {said}", seen.place(one.start))


def _known(page: Page) -> _Known:
    texts = [page.text, *page.files.values()]
    known = _Known(colours=frozenset(name for one in texts for name in defined(one.tokens)), environments={})
    return _Known(colours=known.colours, environments={name: said for one in texts for name, said in _environments(one, known)})


def _environments(seen: Visible, known: _Known) -> Iterator[tuple[str, str]]:
    """The environments that a text defines, each with what in it may hide its content."""
    tokens = seen.tokens
    for index in tokens.of(Role.COMMAND):
        if tokens.texts[index] in _ENVIRONMENT_DEFINED:
            braces = list(arguments(tokens, index))
            if braces:
                yield text_of(tokens, braces[0]), _wrong_with(seen, index, braces, known)


def _entitles(tokens: Tokens, braces: Iterable[tuple[int, int]]) -> bool:
    """Whether words that are printed before what stands in an environment deny it, or make another thing of it."""
    titles = [text_of(tokens, one).lower().strip() for one in braces]
    return any(says_wrong(one) or denies(one) or alters(one, "") for one in titles)


def _wrong_with(seen: Visible, index: int, braces: list[tuple[int, int]], known: _Known) -> str:
    """What in the definition of an environment may hide its content."""
    tokens, how = seen.tokens, seen.tokens.texts[index]
    if how == r"\newmdenv":
        options = "".join(tokens.texts[index + 1 : option(tokens, index + 1)]).replace("[", ",").replace(" ", "").split(",")
        return "its definition sets a font or a background" if any(one.startswith(_LOOKS) and "=" in one for one in options) else ""
    if how == r"\newtheorem" and _entitles(tokens, braces[1:]):
        return "its title says that what stands in it is wrong, or makes another thing of it"
    if how == r"\newtheorem" or len(braces) < 2:
        return ""
    begins = "".join(tokens.texts[braces[1][0] + 1 : braces[1][1]]).replace(r"\begingroup", "")
    opened = visible(Rendered(begins, ()))
    end = len(opened.tokens)
    last = before_it(opened, end, passing=WIDE_SPACES, into=True)
    closed = visible(Rendered("".join(tokens.texts[braces[2][0] + 1 : braces[2][1]]), ())) if len(braces) > 2 else None
    after = closed is not None and after_it(closed, 0, len(closed.tokens), WIDE_SPACES, into=True).among(_READ_ON)
    said_before, said_after = words_before(opened, end, None), said(closed, 0) if closed else ""
    if last.among(_READ_ON) or after or denies(said_before) or (closed and denied_by(closed)) or alters(said_before, said_after):
        return "its definition prints what would be read with what stands in it"
    return _wrong_at(opened, end, known, list(_altered(opened, known.colours))) or _condition(opened, end)


def _condition(seen: Visible, index: int) -> str:
    """The condition that a token depends on, if it is none of the engine's."""
    opened: list[str] = []
    for one in seen.tokens.of(Role.CONDITION, Role.CONDITION_END):
        if one >= index:
            break
        if seen.tokens.roles[one] is Role.CONDITION_END:
            # A \fi without its \if is LaTeX's to refuse.
            del opened[-1:]
        elif not names_condition(seen, one):
            opened.append(seen.tokens.texts[one])
    wrong = [one for one in opened if one != r"\ifhwgenfull"]
    return f"whether it is printed depends on {wrong[-1]}; expected it outside, or in \\BLOCK{{if …}}" if wrong else ""


def _altered(seen: Visible, colours: frozenset[str]) -> Iterator[_InForce]:
    """Every command that may hide what follows it, from where it stands to where its group ends; what an environment's arguments
    say holds in the environment."""
    tokens = seen.tokens
    for index in tokens.of(Role.ALTERS, Role.COLOUR):
        if tokens.roles[index] is Role.COLOUR and legible(tokens, index + 1, colours):
            continue
        end = len(tokens) + 1
        # From the inside: what an argument of \begin holds is in force until the \end, not to the brace.
        for opening in seen.nesting.enclosing(index):
            command = owner(seen, opening)[0] if tokens.roles[opening] is Role.GROUP else -1
            begins = command >= 0 and tokens.roles[command] is Role.BEGIN
            end = seen.nesting.partners.get(command if begins else opening, len(tokens) + 1)
            if begins or not any(_is_begins_argument(seen, one) for one in seen.nesting.enclosing(opening)):
                break
        yield _InForce(tokens.texts[index], index, end)


def _is_begins_argument(seen: Visible, opening: int) -> bool:
    """Whether a brace holds an argument of an environment's beginning."""
    command = owner(seen, opening)[0] if seen.tokens.roles[opening] is Role.GROUP else -1
    return command >= 0 and seen.tokens.roles[command] is Role.BEGIN


def _wrong_at(seen: Visible, index: int, known: _Known, altered: list[_InForce]) -> str:
    """What is wrong with something that encloses a token, or is in force there; from the outside."""
    levels = [index, *seen.nesting.enclosing(index)]
    wrong = ""
    for inner, outer in pairwise([*levels, -1]):
        # The outermost is told: what stands inside of it matters only once that is gone.
        wrong = _option(seen, inner) or wrong
        wrong = (_enclosure(seen, outer, known) if outer >= 0 else "") or wrong
    for one in altered:
        if one.low < index < one.high:
            return f"{one.command} in force here may hide it; expected it printed as the text around it"
    return wrong


def _option(seen: Visible, index: int) -> str:
    """What is wrong with the brackets that are open before a token in its group."""
    opening = bracket_before(seen, index)
    if opening < 0 or seen.nesting.formula(opening) is not None:
        return ""
    command = owner(seen, opening)[0]
    if command < 0 or seen.tokens.roles[command] is Role.BEGIN or seen.tokens.texts[command] == r"\item":
        return ""
    return f"{seen.tokens.texts[command]} around it may hide or alter what it prints; expected plain text around it"


def _enclosure(seen: Visible, opening: int, known: _Known) -> str:
    """What is wrong with something that is open around a formula."""
    tokens = seen.tokens
    if tokens.roles[opening] is Role.BEGIN:
        return _wrong_environment(environment(tokens.texts[opening]), known)
    if tokens.roles[opening] is not Role.GROUP:
        return ""
    command, number = owner(seen, opening)
    if command < 0 or tokens.roles[command] is Role.BEGIN:
        return ""
    what = tokens.texts[command] + ("*" if tokens.texts[command + 1 : command + 2] == ["*"] else "")
    if tokens.roles[command] is Role.MOVES and what not in PRINTED:
        return f"{what} carries its words to another place too, where LaTeX cannot record them; expected the formula in the text"
    if PRINTED.get(what, -1) < number and what in PRINTED:
        return ""
    if PRINTED.get(what) != number:
        return f"{what} around it may hide or alter what it prints; expected plain text around it"
    inside = seen.nesting.formula(opening) is not None and tokens.roles[command] is not Role.INTERTEXT
    return f"{what} inside another formula holds it; expected it in the text" if inside else ""


def _wrong_environment(name: str, known: _Known) -> str:
    said = known.environments.get(name, "" if name in _ENVIRONMENTS else "it is not known to print its content as it is")
    if said and name not in known.environments and (near := get_close_matches(name, [*_ENVIRONMENTS, *known.environments], 1, ALIKE)):
        said = f"{said}; did you mean {near[0]}?"
    return f"\\begin{{{name}}} around it may hide or alter what it prints ({said}); expected plain text around it" if said else ""
