"""The limit of what is printed in full: its values in many digits, at places far nearer than anything on the page is small.

Where the body is continuous it is enclosed around the place instead. Nothing here asks a declared function for what varies.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import flint
import numpy as np

from hwgen.analysis.settling import NOT_SETTLED, Sequences, settled, sides_agree
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.balls import BALLS
from hwgen.arithmetic.powers import Unenclosed, whole
from hwgen.arithmetic.rounding import EPS
from hwgen.evidence import exact, gruntz
from hwgen.evidence.leaves import Leaves
from hwgen.evidence.reduced import Evaluate, mentions
from hwgen.evidence.scope import Scope
from hwgen.model import Approx, Variable
from hwgen.reading import tree
from hwgen.reading.inequalities import endless
from hwgen.reading.spelled import said
from hwgen.reading.tree import Chain, Node

# Places are 2^-m away, or 2^m far out, for these m; slower limits are extrapolated from the ladder.
FAR, LADDER = (600, 800, 1000), tuple(7 * 2**k for k in range(8))
# What stays outside of 2^-400 … 2^400 could hide what happens nearer than the places are.
HIDDEN = 400
BITS, MOST_BITS = 4096, 65536
# What a value must be known to; and how near a ball around a number is in which the body may be continuous.
KNOWN, AROUND = 2.0**-60, 2.0**-300
# Multiples of the places, so that no wave is met at its zeros alone.
THETAS = ("1", "1.3717421", "0.7390851")
# Two ways agree, and a continuous body is known, to this part.
SAME, WIDE = 1e-9, 1e-6
# So far between two whole numbers a letter that may be whole is looked at as a real one.
BETWEEN = "0.3819660"
_KINDS = tree.Ranging | tree.Ball | tree.Cases | tree.Limit | tree.Chosen | tree.Averaged | tree.Indexed | tree.Index
_JUMPS = {*exact.JUMPS, *exact.COUNTS} - {"factorial", "binom"}
Place = tuple[Any, Any]


def limit(node: tree.Limit, body: Node, scope: Scope, evaluate: Evaluate) -> Approx:
    """The limit of a body with an estimate of its error, the errors of its symbols included. Raises ShapeError where none is found."""
    search = _Search(node, body, scope, evaluate)
    for one in tree.parts(body):
        if mentions(one, search.names) and (isinstance(one, _KINDS) or (isinstance(one, tree.Elementary) and one.name in _JUMPS)):
            said_of = f"a limit of a sum, an array, an extremum or a case that {node.variable} stands in"
            raise search.refusal(f"{said_of}; {search.instead}", one.span if isinstance(one, Node) else body.span)
    # What operators around it have bound is part of the key: the same body has another limit there.
    key = ("limit", said(body), said(node.to), node.side, *(repr(one) for one in scope.local.items()))
    if key not in scope.solved:
        scope.solved[key] = search.solved()
    found: Approx | ShapeError = scope.solved[key]
    if isinstance(found, ShapeError):
        # A new one each time: `evaluate` notes the place on what it sees, and the kept one would keep the first.
        raise ShapeError(found.message)
    return found


class _Wide(Leaves):
    """The symbols of a scope as all that they may be."""

    def leaf(self, name: str, given: Approx) -> Any:
        """The balls of a symbol's values."""
        super().leaf(name, given)
        exact = isinstance(self.scope.bindings.get(name), Variable)
        return BALLS.of(Approx(value=given.value, error=given.error if exact else self.seen[name]))

    def call(self, name: str, order: int, arguments: tuple[Any, ...]) -> Any:
        """The balls of a declared function, its arguments' errors carried through."""
        middles = ((float(one.mid()), float(one.rad())) for one in arguments)
        given = tuple(Approx(value=middle, error=radius + EPS * abs(middle)) for middle, radius in middles)
        return self.leaf(name, self.scope.call(name, order, given))


class _Search:
    """The limit of one body at one point."""

    def __init__(self, node: tree.Limit, body: Node, scope: Scope, evaluate: Evaluate) -> None:
        self.node, self.body, self.scope, self.evaluate = node, body, scope, evaluate
        self.names = frozenset({node.variable})
        self.instead = f"declare it as one function of {node.variable}, or write a sum to \\infty or an integral"

    @staticmethod
    def refusal(message: str, span: tree.Span) -> ShapeError:
        """The error that says so, at a part."""
        error = ShapeError(message)
        error.span = span
        return error

    def solved(self) -> Approx | ShapeError:
        """The limit: enclosed where the body is continuous, else seen far away by two ways, and moved by the errors of each symbol."""
        try:
            with flint.ctx.workprec(BITS):
                continuous = self._enclosed()
                if continuous is not None:
                    return continuous
                plain = Leaves(self.scope)
                found = self._settled(plain)
                # One symbol at a time: to first order their effects add up, and `apart` counts twice.
                moved = [self._settled(Leaves(self.scope, name)) for name in sorted(plain.seen)]
            second = gruntz.limit(self.node, self.body, self.scope, self.evaluate)
        except (Unenclosed, TypeError, AttributeError) as error:
            return ShapeError(f"a limit that is not known: {error}; {self.instead}")
        except ShapeError as error:
            return error
        apart = sum(abs(one.value - found.value) + one.error for one in moved)
        # Not `>`, so that what is no number is refused, too.
        if not abs(second - found.value) <= SAME * max(abs(second), abs(found.value), SAME) + 2 * found.error:
            return ShapeError(f"a limit on which two ways to find it differ; {self.instead}")
        return Approx(value=found.value, error=2 * apart + found.error)

    def _enclosed(self) -> Approx | None:
        """The limit at a number where the body is continuous, whatever its symbols are within their errors."""
        if endless(self.node.to):
            return None
        wide = _Wide(self.scope)
        wide.local = dict(self.scope.local)
        end = _number(self.evaluate(self.node.to, wide, BALLS))
        # A ball around the place: if the body jumps there, its enclosure stays wide however small the ball is.
        wide.local[self.node.variable] = flint.arb.union(end - flint.arb(AROUND), end + flint.arb(AROUND))
        there = _number(self.evaluate(self.body, wide, BALLS))
        middle, radius = float(there.mid()), float(there.rad())
        if not there.is_finite() or radius > WIDE * max(abs(middle), 1.0):
            return None
        return Approx(value=middle, error=radius + EPS * abs(middle))

    def _settled(self, leaves: Leaves) -> Approx:
        def of(part: Node, place: Any) -> Any:
            leaves.local = {**self.scope.local, self.node.variable: place}
            return self.evaluate(part, leaves, BALLS)

        zero = flint.arb(0)
        if endless(self.node.to):
            sign = -1 if isinstance(self.node.to, tree.Negative) else 1
            if not self.node.whole:
                return self._along(of, lambda m, theta: (zero, sign * theta * flint.arb(2) ** m))
            found = self._along(of, lambda m, theta: (zero, sign * _odd(theta, m)))
            self._one_reading(of, sign, found)
            return found
        end = _number(self.evaluate(self.node.to, leaves, BALLS)).mid()
        signs = {"+": (1,), "-": (-1,), "": (1, -1)}[self.node.side]
        return sides_agree([self._along(of, self._towards(end, sign)) for sign in signs])

    @staticmethod
    def _towards(end: Any, sign: int) -> Callable[[int, Any], Place]:
        """Places on one side of a number."""
        return lambda m, theta: (end, sign * theta / flint.arb(2) ** m)

    def _along(self, of: Callable[[Node, Any], Any], place: Callable[[int, Any], Place]) -> Approx:
        """What settles along one way, whose places are an end and a step for how far, and for a multiple."""
        self._nothing_hidden(lambda part, m: of(part, sum(place(m, flint.arb(THETAS[1])))), place)

        def at(m: int, theta: Any) -> Any:
            return _fine(lambda u: _number(of(self.body, u)), *place(m, theta))

        return settled(Sequences(at=at, far=FAR, ladder=LADDER, thetas=[flint.arb(one) for one in THETAS]))

    def _nothing_hidden(self, at: Callable[[Node, int], Any], place: Callable[[int, Any], Place]) -> None:
        """Raises ShapeError for a part that stays so small or large that the places are not beyond it, or that rounding makes not zero."""
        wide = _Wide(self.scope)
        wide.local = dict(self.scope.local)
        end, step = place(FAR[-1], flint.arb(THETAS[1]))
        around = end if endless(self.node.to) else self.evaluate(self.node.to, wide, BALLS)
        wide.local[self.node.variable] = around + step
        for one in _valued(self.body, self.names):
            before, after = (np.ravel(at(one, m)) for m in FAR[1:])
            within = np.ravel(self.evaluate(one, wide, BALLS))
            for first, last, ball in zip(map(abs, before), map(abs, after), within, strict=True):
                # Two hundred powers of two lie between the places: what moves by less than 2 over them stays, or is as slow as a logarithm.
                if not first / 2 < last < first * 2:
                    continue
                if not flint.arb(2) ** -HIDDEN < last < flint.arb(2) ** HIDDEN:
                    raise self.refusal("a limit beside what stays as small or as large as this; write its value, or a bound", one.span)
                if ball.is_finite() and ball.contains(0):
                    raise self.refusal("a limit beside what rounding does not tell from zero; write its value, or a bound", one.span)

    def _one_reading(self, of: Callable[[Node, Any], Any], sign: int, found: Approx) -> None:
        """Raises ShapeError where the letter is whole to some and real to others, and the limit is not the same."""
        for theta in THETAS:
            step = sign * (flint.arb(theta) * flint.arb(2) ** FAR[-1] + flint.arb(BETWEEN))
            try:
                there = _fine(lambda u: _number(of(self.body, u)), flint.arb(0), step)
            except (Unenclosed, ShapeError):
                return
            if there.is_finite() and not abs(float(there.mid()) - found.value) <= 1e-6 * max(abs(found.value), 1.0):
                ways = "write a limit along another letter, or a bound"
                raise ShapeError(f"{self.node.variable} may be whole or real, and the limit is not the same; {ways}")


def _valued(part: Any, names: frozenset[str]) -> Iterator[Node]:
    """The parts that have a value of their own as the names vary, the largest of those that do not vary as one."""
    if isinstance(part, tuple):
        for one in part:
            yield from _valued(one, names)
    elif isinstance(part, Node) and not isinstance(part, Chain):
        yield part
        if mentions(part, names):
            for field in dataclasses.fields(part):
                yield from _valued(getattr(part, field.name), names)


def _number(found: Any) -> Any:
    if isinstance(found, np.ndarray):
        raise ShapeError(f"a limit of an array of shape {found.shape}; expected a number")
    if not isinstance(found, flint.arb):
        raise Unenclosed("a limit inside of what varies")
    return found


def _known(found: Any) -> bool:
    return bool(found.is_finite()) and float(found.rad()) <= KNOWN * max(abs(float(found.mid())), KNOWN)


def _odd(theta: Any, m: int) -> Any:
    """A whole number near theta 2^m, odd for all but the first theta: a sign that alternates is no limit."""
    found = (theta * flint.arb(2) ** m).mid().floor()
    return found if theta == 1 or (whole(found) or 0) % 2 else found + 1


def _fine(at: Callable[[Any], Any], end: Any, step: Any) -> Any:
    """The value beside an end, in as many digits as it takes to know it."""
    bits = BITS
    while bits <= MOST_BITS:
        with flint.ctx.workprec(bits):
            found = at(end + step)
            if not found.is_finite() or _known(found):
                return found
        bits *= 2
    raise ShapeError(NOT_SETTLED)
