"""The fast path is taken after a good build without a change, and never otherwise."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hwgen.page import remembered
from hwgen.program import snapshot


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for path in ("templates/a.tex.j2", "hw5/b.py", "student.toml", "homework.toml", "build/out.pdf"):
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(path)
    monkeypatch.setattr(snapshot, "BEGAN", time.time_ns() + 10**9)
    snapshot.take(["pdf"], ["build/out.pdf"], ["1 of 1 displayed relations under test"], ["hw5"], ["warning: w"])


def test_nothing_changed() -> None:
    assert snapshot.unchanged(["pdf"]) == (["warning: w"], ["1 of 1 displayed relations under test"])


def test_other_arguments() -> None:
    assert snapshot.unchanged(["pdf", "--nom", "Lovelace"]) is None


@pytest.mark.parametrize("name", ["printed", "warned"])
def test_what_another_version_remembered_of_a_build_is_no_good_build(name: str) -> None:
    file = Path("build/snapshot.json")
    known = remembered.read(file)
    remembered.write(file, {one: value for one, value in known.items() if one != name})
    assert snapshot.unchanged(["pdf"]) is None
    remembered.write(file, known | {"more": 1})
    assert snapshot.unchanged(["pdf"]) is None


def _forged(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    "change",
    [
        lambda: Path("templates/a.tex.j2").write_text("other"),
        lambda: Path("templates/new.tex.j2").write_text(""),
        lambda: Path("hw5/b.py").unlink(),
        lambda: Path("hw5/c.py").write_text(""),
        lambda: Path("homework.toml").write_text("other"),
        lambda: Path("student.toml").unlink(),
        lambda: Path("build/out.pdf").write_text("damaged"),
        lambda: Path("build/out.pdf").unlink(),
        lambda: Path("build/snapshot.json").write_text("{"),
        lambda: Path("build/snapshot.json").write_text("[]"),
        lambda: _forged(Path("build/snapshot.json"), "1 of 1", "9 of 9"),
        snapshot.forget,
    ],
)
def test_any_change_takes_the_full_path(change: Callable[[], object]) -> None:
    change()
    assert snapshot.unchanged(["pdf"]) is None


def test_the_code_of_a_build_is_the_engine_and_the_top_folder_of_the_content() -> None:
    Path("hw5/deep").mkdir()
    Path("hw5/__init__.py").write_text("")
    assert snapshot.computed("hw5.deep") == [snapshot.ENGINE, "hw5"]
    assert snapshot.computed("hwgen.homework.exercises") == [snapshot.ENGINE]


def test_an_edit_of_equal_length_with_its_time_put_back_is_noticed() -> None:
    path = Path("hw5/b.py")
    before = path.stat()
    path.write_text(path.read_text().replace("b", "c"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert snapshot.unchanged(["pdf"]) is None


def test_a_save_during_a_build_is_not_remembered_as_built(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot.forget()
    monkeypatch.setattr(snapshot, "BEGAN", time.time_ns())
    Path("templates/a.tex.j2").write_text("saved while the build was under way")
    assert "templates/a.tex.j2" in snapshot.moved(["hw5"])
    snapshot.take(["pdf"], ["build/out.pdf"], [], ["hw5"])
    assert snapshot.unchanged(["pdf"]) is None


def test_a_data_file_that_a_computation_read_is_watched() -> None:
    Path("data.csv").write_text("1")
    remembered.write(Path("build/reads.json"), {"study": ["data.csv"]})
    snapshot.take(["pdf"], ["build/out.pdf"], [], ["hw5"])
    assert snapshot.unchanged(["pdf"]) == ([], [])
    Path("data.csv").write_text("2")
    assert snapshot.unchanged(["pdf"]) is None


def test_a_variable_that_a_computation_read_is_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    remembered.write(Path("build/reads.json"), {"study": ["variable SCALE"]})
    snapshot.take(["pdf"], ["build/out.pdf"], [], ["hw5"])
    assert snapshot.unchanged(["pdf"]) == ([], [])
    monkeypatch.setenv("SCALE", "2")
    assert snapshot.unchanged(["pdf"]) is None


def test_all_variables_are_watched_where_all_were_asked_for_and_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "a secret of the author's")
    remembered.write(Path("build/reads.json"), {"study": ["variable *"]})
    snapshot.take(["pdf"], ["build/out.pdf"], [], ["hw5"])
    assert snapshot.unchanged(["pdf"]) == ([], [])
    assert "a secret" not in Path("build/snapshot.json").read_text()
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    assert snapshot.unchanged(["pdf"]) == ([], [])
    monkeypatch.setenv("TOKEN", "another")
    assert snapshot.unchanged(["pdf"]) is None


def test_another_path_of_modules_and_a_module_that_comes_first_are_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(snapshot, "PATH", [str(tmp_path / "one"), str(tmp_path / "two")])
    for change in (
        lambda: (tmp_path / "one/shift.py").write_text("1"),
        lambda: (tmp_path / "two/shift.py").write_text("2"),
        lambda: monkeypatch.setattr(snapshot, "PATH", [str(tmp_path / "two"), str(tmp_path / "one")]),
        lambda: monkeypatch.setattr(snapshot, "PATH", []),
    ):
        snapshot.take(["pdf"], ["build/out.pdf"], [], ["hw5"])
        assert snapshot.unchanged(["pdf"]) == ([], [])
        change()
        assert snapshot.unchanged(["pdf"]) is None


def test_packages_and_files_beside_the_templates_are_watched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "texmf/ours.sty"
    package.parent.mkdir()
    package.write_text("one")
    Path("build/tex").mkdir()
    Path("build/tex/solution.read").write_text(f"{package}\n{package.parent}")
    changes: list[Callable[[], object]] = [
        lambda: package.write_text("two"),
        lambda: (package.parent / "amsmath.sty").write_text(""),
        lambda: Path("amsmath.sty").write_text(""),
        lambda: monkeypatch.setenv("TEXINPUTS", "/elsewhere:"),
        lambda: monkeypatch.setenv("PATH", f"/elsewhere:{os.environ['PATH']}"),
    ]
    for change in changes:
        snapshot.take(["pdf"], ["build/out.pdf"], [], ["hw5"])
        assert snapshot.unchanged(["pdf"]) == ([], [])
        change()
        assert snapshot.unchanged(["pdf"]) is None


@pytest.mark.parametrize("name", ["mac/a.tex", "img/deep/pic.pdf", "own.tex", "figures/photo.pdf"])
def test_a_file_of_the_homework_that_latex_read_is_watched_wherever_it_lies(name: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text("one")
    Path("build/tex").mkdir()
    Path("build/tex/solution.read").write_text(name)
    snapshot.take(["pdf"], ["build/out.pdf"], [], ["hw5"])
    assert snapshot.unchanged(["pdf"]) == ([], [])
    Path(name).write_text("two")
    assert snapshot.unchanged(["pdf"]) is None


@pytest.mark.parametrize("name", ["mac/opt.tex", "first/deep/pic.pdf"])
def test_a_file_that_latex_may_have_missed_is_noticed_when_it_appears(name: str) -> None:
    Path(name).parent.mkdir(parents=True)
    snapshot.take(["pdf"], ["build/out.pdf"], [], ["hw5"])
    assert snapshot.unchanged(["pdf"]) == ([], [])
    Path(name).write_text("")
    assert snapshot.unchanged(["pdf"]) is None


def test_a_figure_is_no_save_during_the_build_that_drew_it(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("build/tex").mkdir()
    Path("build/tex/solution.read").write_text("figures/drawn.pdf")
    monkeypatch.setattr(snapshot, "BEGAN", time.time_ns())
    for path in (Path("figures"), Path("figures/drawn.pdf")):
        path.write_text("") if path.suffix else path.mkdir()
    assert "figures/drawn.pdf" not in snapshot.moved([])
    monkeypatch.setattr(snapshot, "moved", lambda folders: [])
    snapshot.forget()
    snapshot.take(["pdf"], ["build/out.pdf"], [], [])
    assert snapshot.unchanged(["pdf"]) is None
    snapshot.take(["pdf"], ["build/out.pdf", "figures/drawn.pdf"], [], [])
    assert snapshot.unchanged(["pdf"]) == ([], [])


def test_a_library_that_is_installed_or_removed_by_hand_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    installed = tmp_path / "lib/site-packages"
    installed.mkdir(parents=True)
    monkeypatch.setattr("sys.path", [*sys.path, str(installed)])
    snapshot.take(["pdf"], ["build/out.pdf"], [], ["hw5"])
    assert snapshot.unchanged(["pdf"]) == ([], [])
    (installed / "numpy-9.9.dist-info").mkdir()
    assert snapshot.unchanged(["pdf"]) is None


def test_a_file_beside_counts_when_it_appears_and_when_it_changes() -> None:
    def taken() -> bool:
        snapshot.take(["report"], ["build/out.pdf"], [], ["hw5"], beside=["build/page.aux"], file="build/other.json")
        return snapshot.unchanged(["report"], "build/other.json") is not None

    assert taken()
    Path("build/page.aux").write_text("1")
    assert snapshot.unchanged(["report"], "build/other.json") is None
    assert taken()
    Path("build/page.aux").write_text("12")
    assert snapshot.unchanged(["report"], "build/other.json") is None
    assert snapshot.unchanged(["pdf"]) is not None


def test_a_file_that_a_build_leaves_is_as_old_as_what_it_may_have_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "computed", lambda content: ["hw5"])
    left = Path("build/ledger.json")
    monkeypatch.setattr(snapshot, "BEGAN", time.time_ns())
    time.sleep(0.05)
    Path("hw5/b.py").write_text("saved while the build was under way")
    left.write_text("{}")
    snapshot.date(left, ["hw5"])
    assert "hw5/b.py" in snapshot.saved_after(str(left), "hw5")
    monkeypatch.setattr(snapshot, "BEGAN", time.time_ns() + 10**9)
    left.write_text("{}")
    snapshot.date(left, ["hw5"])
    assert snapshot.saved_after(str(left), "hw5") == []


def test_what_a_link_leads_to_may_be_saved_after_a_file() -> None:
    Path("given.csv").write_text("1")
    Path("link.csv").symlink_to("given.csv")
    remembered.write(Path("build/reads.json"), {"study": ["link.csv"]})
    left = Path("build/ledger.json")
    left.write_text("{}")
    assert "link.csv" not in snapshot.saved_after(str(left), "hw5")
    time.sleep(0.02)
    Path("given.csv").write_text("2")
    assert "link.csv" in snapshot.saved_after(str(left), "hw5")


def test_a_file_of_the_last_page_that_is_gone_is_told() -> None:
    read = Path(snapshot.READ_BY_LATEX)
    read.parent.mkdir(parents=True, exist_ok=True)
    Path("mine.sty").touch()
    read.write_text("mine.sty\nfigures/drawn.pdf\n/nowhere/at/all")
    assert snapshot.lost() == []
    Path("mine.sty").unlink()
    assert snapshot.lost() == ["mine.sty"]


def test_a_file_of_which_only_the_state_was_asked_is_not_among_those_that_were_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(snapshot, "_observed", lambda: ["status .env", "folder .", "status build", "leads /a", "variable X", "a.csv"])
    assert snapshot.opened() == ["a.csv"]
    # The folder and what a build makes have other times after each one.
    assert snapshot.data() == [".env", "/a", "a.csv"]
