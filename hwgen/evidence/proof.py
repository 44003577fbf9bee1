"""Symbolic evidence: the printed tree as SymPy expressions, and what algebra and calculus say of them. PROVED or UNDECIDED.

An equality is proved by simplification, or by equal derivatives and one equal value. An inequality is proved by a certificate:
after a declared change of variables, the difference of its sides is made of even powers and of polynomials in non-negative
quantities with non-negative coefficients, or it is so at 0 and its derivative is so everywhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sympy

from hwgen.evidence.algebra import ShapeError
from hwgen.evidence.evaluation import Scope, evaluate
from hwgen.model import Evidence, Kind, Verdict
from hwgen.model.errors import ContentError
from hwgen.reading import Chain
from hwgen.reading import tree as tree

Expr = Any  # sympy.Expr, or a sympy matrix
DEPTH = 4
POINTS = 3
DIGITS = 30
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


_SMOOTH = (sympy.exp, sympy.log, sympy.sinh, sympy.cosh, sympy.tanh, sympy.erf, sympy.atan)


class Unproved(Exception):
    """A step that algebra and calculus, as known here, do not decide."""


@dataclass(frozen=True, kw_only=True)
class Law:
    """What a head averages over: for each of its symbols a variable, its density and its range; independent of each other."""

    densities: Mapping[str, tuple[Expr, Expr, Expr, Expr]]


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What the symbols of a claim mean by definition, and how its relations are to be proved.

    meanings : each printed symbol as an expression or matrix, as a tuple of callables (a function and its derivatives), or as a Law.
    along : (variable, point): two sides are equal if their derivatives along the variable are and their values at the point.
    charts : changes of variables that together cover the domain, each variable in terms of non-negative or positive parameters.
    rising : a strictly increasing map, applied to both sides of an inequality before it is judged.
    also : a further obligation on the sides, such as continuity at the end points.
    """

    meanings: Mapping[str, Any]
    method: str
    along: tuple[Expr, Expr] | None = None
    charts: Sequence[Mapping[Expr, Expr]] = field(default_factory=lambda: ({},))
    rising: Callable[[Expr], Expr] | None = None
    also: Callable[[Sequence[Expr]], bool] | None = None


class _Meanings(Scope):
    """A scope of definitions instead of numbers."""

    def __init__(self, meanings: Mapping[str, Any]) -> None:
        super().__init__({}, {})
        self.meanings = meanings

    def value(self, name: str) -> Expr:
        found = self.local.get(name, self.meanings.get(name))
        if found is None:
            raise Unproved(f"no definition of {name}")
        return found

    def call(self, name: str, order: int, arguments: tuple[Expr, ...]) -> Expr:
        known = self.meanings.get(name, ())
        if order >= len(known):
            raise Unproved(f"no definition of {name} with {order} primes")
        return known[order](*arguments)

    def average(self, node: tree.Averaged, algebra: Any) -> Expr:
        law = self.meanings.get(node.name)
        if not isinstance(law, Law) or isinstance(node.body, Chain):
            raise Unproved(f"no density for {node.name}")
        before = dict(self.local)
        self.local.update({name: variable for name, (variable, *_) in law.densities.items()})
        body = evaluate(node.body, self, algebra)
        self.local = before
        for variable, density, low, high in law.densities.values():
            if body.has(variable):
                body = sympy.integrate(sympy.expand(body * density), (variable, low, high))
        return body


class Expressions:
    """The operations of a formula over SymPy expressions and matrices."""

    def number(self, text: str) -> Expr:
        return {"pi": sympy.pi, "inf": sympy.oo}.get(text) or sympy.Rational(text)

    def of(self, given: Any) -> Expr:
        return given

    def negative(self, x: Expr) -> Expr:
        return -x

    def operate(self, symbol: str, x: Expr, y: Expr) -> Expr:
        try:
            found = {"+": lambda: x + y, "-": lambda: x - y, "*": lambda: x * y, "/": lambda: x / y, "^": lambda: x**y}[symbol]()
        except (TypeError, sympy.matrices.exceptions.ShapeError) as error:
            raise ShapeError(str(error)) from None
        return found[0] if isinstance(found, sympy.MatrixBase) and found.shape == (1, 1) else found

    def elementary(self, name: str, arguments: Sequence[Expr]) -> Expr:
        if name in _FUNCTIONS:
            return _FUNCTIONS[name](*arguments)
        if name == "root":
            return arguments[0] ** (1 / arguments[1])
        if name == "transpose":
            return arguments[0].T
        if name in {"norm", "norm_2", "norm_F"}:
            return sympy.sqrt(sum(entry**2 for entry in arguments[0]))
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

    def whole(self, x: Expr) -> int:
        if not getattr(x, "is_Integer", False):
            raise Unproved(f"{x} is no definite whole number")
        return int(x)

    def integral(self, body: Callable[[Expr], Expr], low: Expr, high: Expr) -> Expr:
        u = sympy.Dummy("u", positive=True) if low.is_nonnegative else sympy.Dummy("u", real=True)
        return sympy.integrate(body(u), (u, low, high))

    def extremum(self, kind: str, body: Callable[[Expr], Expr], low: Expr, high: Expr) -> Expr:
        """Exact over [low, high]: at the end that a derivative of one sign points to, or among all stationary points and kinks."""
        sign = 1 if kind == "max" else -1
        span = sympy.Dummy("v", nonnegative=True)
        u = sympy.Dummy("u", nonnegative=True) if low.is_nonnegative else sympy.Dummy("u", real=True)
        slope = sympy.diff(body(u), u)
        if low.is_nonnegative and low.is_zero and not slope.has(sympy.Abs, sympy.sign):
            if nonnegative((sign * slope).subs(u, span)):
                return body(high)
            if nonnegative((-sign * slope).subs(u, span)):
                return body(low)
        points = [low, high, *(point for point in _stationary(body(u), u) if _inside(point, low, high))]
        values = [sympy.simplify(body(point)) for point in dict.fromkeys(points)]
        for best in values:
            if all(nonnegative(sign * (best - other)) for other in values):
                return best
        raise Unproved("no largest among the stationary values")


EXPRESSIONS = Expressions()


def _stationary(expression: Expr, u: Expr) -> list[Expr]:
    """Every point where the derivative vanishes or a modulus has a kink. Raises Unproved if they are not finitely many and known."""
    moduli = sorted(expression.atoms(sympy.Abs), key=str)
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


# --- signs ---


def nonnegative(expression: Expr, depth: int = DEPTH) -> bool:
    """A certificate that the expression is >= 0 for all values that its parameters' assumptions allow."""
    return _signed(expression, depth, strict=False)


def positive(expression: Expr, depth: int = DEPTH) -> bool:
    """A certificate that the expression is > 0 for all values that its parameters' assumptions allow."""
    return _signed(expression, depth, strict=True)


def _signed(expression: Expr, depth: int, strict: bool) -> bool:
    expression = tidy(expression)
    if (expression.is_positive if strict else expression.is_nonnegative) is True:
        return True
    if expression.is_number:
        return False
    numerator, denominator = sympy.fraction(sympy.together(expression))
    if _certified(numerator, strict) and _certified(denominator, True):
        return True
    if _certified(-numerator, strict) and _certified(-denominator, True):
        return True
    if depth == 0 or not _regular(expression):
        return False
    return any(
        _signed(expression.subs(parameter, 0), depth - 1, strict) and _signed(sympy.diff(expression, parameter), depth - 1, False)
        for parameter in sorted(expression.free_symbols, key=str)
        if parameter.is_nonnegative and not parameter.is_positive
    )


def _regular(expression: Expr) -> bool:
    """Whether the expression is known to be differentiable for all values of its parameters: no pole, no kink, no edge."""
    if any(not isinstance(function, _SMOOTH) for function in expression.atoms(sympy.Function)):
        return False
    if not all(positive(logarithm.args[0], 1) for logarithm in expression.atoms(sympy.log)):
        return False
    edged = [power.base for power in expression.atoms(sympy.Pow) if power.free_symbols and not (power.exp.is_Integer and power.exp >= 0)]
    return all(base.is_number or positive(base, 1) for base in edged)


def _certified(expression: Expr, strict: bool) -> bool:
    """Even powers times polynomials with non-negative coefficients in non-negative quantities."""
    if expression.is_number:
        return bool(expression.is_positive if strict else expression.is_nonnegative)
    if _coefficients(sympy.expand(expression), strict):
        return True
    roots = [power for power in expression.atoms(sympy.Pow) if power.is_number and power.is_algebraic]
    try:
        constant, factors = sympy.factor_list(sympy.expand(expression), **({"extension": roots} if roots else {}))
    except (sympy.PolynomialError, NotImplementedError):
        return False
    if not constant.is_number:
        return False
    sign = 1 if constant.is_positive else -1
    for base, power in factors:
        if power % 2 == 0 and base.is_real and (not strict or base.is_nonzero):
            continue
        if _coefficients(base, strict):
            continue
        if not _coefficients(-base, strict):
            return False
        sign = sign if power % 2 == 0 else -sign
    return sign > 0


def _coefficients(base: Expr, strict: bool) -> bool:
    if base.is_number:
        return bool(base.is_positive if strict else base.is_nonnegative)
    try:
        generators = [generator for generator in sympy.Poly(base).gens if generator.free_symbols]
        polynomial = sympy.Poly(base, *generators)
    except sympy.PolynomialError:
        return False
    if not all(_known_nonnegative(generator) for generator in polynomial.gens):
        return False
    terms = polynomial.terms()
    if not all(coefficient.is_number and coefficient.is_nonnegative for _, coefficient in terms):
        return False
    if not strict:
        return True
    return any(
        coefficient.is_positive
        and all(power == 0 or _known_positive(generator) for generator, power in zip(polynomial.gens, powers, strict=True))
        for powers, coefficient in terms
    )


def _known_nonnegative(generator: Expr) -> bool:
    if isinstance(generator, sympy.log):
        return generator.args[0].free_symbols != set() and nonnegative(generator.args[0] - 1, 1)
    return bool(generator.is_nonnegative)


def _known_positive(generator: Expr) -> bool:
    if isinstance(generator, sympy.log):
        return positive(generator.args[0] - 1, 1)
    return bool(generator.is_positive)


def tidy(expression: Expr) -> Expr:
    """Roots of perfect squares taken, logarithms of products split, moduli of what has a sign removed."""

    def root(base: Expr, exponent: Expr) -> Expr:
        return sympy.powdenest(sympy.factor(sympy.expand(base)) ** exponent)

    expression = sympy.sympify(expression).replace(
        lambda part: isinstance(part, sympy.Pow) and part.exp.is_Rational and part.exp.q == 2 and bool(part.free_symbols),
        lambda part: root(part.base, part.exp),
    )
    expression = expression.replace(sympy.Abs, _modulus)
    return sympy.expand_log(expression)


def _modulus(inner: Expr) -> Expr:
    if nonnegative(inner, 0):
        return inner
    return -inner if nonnegative(-inner, 0) else sympy.Abs(inner)


# --- relations ---


def zero(expression: Expr) -> bool:
    """Whether the expression (or each entry of a matrix) simplifies to 0."""
    if isinstance(expression, sympy.MatrixBase):
        return all(zero(entry) for entry in expression)
    return any(form(expression) == 0 for form in (sympy.expand, sympy.simplify, lambda one: sympy.simplify(sympy.expand(tidy(one)))))


def equal(left: Expr, right: Expr, proof: Proof) -> bool:
    """Whether the two sides are equal: by simplification, by derivative and value, or on every chart."""
    difference = left - right
    if zero(difference):
        return True
    if proof.along:
        variable, point = proof.along
        if zero(sympy.diff(difference, variable)) and zero(difference.subs(variable, point)):
            return True
    return any(chart for chart in proof.charts) and all(zero(difference.subs(chart)) for chart in proof.charts)


def _less(left: Expr, right: Expr, proof: Proof, strict: bool) -> bool:
    if proof.rising:
        left, right = proof.rising(left), proof.rising(right)
    judge = positive if strict else nonnegative
    return all(judge(tidy((right - left).subs(chart))) for chart in proof.charts)


def prove(chain: Chain, *proofs: Proof) -> Evidence:
    """Prove every relation of the chain from the definitions of its symbols, in every one of the cases given; the worst verdict counts."""
    return min((_prove(chain, proof) for proof in proofs), key=lambda evidence: evidence.verdict)


def _prove(chain: Chain, proof: Proof) -> Evidence:
    """One case: each relation by algebra and calculus, then a second opinion at random points."""
    try:
        sides = [evaluate(side, _Meanings(proof.meanings), EXPRESSIONS) for side in chain.sides]
        for index, relation in enumerate(chain.relations):
            left, right = sides[index], sides[index + 1]
            if not _proved(relation.symbol, left, right, proof):
                return _undecided(proof, f"{chain.side_text(index)} {relation.symbol} {chain.side_text(index + 1)} is not proved", index)
            if not all(_holds(relation.symbol, left, right, chart) for chart in proof.charts):
                return _undecided(proof, "a second opinion at random points disagrees", index)
        if proof.also is not None and not proof.also(sides):
            return _undecided(proof, "a further obligation is not met")
    except (Unproved, ContentError) as error:
        return _undecided(proof, str(error))
    except Exception as error:  # SymPy raises all sorts of things; none of them proves anything
        return _undecided(proof, f"SymPy raised {type(error).__name__}: {error}")
    return Evidence(kind=Kind.SYMBOLIC, method=proof.method, verdict=Verdict.PROVED, cases=len(chain.relations))


def _proved(symbol: str, left: Expr, right: Expr, proof: Proof) -> bool:
    if symbol == "=":
        return equal(left, right, proof)
    if symbol in {">", r"\ge"}:
        left, right = right, left
    return _less(left, right, proof, strict=symbol in {"<", ">"})


def _undecided(proof: Proof, why: str, relation: int | None = None) -> Evidence:
    return Evidence(kind=Kind.SYMBOLIC, method=proof.method, verdict=Verdict.UNDECIDED, covered=0, reason=why, relation=relation)


def _holds(symbol: str, left: Expr, right: Expr, chart: Mapping[Expr, Expr]) -> bool:
    """The relation at a few random points, in many digits."""
    if isinstance(left, sympy.MatrixBase):
        return all(_holds(symbol, one, other, chart) for one, other in zip(left, right, strict=True))
    difference = (left - right).subs(chart)
    chosen = random.Random(f"{left} {symbol} {right}")
    for _ in range(POINTS):
        values = {one: _drawn(one, chosen) for one in sorted(difference.free_symbols, key=str)}
        number = difference.subs(values).evalf(DIGITS)
        if not number.is_number or number.has(sympy.Integral, sympy.Function) or not number.is_real:
            continue
        size = 10.0 ** (5 - DIGITS)
        right_sign = {"=": abs(number) <= size, "<": number < size, r"\le": number <= size, ">": number > -size, r"\ge": number >= -size}
        if not right_sign[symbol]:
            return False
    return True


def _drawn(symbol: Expr, chosen: random.Random) -> Expr:
    """A random value that the symbol's assumptions allow, below 1 in modulus for a real one."""
    if symbol.is_integer:
        return sympy.Integer(chosen.randint(2, 6))
    number = sympy.Rational(chosen.randint(10, 90), 100)
    return number if symbol.is_nonnegative else number * chosen.choice([-1, 1])
