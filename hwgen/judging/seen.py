"""Whether a reader would see what a figure is to show: its labels can be set, something is drawn on it, and its lines have points."""

from __future__ import annotations

import re
from typing import Any

from hwgen.model.errors import did_you_mean

_UNKNOWN = re.compile(r"Unknown symbol: (\\[A-Za-z]+)")
_PARSED = re.compile(r"^\s*(?P<read>[^\n]+)\n\s*\^\n\w*Parse\w*Exception: (?P<why>[^\n]*?),? +found", re.MULTILINE)
# What it reads beside its symbols.
_FORMS = "frac sqrt hat bar tilde mathrm mathbf mathcal mathbb left right log exp sin cos tan min max sup lim"


class Unfit(TypeError):
    """What an author's function gave, where it cannot be kept or printed."""


def unread(figure: Any, said: str) -> str:
    """What is wrong with a label that matplotlib cannot set, from what it says; empty where the matter is another one."""
    found = _PARSED.search(said)
    if not found:
        return ""
    from matplotlib import _mathtext_data, text

    labels = sorted({one.get_text() for one in figure.findobj(text.Text) if found["read"].strip() in one.get_text()}, key=len)
    label = f"the figure's label '{labels[0]}'" if labels else f"a label of the figure with '{found['read'].strip()}'"
    unknown = _UNKNOWN.search(said)
    if unknown:
        known = [f"\\{name}" for name in (*_mathtext_data.tex2uni, *_FORMS.split())]
        return f"{label} cannot be set: {unknown[1]} is no symbol of matplotlib.{did_you_mean(unknown[1], known)}"
    return f"{label} cannot be set: {found['why'][:1].lower()}{found['why'][1:]} after '{found['read'].strip()}'"


def something(figure: Any) -> None:
    """Raises Unfit for a figure on which nothing is drawn, or with a line of which no point has a place."""
    import numpy as np  # what only declares a figure does not pay for it

    axes = figure.axes
    if not any((*one.lines, *one.collections, *one.patches, *one.images, *one.texts, *one.tables) for one in axes) and not figure.texts:
        raise Unfit("the figure is empty; expected something drawn on the figure that it is given, as by figure.subplots(), not by pyplot")
    for line in (line for one in axes for line in one.lines):
        points = np.asarray(line.get_xydata(), dtype=float)
        if points.size and not np.isfinite(points).all(axis=1).any():
            shown = f" {line.get_label()!r}" if not str(line.get_label()).startswith("_") else ""
            raise Unfit(f"the figure's line{shown} has no point: all {len(points)} of them are nan or infinite; expected numbers")
