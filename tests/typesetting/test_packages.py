"""A package that is missing is told at the line that loads it, with the system package that brings it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Homework

from hwgen.model import Place
from hwgen.model.errors import LatexError
from hwgen.page.rendered import Rendered
from hwgen.typesetting import packages, run

PREAMBLE = "\\documentclass{article}\n% \\usepackage{quiet}\n\\usepackage[T1,T2A]{fontenc}\n\\usepackage[a=b,\n  c]{one,\n  two}\n"


def test_each_package_is_found_at_its_own_line_and_column(tmp_path: Path, rendered: Callable[[str], Rendered]) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/preamble.tex").write_text(PREAMBLE)
    found = dict(packages.loads(tmp_path, rendered("\\RequirePackage{three}")))
    assert {name: (place.line, place.column) for name, place in found.items()} == {
        "article.cls": (1, 16),
        "fontenc.sty": (3, 21),
        "t1enc.def": (3, 13),
        "t2aenc.def": (3, 16),
        "one.sty": (5, 6),
        "two.sty": (6, 3),
        "three.sty": (1, 17),
    }
    assert found["one.sty"].file == "templates/preamble.tex"


def test_a_package_that_is_missing_is_told_at_its_line(homework: Homework, rendered: Callable[[str], Rendered]) -> None:
    preamble = homework.root / "templates/preamble.tex"
    text = preamble.read_text().replace(r"\usepackage{microtype}", "\\usepackage{microtype,\n  notthere}")
    preamble.write_text(text)
    line = text[: text.index("notthere")].count("\n") + 1
    document = rendered("\\input{templates/preamble.tex}\n\\begin{document}\nOne.\n\\end{document}\n")
    with pytest.raises(LatexError, match=r"LaTeX has no notthere.sty; expected it to be installed: ") as caught:
        run.begin(document, homework.root, None).finish((), Path("build/a.pdf"))
    assert caught.value.place == Place(file="templates/preamble.tex", line=line, column=3)


def test_a_package_that_another_one_asks_for_is_told_so(tmp_path: Path, rendered: Callable[[str], Rendered]) -> None:
    said, place = packages.told("l3keys2e.sty", tmp_path, rendered("\\usepackage{siunitx}"))
    assert ("which another package asks for" in said, place) == (True, None)


@pytest.mark.parametrize(
    ("message", "file"),
    [
        ("LaTeX Error: File `siunitx.sty' not found", "siunitx.sty"),
        ("Package fontenc Error: Encoding file `t2aenc.def' not found", "t2aenc.def"),
        ("LaTeX Error: File `figures/a.pdf' not found", ""),
        ("Undefined control sequence", ""),
    ],
)
def test_what_latex_lacks_is_told_from_what_the_author_lacks(message: str, file: str) -> None:
    assert packages.lacking(message) == file


def test_the_mending_names_the_package_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert packages.mend("siunitx.sty") == "sudo apt-get install texlive-science (or tlmgr install siunitx)"
    assert packages.mend("t2aenc.def") == "sudo apt-get install texlive-lang-cyrillic (or tlmgr install cyrillic)"
    assert packages.mend("unheard.sty").startswith("apt-file search unheard.sty names the package")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert packages.mend("siunitx.sty") == "tlmgr install siunitx"


@pytest.mark.skipif(not shutil.which("dpkg"), reason="only Debian and Ubuntu know their packages")
def test_the_table_agrees_with_the_packages_that_are_installed() -> None:
    table = packages._table()
    assert len(table) > 400
    names = ("texlive-latex-base", "texlive-latex-recommended", "texlive-latex-extra", "texlive-pictures", "lmodern")
    checked = 0
    for package in names:
        done = subprocess.run(["dpkg", "-L", package], capture_output=True, text=True, check=False)
        files = {line.rpartition("/")[2].removesuffix(".sty") for line in done.stdout.splitlines()}
        mine = {name for name, one in table.items() if one == package}
        assert not done.stdout or mine <= files, f"{package}: {sorted(mine - files)}"
        checked += len(mine & files)
    assert checked == 0 or checked > 100
