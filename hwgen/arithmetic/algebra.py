"""What the operations of a formula do to values: one protocol, for floating point, for balls and for symbolic expressions.

No formula is known here, and nothing is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from hwgen.model.errors import ContentError

V = TypeVar("V")


# How messages begin of which the part at fault is the subject.
_NOUNS = frozenset({"a", "an", "not", "cases"})
_VERBS = frozenset({"is", "may", "takes", "varies"})
_SAYS, _RELATES = frozenset({"is", "has", "are"}), frozenset({"that", "which", "what", "whose", "where"})


class ShapeError(ContentError):
    """Shapes that do not match exactly; nothing is broadcast. `span`: the part of the formula that is at fault, once it is known."""

    span: tuple[int, int] | None = None

    def of(self, printed: str) -> str:
        """What it says of a printed part: 'x+A' is a sum of …, 'x' varies with …"""
        first, *words = self.message.split()
        said = next((one for one in words if one in _SAYS or one in _RELATES or one[-1] in ";:,"), "")
        # "an index is a whole number" is a sentence of its own, and 'a' may be a name.
        joint = " is " if first in _NOUNS and said not in _SAYS else " " if first in _VERBS else ": "
        return f"'{printed}'{joint}{self.message}"


class Undecided(ShapeError):
    """A condition that rounding decides: its sides are too near to be told apart, and not exactly equal."""


class Algebra(Protocol[V]):
    """The operations that a formula is made of, over values of one kind."""

    def number(self, text: str) -> V:
        """A decimal number, "pi" or "inf"."""

    def of(self, given: Any) -> V:
        """A value of the algebra from what a scope holds."""

    def negative(self, x: V) -> V:
        """-x"""

    def operate(self, symbol: str, x: V, y: V) -> V:
        """x + y, x - y, x * y, x / y, x ^ y, by the operator's symbol."""

    def elementary(self, name: str, arguments: Sequence[V]) -> V:
        """exp, log, …, absolute, root, binom, max, min, norm_2, inner, transpose, by name."""

    def matrix(self, rows: Sequence[Sequence[V]]) -> V:
        """A matrix of scalars."""

    def shape(self, x: V) -> tuple[int, ...]:
        """The shape of an array, () for a number."""

    def entry(self, x: V, places: Sequence[int]) -> V:
        """One entry of an array, or one of its rows; places from 0."""

    def vector(self, entries: Sequence[V]) -> V:
        """A vector of scalars."""

    def compare(self, symbol: str, x: V, y: V) -> bool | None:
        """Whether x = y, x < y, x <= y, … holds, by the relation's symbol; None where a side has no value.

        Raises Undecided for numbers that may differ by rounding only.
        """

    def series(self, term: Callable[[int], V], first: int, beyond: Any = None) -> V:
        """The sum of `term` from the first index on, held against what is known `beyond`. Raises ShapeError where that fails."""

    def over_ball(self, kind: str, body: Callable[[V], V], dimension: int, radius: V, norm: str, sphere: bool) -> V:
        """The supremum ("max") or infimum ("min") of `body` over vectors whose norm is at most (on a sphere: is) the radius."""

    def whole(self, x: V) -> int:
        """An exact whole number as such. Raises ShapeError for anything else."""

    def beyond(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> Any:
        """What is known of the terms of an infinite sum that are not added; None where an oracle says what they are."""

    def enclosed(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> V | None:
        """An integral or extremum whose body is printed in full, enclosed; None where it is to be found by samples, or by other ways."""

    def limit(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> V:
        """A limit, as the tree has it."""

    def integral(self, body: Callable[[V], V], low: V, high: V) -> V:
        """The integral of `body` from low to high."""

    def extremum(self, kind: str, body: Callable[[V], V], low: V, high: V, left_out: tuple[bool, bool] = (False, False)) -> V:
        """The supremum ("max") or infimum ("min") of `body` over [low, high]; `left_out`: the lower, and the upper, end."""
