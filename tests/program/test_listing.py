"""What is listed: every noun, where it is printed, what the last build found; and the relations that nothing tests."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import Any

import pytest
from conftest import Homework

from hwgen.model import Claim, Ratio
from hwgen.program import build, listing


def _rows(homework: Homework) -> dict[str, dict[str, object]]:
    return {str(row["name"]): row for row in listing.everything(build.read(homework.request()))}


def test_before_a_build_there_are_places_and_no_verdicts(homework: Homework) -> None:
    rows = _rows(homework)
    assert rows["area"] == {
        "exercise": "circle", "kind": "claim", "name": "area", "sentence": "Area of a disc.", "printed": ["templates/circle.tex.j2:5:3"],
    }  # fmt: skip
    assert {name: row["kind"] for name, row in rows.items()} == {
        "area": "claim", "tangent": "claim", "wrong_area": "erratum", "round_": "statement", "darts": "study",
        "slope_darts": "constant", "unit_area": "constant", "darts_error": "figure", "darts_table": "table",
    }  # fmt: skip
    assert rows["slope_darts"]["printed"] == ["templates/circle.tex.j2:15:22"]
    assert rows["darts_error"]["printed"] == ["templates/circle.tex.j2:17:38"]
    assert rows["darts_table"]["printed"] == ["templates/circle.tex.j2:22:1"]
    assert rows["darts"]["printed"] == []


def test_a_build_adds_verdicts_values_and_ages_and_a_deleted_one_takes_them_away(homework: Homework) -> None:
    build.check(build.read(homework.request()))
    rows = _rows(homework)
    assert rows["area"]["computed"]
    homework.change("A = \\pi r^2", "A = 3 r^2")
    assert build.pdf(build.read(homework.request())).pdf is None
    rows = _rows(homework)
    assert rows["area"]["verdict"] == "REFUTED"
    assert rows["wrong_area"]["verdict"] == "REFUTED"
    assert rows["tangent"]["verdict"] == "SUPPORTED"
    shutil.rmtree(homework.root / "build")
    assert "verdict" not in _rows(homework)["area"]


def test_a_line_for_a_person(homework: Homework) -> None:
    shown = listing.lines(listing.everything(build.read(homework.request())))
    assert shown[0].split()[:3] == ["circle", "claim", "area"]
    assert shown[0].endswith("Area of a disc. — templates/circle.tex.j2:5:3")
    assert [listing.age(seconds) for seconds in (5, 61, 7300, 200000)] == ["5 s ago", "1 min ago", "2 h ago", "2 d ago"]


def test_relations_outside_of_every_claim_are_counted(homework: Homework) -> None:
    assert listing.unchecked(build.read(homework.request())) == []
    homework.change(r"\begin{align*}", "\\[ 1 < 2 < 3 \\]\n\\begin{align*}")
    found = listing.lines(listing.unchecked(build.read(homework.request())))
    assert "templates/circle.tex.j2:8:1: 2 of 2 relations not under test: 1 < 2 < 3" in found


def test_the_row_that_nothing_tests_is_shown_as_the_template_has_it(homework: Homework) -> None:
    homework.change(r"  &\ge 4\pi(r-1)},", "  &\\ge 4\\pi(r-1)},\\\\\n  B &= \\VAR{constants.unit_area}\n  r^2,\\\\ C")
    (row,) = listing.unchecked(build.read(homework.request()))
    assert row["formula"] == r"B &= \VAR{constants.unit_area} r^2,"


def test_the_hypotheses_of_every_claim_are_listed_with_how_they_stand(homework: Homework) -> None:
    homework.change("A disc", r"For $\for{area}{r>0}$ a disc")
    rows = listing.hypotheses(build.read(homework.request()))
    assert {row["name"]: (row["stands"], row["hypotheses"]) for row in rows} == {
        "area": ("under test", ["r>0"]), "tangent": ("nothing said", []), "wrong_area": ("an erratum", []),
    }  # fmt: skip
    assert listing.lines(rows)[0].split() == ["circle", "area", "under", "test", "r>0"]


@pytest.mark.parametrize(
    ("said", "stands", "shown"),
    [
        ({"in_words": ("a plane",)}, "in words", ["in words: a plane"]),
        ({"always": "for every radius"}, "none needed", ["holds for every radius"]),
        ({}, "nothing said", []),
    ],
)
def test_a_claim_without_a_hypothesis_under_test_says_why(said: dict[str, Any], stands: str, shown: list[str]) -> None:
    claim = Claim(name="area", exercise="circle", sentence="", domain={}, bind=lambda: None, **said)
    row = listing.stated(claim, [])
    assert (row["stands"], row["hypotheses"]) == (stands, shown)


def test_numbers_copied_from_a_run_are_listed_with_their_claims(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    document = build.read(homework.request())
    assert listing.copied(document) == []
    tangent = document.content.of(Claim)["tangent"]
    copied = replace(tangent, sharp=((Ratio(largest=1.0, within=1e-9), Ratio(largest=0.5, within=1e-9, because="half")),))
    monkeypatch.setitem(document.content.nouns, "tangent", copied)
    (row,) = listing.copied(document)
    assert (row["name"], row["copied"]) == ("tangent", ["1 ± 1e-09"])
    assert listing.lines([row]) == [f"{'circle':<26} {'tangent':<26} 1 copied: 1 ± 1e-09"]


def test_the_code_that_both_sides_share_is_listed(homework: Homework) -> None:
    rows = listing.overlaps(build.read(homework.request()))
    assert {row["name"] for row in rows} == {"area", "tangent", "wrong_area"}
    assert all(" behind it" in line for line in listing.lines(rows))


@pytest.mark.parametrize(
    ("common", "of", "said"),
    [
        ([], 0, "no function of the author stands behind it"),
        ([], 1, "the one function behind it does not compute both sides"),
        (["a.b.one"], 1, "the one function behind it computes both sides: b.one"),
        ([], 3, "none of the 3 functions behind it computes both sides"),
        (["a.b.one"], 3, "1 of the 3 functions behind it computes both sides: b.one"),
        (["a.b.one", "a.two"], 3, "2 of the 3 functions behind it compute both sides: b.one, a.two"),
    ],
)
def test_functions_are_counted_in_good_english(common: list[str], of: int, said: str) -> None:
    assert listing.common({"common": common, "of": of}) == said
