"""How sharp content says that an inequality is: where it is an equality, how near its sides come, what they are by their derivations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hwgen.model.bindings import Value, value_on
from hwgen.model.domain import Point


@dataclass(frozen=True, kw_only=True)
class Binds:
    """The two sides of the inequality are equal at this point (variables left out take the sampled values)."""

    at: Point


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """The largest ratio smaller side / larger side is `largest`, to `within` (both dimensionless): over the sampled domain, or its
    part `where` some variables have the given values.

    `because`: how the number is known without a run. One without a reason is copied from a run, and counted and listed as such.
    """

    largest: float
    within: float
    where: Point = field(default_factory=dict)
    because: str = ""

    def __str__(self) -> str:
        where = ", ".join(f"{name} = {value}" for name, value in self.where.items())
        return f"{self.largest:.9g} ± {self.within:g}{f' where {where}' if where else ''}"


@dataclass(frozen=True, kw_only=True)
class Derived:
    """A side of the inequality, or both, computed on another road at every point, as its derivation does."""

    larger: Value | None = field(default=None, repr=False)
    smaller: Value | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not (self.larger or self.smaller):
            raise ValueError("expected larger=value(…) or smaller=value(…)")

    @property
    def sides(self) -> Mapping[str, Value]:
        """What is given, by the side that it computes."""
        return {name: one for name in ("smaller", "larger") if (one := getattr(self, name))}


Sharpness = Binds | Ratio | Derived
# For one inequality: one declaration, or several that hold together.
Declared = Sharpness | tuple[Sharpness, ...]


def binds_at(name: str, *values: Any, **others: Any) -> tuple[Binds, ...]:
    """The inequality is an equality at each of these values of a variable, such as networks of several widths."""
    return tuple(Binds(at={name: value, **others}) for value in values)


def ratios(name: str, largest: Mapping[Any, float], *, within: float, because: str = "") -> tuple[Ratio, ...]:
    """The largest ratio of the sides for each of these values of a variable: a bound with another dependence on it shows."""
    return tuple(Ratio(largest=ratio, within=within, where={name: value}, because=because) for value, ratio in largest.items())


def declarations(declared: Declared) -> tuple[Sharpness, ...]:
    """The declarations for one inequality."""
    return declared if isinstance(declared, tuple) else (declared,)


def declared_on(one: Sharpness, problem: Any) -> Sharpness:
    """A declaration with what it computes asked of a problem."""
    return Derived(**{name: value_on(side, problem) for name, side in one.sides.items()}) if isinstance(one, Derived) else one
