r"""Thirty mistakes of different kinds, each on a plain line, in a loop and in an included file: the message names the author's line."""

from __future__ import annotations

import re
import shutil

import pytest
from conftest import Homework

from hwgen.model.errors import HwgenError
from hwgen.program import build

HERE = "<HERE>"
# Each mistake stands on the line that ends in HERE; the text around it is sound.
MISTAKES = {
    "an undefined macro": (rf"A \nowhere word.{HERE}", r"Undefined control sequence \nowhere"),
    "an undefined macro in align": (f"\\begin{{align*}}\n  a &= b\\\\\n  c &= \\nowhere{HERE}\\\\\n  e &= f\n\\end{{align*}}", r"\nowhere"),
    "an undefined macro in a footnote": (f"Text\\footnote{{first\n  second \\nowhere{HERE}\n  third}}.", r"\nowhere"),
    "an undefined macro in a caption": (f"\\begin{{figure}}[ht]\n\\caption{{One\n  \\nowhere{HERE}\n two}}\n\\end{{figure}}", r"\nowhere"),
    "an unknown environment": (f"\\begin{{nowhere}}{HERE}\ntext\n\\end{{nowhere}}", "Environment nowhere undefined"),
    "an environment never closed": (f"\\begin{{itemize}}{HERE}\n\\item one", r"\begin{itemize} is never closed|\begin{itemize} opened at"),
    "an environment closed by another": (
        f"\\begin{{itemize}}\n\\item one\n\\end{{enumerate}}{HERE}",
        r"is not closed before \end{enumerate}",
    ),
    "an environment closed twice": (f"\\begin{{center}}\nx\n\\end{{center}}\n\\end{{center}}{HERE}", r"\end{center}"),
    "a brace never closed": (f"A \\emph{{word.{HERE}", "{"),
    "a brace closed twice": (f"A \\emph{{word}}}}.{HERE}", "}"),
    "a dollar never closed": (
        f"A formula $x and no end.{HERE}",
        "$ is not closed before the paragraph ends|$ is never closed|$ has no partner",
    ),
    "left without right": (f"\\[ \\left( x \\]{HERE}", r"\left"),
    "right without left": (f"\\[ x \\right) \\]{HERE}", r"\right"),
    "a display never closed": (f"\\[ x = y{HERE}\n\nMore text.", r"\["),
    "mathematics outside of it": (f"The power x^2 is large.{HERE}", "Missing $ inserted"),
    "a Greek letter outside of mathematics": (rf"The angle \alpha is small.{HERE}", "Missing $ inserted"),
    "an ampersand in text": (f"Weyl & Hoeffding.{HERE}", "Misplaced alignment tab"),
    "a hash in text": (f"The # sign.{HERE}", "macro parameter character"),
    "two superscripts": (f"$x^2^3${HERE}", "Double superscript"),
    "two subscripts": (f"$x_2_3${HERE}", "Double subscript"),
    "an item outside a list": (f"\\begin{{itemize}}\ntext before the item{HERE}\n\\item one\n\\end{{itemize}}", "missing \\item"),
    "too many columns": (f"\\begin{{tabular}}{{ll}}\na & b & c\\\\{HERE}\n\\end{{tabular}}", "Extra alignment tab"),
    "a missing figure file": (rf"\includegraphics{{figures/nowhere.pdf}}{HERE}", "nowhere.pdf"),
    "a missing package command": (rf"\SI{{3}}{{m}}{HERE}", r"\SI"),
    "an unknown length": (rf"A \hspace{{3}} space.{HERE}", "Illegal unit of measure"),
    "an unknown constant": (
        rf"The slope is $\VAR{{constants.slope_dart}}$.{HERE}",
        "no such name in constants. Did you mean 'slope_darts'?",
    ),
    "an unknown figure": (rf"\includegraphics{{\VAR{{figures.dart_error}}}}{HERE}", "no such name in figures. Did you mean 'darts_error'?"),
    "an undefined Jinja name": (rf"By \VAR{{author}}.{HERE}", "'author' is undefined"),
    "an undefined Jinja attribute": (rf"By \VAR{{student.name}}.{HERE}", "student has no attribute 'name'"),
    "a Jinja statement never closed": (rf"\BLOCK{{if student.nom}}x{HERE}", r"\BLOCK{if …} is never closed; expected \BLOCK{endif}"),
    "an unknown Jinja statement": (rf"\BLOCK{{unless student.nom}}{HERE}", "unless …} is no statement; expected one of"),
    "an unknown claim": (rf"$\checked{{aera}}{{A = \pi r^2}}${HERE}", "no claim of that name. Did you mean 'area'?"),
    "the wrong macro": (rf"$\refuted{{area}}{{A = \pi r^2}}${HERE}", r"\refuted{area}"),
    "a formula that could be misread": (rf"$\checked{{area}}{{A = 1/2\pi r^2}}${HERE}", "read in two ways"),
    "a formula with an unbound symbol": (rf"$\checked{{area}}{{A = \pi R^2}}${HERE}", "'R' is not bound"),
    "a formula without a relation": (rf"$\checked{{area}}{{\pi r^2}}${HERE}", "holds no relation"),
    "a value inside a formula": (rf"$\checked{{area}}{{A = \VAR{{constants.slope_darts}} r^2}}${HERE}", "a value inside the formula"),
    "a redefined command": (rf"\renewcommand{{\log}}{{\ln}}{HERE}", r"\log is redefined"),
}


@pytest.fixture
def homework(known: Homework) -> Homework:
    """The toy homework, all that is computed for its page known, and nothing of LaTeX's: with that, what fails is typeset twice."""
    shutil.rmtree(known.root / "build/tex")
    return known


LOOP = "\\BLOCK{for one in [1]}\n%s\n\\BLOCK{endfor}"


def planted(homework: Homework, text: str, how: str) -> str:
    """Plant the text; the template line that it is to be found at."""
    body = LOOP % text if how == "loop" else text
    template = homework.template
    if how == "include":
        template = homework.root / "templates" / "part.tex.j2"
        template.write_text("A first line.\n\n" + body.replace(HERE, "") + "\n\nA last line.\n")
        homework.change("lies above its tangent", 'lies above\n\\BLOCK{include "part.tex.j2"}\nits tangent')
        before = "A first line.\n\n" + body
    else:
        homework.change("The disc is the same", body.replace(HERE, "") + "\n\nThe disc is the same")
        before = template.read_text().partition(body.replace(HERE, ""))[0] + body
    return f"templates/{template.name}:{before.partition(HERE)[0].count(chr(10)) + 1}"


@pytest.mark.parametrize("how", ["plain", "loop", "include"])
@pytest.mark.parametrize("what", list(MISTAKES))
def test_a_planted_mistake_is_named_at_its_line(homework: Homework, what: str, how: str) -> None:
    text, said = MISTAKES[what]
    place = planted(homework, text, how)
    if how == "include":
        homework.change(",\n\\end{equation*}\nwhich lies", ".\n\\end{equation*}\nIt lies")
    with pytest.raises(HwgenError) as caught:
        build.pdf(build.read(homework.request()))
    message = str(caught.value)
    assert any(part in message for part in said.split("|"))
    assert re.search(rf"{re.escape(place)}(?!\d)", message), f"{place} is not in: {message}"
