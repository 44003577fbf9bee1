"""Two PDFs are equal when their words and all that is drawn are, and what differs is named by its page."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hwgen.model.errors import LatexError
from hwgen.typesetting import bare, pages

PLAIN = r"""\documentclass{article}\pdfinfoomitdate=1 \pdftrailerid{}
\begin{document}
One sentence. \rule{%(width)s}{1pt}
\newpage %(second)s
\end{document}
"""


@pytest.fixture(scope="module")
def made() -> dict[str, tuple[pages.Drawn, ...]]:
    """The pages of one text, of the same again, and of two that differ from it."""
    texts = {"one": ("1cm", "Two."), "again": ("1cm", "Two."), "wider": ("2cm", "Two."), "other": ("1cm", "Two, and more.")}
    return {name: pages.drawn(compiled(width, second)) for name, (width, second) in texts.items()}


def compiled(width: str, second: str) -> bytes:
    return bare.compiled({bare.MAIN: (PLAIN % {"width": width, "second": second}).encode()})


def test_the_same_text_gives_equal_pages(made: dict[str, tuple[pages.Drawn, ...]]) -> None:
    assert [page.words for page in made["one"]] == ["One sentence. 1", "Two. 2"]
    assert list(pages.differences(made["one"], made["again"])) == []


def test_what_is_drawn_is_compared_besides_the_words(made: dict[str, tuple[pages.Drawn, ...]]) -> None:
    (said,) = pages.differences(made["one"], made["wider"])
    assert said == "page 1: the same words, drawn differently (a picture, a font or a place)"


def test_other_words_are_shown_where_they_part(made: dict[str, tuple[pages.Drawn, ...]]) -> None:
    (said,) = pages.differences(made["one"], made["other"])
    assert said == "page 2: 'Two. 2' against 'Two, and more. 2'"
    assert next(pages.differences(made["one"], made["one"][:1])) == "2 pages against 1"


def test_what_is_no_pdf_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a PDF that can be read"):
        pages.drawn(b"nothing of the kind")


def test_the_bare_engine_sees_nothing_but_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.sty").write_text(r"\ProvidesPackage{mine}")
    monkeypatch.setenv("TEXINPUTS", f"{tmp_path}:")
    text = PLAIN % {"width": "1cm", "second": "Two."}
    with_package = text.replace(r"\begin{document}", "\\usepackage{mine}\n\\begin{document}").encode()
    with pytest.raises(LatexError, match=r"need nothing but what is in the bundle:\n(?s:.*)mine.sty"):
        bare.compiled({bare.MAIN: with_package})
    assert bare.compiled({bare.MAIN: with_package, "mine.sty": b"\\ProvidesPackage{mine}\n"}).startswith(b"%PDF")
    assert subprocess.run(["kpsewhich", "mine.sty"], capture_output=True, check=False).returncode == 0  # it could be found
