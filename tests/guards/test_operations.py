r"""Words right beside a formula under test that say another formula, or a condition that nothing tests, are refused; others are welcome."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.guards import Guard
from hwgen.guards.operations import altered
from hwgen.model.errors import ContentError

Refused = Callable[[Guard, str], list[ContentError]]
C, F = r"\checked{b}{x = y}", r"\for{b}{x\ge0}"


@pytest.mark.parametrize(
    "text",
    [
        "twice $@$",
        "twice $@$ plus one",
        "half $@$",
        "one half of $@$",
        "a third of the $@$",
        "Minus $@$",
        "one plus $@$",
        "the square of $@$",
        "the square root of $@$",
        "the logarithm of $@$",
        "the negative of $@$",
        "the converse of $@$",
        "contrary to $@$",
        "the sum of $@$ and $z$",
        "two times $@$",
        "$n$ times $@$",
        "3 times $@$",
        r"it is \emph{twice} $@$",
        r"twice (as above) $@$",
        r"twice\footnote{Here.} $@$",
        r"\[ \text{twice } @ \]",
        r"\paragraph{Twice} $@$",
        r"\begin{description}\item[minus] $@$\end{description}",
        r"twice \[ @ \]",
        r"$@$ squared",
        r"$@$, cubed",
        r"$@$ plus one",
        r"$@$ plus $z$",
        r"$@$ plus 1",
        r"$@$ plus a constant",
        r"$@$ plus half of it",
        r"$@$ minus the second",
        r"$@$ times two",
        r"$@$ divided by $z$",
        r"$@$ over two",
        r"$@$ over $2$",
        r"$@$ over $\frac12$",
        r"$@$ over $s+1$",
        r"$1$ over $@$",
        r"\[ @ \quad\text{twice} \]",
        r"\[ @ \text{, and three times} \]",
        r"\[ z = 1 \quad\text{minus} \] \[ @ \]",
        r"\[ z = 1 \quad\text{twice} \] \[ @ \]",
        r"\[ @ \] \[ \text{plus }z \]",
        r"$@$ per cent",
        r"$@$ modulo $2$",
        r"$@$ to the third power",
        r"$@$ (see above) plus one",
        r"\[ @ \text{ plus one} \]",
        r"\[ @ \quad\text{plus }z \]",
        r"\[ @ \] squared",
        r"$@$ with the opposite sign",
        r"$@$ with $x$ and $y$ exchanged",
        r"$@$ the other way round",
        r"$@$ million",
        r"$@$ cm",
        r"$@$ m",
        r"$@$ dx",
        r"$@$ mod",
        r"log $@$",
        r"\emph{x} $@$",
        r"naïve\'e t $@$",
        r"$@$ (squared)",
        r"(twice) $@$",
        r"$@$,\footnote{plus one} so",
        "twice ?",
        "minus ?",
        "exchanging both sides of $@$",
        "approximately $@$",
        "so. Twice: $@$",
        r"so. Twice: \begin{itemize}\item $@$\end{itemize}",
        r"this is minus \begin{enumerate}\item $z$ \item $@$\end{enumerate}",
        r"$@$ with $s$ in place of $t$",
        r"$@$, with $s$ instead of $t$",
        r"$@$ if $s$ and $t$ are exchanged",
        r"$@$ after replacing $s$ by $t$",
        r"$@$ approximately",
        r"$@$ up to a constant",
        r"$@$, up to sign",
        r"$@$ up to its sign",
    ],
)
def test_words_that_make_another_formula_of_it_are_refused(refused: Refused, text: str) -> None:
    (error,) = refused(altered, "We get " + text.replace("@", C).replace("?", f"${F}$"))
    assert "makes another formula of it than the one that is judged; expected all of it inside the braces" in error.message


@pytest.mark.parametrize(
    "text",
    [
        r"$@$ unless $t>1$",
        r"$@$, except for $t=0$",
        r"$@$ if and only if $t<0$",
        r"$@$ if, and only if, $t<0$",
        r"$@$ iff $t<0$",
        r"$@$ holds exactly when $t<0$",
        r"$@$ only for $t<0$",
        r"\[ @ \quad\text{if and only if }t<0 \]",
        r"\[ @ \quad\text{only} \]",
        r"\[ @ \] only if $t<0$",
        r"$t<0$ if and only if $@$",
        r"\[ t<0 \quad\text{iff}\quad @ \]",
    ],
)
def test_a_condition_that_nothing_tests_is_refused(refused: Refused, text: str) -> None:
    (error,) = refused(altered, text.replace("@", C))
    assert "beside it says that it fails elsewhere" in error.message
    assert r"expected the condition as \for{…}{…}" in error.message


@pytest.mark.parametrize(
    "text",
    [
        "We need this twice. $@$",
        "we use it twice, as $@$",
        "for the left half $@$",
        "the sum is $@$",
        "Squares are positive; $@$",
        "$@$ times, and",
        "$@$ twice, and $@$ over $[0,1]$",
        "$@$ over $n\\ge1$",
        "$@$ plus the fact that",
        "$@$ over the whole range, $@$ over $z$",
        "(i) $@$; (ii) $@$, (b)~$@$",
        "$@$; minus signs, $@$: half of",
        "\\[ @ \\] Minus signs",
        r"\begin{tabular}{ll} a & $@$ \\ b & $@$ \end{tabular}",
        "$@$ with $z$ large",
        "$@$ i.e. so, and $@$ s.t. so",
        "$@$ a second time",
        "$@$ do not commute",
        "a $@$ and I $@$",
        "in case b $@$, in step j $@$",
        r"Poincar\'e $@$ and it's $@$",
        "$@$ (plus the fact that)",
        "which tends to $z$ times the expectation of \\[ @ \\]",
        r"$@$ if $t<0$",
        r"$@$ only uses $t$",
        r"$@$ if and only if ?",
        r"$@$ only for all ?",
        r"? if and only if $@$",
        r"at all times ?",
        r"at two times ?",
        r"only for ?",
        r"\[ @ \quad\text{for all } t \]",
        r"\[ @ \quad\text{only if } \for{b}{x\ge0} \]",
        r"We use this twice: \begin{itemize}\item $@$\end{itemize}",
        r"We use this twice: $@$",
        r"$@$, with $s$ in $z$",
        r"$@$ and $z$ are exchanged",
    ],
)
def test_other_words_are_welcome(refused: Refused, text: str) -> None:
    assert refused(altered, text.replace("@", C).replace("?", f"${F}$")) == []
