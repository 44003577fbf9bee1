r"""What algebra and calculus prove of Exercise 3, each from the definition of its symbols. What has the name of a claim proves it.

:math:`\Lambda(c,s)` is the larger modulus of the eigenvalues of the block with rows (0, s) and (s, c). With
:math:`|c|=2xy+y^2` and :math:`s=x^2+xy` for non-negative x and y, its root is rational.
"""

from typing import Any

import sympy as sp

from hwgen.authors.proofs import EXPRESSIONS, Proof
from hwgen.homework import two_neurons

C, EIGENVALUE, Z, U, A, MOVE = sp.symbols("c lambda z u a alpha", real=True)
S = sp.Symbol("beta", real=True)
X, Y, DISTANCE = sp.symbols("x y eta", nonnegative=True)
CHARTS = tuple({C: sign * (2 * X * Y + Y**2), S: X**2 + X * Y} for sign in (1, -1))
BLOCK = sp.Matrix([[0, S], [S, C]])


# The roots of the characteristic polynomial, the larger one first.
HIGH, LOW = sorted(BLOCK.eigenvals(), key=lambda root: -root.subs({C: 1, S: 1}))
ROOTS = {r"\lambda_1": HIGH, r"\lambda_2": LOW}


def _resolved(c: Any, s: Any) -> Any:
    """Lambda(c, s), the larger modulus of the two eigenvalues: one is >= 0, the other <= 0, and max(x, y) = (|x - y| + x + y)/2."""
    high, low = (root.subs({C: c, S: s}, simultaneous=True) for root in (HIGH, LOW))
    return (sp.Abs(high + low) + (high - low)) / 2


SHARED = {"c": C, r"\beta": S, r"\lambda": EIGENVALUE, r"\Lambda": (_resolved,)}


# The determinant of lambda I - B, and its roots.
block_characteristic = Proof(
    meanings={**SHARED, **ROOTS, r"\chi": (lambda at: (at * sp.eye(2) - BLOCK).det(),)}, method="the determinant expanded"
)
block_larger = Proof(meanings={**SHARED, **ROOTS}, method="the characteristic equation solved")
block_smaller = block_larger


def block_eigenvalues() -> tuple[Proof, ...]:
    """On two charts, one for each sign of c."""

    def on(chart: dict[Any, Any]) -> Proof:
        roots = {name: sp.simplify(sp.sqrt(sp.factor(sp.expand(root.subs(chart) ** 2)))) for name, root in ROOTS.items()}
        meanings = {"c": chart[C], r"\beta": chart[S], r"\Lambda": (_resolved,), **roots}
        return Proof(meanings=meanings, method="a rational parametrisation of the root, for each sign of c")

    return tuple(map(on, CHARTS))


# Differences with non-negative coefficients.
block_between = Proof(meanings=SHARED, charts=CHARTS, method="non-negative coefficients after a rational parametrisation")
block_mixed = block_between
# As rational functions, for c >= 0 as the text says, and s > 0.
POSITIVE = sp.Symbol("x", positive=True)
square_completed = Proof(
    meanings={**SHARED, r"\alpha": MOVE, r"\eta": sp.Symbol("eta", real=True)},
    charts=({C: 2 * POSITIVE * Y + Y**2, S: POSITIVE**2 + POSITIVE * Y},),
    method="an identity of rational functions; a square over a square",
)
# The squares of both sides: their difference is a square times a polynomial with non-negative coefficients.
cubic_share = Proof(
    meanings={r"\alpha": MOVE, r"\eta": DISTANCE},
    charts=({MOVE: X}, {MOVE: -X}),
    rising=lambda side: sp.expand(sp.powdenest(side**2)),
    method="a square times non-negative coefficients",
)
# For sigma(z) = z^2/2.
square_remainder = Proof(
    meanings={r"\sigma": (lambda z: z**2 / 2, lambda z: z), "a": A, r"\alpha": MOVE, "z": Z, "u": U}, method="an identity of polynomials"
)


def tanh_largest() -> tuple[Proof, ...]:
    """In T = |tanh z| < 1; the largest value by its only stationary point."""
    t = sp.Symbol("T", nonnegative=True)
    most = EXPRESSIONS.extremum("max", lambda u: 2 * u * (1 - u**2), sp.Integer(0), sp.Integer(1))

    def case(sign: int) -> Proof:
        second = sp.diff(sp.tanh(Z), Z, 2).subs(sp.tanh(Z), sign * t)
        inside = {t: X / (1 + X)}
        meanings = {r"\sigma": (None, None, lambda _: second), "z": Z, "T": t, "M_2": most}
        return Proof(meanings=meanings, charts=(inside,), method="in T = |tanh z|, a square times non-negative coefficients")

    return case(1), case(-1)


# --- two neurons with two inputs stand for any number ---

PARAMETERS = tuple([two_neurons.OUTER[j], *two_neurons.WEIGHTS[j, :]] for j in (0, 1))
AXES = {r"\hat x": sp.Matrix([0, *two_neurons.INPUT]), "e_0": sp.Matrix([1, 0, 0])}


# For all parameters of a neuron, and of two.
both_gradient = two_neurons.gradient_proof(r"\nabla_jf", PARAMETERS[0], AXES)
both_blocks = two_neurons.block_proofs(PARAMETERS, AXES)
