r"""A formula under test is printed as it is: nothing around it hides, strikes, turns, moves or leaves it out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Homework

from hwgen.guards.enclosures import hiding
from hwgen.guards.guards import Guard
from hwgen.model.errors import ContentError
from hwgen.program import build

Refused = Callable[[Guard, str], list[ContentError]]
FORMULA = r"$\checked{area}{A = \pi r^2}$"
DISPLAYED = "\\begin{equation*}\n  \\checked{area}{A = \\pi r^2},\n\\end{equation*}\n"


@pytest.mark.parametrize(
    "text",
    [
        r"\sout{a @}",
        r"\cancel{@}",
        r"\phantom{@}",
        r"\hphantom {@}",
        r"\textcolor{white}{@}",
        r"\textcolor{black}{@}",
        r"\scalebox{-1}{@}",
        r"\scalebox{-1}[1]{@}",
        r"\reflectbox{@}",
        r"\rotatebox{180}{@}",
        r"\rotatebox[origin=c]{180}{@}",
        r"\resizebox{0pt}{!}{@}",
        r"\raisebox{-99in}{@}",
        r"\makebox[0pt]{@}",
        r"\hbox to 0pt{@}",
        r"\hbox to\hsize{@}",
        r"\vbox spread -3pt {@}",
        r"\setbox0\hbox{@}",
        r"\sbox{\mybox}{@}",
        r"\savebox{\mybox}{@}",
        r"\llap{@}",
        r"\rlap{a @}",
        r"\clap{@}",
        r"\smash{@}",
        r"\emph{a \sout{b \textbf{@}}}",
        r"\sout{\begin{center}@\end{center}}",
        r"\unknown{@}",
        r"\unknown{a}{b}{@}",
        r"\footnote[@]{a}",
        r"\footnote [@]{a}",
        r"\index{@}",
        r"\rowcolor{black} @",
        r"\begin{tabular}{l}\cellcolor{black} @\end{tabular}",
        r"\begin{lstlisting}@\end{lstlisting}",
        r"\MakeUppercase{@}",
        r"\newcommand{\mine}{@}",
        r"\newcommand{\mine}[1]{@}",
        r"\href{@}{a}",
        r"\ifthenelse{a}{@}{}",
        r"\begin{comment}@\end{comment}",
        r"\begin{lrbox}{\mybox}@\end{lrbox}",
        r"\begin{unknown}@\end{unknown}",
        r"\newenvironment{mine}{\color{white}}{}\begin{mine}@\end{mine}",
        r"\newenvironment{mine}{2}{}\begin{mine}@\end{mine}",
        r"\newenvironment{mine}{\par$-$ }{}\begin{mine}@\end{mine}",
        r"\newenvironment{mine}{}{$+1$}\begin{mine}@\end{mine}",
        r"\newenvironment{mine}{It is false that}{}\begin{mine}@\end{mine}",
        r"\newenvironment{mine}{}{is wrong.}\begin{mine}@\end{mine}",
        r"\newenvironment{mine}{Half of}{}\begin{mine}@\end{mine}",
        r"\newenvironment{mine}{}{plus one}\begin{mine}@\end{mine}",
        r"\newtheorem{mine}{False claim}\begin{mine}@\end{mine}",
        r"\newenvironment{mine}{\setbox0\vbox\bgroup}{\egroup}\begin{mine}@\end{mine}",
        r"\newenvironment{mine}{\iffalse}{\fi}\begin{mine}@\end{mine}",
        r"\newenvironment{mine}{\begin{lrbox}{\mybox}}{\end{lrbox}}\begin{mine}@\end{mine}",
        r"\renewenvironment{proof}{\color{white}}{}\begin{proof}@\end{proof}",
        r"\newmdenv[fontcolor=white]{mine}\begin{mine}@\end{mine}",
        r"\newmdenv[backgroundcolor=black]{mine}\begin{mine}@\end{mine}",
        r"\begin{tabular}{>{\color{white}}l}@\end{tabular}",
        r"\color{white} a @",
        r"{\color{white} a @}",
        r"{\color [rgb]{1,1,1} a @}",
        r"\color{black!5}@",
        r"\color{yellow}@",
        r"\definecolor{black}{rgb}{1,1,1}\color{black}@",
        r"\colorlet{blue}{white}\color{blue}@",
        r"\pagecolor{black}@",
        r"\fontsize{0.1}{0.1}\selectfont @",
        r"\usefont{U}{none}{m}{n}@",
        r"\iffalse @\fi",
        r"\iffalse a \else @\fi",
        r"\ifdim 1pt<0pt @\fi",
        r"\ifhwgenfull \iffalse @\fi\fi",
        r"\[ x\quad\text{if @} \]",
        r"\[ 2\mbox{@} \]",
    ],
)
def test_what_may_hide_or_alter_it_is_refused_at_its_place(refused: Refused, text: str) -> None:
    line = text.replace("@", FORMULA)
    (error,) = refused(hiding, f"a\n{line}\nb")
    assert error.place is not None
    assert (error.place.line, error.place.column) == (2, line.index(r"\checked") + 1)
    assert error.message.startswith(r"\checked{area}: ")
    assert "expected" in error.message


@pytest.mark.parametrize(
    "text",
    [
        "a @ b",
        r"{a @}",
        r"{\small a @}",
        r"\emph{a \textbf{b @}}",
        r"\textit {@}",
        r"\footnote{a @}",
        r"\underline{@}",
        r"\mbox{@}",
        r"\fbox{a @}",
        r"\parbox{5cm}{@}",
        r"\parbox[t]{5cm}{@}",
        r"\further{a @}",
        r"\subsection*{a} {@}",
        r"\item @",
        r"\item {\small @}",
        r"\item[@] a",
        r"\noindent{a @}",
        r"\begin{tabular}{ll} a & @ \\[2pt] \multicolumn{2}{c}{@} \end{tabular}",
        r"\begin{longtable}{@{}l>{\raggedright\arraybackslash}p{3cm}} @ \end{longtable}",
        r"\begin{enumerate}[a] \item @ \end{enumerate}",
        r"\newtheorem{claim}{Claim}\begin{claim}[a]@\end{claim}",
        r"\newmdenv[linewidth=1pt,linecolor=black!55]{mine}\begin{mine}@\end{mine}",
        r"\newenvironment{mine}{\par\begingroup\small\itshape\color{black!75}}{\endgroup}\begin{mine}@\end{mine}",
        r"\newenvironment{mine}[1]{\begin{center}}{\end{center}}\begin{mine}{a}@\end{mine}",
        r"\color{black!75}@",
        r"\color{red!70!black}@",
        r"{\color{white} a} @",
        r"\textcolor{white}{a} @",
        r"\phantom{$x$} @",
        r"\iffalse a \fi @",
        r"\ifhwgenfull @\fi",
        r"$x\in[0,1)$ and \small[0, 1) @",
        r"\begin{equation}\begin{split} x \end{split}\end{equation} @",
        r"\begin{align} a \intertext{and @} b \end{align}",
    ],
)
def test_what_prints_its_content_as_it_is_may_enclose_it(refused: Refused, text: str) -> None:
    assert refused(hiding, text.replace("@{}", "\0").replace("@", FORMULA).replace("\0", "@{}")) == []


@pytest.mark.parametrize("name", ["section", "subsection", "chapter", "paragraph", "title", "caption", "caption*"])
def test_what_carries_its_words_elsewhere_says_so(refused: Refused, name: str) -> None:
    (error,) = refused(hiding, f"\\{name}{{a {FORMULA}}}")
    assert "carries its words to another place too" in error.message


def test_the_environments_of_the_preamble_are_known(refused: Refused, tmp_path: Path) -> None:
    text = rf"\begin{{mine}}{FORMULA}\end{{mine}}"
    assert refused(hiding, text)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "preamble.tex").write_text(r"\newtheorem{mine}{Mine}")
    assert refused(hiding, text) == []


def test_latex_prints_and_records_it_wherever_it_is_welcome(homework: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    places = [
        r"A footnote\footnote{It is @.} is one.",
        r"\begin{tabular}{ll} area & @ \\ \multicolumn{2}{c}{@} \end{tabular}",
        r"\begin{itemize}\item The area: @\item[@] the area\end{itemize}",
        r"\begin{longtable}{ll} area & @ \end{longtable}",
        r"\subsection*{Area @}",
        r"\emph{area @} \fbox{area @} \parbox{5cm}{area @}",
        r"\begin{theorem}[Area @] So it is. \end{theorem}",
        r"\begin{figure} Area: @ \end{figure}",
    ]
    text = "\n\n".join(places)
    homework.change(DISPLAYED, text.replace("@", FORMULA) + "\n\n")
    monkeypatch.chdir(homework.root)
    assert build.pdf(build.read(homework.request())).pdf
    record = homework.root / "build/tex/solution.checked"
    assert record.read_text().count("checked|area|") == text.count("@")


def test_an_environment_that_is_misspelt_is_told_with_the_nearest_one(refused: Refused) -> None:
    (error,) = refused(hiding, "\\newtheorem{proposition}{P}\\begin{propositon} $\\checked{a}{x = 1}$ \\end{propositon}")
    assert r"did you mean proposition?" in error.message


@pytest.mark.parametrize(
    "head",
    [
        r"\newtheorem{foo}{It is not true that}",
        r"\newtheorem*{foo}{Misprint}",
        r"\newtheorem{foo}{Twice}",
        r"\newtheoremstyle{a}{}{}{}{}{}{ It is false that}{ }{}",
    ],
)
def test_a_title_that_denies_what_stands_below_it_is_refused(refused: Refused, head: str) -> None:
    assert refused(hiding, f"{head}\\begin{{document}}\\begin{{foo}} {FORMULA}\\end{{foo}}\\end{{document}}")
    plain = (
        head.replace("It is not true that", "Claim")
        .replace("Misprint", "Claim")
        .replace("Twice", "Claim")
        .replace(" It is false that", ".")
    )
    assert not [one for one in refused(hiding, f"{plain}\n{FORMULA}") if "deny" in one.message or "title" in one.message]
