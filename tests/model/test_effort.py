"""How much is computed is a value of each run: it multiplies numbers, by known factors, and is nobody's to read at an import."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from hwgen.model import effort
from hwgen.model.effort import NAMED, QUICK, STANDARD, THOROUGH, Effort, named
from hwgen.model.errors import ContentError

SIXTEEN = Effort(name="16", factor=16.0)


@pytest.mark.parametrize(("chosen", "expected"), [(QUICK, [1, 2, 3, 30]), (STANDARD, [1, 5, 12, 120]), (THOROUGH, [100, 500, 1200, 12000])])
def test_repetitions_are_multiplied_and_stay_enough_for_a_standard_error(chosen: Effort, expected: list[int]) -> None:
    assert [chosen.times(count) for count in (1, 5, 12, 120)] == expected


def test_shares_that_add_up_to_one_multiply_the_work_by_the_factor() -> None:
    assert SIXTEEN.times(10, share=0.5) * SIXTEEN.times(7, share=0.5) == 16 * 10 * 7


@pytest.mark.parametrize("ratio", [2, 4])
@pytest.mark.parametrize("factor", [4.0, 16.0, 100.0])
def test_the_widest_network_costs_at_most_the_factor_and_the_progression_goes_on(ratio: int, factor: float) -> None:
    standard = ratio ** np.arange(3, 9)
    wider = Effort(name="more", factor=factor).widths(standard)
    assert wider[: len(standard)] == standard.tolist()
    assert factor / ratio < wider[-1] / standard[-1] <= factor
    assert {high / low for low, high in itertools.pairwise(wider)} == {ratio}


def test_little_effort_leaves_out_the_widest_networks_and_keeps_enough_for_a_power_law() -> None:
    assert QUICK.widths([2, 4, 8, 16, 32, 64, 128]) == [2, 4, 8, 16, 32]
    assert QUICK.widths([2, 4, 8, 16]) == [2, 4, 8, 16]
    assert QUICK.widths([2, 4]) == [2, 4]


def test_a_standard_run_changes_no_number() -> None:
    assert STANDARD.widths([64, 128, 256, 512, 1024]) == [64, 128, 256, 512, 1024]
    assert [STANDARD.times(count, share) for count in (1, 2, 48) for share in (0.0, 0.5, 1.0)] == [1, 1, 1, 2, 2, 2, 48, 48, 48]


def test_a_run_may_be_any_whole_number_of_standard_ones() -> None:
    assert named("16") == SIXTEEN
    assert named("1") is NAMED["standard"]
    assert named("100") is NAMED["thorough"]
    assert [named(text) for text in ("0", "10001", "-4", "2.5", "²", "fast", "")] == [None] * 7


def test_the_effort_is_that_of_the_run_and_afterwards_what_it_was() -> None:
    with effort.at(THOROUGH):
        assert effort.times(3) == 300
        with effort.at(QUICK):
            assert effort.widths([1, 2, 4, 8, 16, 32]) == [1, 2, 4, 8]
        assert effort.times(3) == 300
    assert effort.times(3) == 3


def test_the_effort_is_not_there_while_modules_are_imported() -> None:
    with effort.at(None), pytest.raises(ContentError, match="asked for while a module is imported; expected that inside a function"):
        effort.times(3)
