"""Greek and Cyrillic letters: printed where their fonts are, in the bundle too, and told otherwise."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from pictures import needs_poppler

from hwgen.page.rendered import Rendered
from hwgen.typesetting import run, scripts
from hwgen.typesetting.scripts import CYRILLIC, GREEK, Script

TABLE = "\\DeclareUnicodeCharacter{0418}{\\CYRI}\n\\DeclareUnicodeCharacter{03AC}{\\x{\\acctonos\\textalpha}}   % a note\n"
HEAD = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{lmodern}
\usepackage[pdfusetitle]{hyperref}
\usepackage{hwgen}
"""
BODY = r"""\title{WORDS}\author{WORDS}
\begin{document}
\maketitle\section{WORDS}
\textbf{WORDS} Ada
\end{document}
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The files of the fonts that LaTeX finds: all of them, until a test takes some away."""
    there = {*GREEK.files, *CYRILLIC.files}
    for script in scripts.SCRIPTS:
        (tmp_path / script.table).write_text(TABLE)
    monkeypatch.setattr(scripts, "found", lambda files: [tmp_path / file for file in files if file in there])
    scripts.known.cache_clear()
    yield there
    scripts.known.cache_clear()


def test_a_letter_is_what_latex_calls_it_in_the_encoding_of_its_script(installed: set[str]) -> None:
    assert scripts.declared("И") == (
        r"\def\hwgenencodings{t2a}\def\hwgenscripts{\DeclareUnicodeCharacter{0418}{\hwgenletter{0418}{\hwgenscript{T2A}{\CYRI}}}}"
    )
    assert r"{\hwgenscript{LGR}{\x{\acctonos\textalpha}}}" in scripts.declared("ά")
    assert scripts.declared("ά И").startswith(r"\def\hwgenencodings{lgr,t2a}")
    assert scripts.declared("Müller, Ж, 李") == ""


@pytest.mark.parametrize(("letter", "script"), [("И", CYRILLIC), ("ά", GREEK)])
def test_it_is_printed_only_where_all_files_of_its_fonts_are(installed: set[str], letter: str, script: Script) -> None:
    assert scripts.printed(letter)
    for file in script.files:
        scripts.known.cache_clear()
        installed.discard(file)
        assert not scripts.printed(letter)
        assert scripts.declared(letter) == ""
        installed.add(file)


@pytest.mark.parametrize("letter", ["a", "é", "李", "1", " "])
def test_other_letters_are_of_none_of_these_scripts(installed: set[str], letter: str) -> None:
    assert (scripts.script(letter), scripts.printed(letter)) == (None, False)


@needs_poppler
@pytest.mark.parametrize(("script", "words"), [(GREEK, "Ελένη Παπαδοπούλου Άρης Ξ ϊΐς"), (CYRILLIC, "Иван Щукин Ґалаґан Ћирић Ўзбек")])
def test_they_are_printed_and_read_back(tmp_path: Path, rendered: Callable[[str], Rendered], script: Script, words: str) -> None:
    if not scripts.known(script):
        pytest.skip(f"the fonts are not here: {script.mend()}")
    (tmp_path / "templates").mkdir()
    (tmp_path / "build/tex").mkdir(parents=True)
    text = (HEAD + BODY).replace("WORDS", words)
    warnings = run.begin(rendered(text), tmp_path, None).finish((), tmp_path / "a.pdf")
    done = subprocess.run(["pdftotext", "-raw", str(tmp_path / "a.pdf"), "-"], capture_output=True, text=True, check=True)
    assert " ".join(done.stdout.split()).count(words) == 4
    fonts = subprocess.run(["pdffonts", str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True).stdout
    assert "Type 3" not in fonts
    assert list(warnings) == []
    read = pypdf.PdfReader(tmp_path / "a.pdf")
    assert (read.metadata or {})["/Author"] == words
    assert [str(one["/Title"]) for one in read.outline] == [words]
