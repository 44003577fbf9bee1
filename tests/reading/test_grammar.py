"""The grammar: what is refused and where, what has one reading, and that nothing but a message ever comes of nonsense."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hwgen.model import Binding, Formula, Place, expectation, function, probability, value, variable
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, key_of, read, vocabulary

WORDS: Mapping[str, Binding] = {
    **{name: variable(name) for name in ("n", "t", "s", "x", "x'", r"\rho", r"\delta", r"\lambda_0", r"p^\star", r"\hat{K}", "f")},
    r"K_{\mathrm{NTK}}": variable("k"),
    r"\nabla f": variable("g"),
    "b_j": value(lambda: 1.0),
    "a": value(lambda: np.ones(3)),
    "G": value(lambda: np.ones((3, 3))),
    r"\sigma": function(np.tanh, np.cosh),
    r"\mathbb{E}": expectation(lambda: ([1.0], [0.0]), "D"),
    r"\mathbb{P}": probability(lambda: ([1.0], [0.0]), "D"),
}
TOKENS = sorted(
    {
        *WORDS,
        "a_j",
        "2",
        "12",
        "0.5",
        "+",
        "-",
        "/",
        "^",
        "_",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "|",
        r"\|",
        ",",
        "'",
        "=",
        r"\le",
        "<",
        "&",
        ".",
    }
    | {r"\frac", r"\sqrt", r"\log", r"\exp", r"\sum_{j}", r"\sum", r"\max", r"\sup_{|u|\le 1}", r"\int_0^1", r"\mathrm{d}u", "u", "j", "e"}
    | {r"\pi", r"\infty", r"\left|", r"\right|", r"\left(", r"\right)", r"\cdot", r"\binom", r"\operatorname{erf}", r"\langle", r"\rangle"}
    | {r"\begin{pmatrix}", r"\end{pmatrix}", "\\\\", r"\mathrm", "!", "%", "é", r"\top", r"\{", r"\}", r"\ne", r"\in", r"\mathbb{R}"}
)


def chain(text: str, words: Mapping[str, Binding] = WORDS) -> Chain:
    places = tuple(Place(file="t.tex.j2", line=9, column=column + 1) for column in range(len(text)))
    place = Place(file="t.tex.j2", line=9)
    return read(Formula(macro="checked", name="kappa", text=text, place=place, places=places), vocabulary(words))


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (r"t = n/s\cdot 2", 8, "two ways after the slash"),
        (r"t = n/s/2", 8, "two ways after the slash"),
        (r"t = \log\frac1\delta s", 22, "where does the argument of"),
        (r"t = \sin t\cos t", 11, "where does the argument of"),
        (r"t = \log(t)^2", 12, "a power of the argument"),
        (r"t = \sin^{-1}t", 10, "read only as a whole number"),
        (r"t = \sin_2 n", 9, "only \\log takes a base below it"),
        (r"t = \log -s", 10, "has no argument"),
        (r"t = \log\log n", 9, "nests functions without parentheses"),
        (r"t = \exp{t+s}", 9, "does not print, so the page shows nothing"),
        (r"t = {t+s}n", 5, "does not print, so the page shows nothing"),
        (r"t = 2{t+s}", 6, "does not print, so the page shows nothing"),
        (r"t = {ts}^2", 5, "does not print, so the page shows nothing"),
        (r"t = \log{ns}", 9, "does not print, so the page shows nothing"),
        (r"t = |t|s|n|", 9, "can be paired in two ways; write \\lvert"),
        (r"t = |t|\frac{s}{2}|n|", 19, "can be paired in two ways"),
        (r"t = |t+|s||", 8, "does not say which closes"),
        (r"t = \|x\|s\|x\|", 11, "can be paired in two ways; write \\lVert"),
        (r"t = |t", 6, "expected '|' to close the absolute value"),
        (r"t = x^12", 7, "write ^{12}"),
        (r"t = t_12", 7, "write _{12}"),
        (r"t = t^\frac12", 7, "as an unbraced argument"),
        (r"t = \frac{t}{s}^2", 16, "a power of the numerator"),
        (r"t = p^\star^2", 12, "has two powers"),
        (r"t = x^2^2", 8, "has two powers"),
        (r"t = e^t^2", 8, "has two powers"),
        (r"t = \lambda_0_1", 14, "a second subscript"),
        (r"t = 2d", 6, r"\mathrm{d} for a differential"),
        (r"t = K_{NTK}", 5, "'K' is not bound"),
        (r"t = t''", 6, "not a declared function or symbol with a prime"),
        (r"t = \simga(t)", 5, r"Did you mean '\sigma'?"),
        (r"t = D", 5, "'D' is not bound"),
        (r"t = \sigma''(t)", 13, "declared with 1 derivative, found 2 primes"),
        (r"t = \sigma t", 12, "is not applied"),
        (r"t = \sigma^{-1}(t)", 11, "a power of the function"),
        (r"t = f(x)", 6, "looks like a function applied, and f is bound to a value"),
        (r"t = f(t+1,s)", 6, "looks like a function applied, and f is bound to a value"),
        (r"t = (t,s)", 7, "expected ')'"),
        (r"t = \mathbb{E} t", 16, "is not applied"),
        (r"t = \mathbb{E}[D\le2]", 17, "expected ']'"),
        (r"t = \mathbb{P}(D)", 17, "holds no relation"),
        (r"t = s = ", 7, "ends too early"),
        (r"t = (t]", 7, "expected ')'"),
        (r"t = \left(t)", 5, r"\left without \right"),
        (r"t = t\right)", 6, r"\right without \left"),
        (r"t = 2t3", 7, "the number 3 follows a factor"),
        (r"t = 1\,000", 8, "the number 000 follows a factor"),
        (r"t = 2^-t", 7, "'^' has no argument"),
        (r"t = a_{}", 8, "expected an index"),
        (r"t = \infty", 5, "not a number"),
        (r"t = \operatorname{arsin}(t)", 5, "Did you mean"),
        (r"t = \|x\|_{3}", 11, "the norm _3 is not known"),
        (r"t = \begin{pmatrix}1&2\\3\end{pmatrix}", 5, "the rows of the matrix differ in length"),
        (r"t = \sum_{t=1}^{3} t", 11, "bound here and as a symbol of the claim"),
        (r"t = \sum_j\sum_j a_j", 16, "bound here and by an operator around this one"),
        (r"t = \sum_j b_j", 12, "'b_j' is declared as one symbol, and 'j' runs here"),
        (r"t = \sum_{j=1} a_j", 5, "with one limit"),
        (r"t = \sum_{2} t", 10, "the name of an index or variable"),
        (r"t = \sum_j", 10, "ends too early"),
        (r"t = \max(s)", 5, "max of one thing"),
        (r"t = \sup_{u} u", 5, "sup over what"),
        (r"t = \sup_{u^2\le 1} u", 11, "'u' is not bound"),
        (r"t = \sup_{|u|\le 1} u - s", 23, "how far does sup reach"),
        (r"t = \prod_j a_j s", 5, "how far does \\prod reach"),
        (r"t = \int_0^1 t\,\mathrm{d}t", 27, "bound here and as a symbol of the claim"),
        (r"t = \int_0^1 u\,\mathrm{d}u^2", 28, "after a differential can be read in two ways"),
        (r"t = \int_0^1 u\,ds", 18, "bound here and as a symbol of the claim"),
        (r"t = t", 3, "related to itself"),
        (r"n(n+1) = n (n + 1)", 8, "related to itself"),
        ("t = \u03be", 5, r"'\u03be' is typed directly; write \xi".replace(r"\u03be", "\u03be")),
        ("t = \u0394", 5, "is typed directly; write \\Delta"),
        ("t = \u221e", 5, "is typed directly; write \\infty"),
        ("t = s \u2212 1", 7, "looks like a minus; write -"),
        ("t = s \u2013 1", 7, "looks like a minus; write -"),
        ("t =\u00a0s", 4, "looks like a space"),
    ],
)
def test_what_could_be_misread_is_refused_at_its_column_with_advice(text: str, column: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        chain(text)
    assert said in caught.value.message
    assert caught.value.message.startswith(r"\checked{kappa}: ")
    assert caught.value.place is not None
    assert caught.value.place.column == column


@pytest.mark.parametrize(
    "text",
    [
        r"|t||s|",
        r"|t|\,|s|",
        r"|t|+s|n|",
        r"|t|\cdot s+|n|",
        r"\lvert t\rvert s\lvert n\rvert",
        r"\left|t\right|s\left|n\right|",
        r"\lvert |t|-s\rvert",
        r"\|x\|\,\|x\|",
        r"n(n+1)",
        r"n(-t+s)^2",
        r"\log(n)\,s",
        r"\sigma(t)^2",
        r"(x^2)^2",
        r"1/\log n",
        r"2\cdot 3",
        r"a_{1,2}-a_{j}",
    ],
)
def test_what_has_one_reading_is_read(text: str) -> None:
    words = {**WORDS, "j": variable("j")}
    del words["b_j"]
    assert chain(f"t = {text}", words).relations[0].symbol == "="


@pytest.mark.parametrize(
    ("printed", "declared"),
    [(r"\hat K", r"\hat{K}"), (r"K_{\mathrm {NTK}}", r"K_{\mathrm{NTK}}"), (r"\nabla\, f", r"\nabla f"), (r"x ^{\top}", r"x^\top")],
)
def test_spellings_of_a_symbol_are_one_symbol(printed: str, declared: str) -> None:
    assert key_of(printed) == key_of(declared)


def test_subscripts_in_another_font_are_another_symbol() -> None:
    assert key_of("K_{NTK}") != key_of(r"K_{\mathrm{NTK}}")


def test_the_longest_declared_symbol_is_taken() -> None:
    assert chain(r"x' = \nabla f\, f").symbols == {"x'", r"\nabla f", "f"}


def test_a_symbol_bound_in_two_spellings_is_refused() -> None:
    with pytest.raises(ContentError, match="bound twice"):
        vocabulary({r"\hat K": variable("x"), r"\hat{K}": variable("y")})


def test_a_chain_knows_its_sides_relations_and_where_they_stand() -> None:
    text = r"(t+1) &= s^{2} \\ &\leq \left|n\right|"
    found = chain(text)
    assert [relation.symbol for relation in found.relations] == ["=", r"\le"]
    assert [text[slice(*relation.span)] for relation in found.relations] == ["=", r"\leq"]
    assert found.side_text(1) == "s^{2}"


def test_variables_of_operators_are_no_symbols_of_the_claim() -> None:
    text = r"t = \sum_{k} a_k + \mathbb{E}[D] + \sup_{|u|\le s}u"
    assert chain(text).symbols == {"t", "a", r"\mathbb{E}", "s"}


def test_an_operator_forgets_its_variable() -> None:
    with pytest.raises(ContentError, match="'u' is not bound"):
        chain(r"t = (\sup_{|u|\le s}u) + u")


def test_a_formula_without_places_is_refused_at_its_own_place() -> None:
    place = Place(file="t.tex.j2", line=3)
    with pytest.raises(ContentError, match=r"^t\.tex\.j2:3: \\refuted\{k\}: holds no relation"):
        read(Formula(macro="refuted", name="k", text="t", place=place), vocabulary(WORDS))


def test_what_is_nested_beyond_a_page_is_refused() -> None:
    with pytest.raises(ContentError, match="nested too deeply"):
        chain("t = " + "(" * 5000 + "s" + ")" * 5000)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=14))
def test_nonsense_gets_a_message_and_never_anything_else(tokens: list[str]) -> None:
    try:
        found = chain(" ".join(tokens))
    except ContentError:
        return
    assert found.relations
    assert len(found.sides) == len(found.relations) + 1
