"""Numbers as LaTeX, with the digits that are known and no more."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from hwgen.model import Estimate

_PRINTED = re.compile(r"(-?\d+(?:\.\d+)?)(?:\\times 10\^\{(-?\d+)\})?")


def digits(estimate: Estimate) -> str:
    r"""The number as LaTeX for math mode, to the digits its error fixes.

    Statistical: the standard error's leading digit in parentheses, -0.497(3). Enclosure: the decimals that all its numbers
    share after rounding. An exact integer: all its digits. One that says that it rounds up or down does, past its whole enclosure.
    """
    plain = _nearest(estimate)
    return _rounded(plain, estimate) if estimate.rounds else plain


def direction(estimate: Estimate) -> str:
    """Whether the printed number lies "down" or "up" from the number itself; empty where it is the number, or shows its error."""
    printed = _PRINTED.fullmatch(digits(estimate))
    if not printed or math.isclose(_number(printed), estimate.value, rel_tol=1e-12):
        return ""
    return "down" if _number(printed) < estimate.value else "up"


def _number(printed: re.Match[str]) -> float:
    return float(f"{printed[1]}e{printed[2] or 0}")


def _rounded(plain: str, estimate: Estimate) -> str:
    """The printed number, one more in its last digit where it would lie on the wrong side of the enclosure."""
    printed = _PRINTED.fullmatch(plain)
    if not printed:
        return plain
    up = estimate.rounds == "up"
    end = Decimal(estimate.value) + Decimal(estimate.error) * (1 if up else -1)
    mantissa, scale = Decimal(printed[1]), Decimal(10) ** int(printed[2] or 0)
    step = Decimal(1).scaleb(int(mantissa.as_tuple().exponent)) * (1 if up else -1)
    while (mantissa * scale < end) if up else (mantissa * scale > end):
        mantissa += step
    return plain.replace(printed[1], str(mantissa), 1)


def _nearest(estimate: Estimate) -> str:
    number, error = estimate.value, abs(estimate.error)
    if not math.isfinite(number) or not math.isfinite(error):
        raise ValueError(f"a printed number must be finite, with a finite error; found {number} ± {error}")
    if error == 0:
        return _exact(number)
    return _with_error(number, error) if estimate.statistical else _enclosed(number, error)


def _exact(number: float) -> str:
    if float(number).is_integer() and abs(number) < 1e15:
        return str(int(number))
    return re.sub(r"^(-?)1\\times ", r"\1", _scaled(number, f"{number:.10g}"))


def _with_error(number: float, error: float) -> str:
    place = math.floor(math.log10(error))
    if round(error, -place) >= 10.0 ** (place + 1):
        place += 1
    decimals = max(0, -place)
    shown = round(error, -place)
    last = round(shown * 10**decimals)
    return f"{_plain(round(number, -place), decimals)}({last})"


def _enclosed(number: float, error: float) -> str:
    low, high = number - error, number + error
    most = 10 - max(-5, math.floor(math.log10(abs(number)))) if number else 10
    for decimals in range(most, -1, -1):
        if f"{low:.{decimals}f}" == f"{high:.{decimals}f}":
            return _scaled(number, _plain(number, decimals))
    for zeros in range(1, 300):
        if round(low, -zeros) == round(high, -zeros) != 0:
            size = math.floor(math.log10(abs(round(number, -zeros))))
            return rf"{number / 10.0**size:.{max(0, size - zeros)}f}\times 10^{{{size}}}"
        if 10.0**zeros > 10 * (abs(number) + error):
            break
    return _with_error(number, error)


def _plain(number: float, decimals: int) -> str:
    """The number to so many decimals; what rounds to zero has no sign."""
    shown = f"{number:.{decimals}f}"
    return shown.lstrip("-") if float(shown) == 0 else shown


def _scaled(number: float, plain: str) -> str:
    """Plain decimals in the range that reads well, powers of ten elsewhere."""
    if number == 0 or 1e-4 <= abs(number) < 1e7:
        return plain
    # A number that is exact may come as 1e-10, whose exponent is none of its digits.
    significant = len(plain.partition("e")[0].replace("-", "").replace(".", "").lstrip("0"))
    mantissa, exponent = f"{number:.{max(0, significant - 1)}e}".split("e")
    return rf"{mantissa}\times 10^{{{int(exponent)}}}"
