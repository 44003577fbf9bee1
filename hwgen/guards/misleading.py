r"""What prints something else than it seems to: `\#{}` and `5%` begin a comment, `{{ … }}` is no value, `\today` always the same day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hwgen.model import Place
from hwgen.page import comments
from hwgen.page.page import Printed
from hwgen.page.rendered import Rendered
from hwgen.page.template_errors import FOLDER, in_templates
from hwgen.page.text import visible

# Written as a comment, it has a space inside and stands by itself; with text right beside it, a number sign was meant.
_NUMBER_SIGN = re.compile(r"\\#\{(?:[^\s}][^}]*)?\}|(?<=[^\s%}])\\#\{[^}]*\}|\\#\{[^}]*\}(?=\w)")
# A number that ends where a comment begins: a per cent sign was meant.
_PER_CENT = re.compile(r"(?:\d|\\VAR\{[^{}]*\})\$?$")
_BRACES = re.compile(r"\{\{ *(?P<value>(?:homework|student|constants|figures|tables)\.\w+) *\}\}")
_TODAY = re.compile(r"\\today(?![A-Za-z])")
_TITLE = re.compile(r"\\maketitle(?![A-Za-z])")
_DATE = re.compile(r"\\date\s*\{")


def number_signs(printed: Printed) -> Iterator[str]:
    r"""A warning for each `\#{…}` of the templates that looks like text."""
    for place, line in _lines(printed):
        for match in _NUMBER_SIGN.finditer(line[: comments.begins(line)]):
            said = f"{match[0]} is a comment of the template and prints nothing; write \\#\\,5 for a number sign"
            yield f"{place}:{match.start() + 1}: {said}, \\#{{ … }} with spaces around it for a comment"


def per_cents(printed: Printed) -> Iterator[str]:
    """A warning for each comment that begins right after a number, and has words."""
    for place, line in _lines(printed):
        start = comments.begins(line)
        if line[start + 1 :].strip() and _PER_CENT.search(line[:start]):
            yield f"{place}:{start + 1}: what follows % is a comment and does not print; write \\% for a per cent sign, or a space before %"


def _lines(printed: Printed) -> Iterator[tuple[Place, str]]:
    """The lines of the templates, as written, with their places."""
    for path in sorted((printed.page.root / FOLDER).rglob("*.j2")):
        name = str(path.relative_to(printed.page.root / FOLDER))
        for number, line in enumerate(path.read_text(encoding="utf-8-sig", errors="replace").split("\n"), 1):
            yield in_templates(name, number), line


def other_signs(printed: Printed) -> Iterator[str]:
    r"""A warning for each value in the braces that Jinja has elsewhere: to LaTeX they are groups, and the name would be printed."""
    for place, line in _lines(printed):
        for match in _BRACES.finditer(line[: comments.begins(line)]):
            yield f"{place}:{match.start() + 1}: {match[0]} prints these words; expected \\VAR{{{match['value']}}} for the value"


def todays(printed: Printed) -> Iterator[str]:
    r"""A warning for each date that is the build's and not the author's."""
    seen, advice = printed.page.text, r"expected a date that is written out, or \VAR{homework.due}"
    fixed = "prints 1 January 2025 whenever it is built, since the same sources give the same pages"
    for match in _TODAY.finditer(seen.text):
        yield f"{seen.place(match.start())}: \\today {fixed}; {advice}"
    files = [visible(Rendered(path.read_text(errors="replace"), ())).text for path in (printed.page.root / FOLDER).glob("*.tex")]
    dated = any(_DATE.search(text) for text in (seen.text, *files))
    for match in _TITLE.finditer(seen.text):
        if not dated:
            yield f"{seen.place(match.start())}: \\maketitle without a \\date {fixed}; {advice}, in \\date{{…}}, or \\date{{}} for none"
