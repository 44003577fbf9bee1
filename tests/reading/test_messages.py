"""What a refusal says: what was seen, with its argument, and what to write; and advice that is given is read in its turn."""

from __future__ import annotations

import re

import numpy as np
import pytest

from hwgen.model import Formula, Place, function, probability, value
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, refusals, vocabulary
from hwgen.reading.commands import ROLES
from hwgen.reading.roles import Role
from hwgen.reading.signs import SIGNS_OF_LATEX

BINDINGS = {
    **{name: value(lambda: 2.0) for name in ("t", "s", "n", r"\epsilon", "m")},
    "a": value(lambda: np.ones(3)),
    "A": value(lambda: np.eye(2)),
    "x": value(lambda: np.ones(2)),
    "f": function(np.tanh, np.cosh),
    r"\mathbb{P}": probability(lambda: ([1.0], [0.0]), "D"),
}


def chain(text: str) -> Chain:
    places = tuple(Place(file="t.tex.j2", line=9, column=column + 1) for column in range(len(text)))
    return read(Formula(macro="checked", name="kappa", text=text, place=places[0], places=places), vocabulary(BINDINGS))


def said(text: str) -> str:
    with pytest.raises(ContentError) as caught:
        chain(text)
    return caught.value.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"t = \rho", r"'\rho' is not bound in claim kappa"),
        (r"t = \hat x", r"'\hat x' is not bound"),
        (r"t = \mathbb{P}(D<1|D<2)", r"'|' opens an absolute value, and '<' stands in it; a condition is written with \mid"),
        (r"t = \sup_{u\in[0,1[} u", "an interval without an end is written with a round bracket there"),
        (r"t = \sup_{u\in\mathbb R_+} e^{-u}", r"a half-line is written as a relation, as in '\inf_{u \ge 0} u'"),
        (r"t = \int_{\mathbb R} e^{-u^2}\,\mathrm du", "an integral over a set; write its ends"),
        (r"t = \sum_{k=-\infty}^{\infty} 2^{-k}", "no sum begins at infinity"),
        (r"t = f(t)\big|_{t=0}", r"'\big|' with a script is a value at a place to a reader"),
        (r"t = \begin{pmatrix}1&\\3&4\end{pmatrix}", "an entry that is left out prints nothing: write it, as 0"),
        (
            r"t = \begin{vmatrix}1&2\\3&4\end{vmatrix}",
            r"\begin{vmatrix} opens an environment that is not read inside a formula; these are: bmatrix",
        ),
        (r"t = \begin{cases}1&t\ne2\\0&t=2\end{cases}", r"'\ne' is not judged"),
        (r"t = \mathbf 1\{t\ne2\}", r"'\ne' is not judged"),
        (r"t = x^\prime", r"'\prime' is written as an apostrophe"),
        (r"t = s\mathbin{+}n", r"'\mathbin' makes a sign of another kind; take it out"),
        (r"t = \neg s", r"'\neg' is logic"),
        (r"t = \hat{xy}", r"'\hat {xy}' is not bound"),
        (r"t = \mathcal{O}(n)", r"'\mathcal O' is not bound"),
        (r"t = \lambda_{\min}", "is not applied; expected '(' and a symmetric matrix"),
        (r"t = 0,5", "a decimal comma in '0,5'; write a point: '0.5'"),
        (r"t = s + 12,25 n", "a decimal comma in '12,25'"),
        (r"t = s, n", "',' has no partner; expected the end of the formula"),
        (r"t = sin(s)", r"'sin' is read as its letters, one by one; write \sin"),
        (r"t = s exp(n)", r"'exp' is read as its letters, one by one; write \exp"),
        (r"t = epsilon", r"'epsilon' is read as its letters, one by one; write \epsilon"),
        (r"t = 2pi s", r"'pi' is read as its letters, one by one; write \pi"),
        (r"t = s r", "'r' is not bound in claim kappa"),
        (r"t = 50\%", "is a percentage; write it as a number"),
        (r"t = \frac{d}{dz}f(z)", "a derivative along 'z', which is not declared"),
        (r"t \approx s", "has no exact meaning; write the bound"),
        (r"t \ne s", "is not judged"),
        (r"t \ll s", "compares sizes without a constant"),
        (r"t = 1+\dots+n", "leaves terms to be guessed"),
        (r"t = \pm s", "says two things at once"),
        (r"t = s \implies s = t", "joins statements"),
        (r"t = \limsup_{k\to\infty} k", r"write '\lim_{k \to \infty} \frac{1}{k}' where that exists"),
        (r"t = \int_0^1\frac{\mathrm du}{1+u}", "behind all of the integrand"),
        (r"t = \begin{aligned}s\end{aligned}", "opens an environment"),
        (r"t = \operatorname*{argmin}_s s", "bind the point"),
        (r"t = λ", r"write \lambda"),
        (r"t = ς", r"write \varsigma"),
        (r"t = ο", "write o"),
        (r"t = s ∗ n", r"write \cdot"),
        (r"t = s\,(t>0)", "is bound to a value; bind a function"),
        (r"t = s()", "is bound to a value; bind a function"),
        (r"t = s_{\max}", r"'\max' as a script is no index"),
        (r"t = \sin(\frac{s}{8})^0", r"or '\sin((\frac{s}{8})^0)'"),
        (r"t = \left.s\right|_{n=2}", "a value at a place"),
        (r"t = \mathbb{P}(\mathbb{P}(D<1) < 1)", "bind the inner one"),
        (r"\mathrm{e} := 2 = t", "has a meaning of its own"),
        (r"\rho := \int_0^1\rho\,\mathrm d\rho = t", "stands in its own definition"),
        (r"\rho := \sum_{\rho=1}^{2} 3 = t", "stands in its own definition"),
        (r"t = s * n", r"write '\cdot' for a product"),
        (r"t : s = n", "write ':=' for a definition"),
        (r"t = \sum_{k\in\mathbb Z} k", "write limits"),
        (r"t = \lg n", r"write '\log_2 n'"),
        (r"t = |s| \mid n", "inside a probability"),
        (r"s = n := t", "defines what stands first"),
        (r"t = \sup_{u\in[0,1]\cap[0,2]} u", r"'\cap' makes another set, which is not read below sup"),
        (r"t = \sum_{k\mid n} k", r"'k \mid' gives no range that is read; declare the finite set"),
        (r"t = \sin'(s)", r"a prime after '\sin' is read of a declared function only; write the derivative itself, as '\cos(t)'"),
        (r"t = (s)_+", r"write the positive part as '\max(t,0)'"),
        (r"t = s_{+}", r"write the positive part as '\max(t,0)'"),
        (r"t = \cdot s", r"'\cdot' where a factor was expected"),
        (r"t = s\cdot\cdot n", r"'\cdot' where a factor was expected"),
        (r"4 \mid n", "in words what divides"),
        (r"4 \nmid n", "in words what divides"),
    ],
)
def test_a_refusal_names_what_it_saw_and_what_to_write(text: str, expected: str) -> None:
    assert expected in said(text), said(text)


@pytest.mark.parametrize(
    "text",
    [
        r"t = \|x\|^2_2",
        r"t = \log_2 n",
        r"t = \sum^n_{i=1}a_i",
        r"t = \sum_{i\in[n]}a_i",
        r"t = \sup_{\|w\|\le n}\langle w,x\rangle",
        r"t = \det\begin{bmatrix}1&2\\3&4\end{bmatrix}",
        r"t = \lambda_{\min}(A)",
        r"t := s",
        r"t \coloneqq s",
        r"t \triangleq s",
    ],
)
def test_what_was_refused_with_wrong_advice_is_read(text: str) -> None:
    assert chain(text).relations[0].symbol == "="


_NAMING = {Role.FONT, Role.ACCENT, Role.INLINE}
WORDS = sorted({word for word, role in ROLES.items() if word.startswith("\\") and role not in _NAMING} | SIGNS_OF_LATEX)


def test_a_word_of_latex_is_never_said_to_be_a_name_without_a_value() -> None:
    wrong = []
    for word in WORDS:
        try:
            chain(f"t = s {word} n")
        except ContentError as error:
            wrong += [word] if "not bound" in error.message or r"''" in error.message else []
    assert wrong == []


ADVISED = sorted({snippet for text in refusals._ADVICE.values() for snippet in re.findall(r"'([^']*\\[^']*)'", text)})


@pytest.mark.parametrize("snippet", ADVISED)
def test_advice_is_never_refused(snippet: str) -> None:
    text = snippet if re.search(r"\\le|\\ge|=", re.sub(r"\{[^{}]*\}", "", snippet)) else f"m = {snippet}"
    if snippet in {r"\cdot", r"\mid"}:
        text = {r"\cdot": r"t = s\cdot n", r"\mid": r"t = \mathbb{P}(D<1\mid D<2)"}[snippet]
    assert chain(text).relations
