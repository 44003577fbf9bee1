r"""What LaTeX or a package defined is renewed from a short list only, by a harmless body; the author's own is the author's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.guards import Guard
from hwgen.guards.redefinitions import redefining
from hwgen.model.errors import ContentError

Refused = Callable[[Guard, str], list[ContentError]]


@pytest.mark.parametrize(
    "definition",
    [
        r"\def\mylog{x}",
        r"\gdef\new{x}",
        r"\providecommand{\mylog}{x}",
        r"\DeclareRobustCommand{\mylog}{x}",
        r"\DeclareDocumentCommand{\sqrtsign}{m}{#1}",
        r"\renewrobustcmd{\sqrtsign}{}",
        r"\renewcommand\sqrtsign{}",
        r"\renewcommand*{\mathopen}[1]{2#1}",
        r"\renewcommand{\emph}[1]{not #1}",
        r"\renewcommand{\mbox}[1]{$2$#1}",
        r"\renewcommand{\fbox}[1]{2#1}",
        r"\renewcommand{\theequation}{false}",
        r"\renewcommand{\thefootnote}{$\neg$}",
        r"\renewcommand{\thelem}{$-1\cdot$}",
        r"\renewcommand{\qedsymbol}{$+1$}",
        r"\renewcommand{\proofname}{Refutation}",
        r"\renewcommand{\refname}{Not so}",
        r"\renewcommand{\refname}{$2$}",
        r"\renewenvironment{quote}{}{}",
        r"\newcommand{\thm}{a}\def\thm@space@other{+}",
        r"\DeclareDocumentEnvironment{proof}{}{}{}",
    ],
)
def test_what_is_not_the_authors_own_is_defined_anew_by_nobody(refused: Refused, definition: str) -> None:
    (error,) = refused(redefining, definition)
    assert "expected" in error.message


@pytest.mark.parametrize("name", ["cases", "pmatrix", "smallmatrix", "matrix", "align*", "multline"])
@pytest.mark.parametrize("how", [r"\renewenvironment{@}{-}{}", r"\newenvironment*{@}[1]{-}{}", r"\RenewDocumentEnvironment{@}{}{-}{}"])
def test_an_environment_that_a_formula_holds_keeps_its_meaning(refused: Refused, how: str, name: str) -> None:
    (error,) = refused(redefining, how.replace("@", name))
    assert error.message.startswith(f"the environment {name} is redefined")


def test_an_environment_of_the_authors_own_is_welcome(refused: Refused) -> None:
    assert refused(redefining, r"\newenvironment{mine}{\begin{center}}{\end{center}}") == []


@pytest.mark.parametrize(
    "definition",
    [
        r"\newcommand{\R}{\mathbb R}",
        r"\newcommand{\mylog}{x}\renewcommand{\mylog}{y}",
        r"\newenvironment{mine}{}{}\renewenvironment{mine}{a}{}",
        r"% \def\log{x}",
        r"\left(\log x\right)",
        r"\renewcommand{\arraystretch}{1.2}",
        r"\renewcommand{\refname}{Literature}",
        r"\renewcommand{\proofname}{Proof, in short}",
        r"\renewcommand{\theequation}{\thesection.\arabic{equation}}",
        r"\renewcommand{\thesubsection}{\thesection.\Alph{subsection}}",
        r"\renewcommand{\labelenumi}{(\roman{enumi})}",
        r"\renewcommand{\labelitemi}{$\bullet$}",
        r"\renewcommand\labelitemi{--}",
        r"\renewcommand{\thefootnote}{\fnsymbol{footnote}}",
        r"\renewcommand{\qedsymbol}{$\blacksquare$}",
    ],
)
def test_a_command_of_the_authors_own_is_welcome(refused: Refused, definition: str) -> None:
    assert refused(redefining, definition) == []
