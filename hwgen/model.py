"""The nouns of hwgen: what a claim, a formula, a piece of evidence and a ledger are.

Standard library only. Nothing here computes, reads a file or knows LaTeX.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class Verdict(enum.IntEnum):
    """What the evidence says, from worst to best."""

    REFUTED = 0
    UNDECIDED = 1
    SUPPORTED = 2
    PROVED = 3


class Kind(enum.Enum):
    """How something was found out; each kind has a ceiling that its evidence cannot exceed."""

    NUMERIC = "numeric"
    SYMBOLIC = "symbolic"
    INTERVAL = "interval"

    @property
    def ceiling(self) -> Verdict:
        """Sampling and floating point support, they never prove."""
        return Verdict.SUPPORTED if self is Kind.NUMERIC else Verdict.PROVED


@dataclass(frozen=True, kw_only=True, order=True)
class Place:
    """A place in a file of the author, as editors print it: `templates/ex1_ntk.tex.j2:41:7` (lines and columns from 1)."""

    file: str
    line: int
    column: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.column is None else f"{self.file}:{self.line}:{self.column}"


# --- the declared domain of a claim ---


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A closed interval of reals or integers; `log` samples it evenly in the logarithm (0 < low)."""

    low: float
    high: float
    integer: bool = False
    log: bool = False


@dataclass(frozen=True, kw_only=True)
class Vectors:
    """Vectors of the given dimension in random directions, their Euclidean norms spread over `norm`; a point holds a (dimension,) array."""

    dimension: int
    norm: Interval


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Finitely many cases, all of them taken in turn (for example seeds of random networks)."""

    values: tuple[Any, ...]


Range = Interval | Vectors | Choices
Point = Mapping[str, Any]


def closed(low: float, high: float) -> Interval:
    """The interval [low, high], end points included in every sample."""
    return Interval(low=low, high=high)


def log_closed(low: float, high: float) -> Interval:
    """The interval [low, high] with 0 < low, sampled evenly in the logarithm."""
    return Interval(low=low, high=high, log=True)


def integers(low: int, high: int, *, log: bool = False) -> Interval:
    """The integers low, …, high, end points included in every sample."""
    return Interval(low=low, high=high, integer=True, log=log)


def vectors(dimension: int, *, norm: Interval) -> Vectors:
    """Vectors with their norms in the given interval."""
    return Vectors(dimension=dimension, norm=norm)


def cases(*values: Any) -> Choices:
    """Exactly these values."""
    return Choices(values=values)


# --- what the symbols of a formula are bound to ---


@dataclass(frozen=True, kw_only=True)
class Approx:
    """A computed value with a bound on its absolute error (entry by entry for arrays); the error's unit is the value's."""

    value: Any
    error: float


@dataclass(frozen=True, kw_only=True)
class Variable:
    """The symbol stands for this variable of the domain."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Value:
    """The symbol stands for `compute(**those variables of the point that it names)`: a number, an array, or an Approx of one.

    `error`: bound on the relative error of the computation, used where `compute` returns no Approx of its own.
    """

    compute: Callable[..., Any]
    error: float = 1e-12


@dataclass(frozen=True, kw_only=True)
class Function:
    """The symbol is a function, applied with parentheses; `derivatives[k]` is what k+1 primes stand for.

    If `of` names variables of the domain, their values are passed as keyword arguments after the printed arguments.
    """

    call: Callable[..., Any]
    derivatives: tuple[Callable[..., Any], ...] = ()
    of: tuple[str, ...] = ()
    error: float = 1e-12


@dataclass(frozen=True, kw_only=True)
class Expectation:
    r"""The symbol is a head such as `\mathbb{E}[…]`, `\mathbb{P}(…)` or `\operatorname{Var}(…)`, averaging over `symbols`.

    `law(**named variables of the point)` returns (weights, values of the first symbol, values of the second, …): a
    quadrature rule or an exact discrete law, weights (k,) summing to 1 and values with leading axis k. `moment` says what
    is done with it: "mean" of the printed expression, "probability" of the printed relation, or "variance".
    """

    law: Callable[..., Sequence[Any]]
    symbols: tuple[str, ...]
    moment: str = "mean"
    error: float = 1e-12


Binding = Variable | Value | Function | Expectation
Bindings = Mapping[str, Binding]


def variable(name: str) -> Variable:
    """The symbol is the variable `name` of the claim's domain."""
    return Variable(name=name)


def value(compute: Callable[..., Any], *, error: float = 1e-12) -> Value:
    """The symbol is computed at each point by `compute`, to the relative error `error` (or as its Approx says)."""
    return Value(compute=compute, error=error)


def function(call: Callable[..., Any], *derivatives: Callable[..., Any], of: Sequence[str] = (), error: float = 1e-12) -> Function:
    """The symbol is a function of its printed arguments; one prime is the first of `derivatives`, two primes the second."""
    return Function(call=call, derivatives=derivatives, of=tuple(of), error=error)


def expectation(law: Callable[..., Any], *symbols: str, error: float = 1e-12) -> Expectation:
    """The symbol averages what it is applied to over `law`."""
    return Expectation(law=law, symbols=symbols, moment="mean", error=error)


def probability(law: Callable[..., Any], *symbols: str, error: float = 1e-12) -> Expectation:
    """The symbol is the probability under `law` of the relation it is applied to."""
    return Expectation(law=law, symbols=symbols, moment="probability", error=error)


def variance(law: Callable[..., Any], *symbols: str, error: float = 1e-12) -> Expectation:
    """The symbol is the variance under `law` of what it is applied to."""
    return Expectation(law=law, symbols=symbols, moment="variance", error=error)


# --- where an inequality is as sharp as the page lets believe ---


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
class Estimate:
    """A number with what is known of its error: `error` is the half-width of an enclosure, or a standard error."""

    value: float
    error: float
    statistical: bool = False


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
class Evidence:
    """What one look found.

    `covered`: part of the domain looked at, in [0, 1]; `deviation` and `tolerance`: the worst of the cases, in the unit of
    the sides, and `reason` where the tolerance comes from; `relation`: which one of a chain falls short, from 0.
    """

    kind: Kind
    method: str
    verdict: Verdict
    covered: float = 1.0
    cases: int = 0
    deviation: float = 0.0
    tolerance: float = 0.0
    reason: str = ""
    counterexample: str = ""
    relation: int | None = None
    seed: int | None = None

    def __post_init__(self) -> None:
        if self.verdict > self.kind.ceiling:
            raise ValueError(f"{self.kind.value} evidence says at most {self.kind.ceiling.name}, not {self.verdict.name}")
        if self.verdict > Verdict.UNDECIDED and self.cases <= 0:
            raise ValueError("evidence without a case is UNDECIDED, never a pass")
        if not 0 <= self.covered <= 1:
            raise ValueError(f"covered is a part of the domain, in [0, 1], not {self.covered}")


def verdict_of(evidence: Sequence[Evidence]) -> Verdict:
    """REFUTED if any evidence refutes; otherwise the strongest that covers the whole domain; otherwise UNDECIDED."""
    if any(found.verdict is Verdict.REFUTED for found in evidence):
        return Verdict.REFUTED
    return max((found.verdict for found in evidence if found.covered == 1), default=Verdict.UNDECIDED)


@dataclass(frozen=True, kw_only=True)
class Formula:
    r"""LaTeX as printed in `\checked`, `\refuted` or `\verified`, and where; `places` gives one place per character of `text`."""

    macro: str
    name: str
    text: str
    place: Place
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """All that one run knows of a claim at one place it is printed, or of a statement."""

    name: str
    formula: Formula
    verdict: Verdict
    passed: bool
    evidence: tuple[Evidence, ...]
    changed: tuple[Evidence, ...] = ()
    complaint: str = ""
    seconds: float = 0.0
    reused: bool = False


FEWEST_REFUTED = 10


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What became of the wrong versions of one printed formula.

    `refuted`: with a counter-example; `stopped`: without a verdict, which stops a build as well; `same`: the same relation
    in other words; `unreadable`: earns nothing; `survivors`: passed the check, which is therefore defective.
    """

    name: str
    formula: Formula
    refuted: int = 0
    stopped: int = 0
    same: int = 0
    unreadable: int = 0
    survivors: tuple[str, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether so many wrong versions were refuted, and none survived, that the check can be trusted to fail."""
        return self.refuted >= FEWEST_REFUTED and not self.survivors


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """All the evidence of one run, with versions, coverage and what each part cost."""

    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    constants: Mapping[str, Estimate]
    figures: Mapping[str, Path]
    seconds: Mapping[str, float]
    coverage: tuple[int, int]
    versions: Mapping[str, str]

    @property
    def short(self) -> tuple[Finding, ...]:
        """The findings that stop the build."""
        return tuple(finding for finding in self.findings if not finding.passed)

    @property
    def errata(self) -> tuple[Finding, ...]:
        """The relations that the text says are wrong, and are."""
        return tuple(finding for finding in self.findings if finding.formula.macro == "refuted" and finding.passed)

    @property
    def survivors(self) -> tuple[Tally, ...]:
        """The formulas whose check has not been seen to fail often enough, or passes on a wrong version; a false formula has none."""
        false = {finding.name for finding in self.short}
        return tuple(tally for tally in self.tallies if not tally.enough and tally.name not in false)


@dataclass(frozen=True, kw_only=True)
class Student:
    """Who hands it in, as written; and what the document shows."""

    nom: str = ""
    prenom: str = ""
    version: str = "full"
    appendix: bool = True
    marks: bool = False
