"""A claim that is deaf, retyped, raising or half read is exposed, and an erratum has to be refuted."""

from __future__ import annotations

import math
import sys
import types
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy

from hwgen.evidence.proof import Proof, prove
from hwgen.freshness.store import Store
from hwgen.judging.claim import chain_of, finding_of, look_at, proved
from hwgen.model import (
    Bindings,
    Claim,
    Evidence,
    Finding,
    Formula,
    Interval,
    Kind,
    Noted,
    Place,
    Statement,
    Verdict,
    closed,
    function,
    value,
    variable,
)
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, vocabulary

PLACE = Place(file="templates/t.tex.j2", line=41, column=3)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """The exponent of a power."""

    exponent: float = 2.0


def _power(problem: Problem) -> Bindings:
    return {"S": function(lambda x: math.exp(problem.exponent * math.log(x))), "x": variable("x")}


def _deaf(problem: Problem) -> Bindings:
    return {"S": function(lambda x: x**2), "x": variable("x")}


def _retyped(problem: Problem) -> Bindings:
    """The printed formula, typed again in Python."""
    return {"S": value(lambda x: x * x), "x": variable("x")}


def _raising(problem: Problem) -> Bindings:
    return {"S": function(_divides), "x": variable("x")}


def _divides(x: float) -> float:
    return x / 0


def _raising_elsewhere(problem: Problem) -> Bindings:
    if problem.exponent != 2:
        raise ValueError("only squares")
    return _power(problem)


CLAIM = Claim(name="trial", exercise="toy", sentence="", domain={"x": closed(0.5, 3)}, bind=_power, changed={"exponent": 3.0})


def _formula(text: str, macro: str = "checked") -> Formula:
    places = tuple(replace(PLACE, column=20 + offset) for offset in range(len(text)))
    return Formula(macro=macro, name="trial", text=text, place=PLACE, places=places)


def _found(text: str, **different: Any) -> Finding:
    return finding_of(replace(CLAIM, **different), _formula(text), Problem())


def test_a_claim_passes_if_it_holds_and_fails_on_the_changed_problem() -> None:
    found = _found("S(x) = x^2")
    assert (found.verdict, found.passed, found.complaint) == (Verdict.SUPPORTED, True, "")
    assert [one.verdict for one in found.changed] == [Verdict.REFUTED]


@pytest.mark.parametrize(("bind", "text"), [(_deaf, "S(x) = x^2"), (_retyped, "S = x^2")])
def test_an_oracle_that_does_not_hear_the_changed_problem_is_caught(bind: Any, text: str) -> None:
    found = _found(text, bind=bind)
    assert not found.passed
    assert found.complaint.startswith("trial is deaf: on the changed problem (exponent = 3.0) it is SUPPORTED, expected REFUTED; bind")
    assert "if they are, change in changed={…} what the relation depends on, or say with identity='…' why nothing does" in found.complaint


def test_a_changed_problem_that_cannot_be_judged_is_no_refutation() -> None:
    found = _found("S(x) = x^2", bind=_raising_elsewhere)
    assert not found.passed
    assert "UNDECIDED, expected REFUTED" in found.complaint
    assert "only squares" in found.complaint


def _nothing() -> None:
    """Everything printed is in the notation, or a variable of the domain."""


def _raised_to(problem: Problem, x: float) -> float:
    return float(x**problem.exponent)


NOTATION = {"S": Noted(module=__name__, binding=value(_raised_to)), "x": Noted(module=__name__, binding=value(lambda: 0.0))}


def test_a_symbol_that_is_named_means_the_variable_of_its_name_or_what_the_notation_says() -> None:
    found = _found("S = x^2", bind=_nothing, prints=("S", "x"), notation=NOTATION)
    assert (found.verdict, [one.verdict for one in found.changed]) == (Verdict.SUPPORTED, [Verdict.REFUTED])
    assert _found("S = 2x", bind=_nothing, prints=("S", "x"), notation=NOTATION).verdict is Verdict.REFUTED


def test_what_a_claim_says_itself_goes_before_its_notation() -> None:
    assert _found("S(x) = x^2", prints=("S", "x"), notation=NOTATION).verdict is Verdict.SUPPORTED


def test_symbols_keep_the_order_in_which_they_are_named() -> None:
    assert list(replace(CLAIM, prints=("x", "S"), notation=NOTATION).bindings(Problem())) == ["x", "S"]


def test_a_symbol_that_is_named_and_bound_nowhere_is_told_at_its_place() -> None:
    with pytest.raises(ContentError, match=r"t\.tex\.j2:\d+:\d+: .*trial\}: T is said to be printed and bound nowhere; expected it among"):
        _found("S(x) = x^2", prints=("T",), notation=NOTATION)


def test_a_symbol_that_is_named_and_not_printed_is_refused() -> None:
    with pytest.raises(ContentError, match="x is bound and does not occur"):
        _found("S = 4", bind=_nothing, prints=("S", "x"), notation=NOTATION, changed={}, identity="algebra")


def test_a_false_claim_is_refuted_at_the_relation_that_falls_short() -> None:
    text = "S(x) = x^2 = 2x"
    found = _found(text)
    assert (found.verdict, found.passed, found.changed) == (Verdict.REFUTED, False, ())
    assert found.formula.place.column == 20 + text.rindex("=")
    assert found.complaint.startswith("trial REFUTED at x = 0.5: x^2 is 0.25, 2x is 1 (tolerance")


def test_an_erratum_has_to_be_refuted() -> None:
    false = replace(CLAIM, changed={}, false=True)
    assert finding_of(false, _formula("S(x) = 2x", "refuted"), Problem()).passed
    true = finding_of(false, _formula("S(x) = x^2", "refuted"), Problem())
    assert (true.verdict, true.passed) == (Verdict.SUPPORTED, False)
    assert "the text says this is wrong; expected a run that REFUTES it" in true.complaint


def test_an_erratum_whose_check_raises_is_not_refuted() -> None:
    found = finding_of(replace(CLAIM, changed={}, false=True, bind=_raising), _formula("S(x) = 2x", "refuted"), Problem())
    assert (found.verdict, found.passed) == (Verdict.UNDECIDED, False)


def test_a_check_that_raises_names_its_error_file_and_line() -> None:
    line = Path(__file__).read_text().split("\n").index("    return x / 0") + 1
    found = _found("S(x) = x^2", bind=_raising)
    assert (found.verdict, found.passed) == (Verdict.UNDECIDED, False)
    assert "its check raised ZeroDivisionError" in found.complaint
    assert f"test_claim.py:{line}, in _divides" in found.complaint


def test_a_symbol_that_nobody_reads_is_refused_unless_the_changed_problem_shows_its_worth() -> None:
    bindings = {"S": function(lambda x: x**2), "x": variable("x"), "t": variable("x")}
    identity = replace(CLAIM, bind=lambda problem: bindings, changed={}, identity="algebra")
    with pytest.raises(ContentError, match=r"^templates/t\.tex\.j2:41:3: \\checked\{trial\}: t is bound and does not occur"):
        chain_of(identity, _formula("S(x) = x^2"), Problem())


def test_a_verdict_below_what_the_claim_needs_stops_it() -> None:
    found = _found("S(x) = x^2", needs=Verdict.PROVED)
    assert (found.verdict, found.passed) == (Verdict.SUPPORTED, False)


def _evidence(verdict: Verdict, covered: float = 1.0) -> list[Evidence]:
    return [Evidence(kind=Kind.INTERVAL, method="balls", verdict=verdict, cases=1, covered=covered)]


@pytest.mark.parametrize(
    ("verdict", "covered", "expected"),
    [
        (Verdict.PROVED, 1.0, Verdict.PROVED),
        (Verdict.PROVED, 0.9, Verdict.SUPPORTED),
        (Verdict.UNDECIDED, 1.0, Verdict.SUPPORTED),
        (Verdict.REFUTED, 0.1, Verdict.REFUTED),
    ],
)
def test_a_proof_counts_on_the_part_that_it_covers(
    monkeypatch: pytest.MonkeyPatch, verdict: Verdict, covered: float, expected: Verdict
) -> None:
    found = _found("S(x) = x^2", proof=_proofs(monkeypatch, lambda chain, problem: _evidence(verdict, covered)))
    assert found.verdict is expected
    assert found.passed == (expected is Verdict.PROVED)
    assert found.passed or "its proof does not go through" in found.complaint or "everywhere" not in found.complaint


def _proofs(monkeypatch: pytest.MonkeyPatch, prove: Any) -> str:
    """The name of a module that proves `trial` in that way."""
    module = types.ModuleType("proofs_of_a_trial")
    monkeypatch.setattr(module, "trial", prove, raising=False)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return module.__name__


def test_a_proof_that_raises_is_no_pass_and_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    def prove(chain: Any, problem: Any) -> list[Evidence]:
        raise ZeroDivisionError("no such limit")

    found = _found("S(x) = x^2", proof=_proofs(monkeypatch, prove))
    assert (found.verdict, found.passed) == (Verdict.SUPPORTED, False)
    assert "its proof does not go through" in found.complaint
    assert "ZeroDivisionError: no such limit" in found.complaint


def _statement(look: Any, changed: Mapping[str, Any] | None = None) -> Finding:
    noun = Statement(name="trial", exercise="toy", sentence="", look=look, changed={"exponent": 3.0} if changed is None else changed)
    return finding_of(noun, Formula(macro="verified", name="trial", text="", place=PLACE), Problem())


def _hears(problem: Problem) -> list[Evidence]:
    verdict = Verdict.SUPPORTED if problem.exponent == 2 else Verdict.REFUTED
    return [Evidence(kind=Kind.NUMERIC, method="counting", verdict=verdict, cases=3)]


def test_a_statement_is_held_to_the_same() -> None:
    assert _statement(_hears).passed
    assert "is deaf" in _statement(lambda problem: _hears(Problem())).complaint
    raised = _statement(lambda problem: [math.sqrt(-1)])
    assert (raised.verdict, raised.passed) == (Verdict.UNDECIDED, False)
    assert not _statement(lambda problem: []).passed


def _tabulated(problem: Problem) -> Bindings:
    return {"S": value(_counted), "x": variable("x")}


CALLS: list[float] = []


def _counted(x: float) -> float:
    CALLS.append(x)
    return x * x


def test_an_oracle_table_is_computed_once_for_all_formulas(tmp_path: Path) -> None:
    claim = replace(CLAIM, bind=_tabulated, changed={}, identity="algebra")
    first = look_at(claim, Problem(), Store(tmp_path))
    calls = len(CALLS)
    assert calls == len({point["x"] for point in first.points}) > 0
    again = look_at(claim, Problem(), Store(tmp_path))
    assert len(CALLS) == calls
    assert [scope.value("S") for scope in again.scopes] == [scope.value("S") for scope in first.scopes]


def test_another_domain_or_problem_is_another_table(tmp_path: Path) -> None:
    claim = replace(CLAIM, bind=_tabulated, changed={}, identity="algebra")
    for domain, problem in (({"x": Interval(low=1, high=2)}, Problem()), (claim.domain, Problem(exponent=3.0))):
        look_at(claim, Problem(), Store(tmp_path))
        calls = len(CALLS)
        look_at(replace(claim, domain=domain), problem, Store(tmp_path))
        assert len(CALLS) > calls


def test_shapes_that_do_not_match_are_said_of_the_claim_at_the_part_that_is_at_fault() -> None:
    def bind(problem: Problem) -> Bindings:
        return {"M": value(lambda: np.eye(2)), "x": variable("x")}

    text = "x = x + M x"
    formula = replace(_formula(text), places=tuple(replace(PLACE, column=column) for column in range(20, 20 + len(text))))
    with pytest.raises(ContentError) as caught:
        finding_of(replace(CLAIM, bind=bind), formula, Problem())
    said = rf"\checked{{{CLAIM.name}}}: 'x + M x' is a sum of shapes () and (2, 2); expected equal shapes"
    assert str(caught.value) == f"templates/t.tex.j2:41:24: {said}"


X = sympy.Symbol("x", real=True)
SQUARE = Proof(meanings={"S": X**2, "x": X}, method="algebra")
CUBE = Proof(meanings={"S": X**3, "x": X}, method="algebra")


def _made() -> Proof:
    return SQUARE


def _cases() -> tuple[Proof, ...]:
    return SQUARE, CUBE


def _by_hand(chain: Chain, problem: Any) -> list[Evidence]:
    return [prove(chain, SQUARE), prove(chain, CUBE)]


@pytest.mark.parametrize(
    ("stated", "verdicts"),
    [
        (SQUARE, [Verdict.PROVED]),
        (CUBE, [Verdict.UNDECIDED]),
        (_made, [Verdict.PROVED]),
        ((SQUARE, SQUARE), [Verdict.PROVED]),
        (_cases, [Verdict.UNDECIDED]),
        (_by_hand, [Verdict.PROVED, Verdict.UNDECIDED]),
    ],
)
def test_a_proof_is_a_value_several_cases_or_a_function(stated: Any, verdicts: list[Verdict]) -> None:
    bindings = {"S": value(lambda x: x**2), "x": variable("x")}
    chain = read(_formula("S = x^2"), vocabulary(bindings))
    assert [one.verdict for one in proved(stated, chain, Problem())] == verdicts
