"""`--help`: the same anywhere, laid out as it is written, and at once: nothing is loaded that only a build needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import PROJECT

from hwgen import __main__
from hwgen.program.cli import program


@pytest.mark.parametrize("command", [["pdf"], ["check"], ["submit"], ["bundle"], ["new", "claim"], ["list"]])
def test_the_help_of_a_command_works_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    for option in ("--help", "-h"):
        result = CliRunner().invoke(program, [*command, option])
        assert (result.exit_code, "Usage:" in result.output) == (0, True), result.output


def test_help_is_laid_out_as_it_is_written() -> None:
    said = CliRunner().invoke(program, ["--help"]).output
    assert "\\b" not in said
    assert "\x08" not in said
    assert r"\checked{name}" in said
    assert "  hwgen pdf                  check everything and make the PDF to hand in, in build/\n" in said


@pytest.mark.parametrize("arguments", [["--help"], ["pdf", "--help"], []])
def test_help_teaches_begins_once_and_loads_nothing_heavy(arguments: list[str]) -> None:
    heavy = ("numpy", "scipy", "sympy", "matplotlib", "distributed", "jinja2", "dataclasses", "hwgen.model", "hwgen.page", "hwgen.reading")
    code = f"import os, sys, atexit; atexit.register(lambda: print([one for one in {heavy} if one in sys.modules], end=' ')); "
    code += "atexit.register(lambda: print(os.environ.get('PYTHONHASHSEED'))); "
    code += f"import runpy; sys.argv = ['hwgen', *{arguments}]; runpy.run_module('hwgen', run_name='__main__')"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONHASHSEED"}
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert done.stdout.endswith("None\n[] "), done.stdout[-200:]
    assert "Usage: " in done.stdout + done.stderr


def test_an_option_that_looks_like_help_but_is_a_value_computes_as_ever() -> None:
    assert not __main__._tells(["pdf", "--nom", "--help"])
    assert not __main__._tells(["why", "-h", "--", "x"])
    assert __main__._tells(["-h"])


def test_help_names_the_commands_of_a_day() -> None:
    done = CliRunner().invoke(program, ["--help"])
    assert "A day with hwgen:" in done.output
    assert all(command in done.output for command in ("pdf", "check", "mutate", "figures", "list", "why"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("check --only kappa", "Error: --only: no option; expected hwgen check NAME, the name alone\n"),
        ("figures --ONLY=kappa_curve", "Error: --ONLY: no option; expected hwgen figures NAME, the name alone\n"),
        ("check ONLY=kappa", "Error: ONLY=kappa is said to make; expected hwgen check kappa, the name alone\n"),
        ("why ONLY=kappa", "Error: ONLY=kappa is said to make; expected hwgen why kappa, the name alone\n"),
        ("pdf --only kappa", "Error: --only: no option; hwgen pdf takes no name\n"),
        ("pdf NOM=Lovelace PRENOM=Ada", "Error: NOM=Lovelace is said to make; expected --nom=Lovelace\n"),
        ("mutate EFFORT=quick", "Error: EFFORT=quick is said to make; expected --effort=quick\n"),
        ("check --onyl kappa", "Error: No such option '--onyl'.\n"),
    ],
)
def test_what_is_said_to_make_is_told_in_the_words_of_the_program(said: str, expected: str) -> None:
    done = CliRunner().invoke(program, said.split(), prog_name="hwgen")
    assert (done.exit_code, done.output.endswith(f"\n{expected}")) == (2, True), done.output
