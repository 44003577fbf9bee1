"""Why wrong versions have no verdict, by kind of slip: what a ledger's rows of them leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hwgen.model import Tally

STOPPED = "stopped"


def stopped(tallies: Iterable[Tally]) -> dict[str, dict[str, int]]:
    """How many wrong versions of each kind have no verdict, by the reason."""
    counted = Counter(
        (one.kind, one.at or "for another reason") for tally in tallies for one in (*tally.wrong, *tally.hypotheses) if one.fate == STOPPED
    )
    found: dict[str, dict[str, int]] = {}
    for (kind, why), times in counted.most_common():
        found.setdefault(kind, {})[why] = times
    return found
