r"""What has one reading only is read as it prints; what holds or counts twice has no value."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from reading.misread import BINDINGS, DICE, chain, number

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Binding, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\sum_{|k|\le n} k^2", 28.0),
        (r"\sum_{|k|<n} k^2", 10.0),
        (r"\prod_{|k|\le 2} (k+t)", float(np.prod([k + 1.7 for k in range(-2, 3)]))),
        (r"\max_{1\le j\le 3} b_j", 4.0),
        (r"\max_{u\in[0,1]} u(1-u)", 0.25),
        (r"\sup_{0\le u\le1} u(1-u)", 0.25),
        (r"\sup_{u\in\mathbb R} u(1-u)", 0.25),
        (r"\max_{k=1}^{2} (k-t)^2", 0.49),
        (r"\max_{k\in\{1,\dots,3\}} k", 3.0),
        (r"\sup_{1\le j\le 2} b_j", 2.0),
        (r"\max_k\min_l q_{kl}", 0.25),
        (r"\max_k a_k b_k", 8.0),
        (r"\prod_{k=1}^{3} (k t)", 6 * 1.7**3),
        (r"\prod_{k=1}^{3} \frac{k}{2}", 0.75),
        (r"\sum_{k=1}^{3} k\,t", 6 * 1.7),
        (r"\mathbb E[D]^2", 3.5**2),
        (r"\mathbb E[(D-t)^2]", float(np.mean((DICE[1] - 1.7) ** 2))),
        (r"\mathbb E|D-t|^2", float(np.mean((DICE[1] - 1.7) ** 2))),
        (r"\mathbb E_D[D]", 3.5),
        (r"\mathbb P(D\le 2\mid D\le 4)", 0.5),
        (r"\sum_{i,j} q_{ij}(1-q_{ij})", float(np.sum(BINDINGS["q"].compute() * (1 - BINDINGS["q"].compute())))),
        (r"n(n+1)", 12.0),
        (r"\sigma(1-\sigma)", 0.25),
        (r"\pi(n^2-1)", 8 * np.pi),
        (r"2\cdot\frac12", 1.0),
        (r"\frac12\frac13", 1 / 6),
        (r"2\frac{t}{2}", 1.7),
        (r"(t+s)(n)", 6.9),
        (r"2[t+s]", 4.6),
        (r"t^{(n-1)/2}", 1.7),
        (r"t^{(n+1)(s+1)}", 1.7**6.4),
        (r"d\,t", 3.4),
        (r"\lvert t\cdot\lvert s\rvert n\rvert", 3.06),
        (r"\bigl|s-\bigl|t\bigr|n\bigr|", 4.5),
        (r"\sum_{i\le2} a_ia_{i+1}", -3.75),
    ],
)
def test_what_has_one_reading_is_read_as_it_prints(text: str, expected: float) -> None:
    assert number(text) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "t &= s \\\\ &= n",
        "t = s \\\\ = n",
        "t = s + n \\\\ &\\quad - 1",
        "t = s + n \\\\ + 1",
        "t = s + n \\\\ - 1",
        "t &= s + \\\\ & n",
        "t &= {}+ s",
        "t = s \\qquad = n",
        "t &= (s \\\\ &\\qquad + n)",
        "t = s,",
        "t = s.",
        "t = s \\\\",
    ],
)
def test_rows_that_go_on_are_read(text: str) -> None:
    assert chain(text).relations[0].symbol == "="


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"(q_{1,2})^{-1}", 2.0),
        (r"\sum_{i,j} q_{ij}^2", 0.890625),
        (r"(\log(1))!", 1.0),
        ("(n+1)!", 24.0),
        (r"\sup_{\|u\|<1} \langle a, u\rangle", 6.5**0.5),
        (r"(\begin{cases} n & \text{if } t > 0 \\ s & \text{otherwise} \end{cases})^2", 9.0),
        (r"\begin{cases} t & \text{if } n \ge 3 \\ t & \text{if } n \le 3 \end{cases}", 1.7),
        (r"\begin{cases} a_1 & \text{if } n > 3 \\ a_3 & \text{otherwise} \end{cases}", 2.0),
        (r"\sum_{k\in\{-1,1,2\}} k", 2.0),
        (r"\sum_{k\in\{s,t\}} k", 2.3),
        (r"\max_{k\in\{1,1,2\}} k", 2.0),
    ],
)
def test_what_was_made_plain_is_read_as_it_prints(text: str, expected: float) -> None:
    assert number(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"\sum_{k\in\{1,1,2\}} k", "two elements of which are equal here"),
        (r"\sum_{k\in\{1,1.0\}} k", "two elements of which are equal here"),
        (r"\prod_{k\in\{2,n-1\}} k", "two elements of which are equal here"),
        (r"\sum_{k\in\{0.1+0.2,0.3\}} k", "two elements of which are equal here"),
        (r"\sum_{k\in\{1,1\}^2} k_1", "two elements of which are equal here"),
        (r"\sum_{k\in c} k", "two elements of which are equal here"),
        (r"\begin{cases} t & \text{if } n \ge 3 \\ s & \text{if } n \le 3 \end{cases}", "cases of which two hold here and differ"),
        (r"\begin{cases} a & \text{if } n > 2 \\ b & \text{if } n > 1 \end{cases}", "cases of which two hold here and differ"),
        (r"\begin{cases} a & \text{if } n > 2 \\ t & \text{if } n > 1 \end{cases}", "cases of which two hold here and differ"),
    ],
)
def test_what_counts_twice_or_holds_twice_has_no_value(text: str, said: str) -> None:
    bindings: Mapping[str, Binding] = {**BINDINGS, "c": value(lambda: np.array([1.0, 2.0, 1.0]))}
    with pytest.raises(ShapeError, match=said):
        evaluate(chain(f"{text} = 0", bindings).sides[0], scope_at(bindings, {}))


def test_an_indicator_may_print_the_brackets_of_its_set() -> None:
    assert [number(rf"\mathbf1_{{\{{{event}\}}}}") for event in ("t>s", "t<s")] == [1.0, 0.0]
