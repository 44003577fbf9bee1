r"""Jinja2 templates to plain LaTeX: values as opaque placeholders, and the template place of every line.

A template never sees a value of the mathematics, only `@@@{constants.NAME}@`; nothing here runs any.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.ext import Extension
from jinja2.lexer import Lexer

from hwgen.model import Homework, Student
from hwgen.model.errors import ContentError, ContentErrors, did_you_mean
from hwgen.page import comments, template_errors
from hwgen.page.rendered import Rendered, placeholders
from hwgen.page.sandbox import Compiled, Inside, Sandbox
from hwgen.page.template_errors import FOLDER, in_templates

BUILD = "build"
_TAG = re.compile("\x02([^\x02\x03]*):(\\d+):(\\d+)\x03")
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: "\\" + character for character in "&%$#_{}"},
}


class _Inert(Extension):
    """Nothing in LaTeX's comments is for Jinja2."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source without it."""
        return comments.inert(source)


class _Placed(Lexer):
    """Marks every piece of text with its line and column, so that it can be found again after loops, macros and includes."""

    def tokeniter(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> Iterator[tuple[int, str, str]]:
        """The tokens of a template; between two of them stands nothing but the space that Jinja2 takes away."""
        position = 0
        for line, kind, value in super().tokeniter(source, name, filename, state):
            # Jinja2 tells lines, but no columns; what it leaves out between two tokens is white space.
            position = source.index(value, position)
            column = position - source.rfind("\n", 0, position)
            yield line, kind, _tag(value, name or "", line, column) if kind == "data" else value
            position += len(value)


class _Environment(Sandbox):
    @property
    def lexer(self) -> Lexer:
        """The lexer of this environment."""
        return _Placed(self)


def _tag(text: str, name: str, line: int, column: int) -> str:
    first, *others = text.split("\n")
    tagged = [f"\x02{name}:{line + offset}:1\x03{part}" for offset, part in enumerate(others, 1)]
    return "\n".join([f"\x02{name}:{line}:{column}\x03{first}", *tagged])


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


def _environment(root: Path) -> jinja2.Environment:
    return _Environment(
        values=(_Names,),
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
        extensions=[_Inert],
        loader=Inside(root / FOLDER),
        bytecode_cache=_cache(root),
    )


def render(main: str, root: Path, names: Mapping[str, Collection[str]], student: Student, homework: Homework) -> Rendered:
    """The whole document as LaTeX. Raises ContentError at the template line for anything Jinja2 or a name gets wrong."""
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
        tagged = _environment(root).get_template(main).render(context)
    except Exception as error:  # a template's own expression went wrong: the author's line, not a traceback
        # The traceback is of generated code, which no author has seen.
        raise template_errors.told(error, root / FOLDER, context, names) from None
    rendered = _untagged(tagged, main)
    _known(rendered, names)
    return rendered


def _cache(root: Path) -> jinja2.BytecodeCache | None:
    """Compiled templates are kept in build/, if there is one."""
    if not (root / BUILD).is_dir():
        return None
    (root / BUILD / "templates").mkdir(exist_ok=True)
    return Compiled(str(root / BUILD / "templates"), "inert_%s.cache")


def _untagged(tagged: str, main: str) -> Rendered:
    """Remove the tags: a line belongs to the last tag before its first visible character, or to the line before it."""
    texts, places, seams = [], [], []
    current = in_templates(main, 1)
    for number, line in enumerate(tagged.split("\n"), 1):
        tags = [(match.start(), in_templates(match[1], int(match[2])), int(match[3])) for match in _TAG.finditer(line)]
        first = len(line) - len(re.sub("^(\x02[^\x03]*\x03|\\s)+", "", line))
        # A tag after the first visible character begins a part of the line, not the line.
        before = [place for start, place, _ in tags if start < first]
        place = before[-1] if before else current
        texts.append(_TAG.sub("", line))
        places.append(place)
        shifted = False
        for start, other, column in tags:
            offset = len(_TAG.sub("", line[:start]))
            shifted = shifted or other != place or column != offset + 1
            if shifted:
                seams.append((number, offset, dataclasses.replace(other, column=column)))
        current = tags[-1][1] if tags else current
    return Rendered("\n".join(texts), tuple(places), tuple(seams))


def _known(rendered: Rendered, names: Mapping[str, Collection[str]]) -> None:
    wrong = [
        ContentError(f"\\VAR{{{namespace}.{name}}}: {_unknown(namespace, name, names[namespace])}", place)
        for namespace, name, place in placeholders(rendered)
        if name not in names[namespace]
    ]
    if wrong:
        raise ContentErrors(wrong)


def _unknown(namespace: str, name: str, known: Collection[str]) -> str:
    hint = did_you_mean(name, known)
    return f"no such name in {namespace}.{hint}" if hint else f"no such name in {namespace}; expected one that `hwgen list` shows"
