r"""Numbers typed by hand are told with the constant that should print them; what belongs to the setting is silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.page.template import Rendered
from hwgen.page.typed import typed

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
        r"\given{0.728} of the setting, and 0.728 again",
        r"width 0.728\textwidth and 0.728pt",
        r"$\checked{a}{x = 0.728}$",
        "a comment % 0.728",
        "the version 1.0.728",
        "the number @@@{constants.level}@ itself",
        r"\includegraphics[scale=0.25]{fig/0.5.pdf} \begin{minipage}[b]{0.7\textwidth} \begin{answer}[skip=0.5]",
        r"\label{eq:0.25} \eqref{eq:0.25} \cite{a0.25}",
        "Theorem 2.1, Section~3.14 and version 1.25",
        r"$-\frac12$, 2 and 10",
    ],
)
def test_what_is_no_typed_result_is_silent(rendered: Callable[[str], Rendered], text: str) -> None:
    assert list(typed(rendered(text), VALUES)) == []


@pytest.mark.parametrize(
    ("text", "number", "column"),
    [
        ("about 0.74, or", "0.74", 7),
        ("one digit, 0.7, is typed as well", "0.7", 12),
        (r"$\lambda_0=0.0917$", "0.0917", 12),
        ("0.33 stands in a table", "0.33", 1),
        (r"$x\approx0.94$", "0.94", 10),
        (r"$1.5\times10^{-6}$", "1.5", 2),
        (r"$\checked{a}{x = 0.728}$ and 0.7281 outside, \given{0.5} aside", "0.7281", 30),
    ],
)
def test_a_decimal_that_nobody_declared_is_told_with_both_ways_out(
    rendered: Callable[[str], Rendered], text: str, number: str, column: int
) -> None:
    (warning,) = typed(rendered(text), {"constants.small": "0.2"})
    said = rf"{number} is typed by hand; expected \VAR{{constants.…}} for a result of this run, or \given{{{number}}}"
    assert warning.startswith(f"templates/t.tex.j2:1:{column}: {said}")
