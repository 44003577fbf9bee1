"""The bench shows each part as soon as it is measured, and measures those alone that are asked for."""

import math
from typing import Any

import pytest

from hwgen.bench import __main__ as bench
from hwgen.bench import table
from hwgen.model.errors import InputError


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parts that were measured; the second one of them fails."""
    done: list[str] = []

    def edits(*_: Any) -> tuple[list[table.Row], dict[str, float]]:
        done.append("builds")
        return [table.seconds("cold build, quick", [12.0], 60.0)], {"kappa": 1.5}

    def stream(*_: Any) -> list[table.Row]:
        done.append("stream")
        raise InputError("the kernel ended with exit code 1")

    def curves(*_: Any) -> list[Any]:
        done.append("curves")
        return []

    for name, part in (("copies", lambda *_: None), ("_edits", edits), ("_stream", stream), ("_curves", curves)):
        monkeypatch.setattr(bench, name, part)
    return done


def test_what_was_measured_is_shown_though_a_later_part_fails(measured: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError, match="exit code 1"):
        bench.main(["--quick"])
    assert measured == ["builds", "stream"]
    said = capsys.readouterr().out
    assert "cold build, quick" in said
    assert "kappa" in said


def test_one_part_is_measured_alone(measured: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    bench.main(["--quick", "--only", "curves"])
    assert measured == ["curves"]
    assert f"about {math.ceil(bench.MINUTES['curves'][0])} minutes" in " ".join(capsys.readouterr().out.split())


def test_the_time_that_is_stated_counts_older_builds_only_where_they_are_asked_for() -> None:
    without, beside = (bench._long(bench._asked(["--quick", *more])) for more in ([], ["--against", "HEAD"]))
    assert without != beside
