"""The relations of Exercise 2. Every mean over signs goes through all of them."""

import numpy as np

from hwgen.authors import Bindings, Binds, Range, Ratio, cases, closed, integers, value, vectors

from .problem import DRAWS, complexity, exercise, inputs

# Wider than the page promises: its hypotheses cut from it what is claimed.
RADII = closed(-1, 3)
SIZES: dict[str, Range] = {"draw": DRAWS, "B": RADII}


@exercise.claim(
    r"B, n, s",
    domain={"s": vectors(2, norm=closed(0.2, 3)), "B": RADII, "n": integers(0, 4)},
    identity="holds for every vector; the setting does not occur",
    points=8,
)
def dual() -> None:
    """The supremum over the ball, searched for, and the norm."""


@exercise.claim(r"\hat{\mathfrak R}, \mathbb{E}, B, n, x", domain=SIZES, changed={"power": 4.0})
def signed_sum() -> None:
    """The complexity and the mean length of the signed sum."""


@exercise.claim(r"\mathbb{E}, n, x", domain={"draw": DRAWS}, changed={"bias": 0.2}, in_words=["independent uniform signs"])
def second_moment() -> None:
    """The mean square of the signed sum."""


@exercise.claim(
    r"\hat{\mathfrak R}, B, n, x",
    domain=SIZES,
    changed={"bias": 0.45},
    sharp=[
        (Binds(at={"draw": "orthogonal 2"}), Binds(at={"draw": "orthogonal 3"}), Binds(at={"draw": "orthogonal 5"})),
        (Binds(at={"draw": "equal 2"}), Binds(at={"draw": "equal 4"}), Binds(at={"draw": "orthonormal 4"})),
    ],
)
def upper() -> Bindings:
    """The bounds by the sum of squares and by the largest norm."""
    return {"R": value(lambda problem, draw: max(np.linalg.norm(inputs(problem, draw), axis=1)))}


@exercise.claim(
    r"\hat{\mathfrak R}, B, n",
    domain={"draw": cases(*(f"orthonormal {n}" for n in range(1, 7))), "B": RADII},
    changed={"length": 1.5},
    in_words=["orthonormal"],
)
def orthonormal() -> None:
    """The exact value for orthonormal inputs."""


@exercise.claim(
    r"\hat{\mathfrak R}, B, n, x",
    domain=SIZES,
    changed={"bias": 0.2},
    source="Latała and Oleszkiewicz 1994",
    sharp=[(Binds(at={"draw": "equal 2"}), Ratio(largest=0.5**0.5 / 0.75, within=1e-9, where={"draw": "equal 4"}, because="by hand"))],
)
def lower() -> None:
    """The best lower bound of that form."""


@exercise.claim(r"B, m", domain={"m": integers(0, 4), "B": RADII}, changed={"bias": 0.2}, in_words=["all inputs are equal"])
def equal_inputs() -> Bindings:
    """The exact value for an even number of equal inputs."""
    return {
        r"\hat{\mathfrak R}": value(lambda problem, m, B: complexity(problem, f"equal {2 * int(m)}", B), error=1e-11),
        "x_1": value(lambda problem, m: inputs(problem, f"equal {max(2 * int(m), 1)}")[0]),
    }


@exercise.claim(r"\hat{\mathfrak R}, B, n, x", domain=SIZES, false=True, quotes=r"\hat{\mathfrak R} = \frac Bn\sqrt{\sum_{i=1}^n\|x_i\|^2}")
def jensen_as_equality() -> None:
    """The bound, said to be an equality for all inputs."""
