"""A name of another kind than a command takes is told what it is, and which command shows it."""

from __future__ import annotations

import os

import pytest
import warm
from conftest import PROJECT, TESTS, Homework


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("check darts_error", "darts_error: a figure; expected the name of a claim, such as {near}; hwgen figures darts_error draws it; "),
        ("mutate slope_darts", "slope_darts: a constant; expected the name of a claim, such as {near}; hwgen why slope_darts says"),
        ("check darts", "darts: a study; expected the name of a claim, such as {near}; hwgen why darts says what it is of"),
        ("figures area", "area: a claim; expected the name of a figure, such as darts_error; hwgen why area says what it is of"),
        ("check eq:area", "eq:area: a label or a place; expected the name of a claim; hwgen why eq:area says what stands there"),
        ("figures t.tex.j2:9", "t.tex.j2:9: a label or a place; expected the name of a figure; hwgen why t.tex.j2:9 says"),
        ("check aera", "aera: no claim, constant, study or figure of that name. Did you mean 'area'?"),
    ],
)
def test_a_name_of_another_kind_is_told_what_it_is(built: Homework, command: str, said: str) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT}{os.pathsep}{TESTS}"}
    result = warm.run("from hwgen.__main__ import main; main()", *command.split(), folder=built.root, environment=environment)
    head, _, tail = said.partition("{near}")
    assert (result.returncode, result.stderr.startswith(head), tail in result.stderr) == (2, True, True), result.stderr
