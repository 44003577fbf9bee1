"""A package outside of the homework that changes, comes or goes makes the page again; what cannot matter does not."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hwgen.typesetting import installation

READ = ["/etc/hosts", "templates/preamble.tex"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("hw/templates", "home/tex/latex", "inputs/deep", "apart/sub", "real/latex", "one/deep", "two"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "inputs/link").symlink_to(tmp_path / "apart")
    (tmp_path / "inputs/deep/round").symlink_to(tmp_path / "inputs")
    (tmp_path / "home/more").symlink_to(tmp_path / "real")
    (tmp_path / "home/tex/latex/ours.sty").write_text("a")
    monkeypatch.setenv("TEXMFHOME", str(tmp_path / "home"))
    monkeypatch.setenv("TEXINPUTS", f"{tmp_path}/inputs//:")
    return tmp_path


def _edited(path: Path) -> None:
    before = path.stat()
    path.write_text("b")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path, pytest.MonkeyPatch], object]] = {
    "a package that was read, its time put back": lambda root, patch: _edited(root / "home/tex/latex/ours.sty"),
    "a package that was read and is gone": lambda root, patch: (root / "home/tex/latex/ours.sty").unlink(),
    "a new package of the user": lambda root, patch: (root / "home/tex/latex/amsmath.sty").write_text(""),
    "a new folder of packages": lambda root, patch: (root / "home/tex/plain").mkdir(),
    "a new package in TEXINPUTS": lambda root, patch: (root / "inputs/deep/amsmath.sty").write_text(""),
    "a new package beside the templates": lambda root, patch: (root / "hw/amsmath.sty").write_text(""),
    "a new package where a link in TEXINPUTS leads": lambda root, patch: (root / "apart/sub/amsmath.sty").write_text(""),
    "a new package where a link in TEXMFHOME leads": lambda root, patch: (root / "real/latex/amsmath.sty").write_text(""),
    "another TEXINPUTS": lambda root, patch: patch.setenv("TEXINPUTS", ""),
    "another TEXMFHOME": lambda root, patch: patch.setenv("TEXMFHOME", "/nowhere"),
    "another engine": lambda root, patch: patch.setattr(installation, "ENGINE", "sh"),
}


@pytest.mark.parametrize("what", list(CHANGES))
def test_a_change_is_noticed(root: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    read = [*READ, str(root / "home/tex/latex/ours.sty")]
    before = installation.stamp(root / "hw", read)
    assert installation.stamp(root / "hw", read) == before
    CHANGES[what](root, monkeypatch)
    assert installation.stamp(root / "hw", read) != before


def test_what_cannot_matter_is_not(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = installation.stamp(root / "hw", READ)
    (root / "hw/note.txt").write_text("")
    monkeypatch.setenv("TMPDIR", "/var/tmp")
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert installation.stamp(root / "hw", READ) == before


@pytest.mark.parametrize("said", ["$HOME/one//:", "~/one//:", "{home}/{{two,one}}//:", "!!{home}/one//deep:"])
def test_folders_that_are_said_in_short_are_those_that_latex_searches(root: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("HOME", str(root))
    monkeypatch.setenv("TEXINPUTS", said.format(home=root))
    before = installation.stamp(root / "hw", READ)
    (root / "one/deep/amsmath.sty").write_text("")
    assert installation.stamp(root / "hw", READ) != before
    assert installation.foreign(root / "hw", [str(root / "one/deep/amsmath.sty")]) == []
