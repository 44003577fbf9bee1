"""The outlines of the letters of a PDF whose fonts are TrueType and carried whole, as matplotlib writes them: paths for an SVG.

Any other font raises Unknown: nothing is guessed.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from typing import Any

# To so many units a letter's size is rounded: finer than any screen shows.
UNITS = 256


class Unknown(Exception):
    """What is not read, in words."""


class Font:
    """A font by its object in a PDF: of codes of two bytes the advance and the outline, in units of `UNITS` to the size."""

    def __init__(self, resource: Any) -> None:
        from fontTools.ttLib import TTFont

        if resource.get("/Subtype") != "/Type0" or resource.get("/Encoding") != "/Identity-H":
            raise Unknown(f"a font of type {resource.get('/Subtype')}")
        held = resource["/DescendantFonts"][0].get_object()
        self._widths = dict(_widths(held["/W"]))
        self._glyphs = held["/CIDToGIDMap"].get_object().get_data()
        self._font = TTFont(io.BytesIO(held["/FontDescriptor"]["/FontFile2"].get_object().get_data()), lazy=True)
        self._set = self._font.getGlyphSet()
        self._scale = UNITS / self._font["head"].unitsPerEm
        self.outline = functools.cache(self._outline)

    def advance(self, code: int) -> float:
        """How far a letter reaches, in thousandths of the size."""
        if code not in self._widths:
            raise Unknown(f"letter {code} without a width")
        return float(self._widths[code])

    def _outline(self, code: int) -> str:
        from fontTools.pens.svgPathPen import SVGPathPen
        from fontTools.pens.transformPen import TransformPen

        number = int.from_bytes(self._glyphs[2 * code : 2 * code + 2])
        pen = SVGPathPen(self._set, ntos=lambda value: f"{value:.0f}")
        self._set[self._font.getGlyphName(number)].draw(TransformPen(pen, (self._scale, 0, 0, self._scale, 0, 0)))
        return str(pen.getCommands())


def _widths(listed: Any) -> Iterator[tuple[int, float]]:
    """The pairs of code and width that a PDF lists as code [width …]."""
    found = [one.get_object() for one in listed]
    for first, widths in zip(found[::2], found[1::2], strict=True):
        for at, width in enumerate(widths):
            yield int(first) + at, float(width)
