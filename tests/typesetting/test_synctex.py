"""A click in the page opens the template at its line, and a line of the template is found on the page: with the synctex command."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Homework

from hwgen.model import Place
from hwgen.page.rendered import Rendered
from hwgen.program import build
from hwgen.typesetting.synctex import publish, rewritten

RAW = "SyncTeX Version:1\nInput:1:/p/build/tex/a.tex\nInput:2:/usr/x.sty\nContent:\n{1\n[1,2:0,0:1\nh2,7:3,4\nx1,3:5\n(1,9:0\n}1\n"
DOCUMENT = Rendered("a\nb\nc", (Place(file="t/one", line=4), Place(file="t/two", line=8), Place(file="t/one", line=5)))


def test_places_of_the_made_file_become_those_of_the_templates() -> None:
    text = rewritten(RAW, DOCUMENT, Path("/p"), "a.tex")
    assert "Input:3:/p/t/one\nInput:4:/p/t/two\n" in text
    assert [line for line in text.splitlines() if line[0] in "[hx("] == ["[4,8:0,0:1", "h2,7:3,4", "x3,5:5", "(3,5:0"]


def test_another_file_is_left_as_it_is(tmp_path: Path) -> None:
    assert rewritten(RAW, DOCUMENT, Path("/p"), "b.tex") == RAW
    publish(tmp_path / "a.pdf", DOCUMENT, tmp_path, tmp_path / "out.pdf", "a.tex")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("synctex") is None, reason="the synctex command belongs to TeX Live's extra binaries")
@pytest.mark.parametrize("word", ["which lies above its tangent", "The disc is the same"])
def test_the_synctex_command_finds_the_way_there_and_back(homework: Homework, word: str) -> None:
    built = build.pdf(build.read(homework.request()))
    pdf = built.pdf
    assert pdf is not None
    assert built.run is not None
    built.run.link(pdf)
    line = homework.template.read_text().partition(word)[0].count("\n") + 1
    seen = asked("view", "-i", f"{line}:1:{homework.template.resolve()}", "-o", str(pdf))
    page, across, down = (re.search(rf"^{key}:(.*)$", seen, re.MULTILINE) for key in ("Page", "h", "v"))
    assert page is not None
    assert across is not None
    assert down is not None
    back = asked("edit", "-o", f"{page[1]}:{float(across[1]) + 60}:{float(down[1]) - 3}:{pdf}")
    assert f"Input:{homework.template.resolve()}" in back
    (found,) = re.findall(r"^Line:(\d+)$", back, re.MULTILINE)
    assert abs(int(found) - line) <= 1


def asked(*arguments: str) -> str:
    return subprocess.run(["synctex", *arguments], capture_output=True, text=True, check=True).stdout
