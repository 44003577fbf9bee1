r"""What has a point and is no result is known by the tokens around it, however the template spaces them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.lookalikes import hardly, never
from hwgen.page.page import Page
from hwgen.reading.roles import Role

Make = Callable[[str], Page]


def told(page: Page) -> list[str]:
    """The decimals that may be results."""
    seen = page.text
    decimals = [one for one in seen.tokens.of(Role.NUMBER) if "." in seen.tokens.texts[one]]
    return [seen.tokens.texts[one] for one in decimals if not never(seen, one) and not hardly(seen, one)]


@pytest.mark.parametrize(
    "text",
    [
        r"Thm.\,3.2",
        "Theorem % of theirs\n  3.2",
        "Corollaries~3.2, and~3.4",
        "scikit-learn 1.4, \\LaTeX{} 2.5, \\TeX{} Live~2022.1",
        "Theorems 3.2--3.4 to 3.6",
        "arXiv: 1806.07572",
        r"{\color [rgb] {0.1, 0.25} red}",
        r"$\eta\in\left[ -0.5,\, 0.25\right)$",
        "$0.15$ -- $0.35$",
        "0.15--0.25--0.35",
        r"\begin {tikzpicture} \node at (0.5,0.5) {0.25}; \end{tikzpicture}",
    ],
)
def test_what_is_no_result_is_known_by_its_neighbours(page: Make, text: str) -> None:
    assert told(page(text)) == []


@pytest.mark.parametrize(
    ("text", "results"),
    [
        ("Theorem 3 and 0.25", ["0.25"]),
        ("Theorem\n\n0.25", ["0.25"]),
        ("the Python of 0.25", ["0.25"]),
        ("Live 0.25, to learn 0.25", ["0.25", "0.25"]),
        ("0.15 - 0.25, 3.2 and 0.35", ["0.15", "0.25", "3.2", "0.35"]),
        (r"$x\in A$, $[0.5,1]$ and $x\in[a, 0.25]$", ["0.5", "0.25"]),
        (r"\textcolor{red}{0.25}", ["0.25"]),
        (r"\begin{tikzpicture}\end{tikzpicture} 0.25", ["0.25"]),
        (r"0.25 and $x\in[0.5", ["0.25", "0.5"]),
        ("and 0.25, 1806.0757 or --0.5", ["0.25", "1806.0757", "0.5"]),
    ],
)
def test_a_number_that_stands_otherwise_may_be_a_result(page: Make, text: str, results: list[str]) -> None:
    assert told(page(text)) == results
