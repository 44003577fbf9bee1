"""Small pictures of both sides of a relation over the domain, and of how far they are apart, as paths for an SVG: geometry only.

Two hundred of them are drawn in a tenth of a second and take 2 kB each; by matplotlib each would take a tenth of a second and 30 kB.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hwgen.report.words import NAMED

WIDTH, HEIGHT, STRIP = 300, 120, 50
DECADES = 2.0  # values that span more are drawn on a logarithmic scale
FEWEST = 3
# With what less of a rank correlation a picture says nothing.
STEADY = 0.6
# Distances below this part of the largest one lie on the lower edge: some are 1e-300, and nothing else would be seen.
LOWEST = 1e12


@dataclass(frozen=True, kw_only=True)
class Axis:
    """A scale with its ends in words; `below` says that smaller numbers lie on its low end."""

    low: float
    high: float
    log: bool
    length: int
    below: bool = False

    @cached_property
    def _span(self) -> tuple[float, float]:
        """The low end and the length of the scale, in its own unit."""
        low, high = (math.log10(one) if self.log else one for one in (self.low, self.high))
        return low, high - low

    def at(self, number: float) -> float:
        """Where a number lies, from 0 to the length."""
        low, span = self._span
        if self.log and number <= 0:
            return 0.0
        where = ((math.log10(number) if self.log else number) - low) / span if span > 0 else 0.5
        return self.length * min(max(where, 0.0), 1.0)

    @property
    def ends(self) -> tuple[str, str]:
        """The numbers at both ends."""
        return f"{'≤ ' if self.below else ''}{short(self.low)}", short(self.high)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One relation, counted in its chain by `number`.

    It has paths of dots for the sides, for the points where it is said to bind, and below for distance and tolerance.
    """

    relation: str
    number: int
    variable: str
    across: Axis
    up: Axis
    left: str
    right: str
    binding: str
    apart: str
    allowed: str
    strip: Axis | None
    words: str


def short(number: float) -> str:
    """A number in few characters."""
    return f"{number:.3g}"


def pictures(reading: Mapping[str, Any], tried: Mapping[str, Any], axes: Mapping[str, str] = NAMED) -> list[Picture]:
    """A picture for each relation that has values at three points or more; `axes` are the printed names of its variables."""
    points = {axes.get(name, name): values for name, values in tried["points"].items()}
    found = [_picture(reading["relations"][one["relation"]], one, {**tried, "points": points}) for one in tried["compared"]]
    return [one for one in found if one]


def _picture(relation: str, compared: Mapping[str, Any], tried: Mapping[str, Any]) -> Picture | None:
    left, right = numbers(compared["left"]), numbers(compared["right"])
    kept = [index for index, pair in enumerate(zip(left, right, strict=True)) if all(map(math.isfinite, pair))]
    if len(kept) < FEWEST:
        return None
    # A side that is 0 or 1, or constant, does not tell which variable matters.
    telling = left if len(set(left)) > 2 else right
    name, values = matters_most(tried["points"], telling, kept) or (_side(relation, telling is left), telling)
    across = _axis([values[index] for index in kept], WIDTH)
    up = _axis([side[index] for side in (left, right) for index in kept], HEIGHT)
    binding = [index for index in kept if index >= len(left) - tried["binding"]]
    apart, allowed = numbers(compared["deviation"]), numbers(compared["tolerance"])
    strip = _strip(apart, allowed, kept)
    return Picture(
        relation=relation,
        number=compared["relation"] + 1,
        variable=name,
        across=across,
        up=up,
        left=_dots(values, left, kept, across, up),
        right=_dots(values, right, kept, across, up),
        binding=_dots(values, right, binding, across, up),
        apart=_dots(values, [abs(one) for one in apart], _drawn(apart, kept), across, strip) if strip else "",
        allowed=_dots(values, allowed, _drawn(allowed, kept), across, strip) if strip else "",
        strip=strip,
        words=_words(relation, name, across, compared, kept, binding),
    )


def numbers(values: Sequence[Any]) -> list[float]:
    """Numbers as a ledger holds them: what is not finite is text there."""
    return [float(one) for one in values]


def matters_most(points: Mapping[str, Sequence[Any]], side: Sequence[float], kept: Sequence[int]) -> tuple[str, list[float]] | None:
    """The variable with which a side rises or falls most steadily, or the only one that varies.

    None if it does so with none: dots would lie anywhere, whether both sides agree or not.
    """
    varying = {name: values for name, values in points.items() if len({values[index] for index in kept}) > 1}
    best, found = -1.0, None
    for name, values in varying.items():
        if any(isinstance(one, str) for one in values) or len({values[index] for index in kept}) < FEWEST:
            continue
        with_it = abs(correlation([values[index] for index in kept], [side[index] for index in kept]))
        if with_it > best:
            best, found = with_it, (name, numbers(values))
    return found if best >= STEADY or len(varying) == 1 else None


def _side(relation: str, left: bool) -> str:
    """A side as what the other one is drawn against: its own dots are then a diagonal. Of an inequality the left one is the smaller one."""
    ends = ("left", "right") if relation == "=" else ("smaller", "larger")
    return f"the {ends[0] if left else ends[1]} side"


def correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's rank correlation; 0 where one of them does not vary."""
    a, b = _ranks(one), _ranks(other)
    mean = (len(a) - 1) / 2
    spread = math.sqrt(sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b))
    return sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True)) / spread if spread else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value, equal ones sharing theirs."""
    places: dict[float, list[int]] = {}
    for place, value in enumerate(sorted(values)):
        places.setdefault(value, []).append(place)
    return [sum(places[value]) / len(places[value]) for value in values]


def _axis(values: Sequence[float], length: int) -> Axis:
    """A scale; a logarithmic one also where some values are 0, which then lie on its lower end."""
    low, high = min(values), max(values)
    least = max(min((one for one in values if one > 0), default=0.0), high / LOWEST)
    log = low >= 0 and least > 0 and math.log10(high / least) > DECADES
    return Axis(low=least if log else low, high=high, log=log, length=length, below=log and low < least)


def _strip(apart: Sequence[float], allowed: Sequence[float], kept: Sequence[int]) -> Axis | None:
    """The scale of distances and tolerances, where there are any."""
    seen = [abs(side[index]) for side in (apart, allowed) for index in _drawn(side, kept)]
    return Axis(low=max(min(seen), max(seen) / LOWEST), high=max(seen), log=True, length=STRIP) if seen else None


def _drawn(values: Sequence[float], kept: Sequence[int]) -> list[int]:
    """The points with a number that a logarithmic scale can show."""
    return [index for index in kept if math.isfinite(values[index]) and values[index] != 0]


def _dots(x: Sequence[float], y: Sequence[float], which: Sequence[int], across: Axis, up: Axis) -> str:
    """Dots as a path of lines without length, which round ends make visible: each one from the last, which takes the fewest letters."""
    # In whole pixels, each once: points that nobody can tell apart would be written for nothing.
    places = sorted({(round(across.at(x[index])), round(up.length - up.at(y[index]))) for index in which})
    steps = [(right - before, down - above) for (before, above), (right, down) in itertools.pairwise([(0, 0), *places])]
    return "".join(f"m{right}{down if down < 0 else f' {down}'}z" for right, down in steps)


def _words(relation: str, name: str, across: Axis, compared: Mapping[str, Any], kept: Sequence[int], binding: Sequence[int]) -> str:
    """What the picture shows, for whoever cannot see it."""
    sides = "Left and right side" if relation == "=" else "Smaller and larger side"
    range_ = f"{sides} at {len(kept)} points, against {name} from {across.ends[0]} to {across.ends[1]}"
    apart, allowed = numbers(compared["deviation"]), numbers(compared["tolerance"])
    worst = max(kept, key=lambda index: apart[index])
    distance = f"; at most {short(apart[worst])} apart where {short(allowed[worst])} is allowed" if relation == "=" else ""
    bound = f"; {len(binding)} points where the inequality is said to be an equality" if binding else ""
    return f"{range_}{distance}{bound}."
