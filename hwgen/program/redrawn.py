"""A figure drawn once more, by matplotlib and for a browser: where its PDF holds what is not known to be SVG."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np

from hwgen.judging.drawing import drawn
from hwgen.model import Figure, catalog

# Numbers from 1 on need no more than a tenth of a point; smaller ones are scales.
_NUMBER = re.compile(r"(?<![\d.])-?[1-9]\d*\.\d{2,}")
_NOTHING = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", re.DOTALL)
# The outline of a letter, which matplotlib writes in 64ths of the unit of its font: 4ths are finer than a screen.
_LETTER = re.compile(r' d="([^"]*)" transform="scale\(0\.015625\)"')
FINER = 16
# Names that nothing refers to, and spaces that a path does without.
_NAMED = re.compile(r' id="[A-Za-z.]+\d*_[A-Za-z]*_?\d+"')
_PATH = re.compile(r' d="([^"]*)"')


def redrawn(content: str, name: str, evidence: Mapping[str, Any], root: Path) -> str:
    """The figure of this name as SVG, drawn in the page's own style from the arrays of its studies."""
    figure = catalog.load(content, root).find(name)
    if not isinstance(figure, Figure):
        raise TypeError(f"{name} is no figure")
    arrays = tuple({key: np.array(one) for key, one in evidence["studies"][study].items()} for study in figure.of)
    out = io.StringIO()

    def draw(canvas: Any, *given: Any) -> None:
        figure.draw(canvas, *given)
        mpl.rcParams["svg.hashsalt"] = figure.name  # its names are the same in every run
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        canvas.set_layout_engine("none")
        for axes in canvas.axes:
            axes.set_visible(False)  # nothing is left to draw as a PDF, which would take as long again

    drawn(draw, arrays, figure.height)
    text = _NAMED.sub("", _NUMBER.sub(lambda match: f"{float(match[0]):.1f}", _NOTHING.sub("", out.getvalue())))
    text = _LETTER.sub(lambda match: f' d="{_coarse(match[1])}" transform="scale(.25)"', text)
    return (
        " ".join(_PATH.sub(lambda match: f' d="{_squeezed(match[1])}"', text).split())
        .replace(": ", ":")
        .replace("; ", ";")
        .replace("> <", "><")
    )


def _coarse(path: str) -> str:
    return re.sub(r"-?[\d.]+", lambda match: f"{float(match[0]) / FINER:.0f}", path)


def _squeezed(path: str) -> str:
    """Without the spaces that a path does without."""
    return re.sub(r" (?=-)", "", re.sub(r"\s*([A-Za-z])\s*", r"\1", path).replace("\n", " ").strip())
