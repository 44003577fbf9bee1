"""A claim that is its own oracle is found out by its source, however it is typed; one that takes another road is not."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from hwgen.judging.chains import chain_of
from hwgen.judging.claim import finding_of
from hwgen.judging.independence import own_oracle
from hwgen.model import Bindings, Claim, Derived, Formula, Place, closed, function, integers, value, variable, vectors

TWO = 2.0


@dataclass(frozen=True)
class Problem:
    factor: float = 2.0
    power: float = 2.0


def _half(x: float) -> float:
    return x / 2


def _wave(t: float, s: float) -> float:
    scale = s**2
    return float(scale * math.exp(-TWO * t))


def _branching(t: float, s: float) -> float:
    """What is undefined elsewhere is no other road."""
    if s < 0:
        return math.nan
    decay = np.exp(-2 * t)
    return s * s * decay


def _through_a_helper(t: float, s: float) -> float:
    return _raised(s) * np.exp(-4 * _half(t))


def _raised(x: float) -> float:
    total = x
    total *= x
    return total


def _of_the_problem(problem: Problem, t: float, s: float) -> float:
    return float(s**problem.power * math.exp(-problem.factor * t))


def _by_a_tuple(t: float, s: float) -> float:
    scale, decay = s**2, -2 * t
    return scale * math.exp(decay)


def _below_with(t: float, s: float) -> float:
    with np.errstate(all="ignore") as before:
        scale = s**2
    assert before
    return float(scale * np.exp(-2 * t))


def _returned_below_with(t: float, s: float) -> float:
    with np.errstate(all="ignore"):
        return float(s**2 * np.exp(-2 * t))


def _tried(t: float, s: float) -> float:
    try:
        scale = other = s * s
        return scale * math.exp(-2 * t) if other else math.nan
    except OverflowError:
        return math.nan


def _by_operators(t: float, s: float) -> float:
    return float(np.multiply(math.pow(s, 2), np.exp(np.subtract(0, np.multiply(2, t)))))


def _summed(t: float, s: float) -> float:
    """The exponential by its series: another road."""
    term, total = 1.0, 0.0
    for k in range(1, 60):
        total += term
        term *= -2 * t / k
    return s * s * total


CLAIM = Claim(name="own", exercise="toy", sentence="", domain={"t": closed(0, 1), "s": closed(0.5, 2)}, bind=lambda: None, identity="toy")
WAVE = r"w = s^2 e^{-2t}"


def _said(text: str, bind: Callable[..., Bindings], problem: Any = None, **different: Any) -> str:
    claim = replace(CLAIM, bind=bind, **different)
    formula = Formula(macro="checked", name="own", text=text, place=Place(file="templates/t.tex.j2", line=7))
    return own_oracle(chain_of(claim, formula, problem), claim.bindings(problem))


def _bound(compute: Any) -> Callable[..., Bindings]:
    return lambda: {"w": value(compute), "t": variable("t"), "s": variable("s")}


@pytest.mark.parametrize(
    "compute",
    [
        _wave,
        _branching,
        _through_a_helper,
        _by_a_tuple,
        _below_with,
        _returned_below_with,
        _tried,
        _by_operators,
        lambda t, s: math.exp(-2 * t) * s**2,
        lambda t, s: (decay := math.exp(-2 * t)) * s**2 + 0 * decay,
        lambda s, t: s * np.exp(-2 * t) * s,
    ],
)
@pytest.mark.parametrize("text", [WAVE, r"w = e^{-2t}s^2", r"s^2\exp(-2t) = w", r"w - 1 = s^2 e^{-2t} - 1"])
def test_a_formula_typed_again_is_found(compute: Any, text: str) -> None:
    said = _said(text, _bound(compute))
    assert "are one computation: w is bound to tests/judging/test_independence.py:" in said
    assert str(compute.__code__.co_firstlineno) in said


def test_numbers_of_the_problem_are_known() -> None:
    assert _said(WAVE, lambda problem: _bound(_of_the_problem)(), Problem())


@pytest.mark.parametrize("compute", [_summed, lambda t, s: s**2 * sum((-2 * t) ** k / math.factorial(k) for k in range(40))])
def test_another_road_is_none(compute: Any) -> None:
    assert _said(WAVE, _bound(compute)) == ""


def test_a_function_typed_again_is_found_at_its_arguments() -> None:
    def bound() -> Bindings:
        return {"f": function(lambda x: x**2 + 1), "t": variable("t"), "s": variable("s")}

    assert "f is bound to" in _said(r"f(t+s) = 1 + (s+t)^2", bound)
    assert _said(r"f(t+s) = f(t) + 2ts + s^2", bound) == ""


def test_two_names_of_one_computation_are_found() -> None:
    def bound() -> Bindings:
        return {"w": value(_summed), "v": value(_summed), "t": variable("t"), "s": variable("s")}

    assert "are one computation" in _said("3w + t = t + 3v", bound, domain={"t": closed(0, 1), "s": closed(0, 1)}, changed={"factor": 1.0})


def test_arrays_and_norms_are_read() -> None:
    def bound() -> Bindings:
        return {"q": value(lambda x, y: float(np.linalg.norm(x) ** 2 * (x @ y))), "x": variable("x"), "y": variable("y")}

    plane = {"x": vectors(2, norm=closed(0, 1)), "y": vectors(2, norm=closed(0, 1))}
    assert _said(r"q = \|x\|^2 x^\top y", bound, domain=plane)[:3] == "q a"
    assert _said(r"q = \|x\|^2 \langle y,x\rangle", bound, domain=plane)[:3] == "q a"


def test_a_definition_that_is_used_is_no_retyping() -> None:
    def bound() -> Bindings:
        return {"q": value(lambda t, s: 1 - t * s**2), "t": variable("t"), "s": variable("s")}

    assert _said(r"\frac{1-q^3}{s} = \frac{1-q^2}{s} + tsq^2", bound) == ""


def test_the_build_is_stopped_at_the_relation_and_names_the_line() -> None:
    claim = replace(CLAIM, bind=_bound(_wave))
    places = tuple(Place(file="templates/t.tex.j2", line=7, column=1 + k) for k in range(len(WAVE)))
    found = finding_of(claim, Formula(macro="checked", name="own", text=WAVE, place=places[0], places=places), None)
    assert not found.passed
    assert found.complaint.startswith("own is its own oracle: w and s^2 e^{-2t} are one computation: w is bound to tests/judging/test_ind")


def test_what_never_differs_is_declared_with_a_reason() -> None:
    def bound() -> Bindings:
        return {"w": value(lambda s: 2 * max(s * k / 16 for k in range(17))), "s": variable("s")}

    formula = Formula(macro="checked", name="own", text="w = s + s", place=Place(file="templates/t.tex.j2", line=7))
    found = finding_of(replace(CLAIM, bind=bound), formula, None)
    assert "do not differ at any of 49 points, not even by rounding" in found.complaint
    assert finding_of(replace(CLAIM, bind=bound, exact="the largest sixteenth of a float is the float"), formula, None).passed
    assert "exact=" in finding_of(replace(CLAIM, bind=_bound(_summed), exact="why not"), replace(formula, text=WAVE), None).complaint


def _spectral(x: float) -> float:
    """The eigenvalue of a matrix of one entry, which is that entry to the last digit: another road, which no tracing follows."""
    return float(np.linalg.eigvalsh([[x]])[0])


@pytest.mark.parametrize(("low", "high", "told"), [(1, 5, False), (1, 6, True)])
def test_a_few_fractions_may_be_rounded_alike_by_accident(low: int, high: int, told: bool) -> None:
    def bound() -> Bindings:
        return {"w": value(lambda n: _spectral(0.3 * n)), "n": variable("n")}

    claim = replace(CLAIM, bind=bound, domain={"n": integers(low, high)}, changed={}, identity="for the test", fixed=())
    formula = Formula(macro="checked", name="own", text="w = 0.3n", place=Place(file="templates/t.tex.j2", line=7))
    assert ("may be its own oracle" in finding_of(claim, formula, None).complaint) == told


def test_a_few_whole_numbers_are_rounded_by_no_machine() -> None:
    def bound() -> Bindings:
        return {"w": value(lambda n: _spectral(3.0 * n)), "n": variable("n")}

    claim = replace(CLAIM, bind=bound, domain={"n": integers(1, 3)}, changed={}, identity="for the test", fixed=())
    formula = Formula(macro="checked", name="own", text="w = 3n", place=Place(file="templates/t.tex.j2", line=7))
    assert "may be its own oracle" in finding_of(claim, formula, None).complaint


@pytest.mark.parametrize(("stray", "told"), [(2, False), (9, True)])
def test_what_is_exact_may_be_rounded_at_a_point_or_two_on_another_machine(stray: int, told: bool) -> None:
    def bound() -> Bindings:
        return {"w": value(lambda n: _spectral([3 * n, math.nextafter(3 * n, 0)][n <= stray])), "n": variable("n")}

    claim = replace(CLAIM, bind=bound, domain={"n": integers(1, 48)}, changed={}, identity="for the test", fixed=(), exact="counted")
    formula = Formula(macro="checked", name="own", text="w = 3n", place=Place(file="templates/t.tex.j2", line=7))
    complaint = finding_of(claim, formula, None).complaint
    assert ("differ by rounding at least" in complaint) if told else complaint == ""


def _bound_to_nothing() -> Bindings:
    return {}


def test_two_printed_numbers_have_no_oracle_to_type_again() -> None:
    formula = Formula(macro="checked", name="own", text=r"\int_0^1 2x\,\mathrm{d}x = 1", place=Place(file="templates/t.tex.j2", line=7))
    found = finding_of(replace(CLAIM, bind=_bound_to_nothing, changed={}, identity="two numbers"), formula, None)
    assert found.passed, found.complaint


@pytest.mark.parametrize(
    ("larger", "said"),
    [
        (lambda t, s: s**2 * math.exp(-2 * t), "what is derived for s^2 e^{-2t} at tests/judging/test_independence.py:"),
        (_through_a_helper, "is that formula, typed again; derive it on another road"),
        (_summed, ""),
    ],
)
def test_a_side_that_is_typed_again_is_not_derived(larger: Any, said: str) -> None:
    bound = _bound(lambda t, s: 0.9 * _summed(t, s))
    claim = replace(CLAIM, bind=bound, sharp=(Derived(larger=value(larger)),))
    formula = Formula(macro="checked", name="own", text=r"w \le s^2 e^{-2t}", place=Place(file="templates/t.tex.j2", line=7))
    found = finding_of(claim, formula, None)
    assert found.passed is not bool(said)
    assert said in found.complaint


def test_another_side_of_the_chain_is_no_derivation_either() -> None:
    claim = replace(
        CLAIM, bind=_bound(lambda t, s: 0.9 * _summed(t, s)), sharp=(Derived(larger=value(lambda t, s: s * s / math.exp(2 * t))),)
    )
    formula = Formula(
        macro="checked", name="own", text=r"w \le s^2 e^{-2t} = \frac{s^2}{e^{2t}}", place=Place(file="templates/t.tex.j2", line=7)
    )
    assert "is that formula, typed again" in finding_of(claim, formula, None).complaint


def test_what_a_tuple_takes_from_a_call_is_nothing_but_itself() -> None:
    def parted(t: float, s: float) -> float:
        scale, decay = divmod(s**2, -2 * t)
        return scale * math.exp(decay)

    assert _said(WAVE, _bound(parted)) == ""
