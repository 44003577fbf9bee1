"""What a LaTeX log says, at the author's lines. TeX names the last line of a collected argument; the token is found again above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hwgen.model import Place
from hwgen.page.rendered import Rendered
from hwgen.typesetting import nearby, unwatched

_ERROR = re.compile(r"^(?:\./)?(?P<file>[^:\n]+\.(?:tex|sty|cls|aux|out|toc)):(?P<line>\d+): (?P<message>.*)$")
_BARE = re.compile(r"^! (?P<message>.*)$")
_LINE = re.compile(r"^l\.(\d+) ?(.*)$")
_UNDRAWN = re.compile(r"^!pdfTeX error: .*: Font (?P<font>\S+) at \d+ not found", re.MULTILINE)
_UNDEFINED = re.compile(r"^LaTeX Warning: (Reference|Citation) [`'](?P<name>[^']*)'.* undefined on input line (?P<line>\d+)")
_OVERFULL = re.compile(r"^Overfull \\hbox \((?P<size>[\d.]+)pt too wide\).*?(?:lines?|line) (?P<line>\d+)")
_TOO_HIGH = re.compile(r"^Overfull \\vbox \((?P<size>[\d.]+)pt too high\) has occurred while \\output is active")
_PAGE = re.compile(r"\[(\d+)(?=[\]{\s<]|$)")
_FLOAT = re.compile(r"^LaTeX Warning: Float too large for page by (?P<size>[\d.]+)pt on input line (?P<line>\d+)")
_COMMAND = re.compile(r"(\\[A-Za-z@]+)\s*$")
_ENVIRONMENT = re.compile(r"Environment (\S+) undefined")
_OPTION = re.compile(r"keyval Error: (\S+) undefined")
_LIST = re.compile(r"\\begin\{(?:itemize|enumerate|description)\}")
FAR = 120
UNDEFINED = " is undefined"
TOO_WIDE = 2.0
BREAKS = "expected it shorter, or in pieces, as in longtable, which breaks between rows"
OURS = {r"\checked", r"\refuted", r"\verified", r"\for", r"\given", r"\further", r"\ifhwgenfull", r"\hwgenfulltrue", r"\hwgenmarkstrue"}
TEMPLATES = {r"\VAR", r"\BLOCK"}
LOADED = r"is \usepackage{hwgen} in templates/preamble.tex?"
HINTS = {
    "Undefined control sequence": "is it misspelt, or is its package missing from templates/preamble.tex?",
    "Missing $ inserted": "mathematics outside $…$",
    "Environment": "is the name of the environment misspelt?",
    "File": "does the file exist? figures come from \\VAR{figures.NAME}",
    "Unicode character": "LaTeX has no sign for it in these fonts; write its command, as in $\\beta$, or load a package that has it",
    "macro parameter character #": "a # in text is written \\#, and a comment \\#{ … }",
    "Unknown graphics extension": "figures come from \\VAR{figures.NAME}",
    "Missing number": "a length or number was expected",
    "Misplaced alignment tab": "an & outside align or a table; write \\& in text",
    "Double superscript": "two ^ on one symbol; write braces",
    "Double subscript": "two _ on one symbol; write braces",
    "Extra alignment tab": "more & than columns",
    "Something's wrong--perhaps a missing \\item": "text directly inside a list; begin it with \\item",
    "Paragraph ended before": "an argument with an empty line in it, or a brace that is missing",
}


@dataclass(frozen=True)
class LogError:
    """LaTeX's first error: what, and where the author finds it."""

    message: str
    place: Place
    source: str


def first_error(log: str, document: Rendered, source: str) -> LogError | None:
    """The first error of a run, at its template line; `source` is what TeX called the document."""
    lines = log.split("\n")
    for index, line in enumerate(lines):
        # The first one: what follows an error in LaTeX's log mostly follows from it.
        match = _ERROR.match(line) or _BARE.match(line)
        if match:
            return _error(match, lines[index + 1 : index + 40], document, source)
    return None


def undrawn(log: str) -> str:
    """What is said of a font that is there as a program of Metafont's alone; empty if that is not what LaTeX stopped at."""
    found = _UNDRAWN.search(log)
    said = "has no outlines here, and Metafont, a program, is not run to draw it; expected a font with outlines"
    return f"the font {found['font']} {said} (as \\mathds of dsfont in the place of \\mathbbm)" if found else ""


def _error(match: re.Match[str], after: Sequence[str], document: Rendered, source: str) -> LogError:
    message = match["message"].strip().rstrip(".")
    context = _context(after)
    number = int(match["line"]) if "line" in match.groupdict() else next((int(found[1]) for one in after if (found := _LINE.match(one))), 1)
    token = _token(context)
    if message == "Undefined control sequence" and token:
        message = f"{message} {token}"
    hint = _meant(message, token, document) or _hint(message, token)
    message = f"{message} ({hint})" if hint else message
    file = match.groupdict().get("file") or source
    if not file.endswith(source):
        return LogError(message, Place(file=file, line=number), "")
    if "missing \\item" in message:
        number = _before_item(document, number)
    option = _OPTION.search(message)
    return LogError(message, *_found(document, number, option[1] if option else token, _read_so_far(context)))


def _meant(message: str, token: str, document: Rendered) -> str:
    """The known name that is most like the one that LaTeX stopped at; empty where none is near."""
    if (made := _ENVIRONMENT.search(message)) and (near := nearby.environment_of(document, made[1])):
        return f"did you mean \\begin{{{near}}}?"
    if (option := _OPTION.search(message)) and (near := nearby.option(option[1])):
        return f"no option of that name; did you mean {near}?"
    if message.startswith("Undefined control sequence") and token.upper() in TEMPLATES:
        return f"of a template it is {token.upper()}{{…}}, in capital letters and with its brace right behind it"
    unknown = message.startswith("Undefined control sequence") and token and token not in OURS and token not in unwatched.TAKEN
    if unknown and (near := nearby.command(document, token)):
        return f"did you mean {near}? Otherwise its package may be missing from templates/preamble.tex"
    return ""


def _hint(message: str, token: str) -> str:
    """What is the matter most likely."""
    if token in OURS:
        return LOADED
    if token in unwatched.TAKEN:
        return unwatched.HINT
    return next((text for start, text in HINTS.items() if start in message), "")


def _read_so_far(context: Sequence[str]) -> str:
    """How much of its line TeX had read, or the last part of it."""
    match = _LINE.match(context[-1]) if context else None
    return match[2].removeprefix("...") if match else ""


def _before_item(document: Rendered, number: int) -> int:
    """The line with the text that stands in a list before its first item; TeX stops only at the item."""
    lines = document.text.split("\n")
    for line in range(min(number, len(lines)), 0, -1):
        if _LIST.search(lines[line - 1]):
            following = (after for after in range(line + 1, number + 1) if lines[after - 1].strip())
            return next(following, number)
    return number


def _context(after: Sequence[str]) -> list[str]:
    """The lines of context down to TeX's l.<number>."""
    context = []
    for line in after:
        context.append(line)
        if _LINE.match(line):
            break
    return context


def _token(context: Sequence[str]) -> str:
    """The command that TeX had just read: the one at the end of a line of context."""
    found = (_COMMAND.search(line) for line in context)
    return next((match[1] for match in found if match), "")


def _found(document: Rendered, number: int, token: str, read: str) -> tuple[Place, str]:
    """The nearest line at or above `number` that holds the token, with its column; without a token, how far TeX had read."""
    lines = document.text.split("\n")
    if token:
        whole = re.compile(re.escape(token) + r"(?![A-Za-z])")
        for line in range(min(number, len(lines)), max(number - FAR, 0), -1):
            match = whole.search(lines[line - 1])
            if match:
                return document.place(line, match.start() + 1), lines[line - 1]
    source = lines[min(number, len(lines)) - 1]
    column = source.find(read) + len(read) if read and read in source else None
    return document.place(number, column), source


def warnings(log: str, document: Rendered) -> Iterator[str]:
    """Undefined references and citations, and what sticks out of a column or a page, once each."""
    said, page = set(), 1
    for line in log.split("\n"):
        if shipped := _PAGE.findall(line):
            page = int(shipped[-1]) + 1
        text = _warning(line, document, page)
        if text and text not in said:
            said.add(text)
            yield text


def _warning(line: str, document: Rendered, page: int) -> str:
    """What one line of a log warns of that the reader of the page would see; empty for any other."""
    if undefined := _UNDEFINED.match(line):
        kind, name = undefined[1].lower(), undefined["name"]
        number, column, near = nearby.referred(document, kind, name, int(undefined["line"]))
        return f"{document.place(number, column)}: {kind} {name}{UNDEFINED}{f' (did you mean {near}?)' if near else ''}"
    if (overfull := _OVERFULL.match(line)) and float(overfull["size"]) > TOO_WIDE:
        return f"{document.place(int(overfull['line']))}: {_points(overfull['size'])} wider than the column"
    if (tall := _FLOAT.match(line)) and float(tall["size"]) > TOO_WIDE:
        return f"{document.place(int(tall['line']))}: a figure or table that is {_points(tall['size'])} higher than the page; {BREAKS}"
    if (tall := _TOO_HIGH.match(line)) and float(tall["size"]) > TOO_WIDE:
        return f"page {page}: what stands on it is {_points(tall['size'])} higher than the page; {BREAKS}"
    return ""


def _points(size: str) -> str:
    return f"{float(size):.3g} pt"
