"""How sharp the bounds of the homework are is known without a run."""

from __future__ import annotations

from hwgen.homework import exercises
from hwgen.model import Claim, catalog


def test_no_largest_ratio_is_copied_from_a_run() -> None:
    claims = catalog.load(exercises.__name__).of(Claim)
    assert {name: [str(one) for one in claim.copied] for name, claim in claims.items() if claim.copied} == {}
    assert sum(bool(claim.sharp) for claim in claims.values()) > 40
