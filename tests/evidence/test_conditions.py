r"""What a condition decides: nothing where a side has no value, nothing where rounding does; what is exact keeps its answer."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
import sympy
from evidence.decided import look

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.balls import BALLS
from hwgen.arithmetic.expressions import EXPRESSIONS, Unproved
from hwgen.arithmetic.powers import NAN, Unenclosed
from hwgen.evidence.floats import APPROX
from hwgen.model import Approx, Verdict

# Each printed with what it was once taken for.
NO_VALUE = {
    r"\mathbf 1\{e^{1000}>t\}": "0",
    r"\mathbf 1\{e^{1000}\le t\}": "0",
    r"\mathbf 1\{\sqrt{-t}=0\}": "0",
    r"\mathbf 1\{\frac{t}{t-t}>0\}": "0",
    r"\begin{cases}t^3&\text{if }e^{2000t}>0\\t&\text{otherwise}\end{cases}": "t",
    r"\mathbb P(e^{1000D}>D)": "0",
    r"\mathbb P(\sqrt{3-D}\ge0)": r"\frac12",
    r"\mathbb P(D>2\mid\sqrt{3-D}\ge0)": r"\frac13",
    r"\operatorname{sign}(e^{-1000})": "0",
    r"\operatorname{rank}\begin{pmatrix}t&0\\0&e^{-40}\end{pmatrix}": "1",
}
# No exact arithmetic reaches what is compared here, and rounding does not decide.
ROUNDING = {
    r"\mathbf 1\{e^{-1000}>0\}": "0",
    r"\mathbf 1\{te^{-1000}=0\}": "1",
    r"\mathbf 1\{t\cos(10^{-9}t)<t\}": "0",
    r"\mathbf 1\{e^{10^{-20}}>1\}": "0",
    r"\mathbf 1\{\sqrt{t^2+10^{-20}}=t\}": "1",
    r"\mathbf 1\{\pi=3.14159265358979323846264338327950288\}": "1",
    r"\mathbb{E}[D\mid D\cos(10^{-9})<3]": "1",
}
# What floating point cannot see, and exact arithmetic does: each with its value, and with the one that rounding would give it.
EXACT = {
    r"\mathbf 1\{1+10^{-13}=1\}": ("0", "1"),
    r"\mathbf 1\{1+10^{-13}>1\}": ("1", "0"),
    r"\mathbf 1\{2+10^{-20}>2\}": ("1", "0"),
    r"\mathbf 1\{1+10^{-20}<1+2\cdot10^{-20}\}": ("1", "0"),
    r"\mathbf 1\{n+10^{-20}<n+2\cdot10^{-20}\}": ("1", "0"),
    r"\mathbf 1\{1.00000000000000000001>1\}": ("1", "0"),
    r"\begin{cases}5&\text{if }n+10^{-20}\le n\\7&\text{otherwise}\end{cases}": ("7", "5"),
    r"\mathbb P(D+10^{-13}\le D)": ("0", "1"),
    r"\mathbb P(D+10^{-20}<D+2\cdot10^{-20})": ("1", "0"),
    r"\mathbb P(D(1+10^{-20})\le D)": ("0", "1"),
    r"\mathbb P(D<1+10^{-20})": (r"\frac16", "0"),
    r"\mathbb P(D\le1.00000000000000000001-10^{-19})": ("0", r"\frac16"),
    r"\mathbb{E}[D\mid D<2+10^{-20}]": (r"\frac32", "1"),
    r"\lceil 10^{-17}n\rceil": ("1", "0"),
    r"\operatorname{sign}(n+10^{-20}-n)": ("1", "0"),
    r"\lfloor 3-10^{-13}\rfloor": ("2", "3"),
    r"\lfloor n-10^{-20}\rfloor": ("3", "4"),
    r"\lceil 2+10^{-20}\rceil": ("3", "2"),
    r"\lfloor\log_2 8\rfloor+\lceil\sqrt n\rceil": ("5", "4"),
    r"\lfloor\frac{0.1+0.2}{0.3}\rfloor": ("1", "0"),
    r"\operatorname{rank}\begin{pmatrix}n&0\\0&10^{-17}\end{pmatrix}": ("2", "1"),
    r"\operatorname{rank}\begin{pmatrix}1&1\\1&1+10^{-13}\end{pmatrix}": ("2", "1"),
    r"\operatorname{rank}\begin{pmatrix}1&1\\1&1+10^{-17}n\end{pmatrix}": ("2", "1"),
    r"\sum_{k=2^{53}+1}^{2^{53}+2}1": ("2", "3"),
    r"\sum_{k=1}^{2^{53}+1-2^{53}}1": ("1", "0"),
    r"\sum_{k=1}^{\lfloor n/2\rfloor}k": ("3", "1"),
    r"\sum_{k=1}^{n(n-1)/2}1": ("6", "5"),
    r"\sum_{1\le k<\sqrt n+1}k": ("3", "1"),
    r"\binom{n}{2}+n!": ("30", "29"),
    r"(-1)^n": ("1", "-1"),
}
# Whole to rounding alone.
NOT_WHOLE = (
    r"\sum_{k=1}^{2+10^{-20}}k",
    r"\sum_{1\le k<3+10^{-20}}k",
    r"\sum_{u\in\{0,1\}^{2+10^{-20}}}1",
    r"\sum_{k=1}^{n-10^{-20}}k",
    r"(2+10^{-20})!",
    r"\binom{n}{2+10^{-20}}",
    r"(-2)^{2+10^{-20}}",
    r"(-t)^{n+10^{-20}}",
    r"\sum_{k=1}^{ne^{10^{-20}}}k",
)
TRUE = {
    r"\mathbf 1\{t>-1\}": "1",
    r"\mathbf 1\{2=1+1\}": "1",
    r"\mathbb P(D\le 2)": r"\frac13",
    r"\mathbb P(0.1D+0.2=0.3)": r"\frac16",
    r"\mathbb P(2D=6)": r"\frac16",
    r"\lceil 2.5\rceil+\lfloor 3\rfloor+\lceil 3-0.5-0.5\rceil": "8",
    r"\lfloor 3-10^{-9}\rfloor": "2",
    r"\operatorname{rank}\begin{pmatrix}t&2t\\3&6\end{pmatrix}": "1",
    r"\operatorname{rank}\begin{pmatrix}t&0\\0&t\end{pmatrix}": "2",
    r"\begin{cases}t^3&\text{if }t\ge1\\t&\text{otherwise}\end{cases}": r"t^3\mathbf 1\{t\ge1\}+t\mathbf 1\{t<1\}",
}


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize("what", list(NO_VALUE))
def test_what_a_condition_or_jump_without_a_value_decides_has_none(what: str, arrays: bool) -> None:
    assert look(f"{what} = {NO_VALUE[what]}", arrays).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize("what", list(ROUNDING))
def test_a_condition_that_rounding_may_decide_is_named(what: str, arrays: bool) -> None:
    with pytest.raises(ShapeError, match="a condition that rounding decides"):
        look(f"{what} = {ROUNDING[what]}", arrays)


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize("what", list(EXACT))
def test_exact_arithmetic_decides_what_floating_point_cannot(what: str, arrays: bool) -> None:
    true, rounded = EXACT[what]
    assert look(f"{what} = {true}", arrays).verdict is Verdict.SUPPORTED
    assert look(f"{what} = {rounded}", arrays).verdict is Verdict.REFUTED


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize("sign", ["<", ">", "=", r"\le", r"\ge"])
def test_no_relation_between_sides_nearer_than_rounding_is_taken_for_what_floats_say(sign: str, arrays: bool) -> None:
    """At a general point a variable stands for the number it was rounded from, and nothing decides."""
    for far in ("t", "1", r"t^2", "st"):
        holds = sign in {"<", r"\le"}
        with contextlib.suppress(ShapeError):
            found = look(rf"\mathbf 1\{{{far}+10^{{-20}}{sign} {far}+2\cdot10^{{-20}}\}} = {int(not holds)}", arrays)
            assert found.verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize(
    "what",
    [
        r"\mathbb P(D\cos(10^{-9})<D)",
        r"\mathbb P(De^{10^{-17}}\le D)",
        r"\mathbb P(Re^{10^{-17}}\le R)",
        r"\mathbb P(R<R+10^{-20})",
        r"\mathbb P(R(1+10^{-11})(1-10^{-11})<R)",
        r"\mathbb P(R\cdot94906267\cdot94906265<R\cdot94906266^2)",
        r"\mathbb P(R^2<2\cdot1.00000000000000001)",
        r"\mathbb P(R<r(1+\frac{1}{10^{17}}))",
    ],
)
@pytest.mark.parametrize("answer", ["0", "1", r"\frac12"])
def test_an_event_at_whose_atoms_rounding_decides_has_no_probability_that_is_supported(what: str, answer: str, arrays: bool) -> None:
    with contextlib.suppress(ShapeError):
        assert look(f"{what} = {answer}", arrays).verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize("arrays", [False, True])
def test_atoms_that_are_computed_tie_with_thresholds_that_are(arrays: bool) -> None:
    norm = r"\mathbb P(\|\begin{pmatrix}R&0\\0&R\end{pmatrix}\|_{\mathrm{op}}\ge r) = 1"
    for text in (r"\mathbb P(R^2\le2) = \frac12", r"\mathbb P(R\ge r) = 1", r"\mathbb P(R^2<2) = 0", norm):
        assert look(text, arrays).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize("text", [r"\mathbb P(D\le c) = \frac16", r"\mathbb P(D<c) = 0", r"\mathbb P(D\ge c) = 1"])
def test_a_threshold_that_is_known_to_a_thousandth_is_on_no_side_of_an_atom(text: str, arrays: bool) -> None:
    assert look(text, arrays).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize("what", [r"(-1)^{10^{17}+1}", r"(-1)^{3^{40}}", r"(-t)^{2^{53}+1}", r"\sum_{k=1}^{3}(-1)^{k+10^{17}}"])
def test_a_whole_power_beyond_floats_is_named(what: str, arrays: bool) -> None:
    for answer in ("1", "-1", "3"):
        with pytest.raises(ShapeError, match="more than floating point holds"):
            look(f"{what} = {answer}", arrays)


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize("what", NOT_WHOLE)
def test_what_only_rounding_makes_whole_counts_nothing(what: str, arrays: bool) -> None:
    with pytest.raises(ShapeError, match="a whole number is needed here"):
        look(f"{what} = 3", arrays)


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize("what", list(TRUE))
def test_a_condition_that_is_settled_keeps_its_answer(what: str, arrays: bool) -> None:
    assert look(f"{what} = {TRUE[what]}", arrays).verdict is Verdict.SUPPORTED
    assert look(f"{what} = {TRUE[what]}+1", arrays).verdict is Verdict.REFUTED


@pytest.mark.parametrize("arrays", [False, True])
def test_what_varies_below_a_mean_with_its_operator_is_named(arrays: bool) -> None:
    with pytest.raises(ShapeError, match="varies with u and with what is averaged"):
        look(r"\inf_{u\in\mathbb R} \mathbb{E}[|u-D|] = \frac32", arrays)


@pytest.mark.parametrize("symbol", ["=", "<", ">", r"\le", r"\ge"])
def test_no_algebra_compares_what_has_no_value(symbol: str) -> None:
    one = Approx(value=1.0, error=0.0)
    for none in (Approx(value=np.nan, error=0.0), Approx(value=np.inf, error=np.inf), Approx(value=1.0, error=np.nan)):
        assert APPROX.compare(symbol, none, one) is APPROX.compare(symbol, one, none) is None
    with pytest.raises(Unenclosed):
        BALLS.compare(symbol, NAN, BALLS.number("1"))
    for none in (sympy.nan, sympy.zoo, sympy.I, sympy.sqrt(3 - sympy.Symbol("D", real=True))):
        with pytest.raises(Unproved):
            EXPRESSIONS.compare(symbol, none, sympy.Integer(1))


@pytest.mark.parametrize("arrays", [False, True])
def test_a_condition_with_a_value_at_some_points_only_supports_nothing(arrays: bool) -> None:
    text = r"\begin{cases}t^3&\text{if }e^{400t}>0\\t&\text{otherwise}\end{cases} = t^3"
    assert look(text, arrays).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize("sign", [r"\le", r"\ge", "<", ">"])
def test_an_order_of_matrices_is_that_of_their_entries_or_of_their_forms(sign: str, arrays: bool) -> None:
    with pytest.raises(ShapeError, match="can be read in two ways") as told:
        look(rf"\begin{{pmatrix}}t&0\\0&1\end{{pmatrix}} {sign} \begin{{pmatrix}}t&1\\1&1\end{{pmatrix}}", arrays)
    assert r"\lambda_{\min}(B-A) \ge 0" in told.value.message
    assert (
        look(r"\begin{pmatrix}t&0\\0&1\end{pmatrix} = \begin{pmatrix}\frac{2t}{2}&0\\0&1\end{pmatrix}", arrays).verdict is Verdict.SUPPORTED
    )
