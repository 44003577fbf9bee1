"""Evidence from further points than the standard ones, for a run of more effort: whether each relation holds there too.

How sharp an inequality is, and what its symbols take for values, is a matter of the standard points, for which it is declared.
"""

from __future__ import annotations

import dataclasses

from hwgen.evidence.cases import Look, described, refuted, undecided
from hwgen.evidence.table import Table
from hwgen.model import Evidence, Verdict
from hwgen.reading import Chain


def with_further(found: Evidence, chain: Chain, look: Look) -> Evidence:
    """What was found at the standard points, together with what is found at the points of this look: the worse of the two."""
    table = Table(chain, look)
    false = table.refuted()
    if false is not None:
        return refuted(false, chain, look)
    worst = table.worst()
    if worst is None or worst.verdict is Verdict.UNDECIDED:
        return undecided(described(worst, chain) if worst else "no case", look, worst)
    cases = found.cases + len(look.points)
    if _share(worst.deviation, worst.tolerance) <= _share(found.deviation, found.tolerance):
        return dataclasses.replace(found, cases=cases)
    return dataclasses.replace(found, cases=cases, deviation=max(worst.deviation, 0.0), tolerance=worst.tolerance)


def _share(deviation: float, tolerance: float) -> float:
    return deviation / tolerance if tolerance else 0.0
