r"""What a per cent sign behind a number takes with it: `5% of them` ends, on the page, at the 5."""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.model.errors import ContentError
from hwgen.page import comments
from hwgen.page.page import Page
from hwgen.reading.lexer import Tokens, tokens
from hwgen.reading.roles import Role


def swallowed(page: Page) -> Iterator[ContentError]:
    """Each comment that begins right after a number, and has words."""
    rendered = page.text.rendered
    for number, line in enumerate(rendered.text.split("\n"), 1):
        start = comments.begins(line)
        if line[start + 1 :].strip() and _ends_in_number(tokens(line[:start])):
            said = "what follows % is a comment and does not print; expected \\% for a per cent sign, or a space before %"
            yield ContentError(said, rendered.place(number, start + 1))


def _ends_in_number(seen: Tokens) -> bool:
    """Whether a number ends here, or a value of this run, with the end of its formula: a per cent sign would go on from it."""
    last = len(seen) - 1 - (seen.texts[-1:] == ["$"])
    return seen.roles[last : last + 1] in ([Role.NUMBER], [Role.VALUE])
