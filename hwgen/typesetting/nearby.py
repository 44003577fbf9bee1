r"""What the author most likely meant by a name that LaTeX does not know: a label, an entry cited, a command, an environment, an option.

Only where something went wrong; nothing here reads a log.
"""

from __future__ import annotations

import difflib
import itertools
import re
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
from hwgen.reading.roles import Role

# A line of a reference may be told at the end of the argument or paragraph that holds it.
FAR = 120
# Commands are short, and a package's own may be like one of these by chance.
ALIKE = 0.7
_SPELLED = {"lamda": "lambda", "final sigma": "varsigma"}
_OPTIONS = ("width", "height", "totalheight", "scale", "angle", "trim", "clip", "keepaspectratio", "page", "viewport", "bb", "origin")
_MADE = re.compile(r"\\(?:newtheorem\*?|(?:re)?newenvironment\*?|newmdtheoremenv)\s*\{\s*([A-Za-z*]+)\s*\}")


def referred(document: Rendered, kind: str, name: str, line: int) -> tuple[int, int | None, str]:
    """The line and column, from 1, where a label or an entry is named that does not exist, and the nearest one that does."""
    seen = visible(document)
    known = _entries(seen) if kind == "citation" else [one.name for one in labels(seen.tokens)]
    naming = re.compile(rf"(?<=[{{,\s]){re.escape(name)}(?=\s*[}},])")
    for number, text in _above(seen, line):
        for match in naming.finditer(text):
            index = seen.tokens.at(seen.starts[number - 1] + match.start())
            if any(seen.tokens.roles[one] is Role.NAMES for one in range(max(index - 40, 0), index)):
                return number, match.start() + 1, nearest(name, known)
    return line, None, nearest(name, known)


def command(document: Rendered, name: str) -> str:
    """The known command that one is most like which nobody defines: LaTeX's, or one of the author."""
    written = (visible(Rendered(text, ())) for text in (document.text, *_files()))
    made = {name for one in written for name, _ in defined(one.tokens)}
    near = nearest(name, sorted(({*ROLES, *greek()} | made) - {name}))
    as_long = abs(len(near) - len(name)) <= 2
    return near if as_long and difflib.SequenceMatcher(None, name, near).ratio() >= ALIKE else ""


def environment_of(document: Rendered, name: str) -> str:
    """The same for an environment."""
    made = {match[1] for text in (document.text, *_files()) for match in _MADE.finditer(text)}
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


def _above(seen: Visible, line: int) -> Iterator[tuple[int, str]]:
    """A line of what LaTeX sees, and those above it, the nearest first."""
    lines = seen.text.split("\n")
    return ((number, lines[number - 1]) for number in range(min(line, len(lines)), max(line - FAR, 0), -1))


def _entries(seen: Visible) -> list[str]:
    """The entries of the list of references that is written on the page."""
    found = (index for index in seen.tokens.of(Role.NAMES) if seen.tokens.texts[index] == r"\bibitem")
    return [text_of(seen.tokens, braces) for index in found for braces in itertools.islice(arguments(seen.tokens, index), 1)]
