r"""Whether a formula under test stands on the page as it is read: visible, large enough, its parts in their order, on the paper.

LaTeX writes down at each of them what moves, shrinks or hides what is printed; the bounds of that are here. What a preamble draws over
the page, and what glyphs a font holds, is not seen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from hwgen.model import Formula, Place
from hwgen.model.errors import ContentError

_RECORD = re.compile(r"^(?P<kind>checked|refuted|verified|for|shown|stood)\|(?P<name>[^|]*)\|\d+\|(?P<rest>.*)$")
_NUMBER = r"-?\d+(?:\.\d+)?"
_GLUE = re.compile(rf"(?P<natural>{_NUMBER})(?P<unit>mu|pt)?(?: plus \S+)?(?: minus (?P<shrink>{_NUMBER})(?P<order>[a-z]+))?$")
_BACK = (0.0, math.inf)
# Where lines come nearer by less than this they do not touch.
_NEARER = (-6.0, math.inf)
# What a length may be; below the first number things are printed over each other, or on the other side.
_LENGTHS: Mapping[str, tuple[float, float]] = {
    "scriptspace": (0, 3),
    "nulldelimiterspace": (0, 4),
    "delimitershortfall": (-6, 10),
    "delimiterfactor": (500, 1500),
    "mathsurround": (0, 6),
    **dict.fromkeys(["thinmuskip", "medmuskip", "thickmuskip"], (0, 18)),
    **dict.fromkeys(["arraycolsep", "tabcolsep"], (0, 30)),
    **dict.fromkeys(["jot", "lineskip"], _BACK),
    **dict.fromkeys(["lineskiplimit", "parskip"], _NEARER),
    **dict.fromkeys(["abovedisplayskip", "belowdisplayskip", "abovedisplayshortskip", "belowdisplayshortskip"], _NEARER),
    "arraystretch": (0.6, 5),
    "mag": (500, 3000),
}
# Letters, symbols and brackets; the other families are alphabets and symbols of packages, whose measures mean less.
_MAIN = frozenset(["family0", "family1", "family2", "family3"])
_LETTERS = frozenset(["family0", "family1", "family2"])
_SIZES = (4.5, 60.0)
_SMALLEST_SCRIPT = 2.9
_SMALLEST_OTHER = 2.0
_SCRIPT_TO_TEXT = (0.35, 1.25)
# How far the brightness of what is printed must be from that of the paper: what is made half as strong by name still is.
_CONTRAST = 0.15
_ADVICE = "or the page would not show what is judged; take out what sets it, in the preamble or in a file or package that it reads"


def misshown(formulas: Sequence[Formula], record: str) -> Iterator[ContentError]:
    """One error for each thing that keeps formulas from being seen as they are read, at the first that it concerns."""
    said: set[str] = set()
    times: dict[str, int] = {}
    for line in record.split("\n"):
        match = _RECORD.match(line)
        if match and match["kind"] not in {"shown", "stood"}:
            times[match["name"]] = times.get(match["name"], 0) + 1
        elif match:
            seen = dict(one.partition("=")[::2] for one in match["rest"].split(";"))
            for what, found in _hiding(match["name"], seen) if match["kind"] == "shown" else _off_the_paper(match["name"], seen):
                if what not in said:
                    said.add(what)
                    yield ContentError(f"{what} {found}, {_ADVICE}", _place(formulas, match["name"], times.get(match["name"], 1)))


def _place(formulas: Sequence[Formula], name: str, occurrence: int) -> Place | None:
    places = [one.place for one in formulas if one.name == name]
    return places[min(occurrence, len(places)) - 1] if places else None


def _hiding(of: str, seen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is out of its bounds at that formula, and what was found there."""
    for name, (least, most) in _LENGTHS.items():
        if not _within(seen.get(name, ""), least, most):
            expected = f"at least {least:g}" if most == math.inf else f"{least:g} to {most:g}"
            yield f"\\{name}", f"is {seen.get(name, 'no number')} in {of}; expected {expected}, as far as it may shrink"
    yield from _faint(of, seen.get("colour", ""), seen.get("paper", ""))
    for name, sizes in seen.items():
        if name == "text" or name.startswith("family"):
            for size, expected in _odd_sizes(name, [float(one) for one in re.findall(rf"({_NUMBER})pt", sizes)]):
                what = "the font of the text" if name == "text" else f"a font of the formulas (\\fam{name.removeprefix('family')})"
                yield what, f"has {size:g}pt in {of}; expected {expected}"


def _within(written: str, least: float, most: float) -> bool:
    """Whether a length, shrunk as far as it may, is within these bounds; what cannot be read is not."""
    match = _GLUE.match(written.strip())
    if not match or (match["order"] or "pt") not in {"pt", "mu"}:
        return False
    natural = float(match["natural"])
    # As LaTeX may set it on a full line; how far it stretches is no matter, as nothing is printed over.
    return least <= natural - float(match["shrink"] or 0) and natural <= most


def _faint(of: str, colour: str, paper: str) -> Iterator[tuple[str, str]]:
    ink, white = _brightness(colour), _brightness(paper) if paper else 1.0
    if ink is None or white is None or abs(white - ink) < _CONTRAST:
        on = f" on a page of {paper}" if paper else ""
        yield "the colour", f"is '{colour}' in {of}{on}; expected one of gray, RGB or CMYK that stands out"


def _brightness(colour: str) -> float | None:
    """How bright a colour is, from 0 for black to 1, by its operator in the PDF; None for one that this does not know."""
    match = re.match(r"((?:[\d.]+ )+)(g|rg|k)(?: |$)", colour.strip())
    parts = [float(one) for one in match[1].split()] if match else []
    kind = (match[2] if match else "", len(parts))
    if kind == ("g", 1):
        return parts[0]
    if kind == ("k", 4):
        parts = [(1 - one) * (1 - parts[3]) for one in parts[:3]]
    elif kind != ("rg", 3):
        return None
    return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]


def _odd_sizes(name: str, sizes: Sequence[float]) -> Iterator[tuple[float, str]]:
    """The quads of fonts that are too small or too large, those of scripts also beside what they stand at; and what is expected."""
    if not sizes[0]:
        return  # a family without a font
    least, most = _SIZES if name == "text" or name in _MAIN else (_SMALLEST_OTHER, _SIZES[1])
    if not least <= sizes[0] <= most:
        yield sizes[0], f"{least:g}pt to {most:g}pt"
    low, high = (one * sizes[0] for one in _SCRIPT_TO_TEXT)
    smallest = _SMALLEST_SCRIPT if name in _MAIN else _SMALLEST_OTHER
    for script in sizes[1:]:
        if script < smallest:
            yield script, f"at least {smallest:g}pt"
        elif name in _LETTERS and not low <= script <= high:
            yield script, f"{low:g}pt to {high:g}pt in scripts"


def _off_the_paper(of: str, seen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    x, y, width, height = (int(seen[one]) for one in ("x", "y", "width", "height"))
    if not (0 <= x <= width and 0 <= y <= height):
        points = [f"{one / 65536:.0f}pt" for one in (x, y, width, height)]
        found = f"of {of} is {points[0]} from the left and {points[1]} from below on a page of {points[2]} by {points[3]}"
        yield "the place", f"{found}; expected it on the paper"
