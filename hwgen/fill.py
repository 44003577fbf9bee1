"""The values into their placeholders; a value of several lines belongs to the template line of its placeholder."""

from __future__ import annotations

from collections.abc import Mapping

from hwgen.render import PLACEHOLDER, Rendered


def fill(rendered: Rendered, values: Mapping[str, str]) -> Rendered:
    """The document with `values["constants.NAME"]` in place of `@{constants.NAME}@`. Raises KeyError for a value that nobody computed."""
    texts, places = [], []
    for line, place in zip(rendered.text.split("\n"), rendered.lines, strict=True):
        filled = PLACEHOLDER.sub(lambda match: values[f"{match[1]}.{match[2]}"], line).split("\n")
        texts += filled
        places += [place] * len(filled)
    return Rendered("\n".join(texts), tuple(places))
