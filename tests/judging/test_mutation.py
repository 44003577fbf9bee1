"""A sound check refutes every wrong version; one that is blind has survivors, and says which."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
from conftest import PROJECT
from judging.discs import CLAIM, blurred, quarter, tallied

from hwgen.judging.mutation import CAUSES, tally
from hwgen.judging.slips import mutants
from hwgen.model import (
    Approx,
    Bindings,
    Binds,
    Formula,
    Macro,
    Place,
    cases,
    closed,
    function,
    value,
    variable,
)
from hwgen.program.summary import mutants_table, survivors


def test_a_sound_check_refutes_every_wrong_version() -> None:
    found = tallied(r"A = \pi r^2")
    assert found.survivors == ()
    assert found.refuted >= 8


@pytest.mark.parametrize(
    ("text", "macros"),
    [
        (r"A = \half\pi r^2 + \half\pi r^2", [Macro(name=r"\half", count=0, body=r"\tfrac12")]),
        (r"A = \sq{r}\pi", [Macro(name=r"\sq", count=1, body="(#1)^2")]),
        (r"A \is \pi r^2", [Macro(name=r"\is", count=0, body="=")]),
        (r"A = \group{\pi}r^2", [Macro(name=r"\group", count=1, body="(#1)")]),
    ],
)
def test_wrong_versions_of_a_formula_with_commands_of_the_authors_own_are_refuted(text: str, macros: list[Macro]) -> None:
    formula = Formula(macro="checked", name="area", text=text, place=Place(file="templates/t.tex.j2", line=5), macros=tuple(macros))
    found = tally(CLAIM, formula, None)
    assert found.survivors == ()
    assert found.enough
    assert found.refuted >= 4


def test_every_wrong_version_is_judged() -> None:
    text = r"A = \pi r^2 + 0\left(r + 2r^2 + 3r^3 + 4r^4 + 5r^5\right)"
    found = tallied(text)
    counted = found.refuted + found.close + found.stopped + found.same + found.unreadable + len(found.survivors)
    assert counted == len(list(mutants(text, ["A", "r"]))) > 50


def test_a_short_true_formula_passes() -> None:
    found = tallied("A = 7", bind=_seven, domain={}, fixed=("A",))
    assert found.enough
    assert 0 < found.refuted < 10


def _seven(problem: Any) -> Bindings:
    return {"A": value(lambda: 7 * (math.cosh(1) ** 2 - math.sinh(1) ** 2))}


def test_kronecker_is_its_own_square_but_no_other_symbol_is() -> None:
    kept, blind = (
        tallied(
            rf"A = {name} r",
            bind=lambda _, name=name: {"A": value(lambda r, k: k * r), "r": variable("r"), name: variable("k")},
            domain={"r": closed(0.3, 3), "k": cases(0.0, 1.0)},
            fixed=(name,),
        )
        for name in (r"\delta_{jk}", r"\kappa")
    )
    assert [[one.partition(":")[0] for one in found.survivors].count("square added") for found in (kept, blind)] == [0, 1]


def test_a_survivor_is_not_enough() -> None:
    found = tallied(r"A = \pi r^2", domain={"r": closed(1, 1)}, fixed=("A", "r"))
    assert found.refuted > 0
    assert found.survivors
    assert not found.enough


def test_a_kind_of_which_none_is_refuted_is_not_enough() -> None:
    found = tallied("A = f(2) r", bind=_for_two)
    assert found.survivors == ()
    assert found.refuted > 0
    assert not found.enough
    assert found.blind == ("another number", "a number halved or doubled", "a bracket moved")
    assert "no wrong version was refuted: another number" in survivors(found)[0]


def _for_two(problem: Any) -> Bindings:
    def known(number: float) -> Approx:
        return Approx(value=math.pi, error=1e-12 if number == 2 else 10.0)

    return {"A": value(lambda r: 4 * quarter(r) / r), "r": variable("r"), "f": function(known)}


def test_a_domain_of_one_blind_point_lets_wrong_powers_pass() -> None:
    found = tallied(r"A = \pi r^2", domain={"r": closed(1, 1)}, fixed=("A", "r"))
    survived = {line.partition(": ")[2].partition("; ")[0].replace(" ", "") for line in found.survivors}
    assert {r"A=\pir^3", r"A=\pir"} <= survived
    assert all("it holds at all" in line for line in found.survivors)


def test_a_widened_tolerance_lets_wrong_numbers_pass() -> None:
    sound, wide = (
        tallied(r"A = \frac{314}{100} r^2 + \pi r^2 - \frac{314}{100} r^2"),
        tallied(r"A = \frac{314}{100} r^2 + \pi r^2 - \frac{314}{100} r^2", bind=_wide),
    )
    assert sound.survivors == ()
    assert any("314 becomes 315" in line for line in wide.survivors)


def _wide(problem: Any) -> Bindings:
    return {"A": value(lambda r: Approx(value=4 * quarter(r), error=0.04 * r * r)), "r": variable("r")}


def test_a_tolerance_that_decides_nothing_earns_nothing() -> None:
    assert tallied(r"A = \pi r^2", bind=blurred).refuted < tallied(r"A = \pi r^2").refuted


def test_a_weaker_bound_is_refuted_by_its_declared_sharpness() -> None:
    assert tallied(r"A \ge 4\pi(r-1)", sharp=(Binds(at={"r": 2.0}),)).survivors == ()


def test_the_same_relation_in_other_words_is_no_survivor() -> None:
    found = tallied(r"A - \pi r^2 = 0")
    assert found.same >= 1
    assert found.survivors == ()


def test_what_cannot_be_read_earns_nothing() -> None:
    assert tallied(r"A = \pi r^2").unreadable > 0


def test_an_oracle_that_refuses_an_argument_stops_the_mutant() -> None:
    assert tallied("A = 1", bind=_picky, domain={}).stopped > 0


def _picky(problem: Any) -> Bindings:
    return {"A": value(lambda: float("inf"))}


def test_survivors_are_told_at_their_line_with_the_wrong_version() -> None:
    found = tallied(r"A = \pi r^2", domain={"r": closed(1, 1)}, fixed=("A", "r"))
    lines = survivors(found)
    assert len(lines) == len(found.survivors)
    assert all(line.startswith("templates/t.tex.j2:5: area: its check passes on a wrong version (") for line in lines)
    assert not any("sharp" in line for line in lines)
    bound = dataclasses.replace(found, formula=dataclasses.replace(found.formula, text=r"A \le \pi r^2"))
    assert all("declare how sharp its inequality is, as in sharp=[Binds(at={…})]" in line for line in survivors(bound))
    assert mutants_table([found])[1].split()[0] == "area"


def test_the_table_counts_what_was_read() -> None:
    found = tallied(r"A = \pi r^2")
    name, read, refuted, close, stopped, same, survived, unreadable = mutants_table([found])[1].split()
    assert (name, int(refuted), int(unreadable), int(survived)) == ("area", found.refuted, found.unreadable, 0)
    assert int(read) == int(refuted) + int(close) + int(stopped) + int(same) + int(survived)


def test_every_wrong_version_is_kept_with_its_fate_and_can_be_put_together_again() -> None:
    text = r"A = \pi r^2"
    found = tallied(text)
    versions = [f"{text[: one.low]}{one.new}{text[one.high :]}" for one in found.wrong]
    assert versions == [one.text for one in mutants(text, ["A", "r"])]
    fates = [one.fate for one in found.wrong]
    assert [fates.count(fate) for fate in ("refuted", "close", "stopped", "same", "unreadable", "survived")] == [
        found.refuted,
        found.close,
        found.stopped,
        found.same,
        found.unreadable,
        len(found.survivors),
    ]


def test_a_refuted_wrong_version_has_its_counter_example() -> None:
    found = tallied(r"A = \pi r^2")
    cube = next(one for one in found.wrong if one.fate == "refuted" and one.at)
    assert cube.at.startswith("at r = ")
    left, right = (float(side) for side in cube.sides)
    assert abs(left - right) > 1e-6
    assert all(one.sides for one in found.wrong if one.fate == "refuted")


def _vectors(problem: Any) -> Bindings:
    """r w, by doubling and halving, and w."""
    return {"v": value(lambda r: (2 * r) * np.array([0.5, 1.0])), "w": value(lambda: np.array([1.0, 2.0])), "r": variable("r")}


def _nowhere_else(problem: Any) -> Bindings:
    """An oracle that has a value at r alone."""

    def known(t: float, r: float) -> float:
        return -1000.0 * r if t == r else math.nan

    return {"A": value(lambda r: 4 * quarter(r)), "r": variable("r"), "f": function(known, of=["r"])}


@pytest.mark.parametrize(
    ("text", "different", "why"),
    [
        (r"A = \pi r^2 + e^{f(r)}", {"bind": _nowhere_else}, "a side has no finite value"),
        (r"A = \pi r^2", {"bind": blurred}, "a side is not known well enough"),
        (r"v = r w", {"bind": _vectors}, "sides of different shapes"),
    ],
)
def test_a_wrong_version_without_a_verdict_says_why(text: str, different: dict[str, Any], why: str) -> None:
    found = tallied(text, **different)
    reasons = {one.at for one in found.wrong if one.fate == "stopped"}
    assert "" not in reasons
    assert why in reasons
    counted = f"{found.stopped} wrong version{'s' * (found.stopped != 1)} without a verdict: "
    assert any(line.startswith(counted) for line in mutants_table([found]))


def test_a_vector_that_is_compared_with_a_number_is_refuted_by_its_form() -> None:
    """A row beside a column is not: a reader may take one for the other."""
    found = tallied("v = r w", bind=_vectors)
    forms = {one.new.strip(): one for one in found.wrong if any("shape" in said for said in one.sides)}
    assert {one.fate for one in forms.values()} == {"refuted"}
    assert forms["r"].sides == ("of shape (2,)", "of shape ()")
    assert forms["r"].at.startswith("at r = ")
    assert [one.new.strip() for one in found.wrong if one.at == "sides of different shapes"] == [r"v^\top", r"w^\top"]


def test_why_a_wrong_version_has_no_verdict_is_explained_cause_by_cause() -> None:
    text = (PROJECT / "docs/trust.md").read_text()
    table = text.partition("| Why there is no verdict |")[2].partition("\n\n")[0]
    assert sorted(line.split("|")[1].strip() for line in table.splitlines()[2:]) == sorted(CAUSES)


def test_where_nothing_moved_has_a_value_nothing_is_the_same() -> None:
    """A power of what is 1 at every point: elsewhere that would tell, but there the formula has no value."""

    def fates(everywhere: bool, text: str, new: str) -> set[str]:
        def known(t: float, r: float) -> float:
            return 4 * quarter(r) if everywhere or t == r else math.nan

        def bind(problem: Any) -> Bindings:
            return {**_nowhere_else(problem), "f": function(known, of=["r"]), "s": value(lambda: 1.0)}

        return {one.fate for one in tallied(text, bind=bind, fixed=("s",), domain={"r": closed(0.3, 0.9)}).wrong if one.new.strip() == new}

    assert fates(True, "A = f(r)s", "s^2") == fates(False, "A = f(r)s", "s^2") == {"survived"}
    assert fates(True, r"A = f(r)+0\cdot s", "s^2") == {"same"}
    assert fates(False, r"A = f(r)+0\cdot s", "s^2") == {"survived"}
