"""What a setting means is what its author says behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hwgen.program.meanings import said


@dataclass(frozen=True)
class Problem:
    """A comment is no field's that stands elsewhere."""  # of the class

    size: float = 1.0  # of the ball
    mark: str = "# no comment"
    many: tuple[int, ...] = (
        1,
        2,
    )
    # above a field
    last: int = 0  #  said twice # as it is


def test_only_what_stands_behind_a_field_is_its_meaning() -> None:
    assert said(Problem()) == {"size": "of the ball", "last": "said twice # as it is"}


def test_what_no_file_holds_has_no_meanings() -> None:
    made: Any = dataclass(type("Made", (), {"__annotations__": {"size": float}}))
    assert said(made(size=1.0)) == said(3) == {}
