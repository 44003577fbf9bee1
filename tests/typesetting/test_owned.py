r"""An author's command is read as it was defined, and LaTeX tells what it is where the formula stands: the two must agree."""

from __future__ import annotations

import pytest
from conftest import Homework

from hwgen.model.errors import ContentErrors
from hwgen.program import build

LETTER, BRACKETS = (r"A = \pi \mine^2", r"A = \pi\cdot\mine{r}^2")
READ = {
    "a command": (r"\newcommand{\mine}{r}", LETTER),
    "a command of another": (r"\newcommand{\other}{r}\newcommand{\mine}{\other}", LETTER),
    "a command with an argument": (r"\newcommand{\mine}[1]{\left( #1 \right)}", BRACKETS),
    "a document command": (r"\NewDocumentCommand{\mine}{m}{(#1)}", BRACKETS),
    "a paired delimiter": (r"\DeclarePairedDelimiter{\mine}{(}{)}", BRACKETS),
}
CHANGED = {
    "by a package of lists": (r"\newcommand{\mine}{r}\usepackage{etoolbox}\appto\mine{+3}", LETTER),
    "by a calculation": (r"\newcommand{\mine}{r}\usepackage{etoolbox}\numdef\mine{3}", LETTER),
    "by an option": (r"\newcommand{\mine}{r}\usepackage{xstring}\StrLen{abc}[\mine]", LETTER),
    "by a switch": (r"\newcommand{\mytrue}{r}\newcommand{\mine}{\mytrue}\newif\ifmy", LETTER),
    "another that it holds": (r"\newcommand{\other}{r}\newcommand{\mine}{\other}\usepackage{etoolbox}\appto\other{+3}", LETTER),
    "a document command": (r"\NewDocumentCommand{\mine}{}{r}\usepackage{etoolbox}\appto\mine{+3}", LETTER),
}


def _prepared(homework: Homework, head: str, formula: str) -> Homework:
    preamble = homework.root / "templates" / "preamble.tex"
    preamble.write_text(preamble.read_text() + head + "\n")
    homework.change(r"\checked{area}{A = \pi r^2}", rf"\checked{{area}}{{{formula}}}")
    return homework


@pytest.mark.parametrize("what", list(READ))
def test_a_command_that_prints_what_it_is_read_as_is_welcome(homework: Homework, what: str) -> None:
    assert build.pdf(build.read(_prepared(homework, *READ[what]).request()), wrong=False).pdf is not None


@pytest.mark.parametrize("what", list(CHANGED))
def test_a_command_that_is_another_one_in_the_end_is_refused_at_the_formula(homework: Homework, what: str) -> None:
    _prepared(homework, *CHANGED[what])
    with pytest.raises(ContentErrors, match=r"circle\.tex\.j2:5:3: .* does not mean in area what the reader takes it for"):
        build.pdf(build.read(homework.request()), wrong=False)
