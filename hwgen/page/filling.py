"""The values into their placeholders; a value of several lines belongs to the template line of its placeholder."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from hwgen.model import Place
from hwgen.page.page import Page
from hwgen.page.template import PLACEHOLDER, Rendered


def filled(page: Page, values: Mapping[str, str]) -> Rendered:
    """The page with its values; one that is not for handing in, since it was made with little effort, says so everywhere."""
    found = fill(page.rendered, values)
    # Before the first line, so that no line moves.
    return dataclasses.replace(found, text=rf"\def\hwgenlight{{}}{found.text}") if page.who.effort.light else found


def fill(rendered: Rendered, values: Mapping[str, str]) -> Rendered:
    """The document with `values["constants.NAME"]` in place of `@@@{constants.NAME}@`. Raises KeyError for a value that nobody computed."""

    def filled(text: str) -> str:
        return PLACEHOLDER.sub(lambda match: values[f"{match[1]}.{match[2]}"], text)

    texts: list[str] = []
    places: list[Place] = []
    starts: list[int] = []
    lines = rendered.text.split("\n")
    for line, place in zip(lines, rendered.lines, strict=True):
        starts.append(len(texts) + 1)
        parts = filled(line).split("\n")
        texts += parts
        places += [place] * len(parts)
    seams = []
    for line_number, offset, place in rendered.seams:
        before = filled(lines[line_number - 1][:offset]).split("\n")
        seams.append((starts[line_number - 1] + len(before) - 1, len(before[-1]), place))
    return Rendered("\n".join(texts), tuple(places), tuple(seams))
