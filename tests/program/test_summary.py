"""A printed number shows the digits that its error fixes, and no other."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hwgen.judging import ledger
from hwgen.model import Estimate, Finding, Formula, Hypothesis, Ledger, Need, Place, Tally, Verdict, Wrong
from hwgen.page.digits import digits, direction
from hwgen.page.page import Printable
from hwgen.program.summary import COLUMNS, complaint, copied, hypotheses, mutants_table, recalled, short_of, standing, without_verdict


@pytest.mark.parametrize(
    ("value", "error", "statistical", "expected"),
    [
        (-0.4971, 0.0032, True, "-0.497(3)"),
        (-0.4971, 0.0096, True, "-0.50(1)"),
        (12.34, 1.7, True, "12(2)"),
        (-0.0012, 0.061, True, "0.00(6)"),
        (-0.0004, 0.0003, False, "0.00"),
        (0.18980334, 4e-8, False, "0.189803"),
        (0.18980334, 4e-6, False, "0.1898"),
        (1401, 0, False, "1401"),
        (1.25, 0, False, "1.25"),
        (-3.0, 0, False, "-3"),
        (412345.0, 60, False, r"4.12\times 10^{5}"),
        (2.5e-7, 1e-9, False, r"2.5\times 10^{-7}"),
        (1e-10, 0, False, "10^{-10}"),
        (-1e-10, 0, False, "-10^{-10}"),
        (2e-10, 0, False, r"2\times 10^{-10}"),
        (1.25e-10, 0, False, r"1.25\times 10^{-10}"),
        (1e-10, 1e-11, False, r"1\times 10^{-10}"),
    ],
)
def test_digits(value: float, error: float, statistical: bool, expected: str) -> None:
    assert digits(Estimate(value=value, error=error, statistical=statistical)) == expected


@given(st.floats(-1e4, 1e4), st.floats(1e-9, 1e-2))
def test_every_number_of_the_enclosure_rounds_to_what_is_printed(value: float, error: float) -> None:
    text = digits(Estimate(value=value, error=error))
    if "(" in text or "times" in text:
        return
    decimals = len(text.partition(".")[2])
    assert float(f"{value - error:.{decimals}f}") == float(text) == float(f"{value + error:.{decimals}f}")


@given(st.floats(-1, 1), st.floats(1e-6, 1), st.booleans())
def test_no_zero_has_a_sign(value: float, error: float, statistical: bool) -> None:
    text = digits(Estimate(value=value, error=error, statistical=statistical))
    assert not (text.startswith("-") and float(text.partition("(")[0].partition("\\")[0]) == 0)


@pytest.mark.parametrize(("value", "error"), [(math.nan, 0.1), (1.0, math.inf)])
def test_a_number_that_is_not_one_is_refused(value: float, error: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        digits(Estimate(value=value, error=error))


@pytest.mark.parametrize(
    ("value", "error", "rounds", "expected"),
    [
        (0.51522, 1e-9, "up", "0.51522001"),
        (0.18980334, 4e-6, "", "0.1898"),
        (0.18980334, 4e-6, "up", "0.1899"),
        (0.18980334, 4e-6, "down", "0.1897"),
        (0.18981, 4e-6, "down", "0.18980"),
        (-0.18980334, 4e-6, "down", "-0.1899"),
        (-0.18981, 4e-6, "up", "-0.18980"),
        (2.534e-7, 1e-9, "up", r"2.6\times 10^{-7}"),
        (1401, 0, "up", "1401"),
    ],
)
def test_a_number_rounds_past_its_whole_enclosure_where_it_says_so(value: float, error: float, rounds: str, expected: str) -> None:
    assert digits(Estimate(value=value, error=error, rounds=rounds)) == expected


@given(st.floats(-1e4, 1e4), st.floats(1e-9, 1e-2), st.sampled_from(["up", "down"]))
def test_what_rounds_up_bounds_every_number_of_the_enclosure(value: float, error: float, rounds: str) -> None:
    text = digits(Estimate(value=value, error=error, rounds=rounds))
    if "(" in text:
        return
    number = float(text.replace(r"\times 10^{", "e").rstrip("}"))
    assert (number >= value + error) if rounds == "up" else (number <= value - error)
    assert direction(Estimate(value=value, error=error, rounds=rounds)) in {rounds, ""}


def test_a_number_with_a_standard_error_rounds_to_the_nearest() -> None:
    with pytest.raises(ValueError, match="rounds to the nearest"):
        Estimate(value=1.0, error=0.1, statistical=True, rounds="up")
    with pytest.raises(ValueError, match='expected "up" or "down"'):
        Estimate(value=1.0, error=0.1, rounds="above")
    assert direction(Estimate(value=0.4971, error=0.003, statistical=True)) == ""
    assert direction(Estimate(value=0.4934, error=0.0008)) == "down"
    assert direction(Estimate(value=0.4979, error=0.0008)) == "up"


def _finding(name: str, macro: str = "checked", **said: Any) -> Finding:
    formula = Formula(macro=macro, name=name, text="", place=Place(file="t", line=1))
    return Finding(**{"name": name, "formula": formula, "verdict": Verdict.SUPPORTED, "passed": True, "evidence": (), **said})


def test_hypotheses_are_counted_and_so_are_the_claims_that_say_nothing_of_theirs() -> None:
    needs = (Need.EXACT, Need.UNSEEN, Need.STRICTER)
    given = tuple(Hypothesis(text="t>0", need=need, kept="custom" if need.told else "") for need in needs)
    found = [
        _finding("tested", hypotheses=given, in_words=("the plane is flat",)),
        _finding("tested", hypotheses=given, in_words=("the plane is flat",)),
        _finding("worded", in_words=("a", "b")),
        _finding("free", always="for every number"),
        _finding("silent"),
        _finding("wrong", macro="refuted"),
        _finding("sentence", macro="verified"),
    ]
    assert hypotheses(found) == [
        "3 hypotheses of 1 claim under test: 1 needed as printed, 1 kept for a reason, 1 with nothing outside of them to try",
        "of the other claims 1 have them in words only, 1 need none, 1 say nothing; 3 hypotheses in words",
    ]
    strict = (Hypothesis(text="t>1", need=Need.STRICTER), Hypothesis(text="t>0", need=Need.EXACT))
    assert (
        ": 1 needed as printed, 0 kept for a reason, 1 not needed as printed, 0 with nothing"
        in hypotheses([_finding("strict", hypotheses=strict)])[0]
    )
    assert hypotheses([_finding("silent"), _finding("sentence", macro="verified")]) == []


def test_what_falls_short_is_not_counted_among_those_that_say_nothing_of_hypotheses() -> None:
    broken = _finding("broken", verdict=Verdict.REFUTED, passed=False)  # its printed hypotheses were not tried
    assert hypotheses([broken]) == []
    (line,) = hypotheses([broken, _finding("free", always="for every number")])
    assert line == "of the claims 0 have them in words only, 1 need none, 0 say nothing; 0 hypotheses in words"


@pytest.mark.parametrize(
    ("verdict", "passed", "word"),
    [
        ("PROVED", True, "PROVED"),
        ("PROVED", False, "FELL SHORT, though PROVED"),
        ("SUPPORTED", False, "FELL SHORT, though SUPPORTED"),
        ("REFUTED", False, "REFUTED"),
        ("REFUTED", True, "REFUTED"),
        ("UNDECIDED", False, "UNDECIDED"),
    ],
)
def test_no_verdict_sounds_like_a_pass_where_it_is_none(verdict: str, passed: bool, word: str) -> None:
    assert standing(verdict, passed) == word


def test_what_falls_short_says_where_its_symbols_are_bound() -> None:
    claims = {
        "area": Printable(exercise="disc", macro="checked", file="exercises/disc.py", line=7),
        "round": Printable(exercise="disc", macro="verified", file="exercises/disc.py", line=9),
    }
    for name, told in (("area", "its symbols are bound at exercises/disc.py:7"), ("round", "it is tried at exercises/disc.py:9")):
        found = _finding(name, verdict=Verdict.REFUTED, passed=False, complaint="it fails.")
        assert complaint(found, claims)[0] == f"t:1: it fails; {told}"
        assert complaint(found)[0] == "t:1: it fails"


def test_a_ledger_in_plain_data_tells_what_falls_short() -> None:
    formula = Formula(macro="checked", name="area", text="A", place=Place(file="t", line=1, column=2))
    findings = (_finding("area", formula=formula, verdict=Verdict.REFUTED, passed=False, complaint="it fails"), _finding("other"))
    tallies = (Tally(name="other", formula=formula, refuted=1, survivors=("a digit",)), Tally(name="area", formula=formula))
    known: dict[str, Any] = {"constants": {}, "figures": {}, "seconds": {}, "versions": {}, "coverage": (1, 1)}
    written = Ledger(findings=findings, tallies=tallies, **known)
    again = recalled(ledger.whole(written))
    assert short_of(again) == short_of(written)
    assert [line.partition(" ")[0] for line in short_of(again)] == ["t:1:2:", "t:1:2:"]


def test_the_table_of_wrong_versions_says_what_its_columns_mean() -> None:
    place = Place(file="t.tex.j2", line=1)
    formula = Formula(macro="checked", name="area", text="A = r", place=place)
    head, *_, last = mutants_table([Tally(name="area", formula=formula)])
    words = {"refuted", "close", "stopped", "same", "survived", "unreadable"}
    assert words <= set(head.split())
    assert (last, words <= {part.partition(":")[0].strip() for part in COLUMNS.split(";")}) == (COLUMNS, True)


def test_numbers_copied_from_a_run_are_counted_once_for_each_claim() -> None:
    found = [
        _finding("one", copied=("0.5", "0.7")),
        _finding("one", copied=("0.5", "0.7")),
        _finding("other", copied=("0.1",)),
        _finding("none"),
    ]
    assert copied(found) == ["3 largest ratios of 2 claims are copied from a run, which hwgen list --copied names"]
    assert copied([_finding("none")]) == []


def test_wrong_versions_without_a_verdict_are_counted_by_why_they_have_none() -> None:
    def wrong(fate: str, at: str = "") -> Wrong:
        return Wrong(kind="a digit", fate=fate, low=0, high=1, new="2", at=at)

    formula = Formula(macro="checked", name="one", text="a = b", place=Place(file="t", line=1))
    found = Tally(
        name="one",
        formula=formula,
        wrong=(wrong("stopped", "x"), wrong("stopped", "y"), wrong("refuted")),
        hypotheses=(wrong("stopped", "y"),),
    )
    assert without_verdict([found]) == ["3 wrong versions without a verdict: 2 y; 1 x"]
    assert without_verdict([Tally(name="one", formula=formula, wrong=(wrong("refuted"),))]) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("area REFUTED at r = 2", "templates/t.tex.j2:5: area REFUTED at r = 2"),
        (
            "area UNDECIDED its check raised NameError: name 'x' (exercises/disc.py:50, in <lambda>)",
            "exercises/disc.py:50: area UNDECIDED its check raised NameError: name 'x', in <lambda>; printed at templates/t.tex.j2:5",
        ),
        (
            "area UNDECIDED its check raised MemoryError:  (exercises/disc.py:7)",
            "exercises/disc.py:7: area UNDECIDED its check raised MemoryError: ; printed at templates/t.tex.j2:5",
        ),
    ],
)
def test_what_falls_short_is_said_at_the_line_that_is_to_be_mended(said: str, told: str) -> None:
    place = Place(file="templates/t.tex.j2", line=5)
    formula = Formula(macro="checked", name="area", text="A", place=place)
    message, where = complaint(Finding(name="area", formula=formula, verdict=Verdict.UNDECIDED, passed=False, evidence=(), complaint=said))
    assert message == told
    assert message.startswith(f"{where}: ")
