"""What LaTeX noted of a PDF is kept beside the notes of other ones, with the lines that it was made from."""

from __future__ import annotations

from pathlib import Path

from conftest import Homework

from hwgen.model import Place
from hwgen.page.rendered import Rendered
from hwgen.program import build
from hwgen.typesetting import noted, run
from hwgen.typesetting.workplace import FOLDER

FILLED = Rendered("one\ntwo\ntoo\nthree", tuple(Place(file="t.tex.j2", line=line) for line in (1, 2, 2, 4)))


def test_each_pdf_keeps_its_notes_and_its_lines(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    for name in ("a", "b"):
        (tmp_path / FOLDER / "solution.aux").write_text(f"notes of {name}")
        noted.keep(tmp_path, "solution", FILLED, Path(f"build/{name}.pdf"))
    assert [(tmp_path / noted.file(Path(f"{name}.pdf"), "aux")).read_text() for name in "ab"] == ["notes of a", "notes of b"]
    assert noted.lines(tmp_path, Path("build/a.pdf")) == {"t.tex.j2": {1: "one", 2: "two\ntoo", 4: "three"}}


def test_a_link_in_the_place_of_notes_is_replaced_and_what_it_leads_to_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    far = tmp_path / "far.txt"
    far.write_text("of somebody else")
    for kind in (*noted.NOTES, noted.LINES):
        (tmp_path / FOLDER / f"solution.{kind}").write_text("notes")
        (tmp_path / noted.file(Path("a.pdf"), kind)).symlink_to(far)
    noted.keep(tmp_path, "solution", FILLED, Path("build/a.pdf"))
    assert far.read_text() == "of somebody else"
    assert (tmp_path / noted.file(Path("a.pdf"), "aux")).read_text() == "notes"


def test_of_a_pdf_without_notes_or_with_damaged_ones_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    assert noted.lines(tmp_path, Path("a.pdf")) == {}
    for damaged in ("{", "[]", '{"t": {"x": "y"}}'):
        (tmp_path / noted.file(Path("a.pdf"), noted.LINES)).write_text(damaged)
        assert noted.lines(tmp_path, Path("a.pdf")) == {}


def test_notes_are_of_the_pdf_that_is_there_and_never_of_another_run(known: Homework) -> None:
    def built() -> tuple[run.Run, Path]:
        made = build.pdf(build.read(known.request()), wrong=False)
        assert made.run
        assert made.pdf
        return made.run, made.pdf

    first, pdf = built()
    assert noted.lines(known.root, pdf) == {}
    first.link(pdf)
    assert any("The disc is" in line for line in noted.lines(known.root, pdf)["templates/circle.tex.j2"].values())
    known.change("The disc is", "The disk is")
    second, _ = built()
    assert noted.lines(known.root, pdf) == {}  # nobody tells of the new page by the old one's notes
    first.link(pdf)  # late
    assert noted.lines(known.root, pdf) == {}
    second.link(pdf)
    assert any("The disk is" in line for line in noted.lines(known.root, pdf)["templates/circle.tex.j2"].values())
