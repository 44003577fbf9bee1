r"""Files of plain LaTeX that the page puts in by \input and that are not there: what they would define is missed all over the page."""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.model.errors import ContentError, did_you_mean
from hwgen.page import definitions
from hwgen.page.arguments import after
from hwgen.page.page import Page
from hwgen.reading.roles import Role

FOLDER = "templates/"


def absent(page: Page) -> Iterator[ContentError]:
    r"""Each \input of a file of the templates' folder that there is not."""
    tokens = page.text.tokens
    for index in tokens.of(Role.FILE):
        name = definitions.file_of(tokens, index) if tokens.texts[index] == r"\input" else ""
        path = page.root / name
        if name.startswith(FOLDER) and not path.is_file() and not path.with_name(f"{path.name}.tex").is_file():
            beside = [f"{FOLDER}{one.name}" for one in sorted((page.root / FOLDER).glob("*.tex"))]
            said = f"\\input{{{name}}}: no such file; expected one of the homework's folder.{did_you_mean(name, beside)}"
            start = after(tokens, index + 1)
            yield ContentError(said, page.text.place_of(tokens[start + (tokens.roles[start] is Role.GROUP)]))
