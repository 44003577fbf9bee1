"""What rounding would decide, decided in exact arithmetic: relations between near numbers, jumps, and which numbers are whole.

Where exact arithmetic does not reach, there is no answer here, and the caller has none to give.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from hwgen.arithmetic.algebra import Algebra, ShapeError
from hwgen.arithmetic.batch import Batch, Uneven
from hwgen.arithmetic.rationals import Inexact, Rationals
from hwgen.evidence.scope import Scope
from hwgen.model import Approx
from hwgen.reading import tree
from hwgen.reading.tree import Node

# No union, which would be made anew each time.
_NUMBERS = (Approx, Batch)
Evaluate = Callable[[Node, Scope, Algebra[Any]], Any]
# Where a whole number is needed, an oracle's float that is one, known better than this part of it, is that.
WHOLE = 1e-9
# Floats hold whole numbers up to here.
LARGEST = 2.0**53
JUMPS = frozenset({"floor", "ceil", "sign"})
COUNTS = frozenset({"factorial", "binom"})


class _Exactly(Scope):
    """The symbols of another scope as rational numbers."""

    def __init__(self, scope: Scope, numbers: Rationals) -> None:
        super().__init__({}, {})
        self.scope, self.numbers = scope, numbers

    def value(self, name: str) -> Any:
        if name in self.local:
            return self.local[name]
        return self.numbers.read(self.scope.value(name))

    def call(self, name: str, order: int, arguments: tuple[Any, ...]) -> Any:
        # An oracle takes floats: it is asked only about arguments that are exactly one.
        given = [float(one) if isinstance(one, Fraction) else math.nan for one in arguments]
        if any(math.isnan(one) or Fraction(one) != argument for one, argument in zip(given, arguments, strict=True)):
            raise Inexact
        found = self.scope.call(name, order, tuple(Approx(value=one, error=0.0) for one in given))
        return self.numbers.read(found)

    def average(self, node: tree.Averaged, algebra: Any) -> Any:
        raise Inexact


def compared(symbol: str, left: Node, right: Node, scope: Scope, evaluate: Evaluate) -> bool | None:
    """Whether a relation holds exactly; None where that is not known."""
    numbers = Rationals()
    within = _Exactly(scope, numbers)
    try:
        return numbers.compare(symbol, evaluate(left, within, numbers), evaluate(right, within, numbers))
    except (Inexact, ShapeError, OverflowError):
        return None


def rational(node: Node, scope: Scope, evaluate: Evaluate) -> Fraction | None:
    """The value of a node as a rational number, if it is known; one that is whole may be so by the floats that its symbols are."""
    numbers = Rationals()
    try:
        found = evaluate(node, _Exactly(scope, numbers), numbers)
    except (Inexact, ShapeError, OverflowError):
        return None
    return found if isinstance(found, Fraction) and (numbers.sure or found.denominator == 1) else None


def jumped(node: tree.Elementary, found: Any, scope: Scope, evaluate: Evaluate) -> Any:
    """What an integer part or a sign is where rounding leaves it open, if exact arithmetic knows it."""
    if isinstance(found, Batch) and np.any(np.isnan(found.value)):
        raise Uneven
    if not isinstance(found, Approx) or not math.isnan(found.value):
        return found
    argument = rational(node.arguments[0], scope, evaluate)
    if argument is None:
        return found
    exactly = Rationals().elementary(node.name, [argument])
    return Approx(value=float(exactly), error=abs(float(exactly - Fraction(float(exactly)))))


def needs_whole(base: Any) -> bool:
    """Whether a power of this is one only with a whole exponent: of an array, or of a negative number."""
    if isinstance(base, Batch):
        return bool(base.shape) or bool((base.value < 0).any())
    return isinstance(base, Approx) and (isinstance(base.value, np.ndarray) or base.value < 0)


def whole(node: Node, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> int:
    """The whole number that a node is: not what rounding makes one. Raises ShapeError for anything else."""
    found = evaluate(node, scope, algebra)
    # Below LARGEST floats add and multiply whole numbers exactly, and nothing need be computed again.
    if isinstance(found, Approx) and _doubtful(found) and _size(node, scope) >= LARGEST:
        return int(_certainly(node, found, scope, evaluate))
    return algebra.whole(settled(node, found, scope, evaluate))


def no_fraction(index: Any, name: str) -> None:
    """Raises ShapeError for an index of a family that is no whole number: f_t may be the derivative along t to a reader."""
    if isinstance(index, _NUMBERS) and not np.all(np.mod(index.value, 1) == 0):
        raise ShapeError(f"an index of {name} is no whole number; write it as an argument, in the brackets")


def settled(node: Node, found: Any, scope: Scope, evaluate: Evaluate) -> Any:
    """The value of a node that must be whole, without an error if it is. Raises ShapeError where only rounding makes it so."""
    if not isinstance(found, _NUMBERS) or not _doubtful(found):
        return found
    if _size(node, scope) < LARGEST:
        return _certain(found)
    if isinstance(found, Batch):
        raise Uneven
    exactly = _certainly(node, found, scope, evaluate)
    if abs(exactly) >= LARGEST:
        raise ShapeError(f"a whole number of {len(str(int(abs(exactly))))} digits, more than floating point holds; write a smaller one")
    return Approx(value=float(exactly), error=0.0)


def counted(node: Node, found: Any, scope: Scope) -> Any:
    """The value of a node, without an error where it is a whole number that is only added and multiplied from others."""
    if not isinstance(found, _NUMBERS) or not _doubtful(found) or _size(node, scope) >= LARGEST:
        return found
    return _certain(found)


def _certain(found: Approx | Batch) -> Approx | Batch:
    return Batch(found.value, np.zeros_like(found.error)) if isinstance(found, Batch) else Approx(value=found.value, error=0.0)


def _doubtful(found: Approx | Batch) -> bool:
    """Whether rounding may have made a number whole."""
    if isinstance(found, Approx) and isinstance(found.value, np.ndarray):
        return False  # no number: whoever needs one says so
    if isinstance(found, Approx):
        return bool(found.error != 0 and found.value % 1 == 0)
    if not found.error.any():
        return False
    # The first entry tells mostly, and a remainder of many takes its time.
    return not (found.value.size and found.value.flat[0] % 1 != 0) and not np.any(np.mod(found.value, 1) != 0)


def _certainly(node: Node, found: Approx, scope: Scope, evaluate: Evaluate) -> Fraction:
    exactly = rational(node, scope, evaluate)
    if exactly is None or exactly.denominator != 1:
        raise ShapeError(f"a whole number is needed here; found {found.value:g}, which rounding may have made whole")
    return exactly


def _size(node: Node, scope: Scope) -> float:
    """How large whole numbers are that are added and multiplied here, which floats do exactly; infinite for anything else."""
    match node:
        case tree.Number():
            return float(node.text) if node.text.isdigit() else math.inf
        case tree.Symbol():
            return _size_of(scope.value(node.name), node.name not in scope.local)
        case tree.Negative():
            return _size(node.of, scope)
        case tree.Operation(symbol="+" | "-"):
            return _size(node.left, scope) + _size(node.right, scope)
        case tree.Operation(symbol="*"):
            return _size(node.left, scope) * _size(node.right, scope)
        case _:
            return math.inf


def _size_of(given: Any, declared: bool) -> float:
    if not isinstance(given, _NUMBERS):
        return math.inf
    value = np.asarray(given.value, float)
    entries = value.ndim > np.ndim(given.error)
    known = np.asarray(given.error) <= (WHOLE if declared else 0.0) * np.maximum(np.abs(value), 1.0) if not entries else np.array(False)
    return float(np.max(np.abs(value), initial=0.0)) if np.all(known) and np.all(np.mod(value, 1) == 0) else math.inf
