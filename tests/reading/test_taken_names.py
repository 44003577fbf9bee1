r"""Names that mean something to a reader already, by themselves or by their parts: not bound, not defined, not read as powers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from reading.misread import BINDINGS, chain

from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Binding, Formula, Place, value
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary

WITH_E: Mapping[str, Binding] = {**BINDINGS, "e": value(lambda: 3.0)}


@pytest.mark.parametrize("text", [r"\mathbb E[sD]", r"\mathbb E[t]", r"\mathbb P(s<D)", r"\mathbb E|D|"])
def test_what_a_law_is_of_is_no_symbol_of_the_claim(text: str) -> None:
    with pytest.raises(ContentError, match=r"'D' is averaged over by .* and bound as a symbol of the claim; name one of them otherwise"):
        chain(f"t = {text}", {**BINDINGS, "D": value(lambda: 2.0)})


def test_a_word_that_is_no_index_is_not_counted_in_a_head() -> None:
    with pytest.raises(ContentError, match="declared to average over D"):
        chain(r"t = \mathbb E_n[D]")


WRAPPED = (
    r"t^{\mathrm 2}",
    r"t^{\text{2}}",
    r"t^{2{}}",
    r"t^{\ensuremath{2}}",
    r"t^{\mathord{s}}",
    r"t^\mathord{s}",
    r"\mathord{ts}",
    r"\mathop{ts}",
    r"\mathord{t}\mathord{s}",
)


@pytest.mark.parametrize(
    "name", [r"t_{\text{a}}", r"\hat{\text{a}}", r"t_{\textrm{a}}", r"t^{\mbox{a}}", r"t_{n,\text{a}}", r"\mathbf{\text{a}}", r"t\text{a}"]
)
def test_words_in_a_name_are_a_part_of_it(name: str) -> None:
    bound = {name: value(lambda: 2.0)}
    other = name.replace("{a}", "{b}")
    assert chain(f"1 = {name}", bound).symbols == {name}
    for printed in (other, name.replace("{a}", "{a,}"), name.replace("{a}", "{a b}")):
        with pytest.raises(ContentError):
            chain(f"1 = {printed}", bound)
    if "_" in name:
        assert chain(rf"1 = \det\begin{{pmatrix}}{name}\end{{pmatrix}}", bound).symbols == {name}
    assert chain(f"{other} = {name}", {**bound, other: value(lambda: 2.0)}).symbols == {name, other}


@pytest.mark.parametrize("name", [r"\mathcal{t}", r"\mathscr{a}", r"\mathcal t_1", r"\mathbb{t}"])
def test_a_font_of_capitals_prints_no_small_letter(name: str) -> None:
    with pytest.raises(ContentError, match="a sign or a number"):
        vocabulary({name: value(lambda: 2.0)})
    with pytest.raises(ContentError, match="has a meaning of its own"):
        chain(f"{name} := t = {name}")


def test_what_is_defined_prints_as_nothing_that_is_bound() -> None:
    with pytest.raises(ContentError, match="prints as 't' does, which is bound"):
        chain(r"\mathit{t} := 2 = t")


@pytest.mark.parametrize(
    ("symbol", "parts", "text"),
    [
        (r"\sigma^2", [r"\sigma"], r"\sigma^2 = 1"),
        ("t^2", ["t"], "1 = t^2"),
        ("ab", ["a", "b"], "1 = ab"),
        (r"\Delta t", [r"\Delta", "t"], r"\Delta t = 1"),
        (r"\mathit{ts}", ["t", "s"], r"\mathit{ts} = 1"),
        *((one, ["t", "s"], f"{one} = 1") for one in WRAPPED),
    ],
)
def test_a_symbol_that_is_also_what_its_parts_say_is_refused(symbol: str, parts: list[str], text: str) -> None:
    bound = {name: value(lambda: 2.0) for name in (symbol, *parts)}
    formula = Formula(macro="checked", name="k", text=text, place=Place(file="t.tex.j2", line=1))
    with pytest.raises(ContentError, match="can be read as what its parts mean"):
        read(formula, vocabulary(bound))
    assert read(formula, vocabulary({symbol: value(lambda: 2.0)})).symbols == {symbol}


def test_a_power_of_a_symbol_with_one_is_read_in_parentheses() -> None:
    squared = {**BINDINGS, r"\sigma^2": value(lambda: 5.0)}
    del squared[r"\sigma"]
    assert float(evaluate(chain(r"(\sigma^2)^2 = 0", squared).sides[0], scope_at(squared, {})).value) == 25.0


@pytest.mark.parametrize("name", [r"\mathrm{T}", r"\mathsf T", r"\mathbb{R}", r"\nabla", r"\mathrm d", r"\mathrm{e}", r"\mathsf{d}"])
def test_a_name_with_a_meaning_is_neither_bound_nor_defined(name: str) -> None:
    with pytest.raises(ContentError, match="has a meaning of its own"):
        vocabulary({name: value(lambda: 2.0)})
    with pytest.raises(ContentError, match="has a meaning of its own to a reader"):
        chain(rf"{name} := 2 = t")


SIGNS = r"\cdotp \prec \ldotp \coprod \div \ast \star \wedge \setminus \backslash \colon \surd \emptyset \to \mapsto \parallel \neg"
TYPED = (
    r"\mathit{t-s}",
    r"\operatorname{2}",
    r"\operatorname{max}",
    r"\operatorname{sin}",
    r"\mathrm{log}",
    r"\mathit{t,s}",
    r"\overline{t+s}",
)
NUMBERS = (r"\mathit{2}", r"\mathbf{2}", r"\mathcal{1}", r"\mathbf{12}", r"\hat 2", "t2", r"\mathrm{2t}")


@pytest.mark.parametrize("name", [*SIGNS.split(), *NUMBERS, *TYPED, r"t\star s", r"\mathit{\cdotp}"])
def test_what_prints_a_sign_or_a_number_is_no_name_of_a_value(name: str) -> None:
    with pytest.raises(ContentError, match=r"for what is bound; bind what is bound to a letter|has a meaning of its own|is an expression"):
        vocabulary({name: value(lambda: 2.0)})


@pytest.mark.parametrize(
    "name",
    [
        r"\mathbf 1",
        r"\mathbb{1}",
        r"\mathrm{L2}",
        r"\operatorname{relu6}",
        "p^\\star",
        r"A^\dagger",
        "x'",
        r"\partial_t f",
        r"\triangle f",
        r"\ell",
    ],
)
def test_what_prints_letters_or_a_bold_one_is_a_name(name: str) -> None:
    assert vocabulary({name: value(lambda: 2.0)}).symbols == (name,)


@pytest.mark.parametrize("name", ["d", "e", "T", r"\Pr"])
def test_a_name_that_claims_may_bind_is_not_defined_in_passing(name: str) -> None:
    assert vocabulary({name: value(lambda: 2.0)}).symbols == (name,)
    with pytest.raises(ContentError, match="has a meaning of its own to a reader"):
        chain(rf"{name} := 2 = t", {"t": value(lambda: 2.0)})


@pytest.mark.parametrize(
    "text", [r"\sum_{\cdotp=1}^{3} \cdotp = 6", r"\sup_{0\le\prec\le1} \prec = 1", r"\star := t = 2\star", r"\mathbf{2} := t = 2\mathbf{2}"]
)
def test_a_sign_is_no_index_and_is_not_defined(text: str) -> None:
    with pytest.raises(ContentError, match=r"expected the name of an index|has a meaning|is not read|is not bound|orders"):
        chain(text)


@pytest.mark.parametrize("text", [r"\rho := t = \rho", r"\rho := t+s = \rho = 3", r"x_k := 2t = 2t", r"\rho := t = 2\rho = 2t"])
def test_a_name_beside_what_defines_it_is_related_to_itself(text: str) -> None:
    with pytest.raises(ContentError, match="is related to itself"):
        chain(text)


@pytest.mark.parametrize("text", ["e^{-t} = s", "t = s e^t", r"t = \frac{e^{t}}{2}"])
def test_the_exponential_is_no_power_of_a_declared_e(text: str) -> None:
    with pytest.raises(ContentError, match="the exponential to a reader, and e is declared"):
        chain(text, WITH_E)
