r"""An extremum is one of something, and a maximum or minimum is attained: else it has no value, however near a search comes."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.agreement import agreement
from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.judging.claim import look_at
from hwgen.model import Binding, Claim, Formula, Place, closed, function, value, variable
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, vocabulary

BINDINGS: Mapping[str, Binding] = {
    "t": variable("t"),
    "z": value(lambda: 0.0),
    "g": function(lambda u: u**2 + 1, lambda u: 2 * u),
    "f": function(np.arctan),
}
NOT_ATTAINED, NOTHING, JUMPS = "need not be attained", "over nothing", "0 to a power that varies"


def chain(text: str) -> Chain:
    place = Place(file="t.tex.j2", line=1)
    return read(Formula(macro="checked", name="kappa", text=text, place=place), vocabulary(BINDINGS))


def number(text: str) -> float:
    return float(evaluate(chain(f"{text} = 1").sides[0], scope_at(BINDINGS, {"t": 0.8})).value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"\min_{u\in\mathbb R} e^{-u^2}", NOT_ATTAINED),
        (r"\min_{u\in\mathbb R} \frac{1}{1+u^2}", NOT_ATTAINED),
        (r"\max_{u\in\mathbb R} \tanh u", NOT_ATTAINED),
        (r"\min_{u\in\mathbb R} \arctan(u)", NOT_ATTAINED),
        (r"\max_{u\in[0,1]} \arctan(1/u)", NOT_ATTAINED),
        (r"\min_{u\in[0,1]} \arctan\frac{1}{u-1}", NOT_ATTAINED),
        (r"\min_{u\in\mathbb R} \frac{1}{g(u)}", NOT_ATTAINED),
        (r"\max_{u\in\mathbb R} f(u)", NOT_ATTAINED),
        (r"\sup_{u\in(0,0)} u", NOTHING),
        (r"\sup_{0<u<0} u", NOTHING),
        (r"\sup_{|u|<0} u", NOTHING),
        (r"\sup_{u\in(1,1]} u", NOTHING),
        (r"\inf_{u\in[1,1)} u", NOTHING),
        (r"\sup_{u\in(2,1)} u", NOTHING),
        (r"\sup_{u\in(z,z)} g(u)", NOTHING),
        (r"\sup_{u\in(0.3,0.1+0.2)} u", "rounding decides"),
        (r"\sup_{u\in(0,1]} 0^u", JUMPS),
        (r"\inf_{u\in(0,1]} (1-0^u)", JUMPS),
        (r"\sup_{u\in(0,1]} z^u g(u)", JUMPS),
        (r"\sup_{u>0} 0^u", JUMPS),
        (r"\sup_{u\in(0,1]} (u-|u|)^u", JUMPS),
    ],
)
def test_what_is_no_extremum_has_no_value(text: str, said: str) -> None:
    with pytest.raises(ShapeError, match=said):
        number(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\inf_{u\in\mathbb R} e^{-u^2}", 0.0),
        (r"\max_{u\in\mathbb R} e^{-u^2}", 1.0),
        (r"\sup_{u\in\mathbb R} \tanh u", 1.0),
        (r"\min_{u\in\mathbb R} (u^2-2tu)", -0.64),
        (r"\min_{u\in\mathbb R} (u^4-u)", -0.75 * 4 ** (-1 / 3)),
        (r"\min_{u\in\mathbb R} g(u)", 1.0),
        (r"\max_{u\in\mathbb R} \frac{1}{g(u)}", 1.0),
        (r"\min_{u\in[0,1]} u\log u", -math.exp(-1)),
        (r"\max_{u\in[-1,1]} \sqrt{1-u^2}", 1.0),
        (r"\sup_{u\in[0,0]} g(u)", 1.0),
        (r"\sup_{u\in(0,1)} u", 1.0),
        (r"\sup_{u\in[0,1]} u^u", 1.0),
        (r"\sup_{u\ge0} u e^{-u}", math.exp(-1)),
        (r"\max_{u\in\mathbb R} \sin u", 1.0),
        (r"\max_{u\in\mathbb R} (\sin u+\cos(2u))", 1.125),
        (r"\inf_{u\ge t} \sin(3u)", -1.0),
        (r"\inf_{u\in(0,5]} u^u", math.exp(-math.exp(-1))),
        (r"\sup_{u\in(0,1]} u^u", 1.0),
        (r"\sup_{0\le u,v\le1} (u+v)", 2.0),
        (r"\sup_{0\le u,v\le1} (u-v)^2", 1.0),
        (r"\sup_{0\le u,v\le1} uv(1-u)(1-v)", 0.0625),
        (r"\sup_{0\le u,v\le1} \sin(uv)e^{u-v}", math.sin(math.pi / 4) * math.exp(1 - math.pi / 4)),
        (r"\sup_{0\le u,v,w\le1} (tu+v-w)", 1.8),
        (r"\max_{u\in[0,1]} \max_{v\in[-1,1]} (v^2-uv)", 2.0),
        (r"\inf_{u\in\mathbb R} (\log(1+e^u)-u)", 0.0),
        (r"\inf_{u\ge0} (\sqrt{1+u^2}-u)", 0.0),
        (r"\sup_{u\in\mathbb R} (u-\log(\cosh(u)))", math.log(2)),
        (r"\inf_{u\in\mathbb R} (\log(\cosh(u))-|u|)", -math.log(2)),
        (r"\sup_{u\in\mathbb R} \frac{e^u}{1+e^u}", 1.0),
        (r"\sup_{u\in\mathbb R} \frac{e^{u^2}}{1+e^{u^2}}", 1.0),
        (r"\sup_{u\ge0} \frac{\sinh u}{\cosh u}", 1.0),
        (r"\sup_{u\ge0} \frac{u}{1+u}", 1.0),
        (r"\sup_{u>0} \frac{u}{e^u-1}", 1.0),
        (r"\sup_{u\in(0,1]} \frac{\sin u}{u}", 1.0),
        (r"\sup_{u\in(0,1]} \frac{1-\cos u}{u^2}", 0.5),
        (r"\inf_{u>0} e^{-ut}e^{u^2/2}", math.exp(-0.32)),
        (r"\inf_{u\ge0} \frac{1+e^u}{e^{u/2}}", 2.0),
        (r"\int_0^\infty\frac{u}{e^u-1}\,\mathrm du", math.pi**2 / 6),
        (r"\int_0^1\frac{\log(1+u)}{u}\,\mathrm du", math.pi**2 / 12),
        (r"\int_{-\infty}^\infty\frac{e^u}{(1+e^u)^2}\,\mathrm du", 1.0),
        ("0^0", 1.0),
        (r"0^{0.5}", 0.0),
        (r"\sum_{k=0}^{3} 0^k", 1.0),
    ],
)
def test_what_is_one_has_its_value(text: str, expected: float) -> None:
    assert number(text) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_rounding_decides_on_no_power_of_zero() -> None:
    assert math.isnan(number(r"0^{0.1+0.2-0.3}"))
    assert math.isnan(number(r"(t-t)^{0.1-0.1}"))


@pytest.mark.parametrize(
    "text", [r"\max_{u\in\mathbb R} tf(u) = t", r"\min_{u\in\mathbb R} \frac{t}{g(u)} = 0", r"\sup_{u\in(t,t)} g(u) = t"]
)
def test_many_points_at_once_are_judged_as_one_is(text: str) -> None:
    claim = Claim(
        name="kappa", exercise="toy", sentence="", domain={"t": closed(0.5, 2)}, bind=lambda: BINDINGS, sharp=(), identity="none", points=8
    )
    with pytest.raises(ShapeError, match=f"{NOT_ATTAINED}|{NOTHING}"):
        agreement(chain(text), look_at(claim, None), True)


@pytest.mark.parametrize("below", [r"u\in[0,\infty]", r"u\in[-\infty,0]", r"u\in[-\infty,0)"])
def test_an_interval_does_not_hold_infinity(below: str) -> None:
    with pytest.raises(ContentError, match="is no number of an interval"):
        chain(rf"t = \sup_{{{below}}} e^{{-u^2}}")


@pytest.mark.parametrize(
    "text",
    [
        r"\sup_{u\in(0,1]}(1+\frac{10^{-30}}{u})",
        r"\sup_{u\in(0,1)}(2+10^{-40}\tan(\frac{\pi u}2))",
        r"\inf_{u\in(0,1]}(1-\frac{10^{-30}}{u})",
        r"\sup_{u\in(0,1]}(u+10^{-30}\log(\frac1u))",
        r"\sup_{u\in(0,1)}(1+10^{-30}\log(\frac1{1-u}))",
        r"\sup_{u\in(0,1]}(1+10^{-30}u^{-0.001})",
        r"\sup_{u\ge0}(e^{-u}+10^{-60}\log(1+u))",
        r"\inf_{u\in\mathbb R}(-e^{-u^2}-10^{-40}\log(1+u^2))",
        r"\sup_{u>0}(\frac{u}{1+u}+10^{-40}\log(1+u))",
        r"\sup_{u>0}(\frac{u}{e^u-1}+\frac{10^{-40}}{u})",
    ],
)
def test_what_grows_without_end_has_no_extremum_however_slowly(text: str) -> None:
    with pytest.raises(ShapeError, match="without end"):
        number(text)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (r"\sup_{u\ge0}(\tanh(u)+0.001e^{-10^4(u-30000)^2})", 1.001),
        (r"\inf_{u\ge0}(\frac{1}{1+u}-0.5e^{-(u-10^9)^2})", -0.5 + 1e-9),
        (r"\sup_{u\ge0}(1-e^{-u}+10^{-6}e^{-(u-50)^2})", 1 + 1e-6),
        (r"\sup_{u\in(0,1]}(\frac{\sin u}{u}+0.01e^{-10^{12}(u-0.0001)^2})", 1.01 - 1e-8 / 6),
    ],
)
def test_a_narrow_peak_is_seen_beside_what_is_bounded_at_once(text: str, known: float) -> None:
    assert number(text) == pytest.approx(known, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "known"),
    [(r"\sup_{u\ge0}(1-\frac{10^{-30}}{\log(3+u)})", 1.0), (r"\sup_{u\in(0,1]}\sin(\frac1u)", 1.0), (r"\sup_{u>0}\arctan(u)", math.pi / 2)],
)
def test_what_rises_to_a_bound_has_one(text: str, known: float) -> None:
    assert number(text) == pytest.approx(known, abs=1e-12)


@pytest.mark.parametrize("text", [r"\sup_{u\in(0,1]}(1+10^{-30}\frac{f(u)}{u^2})", r"\inf_{u\in[-1,0)}(1-10^{-40}\frac{g(u)}{u^2})"])
def test_what_grows_beside_a_declared_function_is_seen_near_zero(text: str) -> None:
    with pytest.raises(ShapeError, match=r"grows towards 0|faster than samples"):
        number(text)


@pytest.mark.parametrize(("text", "known"), [(r"\sup_{u\in(0,1]}\frac{f(u)}{u}", 1.0), (r"\inf_{u\in(0,1]}g(u)", 1.0)])
def test_what_tends_to_its_bound_at_zero_has_it(text: str, known: float) -> None:
    assert number(text) == pytest.approx(known, abs=1e-9)


def test_a_search_over_a_ball_inside_another_is_refused_at_once() -> None:
    bindings: Mapping[str, Binding] = {"A": value(lambda: np.diag([2.0, 1.0]))}
    place = Place(file="t.tex.j2", line=1)
    text = r"\sup_{\|u\|\le1}\sup_{\|v\|\le1}\langle u,Av\rangle = 2"
    read_back = read(Formula(macro="checked", name="kappa", text=text, place=place), vocabulary(bindings))
    with pytest.raises(ShapeError, match="searched for at each step of the search over u"):
        evaluate(read_back.sides[0], scope_at(bindings, {}))


@pytest.mark.parametrize("text", ["f(t,t)", r"\sup_{u\in[0,1]} f(u,t)", r"\int_0^1 f(u,u)\,\mathrm du"])
def test_a_function_of_numpy_takes_as_many_arguments_as_it_has_inputs(text: str) -> None:
    with pytest.raises(ShapeError, match="f is applied to 2 arguments, which is not what it takes"):
        number(text)
