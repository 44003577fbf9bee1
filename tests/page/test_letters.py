r"""Every Latin letter that Unicode takes apart is put together again from what T1 has, in any font and for the reader of the file."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from pictures import needs_poppler

from hwgen.page import letters
from hwgen.page.rendered import Rendered
from hwgen.typesetting import run

LATIN = [chr(code) for code in range(0x100, 0x2000) if unicodedata.name(chr(code), "").startswith("LATIN ")]


def test_every_letter_with_accents_is_known() -> None:
    taken_apart = [letter for letter in LATIN if len(unicodedata.normalize("NFD", letter)) > 1]
    assert len(taken_apart) > 400
    unknown = [letter for letter in taken_apart if letter not in letters.T1 and not letters.latex(letter)]
    assert [letter for letter in unknown if unicodedata.normalize("NFD", letter)[0] not in "Ʒʒſ"] == []


@pytest.mark.parametrize(
    ("letter", "latex"),
    [
        ("ễ", r"\hwgenabove{\^{e}}{\~{}}"),
        ("ạ", r"\hwgenbelow{a}{\.{}}"),
        ("ǘ", r"\hwgenabove{\"{u}}{\'{}}"),
        ("ĩ", r"\~{\i}"),
        ("ợ", r"\hwgenbelow{\hwgenhorned{o}}{\.{}}"),
        ("Ħ", r"\hwgenstruck{H}"),
        ("Ж", ""),
        ("α", ""),
        ("ɣ", ""),
    ],
)
def test_a_letter_is_put_together(letter: str, latex: str) -> None:
    assert letters.latex(letter) == latex


def test_only_what_latex_may_not_know_is_declared() -> None:
    assert letters.declared("Müller, Łukasz: x") == ""
    assert letters.declared("Nguyễn") == r"\DeclareUnicodeCharacter{1EC5}{\hwgenletter{1EC5}{\hwgenabove{\^{e}}{\~{}}}}"


@needs_poppler
def test_all_of_them_are_printed_and_read_back(tmp_path: Path, rendered: Callable[[str], Rendered]) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "build/tex").mkdir(parents=True)
    known = [letter for letter in LATIN if letters.latex(letter) and letter not in letters.T1]
    head = "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage{lmodern}\n\\usepackage{hyperref}\n\\usepackage{hwgen}\n"
    text = f"{head}\\title{{{known[0]}}}\n\\begin{{document}}\n\\section{{ễ}}\n" + "\n\n".join(known) + "\n\\end{document}\n"
    run.begin(rendered(text), tmp_path, None).finish((), tmp_path / "a.pdf")
    done = subprocess.run(["pdftotext", "-raw", str(tmp_path / "a.pdf"), "-"], capture_output=True, text=True, check=True)
    drawn = ("hook", "horned", "rotatebox")  # a part of these is a curve, or turned, which poppler does not take for text
    plain = [letter for letter in known if not any(one in letters.latex(letter) for one in drawn)]
    assert [letter for letter in plain if letter not in unicodedata.normalize("NFC", done.stdout)] == []
    pages = pypdf.PdfReader(tmp_path / "a.pdf").pages
    streams = b"".join(page.get_contents().get_data() for page in pages)
    assert [letter for letter in known if f"<FEFF{ord(letter):04X}>".encode() not in streams] == []
