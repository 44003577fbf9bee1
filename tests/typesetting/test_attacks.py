r"""What a page may try in LaTeX: it runs no program, and reads and writes nothing outside of the homework, whatever it is written as."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PROJECT, Homework, program
from pypdf import PdfReader

from hwgen.model.errors import ContentError
from hwgen.program import build
from hwgen.typesetting import formats, installation, last, process
from hwgen.typesetting.workplace import FOLDER, Workplace, taken

SECRET = "TOPSECRET"
READS = {
    "input": r"\input{OUT/secret}",
    "input of a full path without braces": r"\input OUT/secret.tex ",
    "the primitive": r"\csname @@input\endcsname OUT/secret.tex ",
    "input above the folder": r"\input{../secret}",
    "input above the folder, by parts": r"\def\up{..}\input{\up/secret}",
    "input by csname": r"\csname inp\string ut\endcsname{OUT/secret}\input{\csname up\endcsname OUT/secret}",
    "input by catcodes": r"\catcode`\!=0 !input{OUT/secret}",
    "input by hats": r"\^^69nput{OUT/secret}",
    "input by lower case": r"\lowercase{\def\name{OUT/SECRET}}\input{OUT/secret}",
    "input of what stands after a bar": r'\input{"|cat OUT/secret.tex"}',
    "include": r"\include{../secret}",
    "InputIfFileExists": r"\InputIfFileExists{OUT/secret}{}{\ERROR}",
    "openin": r"\newread\f\openin\f=OUT/secret.tex \ifeof\f\ERROR\else\read\f to\x\x\fi",
    "openin above the folder": r"\newread\f\openin\f=../secret.tex \ifeof\f\ERROR\else\read\f to\x\x\fi",
    "openin of a hidden file": r"\newread\f\openin\f=.secret \ifeof\f\ERROR\else\read\f to\x\x\fi",
    "openin through a pipe": r'\newread\f\openin\f="|cat OUT/secret.tex" \ifeof\f\ERROR\else\read\f to\x\x\fi',
    "a picture": r"\includegraphics{OUT/secret.png}",
    "a picture above the folder": r"\includegraphics{../secret.png}",
    "a PDF": r"\pdfximage{OUT/secret.pdf}\pdfrefximage\pdflastximage",
    "a dump of bytes": r"\edef\x{\pdffiledump offset 0 length 9 {OUT/secret.tex}}\ifx\x\empty\ERROR\else\x\fi",
    "a digest": r"\edef\x{\pdfmdfivesum file {OUT/secret.tex}}\ifx\x\empty\ERROR\else\x\fi",
    "a listing": r"\lstinputlisting{OUT/secret.tex}",
    "a font map": r"\pdfmapfile{OUT/secret.tex}\pdfmapfile{=OUT/secret.tex}\ERROR",
}
# What LaTeX takes for a file that is not there, and goes on.
QUIET = {
    "a verbatim file": r"\verbatiminput{OUT/secret.tex}",
    "a listing that may be missing": r"\IfFileExists{OUT/secret.tex}{\lstinputlisting{OUT/secret.tex}}{}",
}
# What LaTeX reads without asking whether it may: seen in its own list, and refused.
SEEN = {
    "an embedded file": r"\immediate\pdfobj stream file {OUT/secret.tex}\pdfrefobj\pdflastobj",
    "an embedded file above the folder": r"\immediate\pdfobj stream file {../secret.tex}\pdfrefobj\pdflastobj",
    "a link that leads out": r"\input{link}",
    "an embedded file behind a link": r"\immediate\pdfobj stream file {link.tex}\pdfrefobj\pdflastobj",
}
HIDDEN = r"\immediate\pdfobj stream file {OUT/secret.tex}\pdfrefobj\pdflastobj\newwrite\f\immediate\openout\f=page.fls "
WRITES = {
    "openout": r"\newwrite\f\immediate\openout\f=OUT/new.tex \immediate\write\f{x}\immediate\closeout\f",
    "openout above the folder": r"\newwrite\f\immediate\openout\f=../new.tex \immediate\write\f{x}\immediate\closeout\f",
    "openout of a hidden file": r"\newwrite\f\immediate\openout\f=.new \immediate\write\f{x}\immediate\closeout\f",
    "a template": r"\newwrite\f\immediate\openout\f=templates/a.tex \immediate\write\f{x}\immediate\closeout\f",
    "write18": r"\immediate\write18{touch OUT/new}",
    "write18 by a stream": r"\newwrite\f\immediate\openout\f=|touch\space OUT/new \immediate\write\f{x}",
    "filecontents": r"\begin{filecontents}[force]{OUT/new.tex}x\end{filecontents}",
    "Lua": r"\ifdefined\directlua\directlua{os.execute('touch OUT/new')}\else\ERROR\fi",
    "a shell by its package": r"\ShellEscape{touch OUT/new}",
}
PICTURES = {"secret.png": (PROJECT / "docs/figure.png").read_bytes(), "secret.pdf": b"%PDF-1.4\n"}
PREAMBLE = "\\documentclass{article}\n\\usepackage{graphicx,listings,verbatim,shellesc}\n\\pdfcompresslevel=0 \\pdfobjcompresslevel=0\n"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    root = tmp_path / "homework"
    (root / "templates").mkdir(parents=True)
    for path in (tmp_path / "secret.tex", tmp_path / "secret", root / ".secret"):
        path.write_text(SECRET + "\n")
    (root / "link.tex").symlink_to(tmp_path / "secret.tex")
    for name in ("secret.png", "secret.pdf"):
        (tmp_path / name).write_bytes(PICTURES[name])
    with contextlib.closing(taken(root)) as found:
        yield found


def _typeset(place: Workplace, attack: str) -> tuple[bool, str]:
    """Whether LaTeX ended well, and all that it wrote: its files, and the text of its pages."""
    attack = attack.replace("OUT", str(place.root.parent)).replace(r"\ERROR", r"\errmessage{refused}")
    place.file("page.tex").write_text(f"{PREAMBLE}\\begin{{document}}\nA page.\n{attack}\n\\end{{document}}\n")
    well = process.from_file(place, "page").wait()
    written = [path for path in place.file("").rglob("*") if path.is_file() and path.name != "page.tex"]
    texts = [path.read_bytes().decode("latin-1") for path in written]
    if place.file("page.pdf").exists():
        texts += [page.extract_text() for page in PdfReader(place.file("page.pdf")).pages]
    return well, "\n".join(texts)


def test_the_page_without_an_attack_is_typeset(place: Workplace) -> None:
    well, said = _typeset(place, r"\input{templates/a}" if place.file("../../../templates/a.tex").write_text("welcome") else "")
    assert well
    assert "welcome" in said


@pytest.mark.parametrize("what", list(READS))
def test_nothing_outside_is_read(place: Workplace, what: str) -> None:
    well, said = _typeset(place, READS[what])
    assert not well
    assert SECRET not in said


@pytest.mark.parametrize("what", list(QUIET))
def test_what_is_outside_is_not_there(place: Workplace, what: str) -> None:
    well, said = _typeset(place, QUIET[what])
    assert well
    assert SECRET not in said


@pytest.mark.parametrize("what", list(SEEN))
def test_what_latex_reads_without_asking_is_seen(place: Workplace, what: str) -> None:
    _typeset(place, SEEN[what])
    read = [name for name in last.read(place, "page") if not name.startswith(f"{FOLDER}/")]
    found = {Path(place.root, name).resolve() for name in installation.foreign(place.root, read)}
    assert found == {(place.root.parent / "secret.tex").resolve()}


def test_a_list_of_what_was_read_that_the_page_wrote_over_is_none(place: Workplace) -> None:
    _typeset(place, "")
    assert formats.is_whole(place.file("page.fls"))
    _typeset(place, HIDDEN)
    assert not formats.is_whole(place.file("page.fls"))


def test_such_a_page_is_not_handed_in(homework: Homework) -> None:
    (homework.root.parent / "secret.txt").write_text(SECRET)
    homework.change("The disc is", rf"\pdfobj stream file {{{homework.root.parent}/secret.txt}}\pdfrefobj\pdflastobj The disc is")
    with pytest.raises(ContentError, match=r"secret.txt: LaTeX read this file, outside of the homework"):
        build.pdf(build.read(homework.request()), wrong=False)
    assert not list((homework.root / "build").glob("*.pdf"))


@pytest.mark.parametrize("name", ["templates/a\nb", "templates/a\nINPUT b", b"templates/a\xff b", "templates/a\tb"])
def test_a_name_that_the_list_of_what_was_read_cannot_hold_is_refused(homework: Homework, name: str | bytes) -> None:
    (homework.root.parent / "secret.txt").write_text(SECRET)
    (homework.root / os.fsdecode(name)).symlink_to(homework.root.parent / "secret.txt")
    with pytest.raises(ContentError, match="a name with a control character, or not in UTF-8"):
        build.pdf(build.read(homework.request()), wrong=False)
    assert not list((homework.root / "build").glob("*.pdf"))


@pytest.mark.parametrize("line", ["b", "INPUT ./templates/a\udcff", "INPUT ./a\tb"])
def test_a_list_with_a_line_that_latex_does_not_write_is_none(place: Workplace, line: str) -> None:
    _typeset(place, "")
    record = place.file("page.fls")
    record.write_text(f"{record.read_text()}{line}\n", errors="surrogateescape")
    assert not formats.is_whole(record)


@pytest.mark.parametrize("what", list(WRITES))
def test_nothing_outside_is_written_and_no_program_is_run(place: Workplace, what: str) -> None:
    before = {path for path in place.root.parent.rglob("*") if not path.is_relative_to(place.file(""))}
    _typeset(place, WRITES[what])
    after = {path for path in place.root.parent.rglob("*") if not path.is_relative_to(place.file(""))}
    assert after == before


def test_no_font_is_drawn_by_metafont_with_a_program_of_the_folder(place: Workplace) -> None:
    (place.root / "own.mf").write_text('em#:=10pt#; font_size 10pt#; beginchar("A",5pt#,5pt#,0); endchar; end\n')
    well, said = _typeset(place, r"\font\own=own \own A")
    assert (well, "Metric (TFM) file not found" in said) == (False, True)
    assert not list(place.root.glob("own.*[!f]")) + list(place.root.glob("missfont.log"))


@pytest.mark.parametrize("folder", [".", "build/tex"])
def test_a_format_that_lies_in_the_folder_is_not_loaded(place: Workplace, folder: str) -> None:
    (place.root / folder / f"{installation.ENGINE}.fmt").write_text("any program")
    assert _typeset(place, "")[0]


def test_links_in_the_place_of_all_that_builds_leave_are_not_written_through(built: Homework) -> None:
    far = built.root.parent / f"{built.root.name}_far"
    far.mkdir()
    for number, path in enumerate(_left(built)):
        (far / str(number)).write_text(SECRET)
        path.unlink()
        path.symlink_to(far / str(number))
    built.change("The disc is", "This disc is")
    _built_and_linked(built)
    assert {path.read_text() for path in far.iterdir()} == {SECRET}


def test_pipes_in_the_place_of_all_that_builds_leave_are_not_waited_at(built: Homework) -> None:
    for path in _left(built):
        path.unlink()
        os.mkfifo(path)
    _built_and_linked(built)
    assert not [path for path in _left(built) if path.suffix in {".pdf", ".checked"} and not path.is_file()]


@pytest.mark.parametrize("name", ["templates/zz.tex", "templates/zz.tex.j2", "student.toml", "homework.toml"])
def test_a_pipe_among_the_sources_is_said_at_once(homework: Homework, name: str) -> None:
    (homework.root / name).unlink(missing_ok=True)
    os.mkfifo(homework.root / name)
    done = program(homework.root, "pdf", "--jobs=1")
    assert done.returncode in (1, 2)
    assert name in done.stderr
    assert re.search("at which reading waits for ever|no regular file", done.stderr)


def _left(homework: Homework) -> list[Path]:
    """All files that a build left, but the lock, where a link is refused by its name."""
    _built_and_linked(homework)
    left = [path for top in ("build", "figures") for path in (homework.root / top).rglob("*") if path.is_file() and path.name != "lock"]
    assert {path.suffix for path in left} >= {".aux", ".pdf", ".json", ".checked", ".log"}
    return left


def _built_and_linked(homework: Homework) -> None:
    made = build.pdf(build.read(homework.request()), wrong=False)
    assert made.run
    assert made.pdf
    made.run.link(made.pdf)
