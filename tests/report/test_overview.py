"""The overview says of which claims the two sides are hardly independent."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

from hwgen.report.report import Facts, report


def test_sides_that_share_their_code_are_told_the_most_of_it_first(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    for finding in told["findings"]:
        common = {"area": ["circle.f"], "tangent": ["circle.f", "circle.g"]}.get(finding["name"], [])
        finding["overlap"] = {"common": common, "of": 3}
    page = report(told, document.page, Facts(root=Path()))
    shown = page[page.index('id="shared"') :]
    shown = shown[: shown.index("</table>")]
    assert re.findall(r'<a href="#claim-\w+">(\w+)</a></th><td class="number">(\d)</td><td class="number">(\d)', shown) == [
        ("tangent", "2", "3"),
        ("area", "1", "3"),
    ]
    assert re.search(r"<b>1</b><a href=\"#shared\">claims of whose code more than half", page)


def test_where_nothing_is_shared_nothing_is_said(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    for finding in told["findings"]:
        finding["overlap"] = None
    assert "Sides that share the most code" not in report(told, document.page, Facts(root=Path()))


def test_why_wrong_versions_were_stopped_is_told_with_their_number(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    told, why = copy.deepcopy(evidence), "sides of different shapes"
    rows = [row for tally in told["tallies"] for row in tally["wrong"] if row[1] == "refuted"][:3]
    for row in rows:
        row[1], row[5:] = "stopped", [why]
    page = report(told, document.page, Facts(root=Path()))
    legend = page[page.index("Why the stopped") :]
    assert sum(map(int, re.findall(rf"{why} \((\d+)\)", legend))) == len(rows) == 3
    assert re.search(r"others: \d+ close, 3 stopped", page)
