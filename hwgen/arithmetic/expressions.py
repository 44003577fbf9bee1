"""The operations of a formula over SymPy expressions and matrices: the exact form of the algebra.

What is not decided exactly is refused (Unproved), never approximated. Nothing here reads a formula or gives a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sympy

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.defined import Need, Sign, Unproved, between, estimated, of_expression, of_function, of_operation
from hwgen.arithmetic.signs import nonnegative, positive

Expr = Any  # sympy.Expr, or a sympy matrix
_FUNCTIONS = {
    "exp": sympy.exp,
    "log": sympy.log,
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "arcsin": sympy.asin,
    "arccos": sympy.acos,
    "arctan": sympy.atan,
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "arcsinh": sympy.asinh,
    "arccosh": sympy.acosh,
    "arctanh": sympy.atanh,
    "erf": sympy.erf,
    "erfc": sympy.erfc,
    "sign": sympy.sign,
    "absolute": sympy.Abs,
    "max": sympy.Max,
    "min": sympy.Min,
    "binom": sympy.binomial,
}


class Expressions:
    """The operations of a formula over SymPy expressions and matrices; `needs` is what they need in order to have a value."""

    def __init__(self) -> None:
        self.needs: list[Need] = []

    def number(self, text: str) -> Expr:
        return {"pi": sympy.pi, "inf": sympy.oo}.get(text) or sympy.Rational(text)

    def of(self, given: Any) -> Expr:
        return given

    def negative(self, x: Expr) -> Expr:
        return -x

    def operate(self, symbol: str, x: Expr, y: Expr) -> Expr:
        self.needs += of_operation(symbol, x, y)
        try:
            found = {"+": lambda: x + y, "-": lambda: x - y, "*": lambda: x * y, "/": lambda: x / y, "^": lambda: x**y}[symbol]()
        except (TypeError, sympy.matrices.exceptions.ShapeError) as error:
            raise ShapeError(str(error)) from None
        return found[0] if isinstance(found, sympy.MatrixBase) and found.shape == (1, 1) else found

    def elementary(self, name: str, arguments: Sequence[Expr]) -> Expr:
        self.needs += of_function(name, arguments)
        if name in _FUNCTIONS:
            return _FUNCTIONS[name](*arguments)
        if name == "root":
            return arguments[0] ** (1 / arguments[1])
        if name == "transpose":
            return arguments[0].T
        if name in {"norm", "norm_2", "norm_F"}:
            return sympy.sqrt(sum(entry**2 for entry in arguments[0]))
        if name in {"floor", "ceil", "factorial"}:
            return {"floor": sympy.floor, "ceil": sympy.ceiling, "factorial": sympy.factorial}[name](arguments[0])
        if name in {"det", "trace"}:
            return arguments[0].det() if name == "det" else arguments[0].trace()
        if name == "inner":
            return (arguments[0].T * arguments[1])[0]
        raise Unproved(f"{name} is not taken symbolically")

    def matrix(self, rows: Sequence[Sequence[Expr]]) -> Expr:
        return sympy.Matrix([list(row) for row in rows])

    def shape(self, x: Expr) -> tuple[int, ...]:
        shape: tuple[int, ...] = getattr(x, "shape", ())
        return shape[:1] if len(shape) == 2 and shape[1] == 1 else shape

    def entry(self, x: Expr, places: Sequence[int]) -> Expr:
        return x[tuple(places)] if len(places) > 1 else x[places[0]]

    def vector(self, entries: Sequence[Expr]) -> Expr:
        return sympy.Matrix(list(entries))

    def compare(self, symbol: str, x: Expr, y: Expr) -> bool:
        if not (x.is_real and y.is_real):
            raise Unproved("a case of what may have no value")
        difference = sympy.simplify(x - y)
        signs = {"=": difference.is_zero, "<": difference.is_negative, r"\le": difference.is_nonpositive}
        signs |= {">": difference.is_positive, r"\ge": difference.is_nonnegative}
        if signs[symbol] is None:
            raise Unproved("a case of which it is not known where it holds")
        return bool(signs[symbol])

    def series(self, term: Callable[[int], Expr], first: int, beyond: Any = None) -> Expr:
        raise Unproved("an infinite sum is not taken symbolically")

    def over_ball(self, kind: str, body: Callable[[Expr], Expr], dimension: int, radius: Expr, norm: str, sphere: bool) -> Expr:
        raise Unproved(f"a {kind} over a ball is not taken symbolically")

    def whole(self, x: Expr) -> int:
        if not getattr(x, "is_Integer", False):
            raise Unproved(f"{x} is no definite whole number")
        return int(x)

    def beyond(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> Any:
        return None

    def enclosed(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> Expr | None:
        return None

    def limit(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> Expr:
        raise Unproved("a limit is not proved")

    def integral(self, body: Callable[[Expr], Expr], low: Expr, high: Expr) -> Expr:
        u = sympy.Dummy("u", positive=True) if low.is_nonnegative and high.is_nonnegative else sympy.Dummy("u", real=True)
        inside = self.ranging(body, u, between(u, low, high, closed=False))
        found = sympy.integrate(inside, (u, low, high))
        if not estimated(inside, u, low, high, found):
            raise Unproved("a quadrature disagrees with an integral in closed form")
        return found

    def ranging(self, body: Callable[[Expr], Expr], u: Expr, charts: Sequence[Mapping[Expr, Expr]]) -> Expr:
        """The body, which needs all over the range of its variable what it needs. Raises Unproved where that is not shown."""
        before, self.needs = self.needs, []
        found = body(u)
        inner, self.needs = [*self.needs, *of_expression(found, u)], before
        for need in dict.fromkeys(inner):
            if not need.of.has(u):
                self.needs.append(need)
            elif not all(need.met(chart) for chart in charts):
                raise Unproved(f"{need.said} wherever {u.name} runs")
        return found

    def extremum(
        self, kind: str, body: Callable[[Expr], Expr], low: Expr, high: Expr, left_out: tuple[bool, bool] = (False, False)
    ) -> Expr:
        """Exact over [low, high]: at the end that a derivative of one sign points to, or among all stationary points and kinks."""
        sign = 1 if kind == "max" else -1
        span = sympy.Dummy("v", nonnegative=True)
        u = sympy.Dummy("u", nonnegative=True) if low.is_nonnegative else sympy.Dummy("u", real=True)
        if not (low.is_infinite or high.is_infinite):
            self.needs.append(Need(high - low, Sign.POSITIVE if any(left_out) else Sign.NONNEGATIVE, "an extremum over a range"))
        inside = self.ranging(body, u, between(u, low, high, closed=True))
        slope = sympy.diff(inside, u)
        # The slope of a modulus has no sign at its kink.
        if low.is_nonnegative and low.is_zero and not slope.has(sympy.Abs, sympy.sign):
            if nonnegative((sign * slope).subs(u, span)):
                return body(high)
            if nonnegative((-sign * slope).subs(u, span)):
                return body(low)
        points = [low, high, *(point for point in _stationary(inside, u) if _inside(point, low, high))]
        values = [sympy.simplify(body(point)) for point in dict.fromkeys(points)]
        for best in values:
            if all(nonnegative(sign * (best - other)) for other in values):
                return best
        raise Unproved("no largest among the stationary values")


EXPRESSIONS = Expressions()


def _stationary(expression: Expr, u: Expr) -> list[Expr]:
    """Every point where the derivative vanishes or a modulus has a kink. Raises Unproved if they are not finitely many and known."""
    moduli = sorted(expression.atoms(sympy.Abs), key=str)
    # With each sign of each modulus. A point of a wrong branch does no harm: the body itself is evaluated there.
    branches = [expression]
    for modulus in moduli:
        branches = [branch.subs(modulus, sign * modulus.args[0]) for branch in branches for sign in (1, -1)]
    found: list[Expr] = []
    for equation in [*(sympy.diff(branch, u) for branch in branches), *(modulus.args[0] for modulus in moduli)]:
        general = sympy.Dummy("w", real=True)
        roots = sympy.solveset(sympy.simplify(equation.subs(u, general)), general, sympy.S.Reals)
        if not isinstance(roots, sympy.FiniteSet | sympy.sets.sets.EmptySet):
            raise Unproved("stationary points not found")
        found += list(roots)
    return found


def _inside(point: Expr, low: Expr, high: Expr) -> bool:
    """Whether the point is in the interval; a point that may be outside is refused."""
    if nonnegative(point - low) and nonnegative(high - point):
        return True
    if positive(low - point) or positive(point - high):
        return False
    raise Unproved(f"{point} may be inside or outside")
