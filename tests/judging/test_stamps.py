"""What Python itself is told beside files is in the keys, and in what the short ways of a build compare."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ASKED = """
from hwgen.judging.stamps import interpreter
from hwgen.program import snapshot
assert snapshot.variables()["the interpreter"] == interpreter()
print(interpreter())
"""
TOLD = {"another time zone": {"TZ": "Asia/Tokyo"}, "no asserts": {"PYTHONOPTIMIZE": "1"}, "texts in UTF-8": {"PYTHONUTF8": "1"}}


def _told(**variables: str) -> str:
    environment = {**os.environ, "TZ": "UTC", "PYTHONUTF8": "0", **variables}
    return subprocess.run([sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True, check=True).stdout


def test_another_hash_seed_tells_nothing_else() -> None:
    assert _told(PYTHONHASHSEED="1") == _told(PYTHONHASHSEED="2") != ""


@pytest.mark.parametrize("what", list(TOLD))
def test_what_python_is_told_makes_another_interpreter(what: str) -> None:
    assert _told(**TOLD[what]) != _told()
