"""Every name that LaTeX might find is there, and none that a build makes for itself."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from hwgen.model.errors import ContentError
from hwgen.page import folders


def test_names_are_those_of_all_folders_but_what_a_build_makes_and_what_is_hidden(tmp_path: Path) -> None:
    for name in (
        "a.tex",
        "mac/b.tex",
        "img/deep/c.pdf",
        "mac/build/d.tex",
        "build/tex/e.tex",
        ".git/f",
        "hw/__pycache__/g.pyc",
        "hw/__pycache__/g.pyc.1234",
        "hw/__pycache__/h.tex",
        "mac/.h.swp",
        "mac/.tex",
        ".git/.tex",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "empty").mkdir()
    assert folders.names(tmp_path) == [
        "a.tex", "empty", "hw", "hw/__pycache__/h.tex",
        "img", "img/deep", "img/deep/c.pdf", "mac", "mac/.tex", "mac/b.tex", "mac/build", "mac/build/d.tex",
    ]  # fmt: skip


def test_a_link_is_followed_to_a_folder_that_is_not_listed_and_never_round(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "far.tex").write_text("")
    (outside / "back").symlink_to(outside)
    for name in (".hid/x.tex", "img/y.tex"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("")
    (tmp_path / "img/hidden").symlink_to(tmp_path / ".hid")
    (tmp_path / "img/out").symlink_to(outside)
    (tmp_path / "img/round").symlink_to(tmp_path)
    assert folders.names(tmp_path) == [
        "img", "img/hidden", "img/hidden/x.tex", "img/out", "img/out/back", "img/out/far.tex", "img/round", "img/y.tex"
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["student.toml", "templates/zz.tex", "templates/deep/a.sty", "exercises/x/zz.py", "a"])
@pytest.mark.parametrize("kind", ["a pipe", "a device", "a link to a pipe"])
def test_what_one_would_wait_for_at_reading_is_said_at_once(tmp_path: Path, name: str, kind: str) -> None:
    path = tmp_path / "hw" / name
    path.parent.mkdir(parents=True)
    folders.all_end(tmp_path / "hw")
    if kind == "a pipe":
        os.mkfifo(path)
    else:
        os.mkfifo(tmp_path / "far")
        path.symlink_to("/dev/zero" if kind == "a device" else tmp_path / "far")
    with pytest.raises(ContentError, match=f"^{name}: {kind.removeprefix('a link to ')}, at which reading waits for ever; expected a file"):
        folders.all_end(tmp_path / "hw")


def test_what_ends_and_what_is_not_read_is_none_of_it(tmp_path: Path) -> None:
    for folder in ("build", ".git", "figures"):
        (tmp_path / folder).mkdir()
        os.mkfifo(tmp_path / folder / "pipe")
    (tmp_path / "empty").symlink_to(os.devnull)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    with socket.socket(socket.AF_UNIX) as listening:  # opening one fails, which is no waiting
        listening.bind(os.path.relpath(tmp_path / "listening"))
        folders.all_end(tmp_path)
