r"""A command that the reader knows keeps its meaning, and nothing changes the page behind the reader's back."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PROJECT

from hwgen.guards.guards import Guard
from hwgen.guards.redefinitions import hidden, redefining
from hwgen.model.errors import ContentError
from hwgen.page.page import Page

Make = Callable[[str], Page]
Refused = Callable[[Guard, str], list[ContentError]]


@pytest.mark.parametrize(
    ("definition", "command"),
    [
        (r"\renewcommand{\log}{\exp}", r"\log"),
        (r"\renewcommand\log{\exp}", r"\log"),
        (r"\renewcommand*{ \frac}[2]{#2}", r"\frac"),
        (r"\providecommand{\pi}{3}", r"\pi"),
        (r"\DeclareRobustCommand{\sqrt}{}", r"\sqrt"),
        (r"\DeclareMathOperator{\arccos}{arcsin}", r"\arccos"),
        (r"\DeclareMathOperator*{\max}{min}", r"\max"),
        (r"\RenewDocumentCommand{\sin}{}{\cos}", r"\sin"),
        (r"\def\le{\ge}", r"\le"),
        (r"\gdef\cdot{+}", r"\cdot"),
        (r"\edef \geq{<}", r"\geq"),
        (r"\long\def\sum{}", r"\sum"),
        (r"\let\le=\ge", r"\le"),
        (r"\let\langle(", r"\langle"),
        (r"\global\let\tanh\sinh", r"\tanh"),
        (r"\patchcmd{\frac}{a}{b}{}{}", r"\frac"),
        (r"\renewrobustcmd{\log}{\exp}", r"\log"),
        ("\\renewcommand%\n{\\log}{\\exp}", r"\log"),
        (r"\mathchardef\infty=3", r"\infty"),
        (r"\DeclareMathSymbol{\le}{\mathrel}{symbols}{21}", r"\le"),
        (r"\RenewCommandCopy{\le}{\ge}", r"\le"),
        (r"\DeclarePairedDelimiter{\lvert}{(}{)}", r"\lvert"),
        (r"\def\quad{+1}", r"\quad"),
        (r"\def\,{+1}", r"\,"),
        (r"\def\|{!}", r"\|"),
        (r"\def\cases{-}", r"\cases"),
        (r"\renewcommand{\nobreakspace}{+}", r"\nobreakspace"),
        (r"\renewcommand{\tmspace}[3]{+}", r"\tmspace"),
        (r"\renewcommand{\sqrtsign}[1]{#1}", r"\sqrtsign"),
        (r"\renewcommand{\genfrac}[6]{\frac{#6}{#5}}", r"\genfrac"),
        (r"\renewcommand{\intop}{\sum}", r"\intop"),
        (r"\renewcommand{\big}[1]{2#1}", r"\big"),
        (r"\def\hskip{-}", r"\hskip"),
        (r"\RenewDocumentCommand{\qopname}{m m m}{#2}", r"\qopname"),
        (r"\renewcommand{\endpmatrix}{-}", r"\endpmatrix"),
        (r"\renewcommand{\\}{-}", r"\\"),
        (r"\renewcommand*\\{-2s}", r"\\"),
        (r"\def\\{-}", r"\\"),
        (r"\let\\\cdot", r"\\"),
        (r"\renewcommand{\tag}[1]{+1}", r"\tag"),
        (r"\renewcommand{\text}[1]{not #1}", r"\text"),
        (r"\def\checked#1#2{x}", r"\checked"),
        (r"\renewcommand{\verified}[1]{}", r"\verified"),
        (r"\expandafter\def\csname log\endcsname{\exp}", r"\log"),
    ],
)
def test_a_command_that_the_reader_knows_keeps_its_meaning(refused: Refused, definition: str, command: str) -> None:
    error = refused(redefining, "a\n" + definition)[0]
    assert error.place is not None
    assert error.place.line == 2
    assert error.message.startswith(f"{command} is redefined; expected")


def test_a_preamble_is_held_to_the_same(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    preamble = tmp_path / "templates" / "preamble.tex"
    preamble.write_text("\\newcommand{\\word}[2]{#2}\n% \\def\\log{x}\n")
    assert refused(redefining, "") == []
    preamble.write_text(preamble.read_text() + "\\renewcommand{\\log}{\\exp}\n")
    (error,) = refused(redefining, "")
    assert str(error).startswith(r"templates/preamble.tex:3:1: \log is redefined; expected")


def test_the_preamble_of_the_homework_keeps_them(page: Make) -> None:
    assert list(redefining(dataclasses.replace(page(""), root=PROJECT))) == []


@pytest.mark.parametrize(
    "text",
    [
        r"\catcode`x=13 $\checked{b}{x = y}$",
        r"\input{elsewhere.tex} $\checked{b}{x = y}$",
        r"\renewcommand{\kappa}{x} $\checked{b}{\kappa = y}$",
        r"\mathcode`+=`- $\checked{b}{x = y}$",
        r"\everypar{2} $\checked{b}{x = y}$",
        r"\textfont0=\scriptfont0 $\checked{b}{x = y}$",
        r"\thickmuskip=-18mu $\checked{b}{x = y}$",
        r"^^5cdef\frac{}",
        r"\MakeShortVerb{\|} |$|",
        r"\begin{filecontents}{a.tex}x\end{filecontents}",
        r"\begin{filecontents*}[overwrite]{a.tex}x\end{filecontents*}",
        r"a \endinput $\checked{b}{x = y}$",
        r"a \enddocument $\checked{b}{x = y}$",
        r"\csuse{input}{given/any.tex}",
        r"\csgdef{le}{\ge}",
        r"\UseName{input}{given/any.tex}",
        r"\begin{input}{given/any.tex}\end{input}",
        r"\begin{InputIfFileExists}{given/any.tex}{}{}\end{InputIfFileExists}",
        r"\begin{csname}input\end{csname}",
        r"\csname let\endcsname\chi\lambda",
        r"\makeatletter\@namedef{frac}{\binom}\makeatother",
        r"\newcommand{\redo}[1]{\def#1{\lambda}}\redo\mu",
        r"\renewcommand{\hwgenrecorded}[3]{}",
        r"\newcommand{\hwgenpairs}{}",
        r"\let\logg\log",
        r"\immediate\write5{x}",
        r"\expandafter\relax",
        r"\ExplSyntaxOn",
        r"\special{x}",
        r"\def~{2}",
        r"\cslet{frac}\binom",
        r"\newcommand{\redo}[1]{\renewcommand{#1}{x}}",
    ],
)
def test_what_changes_the_page_behind_the_reader_is_refused(refused: Refused, text: str) -> None:
    found = [*refused(redefining, text), *refused(hidden, text)]
    assert found
    assert all(re.search(r"behind the reader|not looked into|is redefined", error.message) for error in found)


def test_a_macro_that_is_defined_once_before_the_document_goes_with_the_formula(page: Make) -> None:
    text = r"""\newcommand{\norm}[1]{\left\lVert #1\right\rVert}
\begin{document}
$\checked{b}{\norm{y} = y}$
"""
    found = page(text)
    assert [macro.name for macro in found.formulas[0].macros] == [r"\norm"]
    assert not list(redefining(found))


@pytest.mark.parametrize(
    "text",
    [
        "\\newcommand{\\norm}[1]{#1}\n\\begin{document}\n\\renewcommand{\\norm}[1]{2#1}\n$\\checked{b}{\\norm{y} = y}$\n",
        "\\begin{document}\n\\newcommand{\\norm}[1]{#1}\n$\\checked{b}{\\norm{y} = y}$\n",
        "\\iffalse\\renewcommand{\\norm}[1]{#1}\\fi\n\\begin{document}\n$\\checked{b}{\\norm{y} = y}$\n",
        "\\newcommand{\\setup}{\\renewcommand{\\norm}[1]{x}}\n\\begin{document}\n$\\checked{b}{\\norm{y} = y}$\n",
        "{\\renewcommand{\\norm}[1]{x}}\n\\begin{document}\n$\\checked{b}{\\norm{y} = y}$\n",
        "\\AtEndDocument{\\renewcommand{\\norm}[1]{x}}\n\\begin{document}\n$\\checked{b}{\\norm{y} = y}$\n",
    ],
)
def test_a_macro_that_could_mean_two_things_is_refused(page: Make, text: str) -> None:
    found = page(text)
    assert not found.formulas[0].macros
    assert next(redefining(found)).message.startswith(r"\norm is redefined")


def test_a_name_in_the_body_of_a_used_macro_is_held_to_the_same(page: Make) -> None:
    found = page("\\newcommand{\\a}{\\phi}\n{\\renewcommand{\\phi}{\\psi}}\n\\begin{document}\n$\\checked{b}{\\a = y}$\n")
    assert [error.message.split(";")[0] for error in redefining(found)] == [r"\phi is redefined"]


@pytest.mark.parametrize(
    ("head", "in_force"),
    [
        (r"\input{templates/own.tex}", True),
        ("", False),
        (r"\iffalse\input{templates/own.tex}\fi", False),
        (r"{\input{templates/own.tex}}", False),
    ],
)
def test_a_file_counts_where_the_preamble_puts_it_in(page: Make, tmp_path: Path, head: str, in_force: bool) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "own.tex").write_text("% { \\newcommand{\\no}{x}\n\\newcommand{\\eps}{\\varepsilon}\n")
    found = page(head + "\n\\begin{document}\n$\\checked{b}{\\eps = y}$\n")
    assert [macro.name for macro in found.macros] == [r"\eps"] * in_force
    assert len(list(redefining(found))) == (not in_force)


_HEAD = [
    r"\LetLtxMacro{\frac}{\binom}",
    r"\GlobalLetLtxMacro\frac\binom",
    r"\xpretocmd{\sqrt}{-}{}{}",
    r"\anything{\sqrt}{-}",
    r"\anything\log",
    r"\useshorthands{+}\defineshorthand{+}{-}",
    r"\renewcases{cases}{\quad}{$-##$}{##}{\{}{.}",
    r"\endlinechar=-1",
    r"\DeclareMathSymbol{-}{\mathbin}{operators}{`+}",
    r"\DeclareMathSymbol-{\mathbin}{operators}{`+}",
    r"\DeclareMathDelimiter{(}{\mathopen}{operators}{`)}{largesymbols}{1}",
    r"\DeclareMathSymbol{\kappa}{\mathord}{letters}{21}",
    r"\DeclareSymbolFont{letters}{OML}{cmbr}{m}{it}",
    r"\SetSymbolFont{symbols}{normal}{OMS}{cmbrs}{m}{n}",
    r"\DeclareMathAlphabet{\mathscr}{OT1}{pzc}{m}{it}",
    r"\SetMathAlphabet{\mathrm}{normal}{U}{wasy}{m}{n}",
    r"\DeclareSymbolFontAlphabet{\mathnormal}{symbols}",
    r"\DeclareFontShape{OML}{cmm}{m}{it}{<-> cmsy10}{}",
    r"\DeclareUnicodeCharacter{2212}{+}",
    r"""\mathcode`\-="202B""",
    r"""\AtBeginDocument{\mathcode`\-="202B}""",
    r"""\delcode`\(="029300""",
    r"\Umathcode`-=0 0 `+",
    r"\everydisplay{2}",
    r"\everymath{-}",
    r"\AddToHook{begindocument}{\everydisplay{-}}",
    r"\AddToHook{cmd/frac/before}{-}",
    r"\AtBeginDocument{\everymath{-}}",
    r"\AtBeginEnvironment{equation}{-}",
    r"\makeatletter\@namedef{frac}{\binom}\makeatother",
    r"\makeatletter\expandafter\let\csname frac\endcsname\binom\makeatother",
    r"\makeatletter\g@addto@macro\frac{2}\makeatother",
    r"""\makeatletter\set@mathchar\symoperators-\mathbin{"2B}\makeatother""",
    r"\let\logg\log",
    r"\newcommand{\over}{\mathrlap{/}}",
    r"\newcommand{\redo}[1]{\def#1{x}}",
    r"\input{elsewhere.tex}",
]


@pytest.mark.parametrize("before", ["", "% plain\n\\newcommand{\\own}{x}\n"])
@pytest.mark.parametrize("written", _HEAD)
@pytest.mark.parametrize("name", ["", "preamble.tex"])
def test_no_glyph_is_given_another_meaning_on_the_page_or_in_a_file_beside_it(
    page: Make, tmp_path: Path, name: str, written: str, before: str
) -> None:
    (tmp_path / "templates").mkdir(exist_ok=True)
    if name:
        (tmp_path / "templates" / name).write_text(before + written + "\n")
    head = f"\\input{{templates/{name}}}\n" if name else f"{before}{written}\n"
    found = page(head + "\\begin{document}\n$\\checked{b}{\\kappa - x = y}$\n\\end{document}\n")
    errors = [*redefining(found), *hidden(found)]
    assert errors
    assert all(re.search(r"behind the reader|not looked into|is redefined|is handed|over something", error.message) for error in errors)
    assert {error.place.line for error in errors if error.place} == {before.count("\n") + 1}
    assert all(str(error).startswith(f"templates/{name}") for error in errors)


def test_an_ordinary_preamble_may_set_headings_and_lengths(page: Make, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    text = r"""\makeatletter\renewcommand{\section}{\@startsection{section}{1}{0pt}{-2ex}{1ex}{\Large}}\makeatother
\AtBeginDocument{\setlength{\abovedisplayskip}{5pt}}
\renewcommand{\theequation}{5.\arabic{equation}}\renewcommand{\thefigure}{2}
\DeclareMathSymbol{\mine}{\mathord}{letters}{21}
"""
    (tmp_path / "templates" / "preamble.tex").write_text(text)
    found = page("\\input{templates/preamble.tex}\n\\begin{document}\n$\\checked{b}{x = y}$\n")
    assert [*redefining(found), *hidden(found)] == []


@pytest.mark.parametrize("root", ["", "tests/homework5", "tests/toy", "hwgen/program/start"])
def test_the_files_of_the_project_hide_nothing(page: Make, root: str) -> None:
    found = dataclasses.replace(page(""), root=PROJECT / root)
    assert [*redefining(found), *hidden(found)] == []
