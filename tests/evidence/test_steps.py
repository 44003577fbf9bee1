r"""\int\mathbb P(D>u)\,du: split where the event jumps, and refused where nobody sees where it does."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.agreement import agreement
from hwgen.judging.claim import look_at
from hwgen.model import Binding, Claim, Formula, Place, Verdict, closed, expectation, function, probability, variable
from hwgen.reading import read, vocabulary

DICE = (np.full(6, 1 / 6), np.arange(1.0, 7.0))
MANY = (np.full(1000, 1e-3), np.linspace(0, 1, 1000))
BOUND: dict[str, Binding] = {
    "t": variable("t"),
    "f": function(math.tanh, lambda z: 1 - math.tanh(z) ** 2),
    r"\mathbb{P}": probability(lambda: DICE, "D"),
    r"\mathbb{E}": expectation(lambda: DICE, "D"),
    r"\mathrm{P}": probability(lambda: MANY, "M"),
}


def judged(text: str, arrays: bool) -> Verdict:
    claim = Claim(
        name="k", exercise="toy", sentence="", domain={"t": closed(0.5, 3)}, bind=lambda: dict(BOUND), sharp=(), identity="none", points=6
    )
    chain = read(Formula(macro="checked", name="k", text=text, place=Place(file="t.tex.j2", line=1)), vocabulary(BOUND))
    return agreement(chain, look_at(claim, None), arrays).verdict


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize(
    ("integral", "value", "wrong"),
    [
        (r"\int_0^1 \mathbb{P}(D>u)\,\mathrm{d}u", "1", r"\frac{11}{12}"),
        (r"\int_0^\infty \mathbb{P}(D>u)\,\mathrm{d}u", r"\mathbb{E}[D]", "3"),
        (r"\int_0^\infty \mathbb{P}(D\ge u)\,\mathrm{d}u", r"\mathbb{E}[D]", r"\mathbb{E}[D]+\frac16"),
        (r"\int_0^\infty 2u\,\mathbb{P}(D>u)\,\mathrm{d}u", r"\mathbb{E}[D^2]", r"\mathbb{E}[D]^2"),
        (r"\int_6^0 \mathbb{P}(D>u)\,\mathrm{d}u", r"\mathbb{E}[D]-7", r"\mathbb{E}[D]"),
        (r"\int_0^{t} \mathbb{P}(D>u)\,\mathrm{d}u", r"\mathbb{E}[\min(D,t)]", "t"),
        (r"\int_0^3 \mathbb{P}(tD>u)\,\mathrm{d}u", r"\mathbb{E}[\min(tD,3)]", r"t\,\mathbb{E}[\min(D,3)]"),
        (r"\int_0^1 (\mathbb{P}(D<6u))^2\,\mathrm{d}u", r"\frac{55}{216}", r"\frac{25}{144}"),
        (r"\int_0^6 \mathbb{P}(D>u) \cdot f(u)\,\mathrm{d}u", r"\mathbb{E}[\log(\cosh(D))]", r"\mathbb{E}[D]"),
        (r"\int_0^5 \mathbb{P}(D>3\mid D>u)\,\mathrm{d}u", r"\frac{77}{20}", "4"),
        (r"\int_0^5 \mathbb{E}[D\mid D>u]\,\mathrm{d}u", r"\frac{45}{2}", "22"),
        (r"\int_0^1 v\int_0^6 \mathbb{P}(D>u)\,\mathrm{d}u\,\mathrm{d}v", r"\frac74", r"\frac72"),
        (r"\int_{0.1}^{0.3} \mathbb{P}(0.1D\le u)\,\mathrm{d}u", r"\frac{1}{20}", r"\frac{1}{15}"),
    ],
)
def test_it_is_the_sum_over_its_pieces(integral: str, value: str, wrong: str, arrays: bool) -> None:
    assert judged(f"t + {integral} = t + {value}", arrays) is Verdict.SUPPORTED
    assert judged(f"t + {integral} = t + {wrong}", arrays) is Verdict.REFUTED


@pytest.mark.parametrize(
    "integral",
    [
        r"\int_0^9 \mathbb{P}(D=u)\,\mathrm{d}u",
        r"\int_0^9 \mathbb{P}(u<D<2u)\,\mathrm{d}u",
        r"\int_0^9 \mathbb{P}(D>u^2)\,\mathrm{d}u",
        r"\int_0^9 \mathbb{E}[D-u\mid D>u]\,\mathrm{d}u",
        r"\int_0^1 \int_0^6 \mathbb{P}(D>u+v)\,\mathrm{d}u\,\mathrm{d}v",
        r"\int_0^1 \mathrm{P}(M>u)\,\mathrm{d}u",
        r"\int_0^9 \mathbb{P}(D>3\mid D>u)\,\mathrm{d}u",
    ],
)
def test_where_it_jumps_unseen_it_is_refused(integral: str) -> None:
    with pytest.raises(ShapeError):
        judged(f"t + {integral} = t", arrays=False)
