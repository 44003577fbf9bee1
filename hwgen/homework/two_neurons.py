"""Two neurons with two inputs, as SymPy expressions, and others in one constant: they stand for any number.

A block of a Hessian concerns two neurons, one of its entries two inputs.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sympy as sp

from hwgen.authors.proofs import Proof

WIDTH, REST, U = sp.Symbol("p", positive=True), sp.Symbol("rest", real=True), sp.Symbol("u", real=True)
WEIGHTS = sp.Matrix(2, 2, sp.symbols("w_11 w_12 w_21 w_22", real=True))
OUTER = sp.symbols("a_1 a_2", real=True)
INPUT = sp.Matrix(sp.symbols("x_1 x_2", real=True))
SIGMA = sp.Function("sigma")
PREACTIVATIONS = WEIGHTS * INPUT
NETWORK = (sum(OUTER[j] * SIGMA(PREACTIVATIONS[j]) for j in (0, 1)) + REST) / sp.sqrt(WIDTH)


def undetermined(function: Any) -> tuple[Any, ...]:
    """An undetermined function of one variable and its first two derivatives, as callables."""
    return (function, *(lambda at, order=order: sp.Subs(sp.diff(function(U), U, order), U, at).doit() for order in (1, 2)))


def neuron(j: int) -> dict[str, Any]:
    """What the symbols of one neuron mean."""
    return {"p": WIDTH, "x": INPUT, r"\sigma": undetermined(SIGMA), "z_j": PREACTIVATIONS[j], "a_j": OUTER[j]}


def gradient_proof(symbol: str, parameters: Sequence[Any], more: Mapping[str, Any]) -> Proof:
    """The part of the gradient that belongs to the parameters of the first neuron."""
    gradient = sp.Matrix([sp.diff(NETWORK, one).doit() for one in parameters])
    return Proof(meanings={**neuron(0), symbol: gradient, **more}, method="differentiation for an undetermined sigma")


def block_proofs(parameters: Sequence[Sequence[Any]], more: Mapping[str, Any]) -> tuple[Proof, ...]:
    """The block of the Hessian that belongs to the parameters of a neuron, and the one of both."""

    def block(j: int, k: int) -> Proof:
        entries = [[sp.diff(NETWORK, one, other).doit() for other in parameters[k]] for one in parameters[j]]
        meanings = {**neuron(j), "H_{jk}": sp.Matrix(entries), "I_{jk}": sp.Integer(int(j == k)), **more}
        return Proof(meanings=meanings, method="differentiation for an undetermined sigma, a block on and one off the diagonal")

    return block(0, 0), block(0, 1)
