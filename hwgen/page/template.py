r"""Jinja2 templates to plain LaTeX: values as opaque placeholders, and the template place of every line.

A template never sees a value of the mathematics, only `@@@{constants.NAME}@`; nothing here runs any.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from hwgen.model import Homework, Place, Student
from hwgen.model.errors import ContentError, ContentErrors, did_you_mean

FOLDER, BUILD = "templates", "build"
# As long as \VAR{namespace.name}, so that columns stay what they are.
PLACEHOLDER = re.compile(r"@@@\{(\w+)\.(\w+)\}@")
_TAG = re.compile("\x02([^\x02\x03]*):(\\d+)\x03")
_STATEMENT = re.compile(r"\\BLOCK\{\s*(\w+)")
_NOT_CLOSED = re.compile(r"\\(VAR|BLOCK)\{[^}{\\$]*(?:$|[{\\$])")
_LOST = re.compile("expected token|unexpected char|unexpected '")
_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_BLOCKS = frozenset({"if", "for", "macro", "call", "filter", "with", "block", "autoescape"})
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: "\\" + character for character in "&%$#_{}"},
}


@dataclass(frozen=True)
class Rendered:
    """LaTeX, and for each of its lines the template line that it comes from.

    `seams`: (line, offset, place) where the text of another template line goes on in the same line, since Jinja2 took the
    end of a line away; lines from 1, offsets from 0.
    """

    text: str
    lines: tuple[Place, ...]
    seams: tuple[tuple[int, int, Place], ...] = ()

    def place(self, line: int, column: int | None = None) -> Place:
        """The place of a line of the text, or of a character of it (both from 1)."""
        found, start = self.lines[min(max(line, 1), len(self.lines)) - 1], 0
        if column is None:
            return found
        for seam, offset, place in self.seams:
            if seam == line and offset < column:
                found, start = place, offset
        return Place(file=found.file, line=found.line, column=column - start)


class _Tagged(Extension):
    """Marks every template line on its way through the lexer, so that it can be found again after loops, macros and includes."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            yield Token(token.lineno, "data", _tag(token.value, stream.name or "", token.lineno)) if token.type == "data" else token


def _tag(text: str, name: str, line: int) -> str:
    lines = text.split("\n")
    return "\n".join(f"\x02{name}:{line + offset}\x03{part}" for offset, part in enumerate(lines))


class _Names:
    """A namespace whose every attribute is a placeholder; whether it exists is looked up once the line is known."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return f"@@@{{{self._namespace}.{name}}}@"


def escaped(text: str) -> str:
    """User data as LaTeX prints it."""
    return "".join(_SPECIAL.get(character, character) for character in text)


def facts(homework: Homework) -> dict[str, str | list[str]]:
    """What homework.toml says, as LaTeX prints it; empty where it says nothing, and the due date as 17 February 2025."""
    due = homework.due and f"{homework.due.day} {homework.due:%B} {homework.due.year}"
    said = {**vars(homework), "due": due, "versions": None}
    return {key: "" if value is None else escaped(str(value)) for key, value in said.items()} | {"versions": list(homework.versions)}


def render(main: str, root: Path, names: Mapping[str, Collection[str]], student: Student, homework: Homework) -> Rendered:
    """The whole document as LaTeX. Raises ContentError at the template line for anything Jinja2 or a name gets wrong."""
    folder = root / FOLDER
    environment = jinja2.Environment(
        block_start_string=r"\BLOCK{",
        block_end_string="}",
        variable_start_string=r"\VAR{",
        variable_end_string="}",
        comment_start_string=r"\#{",
        comment_end_string="}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        extensions=[_Tagged],
        loader=jinja2.FileSystemLoader(folder),
        bytecode_cache=_cache(root),
    )
    context: dict[str, Any] = {namespace: _Names(namespace) for namespace in names}
    context["student"] = {
        "nom": escaped(student.nom),
        "prenom": escaped(student.prenom),
        "version": student.version,
        "appendix": student.appendix,
        "marks": student.marks,
    }
    context["homework"] = facts(homework)
    try:
        tagged = environment.get_template(main).render(context)
    except jinja2.TemplateSyntaxError as error:
        raise _syntax(error, folder) from None
    except jinja2.TemplateNotFound as error:
        raise ContentError(f"template {error.name} not found in {FOLDER}/", _where(error, folder)) from None
    except jinja2.UndefinedError as error:
        raise ContentError(_undefined(str(error.message), context), _where(error, folder)) from None
    except jinja2.TemplateError as error:
        raise ContentError(str(error.message), _where(error, folder)) from None
    except UnicodeDecodeError as error:
        raise _undecoded(folder) or ContentError(str(error)) from None
    except Exception as error:  # a template's own expression went wrong: the author's line, not a traceback
        raise ContentError(f"{type(error).__name__}: {error}", _where(error, folder)) from None
    rendered = _untagged(tagged, main)
    _known(rendered, names)
    return rendered


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
            return ContentError(f"\\BLOCK{{{what} …}} is never closed; expected \\BLOCK{{end{what}}}", _in_templates(error.name, line))
    opening = _unclosed((folder / (error.name or "")).read_text(), error.lineno) if _LOST.search(message) else None
    if opening:
        return ContentError(f"{opening[0]} is never closed; expected }} on its line", _in_templates(error.name, opening[1]))
    return ContentError(message, _in_templates(error.name, error.lineno))


def _unclosed(text: str, before: int) -> tuple[str, int] | None:
    r"""The first \\VAR or \\BLOCK that its own line does not close, with its line, at or before a line."""
    for number, line in enumerate(text.split("\n")[:before], 1):
        match = _NOT_CLOSED.search(line)
        if match:
            return f"\\{match[1]}{{", number
    return None


def _undefined(message: str, known: Collection[str]) -> str:
    """Jinja2's message on a name that nobody defines, with the nearest one that somebody does."""
    match = _UNDEFINED.fullmatch(message)
    return message + ("." + hint if match and (hint := did_you_mean(match[1], known)) else "")


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
        return ContentError("not UTF-8; save the file as UTF-8", _in_templates(path.name, line))
    return None


def _cache(root: Path) -> jinja2.BytecodeCache | None:
    """Compiled templates are kept in build/, if there is one."""
    if not (root / BUILD).is_dir():
        return None
    (root / BUILD / "templates").mkdir(exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(root / BUILD / "templates"))


def _in_templates(name: str | None, line: int) -> Place:
    return Place(file=f"{FOLDER}/{name or ''}", line=line)


def _where(error: Exception, folder: Path) -> Place | None:
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if Path(frame.filename).parent.resolve() == folder.resolve()]
    return _in_templates(Path(inside[-1].filename).name, inside[-1].lineno or 1) if inside else None


def _untagged(tagged: str, main: str) -> Rendered:
    """Remove the tags: a line belongs to the last tag before its first visible character, or to the line before it."""
    texts, places, seams = [], [], []
    current = _in_templates(main, 1)
    for number, line in enumerate(tagged.split("\n"), 1):
        tags = [(match.start(), _in_templates(match[1], int(match[2]))) for match in _TAG.finditer(line)]
        text = _TAG.sub("", line)
        first = len(line) - len(re.sub("^(\x02[^\x03]*\x03|\\s)+", "", line))
        before = [place for start, place in tags if start < first]
        place = before[-1] if before else current
        texts.append(text)
        places.append(place)
        seams += [(number, len(_TAG.sub("", line[:start])), other) for start, other in tags if start >= first and other != place]
        current = tags[-1][1] if tags else current
    return Rendered("\n".join(texts), tuple(places), tuple(seams))


def placeholders(rendered: Rendered) -> Iterator[tuple[str, str, Place]]:
    """Every placeholder: its namespace, its name and its place."""
    for number, line in enumerate(rendered.text.split("\n"), 1):
        for match in PLACEHOLDER.finditer(line):
            yield match[1], match[2], rendered.place(number, match.start() + 1)


def used(rendered: Rendered) -> set[tuple[str, str]]:
    """The names of the values that the page shows."""
    return {(namespace, name) for namespace, name, _ in placeholders(rendered)}


def _known(rendered: Rendered, names: Mapping[str, Collection[str]]) -> None:
    wrong = [
        ContentError(f"\\VAR{{{namespace}.{name}}}: no such name in {namespace}.{did_you_mean(name, names[namespace])}", place)
        for namespace, name, place in placeholders(rendered)
        if name not in names[namespace]
    ]
    if wrong:
        raise ContentErrors(wrong)
