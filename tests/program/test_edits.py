"""What a small edit takes, counted: passes of LaTeX, looks of the guards, results that are computed."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from conftest import PROJECT, TESTS, Homework

# The program with all that it does written down at its end: passes, looks of a guard, computations that were given away.
COUNTED = """
import atexit, json, os, sys
told, here = {"passes": 0, "looks": 0, "given": []}, os.getpid()
from hwgen.typesetting import process
begun = process._begun
def counted(*arguments, **options):
    told["passes"] += 1
    return begun(*arguments, **options)
process._begun = counted
from hwgen.guards import guards
first = guards.STAGES[0][0]
def looked(page):
    told["looks"] += 1
    return first(page)
guards.STAGES = ((looked, *guards.STAGES[0][1:]), *guards.STAGES[1:])
from hwgen.judging.workers import Workers
give = Workers.give
def given(self, label, *others):
    told["given"].append(label.split(":")[0])
    return give(self, label, *others)
Workers.give = given
def tell():
    if os.getpid() == here:
        print(json.dumps({**told, "numbers": "numpy" in sys.modules}))
atexit.register(tell)
from hwgen.__main__ import main
main()
"""


@pytest.fixture
def again(built: Homework) -> Homework:
    """The toy homework after a build here, which knows the files of this folder."""
    _counted(built)
    return built


def _counted(homework: Homework) -> dict[str, object]:
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT}{os.pathsep}{TESTS}", "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-c", COUNTED, "pdf"]
    done = subprocess.run(command, cwd=homework.root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def _page(homework: Homework) -> bytes:
    return (homework.root / "build/HW4_LOVELACE_ADA.pdf").read_bytes()


def test_a_word_takes_one_pass_one_look_and_no_library_of_numbers(again: Homework) -> None:
    again.change("The disc is the same", "The disk is the same")
    assert _counted(again) == {"passes": 1, "looks": 1, "given": [], "numbers": False}


def test_a_formula_takes_one_pass_one_look_and_its_own_check(again: Homework) -> None:
    again.change(r"A = \pi r^2", r"A = r^2 \pi")
    assert _counted(again) == {"passes": 1, "looks": 1, "given": ["area", "wrong versions of area"], "numbers": True}


def test_a_preamble_takes_the_pass_that_began_on_the_last_one_and_its_own(again: Homework) -> None:
    before = _page(again)
    (again.root / "templates/preamble.tex").write_text(
        (again.root / "templates/preamble.tex").read_text() + "\\setlength{\\parindent}{9pt}\n"
    )
    assert _counted(again)["given"] == []
    assert _page(again) != before
