r"""What a cell of a table ends with, or begins with, and a formula under test goes on from, is refused; other entries are welcome."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.guards import Guard
from hwgen.guards.surroundings import joined
from hwgen.model.errors import ContentError

Refused = Callable[[Guard, str], list[ContentError]]
C = r"\checked{b}{x = y}"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (r"$x+$ & $@$", "before"),
        (r"$2\cdot$ & $@$", "before"),
        (r"$-$ & $@$", "before"),
        (r"$z$ & $=$ & $@$", "before"),
        (r"$z=$ & & $@$", "before"),
        (r"\textbf{$z=$} & \emph{$@$}", "before"),
        (r"$\log$ & $@$", "before"),
        (r"$x+$ \\ $@$", "before"),
        (r"a & $x+$ \\ \hline b & $@$", "before"),
        (r"$@$ & $+1$", "after"),
        (r"$@$ & $=z$", "after"),
        (r"$@$ & & $\le z$", "after"),
        (r"$@$ & $\cdot 2$", "after"),
        (r"$@$ & ${}^2$", "after"),
        (r"a & $@$ \\ b & $=z$", "after"),
        (r"$@$ \\ $\cdot 2$", "after"),
    ],
)
def test_what_goes_on_in_the_next_cell_is_refused(refused: Refused, text: str, where: str) -> None:
    (error,) = refused(joined, rf"\begin{{tabular}}{{lll}} {text.replace('@', C)} \end{{tabular}}")
    assert f"what is printed in the cell {where} it is read as if it belonged to the same formula" in error.message


@pytest.mark.parametrize(
    "text",
    [
        r"$z$ & $@$ \\ $2$ & b",
        r"formula & value \\ \hline $@$ & $2$ \\ $@$ & $-3$",
        r"sign & formula \\ $+1$ & $@$ \\ $-1$ & $@$",
        r"$+$ \\ a & $@$",
        r"-- & $@$ & --",
        r"$@$ & $\Rightarrow$ & $@$",
        r"$x+$ & so $@$",
        r"$@$ so & $=z$",
    ],
)
def test_other_entries_are_welcome(refused: Refused, text: str) -> None:
    assert refused(joined, rf"\begin{{tabular}}{{lll}} {text.replace('@', C)} \end{{tabular}}") == []
