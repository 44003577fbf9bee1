r"""What stands around a formula under test and is read together with it, whichever guard knows that; and what is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.denials import denied
from hwgen.guards.guards import Guard
from hwgen.guards.operations import altered
from hwgen.guards.surroundings import joined
from hwgen.model.errors import ContentError

Refused = Callable[[Guard, str], list[ContentError]]
C = r"\checked{b}{x &= y}"


def said(refused: Refused, text: str) -> list[ContentError]:
    return [error for guard in (altered, denied, joined) for error in refused(guard, "We get. " + text.replace("@", C))]


@pytest.mark.parametrize(
    "text",
    [
        # decimals
        r"$@$.$5$ as well",
        r"$@$,$5$",
        r"$@$,{}$5$",
        r"$@$,{5}",
        r"$@$,\textup{5}",
        r"$@$,\mbox{5}",
        r"$@$,\given{5}",
        r"$@$:$5$",
        r"$@$.\textsuperscript{2}",
        # the row below
        r"\begin{align*} @ \\ & s \end{align*}",
        r"\begin{align*} @ \\ &\quad s \end{align*}",
        r"\begin{align*} @ \\ &\sin s \end{align*}",
        r"\begin{multline*} @ \\ s \end{multline*}",
        # words inside the display
        r"\[ @ \qquad\text{wrong} \]",
        r"\[ @ \qquad\text{(wrong)} \]",
        r"\[ @ \quad\text{(false)} \]",
        r"\begin{align*} @ \\ &\text{is wrong} \end{align*}",
        # a bracket behind a space
        r"$@$ ($s$) as well",
        r"$@$ (5) as well",
        r"$@$ [5] as",
        r"$@$ ($s+1$) as",
        r"$@$ ($-s$)",
        r"$@$ ($=s$)",
        r"$@$ ($\log s$)",
        r"($@$) $^2$ then",
        r"($@$) $+s$ then",
        r"We have ($s$) $@$",
        r"We have ($-$) $@$",
        r"We have ($\log$) $@$",
        r"$@$ \parbox{1cm}{$s$} here",
        r"$@$ \begin{tabular}{c}$s$\end{tabular} here",
        r"$@$ \begin{minipage}{1cm}$s$\end{minipage} here",
        # over a break
        r"$@$ \[ +s \]",
        r"$@$\par $+s$",
        r"$@$ \begin{center}$+s$\end{center}",
        # asides and dashes
        r"$@$ (false)",
        r"$@$ --- wrong",
        r"$@$ --- not",
        r"$@$, \emph{not}",
        r"$@$: no.",
        r"A common mistake: $@$",
        r"Erratum: $@$",
        r"Instead of $@$ we have more",
        # words
        r"$@$ halves",
        r"one over $@$",
        r"$@$ never",
        r"$@$ in base $3$",
    ],
)
def test_what_is_read_together_with_a_formula_is_refused(refused: Refused, text: str) -> None:
    assert said(refused, text)


@pytest.mark.parametrize(
    "text",
    [
        r"$@$. $5$ as well",
        r"$@$, $5$",
        r"$@$: so",
        r"\begin{align*} @, \\ & s \end{align*}",
        r"\begin{align*} @ \\ &@ \end{align*}",
        r"\begin{align*} @ \\ s &= 2 \end{align*}",
        r"\begin{align*} \checked{b}{x &= y,} \\ & s \end{align*}",
        r"\begin{align*} @ \\ &\text{for all }s \end{align*}",
        r"\begin{gather*} @ \\ s \end{gather*}",
        r"$@$ ($s>0$) as",
        r"$@$ (see $s$)",
        r"$@$ ($s$ is large)",
        r"$@$ (i)",
        r"($@$) and $+s$",
        r"$@$ \begin{tabular}{c}so it is\end{tabular}",
        r"so (for $s$) $@$",
        r"$@$ \[ s = 1 \]",
        r"$@$ --- so, not only",
        r"$@$, no matter what",
        r"$@$ with false positives",
        r"$@$, never mind",
    ],
)
def test_what_stands_apart_from_a_formula_is_welcome(refused: Refused, text: str) -> None:
    assert said(refused, text) == []
