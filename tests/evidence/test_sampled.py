r"""What sampling cannot see has no value: jumps in the variable of an integral, extremum or series."""

from __future__ import annotations

import numpy as np
import pytest

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.agreement import agreement
from hwgen.judging.claim import look_at
from hwgen.model import Bindings, Claim, Evidence, Formula, Place, Verdict, closed, variable
from hwgen.reading import read, vocabulary

BOUND: Bindings = {"x": variable("x")}


def bound(problem: object) -> Bindings:
    return BOUND


def look(text: str, arrays: bool) -> Evidence:
    claim = Claim(name="trial", exercise="toy", sentence="", domain={"x": closed(0.5, 3)}, bind=bound, sharp=(), identity="none", points=24)
    formula = Formula(macro="checked", name="trial", text=text, place=Place(file="t.tex.j2", line=7))
    with np.errstate(all="ignore"):
        return agreement(read(formula, vocabulary(BOUND)), look_at(claim, None), arrays)


JUMPS = {
    r"10^6\int_0^1\mathbf 1\{|u-0.3|<10^{-6}\}\,\mathrm du": "0",
    r"10^6\int_0^1(1-\lceil\min(1,10^6|u-0.3|)\rceil)\,\mathrm du": "0",
    r"\inf_{u\ge0}\mathbf 1\{u<10^9\}": "1",
    r"\sup_{u\in[0,1]}\lfloor 2-|u-0.337|\rfloor": "1",
    r"\sum_{k=1}^\infty\frac{\mathbf 1\{k>20\}}{k^2}": "0",
    r"\sum_{k=1}^\infty(2^{-k}+\mathbf 1\{k=5000\})": "1",
    r"\sum_{k=1}^\infty 2^{-k}\max(0,k-15)": "0",
}
TRUE = {
    r"\int_0^1 u\mathbf 1\{x>0\}\,\mathrm du": r"\frac12",
    r"\int_{-1}^1 u^3\,\mathrm du": "0",
    r"\int_0^0 u\,\mathrm du": "0",
    r"\sup_{u\in[0,1]}(u-u^2)": r"\frac14",
    r"\sup_{u\in[-1,1]}|u|": "1",
    r"\sum_{k=0}^\infty 2^{-k}\binom{k}{20}": "2",
}


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize("what", list(JUMPS))
def test_a_jump_in_what_is_sampled_is_named(what: str, arrays: bool) -> None:
    with pytest.raises(ShapeError, match=r"of what may jump as [uk] varies"):
        look(f"x + {what} = x + {JUMPS[what]}", arrays)


@pytest.mark.parametrize("arrays", [False, True])
@pytest.mark.parametrize("what", list(TRUE))
def test_what_is_seen_keeps_its_verdict(what: str, arrays: bool) -> None:
    assert look(f"x + {what} = x + {TRUE[what]}", arrays).verdict is Verdict.SUPPORTED
