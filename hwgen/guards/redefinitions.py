r"""What the commands that the reader knows mean to LaTeX: their list, which the preamble keeps and every \checked compares with.

A redefinition that no reading of the text finds, such as one inside a macro's argument, is found by LaTeX itself, where it matters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from hwgen.guards import renewed
from hwgen.guards.overprinting import overprinting
from hwgen.model import Formula, Place
from hwgen.model.errors import ContentError
from hwgen.page.arguments import after, arguments, option
from hwgen.page.coverage import RELATIONS
from hwgen.page.definitions import command, defined, file_of, named
from hwgen.page.formulas import MACROS, about, spans
from hwgen.page.page import Page
from hwgen.page.rendered import Rendered
from hwgen.page.template_errors import FOLDER, not_utf8
from hwgen.page.text import Visible, visible
from hwgen.reading.commands import FORMULAS, INEXACT, PARTS, ROWS, STYLES, TAKEN, squeezed, words
from hwgen.reading.lexer import Token, Tokens, environment, units
from hwgen.reading.roles import Role

_LOOKS = r"\, \; \: \! \> \quad \qquad \displaystyle \textstyle \limits \nolimits"
KNOWN = words(Role.FUNCTION, Role.FRACTION, Role.ROOT, Role.BIG, Role.INTEGRAL, Role.NAMED, Role.LEFT, Role.RIGHT)
KNOWN |= TAKEN | frozenset(_LOOKS.split())
_REFUSED = {
    Role.CODES: "changes what is printed behind the reader's back; expected plain LaTeX",
    Role.BEHIND: "could change what a command means behind the reader's back; expected plain \\newcommand, or \\renewcommand of its own",
    Role.OVERPRINTS: "may print one thing over something else; expected plain LaTeX",
}
_REFUSED[Role.LETS] = _REFUSED[Role.BEHIND]
# LaTeX makes a command of every name after \begin: \begin{input} reads a file.
_NO_ENVIRONMENTS = words(Role.FILE, Role.BEHIND, Role.LETS, Role.CODES, Role.DEFINES) - {r"\document"}
# What a file of plain LaTeX may use and the page may not: a preamble sets headings and lengths with them, and what they hold is looked at.
_IN_A_FILE = frozenset([r"\makeatletter", r"\makeatother", r"\AtBeginDocument", r"\@startsection", r"\@addtoreset", r"\@afterheading"])
_IN_A_FILE |= {r"\@title", r"\@author", r"\@date", r"\@empty"}
# What a package or class may, besides: all that stands after \endinput is looked at.
_IN_A_PACKAGE = _IN_A_FILE | {r"\endinput", r"\@ifpackageloaded", r"\@ifclassloaded"}
# Measures of LaTeX's own with an @ in their name; any other such command may define one: \protected@edef.
_MEASURES = frozenset({r"\z@", r"\p@", r"\m@ne", r"\f@size", r"\thm@space@setup", r"\thm@preskip", r"\thm@postskip", r"\if@twocolumn"})
# What is read by these is in no text, and the last makes letters of : and _.
_READS = frozenset([r"\openin", r"\read", r"\readline", *(rf"\ProvidesExpl{one}" for one in ("Package", "Class", "File"))])
# How LaTeX's own commands begin that set a glyph or add to a command, where \makeatletter is in force: \set@mathchar, \g@addto@macro.
_INNER = frozenset([r"\set", r"\new", r"\g"])
_TEMPLATE = re.compile(rf"{FOLDER}/[\w.-]+\.tex")
_AGAIN = re.compile(r"Redeclaring math (?:symbol|accent|delimiter) (\\[A-Za-z@]+)")
_RECORD = re.compile(r"^(?:(checked|refuted|verified|for)\|([^|]*)\||(redefined|owned)\|([^|]*)\|)\d+\|([^|]*)(?:\|(.*))?$")
# What a \\NewDocumentCommand is to LaTeX, with its body elsewhere.
_DOCUMENT = re.compile(r"macro:->.__cmd_start[^?+]*code(?:\?\{[^{}]*\})?")
_GREEK = r"""\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \vartheta \iota \kappa \lambda \mu \nu \xi \rho \varrho
\sigma \tau \upsilon \phi \varphi \chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma
\Upsilon \Phi \Psi \Omega \ell \nabla \star \circ \bullet"""
# Commands that LaTeX itself gives another meaning, inside its environments or when the document begins.
_CHANGING = frozenset({r"\\", r"\label", r"\tag", r"\begin", r"\end", r"\notag", r"\nonumber", r"\coloneqq"})
# What these are made of: LaTeX itself compares it as well.
_BUILT_OF = "tmspace sqrtsign genfrac intop big Big bigg Bigg mathpalette mathstrut qopname root"
_STAYS = frozenset(rf"\{name}" for name in _BUILT_OF.split())
_LETTERS = frozenset(_GREEK.split())
# Environments that a formula is or holds, and the commands that they are to LaTeX.
_ROWS = frozenset(name + star for name in FORMULAS | PARTS | ROWS | {"array", "matrix", "document"} for star in ("", "*"))
_OF_ROWS = frozenset(f"\\{end}{name}" for name in _ROWS for end in ("", "end"))
_ALWAYS = (
    KNOWN | _STAYS | RELATIONS | MACROS | TAKEN | INEXACT | STYLES | {*_LETTERS, r"\hwgenrecorded", r"\hwgenwritten", r"\hwgenlook"}
) - _CHANGING


def redefining(page: Page) -> Iterator[ContentError]:
    """A command that the reader knows, or that a formula uses, defined anew on the page or in a file of plain LaTeX beside it."""
    texts = [text for one in page.recorded for text in (one.text, *(macro.body for macro in one.macros))]
    used = {one for text in texts for one in _commands(text)} - {one.name for one in page.macros}
    known = KNOWN | RELATIONS | MACROS | used | (_CHANGING - {r"\coloneqq"}) | _OF_ROWS
    own = {name for seen in (page.text, *page.files.values()) for name in renewed.own(seen)}
    letters = {one.name for one in page.macros} & (_LETTERS | renewed.LETTERLIKE)
    yield from _redefined(page.text, known, own, letters)
    for name, seen in page.files.items():
        undecoded = not_utf8(page.root / FOLDER / name)
        yield from [undecoded] if undecoded else _redefined(seen, known, own, letters)


def beside(texts: Mapping[str, str], formulas: Sequence[Formula]) -> Iterator[ContentError]:
    """The same in what LaTeX read and is not of its installation: packages and classes, and what they put in; by name."""
    files = {name: _numbered(name, text) for name, text in texts.items()}
    known = KNOWN | RELATIONS | MACROS | _LETTERS | (_CHANGING - {r"\coloneqq"}) | _OF_ROWS
    known |= {one for formula in formulas for one in _commands(formula.text)}
    own = {name for seen in files.values() for name in renewed.own(seen)}
    for seen in files.values():
        # The reader expands no command that a package defines anew, not even a letter.
        yield from _redefined(seen, known, own, ())
        yield from _hidden(seen, _IN_A_PACKAGE, own, texts)


def _numbered(name: str, text: str) -> Visible:
    return visible(Rendered(text, tuple(Place(file=name, line=line) for line in range(1, text.count("\n") + 2))))


def redeclared(log: str, filled: Rendered, texts: Mapping[str, str]) -> Iterator[ContentError]:
    r"""The symbols by \DeclareMathSymbol and its like that LaTeX had before, or gave another meaning after, as its log says."""
    again = set(_AGAIN.findall(log))
    for seen in (visible(filled), *(_numbered(name, text) for name, text in texts.items())) if again else ():
        for name, token in defined(seen.tokens):
            if token.text in renewed.SYMBOLS and name in again:
                said = f"{name} is redefined by {token.text}: LaTeX or a package has it; expected a name of its own"
                yield ContentError(said, seen.place_of(token))


def _commands(text: str) -> set[str]:
    """The commands of letters in a formula."""
    return {one.text for one in units(text) if one.named}


def _redefined(seen: Visible, known: Collection[str], own: Collection[str], letters: Collection[str]) -> Iterator[ContentError]:
    for index in seen.tokens.of(Role.COMMAND):
        name = renewed.other_environment(seen, index, own) or _of_rows(seen, index)
        if name:
            said = f"the environment {name} is redefined; expected it to print what it does in LaTeX, or another name"
            yield ContentError(said, seen.place_of(seen.tokens[index]))
    for how, name, token in _handed(seen, known):
        said = f"{how} is handed {name}, and may give it another meaning, which nobody follows; expected it taken out"
        yield ContentError(said, seen.place_of(token))
    for name, token in defined(seen.tokens):
        if name in known:
            said = f"{name} is redefined; expected it to mean on the page what the reader takes it for"
            advice = "a command of your own is defined once, at the top level of the preamble"
            yield ContentError(f"{said}; {advice}", seen.place_of(token))
        elif said := renewed.harmful(seen, token, name, own, letters):
            yield ContentError(said, seen.place_of(token))


def _handed(seen: Visible, known: Collection[str]) -> Iterator[tuple[str, str, Token]]:
    """Each command in a preamble, of which nothing is known, that is handed one that the reader knows: it may define that anew."""
    tokens = seen.tokens
    stop = next((one for one in tokens.of(Role.BEGIN) if environment(tokens.texts[one]) == "document"), len(tokens))
    given_names = {after(tokens, one + 1) for one in tokens.of(Role.LETS, Role.DEFINES)}
    for index in tokens.of(Role.COMMAND):
        if index >= stop or index in given_names or any(tokens.roles[one] is Role.GROUP for one in seen.nesting.enclosing(index)):
            continue
        first = after(tokens, option(tokens, index + 1))
        given = first + (first < len(tokens) and tokens.roles[first] is Role.GROUP)
        closed = given == first or after(tokens, given + 1) == seen.nesting.partners.get(first, -1)
        if given < len(tokens) and tokens.texts[given] in known and closed and tokens.texts[given].startswith("\\"):
            yield tokens.texts[index], tokens.texts[given], tokens[index]


def _of_rows(seen: Visible, index: int) -> str:
    """The environment of formulas that a command defines anew, whatever defines it."""
    braces = next(arguments(seen.tokens, index), None) if "nvironment" in seen.tokens.texts[index] else None
    name = "".join(seen.tokens.texts[braces[0] + 1 : braces[1]]).strip() if braces else ""
    return name if name in _ROWS else ""


def hidden(page: Page) -> Iterator[ContentError]:
    """Commands that change what characters mean, on the page or in a file beside it, and files that nobody looks into."""
    yield from _hidden(page.text, frozenset())
    own = {name for seen in page.files.values() for name in renewed.own(seen)}
    for name, seen in page.files.items():
        if not not_utf8(page.root / FOLDER / name):
            yield from _hidden(seen, _IN_A_FILE, own)


def _hidden(seen: Visible, allowed: Collection[str], own: Collection[str] = (), read: Collection[str] = ()) -> Iterator[ContentError]:
    tokens = seen.tokens
    if allowed:
        yield from _inner(seen, own)
    for index in tokens.of(Role.COMMAND):
        if tokens.texts[index] in _READS:
            yield ContentError(f"{tokens.texts[index]} {_REFUSED[Role.BEHIND]}", seen.place_of(tokens[index]))
    for index in tokens.of(*_REFUSED):
        if tokens.texts[index] not in allowed:
            yield ContentError(f"{tokens.texts[index]} {_REFUSED[tokens.roles[index]]}", seen.place_of(tokens[index]))
    for index in tokens.of(Role.MARK, Role.DEFINES):
        if (tricks := _trick(tokens, index)) and tricks not in allowed:
            yield ContentError(f"{tricks} {_REFUSED[Role.BEHIND]}", seen.place_of(tokens[index]))
    for index in tokens.of(Role.BEGIN):
        if (name := environment(tokens.texts[index]).removesuffix("*")) == "filecontents" or f"\\{name}" in _NO_ENVIRONMENTS:
            yield ContentError(f"{tokens.texts[index]} {_REFUSED[Role.BEHIND]}", seen.place_of(tokens[index]))
    for index in overprinting(seen):
        said = f"{tokens.texts[index]} {_REFUSED[Role.OVERPRINTS]}"
        yield ContentError(said, seen.place_of(tokens[index]))
    for index in tokens.of(Role.FILE):
        name = file_of(tokens, index)
        if not _TEMPLATE.fullmatch(name) and not {name, f"{name}.tex"} & {*read}:
            said = f"\\input{{{name}}}: a file that is not looked into; expected one of {FOLDER}/*.tex, or \\BLOCK{{include …}}"
            yield ContentError(said, seen.place_of(tokens[index]))


def _inner(seen: Visible, own: Collection[str]) -> Iterator[ContentError]:
    r"""Commands of LaTeX's own with an @ within their name, as in \protected@edef, which may define another."""
    tokens = seen.tokens
    given = {
        tokens.texts.index(name, token.index) for name, token in defined(tokens) if name in tokens.texts[token.index : token.index + 8]
    }
    for index in tokens.of(Role.MARK):
        previous = tokens.texts[index - 1] if index else ""
        if tokens.texts[index] == "@" and previous[:1] == "\\" and previous[1:].isalpha():
            name = renewed.full(seen, index - 1, previous)
            if name not in own and name not in _MEASURES and index - 1 not in given:
                yield ContentError(f"{name} {_REFUSED[Role.BEHIND]}", seen.place_of(tokens[index - 1]))


def _trick(tokens: Tokens, index: int) -> str:
    r"""A command of LaTeX's own, \@name, or a definition of no command by its name, such as of a character; empty if none."""
    text = tokens.texts[index]
    if text == r"\@":
        return text + tokens.texts[index + 1] if tokens.roles[index + 1 : index + 2] == [Role.LETTERS] else ""
    if text == "@" and index and tokens.texts[index - 1] in _INNER:
        return f"{tokens.texts[index - 1]}@"
    if tokens.roles[index] is Role.MARK or named(tokens, index):
        return ""
    following = after(tokens, index + 1)
    if tokens.texts[following : following + 1] == ["#"] and text.lower().endswith("command"):
        return ""  # LaTeX's own record sees which command an argument named, and where that no longer holds; of a character it keeps none
    if tokens.roles[following : following + 1] == [Role.GROUP]:
        following = after(tokens, following + 1)
    return " ".join([text, *tokens.texts[following : following + 1]])


def kept(filled: Rendered) -> str:
    """The definition, without an end of line, of the list of the commands that are to mean the same wherever a relation is printed."""
    used = {command(text) for one in about(filled.text) for low, high in spans(one) for text in one.texts[low:high]}
    known = sorted(one for one in (_ALWAYS | used) - _CHANGING if one.startswith("\\"))
    own = "".join(r"\hwgenown" + one for one in sorted(filled.macros))
    return r"\def\hwgenknown{" + "".join(r"\hwgenkeep" + one for one in known) + own + "}"


def redefined(formulas: Sequence[Formula], record: str) -> Iterator[ContentError]:
    """One error for each command that LaTeX took for something else, at the first formula that it concerns."""
    said: set[str] = set()
    seen: dict[str, int] = {}
    for line in record.split("\n"):
        match = _RECORD.match(line)
        if match and match[1]:
            seen[match[2]] = seen.get(match[2], 0) + 1
        elif match and match[4] not in said:
            # A relation may be printed several times, and LaTeX records in the order of the page: so the place is counted.
            places = [one for one in formulas if one.name == match[5]]
            formula = places[min(seen.get(match[5], 1), len(places)) - 1] if places else None
            name, meaning = match[4].strip(), match[6] or ""
            if not (_as_defined(name, meaning, formula) if match[3] == "owned" else formula and _as_read(name, meaning, formula)):
                said.add(match[4])
                yield _error(name, match[5], formula)


def _as_defined(name: str, meanings: str, formula: Formula | None) -> bool:
    r"""Whether an author's command still is what it is expanded as, if it is there at all.

    `meanings` are its own, and those of what holds the body of a \NewDocumentCommand, a \DeclareMathOperator and a paired delimiter.
    """
    macro = next((one for one in formula.macros if one.name == name), None) if formula else None
    if macro is None or macro.problem:
        return True
    own, code, inner, paired = (squeezed(re.sub(r"\\(?:long|protected) ?", "", one)) for one in meanings.split("||"))
    body = squeezed(f"macro:{''.join(f'#{one + 1}' for one in range(macro.count))}->{macro.body}")
    if own == body or (_DOCUMENT.fullmatch(own) and code == body):
        return True
    if own != f"macro:->\\protect{name}":
        return False
    if macro.sized:
        left, right = (squeezed(one) for one in macro.body.replace(r"\left", "", 1).split(r"#1\right"))
        return inner.startswith(r"macro:->\@ifstar") and rf"{{\left{left}}}{{#1}}{{\right{right}}}" in paired
    operator = squeezed(macro.body).removeprefix(r"\operatorname")
    return inner in {body, rf"macro:->\qopname\newmcodes@o{operator}", rf"macro:->\qopname\newmcodes@m{operator}"}


def _as_read(name: str, meaning: str, formula: Formula) -> bool:
    """Whether a command of another meaning is expanded into just that one where it is read, or is a letter that does not occur."""
    macro = next((one for one in formula.macros if one.name == name), None)
    if macro:
        parameters = "".join(f"#{one + 1}" for one in range(macro.count))
        return squeezed(meaning.replace(r"\long ", "")) == squeezed(f"macro:{parameters}->{macro.body}")
    texts = [formula.text, *(one.body for one in formula.macros)]
    return name in _LETTERS and not any(name in _commands(text) for text in texts)


def _error(command: str, name: str, formula: Formula | None) -> ContentError:
    said = f"{command} does not mean in {name} what the reader takes it for; expected no redefinition before this formula"
    advice = "but one \\renewcommand at the top level of the preamble" if command in _LETTERS else ""
    return ContentError(", ".join(filter(None, [said, advice])), formula.place if formula else None)
