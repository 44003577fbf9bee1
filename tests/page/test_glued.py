r"""What is typed beside a value of this run and would be read as part of it is refused; words and formulas around it are fine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.model.errors import ContentErrors
from hwgen.page.glued import unglued
from hwgen.page.template import Rendered

Make = Callable[[str], Rendered]
V = "@@@{constants.slope}@"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("$", "0$"),
        ("", "0"),
        ("$3", "$"),
        ("$3 ", "$"),
        ("$3\\,", "$"),
        ("$-", "$"),
        ("$- ", "$"),
        ("+", ""),
        ("$1-", "$"),
        ("$0.", "$"),
        ("$", ".5$"),
        ("$", "{}5$"),
        ("$", " 5$"),
        ("$", ",000$"),
        ("$", "+1$"),
        ("$", "^2$"),
        ("$3{}", "$"),
        ("$1,", "$"),
        ("-", ""),
    ],
)
def test_a_digit_a_point_or_a_sign_beside_a_value_is_refused(rendered: Make, before: str, after: str) -> None:
    with pytest.raises(ContentErrors, match="becomes part of the number; expected the value alone") as caught:
        unglued(rendered("a\nof " + before + V + after))
    (error,) = caught.value.errors
    assert str(error.place) == f"templates/t.tex.j2:2:{4 + len(before)}"
    assert error.message.startswith(r"\VAR{constants.slope}: '")


@pytest.mark.parametrize(
    "text",
    [
        f"${V}$.",
        f"$\\pm{V}$",
        f"$p=2^{{{V}}}$",
        f"$p^{{{V}}}$ and ${V}/\\sqrt p$",
        f"{V}, 5 of them",
        f"$n={V}$, $5$",
        f"$V\\approx{V}$; on 5",
        f"in 2 {V} networks",
        f"{V} 5",
        f"3--{V}--4",
        f"{V}-dimensional",
        f"${V},\\dots,5$",
        "-@@@{tables.slope}@1 and 2@@@{figures.slope}@",
        f"% 3{V}",
    ],
)
def test_words_spaces_and_exponents_are_fine(rendered: Make, text: str) -> None:
    unglued(rendered("of " + text))
