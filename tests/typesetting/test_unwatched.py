r"""A page asks for nothing that no list of what LaTeX read would tell: a file's date, size or digest, the clock, the last build."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PROJECT, Homework

from hwgen.model.errors import ContentError, LatexError
from hwgen.page.rendered import Rendered
from hwgen.program import build
from hwgen.typesetting import process, unwatched
from hwgen.typesetting.workplace import taken

ASKS = [
    r"\pdffilemoddate{student.toml}",
    r"\pdffilesize{data.csv}",
    r"a \% b \pdffiledump length 4 {data.csv}",
    r"\pdfmdfivesum file {data.csv}",
    r"\pdfmdfivesum\expandafter{data.csv}",
    r"\makeatletter\pdf@filemdfivesum{data.csv}",
    r"\makeatletter\pdf@filesize{data.csv}",
    r"\file_size:n{data.csv}",
    r"\file_timestamp:n{data.csv}",
    r"\tex_filemoddate:D{data.csv}",
    r"\the\pdfelapsedtime",
    r"\pdfprimitive\pdffilesize",
    r"\usepackage{filemod}",
    r"\usepackage{xcolor,getfiledate}",
    r"\input{filemod-expmin}",
]
FINE = [
    r"% \pdffilemoddate{student.toml}",
    r"text % \pdffilesize{a}",
    r"\pdfmdfivesum{a text}",
    r"\filesizes",
    r"\usepackage{filehook}",
    r"\pdfcreationdate",
    r"the filemod of a file",
]


@pytest.mark.parametrize("line", ASKS)
def test_what_asks_for_more_than_the_page_is_made_of_is_refused_at_its_line(rendered: Callable[[str], Rendered], line: str) -> None:
    with pytest.raises(ContentError, match=r"^templates/t\.tex\.j2:2: .* asks .*; expected"):
        unwatched.refuse(rendered(f"first\n{line}\n"), {})
    with pytest.raises(ContentError, match=r"^templates/a\.tex:1: "):
        unwatched.refuse(rendered("first"), {"templates/a.tex": line})


@pytest.mark.parametrize("line", FINE)
def test_what_asks_for_nothing_is_welcome(rendered: Callable[[str], Rendered], line: str) -> None:
    unwatched.refuse(rendered(line), {"templates/a.tex": line})


def _said(root: Path, names: str) -> str:
    """What LaTeX says of each command of these names, put together where nobody could read them."""
    place = taken(root)
    shown = "".join(rf"\message{{<\expandafter\meaning\csname {one[:3]}\string {one[3:]}\endcsname>}}" for one in names.split())
    text = rf"\documentclass{{article}}\usepackage{{hwgen}}\begin{{document}}x{shown}\message{{\pdfuniformdeviate 1000000}}\end{{document}}"
    place.file("page.tex").write_text(text)
    assert process.from_file(place, "page").wait()
    log = place.file("page.log").read_text()
    place.close()
    return log


def test_what_no_package_needs_is_taken_away_and_numbers_by_chance_begin_at_the_same_place(tmp_path: Path) -> None:
    names = "pdffilemoddate pdffiledump pdfelapsedtime pdfresettimer pdfprimitive tex_filemoddate:D"
    first, second = _said(tmp_path, names), _said(tmp_path, names)
    assert first.count(r"<\relax>") == len(names.split())
    drawn = [re.findall(r"\b\d{1,6} \[1", one) for one in (first, second)]
    assert drawn[0] == drawn[1] != []


def test_such_a_page_is_told_in_words_and_not_handed_in(homework: Homework) -> None:
    homework.change("The disc is", r"\pdffilesize{student.toml} The disc is")
    with pytest.raises(ContentError, match=r"circle\.tex\.j2:\d+: \\pdffilesize asks how long a file is"):
        build.pdf(build.read(homework.request()), wrong=False)
    homework.change(r"\pdffilesize{student.toml}", r"\pdffilemoddate{student.toml}")
    with pytest.raises(LatexError, match=r"\\pdffilemoddate \(it depends on more than what the page is made of"):
        build.pdf(build.read(homework.request()), wrong=False)
    homework.change(r"\pdffilemoddate{student.toml}", r"\includegraphics[width=1cm]{build/mine.png}")
    shutil.copy(PROJECT / "docs/figure.png", homework.root / "build/mine.png")
    with pytest.raises(ContentError, match=r"build/mine\.png: written by the build itself"):
        build.pdf(build.read(homework.request()), wrong=False)
    assert not list((homework.root / "build").glob("*.pdf"))
