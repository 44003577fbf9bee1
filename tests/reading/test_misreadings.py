r"""What prints one thing and could be read as another is refused at its column, wherever it can occur."""

from __future__ import annotations

import pytest
from reading.misread import chain

from hwgen.model.errors import ContentError


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
        (r"t = \min_{\lVert u\rVert < 1} \langle a, u\rangle", 5, r"write \inf, or \le"),
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
        (r"t = [n/2]", 5, "an integer part, a set"),
        (r"t = [\frac{n}{2}]", 5, "an integer part, a set"),
        (r"t = [2t]", 5, "an integer part, a set"),
        (r"t = s[t^2]", 6, "an integer part, a set|looks like a function applied"),
        (r"t = 2[t/s]", 6, "an integer part, a set"),
        (r"t = [t+s]", 5, "an integer part, a set"),
        (r"t = n+[t+\frac12]", 7, "an integer part, a set"),
        (r"t = [n(t+1)]", 5, "an integer part, a set"),
        (r"t = \{n(t+1)\}", 5, "an integer part, a set"),
        (r"t = \frac{\{n(t+1)\}}{s}", 11, "an integer part, a set"),
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
        (r"t = s\!\!n", 8, "may print one thing over another"),
    ],
)
def test_what_prints_as_something_else_is_refused_at_its_column(text: str, column: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        chain(text)
    assert any(one in caught.value.message for one in said.split("|")), caught.value.message
    assert caught.value.place is not None
    assert caught.value.place.column == column


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


@pytest.mark.parametrize("text", [r"\exp\left\{-t\right\} = s", r"t\left(7/s\right) = s", r"s\bigl(-t\bigr) = s"])
def test_what_a_message_advises_has_no_half_of_a_pair(text: str) -> None:
    with pytest.raises(ContentError) as refused:
        chain(text)
    assert "write" in str(refused.value)
    assert not any(half in str(refused.value) for half in (r"\right", r"\bigr"))


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
