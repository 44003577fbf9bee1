"""The values into their placeholders; a value of several lines belongs to the template line of its placeholder."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from hwgen.model import Place
from hwgen.page.page import Page
from hwgen.page.rendered import PLACEHOLDER, Rendered


def filled(page: Page, values: Mapping[str, str]) -> Rendered:
    """The page with its values; one that is not for handing in, since it is nobody's or made with little effort, says so everywhere."""
    found = fill(page.rendered, values)
    # Before the first line, so that no line moves.
    marks = r"\def\hwgenlight{}" * page.who.effort.light + r"\def\hwgennobody{}" * (not page.who.nom)
    used = {macro.name for one in page.recorded for macro in one.macros}
    return dataclasses.replace(found, text=f"{marks}{found.text}", macros=tuple(sorted(used)))


def fill(rendered: Rendered, values: Mapping[str, str]) -> Rendered:
    """The document with `values["constants.NAME"]` in place of `@@@{constants.NAME}@`. Raises KeyError for a value that nobody computed."""

    def filled(text: str) -> str:
        return PLACEHOLDER.sub(lambda match: values[f"{match[1]}.{match[2]}"], text)

    texts: list[str] = []
    places: list[Place] = []
    starts: list[int] = []
    spans: list[tuple[int, int, int, Place]] = []
    seams: list[tuple[int, int, Place]] = []
    lines = rendered.text.split("\n")
    for number, (line, place) in enumerate(zip(lines, rendered.lines, strict=True), 1):
        starts.append(len(texts) + 1)
        for match in PLACEHOLDER.finditer(line):
            before, value = filled(line[: match.start()]).split("\n"), filled(match[0])
            at = rendered.place(number, match.start() + 1)
            spans += _spans(starts[-1] + len(before) - 1, len(before[-1]), value, at)
            seams.append((spans[-1][0], spans[-1][2], rendered.place(number, match.end() + 1)))
        parts = filled(line).split("\n")
        texts += parts
        places += [place] * len(parts)
    for line_number, offset, place in rendered.seams:
        before = filled(lines[line_number - 1][:offset]).split("\n")
        seams.append((starts[line_number - 1] + len(before) - 1, len(before[-1]), place))
    return Rendered("\n".join(texts), tuple(places), tuple(sorted(seams, key=lambda one: one[:2])), tuple(spans))


def _spans(line: int, offset: int, value: str, place: Place) -> Iterator[tuple[int, int, int, Place]]:
    """Each line of a value that begins there."""
    for number, part in enumerate(value.split("\n")):
        start = 0 if number else offset
        yield line + number, start, start + len(part), place
