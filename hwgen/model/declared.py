"""What content declares: claims with their sharpness, statements, studies, constants, figures and tables; what is handed in, by whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hwgen.model.bindings import Bindings
from hwgen.model.domain import Point, Range
from hwgen.model.found import Estimate, Evidence, Verdict

if TYPE_CHECKING:
    import datetime


@dataclass(frozen=True, kw_only=True)
class Binds:
    """The two sides of the inequality are equal at this point (variables left out take the sampled values)."""

    at: Point


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """The largest ratio smaller side / larger side is `largest`, to `within` (both dimensionless): over the sampled domain, or its
    part `where` some variables have the given values.
    """

    largest: float
    within: float
    where: Point = field(default_factory=dict)


Sharpness = Binds | Ratio
# For one inequality: one declaration, or several that hold together.
Declared = Sharpness | tuple[Sharpness, ...]


def binds_at(name: str, *values: Any, **others: Any) -> tuple[Binds, ...]:
    """The inequality is an equality at each of these values of a variable, such as networks of several widths."""
    return tuple(Binds(at={name: value, **others}) for value in values)


def ratios(name: str, largest: Mapping[Any, float], *, within: float) -> tuple[Ratio, ...]:
    """The largest ratio of the sides for each of these values of a variable: a bound with another dependence on it shows."""
    return tuple(Ratio(largest=ratio, within=within, where={name: value}) for value, ratio in largest.items())


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A relation that the solution prints, and what its symbols mean independently of it.

    `false` says that the text prints it as wrong, and `quotes` what exactly is wrong, as LaTeX.
    `proof`: the module with a function of the claim's name, (chain, problem) -> evidence; empty if nothing is proved.
    `fixed`: the symbols that are one number, or two, by nature; every other one must take more values over the cases.
    """

    name: str
    exercise: str
    sentence: str
    domain: Mapping[str, Range]
    bind: Callable[[Any], Bindings]
    needs: Verdict = Verdict.SUPPORTED
    source: str = ""
    sharp: tuple[Declared, ...] = ()
    changed: Mapping[str, Any] = field(default_factory=dict)
    identity: str = ""
    points: int = 48
    false: bool = False
    quotes: str = ""
    proof: str = ""
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sentence without a formula (`\\verified`), supported by a computation that tries to contradict it."""

    name: str
    exercise: str
    sentence: str
    look: Callable[[Any], Sequence[Evidence]]
    needs: Verdict = Verdict.SUPPORTED
    changed: Mapping[str, Any] = field(default_factory=dict)
    identity: str = ""


@dataclass(frozen=True, kw_only=True)
class Study:
    """A cached computation; returns named arrays, rounded to six significant digits when stored."""

    name: str
    exercise: str
    sentence: str
    compute: Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Constant:
    """A number that the solution prints, only to the digits that its error fixes: a cheap view of studies."""

    name: str
    exercise: str
    sentence: str
    compute: Callable[..., Estimate]
    of: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A drawing: `draw(figure, *arrays of the studies named in of)` on a matplotlib figure that the engine opens and saves."""

    name: str
    exercise: str
    sentence: str
    draw: Callable[..., None]
    of: tuple[str, ...] = ()
    height: float = 2.6

    @property
    def path(self) -> Path:
        """Where the vector file stands, relative to the project."""
        return Path("figures") / f"{self.exercise}_{self.name}.pdf"


@dataclass(frozen=True, kw_only=True)
class Table:
    """A generated table: `rows(*arrays of the studies named in of)` returns the header and the cells, as plain or LaTeX text."""

    name: str
    exercise: str
    sentence: str
    rows: Callable[..., Sequence[Sequence[str]]]
    of: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Student:
    """Who hands it in, as written; and what the document shows."""

    nom: str = ""
    prenom: str = ""
    version: str = "full"
    appendix: bool = True
    marks: bool = False


@dataclass(frozen=True, kw_only=True)
class Homework:
    """What is handed in, where and when; the pattern of its file's name, its versions (the whole one first), the package of its content."""

    file: str
    content: str
    title: str
    name: str = ""
    course: str = ""
    programme: str = ""
    week: int | None = None
    lecturer: str = ""
    address: str = ""
    subject: str = ""
    due: datetime.date | None = None
    versions: tuple[str, ...] = ("full",)
