r"""What is typed beside a value of this run and would be read as part of it is refused; numbers typed by hand are told."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from hwgen.guards.bounded import rounded
from hwgen.guards.guards import Guard
from hwgen.guards.numbers import glued, typed
from hwgen.model.errors import ContentError
from hwgen.page.page import Page, Printed

Make = Callable[[str], Page]
Refused = Callable[[Guard, str], list[ContentError]]
V = "@@@{constants.slope}@"
VALUES = {"constants.slope": "-0.497(3)", "constants.level": "0.7282", "constants.small": r"1.5\times 10^{-6}", "tables.t": "0.33"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("$", "0$"),
        ("", "0"),
        ("$3", "$"),
        ("$3 ", "$"),
        ("$3\\,", "$"),
        ("$-", "$"),
        ("$- ", "$"),
        ("+", ""),
        ("$1-", "$"),
        ("$0.", "$"),
        ("$", ".5$"),
        ("$", "{}5$"),
        ("$", " 5$"),
        ("$", ",000$"),
        ("$", "+1$"),
        ("$", "^2$"),
        ("$3{}", "$"),
        ("$1,", "$"),
        ("-", ""),
        ("{3}", ""),
        (r"\textbf{3}", ""),
        ("3%\n  ", ""),
        (r"3\label{x}", ""),
        ("-$", "$"),
        ("$-$", ""),
        ("$3 $", ""),
        ("@@@{constants.level}@", ""),
        ("$@@@{constants.level}@ ", "$"),
        ("$x^", "$"),
        (r"$\frac ", "2$"),
        (r"\newcommand{\two}{2}\begin{document}\two ", r"\end{document}"),
        ("", "{3}"),
        ("", r"\relax 5"),
        ("", r"\unskip 5"),
        ("", "%\n 5"),
        ("$", "$5"),
        ("$", r"$\,5"),
        ("", "$^2$"),
        ("", r"\textsuperscript{2}"),
        ("", "(3)"),
        ("", "e-3"),
        ("$", r"\cdot 10^{3}$"),
        ("", r"$\times10^3$"),
        ("$", "!$"),
        ("$", "_2$"),
    ],
)
def test_a_digit_a_point_or_a_sign_beside_a_value_is_refused(refused: Refused, before: str, after: str) -> None:
    error = refused(glued, "a\nof " + before + V + after)[-1]
    assert "becomes part of the number; expected the value alone" in error.message
    line, column = (3, 1 + len(before.rpartition("\n")[2])) if "\n" in before else (2, 4 + len(before))
    assert str(error.place) == f"templates/t.tex.j2:{line}:{column}"
    assert error.message.startswith(r"\VAR{constants.slope}: '")


@pytest.mark.parametrize(
    "text",
    [
        f"${V}$.",
        f"$\\pm{V}$",
        f"$p=2^{{{V}}}$",
        f"$p^{{{V}}}$ and ${V}/\\sqrt p$",
        f"{V}, 5 of them",
        f"$n={V}$, $5$",
        f"$V\\approx{V}$; on 5",
        f"in 2 {V} networks",
        f"{V} 5",
        f"3--{V}--4",
        f"{V}-dimensional",
        f"${V},\\dots,5$",
        "-@@@{tables.slope}@1 and 2@@@{figures.slope}@",
        f"% 3{V}",
        f"{V}\n3",
        f"${V}$, $3$ and ${V}$ 5",
        f"${V}\\quad 5$ and $5\\quad{V}$",
        f"{V} (3)",
        f"{V}\\newline 3",
        f"${V}\\times 2$ and $2\\cdot{V}$",
    ],
)
def test_words_spaces_and_exponents_are_fine(refused: Refused, text: str) -> None:
    assert refused(glued, "of " + text) == []


@pytest.mark.parametrize(
    ("text", "name", "column"),
    [
        ("the slope $-0.497$ is", "slope", 12),
        ("the slope $-0.50$ is", "slope", 12),
        ("about 0.73, or", "level", 7),
        ("about 0.728151, or", "level", 7),
        (r"\caption{0.728}", "level", 10),
    ],
)
def test_a_typed_result_is_found(page: Make, text: str, name: str, column: int) -> None:
    (warning,) = typed(Printed(page(text), VALUES))
    assert warning.startswith(f"templates/t.tex.j2:1:{column}: ")
    assert f"\\VAR{{constants.{name}}}" in warning


@pytest.mark.parametrize(
    "text",
    [
        r"\given{0.728} of the setting, and 0.728 again",
        r"width 0.728\textwidth and 0.728pt",
        r"$\checked{a}{x = 0.728}$",
        "a comment % 0.728",
        "the version 1.0.728",
        "the number @@@{constants.level}@ itself",
        r"\includegraphics[scale=0.25]{fig/0.5.pdf} \begin{minipage}[b]{0.7\textwidth} \begin{answer}[skip=0.5]",
        r"\label{eq:0.25} \eqref{eq:0.25} \cite{a0.25}",
        "Theorem 2.1, Section~3.14 and version 1.25",
        r"$-\frac12$, 2 and 10",
    ],
)
def test_what_is_no_typed_result_is_silent(page: Make, text: str) -> None:
    assert list(typed(Printed(page(text), VALUES))) == []


@pytest.mark.parametrize(
    ("text", "number", "column"),
    [
        ("about 0.74, or", "0.74", 7),
        ("one digit, 0.7, is typed as well", "0.7", 12),
        (r"$\lambda_0=0.0917$", "0.0917", 12),
        ("0.33 stands in a table", "0.33", 1),
        (r"$x\approx0.94$", "0.94", 10),
        (r"$1.5\times10^{-6}$", "1.5", 2),
        (r"$\checked{a}{x = 0.728}$ and 0.7281 outside, \given{0.5} aside", "0.7281", 30),
    ],
)
def test_a_decimal_that_nobody_declared_is_told_with_both_ways_out(page: Make, text: str, number: str, column: int) -> None:
    (warning,) = typed(Printed(page(text), {"constants.small": "0.2"}))
    said = rf"{number} is typed by hand; expected \VAR{{constants.…}} for a result of this run, or \given{{{number}}}"
    assert warning.startswith(f"templates/t.tex.j2:1:{column}: {said}")


@pytest.mark.parametrize(
    "text",
    [
        "arXiv:1806.07572",
        "arXiv 1806.07572v4 and arXiv:~2002.04010",
        "http://arxiv.org/abs/1806.07572",
        "Thm.~3.2",
        "Theorems 3.2, 3.4 and~4.1",
        "by eq.~(2.3) and eqs.~(2.4)--(2.6)",
        "Lemma\\ 5.1 of it",
        "\\S 4.2 and \\S~4.3, § 1.2",
        "Section 2.1.3",
        "Python 3.11, NumPy 1.26.4, Ubuntu~24.04 and TeX Live 2022.1",
        "version 2.17, v2.17 and 1.2.3",
        "doi:10.1007/s00211-014-0673-z and 10.1145/3292500.3330701",
        "\\doi{10.1145/3292500.3330701}",
        "\\definecolor{mine}{rgb}{0.1,0.25,0.35}",
        "\\textcolor[rgb]{0.1,0.25,0.35}{red} and \\cellcolor[gray]{0.95}",
        "17.02.2025 and 2025.02.17",
        "$\\eta\\in[0.01, 0.99]$",
        "between 0.15--0.35",
        "\\begin{tikzpicture}\\draw (0.15,0.25) -- (1.5,2.5);\\end{tikzpicture}",
        "\\cite[Thm.~3.2]{a} and \\citet[p.~2.1]{b}",
        "\\cref{eq:1.25}",
    ],
)
def test_what_only_looks_like_a_result_is_not_told(page: Make, text: str) -> None:
    assert list(typed(Printed(page(text), VALUES))) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Theorem 3.2 gives 0.7282", "0.7282"),
        ("in Python 3.11 it is 0.25", "0.25"),
        ("from 0.15--0.7282", "0.7282"),
        ("$x\\in[0.728, 1]$", "0.728"),
        ("a step of 0.1", "0.1"),
        ("p 0.05", "0.05"),
        ("Error 0.25", "0.25"),
    ],
)
def test_a_result_beside_them_still_is(page: Make, text: str, number: str) -> None:
    (warning,) = typed(Printed(page(text), VALUES))
    assert f"{number} is typed by hand" in warning


@pytest.mark.parametrize(
    ("before", "way", "said"),
    [
        ("at most ", "down", "rounded down, after 'at most'"),
        ("below~$", "down", "rounded down, after 'below'"),
        (r"$x\le ", "down", r"rounded down, after '\le'"),
        ("at least ", "up", "rounded up, after 'at least'"),
        (r"$x\ge", "up", r"rounded up, after '\ge'"),
        (r"at \emph{most} $\,", "down", "rounded down, after 'at most'"),
        ("in thunder ", "down", ""),
        ("at most ", "up", ""),
        ("at most ", "", ""),
        ("at least ", "down", ""),
        ("about ", "down", ""),
    ],
)
def test_a_value_rounded_to_the_wrong_side_of_its_word_is_told(page: Make, before: str, way: str, said: str) -> None:
    text = before + V + "$" * before.count("$")
    found = list(rounded(Printed(page(text), {**VALUES, "rounded.slope": way})))
    assert [said in one for one in found] == [True] * bool(said)
    other = {"down": "up", "up": "down"}.get(way, "")
    assert all(f'Estimate(…, rounds="{other}")' in one for one in found)


def _of_figure(page: Page) -> Page:
    return dataclasses.replace(
        page, names=dataclasses.replace(page.names, uses={"darts": {"4096": "exercises/a.py:5", "0.4": "exercises/a.py:6"}})
    )


COUNTED = {"constants.networks": "2000", "constants.width": "1024", "constants.few": "20"}


@pytest.mark.parametrize(
    "caption", [r"\caption{Mean of 20 networks.}", r"\caption[Short]{$20$ networks}", r"\captionof{figure}{of 20~runs}"]
)
def test_a_small_count_in_a_caption_that_is_a_constant_is_told(page: Make, caption: str) -> None:
    (warning,) = typed(Printed(_of_figure(page(rf"\begin{{figure}}{caption}\end{{figure}}")), COUNTED))
    assert r"20 is typed by hand and equals the constant few; write \VAR{constants.few}, or \given{20} if it is another" in warning


@pytest.mark.parametrize(
    "text",
    [
        "the mean of 20 networks",
        r"\caption{Mean of 30 networks.}",
        r"\caption{On page 20 of it.}",
        r"\caption{Between 20 and 30.}\given{20}",
        r"\caption{The range 20--30 of it.}",
        r"\caption{$p=20$ is $20$.}",
        r"\caption{Mean.} Then 20 networks",
        r"\caption{Figure} 20 networks",
        r"\caption{A gap of 20\,\% there.}",
    ],
)
def test_other_small_numbers_are_not_told(page: Make, text: str) -> None:
    assert list(typed(Printed(_of_figure(page(text)), COUNTED))) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("with 4096 neurons", "4096 is typed by hand, and darts was computed with it (exercises/a.py:5); expected"),
        ("with $4096$ neurons", "darts was computed with it"),
        ("for $p=4096$ it", "darts was computed with it"),
        ("for widths up to 4096.", "darts was computed with it"),
        ("the width is 1024, and", r"1024 is typed by hand and equals the constant width; write \VAR{constants.width}"),
        ("the mean of 2000 networks", "equals the constant networks"),
    ],
)
def test_a_typed_setting_is_told(page: Make, text: str, said: str) -> None:
    (warning,) = typed(Printed(_of_figure(page(text)), COUNTED))
    assert said in warning


@pytest.mark.parametrize(
    "text",
    [
        "with @@@{constants.width}@ neurons",
        r"the setting has \given{4096} points, and 4096 again",
        "20 steps of 300 networks",
        "In 2000, and since 2000 Gauss; (2000)",
        "Theorem 4096, page 4096, pp.~1024--1030, vol. 1024 and eq. (1024)",
        r"$2^{4096}$, $x_{1024}$, $\frac{1}{1024}$ and $x^4096$",
        "1024.5.1, 1024/7, a1024 and 2000-01-01",
        r"\label{eq:1024} \cite[p.~1024]{a2000} \includegraphics[width=1024pt]{f/4096.pdf}",
        r"\begin{thebibliography}{9}\bibitem{a} Ann. 1024, 4096--4100, 2000.\end{thebibliography}",
        r"$\checked{a}{x = 4096}$",
    ],
)
def test_a_year_a_page_or_a_number_of_a_formula_is_no_typed_setting(page: Make, text: str) -> None:
    assert [one for one in typed(Printed(_of_figure(page(text)), COUNTED)) if "4096" in one or "1024" in one or "2000" in one] == []
