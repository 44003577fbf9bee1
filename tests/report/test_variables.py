"""Variables are told by the symbols that the page prints, wherever a point of theirs is told."""

from __future__ import annotations

from typing import Any

import pytest

from hwgen.report import variables, words
from hwgen.report.wrong import Version, packed

NOUN: dict[str, Any] = {
    "domain": {"eps": {"is": "interval"}, "y": {"is": "vectors"}, "x": {"is": "vectors"}, "seed": {"is": "cases"}},
    "symbols": {
        r"\epsilon": {"is": "variable", "name": "eps"},
        "x'": {"is": "variable", "name": "y"},
        "y": {"is": "value", "function": "f"},
    },
}


def _named(symbol: str) -> str:
    return variables.names({"symbols": {symbol: {"is": "variable", "name": "v"}}})["v"]


@pytest.mark.parametrize(
    ("symbol", "text"), [(r"\lambda_0", "λ₀"), ("x'", "x′"), (r"\mu_*", "μ_*"), (r"\hat x_{12}", "x̂₁₂"), (r"\vartheta", "ϑ"), ("R", "R")]
)
def test_a_symbol_is_written_in_letters(symbol: str, text: str) -> None:
    assert _named(symbol) == text


def test_a_variable_has_its_symbol_and_an_axis_the_norm_of_a_vector() -> None:
    assert variables.symbols(NOUN) == {"eps": r"\epsilon", "y": "x'"}
    assert variables.axes(NOUN) == {"eps": "ε", "y": "‖x′‖", "x": "‖x‖"}
    assert variables.axes({}) == {}


def test_a_point_is_told_by_symbols_and_what_the_page_does_not_print_by_its_name() -> None:
    names = variables.names(NOUN)
    assert words.renamed("at eps = 2, y = [0., 1.], seed = 3", names) == "at ε = 2, x′ = [0., 1.], seed = 3"
    assert words.renamed(r"the eps of \eps = 2 and _eps = 3 and eps_0 = 4", names) == r"the eps of \eps = 2 and _eps = 3 and eps_0 = 4"
    assert words.sharpness({"is": "binds", "at": {"eps": 1, "seed": 2}}, names) == "an equality at ε = 1, seed = 2"
    look = {"at": "at eps = 2", "sides": ["1", "2"], "counterexample": "at eps = 2: K is 1, L is 2 (tolerance 1)"}
    assert words.counter(look, names).startswith("at ε = 2: <math")
    assert "ε = 2" in words.counter({**look, "sides": []}, names)
    hypothesis = {"need": "EXACT", "said": "it fails at eps = 0", "kept": ""}
    assert "it fails at ε = 0" in words.need(hypothesis, names)
    versions = [Version("K", "refuted", 0, 1, "L", "at eps = 2, y = [0.]", ("1", "2"))]
    assert "ε = 2, x′ = [0.]" in packed({"slip": versions}, names)
