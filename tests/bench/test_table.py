from __future__ import annotations

import io

import pytest
from rich.console import Console

from hwgen.bench import table


def shown(content: object) -> str:
    console = Console(file=io.StringIO(), width=200)
    console.print(content)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_ratio_is_the_median_of_the_pairs_not_of_the_sides() -> None:
    row = table.ratio("word", [1.0, 10.0, 4.0], [1.0, 2.0, 1.0], limit=4.5)
    assert row.value == pytest.approx(4.0)
    assert (row.ours, row.against) == ("4.00 s", "1.00 s")


def test_unpaired_runs_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        table.ratio("word", [1.0, 2.0], [1.0])


def test_a_target_is_met_up_to_its_limit_and_missed_beyond() -> None:
    assert table.seconds("cold", [59.0, 60.0, 61.0], 60.0).met is True
    assert table.seconds("cold", [60.0, 61.0, 62.0], 60.0).met is False
    assert table.ratio("formula", [1.0], [1.0]).met is None


def test_memory_is_the_worst_run_and_unseen_memory_meets_nothing() -> None:
    assert table.memory("peak", [9e8, 1.6e9], 1500.0).met is False
    assert table.memory("peak", [9e8, 1.4e9], 1500.0).met is True
    unseen = table.memory("peak", [0, 0], 1500.0)
    assert unseen.met is None
    assert unseen.ours == "not seen"


def test_growth_compares_a_large_problem_with_a_small_one() -> None:
    assert table.growth("K", 60e6, 62e6, 1.05).met is True
    assert table.growth("K", 60e6, 90e6, 1.05).met is False


def test_the_table_says_met_or_missed_beside_each_target() -> None:
    text = shown(
        table.targets([table.seconds("cold", [70.0], 60.0), table.seconds("quick", [1.0], 60.0), table.ratio("formula", [3.0], [1.0])])
    )
    lines = {line.split("│")[1].strip(): line for line in text.splitlines() if line.startswith("│")}
    assert "MISSED" in lines["cold"]
    assert "≤ 60 s" in lines["cold"]
    assert "met" in lines["quick"]
    assert "met" not in lines["formula"]


def test_seconds_are_shown_by_kind_the_longest_first_with_sums() -> None:
    spent = table.by_name({"kappa: checked a = b": 1.0, "kappa: refuted a = c": 0.5, "simulation": 3.0, "width: checked w": 2.0})
    assert spent == {"kappa": 1.5, "simulation": 3.0, "width": 2.0}
    text = shown(table.parts(spent, {"kappa": "claim", "simulation": "study", "width": "claim", "unused": "figure"}))
    assert text.index("all 2") < text.index("width") < text.index("kappa") < text.index("simulation")
    assert "3.50" in text
    assert "figure" not in text
