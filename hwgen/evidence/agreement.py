"""Numerical evidence: the printed relation against its oracles over the sampled domain. It says at most SUPPORTED.

Nothing here computes a side or a tolerance: that is one case's own business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from hwgen.evidence import finer, numerals
from hwgen.evidence.buried import buried
from hwgen.evidence.cases import REASON, Look, described, refuted, undecided
from hwgen.evidence.evaluation import Scope
from hwgen.evidence.sampling import at_simple, sample
from hwgen.evidence.sharpness import binding_points, blunt, strict_where_bound, undeclared
from hwgen.evidence.swamped import swamped
from hwgen.evidence.table import Table
from hwgen.model import Declared, Evidence, Kind, Point, Range, Value, Variable, Verdict
from hwgen.reading import Chain

# A symbol with fewer values over the cases could be exchanged for a number, or p for another function of p, and nobody would notice.
FEWEST_VALUES = 3


def agreement(chain: Chain, look: Look, arrays: bool = True) -> Evidence:
    """Judge every relation of the chain at every point, then the sharpness that its inequalities declare."""
    return judged(chain, look, Table(chain, look, arrays))


def judged(chain: Chain, look: Look, table: Table) -> Evidence:
    """What the cases of the table amount to."""
    false = table.refuted()
    if false is not None:
        return refuted(false, chain, look)
    known = numerals.certain(chain)
    if False in known:
        return numerals.broken(chain, look, table, known)
    missing = undeclared(chain, look.sharp)
    if missing:
        return undecided(missing, look)
    equal = strict_where_bound(chain, look, table)
    if equal is not None:
        return equal
    worst = table.worst()
    if worst is None or (worst.verdict is Verdict.UNDECIDED and not all(known)):
        return undecided(described(worst, chain) if worst else "no case", look, worst)
    unseen = None if all(known) else swamped(chain, look, table) or finer.apart(chain, look, table) or buried(chain, look)
    dull = _unvaried(chain, look) or unseen or blunt(chain, look, table)
    if dull is not None:
        return dull
    return Evidence(
        kind=Kind.NUMERIC,
        method="agreement over the domain",
        verdict=Verdict.SUPPORTED,
        cases=len(look.points),
        deviation=0.0 if all(known) else max(worst.deviation, 0.0),
        tolerance=0.0 if all(known) else worst.tolerance,
        reason=REASON,
        seed=look.seed,
    )


def _unvaried(chain: Chain, look: Look) -> Evidence | None:
    """What is wrong with the domain if a printed symbol hardly varies over it; a claim that is proved for all values may do so."""
    if look.fixed is None:
        return None
    for symbol in sorted(chain.symbols - look.fixed):
        values = {value for scope in look.scopes for value in _number(scope, symbol)}
        if 0 < len(values) < FEWEST_VALUES:
            said = f"{symbol} takes {len(values)} values over the cases"
            return undecided(f"{said}; expected {FEWEST_VALUES} or more, or fixed=[…] if it has no more by nature", look)
    return None


def _number(scope: Scope, symbol: str) -> list[float]:
    """The value of a symbol, to twelve digits, if it is one real number."""
    if not isinstance(scope.bindings.get(symbol), Variable | Value):
        return []
    value = scope.value(symbol).value
    return [float(f"{float(value):.12g}")] if np.ndim(value) == 0 else []


def points_of(
    domain: Mapping[str, Range], count: int, sharp: Sequence[Declared], seed: int
) -> tuple[tuple[Point, ...], dict[tuple[int, int], Point]]:
    """The sampled points, then simple numbers; for each `Binds` the point it names, completed by the first interior point of the sample."""
    points = sample(domain, count, seed)
    points = (*points, *at_simple(domain, points))
    filling = points[min(2, len(points) - 1)] if points else {}
    return points, binding_points(sharp, filling)
