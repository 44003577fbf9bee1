"""What the last page left is carried into the next one: only what this machine wrote, and what the page still writes."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path

import pytest
from conftest import Homework
from pypdf import PdfReader

from hwgen.page import signature
from hwgen.program import build
from hwgen.typesetting import installation, last
from hwgen.typesetting.workplace import LOCK, taken


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The packages of a test are as if of the installation, which may write files; the author's own may not."""
    monkeypatch.setattr(installation, "unread", lambda *_: [])


def _build(homework: Homework) -> build.Built:
    return build.pdf(build.read(homework.request()))


LISTS = r"\listoffigures\par\listoftables\par "
GROWS = r"""\ProvidesPackage{templates/grows}
\newcommand\grows{\ifx\grown\undefined\gdef\grown{0}\fi\count255=\grown\relax\advance\count255 1
grown \number\count255.\immediate\write\csname @auxout\endcsname{\gdef\string\grown{\the\count255}}}
"""


def test_lists_that_a_package_keeps_in_a_file_of_its_own_are_full_after_a_change(homework: Homework) -> None:
    homework.change("The disc is the same", f"{LISTS}The disc is the same")
    for word in ("disc", "disk"):
        if word == "disk":
            homework.change("The disc is the same", "The disk is the same")
        page = _build(homework).pdf
        assert page is not None
        text = "".join(one.extract_text() for one in PdfReader(page).pages)
        assert text.count("Darts.") == 2


def test_what_this_machine_did_not_write_is_not_carried_into_a_page(built: Homework) -> None:
    folder = built.root / "build/tex"
    (built.root / "secret").write_text("mine")
    (folder / "solution.sec").symlink_to(built.root / "secret")
    with (folder / "solution.aux").open("a") as aux:
        aux.write("\\AddToHook{shipout/foreground}{FORGED}\n")
    assert not _carried(built.root) & {"solution.sec", "solution.aux"}
    mark, digest = folder / "solution.settled.json", hashlib.sha256((folder / "solution.aux").read_bytes()).hexdigest()
    known = json.dumps({"files": {"solution.aux": digest}, "state": {}}).encode()
    for forged in (b"{}", known, bytes(32) + known, signature.signed(known, b"a stranger's key")):
        mark.write_bytes(forged)
        assert _carried(built.root) == set()
    mark.write_bytes(signature.signed(known))
    assert _carried(built.root) == {"solution.aux"}


def _carried(root: Path) -> set[str]:
    with contextlib.closing(taken(root)) as place:
        last.carry(place, last.JOBNAME)
        return {path.name for path in place.file("").iterdir()} - {LOCK}


def test_what_this_machine_wrote_is_carried_into_the_next_page(built: Homework) -> None:
    assert {"solution.aux", "solution.pdf"} <= _carried(built.root)


@pytest.mark.usefixtures("installed")
def test_a_page_that_does_not_settle_says_so_each_time(homework: Homework) -> None:
    (homework.root / "templates/grows.sty").write_text(GROWS)
    preamble = homework.root / "templates/preamble.tex"
    preamble.write_text(preamble.read_text() + "\\usepackage{templates/grows}\n")
    homework.change("The disc is the same", r"\grows{} The disc is the same")
    for _ in range(2):
        said = _build(homework).warnings
        assert any("the page is not settled" in one and "solution.aux" in one for one in said)


# A package that keeps notes in a file of its own where there are any, and one whose page stays where it once was.
NOTES = r"""
\newwrite\notesfile
\newcommand{\note}[1]{\immediate\openout\notesfile=\jobname.nts \immediate\write\notesfile{#1}\immediate\closeout\notesfile}
\newcommand{\notes}{\IfFileExists{\jobname.nts}{\input{\jobname.nts}}{No notes.}}
\RequirePackage{refcount}
\newcommand{\stays}{\ifnum\getpagerefnumber{stays}>1 \newpage\fi Here.\label{stays}}
"""


def _noted(homework: Homework) -> None:
    (homework.root / "templates/notes.sty").write_text(NOTES)
    preamble = homework.root / "templates/preamble.tex"
    preamble.write_text(preamble.read_text() + "\\usepackage{templates/notes}\n")


@pytest.mark.usefixtures("installed")
def test_a_file_that_an_earlier_page_wrote_and_this_one_does_not_is_not_read(homework: Homework) -> None:
    _noted(homework)
    homework.change("The disc is the same", r"\note{An old note.}\notes{} The disc is the same")
    assert "An old note." in _text(_build(homework))
    homework.change(r"\note{An old note.}", "")
    assert "No notes." in _text(_build(homework))
    assert not list((homework.root / "build/tex").glob("*.nts"))


@pytest.mark.usefixtures("installed")
def test_what_is_handed_in_is_of_its_source_alone_whatever_the_page_was_before(homework: Homework) -> None:
    _noted(homework)
    homework.change("The disc is the same", r"\newpage\stays{} The disc is the same")
    _build(homework)
    homework.change(r"\newpage", "")
    assert "Here." in PdfReader(_build(homework).pdf or "").pages[1].extract_text()
    last.forget(homework.root, last.JOBNAME)
    assert "Here." in PdfReader(_build(homework).pdf or "").pages[0].extract_text()


def _text(built: build.Built) -> str:
    return "".join(one.extract_text() for one in PdfReader(built.pdf or "").pages)
