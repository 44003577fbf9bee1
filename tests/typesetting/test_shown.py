r"""LaTeX itself says at each formula what would hide, shrink or move it: whoever set it, and in whatever way."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from conftest import Homework

from hwgen.guards.redefinitions import kept, redefined
from hwgen.guards.shown import misshown
from hwgen.model import Formula, Macro, Place
from hwgen.model.errors import ContentError, ContentErrors
from hwgen.page.definitions import followed
from hwgen.page.rendered import Rendered
from hwgen.program import build
from hwgen.reading.lexer import tokens
from hwgen.reading.macros import used
from hwgen.typesetting import style

FINE = {
    "plain": "",
    "red": r"\color{red!70!black}",
    "half": r"\color{orange!50}",
    "gray": r"\color{gray!50}",
    "ink": r"\color[cmyk]{0,0,0,1}",
    "tiny": r"\tiny",
    "large": r"\Huge",
    "close": r"\setlength{\abovedisplayskip}{-4pt}\setlength{\arraycolsep}{0pt}\renewcommand{\arraystretch}{0.8}",
    "tight": r"\thickmuskip=2mu \medmuskip=0mu \thinmuskip=0mu \delimitershortfall=-1pt",
    "sizes": r"\fontsize{8.4}{9}\selectfont",
    "night": r"\makeatletter\def\current@page@color{0 g 0 G}\makeatother\color{white}",
}
HIDING = {
    "ca": (r"\scriptspace=-100pt", r"\scriptspace is -100.0pt"),
    "cb": (r"\thinmuskip=-30mu", r"\thinmuskip is -30.0mu"),
    "cc": (r"\thickmuskip=5mu minus 30mu", r"\thickmuskip is 5.0mu minus 30.0mu"),
    "cd": (r"\medmuskip=4mu minus 1fil", r"\medmuskip is 4.0mu minus 1.0fil"),
    "ce": (r"\mathsurround=-50pt", r"\mathsurround is -50.0pt"),
    "cf": (r"\nulldelimiterspace=-20pt", r"\nulldelimiterspace is -20.0pt"),
    "cg": (r"\delimitershortfall=1000pt", r"\delimitershortfall is 1000.0pt"),
    "ch": (r"\delimiterfactor=0", r"\delimiterfactor is 0"),
    "ci": (r"\setlength{\arraycolsep}{-9pt}", r"\arraycolsep is -9.0pt"),
    "cj": (r"\renewcommand{\arraystretch}{0}", r"\arraystretch is 0"),
    "ck": (r"\lineskiplimit=-100pt", r"\lineskiplimit is -100.0pt"),
    "cl": (r"\lineskip=-5pt", r"\lineskip is -5.0pt"),
    "cm": (r"\parskip=-12pt", r"\parskip is -12.0pt"),
    "cn": (r"\abovedisplayskip=0pt minus 20pt", r"\abovedisplayskip is 0.0pt minus 20.0pt"),
    "co": (r"\jot=-9pt", r"\jot is -9.0pt"),
    "cp": (r"\color{white}", "the colour is '1 g 1 G'"),
    "cq": (r"\color[rgb]{1,1,0.9}", "the colour is '1 1 0.9 rg 1 1 0.9 RG'"),
    "cr": (r"\color[cmyk]{0,0,0,0.05}", "the colour is '0 0 0 0.05 k 0 0 0 0.05 K'"),
    "cs": (r"\makeatletter\def\current@color{/CS0 cs 0 sc}\makeatother", "the colour is '/CS0 cs 0 sc'"),
    "ct": (r"\makeatletter\def\current@page@color{0 g 0 G}\makeatother", "on a page of 0 g 0 G"),
    "cu": (r"\fontsize{0.1}{0.1}\selectfont", "the font of the text has 0.1"),
    "cv": (r"\fontsize{8.1}{9}\selectfont", r"a font of the formulas (\fam0) has 0.1"),
    "cw": (r"\fontsize{8.2}{9}\selectfont", r"\fam0) has 36.6"),
    "cx": (r"\fontsize{8.3}{9}\selectfont", r"a font of the formulas (\fam0) has 1"),
    "cy": (r"\hspace*{-9in}", "the place of cy"),
    "cz": (r"\vspace*{-12in}", "the place of cz"),
}
SIZES = (
    r"\DeclareMathSizes{8.1}{8.1}{0.1}{0.1}\DeclareMathSizes{8.2}{8.2}{8}{40}\DeclareMathSizes{8.3}{1}{8}{7}\DeclareMathSizes{8.4}{8}{7}{6}"
)
PREAMBLE = r"\documentclass[11pt]{article}\usepackage[T1]{fontenc}\usepackage{lmodern,amssymb}\usepackage{hwgen}"
DOCUMENT = f"{PREAMBLE}{SIZES}\\begin{{document}}\n"
_LETTERS = r"\renewcommand{\phi}{\varphi}\renewcommand*{\epsilon} { \varepsilon }\renewcommand{\log}{\exp}"
RENEWED = rf"{PREAMBLE}{_LETTERS}\begin{{document}}"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[ContentError]]:
    """What is said of each formula, each alone after what would hide it, all on pages of one run of LaTeX."""
    folder = tmp_path_factory.mktemp("shown")
    settings = FINE | {name: setting for name, (setting, _) in HIDING.items()}
    groups = [rf"\clearpage\begingroup {one}\noindent$\checked{{{name}}}{{x^2=1}}$\par\endgroup" for name, one in settings.items()]
    lines = _recorded(folder, DOCUMENT + "\n".join(groups) + "\n\\end{document}\n").split("\n")
    return {name: [*misshown([_formula(name)], "\n".join(one for one in lines if f"|{name}|" in one))] for name in settings}


def _recorded(folder: Path, text: str) -> str:
    """What LaTeX writes down of the formulas of a document."""
    (folder / "all.tex").write_text(text)
    environment = {**os.environ, "TEXINPUTS": style.search()}
    command = ["pdflatex", "-interaction=nonstopmode", "all.tex"]
    subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True)
    return (folder / "all.checked").read_text()


def _formula(name: str, text: str = "x^2=1", macros: tuple[Macro, ...] = ()) -> Formula:
    return Formula(macro="checked", name=name, text=text, place=Place(file="t.tex.j2", line=7), macros=macros)


def test_a_letter_that_is_renewed_is_no_matter_where_it_is_expanded_or_not_used(tmp_path: Path) -> None:
    known = tuple(followed(tokens(RENEWED)))
    formulas = {
        "none": r"t=1",
        "phi": r"\phi=1",
        "both": r"\phi=\varphi+\epsilon",
        "other": r"\varphi=\varepsilon",
        "again": r"\phi=2",
        "elsewhere": r"\phi=3",
    }
    body = [rf"$\checked{{{name}}}{{{text}}}$" for name, text in formulas.items() if name != "again"]
    body.append(rf"{{\renewcommand{{\phi}}{{\psi}}$\checked{{again}}{{{formulas['again']}}}$}}\end{{document}}")
    text = RENEWED + "\n".join(body)
    record = _recorded(tmp_path, kept(Rendered(text, ())) + text)
    read = [_formula(name, one, () if name == "elsewhere" else used(one, known)) for name, one in formulas.items()]
    wrong = {name: sorted(error.message.split()[0] for error in redefined(read, _of(record, name))) for name in formulas}
    assert wrong == {name: [r"\log"] for name in formulas} | {"again": [r"\log", r"\phi"], "elsewhere": [r"\log", r"\phi"]}


def _of(record: str, name: str) -> str:
    return "\n".join(one for one in record.split("\n") if f"|{name}" in one)


def test_a_page_is_published_whose_preamble_renews_letters_that_it_does_not_use(homework: Homework) -> None:
    with (homework.root / "templates/preamble.tex").open("a") as preamble:
        preamble.write("\n\\renewcommand{\\phi}{\\varphi}\n\\renewcommand{\\epsilon}{\\varepsilon}\n")
    assert build.pdf(build.read(homework.request())).pdf


@pytest.mark.parametrize("name", FINE)
def test_what_is_seen_as_it_is_read_is_fine(said: dict[str, list[ContentError]], name: str) -> None:
    assert said[name] == []


@pytest.mark.parametrize("name", HIDING)
def test_what_hides_shrinks_or_moves_a_formula_is_refused_at_its_line(said: dict[str, list[ContentError]], name: str) -> None:
    found = said[name]
    assert any(HIDING[name][1] in error.message for error in found), [error.message for error in found]
    assert all(f"{name}" in error.message and "take out what sets it" in error.message for error in found)
    assert all(error.place and error.place.line == 7 for error in found)


@pytest.mark.parametrize(
    ("setting", "what"),
    [
        (r"\AtBeginDocument{\color{white}}", r"the colour is '1 g 1 G' in area"),
        (r"\DeclareMathSizes{10.95}{10.95}{0.1}{0.1}", r"a font of the formulas \(\\fam0\) has 0\.1"),
        (r"\hoffset=-9in", r"the place of area is -\d+pt from the left"),
    ],
)
def test_no_page_is_published_whose_preamble_hides_a_formula(homework: Homework, setting: str, what: str) -> None:
    with (homework.root / "templates/preamble.tex").open("a") as preamble:
        preamble.write(f"\n{setting}\n")
    with pytest.raises(ContentErrors, match=what) as caught:
        build.pdf(build.read(homework.request()))
    assert {error.place.file for error in caught.value.errors if error.place} == {"templates/circle.tex.j2"}
    assert not [*(homework.root / "build").glob("*.pdf")]
