"""What algebra proves: a value of a claim's name gives its symbols as SymPy expressions, and both sides are simplified."""

import sympy as sp

from hwgen.authors.proofs import Proof

X = sp.Symbol("x", real=True)
STEP, CURVATURE = sp.symbols("eta lambda", positive=True)

decrease = Proof(
    meanings={"f": (lambda x: CURVATURE * x**2 / 2, lambda x: CURVATURE * x), "x": X, r"\eta": STEP, r"\lambda": CURVATURE},
    method="simplification",
)
