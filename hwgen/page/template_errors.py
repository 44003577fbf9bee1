"""What Jinja2 gets wrong in a template, as a message at the author's line. Nothing here renders."""

from __future__ import annotations

import dataclasses
import re
import traceback
from collections.abc import Collection, Mapping
from pathlib import Path

import jinja2

from hwgen.model import Place
from hwgen.model.errors import ContentError, did_you_mean
from hwgen.page.sandbox import LeadsOut

FOLDER = "templates"
_STATEMENT = re.compile(r"\\BLOCK\{\s*(\w+)")
_NOT_CLOSED = re.compile(r"\\(VAR|BLOCK)\{[^}{\\$]*(?:$|[{\\$])")
_LOST = re.compile("expected token|unexpected char|unexpected '|end of print statement|end of statement block")
_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_LACKING = re.compile(r"'dict object' has no attribute '(\w+)'")
_UNKNOWN = re.compile(r"Encountered unknown tag '(\w+)'")
_STATEMENTS = frozenset({"if", "elif", "else", "endif", "for", "endfor", "set", "include", "import", "macro", "endmacro"})
_BLOCKS = frozenset({"if", "for", "macro", "call", "filter", "with", "block", "autoescape"})


def told(error: Exception, folder: Path, known: Mapping[str, object], values: Mapping[str, Collection[str]]) -> ContentError:
    """Whatever stopped Jinja2, at its template line.

    `known` are the names that a template may use, and what each of them is, `values` those that the content declares, by their namespaces.
    """
    if isinstance(error, jinja2.TemplateSyntaxError):
        return _syntax(error, folder)
    if isinstance(error, LeadsOut):
        said = f"template {error.name} is a link that leads out of {FOLDER}/; expected the file itself: copy it there"
        return ContentError(said, _where(error, folder))
    if isinstance(error, jinja2.TemplateNotFound):
        hint = did_you_mean(str(error.name), [path.name for path in folder.glob("*.j2")])
        said = f"template {error.name} not found in {FOLDER}/{f'.{hint}' if hint else ''}"
        return ContentError(said, _word(str(error.name), _where(error, folder), folder))
    if isinstance(error, jinja2.UndefinedError):
        return _unknown(str(error.message), _where(error, folder), folder, known, values)
    if isinstance(error, jinja2.TemplateError):
        return ContentError(str(error.message), _where(error, folder))
    if isinstance(error, UnicodeDecodeError):
        return _undecoded(folder) or ContentError(str(error))
    return ContentError(f"{type(error).__name__}: {error}", _where(error, folder))


def _syntax(error: jinja2.TemplateSyntaxError, folder: Path) -> ContentError:
    """A syntax error at its line; a statement that is never closed at the line that opens it."""
    message = error.message or "wrong template syntax"
    if "Unexpected end of template" in message or "unknown tag 'end" in message:
        text = (folder / (error.name or "")).read_text()
        opened: list[tuple[str, int]] = []
        for match in _STATEMENT.finditer(text):
            line = text[: match.start()].count("\n") + 1
            if "unknown tag" in message and line >= error.lineno:
                break
            if match[1].startswith("end") and opened:
                opened.pop()
            elif match[1] in _BLOCKS:
                opened.append((match[1], line))
        if opened:
            what, line = opened[-1]
            return ContentError(f"\\BLOCK{{{what} …}} is never closed; expected \\BLOCK{{end{what}}}", in_templates(error.name, line))
    opening = _unclosed((folder / (error.name or "")).read_text(), error.lineno) if _LOST.search(message) else None
    if opening:
        return ContentError(opening[0], in_templates(error.name, opening[1]))
    return ContentError(_tag(message), in_templates(error.name, error.lineno))


def _tag(message: str) -> str:
    """Jinja2's message on a statement that it does not know, in words."""
    match = _UNKNOWN.match(message)
    if not match:
        return message
    return (
        f"\\BLOCK{{{match[1]} …}} is no statement; expected one of {', '.join(sorted(_STATEMENTS))}.{did_you_mean(match[1], _STATEMENTS)}"
    )


def _unclosed(text: str, before: int) -> tuple[str, int] | None:
    r"""What is said of the first \\VAR or \\BLOCK that its own line does not close, and that line, at or before a line."""
    for number, line in enumerate(text.split("\n")[:before], 1):
        match = _NOT_CLOSED.search(line)
        if match:
            twice = match[0].endswith("{{")
            said = f"\\{match[1]}{{{{ has a brace too many; expected \\{match[1]}{{…}}" if twice else ""
            return said or f"\\{match[1]}{{ is never closed; expected }} on its line", number
    return None


def _unknown(
    message: str, place: Place | None, folder: Path, known: Mapping[str, object], values: Mapping[str, Collection[str]]
) -> ContentError:
    """A name that nobody defines, or that is none of a namespace's, at its place."""
    if lacking := _LACKING.fullmatch(message):
        name, line = lacking[1], _line_of(place, folder)
        owners = {match[1] for match in re.finditer(rf"\b(\w+)\.{name}\b", line)}
        owner = owners.pop() if len(owners) == 1 else "it"
        keys = known.get(owner)
        near = did_you_mean(name, keys) if isinstance(keys, dict) else ""
        expected = f"; expected one of {', '.join(sorted(keys))}" if isinstance(keys, dict) and not near else f".{near}" if near else ""
        return ContentError(f"{owner} has no attribute '{name}'{expected}", _word(name, place, folder))
    match = _UNDEFINED.fullmatch(message)
    if match and (owner := next((space for space, names in values.items() if match[1] in names), "")):
        return ContentError(f"{message}; expected \\VAR{{{owner}.{match[1]}}}", _word(match[1], place, folder))
    return ContentError(_undefined(message, match, known), _word(match[1], place, folder) if match else place)


def _undefined(message: str, match: re.Match[str] | None, known: Collection[str]) -> str:
    """Jinja2's message on a name that nobody defines, with the nearest one that somebody does."""
    if not match:
        return message
    hint = did_you_mean(match[1], known)
    return f"{message}.{hint}" if hint else f"{message}; expected one of {', '.join(sorted(known))}, or a name that the template sets"


def _word(word: str, place: Place | None, folder: Path) -> Place | None:
    """The place of the word that an error is about, where its line has it once."""
    found = [one.start() + 1 for one in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", _line_of(place, folder))]
    return dataclasses.replace(place, column=found[0]) if place and len(found) == 1 else place


def _line_of(place: Place | None, folder: Path) -> str:
    return (folder / Path(place.file).name).read_text(encoding="utf-8-sig").split("\n")[place.line - 1] if place else ""


def _undecoded(folder: Path) -> ContentError | None:
    """The first byte of the templates that is no UTF-8."""
    found = (error for path in sorted(folder.glob("*.j2")) if (error := not_utf8(path)))
    return next(found, None)


def not_utf8(path: Path) -> ContentError | None:
    """What is wrong with a file of the author that is saved in another encoding, at its line."""
    data = path.read_bytes()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return ContentError("not UTF-8; save the file as UTF-8", in_templates(path.name, line))
    return None


def in_templates(name: str | None, line: int) -> Place:
    """A line of a template by its name in the folder."""
    return Place(file=f"{FOLDER}/{name or ''}", line=line)


def _where(error: Exception, folder: Path) -> Place | None:
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if Path(frame.filename).parent.resolve() == folder.resolve()]
    return in_templates(Path(inside[-1].filename).name, inside[-1].lineno or 1) if inside else None
