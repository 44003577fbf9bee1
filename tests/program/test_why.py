"""`hwgen why`: the place, the function, the evidence and the reason; for a printed number, its constant."""

from __future__ import annotations

import dataclasses
import json
import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Homework

from hwgen.freshness.stamps import stamp
from hwgen.judging import ledger
from hwgen.model import Claim, Formula, Place
from hwgen.model.errors import ContentError, InputError
from hwgen.page import remembered
from hwgen.program import build, listing, looking, memory, snapshot, why
from hwgen.typesetting.last import JOBNAME
from hwgen.typesetting.workplace import FOLDER


@pytest.fixture
def document(built: Homework) -> build.Document:
    return build.read(built.request())


def test_a_claim(document: build.Document) -> None:
    said = why.why(document, "area")
    assert said[0] == "claim area of circle: Area of a disc."
    assert re.match(r"  by toy\.exercises\.circle\.area \(.*circle/__init__\.py:\d+\)", said[1])
    assert "  printed at templates/circle.tex.j2:5:3, page 1" in said
    assert any(re.match(r"    SUPPORTED by agreement over the domain: \d+ cases, deviation .*, seed \d+", line) for line in said)
    assert any(re.match(r"  \d+ wrong versions refuted, 0 survived", line) for line in said)
    assert any("it had never been computed" in line for line in said)
    assert sum("circle.tex.j2:5:3" in line for line in said) == 1  # each thing once


@pytest.mark.parametrize(
    ("command", "argument", "last"),
    [
        ("why", "area", "build"),
        ("list_", "", "build"),
        ("verify", "build/ledger.json", "build"),
        ("verify", "build/report/ledger.json", "report"),
    ],
)
def test_what_was_saved_after_the_build_that_is_told_of_is_said(
    built: Homework, monkeypatch: pytest.MonkeyPatch, command: str, argument: str, last: str
) -> None:
    monkeypatch.chdir(built.root)
    monkeypatch.setattr("hwgen.program.verify.opinions", lambda *_: (1, iter(())))
    file, left = (memory.FILE, "build/ledger.json") if last == "build" else ("build/report/page.json", "build/report/ledger.json")
    if last == "report":
        monkeypatch.setattr(snapshot, "BEGAN", time.time_ns() + 10**9)  # what was written for the test was not saved meanwhile
        assert CliRunner().invoke(looking.report).exit_code == 0
        Path("build/ledger.json").unlink()  # which tells nothing of the other one

    def told() -> str:
        return CliRunner().invoke(getattr(looking, command), [argument] if argument else []).output

    Path(left).touch()  # the last of all, as a build leaves it
    assert "after the last" not in told()
    data = Path("given.csv")
    data.write_text("1")
    known = remembered.read(Path(file))
    state = {**known, "sources": {**known["sources"], str(data): stamp(str(data))}}
    state["ledger"] = ledger.mark(ledger.left(Path(left)) or "")
    remembered.write(Path(file), state)
    data.unlink()
    assert f"given.csv is gone after the last {last}" in told()
    remembered.write(Path(file), {**state, "ledger": "of another build"})
    assert "after the last" not in told()
    built.change("The disc is", "The disk is")
    saved = f"warning: templates/circle.tex.j2 was saved, or copied here, after the last {last}, whose verdicts and values are told here"
    assert f"{saved}; hwgen {'pdf' if last == 'build' else last} has those of now" in told()


def test_another_value_of_a_variable_that_a_computation_read_is_said(built: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built.root)
    Path("build/ledger.json").touch()  # the last of all, as a build leaves it
    remembered.write(Path(snapshot.READS), {"study": ["variable SCALE"]})
    monkeypatch.setenv("SCALE", "1")
    known = remembered.read(Path(memory.FILE))
    mark = ledger.mark(ledger.left(Path("build/ledger.json")) or "")
    remembered.write(Path(memory.FILE), {**known, "ledger": mark, "variables": snapshot.variables()})
    assert "warning" not in CliRunner().invoke(looking.list_).output
    monkeypatch.setenv("SCALE", "2")
    assert "warning: the variable SCALE is another one than in the last build" in CliRunner().invoke(looking.list_).output


RECORD = r"""checked|area|1|A = \pi r^2
for|area|2|r>0
checked|area|4|A = \frac {\tau }{2} r^2
refuted|wrong_area|5|A = \frac {\pi r^2}{2}
"""


@pytest.mark.parametrize("built_last", ["whole", "shorter"])
def test_the_page_of_a_formula_is_that_of_the_formula(tmp_path: Path, built_last: str) -> None:
    record = tmp_path / FOLDER / f"{JOBNAME}.checked"
    record.parent.mkdir(parents=True)
    record.write_text(RECORD if built_last == "whole" else RECORD.partition("\n")[2])
    printed = [("area", r"A = \pi r^2"), ("wrong_area", r"A = \frac{\pi r^2}{2}"), ("area", r"A = \frac{\tau}2 r^2"), ("round_", "")]
    place = Place(file="t", line=1)
    formulas = [Formula(macro="checked", name=name, text=text, place=place) for name, text in printed]
    values = dataclasses.replace(formulas[2], text=r"A = @@@{constants.half}@ r^2")
    first = "1" if built_last == "whole" else ""
    second = "4" if built_last == "whole" else ""
    assert why.claimed(tmp_path, [*formulas[:2], values, formulas[3]]) == {"area": [first, second], "wrong_area": ["5"], "round_": [""]}
    spelled = dataclasses.replace(formulas[2], text=r"A = \frac{\tau}{2} r^2")
    assert why.claimed(tmp_path, [*formulas[:2], spelled])["area"] == [first, "4"]


def test_what_falls_short_is_told_with_its_reason_and_the_worst_of_its_places_is_listed(document: build.Document) -> None:
    path = document.request.root / "build/ledger.json"
    told = json.loads(path.read_text())
    finding = next(one for one in told["findings"] if one["name"] == "area")
    told["findings"] += [{**finding, "passed": False, "complaint": "area is deaf"}, finding]
    path.write_text(ledger.sealed(json.dumps({key: part for key, part in told.items() if key != "seal"})[:-1] + ledger.END))
    said = why.why(document, "area")
    assert any(line.startswith("  FELL SHORT, though SUPPORTED (") for line in said)
    assert "  area is deaf" in said
    row = next(one for one in listing.everything(document) if one["name"] == "area")
    assert (row["verdict"], row["passed"]) == ("SUPPORTED", False)
    assert "FELL SHORT" in listing.lines([row])[0]


def test_what_the_last_build_has_nothing_of_is_said_so(document: build.Document) -> None:
    path = document.request.root / "build/ledger.json"
    told = {key: part for key, part in json.loads(path.read_text()).items() if key != "seal"}
    told["findings"] = [one for one in told["findings"] if one["name"] != "area"]
    told["tallies"] = [one for one in told["tallies"] if one["name"] != "area"]
    path.write_text(ledger.sealed(json.dumps(told)[:-1] + ledger.END))
    assert "  not built yet; hwgen pdf has verdicts and values" in why.why(document, "area")
    assert not any("not built yet" in line for name in ("tangent", "darts", "darts_error") for line in why.why(document, name))


def test_a_number_may_be_negative(document: build.Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(document.request.root)
    printed = next(line for line in why.why(document, "slope_darts") if "printed as" in line).split("printed as ")[1].split(";")[0]
    assert printed.startswith("-0.")
    assert CliRunner().invoke(looking.why, [printed]).stdout.startswith(f"{printed} is the constant slope_darts")


def test_a_constant_a_figure_and_a_study(document: build.Document) -> None:
    constant = why.why(document, "slope_darts")
    assert any(re.match(r"  value -0\.\d+, standard error .*, printed as .*; from darts", line) for line in constant)
    assert "  views the study darts: hwgen why darts" in constant
    assert any(
        re.match(r"  printed at templates/circle.tex.j2:17:\d+ as .*circle_darts_error.pdf, page 1", line)
        for line in why.why(document, "darts_error")
    )
    assert why.why(document, "darts")[0].startswith("study darts of circle")


def test_a_printed_number_leads_to_its_constant(document: build.Document) -> None:
    printed = next(line for line in why.why(document, "slope_darts") if "printed as" in line).split("printed as ")[1].split(";")[0]
    assert why.why(document, printed)[0] == f"{printed} is the constant slope_darts"
    assert why.why(document, "3.1")[0] == "3.14, which begins with 3.1, is the constant unit_area"
    # As it is copied from a page, whose minus is a sign of its own, and without it.
    assert why.why(document, printed.replace("-", "\N{MINUS SIGN}"))[0] == f"{printed} is the constant slope_darts"
    bare = printed.removeprefix("-")
    assert why.why(document, bare)[0] == f"{printed}, which begins with {bare} but for its sign, is the constant slope_darts"
    # With a comma, as in French, or as LaTeX is told that it is no list.
    for comma in (",", "{,}"):
        assert why.why(document, printed.replace(".", comma))[0] == f"{printed} is the constant slope_darts"
    for absent in ("0.123456", "0,123456"):
        with pytest.raises(ContentError, match=f"{absent}: no constant of the last build prints this number"):
            why.why(document, absent)


@pytest.mark.parametrize("copied", [r"1.54\times 10^{6}", "1.54 × 10^6", "1.54×10⁶", "1.54 × 106", "1.54e6", "1.54 \N{MIDDLE DOT} 10^6"])
def test_a_power_of_ten_is_known_in_whatever_way_it_is_typed_or_copied(copied: str) -> None:
    found = {"constants": {"width": {"value": 1.5432e6, "error": 5e2, "statistical": False, "rounds": ""}}}
    (text,) = why._printing(found, why._plain(copied)).values()
    assert text.startswith("1.54")


def test_without_a_build_or_with_a_damaged_one_it_says_so(homework: Homework) -> None:
    document = build.read(homework.request())
    said = why.why(document, "area")
    assert said[0] == "claim area of circle: Area of a disc."
    assert "  printed at templates/circle.tex.j2:5:3" in said
    assert "  not built yet; hwgen pdf has verdicts and values" in said
    with pytest.raises(InputError, match="not there yet, and numbers are told by what was built; run hwgen pdf first"):
        why.why(document, "3.14")
    (homework.root / "build").mkdir()
    (homework.root / "build" / "ledger.json").write_text("{")
    with pytest.raises(InputError, match="damaged"):
        why.why(document, "area")


def test_what_is_believed_on_the_authors_word_is_said(document: build.Document) -> None:
    claim = document.content.find("area")
    assert isinstance(claim, Claim)
    trusted = dataclasses.replace(claim, road="one panel", exact="counted", coarse={1e-3: "searched"}, identity="it is one", fixed=("r",))
    exercises = [dataclasses.replace(one, nouns={**one.nouns, "area": trusted}) for one in document.content.exercises]
    said = why.why(dataclasses.replace(document, content=dataclasses.replace(document.content, exercises=tuple(exercises))), "area")
    assert [line for line in said if "trust" in line or "no changed" in line] == [
        "  on trust: its sides may never differ, not even by rounding: counted",
        "  on trust: its oracle may do what the page prints: one panel",
        "  on trust: its sides may be known to 0.001 of them only: searched",
        "  on trust: by nature one value, or two, of r",
        "  no changed problem: it is one",
    ]
    assert not any("on trust" in line for line in why.why(document, "area"))


def test_wrong_versions_of_a_false_formula_are_not_counted(homework: Homework) -> None:
    homework.change(r"A = \pi r^2}", r"A = \pi r^3}")
    document = build.read(homework.request())
    found = build.pdf(document).ledger
    assert [one.name for one in found.short] == ["area"]
    assert {one.name for one in found.tallies} == {"tangent"}  # the true formula, which passes, is no wrong version of the false one
    said = why.why(document, "area")
    assert "  its wrong versions are not counted, as it falls short itself" in said
    assert not any("survived" in line for line in said)
    assert not any("not counted" in line for line in why.why(document, "tangent"))


def test_a_formula_that_is_printed_twice_is_told_once_with_both_places(homework: Homework) -> None:
    homework.change("The disc is", r"So $\checked{area}{A = \pi r^2}$. The disc is")
    document = build.read(homework.request())
    build.pdf(document)
    said = why.why(document, "area")
    places = [one.removeprefix("  printed at ").partition(",")[0] for one in said if one.startswith("  printed at ")]
    assert len(places) == 2
    assert f"  SUPPORTED ({', '.join(places)})" in said
    assert len(said) == len(set(said))
    assert sum("wrong versions refuted" in one for one in said) == 1
    assert sum(one.startswith("  read as ") for one in said) == 1


def test_what_was_once_printed_in_its_place_is_not_told_and_what_is_new_is_not_judged_yet(homework: Homework) -> None:
    build.check(build.read(homework.request()), ["area"])
    homework.change(r"A = \pi r^2", r"A = r^2\pi")
    changed = build.read(homework.request())
    said = [line for line in why.why(changed, "area") if "judged" in line or "last computed" in line]
    assert said == ["  not judged yet as it is printed now; hwgen check area does that"]
    build.check(changed, ["area"])
    (said_then,) = [line for line in why.why(changed, "area") if "judged" in line or "last computed" in line]
    assert said_then.startswith("  last computed ")
    assert "(checked" not in said_then


def test_a_constant_that_is_rounded_says_so(document: build.Document, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"value": 42.511, "error": 0.001, "statistical": False, "rounds": "up"}
    told = {"constants": {"unit_area": known}, "findings": [], "tallies": [], "versions": {}}
    monkeypatch.setattr(why, "_ledger", lambda root: told)
    assert any("printed as 42.52, rounded up; from " in line for line in why.why(document, "unit_area"))
