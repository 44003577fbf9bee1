r"""A name before a bracket: a product where nobody reads anything else, refused with the product written out elsewhere."""

from __future__ import annotations

import re

import numpy as np
import pytest

from hwgen.model import Bindings, Formula, Place, value, variable
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, vocabulary

BINDINGS: Bindings = {
    "t": variable("t"),
    "u": variable("u"),
    "n": value(lambda: 3),
    "c": value(lambda: 0.5),
    "s": value(lambda t: t**2),
    "D_t": value(lambda t: t**3),
    "v": value(lambda **point: point["t"] + point["u"]),
    "x": value(lambda t: np.array([t, 1.0])),
    "q": value(lambda t: np.full((2, 2), t)),
    "A": value(lambda: np.eye(2)),
    **{name: value(lambda: 0.75) for name in (r"\lambda", r"\lambda_1", r"\mu", r"\Gamma", r"\zeta", r"\phi")},
}


def chain(text: str) -> Chain:
    return read(Formula(macro="checked", name="k", text=f"0 = {text}", place=Place(file="t", line=1)), vocabulary(BINDINGS))


@pytest.mark.parametrize(
    "text",
    [
        "n(n+1)",
        "t(s+1)",
        "c(t+u)",
        "s(u+1)",
        "D_t(t+1)",
        "s(1-s)",
        "s(t-s)",
        "q_{1,2}(1-q_{1,2})",
        r"\sum_{i,j}q_{ij}(1-q_{ij})",
        r"\lambda(\lambda-c)",
        r"\lambda(c+t)",
        "2(t+1)",
        "(s)(t+1)",
    ],
)
def test_it_is_a_product(text: str) -> None:
    assert chain(text).sides


@pytest.mark.parametrize(
    "text",
    [
        *("s(t)", "s(t+1)", "s[t+1]", r"s\{t+1\}", "s^2(t+1)", "s(1-t)", "s(u-t)", "v(u+1)", "x(t+1)", "x_2(t+1)", "q_{1,2}(t-1)"),
        *("t(s)", "t[s]", r"t\{s\}", "c(2)", r"\pi(n)", r"\phi(t+1)", r"\Gamma(n+1)", r"\Gamma^2(n+1)", r"\zeta(t+1)"),
        *(r"\lambda(A+A^2)", r"\lambda_1(A-cA)", r"\mu(A+A)"),
    ],
)
def test_it_is_refused_with_the_product_that_reads(text: str) -> None:
    with pytest.raises(ContentError) as caught:
        chain(text)
    found = re.search(r"write '([^']+)', or bind a function", caught.value.message)
    assert found, caught.value.message
    assert chain(found[1]).sides
