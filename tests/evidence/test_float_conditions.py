"""What the float of an oracle decides in a condition: nothing where it is whole by rounding; what is counted is exact."""

from __future__ import annotations

import numpy as np
import pytest
from evidence.decided import BOUND, look

from hwgen.arithmetic.algebra import ShapeError
from hwgen.model import Verdict, value


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        r"\mathbf 1\{T<1\}=0",
        r"\mathbf 1\{T<1\}=1",
        r"\mathbf 1\{T=1\}=1",
        r"\begin{cases}5&\text{if }T\ge1\\7&\text{otherwise}\end{cases}=5",
        r"\lfloor T\rfloor=1",
        r"\operatorname{sign}(T-1)=0",
        r"\mathbf 1\{T<U\}=0",
    ],
)
def test_a_float_that_an_oracle_rounds_to_a_whole_number_decides_nothing(text: str, arrays: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """T is 1 - 10^{-20}: the float next to it is 1, and which of the two is meant no condition may take from that."""
    monkeypatch.setitem(BOUND, "T", value(lambda: 1 - 10.0**-20))
    monkeypatch.setitem(BOUND, "U", value(lambda: 1.0))
    found = look_or_refusal(text, arrays)
    assert found is Verdict.UNDECIDED


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize("count", [4, np.int64(4), True + 3])
def test_what_an_oracle_counts_is_exact(count: object, arrays: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BOUND, "n", value(lambda: count))
    assert look(r"\mathbf 1\{n<4\}=0", arrays).verdict is Verdict.SUPPORTED
    assert look(r"\mathbf 1\{n\le4\}=0", arrays).verdict is Verdict.REFUTED


def look_or_refusal(text: str, arrays: bool) -> Verdict:
    """The verdict, or UNDECIDED where the condition itself says that rounding decides."""
    try:
        return look(text, arrays).verdict
    except ShapeError:
        return Verdict.UNDECIDED
