r"""Numbers typed by hand are told with the constant that should print them; what belongs to the setting is silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.render import Rendered
from hwgen.typed import typed

VALUES = {"constants.slope": "-0.497(3)", "constants.level": "0.7282", "constants.small": r"1.5\times 10^{-6}", "tables.t": "0.33"}


@pytest.mark.parametrize(
    ("text", "name", "column"),
    [
        ("the slope $-0.497$ is", "slope", 12),
        ("the slope $-0.50$ is", "slope", 12),
        ("about 0.73, or", "level", 7),
        ("about 0.728151, or", "level", 7),
        (r"\caption{0.728}", "level", 10),
    ],
)
def test_a_typed_result_is_found(rendered: Callable[[str], Rendered], text: str, name: str, column: int) -> None:
    (warning,) = typed(rendered(text), VALUES)
    assert warning.startswith(f"templates/t.tex.j2:1:{column}: ")
    assert f"\\VAR{{constants.{name}}}" in warning


@pytest.mark.parametrize(
    "text",
    [
        "about 0.74, or",
        "one digit, 0.7, says little",
        r"\given{0.728} of the setting, and 0.728 again",
        r"width 0.728\textwidth and 0.728pt",
        r"$\checked{a}{x = 0.728}$",
        "a comment % 0.728",
        "the version 1.0.728",
        "the number @@@{constants.level}@ itself",
        "0.33 stands in a table only, 1.5 is six powers of ten away",
    ],
)
def test_what_is_no_typed_result_is_silent(rendered: Callable[[str], Rendered], text: str) -> None:
    assert list(typed(rendered(text), VALUES)) == []
