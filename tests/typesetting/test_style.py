r"""hwgen.sty is the engine's: a page without it, or with another file of its name, is none, and its absence is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Homework

from hwgen.model.errors import HwgenError
from hwgen.program import build
from hwgen.typesetting import process, run, style
from hwgen.typesetting.preview import Preview
from hwgen.typesetting.workplace import Workplace

LOAD = "\\usepackage{hwgen}\n"


def _page(homework: Homework, begin: run.Begin = run.begin) -> build.Built:
    return build.pdf(build.read(homework.request()), begin, wrong=False)


def _edit(homework: Homework, old: str, new: str) -> None:
    path = homework.root / "templates" / "preamble.tex"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[process.Pass]:
    """The passes of LaTeX from now on."""
    passes: list[process.Pass] = []
    begun = process.from_file

    def noted(place: Workplace, jobname: str) -> process.Pass:
        passes.append(begun(place, jobname))
        return passes[-1]

    monkeypatch.setattr(process, "from_file", noted)
    return passes


@pytest.mark.parametrize("begin", [run.begin, Preview().begin], ids=["pdf", "watch"])
def test_a_preamble_that_does_not_load_it_is_told_what_to_write(homework: Homework, begin: run.Begin) -> None:
    _edit(homework, LOAD, "")
    with pytest.raises(HwgenError, match=r"is \\usepackage\{hwgen\} in templates/preamble\.tex\?"):
        _page(homework, begin)


@pytest.mark.parametrize("begin", [run.begin, Preview().begin], ids=["pdf", "watch"])
def test_a_copy_under_another_path_is_not_taken_for_it(homework: Homework, begin: run.Begin) -> None:
    (homework.root / "own").mkdir()
    (homework.root / "own" / "hwgen.sty").write_text(style.STYLE.read_text())
    _edit(homework, LOAD, "\\usepackage{own/hwgen}\n")
    with pytest.raises(HwgenError, match=r"another hwgen\.sty was read, .*own/hwgen\.sty; expected the engine's alone"):
        _page(homework, begin)


@pytest.mark.parametrize("name", style.MISTAKABLE)
def test_a_file_of_its_name_in_the_folder_is_refused(homework: Homework, name: str) -> None:
    path = homework.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(style.STYLE.read_text())
    with pytest.raises(HwgenError, match=rf"^{name}:1: a hwgen\.sty of your own; expected the engine's alone"):
        _page(homework)


def test_another_engine_makes_the_page_again(homework: Homework, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = _page(homework)
    assert first.pdf
    passes = _counted(monkeypatch)
    assert _page(homework).pdf == first.pdf
    assert passes == []
    monkeypatch.setattr(style, "digest", lambda: "another")
    assert _page(homework).pdf == first.pdf
    assert passes


def test_it_is_found_where_latex_may_read_no_file_outside(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("openin_any", "p")
    assert _page(homework).pdf


def test_what_it_owns_cannot_be_defined_again_in_the_preamble(homework: Homework) -> None:
    _edit(homework, LOAD, LOAD + "\\renewcommand{\\checked}[2]{#2}\n")
    with pytest.raises(HwgenError, match=r"templates/preamble\.tex:\d+:1: \\checked is redefined"):
        _page(homework)
