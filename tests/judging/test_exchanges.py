"""Bars lost and operators exchanged are wrong versions, and a check that a sign or a case would have told them apart has survivors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from hwgen.judging.exchanges import bars_lost, gathered
from hwgen.judging.mutation import tally
from hwgen.judging.slips import mutants
from hwgen.model import Bindings, Binds, Claim, Formula, Place, Tally, cases, closed, function, value, variable
from hwgen.reading import tokenize


def _texts(make: Any, text: str) -> list[str]:
    return ["".join(one.text.split()) for one in make(text, tokenize(text))]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        (r"|a| \le b", [r"(a)\leb"]),
        (r"\left|a-b\right| \le 1", [r"(a-b)\le1"]),
        (r"\bigl\lvert a\bigr\rvert^2 = b", [r"(a)^2=b"]),
        (r"\|x\|_{\mathrm F}^2 = 1", [r"(x)^2=1"]),
        (r"|f(|a|)| = 1", [r"|f((a))|=1", r"(f(|a|))=1"]),
        (r"\mathbb{P}(X>t | Y) = 1", []),
        (r"a = 1", []),
    ],
)
def test_every_pair_of_bars_is_lost_once(text: str, lost: list[str]) -> None:
    assert _texts(bars_lost, text) == lost


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (
            r"\max_{1\le i\le n}|x_i| \le 1",
            [
                r"\min_{1\lei\len}|x_i|\le1",
                r"\sum_{1\lei\len}|x_i|\le1",
                r"\frac{1}{\sum_{1\lei\len}(|x_i|)^0}\sum_{1\lei\len}|x_i|\le1",
            ],
        ),
        (
            r"\frac1n\sum_{i=1}^n x_i = 2",
            [
                r"\frac1n\max_{i=1}^nx_i=2",
                r"\max_{i=1}^nx_i=2",
                r"\frac1n\min_{i=1}^nx_i=2",
                r"\min_{i=1}^nx_i=2",
            ],
        ),
        (r"\max(a, b+1) = 2", [r"((a)+(b+1))=2", r"\frac{(a)+(b+1)}{2}=2"]),
        (r"\max(a) = 2", []),
    ],
)
def test_a_sum_a_mean_the_largest_and_the_least_stand_for_one_another(text: str, others: list[str]) -> None:
    assert _texts(gathered, text) == others


def test_a_bracket_that_is_sized_is_lost_and_moved_with_its_size() -> None:
    r"""A mutant of \left( that kept \left alone could not be read, and earned nothing."""
    found = {"".join(one.text.split()) for one in mutants(r"A = \left(1+r\right)r", ["A", "r"])}
    assert {"A=1+rr", "A=(1+rr)", r"A=\left(1+r\right)^2r"} <= found


def _tally(text: str, bind: Any, domain: Any, **different: Any) -> Tally:
    claim = Claim(name="trial", exercise="toy", sentence="", domain=domain, bind=bind, identity="trial", points=20, **different)
    return tally(claim, Formula(macro="checked", name="trial", text=text, place=Place(file="t", line=1)), None)


def _root(problem: Any) -> Bindings:
    return {"w": value(lambda t: float(np.sqrt(t * t))), "t": variable("t")}


@pytest.mark.parametrize(("low", "survives"), [(-2.0, False), (0.5, True)])
def test_a_modulus_of_what_is_never_negative_where_it_is_tried_survives(low: float, survives: bool) -> None:
    found = _tally("w = |t|", _root, {"t": closed(low, 3)})
    assert [one.startswith("bars around t dropped") for one in found.survivors].count(True) == survives


@pytest.mark.parametrize(("sign", "survives"), [(1.0, True), (-1.0, False)])
def test_a_modulus_of_a_function_needs_one_of_the_other_sign(sign: float, survives: bool) -> None:
    def bind(problem: Any) -> Bindings:
        return {"w": value(lambda t: float(np.hypot(np.exp(t), 0))), "t": variable("t"), "f": function(lambda t: sign * np.exp(t))}

    found = _tally("w = |f(t)|", bind, {"t": closed(0.2, 1)})
    assert [one.startswith("bars around f(t)") for one in found.survivors].count(True) == survives


def test_what_follows_from_printed_variables_has_the_sign_that_it_has() -> None:
    """The larger root of a quadratic is positive by nature: without its bars the relation is the same in other words."""

    def bind(problem: Any) -> Bindings:
        root = value(lambda t: float(np.max(np.linalg.eigvalsh([[t, 1.0], [1.0, 0.0]]))))
        return {r"\lambda": root, "t": variable("t")}

    found = _tally(r"|\lambda| = \frac{t+\sqrt{t^2+4}}{2}", bind, {"t": closed(-2, 2)})
    assert found.survivors == ()


def test_a_bound_of_a_modulus_that_binds_on_one_side_only_lets_its_bars_be_lost() -> None:
    def bind(problem: Any) -> Bindings:
        return {"w": value(lambda t: float(np.sin(2 * np.arctan(t))))}

    one, both = (
        _tally(r"|w| \le 1", bind, {"t": cases(-1.5, -1.0, 0.3, 1.0, 2.0)}, sharp=(tuple(Binds(at={"t": at}) for at in points),))
        for points in ((1.0,), (1.0, -1.0))
    )
    lost = [[line.startswith("bars around w dropped") for line in found.survivors].count(True) for found in (one, both)]
    assert lost == [1, 0]


LISTS = {0: (3.0, 1.0, 2.0), 1: (1.0, -4.0, 0.5, 2.0), 2: (2.5, 1.5), 3: (1.0, 2.0, -6.0)}


def _largest_of_a_list(problem: Any) -> Bindings:
    return {
        "v": value(lambda case: np.array(LISTS[case])),
        "p": value(lambda case: len(LISTS[case])),
        "m": value(lambda case: sorted(map(abs, LISTS[case]))[-1] * 1.1),
    }


@pytest.mark.parametrize("listed", [(0, 1, 2), (0, 1, 2, 3)])
def test_a_range_that_ends_too_early_survives_where_no_last_entry_counts(listed: tuple[int, ...]) -> None:
    """With p itself moved the formula has no value at moved lists: these were no reason to take the two for the same."""
    found = _tally(r"m = \frac{11}{10}\max_{1\le j\le p}|v_j|", _largest_of_a_list, {"case": cases(*listed)})
    ends = [one for one in found.survivors if r"\max_{1\lej<p}" in one.replace(" ", "")]
    assert len(ends) == (3 not in listed)
