"""Functions are named as their author names them; one without a name is told by what it gives."""

from __future__ import annotations

import copy
import dataclasses
from pathlib import Path
from typing import Any

from hwgen.report.entries import entries
from hwgen.report.places import Places
from hwgen.report.report import Facts, report

LAMBDA = {"function": "toy.exercises.circle.<lambda>", "place": "toy/exercises/circle.py:7"}


def test_a_function_without_a_name_is_told_by_its_text() -> None:
    there = Places({})
    assert there.made_by(**named("toy.circle.area"), text="not asked for") == '<code>area</code> (<code class="at">toy/circle.py:7</code>)'
    assert "&lt;lambda&gt;" not in there.made_by(**named("toy.circle.<lambda>"))
    assert there.made_by(**named("toy.circle.<lambda>")).startswith("a function without a name (")
    assert there.made_by(**named("toy.circle.<lambda>"), text="2 < r\nmore").startswith("<code>2 &lt; r</code> (")


def named(function: str) -> dict[str, str]:
    return {"function": function, "at": "toy/circle.py:7"}


def edited(evidence: Any, text: str) -> Any:
    told = copy.deepcopy(evidence)
    told["nouns"]["area"]["sharp"] = [[{"is": "derived", "larger": LAMBDA}]]
    told["origins"]["bindings"][LAMBDA["place"]] = text
    return told


def test_what_derives_a_side_is_told_by_what_it_gives(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    page = report(edited(evidence, "4 * r"), document.page, Facts(root=Path("/project")))
    assert 'the larger side derived by <code>4 * r</code> (<code class="at">toy/exercises/circle.py:7</code>)' in page
    assert "&lt;lambda&gt;" not in page


def test_an_entry_is_made_of_the_text_of_all_that_it_tells_of(toy_evidence: Any) -> None:
    """A kept entry is made again where one of these is another."""
    one = next(one for one in entries(edited(toy_evidence[1], ""), {}) if one.name == "area")
    assert {LAMBDA["place"], one.noun["by"]["place"], *(by["place"] for by in one.noun["symbols"].values() if "place" in by)} == set(
        one.bound_at
    )


def test_code_that_both_sides_share_has_no_lambdas(toy_evidence: Any) -> None:
    one = next(one for one in entries(toy_evidence[1], {}) if one.name == "area")
    shared = {**one.finding, "overlap": {"common": ["toy.circle.area", "toy.circle.<lambda>:31"], "of": 3}}
    assert dataclasses.replace(one, finding=shared).common == {"toy.circle": ["area", "one without a name in line 31"]}
