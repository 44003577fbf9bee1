r"""What a chain of inequalities below an operator binds: a list shares both bounds, and a name without a range of its own is free."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping

import numpy as np
import pytest

from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Binding, Formula, Place, value
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, vocabulary
from hwgen.reading.spelled import said

J = np.arange(1.0, 10.0).reshape(3, 3)
C = np.arange(1.0, 28.0).reshape(3, 3, 3) ** 2
X = np.array([1.0, 2.0, 5.0])
BINDINGS: Mapping[str, Binding] = {
    "t": value(lambda: 0.5),
    "n": value(lambda: 3.0),
    "J": value(lambda: J),
    "C": value(lambda: C),
    "x": value(lambda: X),
}


def chain(text: str) -> Chain:
    places = tuple(Place(file="t.tex.j2", line=9, column=column + 1) for column in range(len(text)))
    return read(Formula(macro="checked", name="kappa", text=text, place=places[0], places=places), vocabulary(BINDINGS))


def number(text: str) -> float:
    return float(evaluate(chain(f"{text} = 0").sides[0], scope_at(BINDINGS, {})).value)


def those(allowed: Callable[..., bool], array: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = J) -> list[float]:
    """The entries whose indices, counted from 1, are allowed."""
    places = itertools.product(*(range(1, size + 1) for size in array.shape))
    return [float(array[tuple(k - 1 for k in place)]) for place in places if allowed(*place)]


@pytest.mark.parametrize(
    ("below", "allowed"),
    [
        (r"1\le i,j\le2", lambda i, j: i <= 2 and j <= 2),
        (r"2\ge i,j\ge1", lambda i, j: i <= 2 and j <= 2),
        (r"3\ge i,j\ge2", lambda i, j: i >= 2 and j >= 2),
        (r"0<i,j<3", lambda i, j: i < 3 and j < 3),
        (r"1<i,j\le n", lambda i, j: i > 1 and j > 1),
        (r"1\le i\ne j\le2", lambda i, j: i <= 2 and j <= 2 and i != j),
        (r"3\ge i\ne j\ge2", lambda i, j: i >= 2 and j >= 2 and i != j),
        (r"0<i\ne j<3", lambda i, j: i < 3 and j < 3 and i != j),
        (r"1\le i,j\le2,i\ne j", lambda i, j: i <= 2 and j <= 2 and i != j),
        (r"i,j,i\ne j", lambda i, j: i != j),
        (r"i\ne j", lambda i, j: i != j),
        (r"i<j", lambda i, j: i < j),
        (r"i>j", lambda i, j: i > j),
        (r"1\le i<j\le2", lambda i, j: i < j <= 2),
        (r"1\le i\le2,2\le j\le3", lambda i, j: i <= 2 <= j),
        (r"1\le i\le3,1\le j\le i", lambda i, j: j <= i),
    ],
)
def test_two_names_run_between_the_bounds_that_the_page_gives_both(below: str, allowed: Callable[..., bool]) -> None:
    assert number(rf"\sum_{{{below}}} J_{{ij}}") == pytest.approx(sum(those(allowed)))
    assert number(rf"\max_{{{below}}} J_{{ij}}") == max(those(allowed))
    assert number(rf"\min_{{{below}}} J_{{ij}}") == min(those(allowed))
    assert number(rf"\prod_{{{below}}} J_{{ij}}") == pytest.approx(np.prod(those(allowed)))


def test_a_list_with_one_bound_shares_it() -> None:
    assert number(r"\min_{2\le i,j} J_{ij}") == min(those(lambda i, j: i >= 2 and j >= 2))
    assert number(r"\max_{i,j\le2} J_{ij}") == max(those(lambda i, j: i <= 2 and j <= 2))
    assert number(r"\max_{2>i,j} J_{ij}") == max(those(lambda i, j: i < 2 and j < 2))


def test_three_names_share_as_two_do() -> None:
    assert number(r"\sum_{1\le i,j,k\le2} C_{ijk}") == sum(those(lambda i, j, k: max(i, j, k) <= 2, C))
    assert number(r"\sum_{1\le i<j<k\le3} C_{ijk}") == sum(those(lambda i, j, k: i < j < k, C))


def test_real_names_share_as_whole_ones_do() -> None:
    for below in (r"0\le u,v\le1", r"1\ge u,v\ge0"):
        side = chain(rf"t = \sup_{{{below}}}(u+v)").sides[1]
        assert said(side) == said(chain(r"t = \sup_{u\in[0,1]}\sup_{v\in[0,1]}(u+v)").sides[1])


def test_a_name_of_an_operator_around_is_its_value() -> None:
    assert number(r"\sum_{i=1}^{3}\sum_{j\ne i} J_{ij}") == sum(those(lambda i, j: i != j))
    assert number(r"\sum_{i=1}^{3}\sum_{j=1,j\ne i}^{3} J_{ij}") == sum(those(lambda i, j: i != j))
    assert number(r"\sum_{i=2}^{3}\sum_{1\le j<i} J_{ij}") == sum(those(lambda i, j: j < i))


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        # a name without a range of its own is free
        (r"t = \sum_{j=1,j\ne i}^{3} J_{ij}", 20, "i is not bound: it has no range of its own below sum"),
        (r"t = \max_{j=1,j\ne i}^{2} J_{ij}", 20, "i is not bound"),
        (r"t = \sum_{j\in[3],j\ne i} J_{ij}", 24, "i is not bound"),
        (r"t = \sum_{1\le j\le3,j\ne i} J_{ij}", 27, "i is not bound"),
        (r"t = \sum_{j=1,j<i}^{3} J_{ij}", 17, "i is not bound"),
        (r"t = \sum_{j=1,i>j}^{3} J_{ij}", 15, "i is not bound"),
        (r"t = \sum_{i=1,i\ne k}^{3} x_ix_k", 20, "k is not bound"),
        (r"t = \max_{1\le j\le i} J_{ij}", 11, "leaves open which of j, i run below max"),
        (r"t = \max_{i<j\le2} J_{ij}", 11, "leaves open which of i, j run"),
        (r"t = \sum_{j\ne i} J_{ij}", 11, "leaves open which of j, i run below sum; write both bounds for those that do"),
        (r"t = \sum_{j>i} J_{ij}", 11, "leaves open which"),
        (r"t = \sum_{i\ne1,j} J_{ij}", 17, "j has no range of its own beside that of i"),
        (r"t = \sum_{i=1,j}^{3} J_{ij}", 15, "j has no range of its own beside that of i"),
        (r"t = \sum_{i<j,1\le j\le3} J_{ij}", 20, "a range of j alone leaves open whether i runs too; write the ranges first"),
        (r"t = \max_{i\ne j,j\ge2} J_{ij}", 18, "a range of j alone leaves open whether i runs too"),
        # a list that can be shared out in two ways
        (r"t = \sum_{i\ne j,k} C_{ijk}", 11, "can be shared out in two ways over j, k"),
        (r"t = \sum_{i<j,k} C_{ijk}", 11, "can be shared out in two ways over j, k"),
        (r"t = \max_{1\le i<j,k\le2} C_{ijk}", 11, "can be shared out in two ways"),
        (r"t = \sum_{1\le i,j=1}^{3} J_{ij}", 11, "can be shared out in two ways over i, j"),
        (r"t = \sum_{1\le i,j\in[3]} J_{ij}", 11, "can be shared out in two ways"),
        (r"t = \sum_{1\le i,j\ge2} J_{ij}", 11, "rises and falls"),
        (r"t = \max_{i\ne j,k\ne i} C_{ijk}", 11, r"holds \ne in a chain"),
        (r"t = \sum_{kl=1}^{3} kl", 11, "one name or several; write commas"),
        (r"t = \sum_{kl\in[3]} kl", 11, "one name or several; write commas"),
        # a chain of which it is open what it says of its ends
        (r"t = \sum_{i\ne j\ne k} C_{ijk}", 11, r"holds \ne in a chain; write the ranges first, then each condition alone"),
        (r"t = \sum_{i\ne j\le2} J_{ij}", 11, r"holds \ne in a chain"),
        (r"t = \sum_{1\le i\ne j<k\le3} C_{ijk}", 11, r"holds \ne in a chain"),
        # a range said twice, or by another name of the same operator
        (r"t = \sum_{j=1,j\le2}^{3} x_j", 19, "j is limited twice"),
        (r"t = \sum_{u\in\{1,2,3\},u\le2} u", 29, "u is limited twice"),
        (r"t = \sup_{\|u\|\le1,u\ge0} \langle u,x\rangle", 21, "u is limited twice"),
        (r"t = \sum_{1\le i\le3,1\le j\le i+1} 1", 32, "a limit of j that depends on i"),
        (
            r"t = \sum_{i,j\ge2} J_{ij}",
            5,
            r"a sum over i,j without end has no bound of its tail; write both bounds, as in '\sum_{1",
        ),
    ],
)
def test_what_the_page_leaves_open_is_refused_at_its_column(text: str, column: int, words: str) -> None:
    with pytest.raises(ContentError) as caught:
        chain(text)
    assert words in caught.value.message
    assert caught.value.place is not None
    assert caught.value.place.column == column


def test_what_a_refusal_advises_is_read() -> None:
    assert number(r"\sum_{i,j=1,i\ne j}^{n} J_{ij}") == sum(those(lambda i, j: i != j))
    assert number(r"\sum_{i,j,k=1,i\ne j,j\ne k}^{n} C_{ijk}") == sum(those(lambda i, j, k: i != j != k, C))
    assert number(r"\sum_{1\le i < j\le n} J_{ij}") == sum(those(lambda i, j: i < j))
    assert number(r"\sum_{1\le i\le3}\sum_{1\le j\le i} J_{ij}") == sum(those(lambda i, j: j <= i))
