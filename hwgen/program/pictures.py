"""The figures of a report as pictures for a browser: drawn as they are for the page, and kept as long as the page's are the same."""

from __future__ import annotations

import hashlib
import io
import re
import urllib.parse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from hwgen.judging.drawing import drawn
from hwgen.model import Figure
from hwgen.model.catalog import Catalog
from hwgen.page import files

FOLDER = "pictures"
# Numbers from 1 on need no more than a tenth of a point; smaller ones are scales.
_NUMBER = re.compile(r"(?<![\d.])-?[1-9]\d*\.\d{2,}")
_NOTHING = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", re.DOTALL)
# The outline of a letter, which matplotlib writes in 64ths of the unit of its font: 4ths are finer than a screen.
_LETTER = re.compile(r' d="([^"]*)" transform="scale\(0\.015625\)"')
FINER = 16
# Names that nothing refers to, and spaces that a path does without.
_NAMED = re.compile(r' id="[A-Za-z.]+\d*_[A-Za-z]*_?\d+"')
_PATH = re.compile(r' d="([^"]*)"')


def pictures(content: Catalog, evidence: Mapping[str, Any], root: Path, kept: Path) -> dict[str, str]:
    """Each figure of the evidence as a data: address of an SVG, by name; `kept` is the folder of those that were drawn before."""
    found = {}
    for name, path in evidence["figures"].items():
        noun = content.find(name)
        if isinstance(noun, Figure) and (root / path).exists():
            found[name] = _address(_known(noun, evidence, (root / path).read_bytes(), kept / f"{name}.svg"))
    return found


def _known(figure: Figure, evidence: Mapping[str, Any], printed: bytes, path: Path) -> str:
    """The picture that was drawn when the page's was this one, or a new one: their first line says which."""
    mark = f"<!--{hashlib.sha256(printed + Path(__file__).read_bytes()).hexdigest()}-->\n"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        text = ""
    if not text.startswith(mark):
        text = mark + _drawn(figure, evidence)
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write(path, text)
    return text.removeprefix(mark)


def _drawn(figure: Figure, evidence: Mapping[str, Any]) -> str:
    """The figure as SVG, drawn in the page's own style from the arrays of its studies."""
    arrays = tuple({key: np.array(one) for key, one in evidence["studies"][study].items()} for study in figure.of)
    out = io.StringIO()

    def draw(canvas: Any, *given: Any) -> None:
        figure.draw(canvas, *given)
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        canvas.clear()  # nothing is left to draw as a PDF, which would take as long again

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


def _address(svg: str) -> str:
    """An address that can stand between double quotes of HTML as it is."""
    quoted = urllib.parse.quote(svg.replace('"', "'"), safe=" '<>/:=;,.()-_!*@")
    return f"data:image/svg+xml,{quoted}"
