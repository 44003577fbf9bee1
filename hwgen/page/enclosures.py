r"""What a formula under test stands in: only what prints its content as it is may enclose it, and nothing that hides it may be in force.

A command or an environment that is not listed here, or defined plainly beside the page, is refused: \sout, \phantom, \rotatebox.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from hwgen.model.errors import ContentError
from hwgen.page.colours import DECLARES, defined, legible
from hwgen.page.formulas import closing
from hwgen.page.page import Page
from hwgen.page.template_errors import FOLDER
from hwgen.page.text import DISPLAYS, PARTS, Visible

_STYLES = "emph textbf textit textsl textsc textup textrm textsf textmd textnormal underline"
_NOTES = "footnote footnotetext subsection* section* subsubsection* paragraph* further mbox fbox intertext shortintertext"
# Which argument of a command, from 0, is printed as it is.
_PRINTS = {f"\\{name}": 0 for name in f"{_STYLES} {_NOTES}".split()} | {r"\parbox": 1, r"\multicolumn": 2, r"\multirow": 2}
_HEADINGS = "title author caption caption* part chapter section subsection subsubsection paragraph subparagraph"
_MOVES = frozenset(f"\\{name}" for name in _HEADINGS.split())
# What takes no argument: a brace after it is a group of its own.
_WORDS = """item par noindent indent centering raggedright raggedleft newline hfill quad qquad smallskip medskip bigskip newpage clearpage
tiny scriptsize footnotesize small normalsize large Large LARGE bfseries itshape upshape slshape scshape mdseries rmfamily sffamily ttfamily
displaystyle textstyle notag nonumber qedhere hline toprule midrule bottomrule relax"""
_ALONE = frozenset(f"\\{name}" for name in _WORDS.split())
_BETWEEN_ROWS = frozenset({r"\intertext", r"\shortintertext"})
_TEXT = """document proof abstract itemize enumerate description center flushleft flushright quote quotation figure figure* table table*
tabular tabular* tabularx longtable minipage multicols mdframed math subequations small footnotesize"""
_ENVIRONMENTS = PARTS | set(_TEXT.split()) | {name + star for name in DISPLAYS for star in ("", "*")}
_FONTS = "fontsize usefont fontfamily fontencoding nullfont pagecolor transparent bgroup begingroup"
_ALTERS = frozenset(f"\\{name}" for name in _FONTS.split())
_TAKES = re.compile(r"\s*(?:(?:to|spread)\b[^{}\\]*(?:\\[A-Za-z]+\s*)?)?")
_PIECE = re.compile(
    r"\\begin\s*\{(?P<begin>[^{}]*)\}|\\end\s*\{[^{}]*\}|(?P<condition>\\if(?!f(?![A-Za-z])|thenelse)[A-Za-z@]*)|(?P<fi>\\fi(?![A-Za-z@]))"
    r"|\\[A-Za-z]+\*?|\\.|[{}\[\]]",
    re.DOTALL,
)
_DEFINED = re.compile(
    r"\\(?:newtheorem\*?\s*\{(?P<theorem>[^{}]*)\}|newmdenv\s*(?:\[(?P<options>[^\]]*)\])?\s*\{(?P<box>[^{}]*)\}"
    r"|(?:re)?newenvironment\*?\s*\{(?P<own>[^{}]*)\}(?:\[[^\]]*\])*\s*)"
)
_LOOKS = re.compile(r"(?:font|background)\w*\s*=")


@dataclass
class _Level:
    """Something that is open: what it is, which of its arguments this is, where it opens, and what in it may hide what follows."""

    what: str
    offset: int
    argument: int = -1
    optional: bool = False
    altered: list[str] = field(default_factory=list)


@dataclass
class _State:
    """What is open at a place of a text, and the command whose next argument may begin at `ready`."""

    levels: list[_Level]
    conditions: list[str]
    seen: Visible | None
    pending: tuple[str, int] = ("", 0)
    ready: int = -1


@dataclass(frozen=True)
class _Known:
    """What the page and the plain LaTeX beside it define: colours, and environments, each with what is wrong with it."""

    colours: frozenset[str]
    environments: Mapping[str, str]


def hiding(page: Page) -> Iterator[ContentError]:
    r"""Each \checked{…}{…} in something that may hide or alter what it prints."""
    tested = [one for one in page.marked if one.formula.macro != "verified"]
    known = _known(page)
    for one, said in zip(tested, _refusals(page.text.text, [one.start for one in tested], known, page.text), strict=True):
        if said:
            yield ContentError(f"\\{one.formula.macro}{{{one.formula.name}}}: {said}", page.text.place(one.start))


def _known(page: Page) -> _Known:
    texts = [page.text.text, *(path.read_text(errors="replace") for path in sorted((page.root / FOLDER).glob("*.tex")))]
    colours = frozenset(name for text in texts for name in defined(text))
    known = _Known(colours=colours, environments={})
    found = {name: said for text in texts for name, said in _environments(text, known)}
    return _Known(colours=colours, environments=found)


def _environments(text: str, known: _Known) -> Iterator[tuple[str, str]]:
    """The environments that a text defines, each with what in it may hide its content."""
    for match in _DEFINED.finditer(text):
        if match["theorem"]:
            yield match["theorem"], ""
        elif match["box"]:
            yield match["box"], "its definition sets a font or a background" if _LOOKS.search(match["options"] or "") else ""
        elif match["own"] and text[match.end() : match.end() + 1] == "{":
            body = text[match.end() + 1 : closing(text, match.end())].replace(r"\begingroup", "")
            yield match["own"], next(_refusals(body, [len(body)], known, None))


def _refusals(text: str, offsets: Sequence[int], known: _Known, seen: Visible | None) -> Iterator[str]:
    """For each place, in order, what is wrong with what encloses it; empty if nothing is."""
    state = _State([_Level("", 0)], [], seen)
    pieces = _pieces(text, offsets, seen)
    piece = next(pieces, None)
    for position in offsets:
        while piece and piece.start() < position:
            _step(state, piece, text, known)
            piece = next(pieces, None)
        yield next(filter(None, map(partial(_wrong, known=known, seen=seen), state.levels)), "") or _condition(state)


def _pieces(text: str, offsets: Sequence[int], seen: Visible | None) -> Iterator[re.Match[str]]:
    """The pieces of a text, without those of the formulas that hold no place of interest: what they open they close."""
    position = 0
    for span in seen.formulas if seen else ():
        index = bisect.bisect_left(offsets, span.start)
        if span.start >= position and not (index < len(offsets) and offsets[index] < span.stop):
            yield from _PIECE.finditer(text, position, span.start)
            position = span.stop
    yield from _PIECE.finditer(text, position)


def _condition(state: _State) -> str:
    wrong = [one for one in state.conditions if one != r"\ifhwgenfull"]
    return f"whether it is printed depends on {wrong[-1]}; expected it outside, or in \\BLOCK{{if …}}" if wrong else ""


def _step(state: _State, piece: re.Match[str], text: str, known: _Known) -> None:
    """Go on over one piece of the text."""
    what, at = piece[0], piece.start()
    if what == "}" or (what.startswith(r"\end") and what.endswith("}")):
        _close(state, piece, optional=False)
    elif what == "]":
        if state.levels[-1].optional:
            _close(state, piece, optional=True)
    elif what in "{[":
        _open(state, what, at, text)
    elif piece["begin"]:
        state.levels.append(_Level(f"\\begin{{{piece['begin']}}}", at))
        state.pending, state.ready = (r"\begin", 0), piece.end()
    elif piece["condition"]:
        state.conditions.append(piece["condition"])
    elif piece["fi"]:
        del state.conditions[-1:]
    else:
        takes = what[1].isalpha() and (what not in _ALONE or what == r"\item")
        state.pending, state.ready = (what, 0), piece.end() if takes else -1
        if what in _ALTERS or (what in DECLARES and not legible(text, piece.end(), known.colours)):
            state.levels[-1].altered.append(what)


def _open(state: _State, what: str, at: int, text: str) -> None:
    """A brace, or the bracket of an option right after a command; any other bracket is a character like others."""
    owned = 0 <= state.ready <= at and _TAKES.fullmatch(text, state.ready, at) is not None
    if what == "[" and not (owned and state.ready == at and not (state.seen and state.seen.around(at))):
        return
    command, argument = state.pending if owned else ("", 0)
    if command == r"\item" and what == "{":
        command = ""
    state.levels.append(_Level(command, at, argument, optional=what == "["))
    state.ready = -1


def _close(state: _State, piece: re.Match[str], *, optional: bool) -> None:
    """Close what is open; what an environment's own arguments alter holds in it."""
    while not optional and state.levels[-1].optional:
        state.levels.pop()
    if len(state.levels) == 1:
        return
    closed = state.levels.pop()
    if r"\begin" in {closed.what, state.levels[-1].what}:
        state.levels[-1].altered += closed.altered
    last = not closed.optional and closed.argument == _PRINTS.get(closed.what)
    state.pending, state.ready = (closed.what, closed.argument + (not closed.optional)), -1 if last else piece.end()


def _wrong(level: _Level, known: _Known, seen: Visible | None) -> str:
    """What is wrong with something that is open around a formula."""
    if level.altered:
        return f"{level.altered[-1]} in force here may hide it; expected it printed as the text around it"
    if level.what.startswith(r"\begin{"):
        return _wrong_environment(level.what, known)
    if level.what in {"", r"\begin"} or (level.optional and level.what == r"\item"):
        return ""
    if level.what in _MOVES:
        return f"{level.what} carries its words to another place too, where LaTeX cannot record them; expected the formula in the text"
    if level.optional or _PRINTS.get(level.what) != level.argument:
        return f"{level.what} around it may hide or alter what it prints; expected plain text around it"
    inside = seen is not None and seen.around(level.offset) is not None
    return f"{level.what} inside another formula holds it; expected it in the text" if inside and level.what not in _BETWEEN_ROWS else ""


def _wrong_environment(what: str, known: _Known) -> str:
    name = what.removeprefix(r"\begin{").removesuffix("}")
    said = known.environments.get(name, "" if name in _ENVIRONMENTS else "it is not known to print its content as it is")
    return f"{what} around it may hide or alter what it prints ({said}); expected plain text around it" if said else ""
