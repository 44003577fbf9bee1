"""Functions, powers, roots and comparisons of numbers in floating point, each with a bound on its error."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from hwgen.arithmetic.algebra import Undecided
from hwgen.arithmetic.rounding import EPS, ULPS, UNDEFINED, around, lost, reached, scalar
from hwgen.model import Approx

# Two numbers nearer than this, relatively, and not equal are too near for a condition to tell them apart.
TIE = 1e-12


# An argument known no better than to a quarter of a period says nothing: the ends of its error may be whole periods apart.
# What is never zero, but for underflow.
VANISHING = frozenset({"exp", "erfc"})
PERIODIC, QUARTER = frozenset({"sin", "cos", "tan"}), 1.5


def _clipped(name: str, x: float) -> float:
    low, high = {"arccos": (-1, 1), "arcsin": (-1, 1), "log": (0, math.inf), "arccosh": (1, math.inf), "arctanh": (-1, 1)}.get(
        name, (-math.inf, math.inf)
    )
    return min(max(x, low), high)


FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "arcsinh": math.asinh,
    "arccosh": math.acosh,
    "arctanh": math.atanh,
    "erf": math.erf,
    "erfc": math.erfc,
}


def _call(name: str, x: float) -> float:
    try:
        return FUNCTIONS[name](x)
    except (ValueError, OverflowError):
        return math.inf if name == "exp" else math.nan


def function(name: str, x: Approx) -> Approx:
    """An elementary function; an argument outside its domain by its error alone is moved to the boundary."""
    number = scalar(x, name)
    inside = _clipped(name, number)
    # Over more than a quarter of a period the values at the ends say nothing of those between.
    if abs(number - inside) > x.error or (name in PERIODIC and x.error > QUARTER):
        return UNDEFINED
    value, *ends = (_call(name, _clipped(name, one)) for one in reached(inside, x.error))
    if name == "tan" and ends and ends[0] > ends[1]:  # it rises, but for a pole
        return UNDEFINED
    spread = max((abs(end - value) for end in ends), default=0.0)
    return Approx(value=value, error=spread + lost(value, exact=x.error == 0 and name not in VANISHING) + ULPS * EPS * abs(value))


def power(x: Approx, y: Approx) -> Approx:
    """x to the y; none where rounding decides between 0^0, which is 1, and 0 to what is more, which is 0, or less, which is nothing."""
    if any(math.isnan(one) for one in (x.value, y.value, x.error, y.error)):
        return UNDEFINED  # to the power 0 too
    zero = abs(x.value) <= x.error
    if zero and ((y.error > 0 and abs(y.value) <= y.error) or (x.error > 0 and y.value < 0)):
        return UNDEFINED
    # A power may be least or largest at a base of 0 inside of the error, not at its ends.
    bases = [*reached(x.value, x.error), *([0.0] if zero else ())]
    value, *ends = (_raised(base, exponent) for base in bases for exponent in reached(y.value, y.error))
    spread = max((abs(end - value) for end in ends if not math.isnan(end)), default=0.0)
    if math.isinf(spread) or (math.isinf(value) and math.isfinite(x.value) and math.isfinite(y.value)):
        return UNDEFINED
    return Approx(value=value, error=spread + lost(value, exact=x.value == x.error == 0) + ULPS * EPS * abs(value))


def _raised(base: float, exponent: float) -> float:
    try:
        power = base**exponent
        return float(power) if not isinstance(power, complex) else math.nan
    except OverflowError:
        return math.inf
    except (ZeroDivisionError, ValueError):
        return math.nan


def absolute(x: Approx) -> Approx:
    """|x|"""
    return Approx(value=abs(scalar(x, "absolute value")), error=x.error)


def root(x: Approx, degree: Approx) -> Approx:
    """The root of a number that is not negative, or one of odd degree, which every number has."""
    number, n = scalar(x, "root"), scalar(degree, "degree")
    odd = degree.error == 0 and n % 2 == 1
    if not n > 0 or (number < -x.error and not odd):
        return UNDEFINED
    value = _root_of(number, n, odd)
    degrees = reached(n, degree.error)
    if min(degrees) <= 0:
        return UNDEFINED
    ends = [_root_of(base, one, odd) for base in reached(number, x.error) for one in degrees]
    spread = max((abs(end - value) for end in ends if end != value), default=0.0)
    return Approx(value=value, error=spread + lost(value, exact=number == x.error == 0) + ULPS * EPS * abs(value))


def _root_of(x: float, degree: float, odd: bool) -> float:
    """The root of what is not negative but for rounding, or that of odd degree."""
    return math.copysign(abs(x) ** (1 / degree), x) if odd else max(x, 0.0) ** (1 / degree)


def binomial(n: Approx, k: Approx) -> Approx:
    """n over k, exact before its rounding; no number beyond the range of floating point."""
    whole = [scalar(x, "binomial") for x in (n, k)]
    if any(not x.is_integer() or x < 0 or x > 1e6 for x in whole):
        return UNDEFINED
    return _counted(lambda: math.comb(int(whole[0]), int(whole[1])), min(whole[1], abs(whole[0] - whole[1])))


def factorial(n: Approx) -> Approx:
    """n!, exact before its rounding; no number beyond the range of floating point."""
    number = scalar(n, "factorial")
    if not number.is_integer() or number < 0:
        return UNDEFINED
    return _counted(lambda: math.factorial(int(number)), number)


def _counted(count: Callable[[], int], factors: float) -> Approx:
    if factors > 5000:  # beyond floating point in any case, and long to compute
        return UNDEFINED
    try:
        value = float(count())
    except OverflowError:
        return UNDEFINED
    return Approx(value=value, error=EPS * value)


def _step(name: str, choose: Callable[[float], int], x: Approx) -> Approx:
    number = scalar(x, name)
    if not (math.isfinite(number) and math.isfinite(x.error)):
        return UNDEFINED
    if number.is_integer() and x.error == 0:
        return Approx(value=number, error=0.0)
    # A number beside a whole one is not taken for it: which side of the jump it lies on is what is asked.
    ends = {choose(number + step) for step in (0.0, *around(max(x.error, TIE * max(abs(number), 1.0))))}
    return Approx(value=float(choose(number)), error=0.0) if len(ends) == 1 else UNDEFINED


def extreme(name: str, x: Sequence[Approx]) -> Approx:
    """The largest or smallest of some numbers."""
    numbers = [scalar(one, "maximum or minimum") for one in x]
    if any(math.isnan(number) for number in numbers):
        return UNDEFINED
    return Approx(value=(max if name == "max" else min)(numbers), error=max(one.error for one in x))


def compared(symbol: str, x: Approx, y: Approx) -> bool | None:
    """Whether a relation holds; None where a side has no value. Raises Undecided where rounding may decide."""
    left, right = scalar(x, "a relation"), scalar(y, "a relation")
    if math.isnan(left) or math.isnan(right) or not math.isfinite(x.error + y.error):
        return None
    apart = abs(left - right)
    slack = max(x.error + y.error, TIE * max(abs(left), abs(right), TIE))
    # Equal floats are equal numbers only if nothing was rounded on either side.
    if not (left == right and x.error == y.error == 0) and math.isfinite(apart) and apart <= slack:
        raise Undecided(f"a condition that rounding decides: {left:.3g} and {right:.3g} differ by less than their errors")
    return {"=": left == right, r"\le": left <= right, r"\ge": left >= right, "<": left < right, ">": left > right}[symbol]


def sign(x: Approx) -> Approx:
    """1, 0 or -1; none where rounding decides."""
    number = scalar(x, "sign")
    if math.isnan(number) or not math.isfinite(x.error) or (abs(number) <= x.error and x.error > 0):
        return UNDEFINED
    return Approx(value=float((number > 0) - (number < 0)), error=0.0)


OPERATIONS: Mapping[str, Callable[..., Approx]] = {
    "absolute": absolute,
    "root": root,
    "binom": binomial,
    "factorial": factorial,
    "floor": lambda x: _step("floor", math.floor, x),
    "sign": sign,
    "ceil": lambda x: _step("ceiling", math.ceil, x),
}
