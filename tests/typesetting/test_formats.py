"""The format of a preamble is made once, and anew when the preamble or a package outside of the project changes."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path
from typing import Any

import pytest

from hwgen.typesetting import formats, process
from hwgen.typesetting.workplace import FOLDER, taken

HEAD = "\\documentclass{article}\n\\usepackage{ours}\n\\newcommand{\\word}{house}\n"
BODY = "\\begin{document}\n\\word\n\\end{document}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "texmf/tex/latex").mkdir(parents=True)
    (tmp_path / "texmf/tex/latex/ours.sty").write_text("\\ProvidesPackage{ours}\n")
    monkeypatch.setenv("TEXMFHOME", str(tmp_path / "texmf"))
    return tmp_path


def test_it_is_made_once_and_anew_when_the_preamble_changes(root: Path) -> None:
    first = formats.precompiled(root, HEAD + BODY)
    made = root / FOLDER / f"{first}.fmt"
    stamp = made.stat().st_mtime_ns
    assert formats.precompiled(root, HEAD + BODY.replace("word", "LaTeX")) == first
    assert made.stat().st_mtime_ns == stamp
    other = formats.precompiled(root, HEAD.replace("house", "door") + BODY)
    assert other != first
    assert [path.name for path in (root / FOLDER).glob("*.fmt")] == [f"{other}.fmt"]
    with contextlib.closing(taken(root)) as place:
        one = process.from_pipe(place, "page", other)
        process.feed(one, HEAD.replace("house", "door") + BODY)
        assert one.wait()


def test_it_is_made_anew_when_a_package_of_the_user_changes(root: Path) -> None:
    first = formats.precompiled(root, HEAD + BODY)
    stamp = (root / FOLDER / f"{first}.fmt").stat().st_mtime_ns
    (root / "texmf/tex/latex/ours.sty").write_text("\\ProvidesPackage{ours}\\relax\n")
    assert formats.precompiled(root, HEAD + BODY) == first
    assert (root / FOLDER / f"{first}.fmt").stat().st_mtime_ns != stamp


@pytest.mark.parametrize(("ending", "gone"), [("fmt", False), ("fls", True), ("stamp", False)])
def test_one_that_this_machine_did_not_make_is_made_anew(root: Path, ending: str, gone: bool) -> None:
    name = formats.precompiled(root, HEAD + BODY)
    path, other = (root / FOLDER / f"{name}.{one}" for one in (ending, "fmt"))
    made = other.stat().st_mtime_ns
    if gone:
        path.unlink()
    else:
        path.write_text((formats.stamp(root, name) if ending == "stamp" else path.read_text(errors="replace")) + "\n")
    assert formats.precompiled(root, HEAD + BODY) == name
    assert other.stat().st_mtime_ns != made
    assert formats.stamp(root, name)


def test_a_preamble_that_does_not_compile_gives_none(root: Path) -> None:
    assert formats.precompiled(root, "\\documentclass{nowhere}\n" + BODY) == ""
    assert [path.name for path in (root / FOLDER).iterdir()] == []


def test_it_is_made_anew_when_a_file_of_the_homework_comes_or_changes(root: Path) -> None:
    head = HEAD + "\\IfFileExists{mac/a.tex}{\\input{mac/a.tex}}{}\n"
    stamps, file = [], root / "mac/a.tex"
    file.parent.mkdir()
    for text in ("", "\\def\\a{1}\n", "\\def\\a{2}\n"):
        if text:
            file.write_text(text)
        name = formats.precompiled(root, head + BODY)
        stamps.append((formats.stamp(root, name), (root / FOLDER / f"{name}.fmt").stat().st_mtime_ns))
    assert formats.precompiled(root, head + BODY) == name
    assert (formats.stamp(root, name), (root / FOLDER / f"{name}.fmt").stat().st_mtime_ns) == stamps[-1]
    assert [len({stamp[side] for stamp in stamps}) for side in (0, 1)] == [3, 3]
    assert formats.stamp(root, "") == formats.stamp(root, "nowhere") == ""


def test_none_is_kept_where_a_package_was_saved_while_it_was_made(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows whether LaTeX read the package before or after."""
    (root / "own.sty").write_text("\\ProvidesPackage{own}\n")
    head, run = HEAD.replace("{ours}", "{own}"), subprocess.run

    def saving(*arguments: Any, **options: Any) -> Any:
        made = run(*arguments, **options)
        (root / "own.sty").write_text("\\ProvidesPackage{own}\\relax\n")
        return made

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(formats.subprocess, "run", saving)
        assert formats.precompiled(root, head + BODY) == ""
    assert formats.precompiled(root, head + BODY)
