r"""What TeX takes for an argument is what is read as one, and what prints no bracket is not read as one."""

from __future__ import annotations

import pytest

from hwgen.model import Bindings, Formula, Place, expectation, function, value, variable
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary
from hwgen.reading.spelled import spelled

OWN: Bindings = {
    "t": variable("t"),
    "s": value(lambda t: t + 1),
    "n": value(lambda: 4),
    "a": value(lambda: [1.0, 2.0]),
    "q": function(lambda u, t: u * t, lambda u, t: t, of=["t"]),
    "f": function(lambda u: u * u, lambda u: 2 * u),
}


def said(text: str, bindings: Bindings = OWN) -> str:
    """How a formula is read, or why it is not."""
    try:
        return spelled(read(Formula(macro="checked", name="k", text=text, place=Place(file="t.tex.j2", line=1)), vocabulary(bindings)))
    except ContentError as error:
        return f"refused: {error.message}"


@pytest.mark.parametrize("space", [r"\,", r"\!", "~", r"\;", r"\relax", r"\displaystyle", r"\quad", r"\left", r"\big", r"\ "])
@pytest.mark.parametrize(
    "before", [r"\frac", r"\frac1", r"\frac{t}", r"\frac{\frac{t}{s}}", r"\binom", r"\sqrt", r"\sqrt[3]", "t^", "a_", r"\dfrac t"]
)
def test_a_space_or_a_size_in_the_place_of_an_argument_is_refused(before: str, space: str) -> None:
    assert f"refused: \\checked{{k}}: '{space}' where TeX takes an argument" in said(rf"{before}{space} st=1")


@pytest.mark.parametrize(
    "text",
    [r"\frac{t}{s}\,t=1", r"\frac12\,t=1", r"t^{\,2}=1", r"\frac ts\left(t\right)=1", r"\frac{\,t}{s}=1", r"\sqrt{t}\,s=1", "\\frac t s=1"],
)
def test_a_space_behind_all_arguments_prints_a_space(text: str) -> None:
    assert not said(text).startswith("refused")


@pytest.mark.parametrize(
    "text",
    [r"\frac{t}{e}^2", r"\frac te^2", r"\log_e^2 t", r"\binom{4}{e}^{0}", r"a_e^{0}", r"\frac e^{t}2", r"\sqrt e^{t}", r"\bar e^{t}"],
)
def test_an_argument_is_one_token_whatever_stands_behind_it(text: str) -> None:
    assert said(f"{text} = 1").startswith("refused: ")


def test_an_e_with_its_power_is_the_exponential_where_it_stands_for_itself() -> None:
    assert said(r"\frac{e^{t}}{2} + e^{e^t} = 1") == "((exp(t) / 2) + exp(exp(t))) = 1"


@pytest.mark.parametrize("one", [r"\mathbf1", r"\mathbf 1", r"\mathbb{1}", r"\mathbb 1"])
def test_braces_that_do_not_print_hold_no_condition(one: str) -> None:
    assert "with braces, which do not print; write" in said(rf"{one}{{t<2}} = 1")
    assert said(rf"{one}\{{t<2\}} = 1") == said(rf"{one}_{{t<2}} = 1") == "cases(1 if t < 2; 0 otherwise) = 1"
    assert "its value there, or a product" in said(rf"{one}_{{t<2}}(t) = 1")


@pytest.mark.parametrize("name", [r"\rho t", "PQ", r"\Delta t", r"\rho\sigma", r"\hat{PQ}", r"\rho_1 t", r"\rho_{1}\sigma"])
def test_what_a_formula_defines_is_one_symbol(name: str) -> None:
    assert "is more than one symbol; what is defined here is one" in said(f"{name} := t = {name}^2")


@pytest.mark.parametrize("name", [r"\rho", "P", r"\hat\rho", r"\hat{\rho}_1", r"\rho'", r"\rho_{12}", r"\rho_{\star}"])
def test_one_symbol_with_its_accent_and_scripts_is_defined(name: str) -> None:
    assert said(f"{name} := t = {name} + 1") == "t = (t + 1)"


@pytest.mark.parametrize(
    "text", [r"\frac{\rho}{2}", r"\frac\rho2", r"\sqrt\rho", r"2^\rho", r"2^{\rho}", r"\log_\rho 2", r"\binom{\rho}{2}", r"\rho(2)"]
)
def test_a_defined_name_stands_for_its_value_as_an_argument_too(text: str) -> None:
    whole = said(rf"\rho := t+1 = {text}")
    assert whole.count("t + 1") == 2 or "looks like a function applied" in whole
    assert r"\rho" not in whole.partition(":")[0]


def test_a_defined_name_is_an_index() -> None:
    assert said(r"k := 2 = a_k + a_{k-1}") == "2 = (a[2] + a[(2 - 1)])"


@pytest.mark.parametrize(
    "text",
    [r"D := 2 = \mathbb{E}[D]", r"\sum_{D=1}^{2}\mathbb{E}[D] = 1", r"\int_0^1\mathbb{E}[D]\,dD = 1", r"\max_{D\in[0,1]}\mathbb{E}[D] = 1"],
)
def test_what_a_law_averages_over_is_not_bound_again(text: str) -> None:
    law = {r"\mathbb{E}": expectation(lambda: [(1.0, 1.0)], "D")}
    assert r"'D' is what \mathbb{E} averages over, and means something else around it" in said(text, {**OWN, **law})
    assert not said(r"\mathbb{E}[D] = \int_0^1 D\,dD", {**OWN, **law}).startswith("refused")


def test_a_norm_with_a_name_is_not_weighted_by_a_matrix_of_that_name() -> None:
    assert "'_F' at a norm is its name to a reader" in said(r"\|a\|_F = 1", {**OWN, "F": value(lambda: [[1.0]])})


@pytest.mark.parametrize("sign", [r"\cdot", r"\times", "/", ""])
def test_how_far_a_derivative_reaches_is_asked_before_every_factor(sign: str) -> None:
    assert "how far does the derivative reach?" in said(rf"\frac{{\mathrm d}}{{\mathrm dt}}f(t){sign} s = 1")


def test_the_exponential_cannot_be_defined_anew() -> None:
    assert "'e' has a meaning of its own" in said("e := t = e^{2}")


def test_a_function_that_depends_on_the_variable_elsewhere_has_no_plain_derivative_along_it() -> None:
    assert "q depends on t twice" in said(r"\frac{\mathrm d}{\mathrm dt}q(t) = 1")
    assert said(r"\frac{\mathrm d}{\mathrm dt}f(t) = q'(t)") == "f'(t) = q'(t)"


@pytest.mark.parametrize(
    "spaces",
    [r"\!\!", r"\! \!", r"\!\,\!\,", r"\!~\!", r"\!\;\!", r"\!{}\!", r"\!\relax\!", r"\!{\!}", r"\!\left.\!\right.", r"\negthinspace\!"],
)
def test_no_row_of_spaces_goes_back_far(spaces: str) -> None:
    assert "more than one '\\!' in a row" in said(f"t{spaces}s = 1")
    assert not said(r"t\!s\!n = 1").startswith("refused")


def test_a_digit_of_another_script_is_named() -> None:
    assert "'\uff12' is typed directly" in said("t = 1\uff12")


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (r"\sup_{u\in[0,1]}u(1-t) = 1", r"Write '\sup_{u\in[0,1]}(u(1-t))'"),
        (r"\max_{k=1}^{2}a_kT = 1", r"a_kT"),
    ],
)
def test_advice_keeps_the_case_of_what_it_quotes(text: str, advice: str) -> None:
    assert advice in said(text, {**OWN, "T": value(lambda: 2.0)})


def test_a_logarithm_to_a_base_is_one_factor() -> None:
    assert said(r"\max_{k=1}^{4}\log_2(k) = 2") == "max over whole k from 1 to 4 of [(log(k) / log(2))] = 2"
