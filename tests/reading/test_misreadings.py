r"""What prints one thing and could be read as another: read as it prints, or refused at its column, wherever it can occur."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Binding, Formula, Place, expectation, function, probability, value
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, vocabulary

DICE = (np.full(6, 1 / 6), np.arange(1.0, 7.0))
BINDINGS: Mapping[str, Binding] = {
    **{name: value(lambda number=number: number) for name, number in {"t": 1.7, "s": 0.6, "n": 3.0, "d": 2.0, "f": 2.5}.items()},
    r"\sigma": value(lambda: 0.5),
    r"\lambda_1": value(lambda: 0.25),
    r"\phi": function(np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "a": value(lambda: np.array([0.5, -1.5, 2.0])),
    "b": value(lambda: np.array([-1.0, 2.0, 4.0])),
    "q": value(lambda: np.array([[0.25, 0.5], [0.75, 0.125]])),
    r"\mathbb{E}": expectation(lambda: DICE, "D"),
    r"\mathbb{P}": probability(lambda: DICE, "D"),
}
WITH_E: Mapping[str, Binding] = {**BINDINGS, "e": value(lambda: 3.0)}


def chain(text: str, bindings: Mapping[str, Binding] = BINDINGS) -> Chain:
    places = tuple(Place(file="t.tex.j2", line=9, column=column + 1) for column in range(len(text)))
    return read(Formula(macro="checked", name="kappa", text=text, place=places[0], places=places), vocabulary(bindings))


def number(text: str) -> float:
    return float(evaluate(chain(f"{text} = 0").sides[0], scope_at(BINDINGS, {})).value)


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        # TeX raises or lowers one character only
        ("t = t^0.5", 7, "puts only 0 into the script; write ^{0.5}"),
        ("t = t_1.5", 7, "puts only 1 into the script; write _{1.5}"),
        ("t = 12^34.5", 8, "puts only 3 into the script; write ^{34.5}"),
        (r"t = \sum_{k=1}^12 k", 16, "puts only 1 into the script; write ^{12}"),
        (r"t = \int_0.5^1 u\,\mathrm{d}u", 10, "puts only 0 into the script; write _{0.5}"),
        (r"t = \frac0.5 2", 10, "takes only 0 as its argument; write {0.5}"),
        (r"t = \frac1 2.5", 12, "takes only 2"),
        (r"t = \sqrt1.5", 10, "takes only 1"),
        (r"t = \frac{1}23", 13, "TeX takes only 2; write {23}"),
        (r"t = \frac t12", 12, "TeX takes only 1; write {12}"),
        (r"t = \sqrt[3]27", 13, "TeX takes only 2; write {27}"),
        (r"t = \binom{n}12", 14, "TeX takes only 1; write {12}"),
        # a power or a factorial that could be of more, or of less
        (r"t = q_{1,2}^{-1}", 12, "write (q_{1,2})^… for a power of the entry, or (B)_{…} of a declared B = q^… for an entry of the power"),
        (r"t = q_{1,2}^2", 12, "can be read in two ways"),
        (r"t = q_{1,2}^\top", 12, "can be read in two ways"),
        (r"t = \sum_{i,j} q_{ij}^{-1}", 22, "can be read in two ways"),
        (r"t = \sum_{j=1}^{2} q_{j+1,j}^2", 29, "can be read in two ways"),
        (r"t = \log(1)!", 5, "can be read in two ways; write parentheses"),
        (r"t = \exp(0)!", 5, "can be read in two ways; write parentheses"),
        (r"t = \log_2(4)!", 5, "can be read in two ways; write parentheses"),
        (r"t = \sin^2(0)!", 5, "can be read in two ways; write parentheses"),
        (r"t = \operatorname{tr}(q)!", 5, "can be read in two ways; write parentheses"),
        (r"t = \mathbb{E}(D)!", 5, "can be read in two ways; write parentheses"),
        (r"t = \mathbb{E}[D]!", 5, "can be read in two ways; write parentheses"),
        (r"t = \begin{cases} t & \text{if } t > 0 \\ s & \text{otherwise} \end{cases}^2", 75, "a power of their last row"),
        (r"t = \begin{cases} t & t > 0 \end{cases} + s", 5, "prints beside the condition"),
        (r"t = \begin{cases} t & t > 0 \end{cases} s", 5, "prints beside the condition"),
        (r"t = \begin{cases} t & t > 1 \\ s & t < 1 \\ 1 & t = 1 \end{cases} = s", 5, "prints beside the condition"),
        (r"t = \begin{cases} t & t > 0 \\ s & t \le 0 \end{cases} / 2", 5, "prints beside the condition"),
        (r"t = \begin{cases} t & t > 0 \\ s & t \le 0 \end{cases} (s)", 5, "prints beside the condition"),
        # open balls
        (r"t = \max_{\|u\|<1} \langle a, u\rangle", 5, r"a max over an open ball need not be attained; write \sup, or \le"),
        (r"t = \min_{\lVert u\rVert \lt 1} \langle a, u\rangle", 5, r"write \inf, or \le"),
        # ranges
        (r"t = \max_{0\le u\le1} u(1-u)", 5, "may be real or whole; write an interval"),
        (r"t = \min_{|u|\le1} u", 5, "may be real or whole"),
        (r"t = \sup_{1\le k\le2} k", 5, "may be real or whole"),
        (r"t = \sup_{|k|\le2} k", 5, "may be real or whole"),
        (r"t = \sup_{1\le\ell\le3} \ell(4-\ell)", 5, "may be real or whole"),
        (r"t = \inf_{\ell>0} \ell", 5, "may be real or whole"),
        (r"t = \max_{j\le n} j", 5, "may be real or whole"),
        (r"t = \sum_{k\in\mathbb R} k", 5, "a sum over reals"),
        (r"t = \prod_{k\in\mathbb R} k", 5, "a product over reals"),
        (r"t = \sum_{k\in[0,1]} k", 5, "a sum over reals"),
        (r"t = \sum_{k\in\mathbb N} k", 15, "begins at 0 for some"),
        (r"t = \max_{u\in(0,1)} u", 5, "need not be attained; write \\sup"),
        (r"t = \max_j^n a_j", 5, "with an upper limit and no lower one"),
        (r"t = \sum_{1\le j\le n}^2 a_j", 5, "with an upper limit and no lower one"),
        (r"t = \max_{j=1} a_j", 5, "with one limit"),
        (r"t = \sum_{k\le n} k", 5, "begins nowhere"),
        (r"t = \prod_{k<n} k", 5, "begins nowhere"),
        # reach
        (r"t = \mathbb E(D-t)^2", 19, r"can be read in two ways; write (\mathbb{E}(…))^2 for its power, or \mathbb{E}[(…)^2]"),
        (r"t = \mathbb P(D<t)^2", 19, r"write (\mathbb{P}(…))^2 for its power"),
        (r"t = \mathbb P[D<t]^2", 19, "can be read in two ways"),
        (r"t = \mathbb E(D-t)(s)", 19, r"how far does \mathbb{E} reach"),
        (r"t = \max_k a_k\min_l b_l", 5, "how far does max reach"),
        (r"t = \max_k a_k t", 5, "how far does max reach"),
        (r"t = \min_k a_k/t", 5, "how far does min reach"),
        (r"t = \sup_{|u|\le 1} u\cdot t", 5, "how far does sup reach"),
        (r"t = \prod_{k=1}^3 (k)\,t", 5, "how far does \\prod reach"),
        (r"t = \prod_{k=1}^3 (k)(t)", 5, "how far does \\prod reach"),
        (r"t = \prod_{k=1}^3 k^2 t", 5, "how far does \\prod reach"),
        (r"t = \prod_{k=1}^3 \frac{k}{2}t", 5, "how far does \\prod reach"),
        (r"t = \log\sum_{k=1}^3 k\,t", 9, "how far does the argument reach"),
        (r"t = \exp\max_k a_k", 9, "how far does the argument reach"),
        (r"t = n/\sum_j a_j t", 7, "what does the slash divide by"),
        (r"t = n/\max_j a_j", 7, "what does the slash divide by"),
        (r"t = \log(1+t)(1-t)", 14, "where does the argument end"),
        # names that look applied or decorated
        (r"t = a_2(t)", 8, "looks like a function applied"),
        (r"t = \lambda_1(s)", 14, "looks like a function applied"),
        (r"t = \sigma^2(t)", 13, "looks like a function applied"),
        (r"t = \sigma^{-1}(t)", 16, "looks like a function applied"),
        (r"t = t[s]", 6, "looks like a function applied"),
        (r"t = t\{s\}", 6, "looks like a function applied"),
        (r"t = f(s+1)", 6, "looks like a function applied"),
        (r"t = f[s+1]", 6, "looks like a function applied"),
        (r"t = q_{12}(s)", 11, "looks like a function applied"),
        (r"t = q_{1,2}(s)", 12, "looks like a function applied"),
        (r"t = \sum_{k=1}^3 k(t)", 19, "looks like a function applied"),
        (r"t = \pi(n)", 8, "looks like a function applied"),
        (r"t = t^{(2)}", 7, "a label or a derivative"),
        (r"t = t^{[2]}", 7, "a label or a derivative"),
        (r"t = a_1^{(2)}", 9, "a label or a derivative"),
        (r"t = (t+s)^{(2)}", 11, "a label or a derivative"),
        (r"t = a_{(1)}", 8, "expected an index"),
        (r"t = [t]", 5, "an integer part, a set"),
        (r"t = \{t+s\}", 5, "an integer part, a set"),
        (r"t = q_{2i}", 9, "is not bound|one index or several"),
        (r"t = \sum_{i=1}^2 q_{2i}", 22, "one index or several; write commas"),
        # rows
        (r"s=t-1 \\ t=s+1", 7, r"'\\' separates '1' from 't', and is no product"),
        (r"s=t-1 \qquad t=s+1", 7, r"'\qquad' separates '1' from 't'"),
        (r"s=t-1 \quad t=s+1", 7, r"'\quad' separates"),
        (r"s=t-1 & t=s+1", 7, "'&' separates"),
        (r"s=t-1 \\ -t=s", 7, "separates"),
        (r"s&=t-1 & -t&=s", 8, "separates"),
        (r"s=t-1 \qquad -t=s", 7, "separates"),
        (r"t = 2 \\ (s+1)", 7, "separates"),
        (r"t = (2 & s)", 8, "separates"),
        # operators made of letters
        (r"t = \frac{d}{dt}\phi(t)", 5, "a derivative to a reader"),
        (r"t = \frac{df}{dt}", 5, "a derivative to a reader"),
        (r"t = \frac{d^2 f}{d t^2}", 5, "a derivative to a reader"),
        # mixed numbers, and numbers that look like others
        (r"t = 2\frac12", 5, "a mixed number or as a product"),
        (r"t = 2\,\tfrac{1}{2}", 5, "a mixed number or as a product"),
        (r"t = t\cdot2\frac12", 5, "a mixed number or as a product"),
        (r"t = \max(1{,}5, 2)", 11, "a decimal or thousands mark"),
        (r"t = \max(1,000, 2)", 12, "looks like thousands"),
        # delimiters and spaces that print something else
        (r"t \left< s \right> n", 8, "prints an angle bracket"),
        (r"t \bigl< s", 8, "prints an angle bracket"),
        (r"t = s\!\!\!n", 10, "may print one thing over another"),
    ],
)
def test_what_prints_as_something_else_is_refused_at_its_column(text: str, column: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        chain(text)
    assert any(one in caught.value.message for one in said.split("|")), caught.value.message
    assert caught.value.place is not None
    assert caught.value.place.column == column


@pytest.mark.parametrize("text", ["e^{-t} = s", "t = s e^t", r"t = \frac{e^{t}}{2}"])
def test_the_exponential_is_no_power_of_a_declared_e(text: str) -> None:
    with pytest.raises(ContentError, match="the exponential to a reader, and e is declared"):
        chain(text, WITH_E)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\sum_{|k|\le n} k^2", 28.0),
        (r"\sum_{|k|<n} k^2", 10.0),
        (r"\prod_{|k|\le 2} (k+t)", float(np.prod([k + 1.7 for k in range(-2, 3)]))),
        (r"\max_{1\le j\le 3} b_j", 4.0),
        (r"\max_{u\in[0,1]} u(1-u)", 0.25),
        (r"\sup_{0\le u\le1} u(1-u)", 0.25),
        (r"\sup_{u\in\mathbb R} u(1-u)", 0.25),
        (r"\max_{k=1}^{2} (k-t)^2", 0.49),
        (r"\max_{k\in\{1,\dots,3\}} k", 3.0),
        (r"\sup_{1\le j\le 2} b_j", 2.0),
        (r"\max_k\min_l q_{kl}", 0.25),
        (r"\max_k a_k b_k", 8.0),
        (r"\prod_{k=1}^{3} (k t)", 6 * 1.7**3),
        (r"\prod_{k=1}^{3} \frac{k}{2}", 0.75),
        (r"\sum_{k=1}^{3} k\,t", 6 * 1.7),
        (r"\mathbb E[D]^2", 3.5**2),
        (r"\mathbb E[(D-t)^2]", float(np.mean((DICE[1] - 1.7) ** 2))),
        (r"\mathbb E|D-t|^2", float(np.mean((DICE[1] - 1.7) ** 2))),
        (r"\mathbb E_D[D]", 3.5),
        (r"\mathbb P(D\le 2\mid D\le 4)", 0.5),
        (r"\sum_{i,j} q_{ij}(1-q_{ij})", float(np.sum(BINDINGS["q"].compute() * (1 - BINDINGS["q"].compute())))),
        (r"n(n+1)", 12.0),
        (r"\sigma(1-\sigma)", 0.25),
        (r"\pi(n^2-1)", 8 * np.pi),
        (r"2\cdot\frac12", 1.0),
        (r"\frac12\frac13", 1 / 6),
        (r"2\frac{t}{2}", 1.7),
        (r"(t+s)(n)", 6.9),
        (r"2[t+s]", 4.6),
        (r"t^{(n-1)/2}", 1.7),
        (r"t^{(n+1)(s+1)}", 1.7**6.4),
        (r"d\,t", 3.4),
    ],
)
def test_what_has_one_reading_is_read_as_it_prints(text: str, expected: float) -> None:
    assert number(text) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "t &= s \\\\ &= n",
        "t = s \\\\ = n",
        "t = s + n \\\\ &\\quad - 1",
        "t = s + n \\\\ + 1",
        "t = s + n \\\\ - 1",
        "t &= s + \\\\ & n",
        "t &= {}+ s",
        "t = s \\qquad = n",
        "t &= (s \\\\ &\\qquad + n)",
        "t = s,",
        "t = s.",
        "t = s \\\\",
    ],
)
def test_rows_that_go_on_are_read(text: str) -> None:
    assert chain(text).relations[0].symbol == "="


def test_a_word_that_is_no_index_is_not_counted_in_a_head() -> None:
    with pytest.raises(ContentError, match="declared to average over D"):
        chain(r"t = \mathbb E_n[D]")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"(q_{1,2})^{-1}", 2.0),
        (r"\sum_{i,j} q_{ij}^2", 0.890625),
        (r"(\log(1))!", 1.0),
        ("(n+1)!", 24.0),
        (r"\sup_{\|u\|<1} \langle a, u\rangle", 6.5**0.5),
        (r"(\begin{cases} n & \text{if } t > 0 \\ s & \text{otherwise} \end{cases})^2", 9.0),
        (r"\begin{cases} t & \text{if } n \ge 3 \\ t & \text{if } n \le 3 \end{cases}", 1.7),
        (r"\begin{cases} a_1 & \text{if } n > 3 \\ a_3 & \text{otherwise} \end{cases}", 2.0),
        (r"\sum_{k\in\{-1,1,2\}} k", 2.0),
        (r"\sum_{k\in\{s,t\}} k", 2.3),
        (r"\max_{k\in\{1,1,2\}} k", 2.0),
    ],
)
def test_what_was_made_plain_is_read_as_it_prints(text: str, expected: float) -> None:
    assert number(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"\sum_{k\in\{1,1,2\}} k", "two elements of which are equal here"),
        (r"\sum_{k\in\{1,1.0\}} k", "two elements of which are equal here"),
        (r"\prod_{k\in\{2,n-1\}} k", "two elements of which are equal here"),
        (r"\sum_{k\in\{0.1+0.2,0.3\}} k", "two elements of which are equal here"),
        (r"\sum_{k\in\{1,1\}^2} k_1", "two elements of which are equal here"),
        (r"\sum_{k\in c} k", "two elements of which are equal here"),
        (r"\begin{cases} t & \text{if } n \ge 3 \\ s & \text{if } n \le 3 \end{cases}", "cases of which two hold here and differ"),
        (r"\begin{cases} a & \text{if } n > 2 \\ b & \text{if } n > 1 \end{cases}", "cases of which two hold here and differ"),
        (r"\begin{cases} a & \text{if } n > 2 \\ t & \text{if } n > 1 \end{cases}", "cases of which two hold here and differ"),
    ],
)
def test_what_counts_twice_or_holds_twice_has_no_value(text: str, said: str) -> None:
    bindings: Mapping[str, Binding] = {**BINDINGS, "c": value(lambda: np.array([1.0, 2.0, 1.0]))}
    with pytest.raises(ShapeError, match=said):
        evaluate(chain(f"{text} = 0", bindings).sides[0], scope_at(bindings, {}))


@pytest.mark.parametrize("text", [r"\mathbb E[sD]", r"\mathbb E[t]", r"\mathbb P(s<D)", r"\mathbb E|D|"])
def test_what_a_law_is_of_is_no_symbol_of_the_claim(text: str) -> None:
    with pytest.raises(ContentError, match=r"'D' is averaged over by .* and bound as a symbol of the claim; name one of them otherwise"):
        chain(f"t = {text}", {**BINDINGS, "D": value(lambda: 2.0)})


@pytest.mark.parametrize(
    ("symbol", "parts", "text"),
    [
        (r"\sigma^2", [r"\sigma"], r"\sigma^2 = 1"),
        ("t^2", ["t"], "1 = t^2"),
        ("ab", ["a", "b"], "1 = ab"),
        (r"\Delta t", [r"\Delta", "t"], r"\Delta t = 1"),
    ],
)
def test_a_symbol_that_is_also_what_its_parts_say_is_refused(symbol: str, parts: list[str], text: str) -> None:
    bound = {name: value(lambda: 2.0) for name in (symbol, *parts)}
    formula = Formula(macro="checked", name="k", text=text, place=Place(file="t.tex.j2", line=1))
    with pytest.raises(ContentError, match="can be read as what its parts mean"):
        read(formula, vocabulary(bound))
    assert read(formula, vocabulary({symbol: value(lambda: 2.0)})).symbols == {symbol}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"\mathbf1\{t:=s\} = 0", "write = here"),
        (r"\begin{cases}1&t:=s\\0&\text{otherwise}\end{cases} = 0", "write = here"),
        (r"\mathbb{P}(D:=1) = 0", "write = here"),
        (r"\mathbf1_\{t>s\} = 1", "write the set in braces"),
        (r"\sum_{k\in\{n,\}}k = 3", "a comma with nothing after it"),
        (r"\sup_{u\in[01]}u = 1", "begins with 0"),
    ],
)
def test_what_stands_where_nobody_writes_it_is_refused(text: str, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        chain(text)


def test_an_indicator_may_print_the_brackets_of_its_set() -> None:
    assert [number(rf"\mathbf1_{{\{{{event}\}}}}") for event in ("t>s", "t<s")] == [1.0, 0.0]


def test_a_power_of_a_symbol_with_one_is_read_in_parentheses() -> None:
    squared = {**BINDINGS, r"\sigma^2": value(lambda: 5.0)}
    del squared[r"\sigma"]
    assert float(evaluate(chain(r"(\sigma^2)^2 = 0", squared).sides[0], scope_at(squared, {})).value) == 25.0


@pytest.mark.parametrize("text", [r"\exp\left\{-t\right\} = s", r"t\left(7/s\right) = s", r"s\bigl(-t\bigr) = s"])
def test_what_a_message_advises_has_no_half_of_a_pair(text: str) -> None:
    with pytest.raises(ContentError) as refused:
        chain(text)
    assert "write" in str(refused.value)
    assert not any(half in str(refused.value) for half in (r"\right", r"\bigr"))


@pytest.mark.parametrize("name", [r"\mathrm{T}", r"\mathsf T", r"\mathbb{R}", r"\nabla", r"\mathrm d", r"\mathrm{e}", r"\mathsf{d}"])
def test_a_name_with_a_meaning_is_neither_bound_nor_defined(name: str) -> None:
    with pytest.raises(ContentError, match="has a meaning of its own"):
        vocabulary({name: value(lambda: 2.0)})
    with pytest.raises(ContentError, match="has a meaning of its own to a reader"):
        chain(rf"{name} := 2 = t")


@pytest.mark.parametrize("name", ["d", "e", r"\Pr"])
def test_a_name_that_claims_may_bind_is_not_defined_in_passing(name: str) -> None:
    assert vocabulary({name: value(lambda: 2.0)}).symbols == (name,)
    with pytest.raises(ContentError, match="has a meaning of its own to a reader"):
        chain(rf"{name} := 2 = t", {"t": value(lambda: 2.0)})


@pytest.mark.parametrize("text", [r"\rho := t = \rho", r"\rho := t+s = \rho = 3", r"x_k := 2t = 2t", r"\rho := t = 2\rho = 2t"])
def test_a_name_beside_what_defines_it_is_related_to_itself(text: str) -> None:
    with pytest.raises(ContentError, match="is related to itself"):
        chain(text)


@pytest.mark.parametrize("text", [r"{} = t", r"t = {}^2", r"(2+{}) = 2", r"\det {} = 2", r"s = {}t"])
def test_a_matrix_without_brackets_of_its_own_needs_some(text: str) -> None:
    small = r"\begin{smallmatrix}t&1\\0&2\end{smallmatrix}"
    with pytest.raises(ContentError, match="'smallmatrix' prints no brackets"):
        chain(text.replace("{}", small))
    chain(text.replace("{}", rf"\bigl({small}\bigr)"))


@pytest.mark.parametrize("text", [r"t^{2\\} = s", r"\sum_{k\\=1}^{n} k = s", r"\frac{t\\[2pt]}{2} = s", r"\sqrt{t&} = s", r"t_{&1} = s"])
def test_a_row_does_not_end_in_braces(text: str) -> None:
    with pytest.raises(ContentError, match="in braces separates nothing"):
        chain(text)
