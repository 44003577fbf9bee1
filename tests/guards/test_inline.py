r"""What a reader of the page reads on into a formula under test, or out of it, however it is spelled."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from hwgen.guards.guards import Guard
from hwgen.guards.surroundings import joined
from hwgen.model.errors import ContentError

Refused = Callable[[Guard, str], list[ContentError]]
C = r"\checked{b}{x = y}"


def _listed(text: str) -> str:
    """A formula as the entry of a list of that kind."""
    return re.sub(r"@(\w+)@", lambda match: rf"\begin{{document}}\begin{{{match[1]}}}\item $@$\end{{{match[1]}}}\end{{document}}", text)


@pytest.mark.parametrize(
    "text",
    [
        "2%\n  $@$",
        r"\textbf{2} $@$",
        r"2\textbf{$@$}",
        r"{\small 2} $@$",
        r"2\relax $@$",
        r"2\hspace{1em} $@$",
        r"2 \phantom{x} $@$",
        r"2\\ $@$",
        r"2\newline $@$",
        r"\begin{math}2\end{math} $@$",
        r"@@@{constants.slope}@ $@$",
        r"$@$ @@@{constants.slope}@",
        r"$@$\unskip$^2$",
        r"$@$ \emph{+2}",
        r"$@$\hspace{0pt}$^2$",
        r"$@$ \raisebox{1ex}{2}",
        r"$@$\\$+1$",
        r"$@$!",
        r"$@$'",
        r"$@$ \%",
        "$@$°",
        r"\newcommand{\two}{2}\begin{document}\two $@$\end{document}",
        r"\newcommand{\two}{$2$}\newcommand{\half}{a \two}\begin{document}\half $@$\end{document}",
        r"\newcommand{\more}{+1}\begin{document}$@$ \more\end{document}",
        r"$@$\footnote{A power to a reader.}",
        r"$@$\footnote[2]{A power to a reader.}",
        r"$@$\ref{a}",
        r"$@$~\ref{a}",
        r"$@$ \ref*{a}",
        r"$@$ \pageref{a}",
        r"$@$\cite{a}",
        r"$@$\eqref{a}",
        r"2\noindent $@$",
        r"2\smallskip $@$",
        r"2\linebreak[0] $@$",
        r"2\pagebreak $@$",
        r"2\selectfont $@$",
        r"$@$\smallskip $+1$",
        r"\given{2} $@$",
        r"$@$ \given{2}",
        r"\textsurd $@$",
        r"\textlnot $@$",
        "¬ $@$",
        r"\rule{1em}{1pt} $@$",
        r"($@$)2",
        r"($@$)$^2$",
        r"2($@$)",
        r"$f$($@$)",
        r"f($@$)",
        r"$@$, $\ne1$",
        r"$@$. $+1$",
        r"\begin{enumerate}\item[2] $@$\end{enumerate}",
        r"\begin{itemize}\item[$-$] $@$\end{itemize}",
        r"\paragraph{2} $@$",
        r"\begin{tabular}{c@{}c} $2$ & $@$\end{tabular}",
        r"\begin{tabular}{c@{}l} $@$&$+1$\end{tabular}",
        "( $@$ )$^2$",
        r"$f$ ($@$) so",
        r"$s+1$~($@$) so",
        r"\[ f \] ($@$) so",
        "($@$) $s$ so",
        r"\parbox{3cm}{$@$}$^2$",
        r"\begin{minipage}{3cm}$@$\end{minipage}$^2$",
        r"\begin{tabular}{c}2\end{tabular}$@$",
        r"2\footnote{x} $@$",
        r"\textcolor{red}{2} $@$",
        r"\enquote{2} $@$",
        r"\texttt{2} $@$",
        r"\newcommand{\hi}[1]{\textbf{#1}}\begin{document}\hi{2} $@$\end{document}",
        r"\num{2} $@$",
        r"$@$ \SI{2}{m}",
        r"\thepage\ $@$",
        r"$@$ \arabic{page}",
        r"\the\value{page} $@$",
        r"\setlength{\tabcolsep}{0pt}\begin{tabular}{ll} $2$ & $@$\end{tabular}",
        r"\tabcolsep=-3pt \begin{tabular}{ll} $2$ & $@$\end{tabular}",
        r"\addtolength{\tabcolsep}{-6pt}\begin{tabular}{ll} $2$ & $@$\end{tabular}",
        "$x+$\n\n$@$",
        r"$z=$\par\noindent $@$",
        r"\begin{itemize}\item $x+$ \item $@$\end{itemize}",
        r"$z=$ (here) $@$",
        "2--$@$",
        "so --$@$ -- and",
        "–$@$",
        "\n\n– $@$ so",
        r"\textendash $@$",
        "$@$--$1$",
        "$@$ -- 1",
        "$@$ – $z$",
        r"$@$ \textendash\ 1",
        *(f"{one}$@$" for one in "‐‑‒－⁻２⅓Ⅱα𝛼ℝ"),
        *(f"$@$ {one}" for one in "－⁻２⅓Ⅱα"),
        *(f"$@${one}" for one in "’ˈ′´"),
        "$@$ : 2",
        "$@$ : $z$",
        *(
            rf"\renewcommand{{\labelenumi}}{{{one}}}@enumerate@"
            for one in ("2", r"\arabic{enumi}", r"\theenumi", r"\roman{enumi}", "$-$", "$f$")
        ),
        r"\renewcommand\labelitemi{$+$}@itemize@",
        r"\newcommand{\two}{2}\renewcommand{\labelitemi}{\two}@itemize@",
        r"\setlist[enumerate]{nosep, label=\arabic*}@enumerate@",
        r"\setlist{label=$-$}@itemize@",
        r"\setlist[itemize]{label=not}@itemize@",
        r"\setlist[itemize]{label=$2\cdot$}@itemize@",
        *(
            rf"\begin{{enumerate}}[{one}]\item $@$\end{{enumerate}}"
            for one in ("label=2", r"leftmargin=1em, label=\alph*", "label={$2$}", "1", "i")
        ),
    ],
)
def test_what_is_read_on_is_refused_however_it_is_spelled(refused: Refused, text: str) -> None:
    (error,) = refused(joined, _listed(text).replace("$@$", f"${C}$"))
    assert "is read as if it belonged to the same formula; expected words between" in error.message


@pytest.mark.parametrize(
    "text",
    [
        r"\[ @ \]$+1$",
        r"\[ @ \] + 1",
        r"\[ @ \]\[ \cdot 2 \]",
        r"\[ @ \] $= z$",
        r"\begin{align} @ \end{align} \begin{align} \le 2 \end{align}",
        r"\[ @ \] $^2$",
        r"we get $2\cdot$ \[ @ \]",
        r"is $-$ \[ @ \]",
        r"it is $\log$ \[ @ \]",
        r"\[ z = \] \[ @ \]",
        r"\newcommand{\more}{+1}\begin{document}\[ @ \] \more\end{document}",
        r"\[ @ \tag*{$+1$} \]",
        r"\begin{quote}$2\cdot$\end{quote} \[ @ \]",
        "$z\\cdot$\n\n\\[ @ \\]",
        r"\[2\] \[ @ \]",
        r"\[ s \]\[ @ \]",
        r"\[ @ \] \[ s \]",
        r"gives $2$ \[ @ \]",
        r"gives $s+1$ \[ @ \]",
    ],
)
def test_what_goes_on_with_a_display_is_refused(refused: Refused, text: str) -> None:
    (error,) = refused(joined, text.replace("@", C))
    assert "its display is read as if it belonged to the same formula" in error.message


@pytest.mark.parametrize(
    "text",
    [
        r"$@$ -- so",
        "`$@$' and ``$@$''",
        r"\begin{tabular}{ll} 2 & $@$ \\ $+1$ & b \end{tabular}",
        r"a \\ $@$ \\ b",
        r"$@$ \hspace{1em} and \textbf{$@$}, \emph{so}",
        r"\[ @. \] + 1",
        "2\n\n\\noindent $@$",
        r"The function ($@$), and",
        r"so ($@$).",
        r"$@$, $-x$ and",
        r"\begin{enumerate}\item[(2)] $@$\end{enumerate}",
        r"\begin{itemize}\item[$\bullet$] $@$\item $@$\end{itemize}",
        r"\begin{tabular}{@{}l@{\hspace{1em}}l@{}} a & $@$\end{tabular}",
        r"\begin{tabular}{>{\raggedright\arraybackslash}p{3cm}l} 2 & $@$\end{tabular}",
        r"\[ @ \tag{2} \]",
        r"\begin{tabular}{ll} a & b \\ \cline{1-2} $@$\end{tabular}",
        r"\setcounter{equation}{2} $@$",
        r"\setlength{\tabcolsep}{4pt}\begin{tabular}{ll} $2$ & $@$\end{tabular}",
        "$2$\n\n$@$",
        r"\begin{itemize}\item $z$ \item $@$\end{itemize}",
        r"so $z$ (see below) $@$",
        "so --- $@$ --- and",
        "so---$@$---so",
        "so -- $@$ -- so",
        "“$@$” and ‘$@$’ and «$@$»",
        "$@$: $z$ is",
        "é$@$",
        r"\renewcommand{\labelenumi}{(\roman{enumi})}\begin{document}\begin{enumerate}\item $@$\end{enumerate}\end{document}",
        r"\renewcommand{\labelenumi}{\theenumi.}\begin{document}\begin{enumerate}\item $@$\end{enumerate}\end{document}",
        r"\renewcommand{\labelenumi}{2}\begin{document}\begin{itemize}\item $@$\end{itemize}\end{document}",
        r"\renewcommand{\labelitemi}{$\triangleright$}\begin{document}\begin{itemize}\item $@$\end{itemize}\end{document}",
        r"\setlist{nosep}\begin{document}\begin{enumerate}[leftmargin=2em]\item $@$\end{enumerate}\end{document}",
        r"\begin{enumerate}[label=(\alph*), nosep]\item $@$\end{enumerate}",
        r"\begin{enumerate}[(1)]\item $@$\end{enumerate}",
        r"\begin{itemize}\item a\begin{itemize}\item[--] $@$\end{itemize}\end{itemize}",
        r"\[ @, \] and $+1$",
        r"$z$ \[ @ \] $x$ is",
        r"so: \[ @ \] -- and",
        "\\[ @ \\]\n\n$+1$",
        r"\[ @ \] \[ \implies z = 1 \]",
        r"\[ s = 1 \] \[ @ \]",
        r"\[ s, \] \[ @ \]",
        r"\[ @, \] \[ s \]",
        r"\[ @ \] \[ \text{for all }s \]",
        r"for $n=2$ \[ @ \]",
        r"the function $f$ (which has $@$) is",
        r"Step 2 ($@$) is",
        r"so (we have $@$) $s$ is",
        r"\newcommand{\two}{two}\begin{document}\two\ $@$, \two\end{document}",
        r"\newcommand{\R}{\mathbb R}\begin{document}$@$ and $\R$\end{document}",
    ],
)
def test_what_stands_apart_is_welcome(refused: Refused, text: str) -> None:
    assert refused(joined, text.replace("@{", "\1").replace("@", C).replace("\1", "@{")) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"\begin{tabular}{c@{2}c} x & $@$\end{tabular}", "@{2}"),
        (r"\begin{tabular}{c>{$-$}c} x & $@$\end{tabular}", ">{$-$}"),
        (r"\begin{tabular*}{5cm}{c!{not}c} x & $@$\end{tabular*}", "!{not}"),
        (r"\begin{tabular}{cc} \multicolumn{2}{>{2}c}{$@$}\end{tabular}", ">{2}"),
        (r"\newcolumntype{T}{>{2}c}\begin{document}\begin{tabular}{cT} x & $@$\end{tabular}\end{document}", ">{2}"),
    ],
)
def test_what_the_columns_of_a_table_print_beside_it_is_refused(refused: Refused, text: str, shown: str) -> None:
    (error,) = refused(joined, text.replace("$@$", f"${C}$"))
    assert f"the columns of its table print {shown} beside it" in error.message
