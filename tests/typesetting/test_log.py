"""LaTeX's complaints come back at the author's line, also where TeX names the end of an argument."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.page.rendered import Rendered
from hwgen.typesetting import nearby
from hwgen.typesetting.log import first_error, undrawn, warnings

Make = Callable[[str], Rendered]

DOCUMENT = "\n".join(["\\begin{align}", "  a &= b \\\\", "  \\foo &= c", "\\end{align}", "text \\foobar", "end"])


def _log(*lines: str) -> str:
    return "\n".join(["This is pdfTeX, Version 3.141592653", "(./build/tex/solution.tex", *lines, "No pages of output.", ""])


def test_an_error_of_one_line_is_at_that_line_and_column(rendered: Make) -> None:
    log = _log("./build/tex/solution.tex:5: Undefined control sequence.", "l.5 text \\foobar", "               ")
    error = first_error(log, rendered(DOCUMENT), "solution.tex")
    assert error is not None
    assert str(error.place) == "templates/t.tex.j2:5:6"
    assert error.message.startswith(r"Undefined control sequence \foobar (is it misspelt")
    assert error.source == r"text \foobar"


@pytest.mark.parametrize(
    ("made", "name"),
    [(r"\newtheorem*{answer}{Answer}", "anwser"), (r"\newenvironment {asked} [1] {}{}", "askd"), (r"% \newtheorem{gather}{G}", "gaher")],
)
def test_an_environment_that_the_author_makes_is_thought_of(rendered: Make, made: str, name: str) -> None:
    assert nearby.environment_of(rendered(made), name) in {"answer", "asked", "gather"}


def test_the_token_of_a_collected_argument_is_found_above_the_line_that_tex_names(rendered: Make) -> None:
    log = _log(
        "./build/tex/solution.tex:4: Undefined control sequence.",
        "<argument> ...b \\\\ \\foo ",
        "                    &= c",
        "l.4 \\end{align}",
    )
    error = first_error(log, rendered(DOCUMENT), "solution.tex")
    assert error is not None
    assert str(error.place) == "templates/t.tex.j2:3:3"


def test_a_longer_command_is_not_taken_for_the_token(rendered: Make) -> None:
    text = "first \\fo\nsecond \\foobar\n\\end{x}"
    log = _log("./build/tex/solution.tex:3: Undefined control sequence.", "<argument> first \\fo ", "l.3 \\end{x}")
    error = first_error(log, rendered(text), "solution.tex")
    assert error is not None
    assert error.place.line == 1


def test_the_first_of_several_errors_is_told(rendered: Make) -> None:
    log = _log(
        "./build/tex/solution.tex:2: Missing $ inserted.",
        "l.2   a",
        "./build/tex/solution.tex:5: Undefined control sequence.",
        "l.5 \\foobar",
    )
    error = first_error(log, rendered(DOCUMENT), "solution.tex")
    assert error is not None
    assert (error.place.line, error.message) == (2, "Missing $ inserted (mathematics outside $…$)")


def test_an_error_in_a_file_of_the_author_keeps_its_own_line(rendered: Make) -> None:
    log = _log("./templates/preamble.tex:12: Undefined control sequence.", "l.12 \\nope")
    error = first_error(log, rendered(DOCUMENT), "solution.tex")
    assert error is not None
    assert str(error.place) == "templates/preamble.tex:12"


def test_an_error_without_file_and_line_takes_the_line_of_its_context(rendered: Make) -> None:
    error = first_error(_log("! Emergency stop.", "<*> x", "l.2 a"), rendered(DOCUMENT), "solution.tex")
    assert error is not None
    assert error.place.line == 2


def test_a_log_without_an_error_has_none(rendered: Make) -> None:
    assert first_error(_log("LaTeX Warning: all is well"), rendered(DOCUMENT), "solution.tex") is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("LaTeX Warning: Reference `eq:x' on page 1 undefined on input line 5.", "templates/t.tex.j2:5: reference eq:x is undefined"),
        ("LaTeX Warning: Citation `weyl' on page 1 undefined on input line 2.", "templates/t.tex.j2:2: citation weyl is undefined"),
        ("Overfull \\hbox (12.5pt too wide) in paragraph at lines 5--6", "templates/t.tex.j2:5: 12.5 pt wider than the column"),
        ("Overfull \\hbox (7.0pt too wide) detected at line 3", "templates/t.tex.j2:3: 7 pt wider than the column"),
    ],
)
def test_a_warning_that_matters_is_told_once_at_its_line(rendered: Make, line: str, said: str) -> None:
    assert list(warnings(_log(line, line), rendered(DOCUMENT))) == [said]


@pytest.mark.parametrize(
    "line", ["Overfull \\hbox (0.4pt too wide) in paragraph at lines 5--6", "Underfull \\hbox (badness 10000) at lines 2--3"]
)
def test_a_warning_that_nobody_sees_on_the_page_is_not(rendered: Make, line: str) -> None:
    assert list(warnings(_log(line), rendered(DOCUMENT))) == []


def test_a_font_that_metafont_would_have_to_draw_is_told_by_its_name() -> None:
    said = undrawn(_log("!pdfTeX error: pdflatex (file bbm10): Font bbm10 at 600 not found"))
    assert said.startswith("the font bbm10 has no outlines here")
    assert undrawn(_log("! Undefined control sequence.")) == ""


NAMED = "\n".join(
    [
        r"\newtheorem{proposition}{Proposition}",
        r"\section{One}\label{sec:one}",
        "As Section~\\ref{sec:oen}",
        r"and \cite{weyl1912, wyel1912} and \eqref{nothing} say,",
        "",
        r"\begin{thebibliography}{9}\bibitem[W]{weyl1912} Weyl.\end{thebibliography}",
    ]
)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "LaTeX Warning: Reference `sec:oen' on page 1 undefined on input line 3.",
            "3:17: reference sec:oen is undefined (did you mean sec:one?)",
        ),
        (
            "LaTeX Warning: Reference `sec:oen' on page 1 undefined on input line 5.",
            "3:17: reference sec:oen is undefined (did you mean sec:one?)",
        ),
        (
            "LaTeX Warning: Citation `wyel1912' on page 1 undefined on input line 4.",
            "4:21: citation wyel1912 is undefined (did you mean weyl1912?)",
        ),
        ("LaTeX Warning: Reference `nothing' on page 1 undefined on input line 4.", "4:42: reference nothing is undefined"),
        ("LaTeX Warning: Reference `built' on page 1 undefined on input line 4.", "4: reference built is undefined"),
    ],
)
def test_a_name_without_a_target_is_told_where_it_stands_with_the_nearest_one(rendered: Make, line: str, said: str) -> None:
    assert list(warnings(_log(line), rendered(NAMED))) == [f"templates/t.tex.j2:{said}"]


@pytest.mark.parametrize(
    ("error", "context", "said"),
    [
        ("Undefined control sequence.", r"l.3 \emhp", "did you mean \\emph? Otherwise its package may be missing"),
        ("Undefined control sequence.", r"l.3 $\roh", "did you mean \\rho?"),
        ("Undefined control sequence.", r"l.3 \chekced", "did you mean \\checked?"),
        ("Undefined control sequence.", r"l.3 \zebras", "is it misspelt, or is its package missing"),
        ("Undefined control sequence.", r"l.3 \checked", r"is \usepackage{hwgen} in"),
        ("LaTeX Error: Environment propositon undefined.", r"l.3 \begin{propositon}", r"did you mean \begin{proposition}?"),
        ("LaTeX Error: Environment algin undefined.", r"l.3 \begin{algin}", r"did you mean \begin{align}?"),
        ("Package keyval Error: widht undefined.", r"l.3 \includegraphics[widht=3cm]", "no option of that name; did you mean width?"),
    ],
)
def test_a_name_that_latex_does_not_know_is_told_with_the_nearest_one(rendered: Make, error: str, context: str, said: str) -> None:
    found = first_error(_log(f"./build/tex/solution.tex:3: {error}", context), rendered(NAMED), "solution.tex")
    assert found is not None
    assert said in found.message


def test_every_greek_letter_is_known_by_the_name_that_latex_gives_it() -> None:
    assert {r"\alpha", r"\lambda", r"\Lambda", r"\varsigma", r"\omega", r"\varrho"} <= set(nearby.greek())


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            ["[1{map}] [2]", r"Overfull \vbox (516.1pt too high) has occurred while \output is active []"],
            "page 3: what stands on it is 516 pt higher",
        ),
        (
            ["LaTeX Warning: Float too large for page by 541.9pt on input line 4."],
            "templates/t.tex.j2:4: a figure or table that is 542 pt higher",
        ),
        ([r"Overfull \vbox (0.7pt too high) has occurred while \output is active []"], ""),
    ],
)
def test_what_is_higher_than_a_page_is_told(rendered: Make, lines: list[str], said: str) -> None:
    found = list(warnings(_log(*lines), rendered(NAMED)))
    assert [one[: len(said)] for one in found] == [said] * bool(said)


@pytest.mark.parametrize(("written", "meant"), [(r"\VAR", r"\VAR{…}"), (r"\var", r"\VAR{…}"), (r"\Block", r"\BLOCK{…}")])
def test_what_templates_have_for_themselves_is_led_to_its_spelling(rendered: Make, written: str, meant: str) -> None:
    log = _log("./build/tex/solution.tex:5: Undefined control sequence.", f"l.5 text {written}")
    error = first_error(log, rendered(DOCUMENT), "solution.tex")
    assert error is not None
    assert f"(of a template it is {meant}, in capital letters" in error.message
