"""1(b): how sharp its bounds are for equal unit inputs, by counting the tosses of a coin; no oracle is used."""

import itertools
import math
from collections.abc import Mapping
from typing import Any

# Shares of n at which the union bound is tried, and deviations, as multiples of |Gamma| / sqrt(p), at which bounded differences are.
SHARES, DEPTHS = (0.1, 0.25, 0.35, 0.45), (0.2, 0.5, 0.9, 1.3)
# Draws of n equal unit inputs and widths p, with (n, p).
EQUAL = {("single", 4): (1, 4), ("equal 2", 100): (2, 100), ("equal", 9): (3, 9), ("equal 5", 25): (5, 25), ("equal 8", 400): (8, 400)}
# The squared norm of the second of two orthogonal inputs; that of the first is 1.
ALONG = 0.36
FEW = {("equal 8", 6): 6, ("single", 4): 4, ("equal 2", 100): 100, ("equal 5", 25): 25}


def beyond(p: int, distance: float, *, strictly: bool = False) -> float:
    """Probability that the share of heads among p tosses of a coin is at least so far from 1/2, or farther, by Pascal's triangle."""
    far = [abs(2 * heads - p) - 2 * p * distance for heads in range(p + 1)]
    least = 1e-9 if strictly else -1e-9
    return float(sum(math.comb(p, heads) for heads, one in enumerate(far) if one > least)) / float(2**p)


def apart(p: int, distance: float, *, strictly: bool = False) -> float:
    """The probability that the error of two orthogonal inputs is at least that, or more: p tosses of a coin for each, independent."""
    far = distance**2 + (1e-9 if strictly else -1e-9)
    pairs = itertools.product(range(p + 1), repeat=2)
    seen = [(one, other) for one, other in pairs if (one / p - 0.5) ** 2 + ALONG**2 * (other / p - 0.5) ** 2 > far]
    return float(sum(math.comb(p, one) * math.comb(p, other) for one, other in seen)) / float(4**p)


def union_ratios() -> Mapping[Any, float]:
    """Largest ratio of the sides of the union bound, whose event is that the share is epsilon / n from 1/2, by network and share.

    Of orthogonal inputs, too.
    """
    known = {("orthogonal", p): {share: apart(p, 2 * share) / (6 * math.exp(-2 * p * share**2)) for share in SHARES} for p in (4, 12)} | {
        network: {share: beyond(p, share) / (n * (n + 1) * math.exp(-2 * p * share**2)) for share in SHARES}
        for network, (n, p) in EQUAL.items()
    }
    return {(network, max(of, key=of.__getitem__)): max(of.values()) for network, of in known.items()}


def mcdiarmid_ratios() -> Mapping[Any, float]:
    """Largest ratio of the sides of the bounded-differences inequality, where V is n^2 / 4 and |Gamma| is n; of orthogonal inputs, too."""
    size = math.hypot(1, ALONG)
    two = max(apart(12, (0.5 + depth) * size / math.sqrt(12), strictly=True) / math.exp(-2 * depth**2) for depth in DEPTHS)
    return {("orthogonal", 12): two} | {
        network: max(beyond(p, (0.5 + depth) / math.sqrt(p), strictly=True) / math.exp(-2 * depth**2) for depth in DEPTHS)
        for network, p in FEW.items()
    }
