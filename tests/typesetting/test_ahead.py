r"""LaTeX ahead of its text: the page of a file, byte by byte, in one pass where nothing else is handed on, and none that fits no more."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, Homework

from hwgen.model.errors import LatexError
from hwgen.page import signature
from hwgen.page.rendered import Rendered
from hwgen.program import build
from hwgen.typesetting import ahead, last, process, run
from hwgen.typesetting.run import Run
from hwgen.typesetting.workplace import FOLDER

OUTPUT = Path("build/HW4_LOVELACE_ADA.pdf")
MADE = ("pdf", "aux", "out", "checked", "fls", "tex", "synctex.gz")


@pytest.fixture
def homework(known: Homework, monkeypatch: pytest.MonkeyPatch) -> Homework:
    """The toy homework, after a page of which all is known."""
    monkeypatch.chdir(known.root)
    assert build.pdf(build.read(known.request())).pdf
    return known


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[process.Pass]:
    """All passes that begin from now on."""
    found: list[process.Pass] = []
    begun = process._begun

    def noted(*arguments: Any, **options: Any) -> process.Pass:
        found.append(begun(*arguments, **options))
        return found[-1]

    monkeypatch.setattr(process, "_begun", noted)
    return found


def _made(homework: Homework) -> dict[str, bytes]:
    return {one: (homework.root / FOLDER / f"solution.{one}").read_bytes() for one in MADE}


def _from_its_file(homework: Homework) -> dict[str, bytes]:
    """The same page by the plain engine on a file."""
    (homework.root / FOLDER / "solution.settled.json").unlink()
    assert build.pdf(build.read(homework.request())).pdf
    return _made(homework)


def test_a_change_of_prose_takes_one_pass_and_is_the_page_of_a_file(homework: Homework, passes: list[process.Pass]) -> None:
    waiting = ahead.begun(Path())
    assert waiting is not None
    homework.change("The disc is the same", "The disk is the same")
    assert build.pdf(build.read(homework.request()), ahead.going_on(waiting)).pdf
    assert passes == [waiting.one]
    assert _made(homework) == _from_its_file(homework)


def test_what_moves_a_label_takes_the_passes_that_it_needs(homework: Homework, passes: list[process.Pass]) -> None:
    waiting = ahead.begun(Path())
    homework.change("The disc is the same", "\\newpage\\section{More}\\label{more} The disk, see~\\ref{more}, is the same")
    assert build.pdf(build.read(homework.request()), ahead.going_on(waiting)).pdf
    assert len(passes) == 2
    assert _made(homework) == _from_its_file(homework)


@pytest.mark.parametrize("change", ["another head", "the same page", "an end"])
def test_a_pass_that_does_not_fit_is_stopped_and_leaves_nothing(homework: Homework, passes: list[process.Pass], change: str) -> None:
    waiting = ahead.begun(Path())
    assert waiting is not None
    if change == "another head":
        (homework.root / "student.toml").write_text('nom = "Hopper"\nprenom = "Grace"\nversion = "full"\n')
    elif change == "an end":
        waiting.one.stop()
        homework.change("The disc is the same", "The disk is the same")
    built = build.pdf(build.read(homework.request()), ahead.going_on(waiting))
    assert built.pdf is not None
    assert waiting.one.process.returncode != 0
    # The page of the very text still holds, and takes no other pass.
    assert len(passes) == (1 if change == "the same page" else 2)
    assert [path.name for path in (homework.root / FOLDER).iterdir() if path.is_dir()] == []


def test_nothing_begins_where_no_good_page_of_this_machine_is_known(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    text = homework.root / FOLDER / "solution.tex"
    monkeypatch.setattr(ahead, "AT_ONCE", 10)
    assert ahead.begun(Path()) is None
    monkeypatch.undo()
    monkeypatch.chdir(homework.root)
    whole = text.read_text()
    text.write_text(f"% by whomever\n{whole}")
    assert ahead.begun(Path()) is None
    text.unlink()
    os.mkfifo(text)
    assert ahead.begun(Path()) is None
    text.unlink()
    text.write_text(whole)
    monkeypatch.setattr(signature, "key", lambda: b"k" * signature.LENGTH)
    assert ahead.begun(Path()) is None


def test_a_first_line_that_names_a_format_is_not_read_from_a_pipe(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = (homework.root / FOLDER / "solution.tex").read_text()
    monkeypatch.setattr(last, "text_of", lambda *_: f"%& another\n{whole}")
    assert ahead.begun(Path()) is None


@pytest.fixture
def going(homework: Homework) -> Iterator[Any]:
    """A run that goes on with a page whose body is this one."""
    begun: list[Run] = []

    def make(body: str) -> Run:
        waiting = ahead.begun(Path())
        assert waiting is not None
        text = waiting.head.removeprefix(run.marked(Rendered("", ()), None)) + ahead.DOCUMENT + body + "\\end{document}\n"
        filled = build.read(homework.request()).page.rendered
        begun.append(ahead.going_on(waiting)(dataclasses.replace(filled, text=text), Path(), None))
        assert begun[-1].ahead is waiting
        return begun[-1]

    yield make
    for one in begun:
        one.__exit__(None, None, None)


def test_a_page_that_reads_its_own_text_is_made_from_the_file(going: Any, passes: list[process.Pass]) -> None:
    own = r"\newread\own\openin\own=\jobname.tex \read\own to\first\typeout{OWN: \meaning\first}\closein\own" + "\n"
    one = going("Own:\n" + own)
    assert one._still()
    assert len(passes) == 2
    log = one._file("log").read_text(errors="replace")
    assert "OWN: macro:->\\def " in log.replace("\\par", "")


def test_an_error_is_named_at_its_line(going: Any) -> None:
    with pytest.raises(LatexError, match=r"Undefined control sequence \\nonsense"):
        going("\n\\nonsense\n")._still()


def test_what_begins_ahead_needs_little() -> None:
    heavy = ("jinja2", "hwgen.model", "hwgen.reading", "hwgen.guards", "numpy", "tomllib")
    code = f"import sys; import hwgen.typesetting.ahead; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
