"""Two spellings that print the same are one symbol, and those that a reader tells apart are two."""

from __future__ import annotations

import pytest

from hwgen.model import value
from hwgen.model.errors import ContentError
from hwgen.reading import vocabulary
from hwgen.reading.looks import look_of

ALIKE = [
    ("t'", r"t^\prime"),
    ("t'", r"t^{\prime}"),
    ("t''", r"t^{\prime\prime}"),
    ("t^*", r"t^\ast"),
    ("t_*", r"t_\ast"),
    ("t_{ab}", "t_{a{}b}"),
    (r"t_{\mathrm a}", r"t_{\text a}"),
    (r"t_{\mathrm{max}}", r"t_{\rm max}"),
    (r"t_{\max}", r"t_{\mathrm{max}}"),
    (r"t_{\max}", r"t_{\operatorname{max}}"),
    ("t_2", r"t_{\text 2}"),
    (r"\mathrm t", r"\operatorname t"),
    (r"\mathbf t", r"\textbf t"),
    (r"\Delta", r"\mathrm\Delta"),
    (r"\mu", r"\mathrm\mu"),
    (r"\ell", r"\mathrm\ell"),
    ("t_a^*", "t^*_a"),
    ("t_a'", "t'_a"),
    ("t_1^a", "t^a_1"),
    (r"t^\dagger", r"t^\dag"),
    ("t^{(1)}", r"t^{\lparen1\rparen}"),
    (r"t_{\le a}", r"t_{\leq a}"),
    (r"t_\to", r"t_\rightarrow"),
    ("t", r"\mathit{t}"),
    ("t", r"\mathord{t}"),
    ("t", r"\mathop{t}"),
    ("t", r"\ensuremath{t}"),
    ("t", "t^{}"),
    (r"\alpha", r"\protect\alpha"),
    ("t_-", r"t_{\mathord -}"),
    (r"\hat t", r"\widehat t"),
    (r"\bar t", r"\overline{t}"),
]
APART = [
    ("t", r"\mathrm t"),
    ("t", "t'"),
    ("t_a", "t^a"),
    ("t_a", r"t_{\mathrm a}"),
    ("t_{ab}", r"t_{\mathrm{ab}}"),
    ("K", r"\hat K"),
    (r"\hat K", r"\bar K"),
    (r"\mathbf t", r"\mathrm t"),
    ("t_1", "t_{11}"),
    ("t_{a,b}", "t_{ab}"),
    (r"\epsilon", r"\varepsilon"),
    (r"t^\star", "t^*"),
    ("t_a^b", "t_b^a"),
    (r"x_i", r"x_j"),
    (r"\mathcal L", "L"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_prints_the_same_looks_the_same_and_is_not_bound_twice(one: str, other: str) -> None:
    assert look_of(one) == look_of(other)
    with pytest.raises(ContentError):
        vocabulary({one: value(lambda: 1.0), other: value(lambda: 2.0)})


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_a_reader_tells_apart_is_two_symbols(one: str, other: str) -> None:
    assert look_of(one) != look_of(other)
    assert vocabulary({one: value(lambda: 1.0), other: value(lambda: 2.0)}).symbols == (one, other)
