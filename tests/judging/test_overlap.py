"""How much code two sides share is measured by what the functions name, through closures, classes and what is given beforehand."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import pytest

from hwgen.freshness import sources
from hwgen.judging.chains import chain_of
from hwgen.judging.overlap import overlap
from hwgen.model import Binding, Claim, Formula, Place, closed, function, value, variable
from hwgen.model.called import reached


@pytest.fixture(autouse=True)
def _ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions of this file are an author's."""
    monkeypatch.setattr("hwgen.judging.overlap.is_authors", lambda name: sources.is_authors(name) or name == __name__)


def _start(x: float) -> float:
    return x + 1


def _one(x: float) -> float:
    return 2 * _start(x)


@functools.cache
def _other(x: float) -> float:
    return _start(x) * 3


def _alone(x: float) -> float:
    return x * 6


class _Network:
    def output(self, x: float) -> float:
        return _start(x)


def _through_a_class(x: float) -> float:
    return _Network().output(x)


def _overlap(text: str, bindings: Mapping[str, Binding]) -> tuple[list[str], int]:
    claim = Claim(name="c", exercise="toy", sentence="", domain={"x": closed(0, 1)}, bind=lambda: bindings, identity="toy")
    formula = Formula(macro="checked", name="c", text=text, place=Place(file="t.tex.j2", line=1))
    found = overlap(chain_of(claim, formula, None), bindings)
    return [name.removeprefix(f"{__name__}.") for name in found.common], found.of


def test_what_both_sides_reach_is_counted_once() -> None:
    assert _overlap("A = B", {"A": value(_one), "B": value(_other)}) == (["_start"], 3)


def test_roads_that_share_nothing_share_nothing() -> None:
    assert _overlap("A = B", {"A": value(_one), "B": value(_alone)}) == ([], 3)


def test_a_symbol_that_both_sides_print_is_no_overlap_of_them() -> None:
    assert _overlap("A + B = 2A", {"A": value(_one), "B": value(_alone)}) == ([], 3)


def test_each_relation_of_a_chain_counts() -> None:
    assert _overlap("C = A = B", {"A": value(_one), "B": value(_other), "C": value(_alone)}) == (["_start"], 4)


def test_two_names_of_one_function_are_found() -> None:
    assert _overlap("A = f(x)", {"A": value(_one), "f": function(_one), "x": variable("x")}) == (["_one", "_start"], 2)


@pytest.mark.parametrize(
    "call",
    [lambda x: _start(x), functools.partial(_one, 1.0), _through_a_class, _other, (lambda inner: lambda x: inner(x))(_start)],
    ids=["lambda", "partial", "class", "cache", "closure"],
)
def test_a_function_is_followed_however_it_is_named(call: Any) -> None:
    assert f"{__name__}._start" in reached(call, lambda name: name == __name__)
