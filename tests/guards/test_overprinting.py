r"""White space that goes backwards is refused; what goes forwards, or a little back, is fine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.guards import Guard
from hwgen.guards.redefinitions import hidden
from hwgen.model.errors import ContentError

Refused = Callable[[Guard, str], list[ContentError]]


@pytest.mark.parametrize(
    "back",
    [
        r"\hspace{-2em}",
        r"\hspace*{-2em}",
        r"\vspace { -3em}",
        r"\\[-3em]",
        r"\\[ -3ex]",
        r"\\[-\baselineskip]",
        r"\vspace{-\length}",
        r"\!\! \!",
        r"\!\!",
        r"\!{}\!",
        r"\!\relax\negthinspace",
        r"\!\!\negthinspace",
        r"\!\!\,\!\!",
        r"\!~\!\;\!",
        r"\negthinspace\quad\!\!",
    ],
)
def test_what_goes_back_over_what_is_printed_is_refused(refused: Refused, back: str) -> None:
    (error,) = refused(hidden, rf"\[ x = y {back} z \]")
    assert "may print one thing over something else" in error.message


@pytest.mark.parametrize(
    "space", [r"\hspace{2em}", r"\vspace{3em}", r"\\[3em]", r"\!", r"\!x\!y\!", r"\hspace{1em}-1", r"\\[-2pt]", r"\vspace{-1mm}"]
)
def test_what_goes_forwards_is_fine(refused: Refused, space: str) -> None:
    assert refused(hidden, rf"\[ x = y {space} z \]") == []
