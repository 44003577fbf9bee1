"""A sentence of the text is quoted as it is printed: its numbers, its references by their numbers, its formulas as formulas."""

from __future__ import annotations

import re

import pytest

from hwgen.report.prose import Shown, sentence, statement

SHOWN = Shown(values={"slope": "-0.500(2)", "level": "42.52"}, labels={"eq:laws": "2.4", "fig:a": "3"})


def _read(html: str) -> str:
    """What a reader sees: a formula as its LaTeX in brackets."""
    return re.sub(r'<math[^>]*alttext="([^"]*)".*?</math>', r"[\1]", html).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("latex", "read"),
    [
        (r"It falls like $p^{@@@{constants.slope}@}$ here.", "It falls like [p^{-0.500(2)}] here."),
        (r"At most @@@{constants.level}@, by~\eqref{eq:laws}, see Figure~\ref{fig:a}.", "At most 42.52, by (2.4), see Figure 3."),
        (r"By \eqref{eq:unknown} \emph{it is \textbf{so}}\verified{law}\label{x}.", "By (eq:unknown, not in the last PDF) it is so."),
        (
            r"With $\checked{a}{x = \frac{1}{2}}$ and $\for{a}{x>0}$ \given{0.5} ``good'' -- 5\%.",
            "With [x = \\frac{1}{2}] and [x&gt;0] 0.5 “good” – 5%.",
        ),
        (r"A <b> & \foo{c} \bar d", "A &lt;b&gt; &amp; c  d"),
        (r"Cases \[a \le b\] follow.", "Cases [a \\le b] follow."),
        (r"A price of \$5 and $x$.", "A price of $5 and [x]."),
        (r"So $\checked{a}{x_{y_{z_{u_{v}}}} = 1}$.", r"So [x_{y_{z_{u_{v}}}} = 1]."),
        ("If % a remark, $5\n $x$ is so,\n\\begin{align*}a&=b\\label{eq:q}\\end{align*}\nis it.", "If [x] is so, [a =b] is it."),
    ],
)
def test_a_sentence_reads_as_it_is_printed(latex: str, read: str) -> None:
    assert _read(str(SHOWN.text(latex))).replace("  ", " ") == read.replace("  ", " ")


def test_a_sentence_is_all_of_its_lines_and_no_other_one() -> None:
    lines = ["One ends here.", "Two goes", "on and", "ends.", "Three.", "", "Four"]
    assert [sentence(lines, number) for number in (1, 2, 3, 4, 5, 7)] == [
        "One ends here.",
        *["Two goes on and ends."] * 3,
        "Three.",
        "Four",
    ]


def test_a_statement_is_quoted_with_what_it_goes_on_from() -> None:
    lines = [
        "Other words.", "Let the widths grow; then", r"\begin{equation}\label{eq:a}", "a = b,", r"\end{equation}", "positive for all.",
        "", "A law has it.", "This holds in the plane.", "No more.",
    ]  # fmt: skip
    assert statement(lines, 6) == r"Let the widths grow; then \begin{equation}\label{eq:a} a = b, \end{equation} positive for all."
    assert statement(lines, 9) == "A law has it. This holds in the plane."
    assert statement(lines, 10) == "No more."
