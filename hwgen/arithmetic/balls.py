"""The operations of a formula over Arb balls: the form of the algebra that encloses.

Every operation encloses all values that its operands' balls allow. What has no enclosure is refused (Unenclosed), never
approximated; nothing here gives a verdict.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import flint
import numpy as np

from hwgen.arithmetic import beside, powers, slopes, spans, vectors
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.powers import Unenclosed
from hwgen.arithmetic.slopes import Slope
from hwgen.arithmetic.spans import Span
from hwgen.model import Approx

Ball = Any  # flint.arb
_METHODS = {
    "exp": "exp",
    "log": "log",
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "sinh": "sinh",
    "cosh": "cosh",
    "tanh": "tanh",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "erf": "erf",
    "erfc": "erfc",
    "absolute": "__abs__",
}
MOST_FACTORS = 200
_CUT = frozenset({"arcsin", "arccos", "arctan", "arcsinh", "arccosh", "arctanh"})


class Balls:
    """The operations of a formula over real balls; those of an integrand over complex ones, those of what is searched over slopes.

    `analytic`: whether an integrand must have no value where it is not analytic, as its quadrature asks in turn.
    """

    def __init__(self) -> None:
        self.analytic = False

    def number(self, text: str) -> Ball:
        if text == "inf":
            raise Unenclosed("an infinite limit")
        return flint.arb.pi() if text == "pi" else flint.arb(text)

    def of(self, given: Any) -> Ball:
        if not isinstance(given, Approx):
            return given
        if not isinstance(given.value, np.ndarray):
            return flint.arb(given.value, given.error)
        return vectors.array([flint.arb(float(one), given.error) for one in given.value.ravel()], given.value.shape)

    def negative(self, x: Ball) -> Ball:
        return -x

    def operate(self, symbol: str, x: Ball, y: Ball) -> Ball:
        if isinstance(x, np.ndarray) or isinstance(y, np.ndarray):
            return vectors.operate(symbol, x, y)
        if symbol == "^":
            if isinstance(x, Span) or isinstance(y, Span):
                return beside.power(x, y, powers.power)
            if isinstance(x, Slope) or isinstance(y, Slope):
                return slopes.power(x, y, powers.power)
            return powers.power(x, y, self.analytic)
        return {"+": lambda: x + y, "-": lambda: x - y, "*": lambda: x * y, "/": lambda: x / y}[symbol]()

    def elementary(self, name: str, arguments: Sequence[Ball]) -> Ball:
        if name in {"max", "min"}:
            return functools.reduce(functools.partial(self._larger, name), arguments)
        if name in vectors.OPERATIONS and all(isinstance(one, np.ndarray) for one in arguments):
            return vectors.OPERATIONS[name](self.elementary, *arguments)
        if any(isinstance(one, np.ndarray) for one in arguments):
            raise Unenclosed(f"{name} of an array is not enclosed")
        if name == "square":
            return self.operate("^", arguments[0], flint.arb(2))
        if name == "root":
            return self._root(*arguments)
        if name in {"factorial", "binom"}:
            return self._factorial(*arguments) if name == "factorial" else self._binomial(*arguments)
        if name in _METHODS:
            return self._function(name, arguments[0])
        raise Unenclosed(f"{name} is not enclosed")

    def _factorial(self, x: Ball) -> Ball:
        return spans.function("factorial", x, powers.factorial) if isinstance(x, Span) else powers.factorial(x)

    def _binomial(self, n: Ball, k: Ball) -> Ball:
        count = powers.whole(k)
        if count is None or not 0 <= count <= MOST_FACTORS:
            raise Unenclosed("a binomial whose lower number varies")
        factors = ((n - flint.arb(index)) / flint.arb(index + 1) for index in range(count))
        return functools.reduce(lambda x, y: x * y, factors, flint.arb(1))

    def _function(self, name: str, x: Ball) -> Ball:
        if isinstance(x, Span):
            return beside.function(name, x, lambda inside: self._function(name, inside))
        if isinstance(x, Slope):
            return slopes.function(name, x, lambda inside: self._function(name, inside))
        method = _METHODS[name]
        if isinstance(x, flint.acb):
            if name in {"absolute", "log"}:
                return getattr(x, "real_abs" if name == "absolute" else "log")(analytic=self.analytic)
            return powers.with_cut(method, x, self.analytic) if name in _CUT else getattr(x, method)()
        return powers.inverse_sine(method, x) if name in {"arccos", "arcsin"} else getattr(x, method)()

    def _root(self, x: Ball, degree: Ball) -> Ball:
        if isinstance(x, Span):
            return beside.power(x, 1 / degree, powers.power)
        if isinstance(x, Slope):
            return slopes.power(x, 1 / degree, powers.power)
        return powers.root(x, degree, self.analytic)

    def _larger(self, name: str, x: Ball, y: Ball) -> Ball:
        if isinstance(x, Span) or isinstance(y, Span):
            first, other = spans.span_of(x), spans.span_of(y)
            return Span(getattr(first.low, name)(other.low), getattr(first.high, name)(other.high))
        if isinstance(x, Slope) or isinstance(y, Slope):
            return slopes.extreme(name, x, y)
        if isinstance(x, flint.acb) or isinstance(y, flint.acb):
            return getattr(flint.acb(x), f"real_{name}")(flint.acb(y), analytic=self.analytic)
        return getattr(x, name)(y)

    def matrix(self, rows: Sequence[Sequence[Ball]]) -> Ball:
        return vectors.array([entry for row in rows for entry in row], (len(rows), len(rows[0])))

    def shape(self, x: Ball) -> tuple[int, ...]:
        return x.shape if isinstance(x, np.ndarray) else ()

    def entry(self, x: Ball, places: Sequence[int]) -> Ball:
        if not isinstance(x, np.ndarray):
            raise ShapeError(f"no entry {list(places)} in a number")
        return x[tuple(places)]

    def vector(self, entries: Sequence[Ball]) -> Ball:
        return vectors.array(list(entries), (len(entries),))

    def compare(self, symbol: str, x: Ball, y: Ball) -> bool:
        difference = x - y
        found = {"<": (x < y, x >= y), r"\le": (x <= y, x > y), ">": (x > y, x <= y), r"\ge": (x >= y, x < y)}.get(symbol)
        if found is None:
            found = (bool(difference == 0), difference.is_finite() and not difference.contains(0))
        # Neither the relation nor its contrary holds on all of the balls.
        if not any(found):
            raise Unenclosed("a case that holds on a part of the box only")
        return bool(found[0])

    def series(self, term: Callable[[int], Ball], first: int, beyond: Any = None) -> Ball:
        raise Unenclosed("an infinite sum is not enclosed")

    def over_ball(self, kind: str, body: Callable[[Ball], Ball], dimension: int, radius: Ball, norm: str, sphere: bool) -> Ball:
        raise Unenclosed(f"a {kind} over a ball is not enclosed")

    def whole(self, x: Ball) -> int:
        found = powers.whole(x)
        if found is None:
            raise Unenclosed(f"{x} is no definite whole number")
        return found

    def beyond(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> Any:
        return None

    def enclosed(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> Ball | None:
        return None

    def limit(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> Ball:
        raise Unenclosed("a limit is not enclosed")

    def integral(self, body: Callable[[Ball], Ball], low: Ball, high: Ball) -> Ball:
        return self.quadrature(body, low, high)

    def quadrature(self, body: Callable[[Ball], Ball], low: Ball, high: Ball, **limits: Any) -> Ball:
        """The integral by Petras' adaptive rule, with the rule's own limits; what the body raises is raised."""
        raised: list[Exception] = []

        def at(u: Ball, analytic: bool) -> Ball:
            before, self.analytic = self.analytic, analytic
            try:
                return _complex(body(u)) if not raised else flint.acb(powers.NAN)
            except Exception as error:  # the rule is no Python, and would lose it
                raised.append(error)
                return flint.acb(powers.NAN)
            finally:
                self.analytic = before

        found = flint.acb.integral(at, flint.acb(low), flint.acb(high), **limits)
        if raised:
            raise raised[0]
        return found.real

    def extremum(
        self, kind: str, body: Callable[[Ball], Ball], low: Ball, high: Ball, left_out: tuple[bool, bool] = (False, False)
    ) -> Ball:
        """Enclosed by subdivision of [low, high]: every part counts for the bound, every middle for what is attained."""
        if not (isinstance(low, flint.arb) and isinstance(high, flint.arb)):
            raise Unenclosed(f"a {kind} inside of what varies in its limits")
        parts = 256
        step = (high - low) / parts
        pieces = [flint.arb.union(low + step * index, low + step * (index + 1)) for index in range(parts)]
        over, attained = [body(piece) for piece in pieces], [body(piece.mid()) for piece in pieces]
        if not all(isinstance(one, flint.arb) for one in over):
            raise Unenclosed(f"a {kind} below an integral")
        if kind == "max":
            return flint.arb.union(_most(over, "max").upper(), _most(attained, "max").lower())
        return flint.arb.union(_most(over, "min").lower(), _most(attained, "min").upper())


BALLS = Balls()


def _complex(found: Ball) -> Ball:
    if isinstance(found, Slope):
        raise Unenclosed("the slope of an integral")
    return flint.acb(found)


def _most(balls: Sequence[Ball], kind: str) -> Ball:
    found = balls[0]
    for ball in balls[1:]:
        found = getattr(found, kind)(ball)
    return found
