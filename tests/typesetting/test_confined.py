"""A page is made with files of the homework and of the TeX installation, by where they lie and not by what they are called."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hwgen.model.errors import ContentError
from hwgen.page.rendered import Rendered
from hwgen.typesetting import confined, formats, installation, process, unwatched
from hwgen.typesetting.workplace import FOLDER, Workplace, taken

SECRET, CLASS = "TOPSECRET", "\\documentclass{article}\n"
# Names that LaTeX, or this program, has for files of its own: each of them a link that leads out.
LET_IN = [
    "texmf.cnf",
    "templates/texmf.cnf",
    "ls-R",
    "own.map",
    "own.enc",
    "page.toc",
    "figures/own.pdf",
    "build/pending.pdf",
    "build/own.pdf",
    "build/tex/own.fmt",
    "build/tex/pdflatex.fmt",
    "build/tex/page.aux",
    "build/tex/solution.synctex.gz",
    "build/tex/run-7/preamble-abc.tex",
    "build/tex/run-7/page.tex",
]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    root = tmp_path / "homework"
    root.mkdir()
    (tmp_path / "secret.tex").write_text(f"{SECRET}\n")
    with contextlib.closing(taken(root)) as found:
        yield found


def _refused(place: Workplace, name: str, match: str, preamble: str = "") -> None:
    page = f"{CLASS}\\begin{{document}}\nA\\immediate\\pdfobj stream file {{{name}}}\\pdfrefobj\\pdflastobj\n\\end{{document}}\n"
    place.file("page.tex").write_text(page)
    assert process.from_file(place, "page").wait()
    with pytest.raises(ContentError, match=match):
        confined.refuse(place, "page", Rendered("", ()), preamble)


def _link(place: Workplace, name: str) -> None:
    (place.root / name).parent.mkdir(parents=True, exist_ok=True)
    (place.root / name).symlink_to(place.root.parent / "secret.tex")


@pytest.mark.parametrize("name", LET_IN)
def test_a_link_that_leads_out_is_refused_whatever_it_is_called(place: Workplace, name: str) -> None:
    _link(place, name)
    _refused(place, name, f"{re.escape(name)}: LaTeX read this file, outside of the homework")


def test_a_link_is_refused_in_a_folder_of_the_homework_that_latex_searches_too(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXINPUTS", "own//:aside//:")
    _link(place, "own/more/a.tex")
    (place.root / "aside").symlink_to(place.root.parent)
    for name in ("own/more/a.tex", "aside/secret.tex"):
        _refused(place, name, f"{name}: LaTeX read this file, outside of the homework")


def test_a_way_up_is_where_it_really_leads_in_a_tree_of_packages_too(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    tree, far = place.root.parent / "texmf", place.root.parent / "far/below"
    far.mkdir(parents=True)
    tree.mkdir()
    (far.parent / "secret.tex").write_text(SECRET)
    (tree / "link").symlink_to(far)
    (tree / "kept.tex").symlink_to(far.parent / "secret.tex")
    monkeypatch.setenv("TEXMFHOME", str(tree))
    _refused(place, f"{tree}/link/../secret.tex", "LaTeX read this file, outside")
    assert installation.foreign(place.root, [str(tree / "kept.tex")]) == []


@pytest.mark.parametrize(
    "name", ["build/tex/own.fmt", "build/tex/preamble-abc.fmt", "build/tex/run-7/preamble-abc.tex", "build/tex/page.aux"]
)
@pytest.mark.parametrize("preamble", ["", "preamble-def"])
def test_a_file_that_a_build_left_is_none_of_this_run(place: Workplace, name: str, preamble: str) -> None:
    (place.root / name).parent.mkdir(parents=True, exist_ok=True)
    (place.root / name).write_text("left")
    for one in (name, place.root / name):
        _refused(place, str(one), f"^{name}: written by the build itself", preamble)


def test_what_a_precompiled_preamble_was_given_is_its_own_text_alone(place: Workplace) -> None:
    name = "build/tex/run-7/preamble-abc.tex"
    (place.root / name).parent.mkdir(parents=True)
    (place.root / name).write_text("left")
    text = f"{CLASS}\\newread\\f\\openin\\f={name}\n\\begin{{document}}\nA\n\\end{{document}}\n"
    for head, found in ((CLASS, []), (text, [name])):
        preamble = formats.precompiled(place.root, f"{head}\\begin{{document}}\n")
        assert preamble
        read = formats.inputs(place.root / FOLDER / f"{preamble}.fls")
        assert unwatched.written_by_a_build(place, read, formats.given(place.root, preamble)) == found


def test_a_preamble_that_writes_over_the_list_of_what_it_read_is_not_precompiled(place: Workplace) -> None:
    # By the name under which the package that precompiles keeps the command, which it puts off otherwise.
    over = r"\newwrite\f\immediate\csname MYLATEX@openout\endcsname\f=\jobname.fls "
    assert formats.precompiled(place.root, f"{CLASS}\\begin{{document}}\n")
    assert not formats.precompiled(place.root, f"{CLASS}{over}\n\\begin{{document}}\n")
