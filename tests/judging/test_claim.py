"""A claim that is deaf, retyped, raising or half read is exposed, and an erratum has to be refuted."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from judging.powers import CLAIM, PLACE, Problem, judged, power, printed

from hwgen.freshness.store import Store
from hwgen.judging.claim import chain_of, finding_of, look_at
from hwgen.model import Bindings, Evidence, Finding, Formula, Interval, Kind, Noted, Statement, Verdict, function, value, variable
from hwgen.model.errors import ContentError
from hwgen.model.wellformed import declared_at


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
    return power(problem)


def test_a_claim_passes_if_it_holds_and_fails_on_the_changed_problem() -> None:
    found = judged("S(x) = x^2")
    assert (found.verdict, found.passed, found.complaint) == (Verdict.SUPPORTED, True, "")
    assert [one.verdict for one in found.changed] == [Verdict.REFUTED]


@pytest.mark.parametrize(("bind", "text"), [(_deaf, "S(x) = x^2"), (_retyped, "S = x^2")])
def test_an_oracle_that_does_not_hear_the_changed_problem_is_caught(bind: Any, text: str) -> None:
    found = judged(text, bind=bind)
    assert not found.passed
    assert found.complaint.startswith("trial is deaf: on the changed problem (exponent = 3.0) it is SUPPORTED, expected REFUTED; bind")
    assert "if they are, change in changed={…} what the relation depends on, or say with identity='…' why nothing does" in found.complaint


def test_a_changed_problem_that_cannot_be_judged_is_no_refutation() -> None:
    found = judged("S(x) = x^2", bind=_raising_elsewhere)
    assert not found.passed
    assert "UNDECIDED, expected REFUTED" in found.complaint
    assert "only squares" in found.complaint


def _nothing() -> None:
    """Everything printed is in the notation, or a variable of the domain."""


def _raised_to(problem: Problem, x: float) -> float:
    return float(x**problem.exponent)


NOTATION = {"S": Noted(module=__name__, binding=value(_raised_to)), "x": Noted(module=__name__, binding=value(lambda: 0.0))}


def test_a_symbol_that_is_named_means_the_variable_of_its_name_or_what_the_notation_says() -> None:
    found = judged("S = x^2", bind=_nothing, prints=("S", "x"), notation=NOTATION)
    assert (found.verdict, [one.verdict for one in found.changed]) == (Verdict.SUPPORTED, [Verdict.REFUTED])
    assert judged("S = 2x", bind=_nothing, prints=("S", "x"), notation=NOTATION).verdict is Verdict.REFUTED


def test_what_a_claim_says_itself_goes_before_its_notation() -> None:
    assert judged("S(x) = x^2", prints=("S", "x"), notation=NOTATION).verdict is Verdict.SUPPORTED


def test_symbols_keep_the_order_in_which_they_are_named() -> None:
    assert list(replace(CLAIM, prints=("x", "S"), notation=NOTATION).bindings(Problem())) == ["x", "S"]


WRONG: list[tuple[Any, str]] = [
    (lambda problem: [1], r"returns a list; expected \{symbol: what it stands for\}"),
    (lambda problem: {"S": "S"}, r"S is bound to 'S'; expected variable\(…\)"),
    (lambda problem: {"\tau": variable("x")}, r"'\\tau' is bound, in which Python reads '\\t' as one character; expected r'\\tau'"),
    (lambda problem: {"S": problem.exponnt}, r"'Problem' object has no attribute 'exponnt'"),
]


@pytest.mark.parametrize(("bind", "said"), WRONG)
def test_what_is_wrong_with_its_bindings_is_told_where_they_are_made(bind: Any, said: str) -> None:
    with pytest.raises(ContentError, match=rf"{said}.*; printed at templates/t\.tex\.j2:\d+:\d+$") as caught:
        judged("S(x) = x^2", bind=bind)
    place = caught.value.place
    assert place is not None
    assert (Path(place.file).resolve(), place.line) == (Path(__file__), bind.__code__.co_firstlineno)


def test_a_symbol_that_is_named_and_bound_nowhere_is_told_where_it_is_named() -> None:
    with pytest.raises(
        ContentError, match=r"trial: T is said to be printed and bound nowhere; expected it among .*; printed at \S+:\d+:\d+$"
    ) as caught:
        judged("S(x) = x^2", prints=("T",), notation=NOTATION)
    assert caught.value.place == declared_at(CLAIM.bind)


def test_a_symbol_that_is_not_bound_is_told_on_the_page_and_so_is_where_the_others_are() -> None:
    where = rf"Its symbols are bound at \S*powers\.py:{declared_at(CLAIM.bind).line}$"
    with pytest.raises(ContentError, match=rf"'T' is not bound in claim trial; .*{where}") as caught:
        judged("S(x) = T^2")
    assert caught.value.place
    assert caught.value.place.file == PLACE.file


def test_a_symbol_that_is_named_and_not_printed_is_refused() -> None:
    with pytest.raises(ContentError, match="x is bound and does not occur"):
        judged("S = 4", bind=_nothing, prints=("S", "x"), notation=NOTATION, changed={}, identity="algebra")


def test_a_false_claim_is_refuted_at_the_relation_that_falls_short() -> None:
    text = "S(x) = x^2 = 2x"
    found = judged(text)
    assert (found.verdict, found.passed, found.changed) == (Verdict.REFUTED, False, ())
    assert found.formula.place.column == 20 + text.rindex("=")
    assert found.complaint.startswith("trial REFUTED at x = 0.5: x^2 is 0.25, 2x is 1 (tolerance")


def test_an_erratum_has_to_be_refuted() -> None:
    false = replace(CLAIM, changed={}, false=True)
    assert finding_of(false, printed("S(x) = 2x", "refuted"), Problem()).passed
    true = finding_of(false, printed("S(x) = x^2", "refuted"), Problem())
    assert (true.verdict, true.passed) == (Verdict.SUPPORTED, False)
    assert "the text says this is wrong; expected a run that REFUTES it" in true.complaint


def test_an_erratum_whose_check_raises_is_not_refuted() -> None:
    found = finding_of(replace(CLAIM, changed={}, false=True, bind=_raising), printed("S(x) = 2x", "refuted"), Problem())
    assert (found.verdict, found.passed) == (Verdict.UNDECIDED, False)


def test_a_check_that_raises_names_its_error_file_and_line() -> None:
    line = Path(__file__).read_text().split("\n").index("    return x / 0") + 1
    found = judged("S(x) = x^2", bind=_raising)
    assert (found.verdict, found.passed) == (Verdict.UNDECIDED, False)
    assert "its check raised ZeroDivisionError" in found.complaint
    assert f"test_claim.py:{line}, in _divides" in found.complaint


def test_a_symbol_that_nobody_reads_is_refused_unless_the_changed_problem_shows_its_worth() -> None:
    bindings = {"S": function(lambda x: x**2), "x": variable("x"), "t": variable("x")}
    identity = replace(CLAIM, bind=lambda problem: bindings, changed={}, identity="algebra")
    with pytest.raises(ContentError, match=r"^templates/t\.tex\.j2:41:3: \\checked\{trial\}: t is bound and does not occur"):
        chain_of(identity, printed("S(x) = x^2"), Problem())


def test_a_verdict_below_what_the_claim_needs_stops_it() -> None:
    found = judged("S(x) = x^2", needs=Verdict.PROVED)
    assert (found.verdict, found.passed) == (Verdict.SUPPORTED, False)


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
    formula = replace(printed(text), places=tuple(replace(PLACE, column=column) for column in range(20, 20 + len(text))))
    with pytest.raises(ContentError) as caught:
        finding_of(replace(CLAIM, bind=bind), formula, Problem())
    said = rf"\checked{{{CLAIM.name}}}: 'x + M x' is a sum of shapes () and (2, 2); expected equal shapes"
    assert str(caught.value) == f"templates/t.tex.j2:41:24: {said}"
