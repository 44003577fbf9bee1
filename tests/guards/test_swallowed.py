"""A per cent sign that was meant for the page is refused where it begins a comment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.guards import Guard
from hwgen.guards.swallowed import swallowed
from hwgen.model.errors import ContentError

Refused = Callable[[Guard, str], list[ContentError]]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("in 100% of the cases", 7),
        (r"of 5% $v_k$ is, for $\for{area}{k\ge0}$,", 5),
        ("$5$% of them", 4),
        ("@@@{constants.x}@% of them", 18),
        ("100 % a comment", 0),
        (r"100\% of them", 0),
        (r"\penalty10000%", 0),
        (r"\url{a5%20b}", 0),
        ("2pt% a comment", 0),
    ],
)
def test_a_per_cent_sign_that_begins_a_comment_is_refused(refused: Refused, line: str, column: int) -> None:
    found = refused(swallowed, "one\n" + line)
    assert [str(error.place) for error in found] == [f"templates/t.tex.j2:2:{column}"] * bool(column)
    assert all("expected \\% for a per cent sign" in error.message for error in found)
