r"""Every \checked that LaTeX sees is read back at its place; what it does not see is not; the displays are counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hwgen.model.errors import ContentErrors
from hwgen.page.formulas import displays, meanings_kept, placed
from hwgen.page.template import Rendered

PROJECT = Path(__file__).parent.parent
Make = Callable[[str], Rendered]


def _read(rendered: Rendered) -> list[tuple[str, str, str]]:
    return [(formula.macro, formula.name, formula.text) for formula in placed(rendered)]


def test_the_three_macros_are_read_in_the_order_of_the_page(rendered: Make) -> None:
    text = r"$\checked{a}{x = \frac{1}{2}}$ and $\refuted { b } {y<1}$" + "\n" + r"\verified{c}A sentence."
    assert _read(rendered(text)) == [("checked", "a", r"x = \frac{1}{2}"), ("refuted", "b", "y<1"), ("verified", "c", "")]


def test_every_character_of_a_formula_knows_its_place(rendered: Make) -> None:
    (formula,) = placed(rendered("$\n  \\checked{b}{x % note\n  &= y}$"))
    assert str(formula.place) == "templates/t.tex.j2:2:3"
    assert len(formula.places) == len(formula.text)
    for character, place in (("x", "2:15"), ("=", "3:4"), ("y", "3:6")):
        assert str(formula.places[formula.text.index(character)]) == f"templates/t.tex.j2:{place}"


@pytest.mark.parametrize(
    "hidden",
    [
        "% \\checked{a}{x=1}",
        "\\verb|\\checked{a}{x=1}|",
        "\\begin{verbatim}\n\\checked{a}{x=1}\n\\end{verbatim}",
        "\\end{document}\n\\checked{a}{x=1}",
        "\\checkedout{a}{x=1}",
    ],
)
def test_what_is_not_seen_is_not_read(rendered: Make, hidden: str) -> None:
    assert _read(rendered("before\n" + hidden)) == []


def test_braces_that_are_printed_do_not_close_a_formula(rendered: Make) -> None:
    assert _read(rendered(r"$\checked{a}{\max\{x,y\} = 1}$")) == [("checked", "a", r"\max\{x,y\} = 1")]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a\n\\checked{b}{x = {y}", "2:12", r"\checked: its brace is never closed"),
        ("a \\checked{b} x", "1:3", r"\checked: expected '{' after it"),
        ("a\n\\checked{b}\nx", "2:1", r"\checked: expected '{' after it"),
        ("\\checked", "1:1", r"\checked: expected '{' after it"),
        ("\\checked{b}{x = @@@{constants.y}@}", "1:1", r"\checked{b}: a value inside the formula"),
        ("\\checked{b}{x = \\checked{c}{y = 1}}", "1:1", r"\checked{b}: holds another one"),
        ("\\refuted{b}{x = \\verified{c}}", "1:1", r"\refuted{b}: holds another one"),
    ],
)
def test_what_cannot_be_read_back_is_said_at_its_place(rendered: Make, text: str, place: str, said: str) -> None:
    with pytest.raises(ContentErrors) as caught:
        placed(rendered(text))
    assert str(caught.value.errors[0]).startswith(f"templates/t.tex.j2:{place}: {said}")


def test_all_that_is_wrong_is_told_in_one_go(rendered: Make) -> None:
    with pytest.raises(ContentErrors) as caught:
        placed(rendered("\\def\\le{x}\n$\\checked{b}{@@@{constants.y}@}$\n$\\checked{c}{@@@{constants.y}@}$"))
    assert [error.place.line for error in caught.value.errors if error.place] == [1, 2, 3]


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
        (r"\mathchardef\infty=3", r"\infty"),
        (r"\DeclareMathSymbol{\le}{\mathrel}{symbols}{21}", r"\le"),
        (r"\RenewCommandCopy{\le}{\ge}", r"\le"),
        (r"\DeclarePairedDelimiter{\lvert}{(}{)}", r"\lvert"),
        (r"\def\quad{+1}", r"\quad"),
        (r"\def\,{+1}", r"\,"),
        (r"\def\|{!}", r"\|"),
        (r"\def\checked#1#2{x}", r"\checked"),
        (r"\renewcommand{\verified}[1]{}", r"\verified"),
        (r"\expandafter\def\csname log\endcsname{\exp}", r"\log"),
    ],
)
def test_a_command_that_the_reader_knows_keeps_its_meaning(rendered: Make, definition: str, command: str) -> None:
    with pytest.raises(ContentErrors) as caught:
        placed(rendered("a\n" + definition))
    error = caught.value.errors[0]
    assert error.place is not None
    assert error.place.line == 2
    assert error.message.startswith(f"{command} is redefined; expected")


@pytest.mark.parametrize(
    "definition", [r"\newcommand{\R}{\mathbb R}", r"\def\mylog{x}", r"% \def\log{x}", r"\def\letter{x}", r"\left(\log x\right)"]
)
def test_a_command_of_the_authors_own_is_welcome(rendered: Make, definition: str) -> None:
    assert placed(rendered(definition)) == ()


def test_a_preamble_is_held_to_the_same(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    preamble = tmp_path / "templates" / "preamble.tex"
    preamble.write_text("\\newcommand{\\word}[2]{#2}\n% \\def\\log{x}\n")
    meanings_kept(tmp_path)
    preamble.write_text(preamble.read_text() + "\\renewcommand{\\log}{\\exp}\n")
    with pytest.raises(ContentErrors) as caught:
        meanings_kept(tmp_path)
    assert str(caught.value).startswith(r"templates/preamble.tex:3:1: \log is redefined; expected")


def test_the_preamble_of_the_homework_keeps_them() -> None:
    meanings_kept(PROJECT)


@pytest.mark.parametrize(
    ("display", "relations", "tested"),
    [
        (r"\[ x = y \]", 1, 0),
        (r"\[ \checked{a}{x = y \le z} < w \]", 3, 2),
        (r"$$ x \approx y $$", 1, 0),
        (r"\begin{equation}\label{eq:a=b} \refuted{a}{x=y} \end{equation}", 1, 1),
        (r"\begin{align*} x &= y \\[3pt] &\ge z \end{align*}", 2, 0),
        (r"\begin{gather} \checked{a}{x \\ = y} \end{gather}", 1, 1),
        (r"\[ \sum_{i=1}^{n} x_i \le \max_{j\ne k} y^{a=b}_{c<d} \]", 1, 0),
        (r"\[ x = y \text{ if } z \]", 1, 0),
        (r"\[ x = y \quad\text{whenever $z<1$} \]", 1, 0),
        (r"\[ \checked{a}{f_{x=1} = y} \quad g_i= h \]", 2, 1),
        (r"\[ x \to y \implies z \]", 2, 0),
    ],
)
def test_the_relations_of_a_display_are_counted(rendered: Make, display: str, relations: int, tested: int) -> None:
    (found,) = displays(rendered("text\n" + display))
    assert (found.place.line, found.relations, found.tested) == (2, relations, tested)


@pytest.mark.parametrize(
    "text",
    [
        r"inline $x = y$ and \(x=y\)",
        r"a \\[3pt] b = c \\[3pt]",
        r"% \[ x = y \]",
        r"\[ x + y \]",
        r"\begin{tabular}{l} x \\[2pt] = \]\end{tabular}",
    ],
)
def test_what_is_no_display_with_a_relation_does_not_count(rendered: Make, text: str) -> None:
    assert displays(rendered(text)) == ()


def test_a_statement_in_a_display_is_no_relation(rendered: Make) -> None:
    (found,) = displays(rendered(r"\[ \verified{a=b} x = y \]"))
    assert (found.relations, found.tested) == (1, 0)


@pytest.mark.parametrize(
    "text",
    [
        r"\catcode`x=13 $\checked{b}{x = y}$",
        r"\input{elsewhere.tex} $\checked{b}{x = y}$",
        r"\renewcommand{\kappa}{x} $\checked{b}{\kappa = y}$",
        r"\mathcode`+=`- $\checked{b}{x = y}$",
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
    ],
)
def test_what_changes_the_page_behind_the_reader_is_refused(rendered: Callable[[str], Rendered], text: str) -> None:
    with pytest.raises(ContentErrors, match=r"behind the reader|not looked into|is redefined"):
        placed(rendered(text))
