"""Two ways of computing the same cases: on arrays, and by walking the tree at every point, which is the oracle here."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence import evaluation, table
from hwgen.evidence.agreement import agreement, points_of
from hwgen.evidence.cases import Look
from hwgen.evidence.scope import scope_at
from hwgen.evidence.table import Table
from hwgen.model import (
    Approx,
    Binding,
    Evidence,
    Formula,
    Place,
    Range,
    Verdict,
    expectation,
    function,
    integers,
    log_closed,
    probability,
    value,
    variable,
)
from hwgen.reading import Chain, read, tree, vocabulary


def _law(n: int) -> tuple[Any, ...]:
    weights = np.array([math.comb(n, k) / 2**n for k in range(n + 1)])
    return weights, np.arange(n + 1.0)


SYMBOLS: Mapping[str, Binding] = {
    "x": variable("x"),
    "n": variable("n"),
    "v": value(lambda x, n: x / np.arange(1.0, n + 1)),
    "w": value(lambda: Approx(value=1.0005, error=1e-3)),
    "f": function(np.cosh, np.sinh, vectorised=True),
    "g": function(lambda y, n: math.sin(y) + n, of=("n",)),
    "h": function(lambda y: np.exp(-(y**2))),
    r"\mathbb{E}": expectation(_law, "k"),
    r"\mathbb{P}": probability(_law, "k"),
}
DOMAIN: Mapping[str, Range] = {"x": log_closed(0.2, 2.0), "n": integers(2, 5)}


def chain_of(text: str) -> Chain:
    return read(Formula(macro="checked", name="c", text=text, place=Place(file="t", line=1)), vocabulary(SYMBOLS))


def look_of(symbols: Mapping[str, Binding] = SYMBOLS) -> Look:
    points, _ = points_of(DOMAIN, 14, (), 7)
    return Look(points=points, scopes=tuple(scope_at(symbols, point) for point in points), bound={}, sharp=(), seed=7, fixed=frozenset())


def same(one: Evidence, other: Evidence) -> bool:
    plain = [replace(evidence, deviation=0.0, tolerance=0.0) for evidence in (one, other)]
    close = abs(one.deviation - other.deviation) <= 1e-9 * abs(other.deviation) + other.tolerance
    return plain[0] == plain[1] and (close or math.isnan(other.deviation))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"f(x)^2 - f'(x)^2 = 1", Verdict.SUPPORTED),
        (r"f(x)^2 - f'(x)^2 = \frac{x}{2}", Verdict.REFUTED),
        (r"\sum_{i=1}^n v_i^2 = \|v\|^2", Verdict.SUPPORTED),
        (r"\sum_{i} v_i^2 = \|v\|", Verdict.REFUTED),
        (r"\int_0^x f'(u)\,\mathrm{d}u = f(x) - 1", Verdict.SUPPORTED),
        (r"\int_0^x g(u)\,\mathrm{d}u = 1 - \cos x + n x", Verdict.SUPPORTED),
        (r"\int_{-\infty}^\infty h(u)\,\mathrm{d}u = \sqrt\pi + 0 x + 0 n", Verdict.SUPPORTED),
        (r"\sup_{0\le t\le x} t(x-t) = \frac{x^2}{4}", Verdict.SUPPORTED),
        (r"\sup_{0\le t\le x} t(x-t) = \frac{x^2}{5}", Verdict.REFUTED),
        (r"\sup_{0\le t\le x} f(t) = f(x)", Verdict.SUPPORTED),
        (r"\mathbb{E}[k] = \frac n2", Verdict.SUPPORTED),
        (r"\mathbb{E}[k^2] = \frac{n^2}{4}", Verdict.REFUTED),
        (r"\mathbb{P}(k \ge 1) = 1 - 2^{-n}", Verdict.SUPPORTED),
        (r"\mathbb{P}(k \ge \sqrt2\sqrt2) = 1 - 2^{-n}(1 + n)", Verdict.SUPPORTED),
        (r"\mathbb{P}(k > \sqrt2\sqrt2) = 1 - 2^{-n}(1 + n)", Verdict.REFUTED),
        (r"\mathbb{P}(k \le w) = 2^{-n}(1 + \frac n2)", Verdict.UNDECIDED),
        (r"\mathbb{P}(k \le w) = 2", Verdict.REFUTED),
        (r"\mathbb{E}[\int_0^x k u\,\mathrm{d}u] = \frac{n x^2}{4}", Verdict.SUPPORTED),
        (r"\log(x-3) = x", Verdict.UNDECIDED),
    ],
)
def test_both_ways_find_the_same(text: str, verdict: Verdict) -> None:
    chain = chain_of(text)
    on_arrays, walked = agreement(chain, look_of()), agreement(chain, look_of(), arrays=False)
    assert on_arrays.verdict is verdict, on_arrays
    assert same(on_arrays, walked), f"{on_arrays}\n{walked}"


def test_arrays_are_what_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "judge_at", None)
    for text in (
        r"\sum_{i} v_i^2 = \|v\|^2",
        r"\sup_{0\le t\le x} f(t) = f(x)",
        r"\mathbb{E}[\int_0^x k u\,\mathrm{d}u] = \frac{n x^2}{4}",
        r"\mathbb{P}(k \ge \sqrt2\sqrt2) = 1 - 2^{-n}(1 + n)",
        r"\int_0^x \int_0^t u\,\mathrm{d}u\,\mathrm{d}t = \frac{x^3}{6}",
    ):
        assert agreement(chain_of(text), look_of()).verdict is Verdict.SUPPORTED


WRONG_VERSIONS = [
    (r"\int_0^x f'(u)\,\mathrm{d}u = f(x) - 1", (("f(x) - 1", "f(x) - 2"), ("f'(u)", "f(u)"), ("f(x) - 1", "f'(x) - 1"))),
    (r"\sum_{i=1}^n v_i^2 = \|v\|^2", (("v_i^2", "v_i^3"), ("i=1", "i=2"), (r"\|v\|^2", r"\|v\|"), ("v_i^2", "v_i^2 v_i^2"))),
    (r"\sum_{i=1}^n \int_0^x v_i u\,\mathrm{d}u = \frac{x^2}{2}\sum_{i} v_i", (("_0^x", "_0^1"), ("v_i u", "v_i^2 u"), ("{2}", "{3}"))),
    (r"\mathbb{E}[\int_0^x k u\,\mathrm{d}u] = \frac{n x^2}{4}", (("k u", "k^2 u"), ("n x^2", "n x"), ("_0^x", "_0^n"))),
    (r"\sup_{0\le t\le x} f(t) = f(x)", ((r"\le x}", r"\le 2}"), ("f(t)", "f'(t)"), ("f(t)", "f(t) t"))),
    (r"\sum_{i=1}^n \sum_{j=1}^n v_i v_j = (\sum_{i=1}^n v_i)^2", (("v_i v_j", "v_i^2 v_j"), ("v_i v_j", "v_j v_j"), ("j=1", "j=2"))),
]


@pytest.mark.parametrize(("text", "slips"), WRONG_VERSIONS, ids=str)
def test_wrong_versions_after_the_formula_find_what_they_find_alone(text: str, slips: tuple[tuple[str, str], ...]) -> None:
    look = look_of()
    assert agreement(chain_of(text), look).verdict is Verdict.SUPPORTED
    look.batches.kept = True
    for slip in slips:
        wrong = chain_of(text.replace(*slip, 1))
        found = agreement(wrong, look)
        assert same(found, agreement(wrong, look_of(), arrays=False))
        assert found.verdict is Verdict.REFUTED


def test_what_a_wrong_version_does_not_change_is_not_walked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    look, text = look_of(), r"\sum_{i=1}^n f(v_i) - f(x) = \sum_{i=2}^n f(v_i)"
    assert agreement(chain_of(text), look).verdict is Verdict.SUPPORTED
    look.batches.kept = True
    walked: list[tree.Apply] = []
    visit = evaluation._VISIT[tree.Apply]

    def noted(node: tree.Apply, scope: Any, algebra: Any) -> Any:
        walked.append(node)
        return visit(node, scope, algebra)

    monkeypatch.setitem(evaluation._VISIT, tree.Apply, noted)
    assert agreement(chain_of(text.replace("- f(x)", "+ f(x)")), look).verdict is Verdict.REFUTED
    assert not walked
    assert agreement(chain_of(text.replace("- f(x)", "- f(2x)")), look).verdict is Verdict.REFUTED
    assert {type(one.arguments[0]) for one in walked} == {tree.Operation}  # 2x, and no v_i


def test_an_open_range_is_compared_once_for_all_points(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = chain_of(r"\sup_{0<t<5-n} t = 5 - n")
    for arrays in (True, False):
        with pytest.raises(ShapeError, match="over nothing"):
            agreement(empty, look_of(), arrays)
    wrong = chain_of(r"\sup_{0<t<5-n} t = 6 - n")
    assert same(agreement(wrong, look_of()), agreement(wrong, look_of(), arrays=False))
    look = look_of()
    with pytest.raises(ShapeError, match="over nothing"):
        agreement(empty, look)
    parts = [part.numbers for part in look.batches.parts]
    assert parts == [part.numbers for part in look_of().batches.parts], "what one range parts is no other one's affair"
    monkeypatch.setattr(table, "judge_at", None)
    assert agreement(chain_of(r"\sup_{0<t<n} t = n + 0x"), look_of()).verdict is Verdict.SUPPORTED


def test_an_oracle_that_raises_does_so_unless_an_earlier_point_refutes() -> None:
    def picky(y: float, n: int) -> float:
        if n == 5:
            raise ValueError("five")
        return y

    symbols = {**SYMBOLS, "g": function(picky, of=("n",))}
    for arrays in (True, False):
        with pytest.raises(ValueError, match="five"):
            agreement(chain_of("g(x) = x"), look_of(symbols), arrays)
        first = next(number for number, point in enumerate(look_of().points) if point["n"] == 5)
        assert first > 0
        assert agreement(chain_of("g(x) = 2x"), look_of(symbols), arrays).verdict is Verdict.REFUTED


def test_the_cases_of_a_relation_come_in_the_order_of_the_points() -> None:
    look = look_of()
    found = Table(chain_of(r"\sum_{i} v_i^2 = \|v\|^2"), look)
    assert found.refuted() is None
    assert [case.point for case in found.relation(0, found.points)] == list(look.points)
