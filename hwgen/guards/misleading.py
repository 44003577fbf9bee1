r"""What prints something else than it seems to: `\#{}` is a comment, `\today` is always the same day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hwgen.model import Place
from hwgen.page import comments
from hwgen.page.arguments import argument
from hwgen.page.page import Printed
from hwgen.page.template_errors import FOLDER, in_templates
from hwgen.page.text import Visible
from hwgen.reading.lexer import Tokens
from hwgen.reading.roles import Role

# Both are Jinja2's, in a template that is no LaTeX yet. Written as a comment, it has a space inside and stands by itself; with text right
# beside it, a number sign was meant.
_NUMBER_SIGN = re.compile(r"\\#\{(?:[^\s}][^}]*)?\}|(?<=[^\s%}])\\#\{[^}]*\}|\\#\{[^}]*\}(?=\w)")


def number_signs(printed: Printed) -> Iterator[str]:
    r"""A warning for each `\#{…}` of the templates that looks like text."""
    for place, line in _lines(printed):
        for match in _NUMBER_SIGN.finditer(line[: comments.begins(line)]):
            said = f"{match[0]} is a comment of the template and prints nothing; write \\#\\,5 for a number sign"
            yield f"{place}:{match.start() + 1}: {said}, \\#{{ … }} with spaces around it for a comment"


def _lines(printed: Printed) -> Iterator[tuple[Place, str]]:
    """The lines of the templates, as written, with their places."""
    for path in sorted((printed.page.root / FOLDER).rglob("*.j2")):
        name = str(path.relative_to(printed.page.root / FOLDER))
        for number, line in enumerate(path.read_text(encoding="utf-8-sig", errors="replace").split("\n"), 1):
            yield in_templates(name, number), line


def todays(printed: Printed) -> Iterator[str]:
    r"""A warning for each date that is the build's and not the author's."""
    seen, advice = printed.page.text, r"expected a date that is written out, or \VAR{homework.due}"
    fixed = "prints 1 January 2025 whenever it is built, since the same sources give the same pages"
    for place in _of(seen, r"\today"):
        yield f"{place}: \\today {fixed}; {advice}"
    if not any(_dated(one.tokens) for one in (seen, *printed.page.files.values())):
        for place in _of(seen, r"\maketitle"):
            yield f"{place}: \\maketitle without a \\date {fixed}; {advice}, in \\date{{…}}, or \\date{{}} for none"


def _of(seen: Visible, command: str) -> Iterator[Place]:
    """Where a command stands."""
    return (seen.place_of(seen.tokens[one]) for one in seen.tokens.of(Role.COMMAND) if seen.tokens.texts[one] == command)


def _dated(seen: Tokens) -> bool:
    return any(seen.texts[index] == r"\date" and argument(seen, index + 1) for index in seen.of(Role.COMMAND))
