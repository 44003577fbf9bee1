"""The ledger holds all the evidence of a run, and is written whole."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from hwgen.judging import ledger
from hwgen.model import Evidence, Formula, Kind, Place, Verdict
from hwgen.program import build


@pytest.fixture
def written(homework: Any) -> Any:
    return build.check(build.read(homework.request()))


def test_a_run_is_written_with_verdicts_places_and_versions(written: Any, tmp_path: Path) -> None:
    path = tmp_path / "build" / "ledger.json"
    ledger.write(written, path)
    read = json.loads(path.read_text())
    assert [(one["name"], one["verdict"], one["passed"]) for one in read["findings"]] == [
        ("area", "SUPPORTED", True),
        ("tangent", "SUPPORTED", True),
        ("wrong_area", "REFUTED", True),
        ("round_", "SUPPORTED", True),
    ]
    assert read["findings"][0]["formula"] == {"macro": "checked", "text": r"A = \pi r^2", "place": "templates/circle.tex.j2:5:3"}
    evidence = read["findings"][0]["evidence"][0]
    assert evidence["cases"] == 49  # of the sample, and r = 1
    assert evidence["seed"] == written.findings[0].evidence[0].seed
    assert read["coverage"] == [2, 2]
    assert set(read["versions"]) >= {"python", "numpy", "scipy"}


def test_nothing_half_written_is_left(written: Any, tmp_path: Path) -> None:
    ledger.write(written, tmp_path / "ledger.json")
    ledger.write(written, tmp_path / "ledger.json")
    assert [path.name for path in tmp_path.glob("ledger*")] == ["ledger.json"]


def test_the_findings_that_stop_a_build_are_told_apart(homework: Any) -> None:
    homework.change(r"A = \pi r^2", r"A = 3 r^2")
    found = build.check(build.read(homework.request()))
    assert [finding.name for finding in found.short] == ["area"]


def test_nouns_become_plain_data() -> None:
    evidence = Evidence(kind=Kind.NUMERIC, method="m", verdict=Verdict.UNDECIDED, deviation=math.inf)
    plain = ledger.plain({"a": (evidence, Path("x/y"), Place(file="f", line=1)), 3: None})
    assert plain["a"][0]["verdict"] == "UNDECIDED"
    assert plain["a"][0]["kind"] == "NUMERIC"
    assert plain["a"][1:] == ["x/y", {"file": "f", "line": 1, "column": None}]
    assert plain["3"] is None


def test_a_formula_is_written_without_a_place_for_each_character() -> None:
    place = Place(file="f", line=1)
    formula = Formula(macro="checked", name="a", text="x=y", place=place, places=(place,) * 3)
    assert ledger.plain(formula) == {"macro": "checked", "text": "x=y", "place": "f:1"}


def test_a_number_that_json_does_not_know_is_written_as_text() -> None:
    assert json.loads(json.dumps(ledger.plain([math.nan, math.inf, -math.inf]), allow_nan=False)) == ["nan", "inf", "-inf"]
