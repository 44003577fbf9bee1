"""The page shows every claim both ways, stands on its own, and shows a misreading."""

from __future__ import annotations

import copy
import dataclasses
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from report.entries import FACTS, entry_of

from hwgen.model import Place
from hwgen.page.rendered import Rendered
from hwgen.report.graph import Label
from hwgen.report.report import report


@pytest.fixture(scope="module")
def html(toy_evidence: Any) -> str:
    document, evidence = toy_evidence
    return report(evidence, document.page, FACTS)


def _versions(entry: str) -> list[tuple[Any, ...]]:
    """The wrong versions that the page's script is given: fate, text, counter-example, what is gone and has come, both sides."""
    held = json.loads(re.search(r'<script type="application/json">(.*?)</script>', entry)[1])
    told = held["words"]
    return [
        (told[fate], told[text], told[at], (told[text][low:high].strip(), new.strip()), sides)
        for kind in held["kinds"].values()
        for fate, text, at, low, high, new, *sides in kind["rows"]
    ]


def test_every_formula_is_shown_as_printed_and_as_read(html: str) -> None:
    for name in ("area", "tangent", "wrong_area"):
        assert entry_of(html, name).count('<math display="block"') == 2
    assert "<math" not in entry_of(html, "round_").split("</h3>")[1]


def test_an_entry_says_where_a_claim_is_printed_bound_and_broken(html: str) -> None:
    entry = entry_of(html, "area")
    assert 'page 2, <code class="at">templates/circle.tex.j2:5:3</code>' in entry
    assert "<code>_area.&lt;locals&gt;" not in entry
    assert "<td><code>float(np.mean(0.5 * (r / norm) ** 2) * 2 * np.pi)</code> <code" in entry
    assert "reals from 0.3 to 3" in entry
    assert "exponent = 4.0: refuted, as it must be; at r = " in entry
    fate, text, at, _, sides = next(one for one in _versions(entry) if one[3] == ("2", "3"))
    assert (fate, text, len(sides)) == ("refuted", r"A = \pi r^2", 2)
    assert at.startswith("r = ")


def test_the_worst_case_of_a_claim_and_its_age_are_told(html: str) -> None:
    assert re.search(
        r"at r = [\d.]+: [\d.]+ against [\d.]+; \S+ apart where \S+ is allowed \(\S+ % of the tolerance\)", entry_of(html, "area")
    )
    assert " s on 2026-01-02 03:04" in entry_of(html, "area")
    assert "Computed from 2026-01-01 00:00 to 2026-01-02 03:04 with python" in html


def test_a_statement_in_words_can_be_nearest_to_failing(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    look = told["findings"][3]["evidence"][0]
    assert told["findings"][3]["formula"]["text"] == ""
    look.update(kind="NUMERIC", verdict="SUPPORTED", deviation=3.0, tolerance=4.0)
    html = report(told, document.page, FACTS)
    listed = html[html.index("Nearest to failing</h3>") :]
    assert listed.index('href="#claim-round_"') < listed.index('href="#claim-area"')
    assert ">75 %</td>" in listed


def test_what_is_believed_on_the_authors_word_is_told(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    told["nouns"]["area"] |= {"exact": "counted <b>", "road": "one panel", "coarse": {"0.001": "searched"}, "fixed": [r"\kappa", "m"]}
    entry = entry_of(report(told, document.page, FACTS), "area")
    assert re.findall("<dt>On trust</dt><dd>(.*?)</dd>", entry) == [
        "its sides may never differ, not even by rounding: counted &lt;b&gt;",
        "its oracle may do what the page prints: one panel",
        "its sides may be known to 0.001 of them only: searched",
        "by nature one value, or two, of κ, m",
    ]
    assert "On trust" not in entry_of(report(told, document.page, FACTS), "tangent")


def test_a_proof_is_told_step_by_step(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    look = told["findings"][0]["evidence"][0]
    steps = ["$A = \\pi r^2$: the difference simplifies to 0", "at <both> ends"]
    # What only supports tells its steps too, which are none of a proof.
    told["findings"][0]["evidence"] += [{**look, "kind": "SYMBOLIC", "verdict": "PROVED", "steps": steps}, {**look, "steps": ["more"]}]
    entry = entry_of(report(told, document.page, FACTS), "area")
    assert "with a proof in 2 steps" in entry
    assert ": the difference simplifies to 0</li><li>at &lt;both&gt; ends</li></ol>" in entry


def test_what_nobody_tests_is_listed_without_what_a_claim_tests(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    source = r"Let $u < v$. \[ \checked{area}{A = \pi r^2}, \quad x = y \]"
    places = tuple(Place(file="templates/t.tex.j2", line=number) for number in (1,))
    page = dataclasses.replace(document.page, rendered=Rendered(source, places))
    html = report(evidence, page, FACTS)
    listed = html[html.index('id="untested"') : html.index("Wrong versions, by kind")]
    assert "1 displayed relations in 1 displays" in listed
    assert "<mtext>⟨area⟩</mtext>" in listed
    assert "π" not in listed
    assert re.search(r'alttext="u &lt; v"', listed)


def test_both_sides_are_drawn_and_told(html: str) -> None:
    picture = re.search(r'aria-label="([^"]*)">', entry_of(html, "area").split("<svg")[1])
    assert picture is not None
    assert picture[1].startswith("Left and right side at 49 points, against r from 0.3 to 3; at most ")
    assert "said to be an equality" in entry_of(html, "tangent")


def test_the_page_stands_on_its_own(html: str) -> None:
    loaded = re.findall(r"(?:src|href)=\"([^\"]*)\"", html)
    assert all(re.match(r"#|data:", one) for one in loaded)
    assert "@import" not in html
    assert "url(" not in html
    assert len(html) < 5_000_000


def test_the_text_of_a_homework_cannot_become_a_part_of_the_page(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    evil = copy.deepcopy(evidence)
    evil["nouns"]["area"]["sentence"] = "<script>alert(1)</script>"
    evil["findings"][0]["evidence"][0]["reason"] = '"><img src=x>'
    evil["findings"][0]["formula"]["text"] = r"a <b>\unknown{</math><script>"
    page = report(evil, document.page, FACTS)
    assert page.count("<script>") == 1
    assert "<img" not in page


def test_hypotheses_are_told_with_what_they_are_worth(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    strict = {"text": r"r \ge 1", "need": "STRICTER", "said": "at r = 0.5", "kept": "defines A"}
    told["findings"][0].update(hypotheses=[strict], in_words=["the plane is flat"])
    page = report(told, document.page, FACTS)
    entry = entry_of(page, "area")
    assert "is stricter than need be: the relation holds right outside of it (at r = 0.5); kept: defines A" in entry
    assert "in words only, not under test: the plane is flat" in entry
    assert "<dt>Universe</dt>" in entry
    assert "<b>1</b>printed hypotheses under test, of each claim its own; 1 are words only" in page


def test_a_wrong_version_of_a_hypothesis_is_shown_with_its_text(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    refuted = [r"r \ge 1", "another number", "refuted", 6, 7, "0", "at r = 0, which it lets in"]
    told["tallies"][0]["hypotheses"] = [refuted, [r"r \ge 1", "another number", "kept", 6, 7, "2", ""]]
    entry = entry_of(report(told, document.page, FACTS), "area")
    found = [one for one in _versions(entry) if one[1] == r"r \ge 1"]
    assert found == [
        ("refuted", r"r \ge 1", "r = 0, which it lets in", ("1", "0"), []),
        ("needless", r"r \ge 1", "", ("1", "2"), []),
    ]


def test_the_page_names_no_folder_of_this_machine(toy_evidence: Any, html: str) -> None:
    document, _ = toy_evidence
    assert str(FACTS.root) not in html
    assert str(document.request.root) not in html
    assert str(Path.cwd()) not in html
    assert "vscode://" not in html.split("<script>")[0].replace("<code>vscode://</code>", "")


def test_a_statement_in_words_is_quoted_with_its_formulas(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    source = r"Before. It is round for $r>0$, by~\eqref{eq:r}\verified{round_}." + "\n" + "After."
    places = tuple(Place(file="templates/t.tex.j2", line=number) for number in (1, 2))
    page = dataclasses.replace(document.page, rendered=Rendered(source, places))
    told = copy.deepcopy(evidence)
    told["findings"][3]["formula"]["place"] = str(page.marked[0].formula.place)
    entry = entry_of(report(told, page, dataclasses.replace(FACTS, labels={"eq:r": Label("2.4", "3")})), "round_")
    assert "<blockquote>Before. It is round for <math" in entry
    assert ", by\xa0(2.4).</blockquote>" in entry
    assert "After" not in entry


def test_a_claim_that_is_printed_twice_is_told_apart_and_linked_twice(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    told["findings"].append(copy.deepcopy(told["findings"][0]))
    page = report(told, document.page, FACTS)
    assert '<a href="#claim-area">area, 1 of 2</a>' in page
    assert '<a href="#claim-area-2">area, 2 of 2</a>' in page
    assert "3 formulas and 1 statements of 4 claims under test; 1 of them is printed again in the same words, and counted once" in page
    assert '<b class="supported">3</b>supported' in page


def test_a_table_is_shown_with_its_cells_and_nothing_is_shown_for_what_is_not_there(toy_evidence: Any, toy_rows: Any) -> None:
    document, evidence = toy_evidence
    (name,) = (name for name, noun in evidence["nouns"].items() if noun["kind"] == "table")
    shown = toy_rows
    assert shown.keys() == {name}
    page = report(evidence, document.page, dataclasses.replace(FACTS, tables=shown))
    article = page[page.index(f'id="table-{name}"') :].split("</article>")[0]
    assert article.count("<tr>") == len(shown[name]) > 1
    assert article.count("<td>") == sum(map(len, shown[name][1:]))
    assert not re.search(r"<figure[^>]*></figure>", page)
    assert 'class="cells"' not in report(evidence, document.page, FACTS)


def test_each_look_at_a_changed_problem_has_its_own_verdict_and_its_name(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    area = next(one for one in told["findings"] if one["name"] == "area")
    (refuted,) = area["changed"]
    area["changed"].append({**refuted, "verdict": "SUPPORTED", "method": "another look", "counterexample": ""})
    entry = entry_of(report(told, document.page, FACTS), "area")
    assert "exponent = 4.0: refuted, as it must be, by 1 of 2 looks, which is enough<br>" in entry
    assert "<br>another look: supported</dd>" in entry
    area["changed"] = area["changed"][1:]
    assert "exponent = 4.0: not refuted, as it should be" in entry_of(report(told, document.page, FACTS), "area")


def test_the_deviation_of_an_erratum_is_called_that_of_its_counter_example(html: str) -> None:
    look = entry_of(html, "wrong_area").split('<b class="refuted">')[1].split("</li>")[0]
    assert "deviation at the counter-example" in look
    assert "worst deviation" not in look


def test_an_enclosure_is_told_as_what_it_proves_and_never_as_a_deviation(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    ball = {**told["findings"][0]["evidence"][0], "kind": "INTERVAL", "deviation": 9e-4, "tolerance": 1e-3, "cases": 1443}
    told["findings"][0]["evidence"].append(ball)
    page = report(told, document.page, FACTS)
    look = entry_of(page, "area").split("(balls): ")[1].split("</li>")[0]
    assert look.startswith("1443 boxes; enclosures of both sides prove that they are within 0.001 of each other")
    assert "worst deviation" not in look
    nearest = page[page.index("Nearest to failing</h3>") : page.index("Since the last report")]
    assert "0.001" not in nearest


def test_all_that_became_of_wrong_versions_is_counted_and_explained(html: str, toy_evidence: Any) -> None:
    tallies = toy_evidence[1]["tallies"]
    refuted, stopped, unreadable = (sum(one[fate] for one in tallies) for fate in ("refuted", "stopped", "unreadable"))
    close = sum(one["close"] for one in tallies)
    total = sum(len(one["wrong"]) + len(one["hypotheses"]) for one in tallies)
    assert (
        f'<b>{refuted}</b><a href="#wrong">of {total} wrong versions refuted; others: {close} close{f", {stopped} stopped" * bool(stopped)}'
        in html
    )
    assert f"{unreadable} unreadable</a>" in html
    legend = html[html.index('id="wrong"') : html.index("Seeds and versions")]
    assert all(f"<dt>{fate}</dt><dd>" in legend for fate in ("survived", "refuted", "close", "stopped", "same", "needless", "unreadable"))
    why = Counter(row[5] for one in tallies for row in one["wrong"] if row[1] == "stopped")
    assert sum(why.values()) == stopped
    # The toy homework may have none: then nothing is said of why.
    told = legend.partition("Why the stopped")[2]
    assert sum(map(int, re.findall(r"\((\d+)\)", told))) == stopped
    assert all(reason in legend for reason in why)


def test_what_has_no_value_outside_of_a_hypothesis_is_not_said_to_fail(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    hypothesis = {"text": r"r > 0", "need": "EXACT", "said": "it has no value at r = 0", "kept": ""}
    told["findings"][0]["hypotheses"] = [hypothesis, {**hypothesis, "said": "it fails at r = -1"}]
    entry = entry_of(report(told, document.page, FACTS), "area")
    assert "is needed: the relation has no value right outside of it (it has no value at r = 0)" in entry
    assert "is needed: the relation fails right outside of it (it fails at r = -1)" in entry
