"""Watching: each save gives a page or a message, and nothing that an author saves ends it."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import TESTS, Homework

from hwgen.freshness import stamps
from hwgen.judging import heard
from hwgen.page import remembered
from hwgen.program import watch


@pytest.fixture
def homework(known: Homework) -> Homework:
    """The toy homework, all that is computed for its page known: only what a save changes is computed."""
    return known


@pytest.fixture
def saved(homework: Homework, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., list[str]]:
    """Make the changes one after the other, a batch each; what was said to each, the first build included."""
    monkeypatch.chdir(homework.root)

    def run(*changes: Callable[[], object]) -> list[str]:
        said: list[str] = []

        def batches() -> Iterator[list[str]]:
            for change in changes:
                said.append(capsys.readouterr().out)
                change()
                yield ["templates/circle.tex.j2"]
            said.append(capsys.readouterr().out)

        watch.watch(homework.request(), batches())
        return said

    return run


def test_prose_a_false_formula_and_its_mending(homework: Homework, saved: Callable[..., list[str]]) -> None:
    first, prose, wrong, mended = saved(
        lambda: homework.change("The disc is", "The disk is"),
        lambda: homework.change(r"A = \pi r^2", r"A = 3 r^2"),
        lambda: homework.change(r"A = 3 r^2", r"A = \pi r^2"),
    )
    assert "built in" in first
    assert prose.startswith("changed: templates/circle.tex.j2\nbuilt in")
    assert "area: SUPPORTED is now REFUTED" in wrong
    assert "templates/circle.tex.j2:5:" in wrong
    assert wrong.endswith("nothing built; the last good page is kept\n")
    assert "area: REFUTED is now SUPPORTED" in mended
    assert "built in" in mended
    assert not Path("build/HW4_LOVELACE_ADA.pdf").exists()


@pytest.mark.parametrize(
    ("spoil", "mend", "said"),
    [
        (
            lambda one: one.change("The disc is", r"\nowhere is"),
            lambda one: one.change(r"\nowhere is", "The disc is"),
            r"circle.tex.j2:13:",
        ),
        (lambda one: one.change("The disc is", "{ is"), lambda one: one.change("{ is", "The disc is"), "{ is never closed"),
        (
            lambda one: one.template.rename(one.root / "aside"),
            lambda one: (one.root / "aside").rename(one.template),
            "template circle.tex.j2 not found",
        ),
        (
            lambda one: (one.root / "student.toml").write_text("nom = \n"),
            lambda one: (one.root / "student.toml").write_text(""),
            "student.toml:1",
        ),
    ],
    ids=["LaTeX", "template", "a deleted file", "student.toml"],
)
def test_it_survives_what_an_author_saves_and_keeps_the_page(
    homework: Homework,
    saved: Callable[..., list[str]],
    spoil: Callable[[Homework], object],
    mend: Callable[[Homework], object],
    said: str,
) -> None:
    pages: list[bytes] = []

    def spoilt() -> None:
        pages.append(watch.OUTPUT.read_bytes())
        spoil(homework)

    def mended() -> None:
        pages.append(watch.OUTPUT.read_bytes())
        mend(homework)

    _, bad, good = saved(spoilt, mended)
    assert said in bad
    assert "the last good page is kept" in bad
    assert pages[0] == pages[1]
    assert "built in" in good


def test_a_change_of_code_starts_anew(homework: Homework, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(homework.root)
    monkeypatch.setattr("os.execv", lambda *command: sys.exit(" ".join(command[1])))
    with pytest.raises(SystemExit, match="-m hwgen"):
        watch.watch(homework.request(), [[str(TESTS / "toy" / "exercises" / "circle" / "a.py")]])
    assert "starting anew" in capsys.readouterr().out


def test_a_change_of_what_was_read_is_seen_and_starts_anew(
    homework: Homework, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(homework.root)
    monkeypatch.setattr("os.execv", lambda *command: sys.exit(" ".join(command[1])))
    data = Path("given/x.txt")
    data.parent.mkdir()
    data.write_text("1.0")
    remembered.write(Path("build/reads.json"), {"area": ["status given/x.txt", "given/x.txt", "given/absent.txt", "variable SCALE"]})
    monkeypatch.setattr(stamps, "BEGAN", data.stat().st_ctime_ns + 10**9)

    read = watch._read(Path())
    assert list(watch._newly_read({}, read)) == []
    data.write_text("2.0")
    Path("given/absent.txt").write_text("there")
    assert sorted(watch._newly_read(read, watch._read(Path()))) == ["given/absent.txt", "given/x.txt"]
    with pytest.raises(SystemExit, match="-m hwgen"):
        watch.watch(homework.request(), [[str(homework.root / "given/x.txt")]])
    assert "the code or its data have changed: starting anew" in capsys.readouterr().out


def test_what_was_saved_after_the_process_began_may_have_been_read_before(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(homework.root)
    Path("x.txt").write_text("1.0")
    remembered.write(Path("build/reads.json"), {"area": ["x.txt"]})
    monkeypatch.setattr(stamps, "BEGAN", Path("x.txt").stat().st_ctime_ns - 1)
    read = watch._read(Path())
    assert (list(watch._newly_read({}, read)), list(watch._newly_read(read, read))) == (["x.txt"], [])


def _batch(homework: Homework, change: Callable[[], object]) -> set[str]:
    """The first batch after a change, by paths from the homework's folder."""
    batches = watch.changes(homework.root, lambda: ["figures/a.pdf"])
    change()
    return {os.path.relpath(path, homework.root) for path in next(batches)}


SAVES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "a template in a folder": (lambda root: (root / "templates/part/x.tex.j2").write_text("x"), {"templates/part/x.tex.j2"}),
    "a template of another ending": (lambda root: (root / "templates/x.latex").write_text("x"), {"templates/x.latex"}),
    "a package beside homework.toml": (lambda root: (root / "own.sty").write_text("x"), {"own.sty"}),
    "student.toml": (lambda root: (root / "student.toml").write_text("x"), {"student.toml"}),
    "a file that LaTeX read": (lambda root: (root / "given/picture.png").write_text("x"), {"given/picture.png"}),
    "a picture of the author's in figures/": (lambda root: (root / "figures/photo.png").write_text("x"), {"figures/photo.png"}),
    "a file that LaTeX may have looked for": (lambda root: (root / "given/late.txt").write_text("x"), {"given/late.txt"}),
    "a file that is gone": (lambda root: (root / "given/early.txt").unlink(), {"given/early.txt"}),
    "one put in place of another": (
        lambda root: (root / "aside").write_text("x") and (root / "aside").replace(root / "student.toml"), {"student.toml"}
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", list(SAVES))
def test_saves_are_seen_and_what_a_build_or_an_editor_leaves_is_not(homework: Homework, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.chdir(homework.root)
    for folder in ("templates/part", "given", "figures", "build/tex"):
        Path(folder).mkdir(parents=True, exist_ok=True)
    Path(watch.PAGE).write_text("figures/a.pdf\nfigures/photo.png\ngiven/picture.png\n/usr/share/any.sty")
    Path("given/early.txt").touch()
    save, seen = SAVES[what]

    def change() -> None:
        for left in ("build/solution.tex", "figures/a.pdf", "templates/.x.swp", "templates/x~", "templates/#x#"):
            Path(left).write_text("x")
        save(homework.root)

    assert _batch(homework, change) == seen


def test_saves_are_seen_after_the_folder_was_replaced(homework: Homework) -> None:
    def replace() -> None:
        shutil.copytree(homework.root / "templates", homework.root / "aside")
        shutil.rmtree(homework.root / "templates")
        (homework.root / "aside").rename(homework.root / "templates")

    assert "templates/circle.tex.j2" in _batch(homework, replace)
    assert _batch(homework, lambda: homework.change("The disc is", "The disk is")) == {"templates/circle.tex.j2"}


def test_a_todo_stops_it_at_its_line_in_the_short_way_too(homework: Homework, saved: Callable[..., list[str]]) -> None:
    _, stopped, mended = saved(
        lambda: homework.change("The disc is", "TODO The disc is"),
        lambda: homework.change("TODO The disc is", "The disc is"),
    )
    assert "templates/circle.tex.j2:13:18: a TODO; expected it to be done" in stopped
    assert stopped.endswith("nothing built; the last good page is kept\n")
    assert "built in" in mended


def test_code_that_was_saved_before_the_folders_are_followed_starts_anew(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    code = homework.root / "code"
    code.mkdir()
    monkeypatch.setattr(watch, "_code", lambda root: [code])
    (code / "before.py").write_text("")
    time.sleep(0.05)
    monkeypatch.setattr(watch.stamps, "BEGAN", time.time_ns())
    assert watch._missed(homework.root) == []
    time.sleep(0.05)
    (code / "after.py").write_text("")
    time.sleep(0.05)
    assert watch._missed(homework.root) == [str(code / "after.py")]


def test_a_package_of_the_authors_that_the_precompiled_preamble_reads_is_followed(
    homework: Homework, saved: Callable[..., list[str]]
) -> None:
    package, preamble = homework.root / "sty" / "mine.sty", homework.root / "templates" / "preamble.tex"
    package.parent.mkdir()
    package.write_text("\\ProvidesPackage{sty/mine}\n")
    preamble.write_text(preamble.read_text().replace(r"\usepackage{hwgen}", "\\usepackage{sty/mine}\n\\usepackage{hwgen}"))
    (said,) = saved()
    assert "built in" in said
    assert list(Path("build/tex").glob("preamble-*.fmt"))
    assert "sty/mine.sty" in watch._read(Path())


def test_any_file_is_followed_after_a_build_that_failed(homework: Homework) -> None:
    """Nobody knows what such a build read, such as a data file that is wrong."""
    (homework.root / "given").mkdir()
    data = homework.root / "given/new.txt"
    data.write_text("oops")
    for failed in (True, False):
        batches = watch.changes(homework.root, failed=lambda failed=failed: failed)
        data.write_text(f"1.{failed:d}")
        if not failed:
            homework.change("The disc is", "The disk is")
            time.sleep(0.1)
        assert {os.path.relpath(path, homework.root) for path in next(batches)} == {
            "given/new.txt" if failed else "templates/circle.tex.j2"
        }


def test_a_folder_in_which_an_editor_wrote_a_file_aside_is_no_save(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "SELDOM", 1)
    batches = watch.changes(homework.root, failed=lambda: True)
    template = homework.root / "templates/circle.tex.j2"
    for mended in ("disk", "disc"):
        aside = homework.root / "templates/sedXY12"  # as sed -i does
        aside.write_text(template.read_text().replace("The disc is" if mended == "disk" else "The disk is", f"The {mended} is"))
        aside.replace(template)
        assert {os.path.relpath(path, homework.root) for path in next(batches)} == {"templates/circle.tex.j2"}


def test_what_libraries_warned_of_is_said_after_a_change_of_prose(
    homework: Homework, saved: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heard, "_imported", {"exercises/a.py:3: odd (UserWarning)"})

    def change(old: str, now: str) -> None:
        homework.change(old, now)
        time.sleep(0.5)  # what was saved right before a build may be read by it before or after: nothing goes on from there

    # The first build and those of a formula say it beside what is read here.
    formula, prose = saved(lambda: change(r"A = \pi r^2", r"A = r^2 \pi"), lambda: change("The disc is", "The disk is"))[1:]
    assert "built in" in formula
    assert "warning: exercises/a.py:3: odd (UserWarning)" in prose
