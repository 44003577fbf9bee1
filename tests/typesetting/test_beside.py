r"""What LaTeX read of the author's own packages and classes is held to what the preamble is: a \lambda that prints μ is refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Homework

from hwgen.model.errors import ContentErrors, HwgenError
from hwgen.program import build
from hwgen.typesetting import run
from hwgen.typesetting.preview import Preview

LOAD = "\\usepackage{hwgen}\n"
SWAPPED = "% mine\n\\renewcommand{\\lambda}{\\mu}\n"


def _build(homework: Homework, begin: run.Begin = run.begin) -> build.Built:
    return build.pdf(build.read(homework.request()), begin, wrong=False)


def _loading(homework: Homework, line: str) -> None:
    path = homework.root / "templates/preamble.tex"
    path.write_text(path.read_text().replace(LOAD, f"{line}\n{LOAD}"))


def _written(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize("begin", [run.begin, Preview().begin], ids=["pdf", "watch"])
@pytest.mark.parametrize(
    ("file", "chain"),
    [
        ("templates/own.sty", {}),
        ("sty/own.sty", {}),
        ("own.sty", {}),
        ("sty/own.def", {"sty/first.sty": r"\RequirePackage{sty/second}", "sty/second.sty": r"\input{sty/own.def}"}),
    ],
)
def test_a_package_that_renews_a_letter_is_refused_at_its_line(
    homework: Homework, begin: run.Begin, file: str, chain: dict[str, str]
) -> None:
    for name, text in {file: SWAPPED, **chain}.items():
        _written(homework.root / name, text)
    _loading(homework, rf"\usepackage{{{'sty/first' if chain else file.removesuffix('.sty')}}}")
    with pytest.raises(HwgenError, match=rf"^{file}:2:\d+: \\lambda is redefined"):
        _build(homework, begin)
    assert not list((homework.root / "build").glob("*.pdf"))


def test_a_class_that_loads_another_is_looked_at(homework: Homework) -> None:
    _written(homework.root / "own.cls", "\\LoadClass[10pt,a4paper]{article}\n\\AtBeginDocument{\\renewcommand{\\lambda}{\\mu}}\n")
    path = homework.root / "templates/preamble.tex"
    path.write_text(path.read_text().replace(r"\documentclass[10pt,a4paper]{article}", r"\documentclass{own}"))
    with pytest.raises(HwgenError, match=r"^own\.cls:2:\d+: \\lambda is redefined"):
        _build(homework)


@pytest.mark.parametrize("variable", ["TEXINPUTS", "TEXMFHOME", "TEXMFDIST", "TEXMFLOCAL"])
def test_a_package_outside_of_the_installation_is_looked_at(
    homework: Homework, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, variable: str
) -> None:
    tree = tmp_path_factory.mktemp("trees")
    _written(tree / "tex/latex/own.sty", SWAPPED)
    (tree / "ls-R").write_text("% ls-R -- filename database for kpathsea; do not change this line.\n./tex/latex:\nown.sty\n")
    if variable == "TEXMFDIST":
        monkeypatch.setenv(variable, f"{{{tree},/usr/share/texlive/texmf-dist}}")
    else:
        monkeypatch.setenv(variable, f"{tree}//:" if variable == "TEXINPUTS" else str(tree))
    _loading(homework, r"\usepackage{own}")
    with pytest.raises(HwgenError, match=r"own\.sty:2:\d+: \\lambda is redefined"):
        _build(homework)


UNFOLLOWED = [
    r"\catcode`\;=12",
    r"\expandafter\def\csname lambda\endcsname{\mu}",
    r"\let\lambda\mu",
    r"\@namedef{lambda}{\mu}",
    r"\protected@edef\lambda{\mu}",
    r"\DeclareSymbolFont{letters}{OML}{cmbr}{m}{it}",
    r"\SetSymbolFont{letters}{normal}{OML}{cmbr}{m}{it}",
    r"\DeclareUnicodeCharacter{03BB}{$\mu$}",
    r"\mathcode`x=121",
    r"\DeclareMathSymbol{\lambda}{\mathord}{letters}{22}",
    r"\DeclareMathSymbol{\not}{\mathrel}{symbols}{0}",
    r"\DeclareMathAccent{\dot}{\mathalpha}{operators}{127}",
    r"\mathchardef\not=31",
    r"\newcommand{\sqrtsign@x}{}\renewcommand{\sqrtsign}[1]{2#1}",
    r"\newcommand{\never}{\newcommand{\sqrtsign}{}}\renewcommand{\sqrtsign}[1]{2#1}",
    r"\iffalse\newcommand{\sqrtsign}{}\fi\renewcommand{\sqrtsign}[1]{2#1}",
    r"\newread\mine\openin\mine=homework.toml",
]


@pytest.mark.parametrize("line", UNFOLLOWED)
def test_what_cannot_be_followed_in_one_is_refused_at_its_line(homework: Homework, line: str) -> None:
    _written(homework.root / "sty/own.sty", f"\\ProvidesPackage{{sty/own}}\n{line}\n")
    _loading(homework, r"\usepackage{sty/own}")
    with pytest.raises(ContentErrors) as caught:
        _build(homework)
    assert str(caught.value).startswith("sty/own.sty:2:")
    assert "expected" in str(caught.value)


@pytest.mark.parametrize("begin", [run.begin, Preview().begin], ids=["pdf", "watch"])
@pytest.mark.parametrize(
    "line", [r"\DeclareMathSymbol{\not}{\mathrel}{symbols}{0}", r"\DeclareMathAccent{\dot}{\mathalpha}{operators}{127}"]
)
def test_a_symbol_that_latex_has_is_not_declared_anew_in_the_preamble(homework: Homework, begin: run.Begin, line: str) -> None:
    _loading(homework, line)
    with pytest.raises(ContentErrors, match=r"^templates/preamble\.tex:\d+:\d+: \\(not|dot) is redefined by"):
        _build(homework, begin)


def test_a_package_that_gives_names_of_its_own_is_welcome(homework: Homework) -> None:
    text = r"""\NeedsTeXFormat{LaTeX2e}
\ProvidesPackage{sty/own}[2025/01/01 mine]
\RequirePackage{xcolor}
\DeclareOption{wide}{\setlength{\parindent}{0pt}}
\ProcessOptions\relax
\newcommand{\own@word}{a word}
\newcommand{\ownword}{\own@word}
\renewcommand{\ownword}{\emph{\own@word}}
\newenvironment{own}{\begin{quote}}{\end{quote}}
\definecolor{mine}{gray}{0.4}
\DeclareMathSymbol{\mine}{\mathord}{letters}{21}
\AtBeginDocument{\setlength{\abovedisplayskip}{5pt}}
\endinput
"""
    _written(homework.root / "sty/own.sty", text)
    _loading(homework, r"\usepackage[wide]{sty/own}")
    assert _build(homework).pdf
