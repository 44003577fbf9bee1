r"""What the author most likely meant by a name that LaTeX does not know: a label, an entry cited, a command, an environment, an option.

Only where something went wrong; nothing here reads a log.
"""

from __future__ import annotations

import difflib
import itertools
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from hwgen.model.errors import nearest
from hwgen.page.arguments import arguments, text_of
from hwgen.page.definitions import defined
from hwgen.page.environments import labels
from hwgen.page.rendered import Rendered
from hwgen.page.template_errors import FOLDER
from hwgen.page.text import Visible, visible
from hwgen.reading.commands import FORMULAS, PARTS, ROLES, ROWS, TABLES, TEXTS
from hwgen.reading.lexer import Tokens
from hwgen.reading.roles import Role

# A line of a reference may be told at the end of the argument or paragraph that holds it.
FAR = 120
# Commands are short, and a package's own may be like one of these by chance.
ALIKE = 0.7
_SPELLED = {"lamda": "lambda", "final sigma": "varsigma"}
_OPTIONS = ("width", "height", "totalheight", "scale", "angle", "trim", "clip", "keepaspectratio", "page", "viewport", "bb", "origin")
_MAKES = frozenset([r"\newtheorem", r"\newenvironment", r"\renewenvironment", r"\newmdtheoremenv"])


def referred(document: Rendered, kind: str, name: str, line: int) -> tuple[int, int | None, str]:
    """The line and column, from 1, where a label or an entry is named that does not exist, and the nearest one that does."""
    seen = visible(document)
    known = _entries(seen) if kind == "citation" else [one.name for one in labels(seen.tokens)]
    named = (at for at in _named(seen, name) if max(line - FAR, 0) < seen.line(at) <= line)
    at = max(named, key=lambda at: (seen.line(at), -at), default=None)
    if at is None:
        return line, None, nearest(name, known)
    return seen.line(at), at - seen.starts[seen.line(at) - 1] + 1, nearest(name, known)


def command(document: Rendered, name: str) -> str:
    """The known command that one is most like which nobody defines: LaTeX's, or one of the author."""
    written = (visible(Rendered(text, ())) for text in (document.text, *_files()))
    made = {name for one in written for name, _ in defined(one.tokens)}
    near = nearest(name, sorted(({*ROLES, *greek()} | made) - {name}))
    as_long = abs(len(near) - len(name)) <= 2
    return near if as_long and difflib.SequenceMatcher(None, name, near).ratio() >= ALIKE else ""


def environment_of(document: Rendered, name: str) -> str:
    """The same for an environment."""
    made = {name for text in (document.text, *_files()) for name in _made(visible(Rendered(text, ())).tokens)}
    return nearest(name, sorted({*FORMULAS, *(f"{one}*" for one in FORMULAS), *PARTS, *ROWS, *TABLES, *TEXTS, *made} - {name}))


def option(name: str) -> str:
    r"""The option of \includegraphics that is most like one which it does not have."""
    return nearest(name, _OPTIONS)


def greek() -> Iterator[str]:
    """The Greek letters as LaTeX calls them."""
    for code in range(0x3B1, 0x3CA):
        name = unicodedata.name(chr(code)).removeprefix("GREEK SMALL LETTER ").lower()
        letter = _SPELLED.get(name, name)
        yield from (f"\\{letter}", f"\\{letter.capitalize()}")
    yield from (r"\varepsilon", r"\vartheta", r"\varphi", r"\varrho", r"\varpi")


def _files() -> Iterator[str]:
    """The author's files of plain LaTeX."""
    return (path.read_text(errors="replace") for path in sorted(Path(FOLDER).glob("*.tex")))


def _named(seen: Visible, name: str) -> Iterator[int]:
    """The characters where a command names this label, or this entry, among others or alone."""
    tokens = seen.tokens
    for index in tokens.of(Role.NAMES):
        for low, high in itertools.islice(arguments(tokens, index), 1):
            at = tokens.starts[low + 1]
            for one in seen.text[at : tokens.starts[high]].split(","):
                if one.strip() == name:
                    yield at + one.index(name)
                at += len(one) + 1


def _made(tokens: Tokens) -> Iterator[str]:
    """The environments that the author makes."""
    for index in tokens.of(Role.COMMAND):
        if tokens.texts[index] in _MAKES:
            yield from (text_of(tokens, braces) for braces in itertools.islice(arguments(tokens, index), 1))


def _entries(seen: Visible) -> list[str]:
    """The entries of the list of references that is written on the page."""
    found = (index for index in seen.tokens.of(Role.NAMES) if seen.tokens.texts[index] == r"\bibitem")
    return [text_of(seen.tokens, braces) for index in found for braces in itertools.islice(arguments(seen.tokens, index), 1)]
