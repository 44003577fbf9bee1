"""A file is whole or as it was, and nothing is left aside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hwgen.model.errors import ContentError
from hwgen.page import files


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_file_is_exchanged(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for text in ("one", "two"):
        files.write(path, text)
        assert path.read_text() == text
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


def test_a_disk_that_is_full_leaves_the_old_one_and_nothing_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    files.write(path, "one")
    monkeypatch.setattr(os, "replace", _full)
    with pytest.raises(OSError, match="No space left"):
        files.write(path, "two")
    assert path.read_text() == "one"
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


def test_no_link_that_waits_for_what_is_written_aside_is_written_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    victim, path = tmp_path / "victim", tmp_path / "a.json"
    victim.write_text("mine")
    monkeypatch.setattr(os, "urandom", bytes)  # as if it could be foreseen
    (tmp_path / f"a.json.{bytes(6).hex()}.{os.getpid()}.new").symlink_to(victim)
    with pytest.raises(OSError, match=r"File exists: .*a\.json"):
        files.write(path, "theirs")
    assert victim.read_text() == "mine"
    assert not path.exists()


def test_two_files_aside_have_names_that_nobody_foresees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asides: list[str] = []
    monkeypatch.setattr(os, "replace", lambda aside, _: asides.append(aside))
    for _ in range(2):
        files.write(tmp_path / "a.json", "one")
    assert len(set(asides)) == 2
    assert all(len(one.removeprefix(f"{tmp_path}/a.json.").split(".")[0]) >= 12 for one in asides)


def test_a_link_in_place_of_a_file_is_replaced_and_one_in_place_of_a_lock_refused(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    for name in ("a.json", "lock"):
        (tmp_path / name).symlink_to(victim)
    files.write(tmp_path / "a.json", "new")
    with pytest.raises(ContentError, match="lock: a link; expected a file of its own"):
        files.lock(tmp_path / "lock")
    assert victim.read_text() == "mine"
    assert not (tmp_path / "a.json").is_symlink()


@pytest.mark.parametrize("fails", [1, 2, 3])
def test_several_files_are_written_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: int) -> None:
    (tmp_path / "text.tex").write_text("mine")
    texts = {tmp_path / "text.tex": "mine, and more", tmp_path / "deep/a.py": "a", tmp_path / "b.py": "b"}
    real, done = os.replace, []

    def replace(aside: str, path: Path) -> None:
        done.append(path)
        if len(done) == fails:
            _full()
        real(aside, path)

    with monkeypatch.context() as full:
        full.setattr(os, "replace", replace)
        with pytest.raises(OSError, match="No space left"):
            files.write_all(texts)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"text.tex": "mine"}
    files.write_all(texts)
    assert {path: path.read_text() for path in tmp_path.rglob("*") if path.is_file()} == texts


def test_a_link_is_followed_inside_and_refused_outside(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    for name, target in {"in": root / "a", "out": tmp_path / "secret", "up": tmp_path}.items():
        (root / name).symlink_to(target)
    assert files.inside(root, root / "in") == root / "a"
    for name in ("out", "up"):
        with pytest.raises(ContentError, match=f"{name}: a link that leads out of the homework"):
            files.inside(root, root / name)


def test_what_a_killed_process_left_aside_is_swept_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    ).stdout.strip()
    kept = {f"a.json.{os.getpid()}.new", "a.json", "b.new", "c.x.new"}
    (tmp_path / "deep").mkdir()
    for name in (*kept, f"a.json.{gone}.new", f"deep/{gone}.{gone}.new"):
        (tmp_path / name).touch()
    files.sweep([tmp_path, tmp_path / "nowhere"])
    assert {path.name for path in tmp_path.iterdir()} == {*kept, "deep"}
    assert list((tmp_path / "deep").iterdir()) == []


@pytest.mark.parametrize("there", ["a pipe", "a folder", "nothing"])
def test_what_is_no_file_is_not_waited_for_and_a_file_takes_the_place_of_a_pipe(tmp_path: Path, there: str) -> None:
    path = tmp_path / "page.pdf"
    {"a pipe": os.mkfifo, "a folder": os.mkdir, "nothing": os.fspath}[there](path)
    with pytest.raises(OSError, match=str(path)):
        files.held(path)
    if there != "a folder":
        files.renew(path, b"new")
        assert files.held(path) == b"new"


def test_a_file_with_the_same_content_keeps_its_time(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    files.renew(path, b"same")
    os.utime(path, (1, 1))
    files.renew(path, b"same")
    assert path.stat().st_mtime == 1
    files.renew(path, b"other")
    assert (path.read_bytes(), path.stat().st_mtime > 1) == (b"other", True)
