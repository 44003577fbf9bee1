"""Limits: known ones are found, wrong ones refuted, and what has none, or hides what it does nearer than is looked, is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hwgen.analysis.settling import falls, shanks
from hwgen.evidence.agreement import agreement
from hwgen.judging.claim import look_at
from hwgen.model import Claim, Evidence, Formula, Place, Verdict, closed, expectation, function, value, variable
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary

BINDINGS = {
    "t": variable("t"),
    "s": value(lambda t: t**2 + 0.3),
    "x": value(lambda t: np.array([t, 1 - t])),
    "a": value(lambda t: np.array([t, 2.0])),
    "f": function(math.sin),
    "F": function(math.floor),
    "h": function(lambda i, u: u + (-1) ** i / i),
    r"\mathbb{E}": expectation(lambda: (np.array([0.5, 0.5]), np.array([1.0, 2.0])), "D"),
}


def judged(text: str) -> Evidence:
    claim = Claim(
        name="trial", exercise="toy", sentence="", domain={"t": closed(0.8, 3)}, bind=lambda: BINDINGS, sharp=(), identity="none", points=8
    )
    chain = read(Formula(macro="checked", name="trial", text=text, place=Place(file="t.tex.j2", line=1)), vocabulary(BINDINGS))
    return agreement(chain, look_at(claim, None))


# Each limit with its value, and with another one that it is not.
KNOWN = [
    (r"\lim_{u\to0}\frac{\sin(tu)}{u}", "t", "2t"),
    (r"\lim_{u\to0}\frac{1-\cos u}{u^2}", r"\frac12", r"\frac13"),
    (r"\lim_{u\to s}\frac{u^2-s^2}{u-s}", "2s", "2t"),
    (r"\lim_{u\to\pi}\frac{\sin u}{u-\pi}", "-1", "1"),
    (r"\lim_{u\to t^-}\frac{|u-t|}{u-t}", "-1", "1"),
    (r"\lim_{u\uparrow1}\frac{\arccos u}{\sqrt{1-u}}", r"\sqrt2", "1"),
    (r"\lim_{u\downarrow0}u^u", "1", "0"),
    (r"\lim_{u\to-\infty}\frac{e^u}{1+e^u}", "0", "1"),
    (r"\lim_{k\to\infty}(1+\frac tk)^k", "e^t", "1+t"),
    (r"\lim_{k\to\infty}k((t+1)^{\frac1k}-1)", r"\log(t+1)", "t"),
    (r"\lim_{u\to0}\|x+ux\|", r"\|x\|", "t"),
    (r"\lim_{u\to0}(1+u\mathbb{E}[D])^{\frac1u}", r"e^{1.5}", "e^{1.6}"),
    (r"\lim_{u\to0}\frac{u}{u+10^{-30}}", "0", "1"),
    (r"\lim_{u\to t}f(u)^2", r"1-\cos^2(t)", r"1+\cos^2(t)"),
    (r"\lim_{u\to0}(f(t+2u)+u)", r"\sin t", "t"),
    (r"\lim_{u\uparrow1}F(u)", "0", "1"),
    (r"\sum_{j=1}^{3}\lim_{u\to0}\frac{\sin(ju)}{u}", "6", "3"),
]


@pytest.mark.parametrize(("limit", "true", "false"), KNOWN, ids=[one for one, *_ in KNOWN])
def test_a_limit_is_what_it_is_and_nothing_else(limit: str, true: str, false: str) -> None:
    assert judged(f"{limit} = {true}").verdict is Verdict.SUPPORTED
    assert judged(f"{limit} = {false}").verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    "limit",
    [
        r"\lim_{k\to\infty}(-1)^k",
        r"\lim_{k\to\infty}h_k(t)k",
        r"\lim_{k\to\infty}k",
        r"\lim_{u\to\infty}\log u",
        r"\lim_{u\to\infty}f(u)",
        r"\lim_{u\to0}\sin(\frac1u)",
        r"\lim_{u\to0}\frac{|u|}{u}",
        r"\lim_{u\to0}\sqrt u",
        r"\lim_{u\to1}F(u)",
        r"\lim_{u\to\frac\pi2}\tan u",
    ],
)
def test_what_has_no_limit_is_refused(limit: str) -> None:
    with pytest.raises(ContentError, match=r"does not settle|not the same|may be whole or real|follow from|not known|on the way"):
        judged(f"{limit} = 0")


@pytest.mark.parametrize("letter", ["k", r"\ell"])
def test_a_letter_that_may_be_whole_has_one_limit_for_both_readings(letter: str) -> None:
    with pytest.raises(ContentError, match="may be whole or real"):
        judged(rf"\lim_{{{letter}\to\infty}}\sin(\pi {letter}) = 0")


@pytest.mark.parametrize(
    ("limit", "seen"),
    [
        (r"\frac{u}{u+10^{-3000}}", "1"),
        (r"\frac{u^2}{u(u+(10^{-100}+u)^{5})}", "1"),
        (r"\frac{u^2}{u(u+e^{-1000+u})}", "1"),
        (r"f(\frac{u}{u+10^{-20}})", r"\sin1"),
    ],
)
def test_what_happens_nearer_than_is_looked_is_not_taken_for_what_is_seen(limit: str, seen: str) -> None:
    with pytest.raises(ContentError, match=r"small|far from its limit"):
        judged(rf"\lim_{{u\to0}}{limit} = {seen}")


@pytest.mark.parametrize(
    ("limit", "false"),
    [
        (r"\lim_{k\to\infty}\frac{k^{0.1}}{k^{0.1}+10^{100}}", "0"),
        (r"\lim_{k\to\infty}\frac{1}{1+e^{1000-\log(k)}}", "0"),
        (r"\lim_{k\to\infty}\tanh(\log(k)-1000)", "-1"),
        (r"\lim_{k\to\infty}\max(\log(k),1000)", "1000"),
        (r"\lim_{k\to\infty}\frac{k}{(\log(k))^{300}}", "0"),
        (r"\lim_{k\to\infty}e^{\sqrt{\log(k)}-100}", "0"),
        (r"\lim_{u\downarrow0}\tanh(10^{100}\cdot(10^{100}\cdot(10^{100}\cdot(10^{100}u))))", "1"),
        (r"\lim_{k\to\infty}(1+10^{-20}\log(k))", "1"),
        (r"\lim_{u\to0}(1+10^{-20}\sin(\frac1u))", "1"),
        (r"\lim_{u\to0}(1+10^{-20}\frac{|u|}{u})", "1"),
        (r"\lim_{u\to0}\sqrt{-f(u)^2}", "0"),
    ],
)
def test_what_grows_too_slowly_to_be_seen_has_a_second_opinion(limit: str, false: str) -> None:
    with pytest.raises(ContentError, match=r"two ways|not known|on the way"):
        judged(f"{limit} = {false}")


@pytest.mark.parametrize(
    "limit",
    [
        r"\lim_{u\to s}\frac{u-s}{u-t^2-0.3}",
        r"\lim_{u\to0}\frac{u}{u+s-t^2-0.3}",
        r"\lim_{k\to\infty}\frac{1}{1+k(s-t^2-0.3)}",
        r"\lim_{k\to\infty}e^{-k\cdot|f(\pi)|}",
        r"\lim_{k\to\infty}e^{-k\cdot|\mathbb{E}[D]-1.5|}",
    ],
)
def test_what_rounding_does_not_tell_from_zero_decides_no_limit(limit: str) -> None:
    with pytest.raises(ContentError, match=r"rounding does not tell|not known"):
        judged(f"{limit} = 0")


@pytest.mark.parametrize(
    "limit",
    [
        r"\lim_{k\to\infty}\sum_{j=1}^{k}j",
        r"\lim_{k\to\infty}a_k",
        r"\lim_{u\to0}\lfloor u\rfloor",
        r"\lim_{u\to0}\frac{f(u)}{u}",
        r"\lim_{u\to0}f(f(u))",
        r"\lim_{u\to0}\mathbf 1\{u>0\}",
        r"\lim_{u\to0}\mathbb{E}[\sin(uD)]",
    ],
)
def test_what_is_not_looked_at_says_what_to_write(limit: str) -> None:
    with pytest.raises(ContentError, match="declare it as one function"):
        judged(f"{limit} = 0")


def test_a_family_tends_to_its_limit_from_even_and_odd_numbers() -> None:
    assert judged(r"\lim_{k\to\infty}h_k(t) = t").verdict is Verdict.SUPPORTED
    assert judged(r"\lim_{k\to\infty}h_k(t) = 2t").verdict is Verdict.REFUTED


def test_extrapolation_is_exact_for_a_few_geometric_differences_and_knows_what_runs_away() -> None:
    values = [3 + 0.5**k - 2 * 0.25**k for k in range(10)]
    found, error = shanks(values)
    assert abs(found - 3) <= error
    assert error < 1e-9
    assert falls(values)
    assert not falls([2.0**k for k in range(10)])
