"""What Python itself is told beside files is in the keys, and in what the short ways of a build compare."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import pytest

from hwgen.freshness import libraries, stamps

ASKED = """
from hwgen.freshness.stamps import interpreter
from hwgen.program import snapshot
assert snapshot.variables()["the interpreter"] == interpreter()
print(interpreter())
"""
TOLD = {
    "another time zone": {"TZ": "Asia/Tokyo"},
    "no asserts": {"PYTHONOPTIMIZE": "1"},
    "texts in UTF-8": {"PYTHONUTF8": "1"},
    "warnings": {"PYTHONWARNINGS": "error"},
}


def _told(**variables: str) -> str:
    environment = {**os.environ, "TZ": "UTC", "PYTHONUTF8": "0", **variables}
    return subprocess.run([sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True, check=True).stdout


def test_another_hash_seed_tells_nothing_else() -> None:
    assert _told(PYTHONHASHSEED="1") == _told(PYTHONHASHSEED="2") != ""


@pytest.mark.parametrize("what", list(TOLD))
def test_what_python_is_told_makes_another_interpreter(what: str) -> None:
    assert _told(**TOLD[what]) != _told()


def test_files_behind_links_are_among_those_of_a_folder_and_no_circle_is_followed(tmp_path: Path) -> None:
    (tmp_path / "shared/deep").mkdir(parents=True)
    (tmp_path / "shared/deep/scale.py").write_text("1")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/common").symlink_to(tmp_path / "shared")
    (tmp_path / "shared/deep/back").symlink_to(tmp_path / "content")
    before = stamps.stamps([str(tmp_path / "content")], ())
    assert str(tmp_path / "content/common/deep/scale.py") in before
    assert len(before) < 10
    (tmp_path / "shared/deep/scale.py").write_text("22")
    assert stamps.stamps([str(tmp_path / "content")], ()) != before


def test_a_link_that_leads_nowhere_has_a_state_too(tmp_path: Path) -> None:
    link = tmp_path / "current"
    link.symlink_to("v1")
    before = stamps.stamp(str(link))
    link.unlink()
    link.symlink_to("v2")
    assert stamps.stamp(str(link)) != before
    (tmp_path / "v2").write_text("")
    assert len(stamps.stamp(str(link))) == 2 * len(stamps.stamp(str(tmp_path / "v2")))


def _clock(monkeypatch: pytest.MonkeyPatch, ahead: int) -> None:
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + ahead * 10**9)


def test_a_save_is_seen_where_the_clock_of_the_files_is_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "build").mkdir()
    (tmp_path / "before").write_text("1")
    time.sleep(0.05)
    _clock(monkeypatch, ahead=60)
    moment = time.time_ns()
    (tmp_path / "after").write_text("1")
    assert stamps.changed_since(["before", "after"], moment) == ["after"]


def test_a_save_is_seen_where_the_clock_was_set_back_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "after").write_text("1")
    moment = time.time_ns() + 60 * 10**9
    assert stamps.changed_since([str(tmp_path / "after")], moment) == []
    _clock(monkeypatch, ahead=-60)
    assert stamps.changed_since([str(tmp_path / "after")], moment) == [str(tmp_path / "after")]


def test_what_arithmetic_is_told_by_the_environment_is_in_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    before = stamps.interpreter()
    monkeypatch.setenv("HWGEN_OF_NO_MEANING", "1")
    assert stamps.interpreter() == before
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_CBWR", "LD_PRELOAD"):
        monkeypatch.setenv(name, "7")
        assert stamps.interpreter() != before
        before = stamps.interpreter()


def test_what_figures_are_drawn_with_is_in_the_keys_as_the_libraries_are(monkeypatch: pytest.MonkeyPatch) -> None:
    before, real = libraries.libraries.__wrapped__(), metadata.version
    assert "contourpy" in before
    monkeypatch.setattr(metadata, "version", lambda name: "9.9.9" if name == "contourpy" else real(name))
    assert libraries.libraries.__wrapped__() != before
