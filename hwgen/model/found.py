"""What a run finds: verdicts, evidence, findings, and the ledger of them all."""

from __future__ import annotations

import enum
import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hwgen.model.effort import STANDARD, Effort
from hwgen.model.place import Formula


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


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What one look found.

    `covered`: part of the domain looked at, in [0, 1]; `deviation` and `tolerance`: the worst of the cases, in the unit of
    the sides, and `reason` where the tolerance comes from; `relation`: which one of a chain falls short, from 0; `hypothesis`:
    which printed condition lets a counter-example in; `at` and `sides`: its point and what the two sides are there; `steps`:
    how a proof went, relation by relation.
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
    hypothesis: int | None = None
    seed: int | None = None
    at: str = ""
    sides: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # Held here, where evidence is made, so that no way of finding it can say more than it may.
        if self.verdict > self.kind.ceiling:
            raise ValueError(f"{self.kind.value} evidence says at most {self.kind.ceiling.name}, not {self.verdict.name}")
        if self.verdict > Verdict.UNDECIDED and self.cases <= 0:
            raise ValueError("evidence without a case is UNDECIDED, never a pass")
        if not 0 <= self.covered <= 1:
            raise ValueError(f"covered is a part of the domain, in [0, 1], not {self.covered}")


class Need(enum.Enum):
    """How a printed hypothesis stands to the relation that it bounds, over the universe of its claim."""

    EXACT = "is needed: the relation fails right outside of it"
    STRICTER = "is stricter than need be: the relation holds right outside of it"
    NOT_NEEDED = "is not needed: the relation holds wherever it alone fails"
    IMPLIED = "follows from the other hypotheses"
    UNREACHED = "promises more than is tried: the domain of the claim does not reach it"
    APART = "is needed, but how far is not known: the relation fails outside of it, and nothing is tried right beside it"
    UNSEEN = "bounds nothing: the domain of the claim holds nothing outside of it"
    UNKNOWN = "cannot be tried: what lies outside of it has no verdict"

    @property
    def told(self) -> bool:
        """Whether the author is asked to mend it, or to say why it is kept."""
        return self in {Need.STRICTER, Need.NOT_NEEDED, Need.IMPLIED, Need.UNREACHED}


@dataclass(frozen=True, kw_only=True)
class Hypothesis:
    """What a run found of one relation of a printed hypothesis: `said` is a point that shows it, `kept` the author's reason to keep it."""

    text: str
    need: Need
    said: str = ""
    kept: str = ""


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """The author's functions that compute both sides of a relation, by name, `of` all that compute any side."""

    common: tuple[str, ...]
    of: int


def verdict_of(evidence: Sequence[Evidence]) -> Verdict:
    """REFUTED if any evidence refutes; otherwise the strongest that covers the whole domain; otherwise UNDECIDED."""
    if any(found.verdict is Verdict.REFUTED for found in evidence):
        return Verdict.REFUTED
    # Of what covers everything the strongest counts: a proof is not weakened by a sample that decides nothing.
    return max((found.verdict for found in evidence if found.covered == 1), default=Verdict.UNDECIDED)


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A number with what is known of its error: `error` is the half-width of an enclosure, or a standard error.

    `rounds` says how an enclosure is printed: "up" for what the text says it is at most, "down" for what it is at least.
    """

    value: float
    error: float
    statistical: bool = False
    rounds: str = ""

    def __post_init__(self) -> None:
        for name, given in (("value", self.value), ("error", self.error)):
            if said := _no_number(given):
                raise ValueError(f"{name} is {said}; expected one number")
        if self.error < 0:
            raise ValueError(f"error is {self.error!r}; expected 0 or more")
        if self.rounds not in {"", "up", "down"}:
            raise ValueError(f'rounds is {self.rounds!r}; expected "up" or "down"')
        if self.rounds and self.statistical:
            raise ValueError("a number with a standard error rounds to the nearest; expected rounds for an enclosure")


def _no_number(given: object) -> str:
    """What something is that is no single number; empty if it is one."""
    shape = getattr(given, "shape", ())
    if shape:
        return f"an array of shape {shape}" if len(shape) > 1 else f"an array of {shape[0]} number{'s' * (shape[0] != 1)}"
    return "" if isinstance(given, numbers.Real) or hasattr(given, "__float__") else f"{given!r}"


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One relation of a chain at every point where it was tried, rounded; of sides that are arrays the entries farthest apart.

    `deviation`: the distance of sides said to be equal, or the excess of the smaller one, in the unit of the sides.
    """

    relation: int
    left: tuple[float, ...]
    right: tuple[float, ...]
    deviation: tuple[float, ...]
    tolerance: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """Where a printed chain was tried: the points by variable (of a vector its norm), and each of its relations there.

    The last `binding` points are those at which an inequality is said to be an equality.
    """

    points: Mapping[str, tuple[float | str, ...]]
    binding: int
    compared: tuple[Compared, ...]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """All that one run knows of a claim at one place it is printed, or of a statement.

    `reading` is the tree that was judged, as plain data; `tried` where it was tried, unless it could not be computed there;
    `copied` the largest ratios that no reason but a run supports; `overlap` the code that computes both sides.
    """

    name: str
    formula: Formula
    verdict: Verdict
    passed: bool
    evidence: tuple[Evidence, ...]
    changed: tuple[Evidence, ...] = ()
    complaint: str = ""
    hypotheses: tuple[Hypothesis, ...] = ()
    in_words: tuple[str, ...] = ()
    always: str = ""
    seconds: float = 0.0
    reused: bool = False
    reading: Mapping[str, Any] | None = None
    tried: Tried | None = None
    copied: tuple[str, ...] = ()
    overlap: Overlap | None = None


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """One wrong version of a formula: its text with the characters from `low` to `high` replaced by `new`, and its fate.

    A refuted one has its counter-example: the point, and what the two sides are there; a stopped one has in `at` why it has no
    verdict. `of` is the text of the hypothesis of which it is a wrong version, if it is one.
    """

    kind: str
    fate: str
    low: int
    high: int
    new: str
    at: str = ""
    sides: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What became of the wrong versions of one printed formula.

    `refuted`: with a counter-example; `close`: a strict sign between sides that are the same to within their errors, which no sample tells
    from less; `stopped`: without a verdict for another cause; both stop a build as well; `same`: the same relation in other words;
    `kept`: a version of a hypothesis that is kept without need, `unseen`: of one that bounds nothing; `unreadable`: earns nothing;
    `survivors`: passed the check, which is therefore defective; `blind`: the kinds of change of which some could be evaluated and none was
    refuted; `wrong` and `hypotheses`: the versions of the formula and of its hypotheses one by one.
    """

    name: str
    formula: Formula
    refuted: int = 0
    close: int = 0
    stopped: int = 0
    same: int = 0
    kept: int = 0
    unseen: int = 0
    unreadable: int = 0
    survivors: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    hypotheses: tuple[Wrong, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether the check can be trusted to fail: wrong versions of every kind were refuted, and none survived."""
        return self.refuted > 0 and not self.survivors and not self.blind


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """All the evidence of one run, with versions, coverage, effort and what each part cost."""

    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    constants: Mapping[str, Estimate]
    figures: Mapping[str, Path]
    seconds: Mapping[str, float]
    coverage: tuple[int, int]
    versions: Mapping[str, str]
    effort: Effort = STANDARD

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
        """The formulas whose check passes on a wrong version, or refutes none of some kind; a false formula has none."""
        # Wrong versions of what is wrong itself say nothing of its check.
        false = {finding.name for finding in self.short}
        return tuple(tally for tally in self.tallies if not tally.enough and tally.name not in false)
