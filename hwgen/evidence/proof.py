"""Symbolic evidence: the printed tree as SymPy expressions, and what algebra and calculus say of them. PROVED or UNDECIDED.

An equality is proved by simplification, or by equal derivatives and one equal value. An inequality is proved by a certificate:
after a declared change of variables, the difference of its sides is made of even powers and of polynomials in non-negative
quantities with non-negative coefficients, or it is so at 0 and its derivative is so everywhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sympy
from sympy.concrete.expr_with_limits import ExprWithLimits

from hwgen.arithmetic.defined import Unproved, drawn
from hwgen.arithmetic.expressions import Expr, Expressions
from hwgen.arithmetic.signs import nonnegative, positive, tidy
from hwgen.evidence.evaluation import Scope, evaluate
from hwgen.model import Evidence, Kind, Verdict
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, tree

POINTS = 3
DIGITS = 30
# Letters of a difference that a message shows: of a longer one nobody sees what is wrong.
LONGEST = 100


@dataclass(frozen=True, kw_only=True)
class Law:
    """What a head averages over: for each of its symbols a variable, its density and its range; independent of each other."""

    densities: Mapping[str, tuple[Expr, Expr, Expr, Expr]]


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What the symbols of a claim mean by definition, and how its relations are to be proved.

    meanings : each printed symbol as an expression or matrix, as a tuple of callables (a function and its derivatives), or as a Law.
    along : (variable, point): two sides are equal if their derivatives along the variable are and their values at the point.
    charts : changes of variables that together cover the domain, each variable in terms of non-negative or positive parameters;
        on each of them, what the formula needs in order to have a value is shown (a denominator other than 0, a root of what is >= 0).
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
        if not isinstance(law, Law) or isinstance(node.body, Chain) or node.given is not None:
            raise Unproved(f"no density for {node.name}")
        before = dict(self.local)
        self.local.update({name: variable for name, (variable, *_) in law.densities.items()})
        body = evaluate(node.body, self, algebra)
        self.local = before
        for variable, density, low, high in law.densities.values():
            # A density integrates to 1 beside what does not vary.
            if body.has(variable):
                body = sympy.integrate(sympy.expand(body * density), (variable, low, high))
        return body


def zero(expression: Expr) -> bool:
    """Whether the expression (or each entry of a matrix) simplifies to 0."""
    if isinstance(expression, sympy.MatrixBase):
        return all(zero(entry) for entry in expression)
    # The dearest way comes last: what is tidied first has less to be simplified.
    ways = (sympy.expand, lambda one: sympy.simplify(sympy.expand(tidy(one))), sympy.simplify)
    return any(way(expression) == 0 for way in ways)


def equal(left: Expr, right: Expr, proof: Proof) -> str:
    """How the two sides are equal: by simplification, by derivative and value, or on every chart; empty where none of these shows it."""
    difference = left - right
    if zero(difference):
        return "the difference of the sides simplifies to 0"
    if proof.along:
        variable, point = proof.along
        if zero(sympy.diff(difference, variable)) and zero(difference.subs(variable, point)):
            said = f"${sympy.latex(variable)}$"
            return f"the sides have the same derivative in {said} everywhere, and the same value at {said} = ${sympy.latex(point)}$"
    if any(chart for chart in proof.charts) and all(zero(difference.subs(chart)) for chart in proof.charts):
        return f"{_with(proof)}the difference of the sides simplifies to 0"
    return ""


def _less(left: Expr, right: Expr, proof: Proof, strict: bool) -> str:
    """How the left side is shown to be the smaller one; empty where it is not."""
    if proof.rising:
        left, right = proof.rising(left), proof.rising(right)
    judge = positive if strict else nonnegative
    if not all(judge(tidy((right - left).subs(chart))) for chart in proof.charts):
        return ""
    raised = "an increasing map is applied to both sides; " if proof.rising else ""
    return f"{raised}{_with(proof)}a certificate of signs shows that their difference is {'positive' if strict else 'non-negative'}"


def _with(proof: Proof) -> str:
    """The changes of variables, in words."""
    charts = [", ".join(f"${sympy.latex(name)} = {sympy.latex(one)}$" for name, one in chart.items()) for chart in proof.charts]
    return f"with {'; and with '.join(filter(None, charts))}, " if any(charts) else ""


def prove(chain: Chain, *proofs: Proof) -> Evidence:
    """Prove every relation of the chain from the definitions of its symbols, in every one of the cases given; the worst verdict counts."""
    found = [_prove(chain, proof) for proof in proofs]
    steps = [f"case {case}: {step}" if len(found) > 1 else step for case, one in enumerate(found, 1) for step in one.steps]
    return replace(min(found, key=lambda evidence: evidence.verdict), steps=tuple(steps))


def _prove(chain: Chain, proof: Proof) -> Evidence:
    """One case: each relation by algebra and calculus, then a second opinion at random points."""
    steps = []
    algebra = Expressions()
    try:
        sides = [evaluate(side, _Meanings(proof.meanings), algebra) for side in chain.sides]
        # First of all: SymPy has cancelled already what may have no value.
        for need in dict.fromkeys(algebra.needs):
            if not all(need.met(chart) for chart in proof.charts):
                return _undecided(proof, need.said)
        for index, relation in enumerate(chain.relations):
            left, right = sides[index], sides[index + 1]
            said = f"{chain.side_text(index)} {relation.symbol} {chain.side_text(index + 1)}"
            how = _proved(relation.symbol, left, right, proof)
            if not how:
                return _undecided(proof, f"{said} is not proved{_left(relation.symbol, left, right, proof)}", index)
            steps.append(f"${said}$: {how}")
            if not all(_holds(relation.symbol, left, right, chart) for chart in proof.charts):
                return _undecided(proof, "a second opinion at random points disagrees", index)
        if proof.also is not None and not proof.also(sides):
            return _undecided(proof, "a further obligation is not met")
    except (Unproved, ContentError) as error:
        return _undecided(proof, str(error))
    except Exception as error:  # SymPy raises all sorts of things; none of them proves anything
        return _undecided(proof, f"SymPy raised {type(error).__name__}: {error}")
    more = [f"a further obligation on the sides is met{_said(proof.also)}"] if proof.also else []
    return Evidence(kind=Kind.SYMBOLIC, method=proof.method, verdict=Verdict.PROVED, cases=len(chain.relations), steps=(*steps, *more))


def _said(function: Callable[..., Any]) -> str:
    """What a function of the author says of itself."""
    lines = (function.__doc__ or "").strip().splitlines()
    return f": {lines[0]}" if lines else ""


def _proved(symbol: str, left: Expr, right: Expr, proof: Proof) -> str:
    """How a relation is proved; empty where it is not."""
    if symbol == "=":
        return equal(left, right, proof)
    if symbol in {">", r"\ge"}:
        left, right = right, left
    return _less(left, right, proof, strict=symbol in {"<", ">"})


def _left(symbol: str, left: Expr, right: Expr, proof: Proof) -> str:
    """What is left of the difference of two sides, and whether they are false by the definitions of the proof already."""
    try:
        rest = min((sympy.factor_terms(way(left - right)) for way in (sympy.expand, tidy)), key=sympy.count_ops)
        false = not all(_holds(symbol, left, right, chart) for chart in proof.charts)
    except Exception:  # SymPy raises all sorts of things; there is nothing to add then
        return ""
    written = str(rest)
    left_over = f": {written} is left of the difference of its sides" if symbol == "=" and len(written) <= LONGEST else ""
    wrong = "by the definitions of the proof it is false; expected those of what the claim binds its symbols to"
    return f"{left_over}{'; ' if left_over else ': '}{wrong}" if false else left_over


def _undecided(proof: Proof, why: str, relation: int | None = None) -> Evidence:
    return Evidence(kind=Kind.SYMBOLIC, method=proof.method, verdict=Verdict.UNDECIDED, covered=0, reason=why, relation=relation)


def _put(expression: Expr, values: Mapping[Expr, Expr]) -> Expr:
    """Numbers in the place of all symbols: at once where none is bound inside, as what is half replaced is asked for signs in vain."""
    bound = expression.has(sympy.Derivative, sympy.Subs, sympy.Lambda, sympy.Limit, ExprWithLimits)
    return expression.subs(values) if bound else expression.xreplace(values)


def _holds(symbol: str, left: Expr, right: Expr, chart: Mapping[Expr, Expr]) -> bool:
    """The relation at a few random points, in many digits."""
    if isinstance(left, sympy.MatrixBase):
        return all(_holds(symbol, one, other, chart) for one, other in zip(left, right, strict=True))
    difference = (left - right).subs(chart)
    # Seeded by the relation, so that each run looks at the same points.
    chosen = random.Random(f"{left} {symbol} {right}")
    for _ in range(POINTS):
        values = {one: drawn(one, chosen) for one in sorted(difference.free_symbols, key=str)}
        number = _put(difference, values).evalf(DIGITS)
        # What SymPy cannot evaluate is no opinion, neither for nor against.
        if not number.is_number or number.has(sympy.Integral, sympy.Function) or not number.is_real:
            continue
        # Five digits may be lost where the sides cancel.
        size = 10.0 ** (5 - DIGITS)
        right_sign = {"=": abs(number) <= size, "<": number < size, r"\le": number <= size, ">": number > -size, r"\ge": number >= -size}
        if not right_sign[symbol]:
            return False
    return True
