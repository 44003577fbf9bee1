"""What algebra proves of Exercise 1, from the definitions of its symbols."""

import sympy as sp

from hwgen.authors.proofs import Proof

S, STEP, FIRST, LAST = sp.symbols("s eta sigma_1 sigma_r", positive=True)
K = sp.Symbol("k", integer=True, nonnegative=True)
Q = 1 - STEP * S**2
# The largest of |1 - eta sigma_i^2| falls until its two ends are opposite, and rises from there on.
(BALANCED,) = sp.solve((1 - STEP * FIRST**2) + (1 - STEP * LAST**2), STEP)

induction = Proof(meanings={"q": Q, "s": S, r"\eta": STEP, "k": K}, method="simplification")
best_step = Proof(meanings={r"\eta^\star": BALANCED, r"\sigma_1": FIRST, r"\sigma_r": LAST}, method="the ends of the spectrum balanced")
