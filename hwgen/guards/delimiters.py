r"""Values, statements and comments in the signs that Jinja has elsewhere, `{{ … }}`, `{% … %}`, `{# … #}`: to LaTeX they are groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hwgen.model.errors import ContentError
from hwgen.page.page import Page

# What a template may name, beside the values of the content.
_NAMES = ("homework", "student")
_STATEMENT = re.compile(
    r"\{%[-+]?\s*(?P<said>(?:if|elif|else|endif|for|endfor|set|include|import|from|macro|endmacro|block|endblock|extends)\b[^%]*?)\s*[-+]?%\}"
)
_COMMENT = re.compile(r"\{#\s[^{}]*#\}")


def foreign(page: Page) -> Iterator[ContentError]:
    r"""Each of them, with what to write: the names would be printed, and what follows `{%` would not."""
    rendered, spaces = page.text.rendered, "|".join(sorted({*_NAMES, *page.names.values}))
    # What the content declares may be named alone, without the namespace that it is of; a letter in braces is of LaTeX.
    whole = {name: f"{space}.{name}" for space, names in page.names.values.items() for name in names if "_" in name}
    for number, line in enumerate(rendered.text.split("\n"), 1):
        for match in _STATEMENT.finditer(line):
            said = f"{match[0]} begins a comment of LaTeX; expected \\BLOCK{{{match['said']}}} for the statement"
            yield ContentError(said, rendered.place(number, match.start() + 1))
    asked = rf"(?:{spaces})(?:\.\w+|\[\s*['\"]?\w+['\"]?\s*\])?|\w+"
    for match in re.finditer(rf"\{{\{{\s*(?P<value>{asked})\s*(?P<filter>\|[^{{}}]*?)?\s*\}}\}}", page.text.text):
        if match["value"] in whole or re.match(rf"(?:{spaces})\b", match["value"]):
            value = whole.get(match["value"], match["value"])
            said = f"{match[0]} prints these words; expected \\VAR{{{value}{match['filter'] or ''}}} for the value"
            yield ContentError(said, page.text.place(match.start()))
    for match in _COMMENT.finditer(page.text.text):
        yield ContentError(f"{match[0]} prints these words; expected \\#{{ … }} for a comment", page.text.place(match.start()))
