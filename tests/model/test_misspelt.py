"""What Python says of a wrong declaration is said in the author's words, at the author's line, with what there is instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from hwgen.authors.proofs import Proof
from hwgen.model import Approx, Binds, Derived, Estimate, Ratio, cases, closed, expectation, function, integers, log_closed, value, variable
from hwgen.model.bindings import value_on
from hwgen.model.catalog import Exercise
from hwgen.model.errors import ContentError
from hwgen.model.misspelt import hint, told
from hwgen.model.wellformed import bound, bound_at


@dataclass(frozen=True)
class Problem:
    scale: float = 1.0


def double() -> None:
    """Twice is twice."""


def runs(problem: Problem) -> dict[str, list[float]]:
    """Runs."""
    return {"width": [1.0 * problem.scale]}


def drawn(figure: Any, data: Any) -> None:
    """A drawing."""


def _exercise() -> Any:
    return Exercise("toy", title="Toy", problem=Problem())


def _from(module: str, name: str) -> Any:
    exec(f"from {module} import {name}", {})


WRONG: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: _exercise().constant(drawn),
        "@exercise.constant is given something without a name; expected parentheses with its options by name",
    ),
    (lambda: _exercise().study(), "expected @exercise.study alone, without parentheses"),
    (lambda: _exercise().claim(double), "@exercise.claim lacks domain; expected domain=… in it"),
    (lambda: _exercise().figure(height=1), "expected of=… in it"),
    (lambda: _exercise().figur(of=[]), r"there is no @exercise.figur; expected one of .*claim.*Did you mean 'figure'\?"),
    (
        lambda: _exercise().figure(of=[], heigth=1),
        r"@exercise.figure has no option 'heigth'; expected one of height, of. Did you mean 'height'\?",
    ),
    (lambda: Derived(smaler=value(abs)), r"Derived has no option 'smaler'.*Did you mean 'smaller'\?"),  # type: ignore[call-arg] # what is tested
    (lambda: value(abs, eror=1.0), r"value has no option 'eror'.*Did you mean 'error'\?"),  # type: ignore[call-arg] # what is tested
    (lambda: Estimate(1.0, 0.1), r"expected each by its name: Estimate\(value=…, error=…"),  # type: ignore[misc] # what is tested
    (lambda: _from("hwgen.authors", "closd"), r"there is no 'closd' in hwgen.authors; .*Did you mean 'closed'\?"),
    (lambda: _from("hwgen.model.domian", "closed"), r"there is no module 'domian' in hwgen.model; .*Did you mean 'domain'\?"),
    (
        lambda: _from("nowhere_at_all", "x"),
        r"expected one of the content, or a library that is installed beside hwgen \(pip install nowhere_at_all\)",
    ),
    (
        lambda: Proof(meanings={}, metod="simplification"),  # type: ignore[call-arg] # what is tested
        r"Proof has no option 'metod'; expected one of .*Did you mean 'method'\?",
    ),
    (lambda: Estimate(value=1.0), r"Estimate lacks error; expected error=… in it: .*; 0\.0 of a count that is exact"),  # type: ignore[call-arg] # what is tested
    (lambda: eval("undefined", {}), "name 'undefined' is not defined; expected it to be imported, or defined above"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG)
def test_a_slip_is_told_with_what_there_is(wrong: Callable[[], Any], said: str) -> None:
    with pytest.raises((TypeError, AttributeError, ImportError, NameError)) as caught:
        wrong()
    assert re.search(said, told(caught.value))


def test_an_error_of_another_kind_is_left_as_it_is() -> None:
    assert told(ZeroDivisionError("division by zero")) == ""
    assert told(TypeError("author() takes 1 positional argument but 2 were given")) == ""


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("data['dist']", "; there is 'distance', 'time'. Did you mean 'distance'?"),
        ("data['entropy']", "; there is 'distance', 'time'"),
        ("{}['entropy']", "; there is 'distance', 'time'"),
        ("data[1]", ""),
        ("problem.skale", ". Did you mean 'scale'?"),
        ("problem.entropy", ""),
        ("problm.scale", ". Did you mean 'problem'?"),
        ("closed(0, 1)", ", as by from hwgen.authors import closed"),
        ("1 / 0", ""),
    ],
)
def test_what_is_nearest_to_a_name_or_key_that_is_not_there_is_told(wrong: str, said: str) -> None:
    known = {"data": {"distance": 1.0, "time": 2.0}, "problem": Problem(), "__builtins__": {"list": list}}
    with pytest.raises((KeyError, AttributeError, NameError, ZeroDivisionError)) as caught:
        eval(wrong, dict(known))
    assert hint(caught.value, known) == said
    many = {f"k{number}": 0 for number in range(20)}
    assert hint(KeyError("entropy"), {"data": many}).endswith("'k7', …")


def _claim(**options: Any) -> Any:
    return _exercise().claim(**{"domain": {"x": closed(0, 1)}, "changed": {"scale": 2.0}, **options})(double)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"domain": {"x": closed(2, 1)}}, r"x ranges over nothing, since its lower end 2 is above its upper end 1"),
        ({"domain": {"x": integers(3, -3)}}, r"x ranges over nothing, since its lower end 3"),
        ({"domain": {"x": log_closed(0, 1)}}, r"x ranges over a logarithm down to 0; expected a lower end above 0"),
        ({"domain": {"x": cases()}}, r"x ranges over no case; expected one or more"),
        ({"domain": {"x": (0, 1)}}, r"its variable x ranges over \(0, 1\); expected closed\(…\)"),
        ({"changed": {"skale": 1.0}}, r"has no 'skale'; expected one of scale. Did you mean 'scale'\?"),
        ({"sharp": Binds(at={"x": 1.0})}, "sharp is Binds; expected a list"),
        ({"sharp": [1.0]}, "sharp is a list with 1.0; expected a list"),
        ({"sharp": [(Binds(at={"x": 1.0}), 2)]}, "sharp holds 2; expected Binds"),
        ({"sharp": [Binds(at={"y": 1.0})]}, "it binds at a value of 'y', which is no variable of its domain; expected one of x"),
        ({"sharp": [Ratio(largest=1.0, within=0.1, where={"y": 1})]}, "which is no variable of its domain"),
        ({"sharp": [Derived(larger=value(lambda problem, xx: xx))]}, "its derivation takes 'xx', which is no variable of its domain"),
        ({"sharp": [Derived(larger=abs)]}, r"derived from larger=<built-in.*; expected value\(…\)"),
    ],
)
def test_a_claim_is_made_of_what_it_can_be_made_of(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ContentError, match=r"test_misspelt\.py:\d+: double: .*" + said):
        _claim(**options)


@pytest.mark.parametrize("given", ["runs", ["runs"], runs])
def test_what_a_noun_views_is_a_list_of_studies(given: Any) -> None:
    for declare in (_exercise().figure, _exercise().constant, _exercise().table):
        with pytest.raises(ContentError, match=r"test_misspelt\.py:\d+: of is .*; expected a list, as in of=\[the_study\]"):
            declare(of=given)(drawn)


@pytest.mark.parametrize(
    ("binding", "said"),
    [
        ("x", r"k is bound to 'x'; expected variable\(…\)"),
        (
            variable("xx"),
            r"k is bound to the variable 'xx', which is no variable of its domain; expected one of x, width. Did you mean 'x'",
        ),
        (variable(abs), r"k is bound to variable\(abs\); expected the name of a variable of its domain, or value\(…\) of a computation"),
        (value("x"), "k is bound to what is computed by 'x', which is no function"),
        (value(lambda problem, wdth: wdth), r"k is computed from 'wdth'.*Did you mean 'width'\?"),
        (function(abs, of=["y"]), "k is a function of 'y'"),
        (expectation(lambda y: y, "Z"), "the law of k takes 'y'"),
    ],
)
def test_a_symbol_is_bound_to_what_its_domain_serves(binding: Any, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        bound("k", binding, {"x": closed(0, 1), "width": closed(1, 2)})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([1.0, 2.0], r"value is \[1\.0, 2\.0\]; expected one number"),
        (np.ones(3), "value is an array of 3 numbers; expected one number"),
        (np.ones((2, 3)), r"value is an array of shape \(2, 3\); expected one number"),
        ("1", "value is '1'; expected one number"),
    ],
)
def test_an_estimate_is_of_one_number(value: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Estimate(value=value, error=0.0)
    assert Estimate(value=np.float32(2.0), error=Fraction(1, 2)).value == 2.0  # type: ignore[arg-type] # numbers all the same


def test_a_slip_of_a_binding_is_told_on_its_line() -> None:
    def bind() -> dict[str, Any]:
        return {
            "k": variable("x"),
            "m": variable("y"),
        }

    outside = variable("x")
    assert bound_at(bind, "m", variable("y")).line == bind.__code__.co_firstlineno + 3
    assert bound_at(bind, "n", outside).line == bind.__code__.co_firstlineno
    elsewhere = value(lambda problem, y: y)
    assert bound_at(bind, "n", value_on(elsewhere, None)).line == elsewhere.compute.__code__.co_firstlineno


def test_what_a_domain_serves_is_bound() -> None:
    domain = {"x": closed(0, 1)}
    for binding in (variable("x"), value(lambda problem, x, y=2: x), value(lambda **point: point), value(abs), function(abs, of=["x"])):
        bound("k", binding, domain)
    assert Approx(value=1.0, error=0.0).value == 1.0


def test_a_claim_that_returns_nothing_and_names_no_symbol_forgot_its_return() -> None:
    with pytest.raises(ContentError, match=r"double returns None; expected .*is its return missing\?"):
        _claim().bindings(Problem())
