"""Signs of SymPy expressions: certificates that one is nonnegative or positive for all values that its symbols' assumptions allow.

No certificate is no answer: False means "not shown", never "negative". Nothing here knows formulas, trees or evidence.
"""

from __future__ import annotations

from typing import Any

import sympy

Expr = Any  # sympy.Expr
# So many derivatives are taken in a row: f(0) >= 0 and f' >= 0, the latter by f'(0) >= 0 and f'' >= 0, and so on.
DEPTH = 4
_SMOOTH = (sympy.exp, sympy.log, sympy.sinh, sympy.cosh, sympy.tanh, sympy.erf, sympy.atan)


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
    # Over one denominator, as the sign of a sum of fractions shows in none of them.
    numerator, denominator = sympy.fraction(sympy.together(expression))
    if _certified(numerator, strict) and _certified(denominator, True):
        return True
    if _certified(-numerator, strict) and _certified(-denominator, True):
        return True
    if depth == 0 or not _regular(expression):
        return False
    return any(
        # From 0 on along one parameter: the value there, and a slope that never falls, show it everywhere.
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
    # Factors over the rationals alone would miss those with the roots that the expression itself has.
    roots = [power for power in expression.atoms(sympy.Pow) if power.is_number and power.is_algebraic]
    try:
        constant, factors = sympy.factor_list(sympy.expand(expression), **({"extension": roots} if roots else {}))
    except (sympy.PolynomialError, NotImplementedError):
        return False
    if not constant.is_number:
        return False
    sign = 1 if constant.is_positive else -1
    for base, power in factors:
        # Only of what is real: the square of i is negative.
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
