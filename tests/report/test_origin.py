"""How a number came about is told in full: what made it, with what, by means of what; of a fit what its words say is what it computes."""

from __future__ import annotations

import copy
import re
from typing import Any

import numpy as np
import pytest

from hwgen.evidence.fits import fitted
from hwgen.model import Fit, Place
from hwgen.report.origin import DRIFT, functions, origin, said
from hwgen.report.report import Facts, report

PLACE = Place(file="a.py", line=1)


def _row(html: str, name: str) -> str:
    start = html.index(f'<tbody id="number-{name}"')
    return html[start : html.index("</tbody>", start)]


def test_a_number_tells_its_function_its_study_its_error_and_its_sentence(toy_evidence: Any, tmp_path: Any) -> None:
    document, evidence = toy_evidence
    row = _row(report(evidence, document.page, Facts(root=tmp_path, sheets={"templates/circle.tex.j2": {15: [2, 3]}})), "slope_darts")
    assert '<a href="#function-toy-exercises-circle-slope_darts">slope_darts</a>' in row
    assert re.search(r"<dt>By means of</dt><dd><a href=\"#function-hwgen-evidence-fits-power_law\">power_law</a>: Least-squares slope", row)
    assert "<dt>In it</dt><dd><code>power_law(data[&#39;throws&#39;], data[&#39;errors&#39;]).estimate</code></dd>" in row
    assert '<a href="#study-darts">darts</a>: Error of the area by throwing darts.' in row
    assert "standard error 0.0" in row
    assert '<dt>In the text</dt><dd class="elsewhere">The fitted slope is <math' in row
    assert '<code class="at">templates/circle.tex.j2:15:22</code> (page 2 or 3)' in row
    assert '<dt>Problem</dt><dd>that of <a href="#settings-circle">circle</a>' in row


def test_every_link_to_a_function_leads_to_its_text(toy_evidence: Any, tmp_path: Any) -> None:
    document, evidence = toy_evidence
    html = report(evidence, document.page, Facts(root=tmp_path))
    wanted = set(re.findall(r'href="#(function-[^"]*)"', html))
    assert wanted
    assert all(f'<article id="{one}">' in html for one in wanted)
    assert "return power_law(data[&#34;throws&#34;], data[&#34;errors&#34;]).estimate" in html


def _fit(evidence: Any, part: str, **changed: Any) -> Any:
    told = copy.deepcopy(evidence)
    fit = {"part": part, "x": "throws", "y": "errors", "row": None, "by": "hwgen.evidence.fits.power_law", **changed}
    told["origins"]["fits"]["slope_darts"] = fit
    return told


def test_a_fit_says_what_was_fitted_over_what_and_how_its_error_was_found(toy_evidence: Any) -> None:
    told = _fit(toy_evidence[1], "slope")
    found = origin(told, "slope_darts", functions(told))
    assert found.fit == [
        "Least squares: the slope of the logarithm of the mean of darts.errors over its 30 rows against the logarithm of darts.throws, "
        "at 6 values of throws from 16 to 16384.",
        "Standard error: by the jackknife, leaving out each of the 30 rows in turn.",
    ]
    told = _fit(toy_evidence[1], "drift", y="errors", row=2)
    drift = origin(told, "slope_darts", functions(told)).fit
    assert "the logarithm of row 3 of darts.errors against" in drift[0]
    assert drift[1:] == [DRIFT, "Standard error: from the residuals of the fit."]


@pytest.mark.parametrize("count", [6, 7])
def test_the_drift_is_what_its_words_say(count: int) -> None:
    """The slope over the wider half less that over the narrower one, which share the middle of an odd number; by numpy's own fit."""
    rng = np.random.default_rng(8)
    x = 2.0 ** np.arange(count)
    y = np.exp(rng.normal(size=(5, count)))
    half = (count + 1) // 2
    slopes = [np.polyfit(np.log(x[part]), np.log(y.mean(axis=0)[part]), 1)[0] for part in (slice(count - half, None), slice(half))]
    fit = Fit(part="drift", x="x", y="y", row=None, place=PLACE)
    assert fitted(fit, [{"x": x, "y": y}]).value == pytest.approx(slopes[0] - slopes[1], rel=1e-9)
    assert "the slope over the wider half of the abscissae less the slope over the narrower half" in DRIFT


def test_what_a_function_says_of_itself_is_its_first_paragraph_with_its_formulas() -> None:
    shown = said("Width :math:`n^2` of `p` <here>.\n\nMore.")
    assert re.sub(r"<math.*?</math>", "FORMULA", shown) == "Width FORMULA of <code>p</code> &lt;here&gt;."


def test_of_a_function_that_makes_several_numbers_only_what_makes_this_one_is_told(toy_evidence: Any, tmp_path: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    function = told["origins"]["functions"]["toy.exercises.circle.slope_darts"]
    function["calls"].append("toy.exercises.circle._area")
    function["parts"] = {"slope_darts": ["power_law(data['throws'], e).estimate"], "other": ["_area(1)"]}
    row = _row(report(told, document.page, Facts(root=tmp_path)), "slope_darts")
    assert "<dt>In it</dt><dd><code>power_law(data[&#39;throws&#39;], e).estimate</code></dd>" in row
    assert ">power_law</a>: Least" in row
    assert "_area" not in row


def test_a_part_that_calls_nothing_is_made_by_means_of_nothing_and_with_no_other_number(toy_evidence: Any, tmp_path: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    function = told["origins"]["functions"]["toy.exercises.circle.slope_darts"]
    function["given"] = {"SHARE": "0.25", "DIGITS": "1e-06"}
    function["parts"] = {"slope_darts": ["Estimate(value=data['least'], error=DIGITS)"]}
    row = _row(report(told, document.page, Facts(root=tmp_path)), "slope_darts")
    assert "By means of" not in row
    assert "DIGITS = 1e-06" in row
    assert "SHARE" not in row


def test_a_fit_is_told_over_what_its_rows_are(toy_evidence: Any) -> None:
    told = _fit(toy_evidence[1], "slope")
    told["origins"]["functions"][told["nouns"]["darts"]["by"]["function"]]["said"] = "Error.\n\nAxes: row is repetition."
    found = origin(told, "slope_darts", functions(told))
    assert "the mean of darts.errors over its 30 repetitions against" in found.fit[0]
    assert "leaving out each of the 30 repetitions in turn" in found.fit[-1]
