"""The words of the report are there for all that it tells of."""

from __future__ import annotations

import re

import pytest

from hwgen.model import Kind
from hwgen.report.words import BY, counter, seconds, unicode


def test_every_kind_of_evidence_has_its_word() -> None:
    assert set(BY) == set(Kind.__members__)


def test_a_time_has_no_power_of_ten() -> None:
    assert [seconds(one) for one in (0.00912, 1.234, 99.4, 99.7, 190.4)] == ["0.0091", "1.2", "99", "100", "190"]


def test_a_formula_among_words_has_signs_for_their_commands() -> None:
    assert unicode(r"\sum_j\alpha_j^2\le R^2 and \sup x\ne\infty") == "∑_jα_j^2≤ R^2 and sup x≠∞"


@pytest.mark.parametrize(
    ("latex", "letters"),
    [
        (r"\lambda_0 x", "λ_0 x"),
        (r"\bar\xi - \hat K", "ξ̄ - K̂"),
        (r"\widehat{\mathfrak R} + \tilde {D}_R", "R̂ + D̃_R"),
        (r"\|K\|_{\mathrm F}^2", r"\|K\|_{F}^2"),
        (r"K_{\mathrm{NTK}}(\mathbb E[w ^ 2])", "K_{NTK}(E[w ^ 2])"),
        (r"a\text{ if }b", "a if b"),
        (r"50 % of \Gamma", "50 % of Γ"),
        (r"\hat", ""),
    ],
)
def test_a_formula_in_words_has_letters_for_their_names_and_loses_no_brace(latex: str, letters: str) -> None:
    assert unicode(latex) == letters


def test_a_counter_example_shows_its_sides_as_formulas_and_any_other_text_as_it_is() -> None:
    told = r"at n = 1: \|x\| is 0.75, \frac{1}{2} is 0.5 (tolerance 1e-12)"
    look = {"at": "at n = 1", "sides": ["0.75", "0.5"], "counterexample": told}
    assert re.sub(r"<[^>]*>", "", counter(look)) == "at n = 1: ‖x‖ is 0.75, 12 is 0.5 (tolerance 1e-12)"
    for other in ("three null eigenvalues, two counted", told.replace("n = 1", "n = 2"), told.replace("is 0.5", "was 0.5")):
        assert str(counter(look | {"counterexample": other})).startswith('<span class="code">')
