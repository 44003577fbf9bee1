r"""What the commands that the reader knows mean to LaTeX: their list, which the preamble keeps and every \checked compares with.

A redefinition that no reading of the text finds, such as one inside a macro's argument, is found by LaTeX itself, where it matters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from hwgen.model import Formula, Place
from hwgen.model.errors import ContentError
from hwgen.page.coverage import RELATIONS
from hwgen.page.formulas import MACROS, spans
from hwgen.page.page import Page
from hwgen.page.template import Rendered
from hwgen.page.template_errors import FOLDER, not_utf8
from hwgen.page.text import Visible, visible
from hwgen.reading.commands import BIG, ELEMENTARY, FRACTIONS, INEXACT, STYLES, TAKEN
from hwgen.reading.macros import DEFINES

KNOWN = frozenset(ELEMENTARY) | FRACTIONS | frozenset(BIG) | {r"\sqrt", r"\binom", r"\pi", r"\cdot", r"\int", r"\mathrm", r"\mathbb"}
KNOWN |= {r"\le", r"\leq", r"\ge", r"\geq", r"\infty", r"\langle", r"\rangle", r"\top", r"\hat", r"\operatorname", r"\left", r"\right"}
_LOOKS = r"\lvert \rvert \lVert \rVert \| \{ \} \, \; \: \! \> \quad \qquad \displaystyle \textstyle \limits \nolimits"
KNOWN |= frozenset(_LOOKS.split()) | TAKEN
_CODES = re.compile(r"\\(?:catcode|mathcode|lccode|uccode|lowercase|uppercase|scantokens|everymath|everydisplay|mathchoice)(?![A-Za-z])")
_BEHIND = re.compile(
    r"\\(?:(?:end)?csname|expandafter|makeatletter|makeatother|(?:future)?let|@[A-Za-z]+|write|immediate|(?:open|close)out|aftergroup|afterassignment"
    r"|AtBeginDocument|AddToHook|csdef|ExplSyntaxOn|special|pdfliteral|hwgen(?!author|size|page|fulltrue|markstrue)[a-z]+)(?![A-Za-z])"
    r"|\\[egx]?def\s*\{?\s*#"
)
_OVERPRINTS = re.compile(r"\\(?:(?:math)?[lrc]lap|m?kern|[hm]skip|lower|raise|smash|hphantom)(?![A-Za-z])")
_INPUT = re.compile(r"\\(?:input|include|InputIfFileExists)(?![A-Za-z])\s*\{?\s*([^\s{}]*)")
_TEMPLATE = re.compile(rf"{FOLDER}/[\w.-]+\.tex")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|[^A-Za-z\s\\])")
_RECORD = re.compile(r"^(?:(checked|refuted|verified|for)\|([^|]*)\||redefined\|([^|]*)\|)\d+\|(.*)$")
_GREEK = r"""\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \vartheta \iota \kappa \lambda \mu \nu \xi \rho \varrho
\sigma \tau \upsilon \phi \varphi \chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma
\Upsilon \Phi \Psi \Omega \ell \nabla \star \circ \bullet"""
# Commands that LaTeX itself gives another meaning, inside its environments or when the document begins.
_CHANGING = frozenset({r"\\", r"\label", r"\tag", r"\begin", r"\end", r"\notag", r"\nonumber", r"\coloneqq"})
_ALWAYS = (KNOWN | RELATIONS | MACROS | TAKEN | INEXACT | STYLES | {*_GREEK.split(), r"\hwgenrecorded", r"\hwgenwritten"}) - _CHANGING


def redefining(page: Page) -> Iterator[ContentError]:
    """A command that the reader knows, or that a formula uses, defined anew on the page or in a file of plain LaTeX beside it."""
    texts = [text for one in page.recorded for text in (one.text, *(macro.body for macro in one.macros))]
    used = {command for text in texts for command in re.findall(r"\\[A-Za-z]+", text)} - {one.name for one in page.macros}
    yield from _redefined(page.text, KNOWN | RELATIONS | MACROS | used)
    for path in sorted((page.root / FOLDER).glob("*.tex")):
        undecoded = not_utf8(path)
        if undecoded:
            yield undecoded
            continue
        text = path.read_text()
        places = tuple(Place(file=f"{FOLDER}/{path.name}", line=line) for line in range(1, text.count("\n") + 2))
        yield from _redefined(visible(Rendered(text, places)), KNOWN | RELATIONS | MACROS | used)


def _redefined(seen: Visible, known: Collection[str]) -> Iterator[ContentError]:
    for match in DEFINES.finditer(seen.text):
        command = match["command"] or f"\\{match['named']}"
        if command in known:
            said = f"{command} is redefined; expected it to mean on the page what the reader takes it for"
            advice = "a command of your own is defined once, at the top level of the preamble"
            yield ContentError(f"{said}; {advice}", seen.place(match.start()))


def hidden(page: Page) -> Iterator[ContentError]:
    """Commands that change what characters mean, and files that nobody looks into."""
    seen = page.text
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


def kept(filled: Rendered) -> str:
    """The definition, without an end of line, of the list of the commands that are to mean the same wherever a relation is printed."""
    text = visible(filled).text
    used = {command for low, high in spans(text) for command in _COMMAND.findall(text[low:high])}
    known = sorted(one for one in (_ALWAYS | used) - _CHANGING if one.startswith("\\"))
    return r"\def\hwgenknown{" + "".join(r"\hwgenkeep" + one for one in known) + "}"


def redefined(formulas: Sequence[Formula], record: str) -> Iterator[ContentError]:
    """One error for each command that LaTeX took for something else, at the first formula that it concerns."""
    said: set[str] = set()
    seen: dict[str, int] = {}
    for line in record.split("\n"):
        match = _RECORD.match(line)
        if match and match[1]:
            seen[match[2]] = seen.get(match[2], 0) + 1
        elif match and match[3] not in said:
            said.add(match[3])
            yield _error(match[3].strip(), match[4], [one for one in formulas if one.name == match[4]], seen.get(match[4], 1))


def _error(command: str, name: str, places: Collection[Formula], occurrence: int) -> ContentError:
    place = [*places][min(occurrence, len(places)) - 1].place if places else None
    said = f"{command} does not mean in {name} what the reader takes it for; expected no redefinition before this formula"
    return ContentError(said, place)
