"""A sound check refutes every wrong version; one that is blind has survivors, and says which."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from conftest import PROJECT

from hwgen.judging.mutation import CAUSES, tally
from hwgen.judging.slips import mutants
from hwgen.model import (
    Approx,
    Bindings,
    Binds,
    Claim,
    Derived,
    Formula,
    Macro,
    Place,
    Tally,
    Wrong,
    cases,
    closed,
    function,
    integers,
    value,
    variable,
)
from hwgen.program.summary import mutants_table, survivors


def _quarter(r: float) -> float:
    return 0.7853981633974483 * r * r


def _area(problem: Any) -> Bindings:
    return {"A": value(lambda r: 4 * _quarter(r)), "r": variable("r")}


def _blurred(problem: Any) -> Bindings:
    return {"A": value(lambda r: Approx(value=4 * _quarter(r), error=0.4 * r * r)), "r": variable("r")}


CLAIM = Claim(name="area", exercise="toy", sentence="", domain={"r": closed(0.3, 3)}, bind=_area, identity="geometry")


def _tally(text: str, **different: Any) -> Tally:
    place = Place(file="templates/t.tex.j2", line=5)
    return tally(replace(CLAIM, **different), Formula(macro="checked", name="area", text=text, place=place), None)


def test_a_sound_check_refutes_every_wrong_version() -> None:
    found = _tally(r"A = \pi r^2")
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
    found = _tally(text)
    counted = found.refuted + found.stopped + found.same + found.unreadable + len(found.survivors)
    assert counted == len(list(mutants(text, ["A", "r"]))) > 50


def test_a_short_true_formula_passes() -> None:
    found = _tally("A = 7", bind=_seven, domain={}, fixed=("A",))
    assert found.enough
    assert 0 < found.refuted < 10


def _seven(problem: Any) -> Bindings:
    return {"A": value(lambda: 7 * (math.cosh(1) ** 2 - math.sinh(1) ** 2))}


def test_kronecker_is_its_own_square_but_no_other_symbol_is() -> None:
    kept, blind = (
        _tally(
            rf"A = {name} r",
            bind=lambda _, name=name: {"A": value(lambda r, k: k * r), "r": variable("r"), name: variable("k")},
            domain={"r": closed(0.3, 3), "k": cases(0.0, 1.0)},
            fixed=(name,),
        )
        for name in (r"\delta_{jk}", r"\kappa")
    )
    assert [[one.partition(":")[0] for one in found.survivors].count("square added") for found in (kept, blind)] == [0, 1]


def test_a_survivor_is_not_enough() -> None:
    found = _tally(r"A = \pi r^2", domain={"r": closed(1, 1)}, fixed=("A", "r"))
    assert found.refuted > 0
    assert found.survivors
    assert not found.enough


def test_a_kind_of_which_none_is_refuted_is_not_enough() -> None:
    found = _tally("A = f(2) r", bind=_for_two)
    assert found.survivors == ()
    assert found.refuted > 0
    assert not found.enough
    assert found.blind == ("another number", "a number halved or doubled", "a bracket moved")
    assert "no wrong version was refuted: another number" in survivors(found)[0]


def _for_two(problem: Any) -> Bindings:
    def known(number: float) -> Approx:
        return Approx(value=math.pi, error=1e-12 if number == 2 else 10.0)

    return {"A": value(lambda r: 4 * _quarter(r) / r), "r": variable("r"), "f": function(known)}


def test_a_domain_of_one_blind_point_lets_wrong_powers_pass() -> None:
    found = _tally(r"A = \pi r^2", domain={"r": closed(1, 1)}, fixed=("A", "r"))
    survived = {line.partition(": ")[2].partition("; ")[0].replace(" ", "") for line in found.survivors}
    assert {r"A=\pir^3", r"A=\pir"} <= survived
    assert all("it holds at all" in line for line in found.survivors)


def test_a_widened_tolerance_lets_wrong_numbers_pass() -> None:
    sound, wide = (
        _tally(r"A = \frac{314}{100} r^2 + \pi r^2 - \frac{314}{100} r^2"),
        _tally(r"A = \frac{314}{100} r^2 + \pi r^2 - \frac{314}{100} r^2", bind=_wide),
    )
    assert sound.survivors == ()
    assert any("314 becomes 315" in line for line in wide.survivors)


def _wide(problem: Any) -> Bindings:
    return {"A": value(lambda r: Approx(value=4 * _quarter(r), error=0.04 * r * r)), "r": variable("r")}


def test_a_tolerance_that_decides_nothing_earns_nothing() -> None:
    assert _tally(r"A = \pi r^2", bind=_blurred).refuted < _tally(r"A = \pi r^2").refuted


def test_a_weaker_bound_is_refuted_by_its_declared_sharpness() -> None:
    assert _tally(r"A \ge 4\pi(r-1)", sharp=(Binds(at={"r": 2.0}),)).survivors == ()


def test_the_same_relation_in_other_words_is_no_survivor() -> None:
    found = _tally(r"A - \pi r^2 = 0")
    assert found.same >= 1
    assert found.survivors == ()


def test_what_cannot_be_read_earns_nothing() -> None:
    assert _tally(r"A = \pi r^2").unreadable > 0


def test_an_oracle_that_refuses_an_argument_stops_the_mutant() -> None:
    assert _tally("A = 1", bind=_picky, domain={}).stopped > 0


def _picky(problem: Any) -> Bindings:
    return {"A": value(lambda: float("inf"))}


def test_survivors_are_told_at_their_line_with_the_wrong_version() -> None:
    found = _tally(r"A = \pi r^2", domain={"r": closed(1, 1)}, fixed=("A", "r"))
    lines = survivors(found)
    assert len(lines) == len(found.survivors)
    assert all(line.startswith("templates/t.tex.j2:5: area: its check passes on a wrong version (") for line in lines)
    assert not any("sharp" in line for line in lines)
    bound = dataclasses.replace(found, formula=dataclasses.replace(found.formula, text=r"A \le \pi r^2"))
    assert all("declare how sharp its inequality is, as in sharp=[Binds(at={…})]" in line for line in survivors(bound))
    assert mutants_table([found])[1].split()[0] == "area"


def test_the_table_counts_what_was_read() -> None:
    found = _tally(r"A = \pi r^2")
    name, read, refuted, stopped, same, survived, unreadable = mutants_table([found])[1].split()
    assert (name, int(refuted), int(unreadable), int(survived)) == ("area", found.refuted, found.unreadable, 0)
    assert int(read) == int(refuted) + int(stopped) + int(same) + int(survived)


def test_every_wrong_version_is_kept_with_its_fate_and_can_be_put_together_again() -> None:
    text = r"A = \pi r^2"
    found = _tally(text)
    versions = [f"{text[: one.low]}{one.new}{text[one.high :]}" for one in found.wrong]
    assert versions == [one.text for one in mutants(text, ["A", "r"])]
    fates = [one.fate for one in found.wrong]
    assert [fates.count(fate) for fate in ("refuted", "stopped", "same", "unreadable", "survived")] == [
        found.refuted,
        found.stopped,
        found.same,
        found.unreadable,
        len(found.survivors),
    ]


def test_a_refuted_wrong_version_has_its_counter_example() -> None:
    found = _tally(r"A = \pi r^2")
    cube = next(one for one in found.wrong if one.fate == "refuted" and one.at)
    assert cube.at.startswith("at r = ")
    left, right = (float(side) for side in cube.sides)
    assert abs(left - right) > 1e-6
    assert all(one.sides for one in found.wrong if one.fate == "refuted")


TOUCHED = {"r": cases(0.5, 1.0, 2.0, 3.0)}  # at 1 by the tangent


def _vectors(problem: Any) -> Bindings:
    """r w, by doubling and halving, and w."""
    return {"v": value(lambda r: (2 * r) * np.array([0.5, 1.0])), "w": value(lambda: np.array([1.0, 2.0])), "r": variable("r")}


@pytest.mark.parametrize(
    ("text", "different", "why"),
    [
        (r"A = \pi r^2", {}, "another sign, of which no sharpness is declared"),
        (r"A = \pi r^2 + \log(r+1) - \log(1+r)", {"domain": {"r": closed(0.3, 0.9)}}, "a side has no finite value"),
        (r"A = \pi r^2", {"bind": _blurred}, "a side is not known well enough"),
        (
            r"A \ge 2\pi r-\pi",
            {"sharp": [Derived(smaller=value(lambda r: math.pi * (r + r - 1)))], "domain": TOUCHED},
            "a strict sign where the sides meet",
        ),
        (r"v = r w", {"bind": _vectors}, "sides of different shapes"),
    ],
)
def test_a_wrong_version_without_a_verdict_says_why(text: str, different: dict[str, Any], why: str) -> None:
    found = _tally(text, **different)
    reasons = {one.at for one in found.wrong if one.fate == "stopped"}
    assert "" not in reasons
    assert why in reasons
    counted = f"{found.stopped} wrong version{'s' * (found.stopped != 1)} without a verdict: "
    assert any(line.startswith(counted) for line in mutants_table([found]))


def test_a_vector_that_is_compared_with_a_number_is_refuted_by_its_form() -> None:
    """A row beside a column is not: a reader may take one for the other."""
    found = _tally("v = r w", bind=_vectors)
    forms = {one.new.strip(): one for one in found.wrong if any("shape" in said for said in one.sides)}
    assert {one.fate for one in forms.values()} == {"refuted"}
    assert forms["r"].sides == ("of shape (2,)", "of shape ()")
    assert forms["r"].at.startswith("at r = ")
    assert [one.new.strip() for one in found.wrong if one.at == "sides of different shapes"] == [r"v^\top", r"w^\top"]


def test_why_a_wrong_version_has_no_verdict_is_explained_cause_by_cause() -> None:
    text = (PROJECT / "docs/trust.md").read_text()
    table = text.partition("| Why there is no verdict |")[2].partition("\n\n")[0]
    assert sorted(line.split("|")[1].strip() for line in table.splitlines()[2:]) == sorted(CAUSES)


def _strict(found: Tally) -> set[tuple[str, str]]:
    """The fate of each strict sign that is none, and where it is told."""
    return {(one.fate, one.at) for one in found.wrong if one.new.strip() in {"<", ">"}}


def test_a_strict_sign_in_place_of_an_equality_is_refuted_where_that_is_proved() -> None:
    assert _strict(_tally(r"A = \pi r^2", proof="elsewhere")) == {("refuted", "at every point, as its sides are proved to be equal")}
    assert _strict(_tally(r"A = \pi r^2")) == {("stopped", "another sign, of which no sharpness is declared")}


def test_a_proof_refutes_no_strict_sign_that_was_none_of_an_equality() -> None:
    derived = Derived(smaller=value(lambda r: math.pi * (r + r - 1)))
    (fate,) = _strict(_tally(r"A \ge 2\pi r-\pi", sharp=[derived], domain=TOUCHED, proof="elsewhere"))
    assert fate[0] == "stopped"


def test_a_strict_sign_is_refuted_where_its_inequality_is_said_to_bind() -> None:
    (fate,) = _strict(_tally(r"A \ge 2\pi r-\pi", sharp=[Binds(at={"r": 1.0})], domain=TOUCHED))
    assert fate == ("refuted", "at r = 1")


def test_a_strict_sign_between_numbers_without_an_error_is_refuted() -> None:
    counted = {"bind": lambda _: {"A": value(lambda r: Approx(value=float(len(range(r))), error=0.0)), "r": variable("r")}}
    found = _tally("A = r", domain={"r": integers(1, 9)}, exact="counted", **counted)
    assert {fate for fate, _ in _strict(found)} == {"refuted"}


def test_a_strict_sign_between_sides_that_are_equal_in_exact_arithmetic_is_refuted() -> None:
    """Of counted numbers; of others a float does not say whether they differ by less than it holds."""

    def subsets(problem: Any) -> Bindings:
        return {"N": value(lambda n: sum(1 for k in range(1 << n) if k % 2)), "n": variable("n")}

    counted = replace(CLAIM, domain={"n": integers(1, 8)}, bind=subsets, exact="subsets, counted", fixed=())
    signs = {one.new.strip(): (one.fate, one.sides) for one in _of_signs(counted, "N = 2^{n-1}")}
    assert signs == dict.fromkeys(("<", ">"), ("refuted", ("the same number, in exact arithmetic",) * 2))

    def length(problem: Any) -> Bindings:
        return {"N": value(lambda n: math.hypot(n, n)), "n": variable("n")}

    rounded = replace(counted, bind=length, exact="")
    assert {one.fate for one in _of_signs(rounded, r"N = \sqrt2n")} == {"stopped"}


def _of_signs(claim: Claim, text: str) -> list[Wrong]:
    found = tally(claim, Formula(macro="checked", name=claim.name, text=text, place=Place(file="t", line=1)), None)
    return [one for one in found.wrong if one.kind == "another relation" and one.new.strip() in {"<", ">"}]
