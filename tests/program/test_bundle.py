"""The bundle is plain LaTeX that the bare engine makes the same pages of, or there is none."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from conftest import Homework, program

from hwgen.model.errors import ContentError, LatexError
from hwgen.page.rendered import Rendered
from hwgen.program import bundle

PDF = Path("build/HW4_LOVELACE_ADA.pdf")


def test_the_command_writes_plain_latex_that_makes_the_same_pages(built: Homework) -> None:
    done = program(built.root, "bundle", "--jobs=1")
    assert done.returncode == 0, done.stderr
    assert f"equal to {PDF}" in done.stdout
    path = built.root / PDF.with_suffix(".zip")
    first = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert set(files) == {"main.tex", "hwgen.sty", "README.md", "figures/circle_darts_error.pdf"}
    main = files["main.tex"].decode()
    assert main.count(r"\documentclass") == main.count(r"\begin{document}") == 1
    assert not any(sign in main for sign in (r"\VAR", r"\BLOCK", r"\#{", "@@@", r"\input{templates"))
    assert r"\checked{area}{A = \pi r^2}" in main
    assert "newwrite" not in files["hwgen.sty"].decode()
    assert program(built.root, "bundle", "--jobs=1").returncode == 0
    assert path.read_bytes() == first
    built.change(r"A = \pi r^2", r"A = 3 r^2")
    short = program(built.root, "bundle", "--jobs=1")
    assert short.returncode == 1
    assert "area REFUTED" in short.stderr


def test_pages_that_are_not_those_handed_in_leave_no_zip(tmp_path: Path) -> None:
    text = "\\documentclass{article}\n\\usepackage{hwgen}\n\\begin{document}\nOne $\\checked{a}{x=1}$.\n\\end{document}\n"
    files = bundle.contents(tmp_path, "HW", Rendered(text, ()))
    (tmp_path / "build").mkdir()
    (tmp_path / PDF).write_bytes(bundle.bare.compiled(files))
    assert bundle.bundle(tmp_path, PDF, Rendered(text, ())).path == PDF.with_suffix(".zip")
    with pytest.raises(ContentError, match=r"other pages than those handed in(?s:.*)page 1: 'Two"):
        bundle.bundle(tmp_path, PDF, Rendered(text.replace("One", "Two"), ()))
    assert not (tmp_path / PDF.with_suffix(".zip")).exists()
    with pytest.raises(LatexError, match=r"need nothing but what is in the bundle:\n(?s:.*)away.sty"):
        bundle.bundle(tmp_path, PDF, Rendered(text.replace("{hwgen}", "{hwgen,away}"), ()))


def test_a_file_of_plain_latex_is_put_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/a.tex").write_text("A \\input{templates/b.tex} A\n")
    (tmp_path / "templates/b.tex").write_text("B \\input{templates/b.tex}\n")
    assert bundle.whole(tmp_path, "1 \\input{templates/a.tex} 1") == "1 A B \\input{templates/b.tex} A 1"
    remark = "50\\% % as in \\input{templates/a.tex}, or \\input{templates/gone.tex}\n"
    assert bundle.whole(tmp_path, remark) == remark


def test_what_prints_stays_in_the_style_and_what_records_goes() -> None:
    style = bundle.printing()
    assert all(rf"\newcommand{{\{name}}}" in style for name in ("checked", "refuted", "verified", "given", "further"))
    assert not any(word in style for word in ("hwgenrecord}", "hwgenpairs", "hwgendraft", "engine>\n%"))
