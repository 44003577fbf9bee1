"""The relations of what is displayed are counted, and those of them that are under test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.page.page import Page

Make = Callable[[str], Page]


@pytest.mark.parametrize(
    ("display", "relations", "tested"),
    [
        (r"\[ x = y \]", 1, 0),
        (r"\[ \checked{a}{x = y \le z} < w \]", 3, 2),
        (r"$$ x \approx y $$", 1, 0),
        (r"\begin{equation}\label{eq:a=b} \refuted{a}{x=y} \end{equation}", 1, 1),
        (r"\begin{align*} x &= y \\[3pt] &\ge z \end{align*}", 2, 0),
        (r"\begin{gather} \checked{a}{x \\ = y} \end{gather}", 1, 1),
        (r"\[ \sum_{i=1}^{n} x_i \le \max_{j\ne k} y^{a=b}_{c<d} \]", 1, 0),
        (r"\[ x = y \text{ if } z \]", 1, 0),
        (r"\[ x = y \quad\text{whenever $z<1$} \]", 1, 0),
        (r"\[ \checked{a}{f_{x=1} = y} \quad g_i= h \]", 2, 1),
        (r"\[ x \to y \implies z \]", 2, 0),
        (r"\begin{displaymath} x = y \end{displaymath}", 1, 0),
        (r"\begin{eqnarray*} \checked{a}{x &=& y} \end{eqnarray*}", 1, 1),
        (r"\begin {equation} x = y \end {equation}", 1, 0),
        (r"\begin{subequations}\begin{align} x &= y \\ \checked{a}{x = z} \end{align}\end{subequations}", 2, 1),
        (r"\begin{equation} x = \begin{cases} y \\ z \end{cases} \end{equation}", 1, 0),
    ],
)
def test_the_relations_of_a_display_are_counted(page: Make, display: str, relations: int, tested: int) -> None:
    (found,) = page("text\n" + display).displays
    assert (found.place.line, found.relations, found.tested) == (2, relations, tested)


@pytest.mark.parametrize(
    "text",
    [
        r"inline $x = y$ and \(x=y\)",
        r"\begin{math} x = y \end{math}",
        r"a \\[3pt] b = c \\[3pt]",
        r"% \[ x = y \]",
        r"\[ x + y \]",
        r"\begin{tabular}{l} x \\[2pt] = \]\end{tabular}",
    ],
)
def test_what_is_no_display_with_a_relation_does_not_count(page: Make, text: str) -> None:
    assert page(text).displays == ()


def test_the_relations_of_the_running_text_are_counted_apart(page: Make) -> None:
    found = page(r"As $x = y$, \(\checked{a}{u < v}\) and $\for{a}{n \ge 1}$ with $z$, \[ p = q \] $a = b = c$").running
    assert [(one.formula, one.relations, one.tested) for one in found if one.tested < one.relations] == [
        ("x = y", 1, 0),
        ("a = b = c", 2, 0),
    ]
    assert sum(one.tested for one in found) == 2


def test_a_statement_in_a_display_is_no_relation(page: Make) -> None:
    (found,) = page(r"\[ \verified{a=b} x = y \]").displays
    assert (found.relations, found.tested) == (1, 0)
