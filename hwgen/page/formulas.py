r"""Read every \checked, \refuted and \verified back from what was rendered, and count the relations that stand outside of them."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from hwgen.model import Formula, Place
from hwgen.model.errors import ContentError, ContentErrors
from hwgen.page import surroundings
from hwgen.page.template import FOLDER, PLACEHOLDER, Rendered, not_utf8
from hwgen.page.text import Visible, visible
from hwgen.reading.commands import BIG, ELEMENTARY, FRACTIONS
from hwgen.reading.commands import RELATIONS as READ

ARGUMENTS = {"checked": 2, "refuted": 2, "verified": 1}
_MACRO = re.compile(r"\\(checked|refuted|verified)(?![A-Za-z])\s*")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_DISPLAY = re.compile(
    r"\\begin\{((?:equation|align|gather|multline|alignat|flalign)\*?)\}.*?\\end\{\1\}|(?<!\\)\\\[.*?\\\]|\$\$.*?\$\$", re.DOTALL
)
_PIECE = re.compile(r"\\[A-Za-z]+|\\.|[{}_^=<>]|[^\\{}_^=<>]+", re.DOTALL)
_OTHER = r"""\to \longrightarrow \rightarrow \Rightarrow \Longrightarrow \iff \Longleftrightarrow \approx \sim \simeq \asymp \ll \gg
\xrightarrow \ne \neq \succeq \preceq \succ \prec \equiv \coloneqq \implies \subset \subseteq \uparrow \nearrow"""
RELATIONS = frozenset(READ) | frozenset(_OTHER.split())
_SILENT = frozenset({r"\text", r"\label", r"\tag", r"\mathrm", r"\begin", r"\end", r"\intertext", r"\checked", r"\refuted", r"\verified"})
KNOWN = frozenset(ELEMENTARY) | FRACTIONS | frozenset(BIG) | {r"\sqrt", r"\binom", r"\pi", r"\cdot", r"\int", r"\mathrm", r"\mathbb"}
KNOWN |= {r"\le", r"\leq", r"\ge", r"\geq", r"\infty", r"\langle", r"\rangle", r"\top", r"\hat", r"\operatorname", r"\left", r"\right"}
_LOOKS = r"\lvert \rvert \lVert \rVert \| \{ \} \, \; \: \! \> \quad \qquad \displaystyle \textstyle \limits \nolimits"
KNOWN |= frozenset(_LOOKS.split())
MACROS = frozenset({r"\checked", r"\refuted", r"\verified"})
_DEFINES = re.compile(
    r"\\(?:(?:new|renew|provide)command\*?|DeclareRobustCommand\*?|(?:New|Renew|Provide|Declare)(?:Expandable)?(?:Document)?Command(?:Copy)?"
    r"|DeclareMath(?:Operator|Symbol|Accent|Delimiter|Alphabet)\*?|DeclarePairedDelimiterX?"
    r"|(?:long\s*\\)?[egx]?def|let|futurelet|chardef|mathchardef)\s*\{?\s*(?:\\csname\s*(?P<named>[A-Za-z]+)\s*\\endcsname"
    r"|(?P<command>\\(?:[A-Za-z]+|[^A-Za-z\s])))"
)


_CODES = re.compile(r"\\(?:catcode|mathcode|lccode|uccode|lowercase|uppercase|scantokens|everymath|everydisplay|mathchoice)(?![A-Za-z])")
_BEHIND = re.compile(
    r"\\(?:(?:end)?csname|expandafter|makeatletter|makeatother|(?:future)?let|@[A-Za-z]+|write|immediate|(?:open|close)out|aftergroup|afterassignment"
    r"|AtBeginDocument|AddToHook|csdef|ExplSyntaxOn|special|pdfliteral|hwgen(?!author|size|page|fulltrue|markstrue)[a-z]+)(?![A-Za-z])"
    r"|\\[egx]?def\s*\{?\s*#"
)
_OVERPRINTS = re.compile(r"\\(?:(?:math)?[lrc]lap|m?kern|[hm]skip|lower|raise|smash|hphantom)(?![A-Za-z])")
_INPUT = re.compile(r"\\(?:input|include|InputIfFileExists)(?![A-Za-z])\s*\{?\s*([^\s{}]*)")
_TEMPLATE = re.compile(rf"{FOLDER}/[\w.-]+\.tex")


@dataclass(frozen=True)
class Display:
    """A displayed formula: how many relations it asserts, and how many of them are under test."""

    place: Place
    relations: int
    tested: int
    label: str = ""


@functools.lru_cache(maxsize=4)
def placed(rendered: Rendered) -> tuple[Formula, ...]:
    r"""Every relation and statement under test, in the order of the page. Raises ContentErrors for what cannot be read back."""
    seen = visible(rendered)
    wrong = list(_hidden(seen))
    formulas = []
    for match in _MACRO.finditer(seen.text):
        try:
            formulas.append(_formula(seen, match))
        except ContentError as error:
            wrong.append(error)
    used = {command for formula in formulas for command in re.findall(r"\\[A-Za-z]+", formula.text)}
    wrong = [*_redefined(seen, KNOWN | RELATIONS | MACROS | used), *wrong]
    if wrong:
        raise ContentErrors(wrong)
    return tuple(formulas)


def _formula(seen: Visible, match: re.Match[str]) -> Formula:
    macro, position = match[1], match.end()
    arguments = []
    for _ in range(ARGUMENTS[macro]):
        start, end = group(seen, position, macro, match.start())
        arguments.append((start, end))
        position = _next(seen.text, end + 1)
    name = seen.text[arguments[0][0] : arguments[0][1]].strip()
    low, high = arguments[1] if len(arguments) > 1 else (arguments[0][0], arguments[0][0])
    text = seen.text[low:high]
    place = seen.place(match.start())
    if PLACEHOLDER.search(text):
        raise ContentError(
            f"\\{macro}{{{name}}}: a value inside the formula; expected plain LaTeX, values are for the text around it", place
        )
    if MACROS & set(re.findall(r"\\[A-Za-z]+", text)):
        raise ContentError(f"\\{macro}{{{name}}}: holds another one; expected one after the other", place)
    if len(arguments) > 1:
        surroundings.stands_alone(seen, match.start(), high + 1, f"\\{macro}{{{name}}}")
    return Formula(macro=macro, name=name, text=text, place=place, places=seen.places(low, high))


def _hidden(seen: Visible) -> Iterator[ContentError]:
    """Commands that change what characters mean, and files that nobody looks into."""
    for match in _CODES.finditer(seen.text):
        yield ContentError(f"{match[0]} changes what is printed behind the reader's back; expected plain LaTeX", seen.place(match.start()))
    for match in _BEHIND.finditer(seen.text):
        said = "could change what a command means behind the reader's back; expected plain \\newcommand, or \\renewcommand of its own"
        yield ContentError(f"{match[0]} {said}", seen.place(match.start()))
    for match in _OVERPRINTS.finditer(seen.text):
        yield ContentError(f"{match[0]} may print one thing over something else; expected plain LaTeX", seen.place(match.start()))
    for match in _INPUT.finditer(seen.text):
        if not _TEMPLATE.fullmatch(match[1].strip()):
            said = f"\\input{{{match[1]}}}: a file that is not looked into; expected one of {FOLDER}/*.tex, or \\BLOCK{{include …}}"
            yield ContentError(said, seen.place(match.start()))


def group(seen: Visible, position: int, what: str, at: int | None = None) -> tuple[int, int]:
    """The span inside the braces that open at `position`. Raises ContentError at the brace, or `at` the macro that has none."""
    text = seen.text
    if position >= len(text) or text[position] != "{":
        raise ContentError(f"\\{what}: expected '{{' after it", seen.place(min(position, len(text) - 1) if at is None else at))
    depth, index = 0, position
    while index < len(text):
        if text[index] == "\\":
            index += 2
            continue
        depth += (text[index] == "{") - (text[index] == "}")
        if depth == 0:
            return position + 1, index
        index += 1
    raise ContentError(f"\\{what}: its brace is never closed", seen.place(position))


def _redefined(seen: Visible, known: Collection[str]) -> Iterator[ContentError]:
    for match in _DEFINES.finditer(seen.text):
        command = match["command"] or f"\\{match['named']}"
        if command in known:
            yield ContentError(
                f"{command} is redefined; expected it to mean on the page what the reader takes it for", seen.place(match.start())
            )


def meanings_kept(root: Path, formulas: Collection[Formula] = ()) -> None:
    """Raises ContentErrors if a file of plain LaTeX among the templates redefines a command that the reader knows or a formula uses."""
    wrong: list[ContentError] = []
    used = {command for formula in formulas for command in re.findall(r"\\[A-Za-z]+", formula.text)}
    for path in sorted((root / FOLDER).glob("*.tex")):
        undecoded = not_utf8(path)
        if undecoded:
            raise undecoded
        text = path.read_text()
        places = tuple(Place(file=f"{FOLDER}/{path.name}", line=line) for line in range(1, text.count("\n") + 2))
        wrong += _redefined(visible(Rendered(text, places)), KNOWN | RELATIONS | MACROS | used)
    if wrong:
        raise ContentErrors(wrong)


@functools.lru_cache(maxsize=4)
def displays(rendered: Rendered) -> tuple[Display, ...]:
    """Every displayed formula that holds a relation."""
    seen = visible(rendered)
    spans = arguments(rendered)
    found = []
    for match in _DISPLAY.finditer(seen.text):
        at = _relations(seen.text, match.start(), match.end())
        tested = sum(any(low <= offset < high for low, high in spans) for offset in at)
        if at:
            label = _LABEL.search(seen.text, match.start(), match.end())
            found.append(Display(seen.place(match.start()), len(at), tested, label[1] if label else ""))
    return tuple(found)


def arguments(rendered: Rendered) -> list[tuple[int, int]]:
    """Where the formulas under test stand in what LaTeX sees."""
    seen = visible(rendered)
    return [_argument(seen, match) for match in _MACRO.finditer(seen.text) if match[1] != "verified"]


def _argument(seen: Visible, match: re.Match[str]) -> tuple[int, int]:
    _, end = group(seen, match.end(), match[1])
    return group(seen, _next(seen.text, end + 1), match[1])


def _next(text: str, position: int) -> int:
    """The next character that is not white space."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _relations(text: str, start: int, stop: int) -> list[int]:
    """Where relation signs stand, outside scripts and outside text."""
    found, depth, skip = [], 0, -1
    pending = False
    for match in _PIECE.finditer(text, start, stop):
        piece = match[0]
        if piece == "{":
            depth += 1
            if pending and skip < 0:
                skip = depth
        elif piece == "}":
            if depth == skip:
                skip = -1
            depth -= 1
        elif skip < 0 and piece in RELATIONS and not pending:
            found.append(match.start())
        if piece.strip():
            pending = piece in {"_", "^"} or piece in _SILENT
    return found
