r"""Words right beside a formula under test that say another thing than what is judged are refused; what other sentences say is welcome."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.denials import denied
from hwgen.guards.guards import Guard
from hwgen.model.errors import ContentError

Refused = Callable[[Guard, str], list[ContentError]]


@pytest.mark.parametrize(
    "text",
    [
        r"$\checked{b}{x = y}$ is false.",
        r"$\checked{b}{x = y}$, which is wrong",
        r"$\checked{b}{x = y}$ does not hold",
        r"$\checked{b}{x = y}$ is \emph{false}",
        r"$\checked{b}{x = y}$ is~{\bfseries not} true",
        "$\\checked{b}{x = y}$ is %\n  wrong",
        r"$\checked{b}{x = y}$ isn't true",
        r"$\checked{b}{x = y}$ cannot hold",
        r"\[ \checked{b}{x = y} \mbox{ is false} \]",
        "\\[ \\checked{b}{x = y} \\]\nis not true",
        r"\[ \checked{b}{x = y} \quad\text{is false} \]",
        r"\[ \checked{b}{x = y},\qquad\text{ which fails} \]",
        r"$\checked{b}{x = y}$ only fails here",
        r"$\checked{b}{x = y}$, which of course fails",
        r"$\checked{b}{x = y}$ lacks a factor",
    ],
)
def test_words_that_deny_it_are_refused(refused: Refused, text: str) -> None:
    (error,) = refused(denied, text)
    assert error.place is not None
    assert error.place.column == text.index(r"\checked") + 1
    assert error.message == r"\checked{b}: the words after it deny it; expected \refuted, with a claim that says so, or other words"


@pytest.mark.parametrize(
    "text", [r"Is $@$? It is not.", r"Is $@$ true for all $z$? No.", r"\[ @? \]", r"Is \[ @ \] right?", r"Do we have $@$ (see above)?"]
)
def test_a_question_states_nothing(refused: Refused, text: str) -> None:
    (error,) = refused(denied, text.replace("@", r"\checked{b}{x = y}"))
    assert error.message.endswith("asks whether it holds, and says nothing; expected it as a statement, or \\refuted")


@pytest.mark.parametrize(
    "text",
    [
        r"$\refuted{b}{x = y}$ is wrong.",
        r"$\checked{b}{x = y}$ is not hard to see",
        r"$\checked{b}{x = y}$. Is false what is not true?",
        r"Since $\checked{b}{x = y}$, is it large?",
        r"\[ \checked{b}{x = y} \quad\text{is what fails to be false} \]",
        r"$\checked{b}{x = y}$ and its converse is false",
    ],
)
def test_words_that_do_not_deny_it_are_welcome(refused: Refused, text: str) -> None:
    assert refused(denied, text) == []


@pytest.mark.parametrize(
    "text",
    [
        r"It is not true that $@$.",
        "We have n%\not $@$.",
        r"We have n\/ot $@$.",
        "We can’t have $@$.",
        "$@$ isn’t true.",
        r"We do \MakeLowercase{NOT} have $@$.",
        r"We do not have \\ $@$.",
        r"\begin{tabular}{c} false: \\ $@$ \end{tabular}",
        r"\begin{align*}\intertext{The opposite of} @ \end{align*}",
        r"\subsection*{A wrong formula} $@$.",
        r"\begin{proposition}[false] $@$\end{proposition}",
        r"\begin{proof}[Wrong!] $@$\end{proof}",
        r"\begin{proposition}[$-1$] $@$\end{proposition}",
        r"\textbf{False statement.} $@$ passes.",
        r"It is a misconception that $@$.",
        r"It would be nice if $@$.",
        r"Nobody would claim $@$.",
        r"$@$. This is false.",
        r"Suppose $@$. But this is absurd.",
        r"\begin{quote}$@$\end{quote} This is not true.",
        r"$@$ \\ is false.",
        r"$@$, which is nonsense.",
        r"The formula $@$ should read differently.",
        r"\begin{tabular}{c} $@$ \\ \hline is false \end{tabular}",
        r"Nowhere is $@$.",
        r"Hardly ever $@$.",
        r"It is tempting to write $@$.",
        r"One is tempted to say that $@$.",
        r"The following is not claimed: $@$.",
        r"It was never shown that $@$.",
        r"\emph{Not:} $@$.",
        r"Wrongly, $@$.",
        r"This gives erroneously $@$.",
        r"Nobody believes $@$.",
        r"No one claims that $@$.",
        r"\begin{description}\item[Wrong] $@$.\end{description}",
        r"It is \textbf{not} so that $@$",
        r"It is false that \[ @ \]",
        r"It is false, that \begin{align*} @ \end{align*}",
        r"\[ \text{Not } @ \]",
        r"\mbox{not }\mbox{$@$}",
        r"\further{not }$@$",
        r"\footnote{It is not true that $@$.}",
        r"we do not have $@$",
        r"we don't have $@$",
        r"we never have $@$",
        r"one cannot conclude that $@$",
        r"it does not hold in general that $@$",
        r"Wrong: $@$",
        r"unless $@$",
        r"For no $x$ we have $@$",
        r"There is no $x$ with $@$",
        r"\[ \text{There is no }x\text{ with }@ \]",
        r"\[ \nexists x:\ @ \]",
        r"it fails that $@$",
        r"\paragraph{Not} $@$",
        r"\begin{description}\item[Not] $@$\end{description}",
        r"\begin{tabular}{ll} not & $@$ \end{tabular}",
        r"\[ @ \text{ or not} \]",
        r"\[ @ \quad\text{for no }x \]",
        r"\[ @ \tag*{not} \]",
        r"\begin{align} @ \tag{wrong}\end{align}",
        r"$@$ is impossible",
        r"$@$ was refuted",
        r"\textcolor{red}{not} $@$",
        r"$@$ \textcolor{red}{is false}",
        r"not both $@$ and $z$",
        r"not necessarily $@$",
        r"Suppose for contradiction that $@$",
        r"towards a contradiction, $@$",
        r"One might think that $@$",
        r"this contradicts $@$",
        r"which rules out that $@$",
        r"it is far from $@$",
        r"$@$ need not hold",
        r"$@$ may fail",
        r"$@$ is a misprint",
        r"$@$ breaks down",
        r"This does not yield, for $t>0$ and $p\ge1$, $@$",
        r"which never gives $@$",
        r"it does not guarantee for every $p$, $@$",
        r"the opposite of the following: $@$",
        r"$@$ is no longer true",
        r"None of the following holds: \begin{enumerate}\item $@$\end{enumerate}",
        r"The following are wrong: \begin{itemize}\item $z$ \item so $@$\end{itemize}",
        r"not (as one may think) $@$",
        r"It is not true\footnote{See above.} that $@$",
        r"It is not\footnote{See above.} true that $@$",
        r"It is false\footnotemark{} that $@$",
        r"It is not true~\cite{a} that $@$",
        r"It is not\label{a} true that $@$",
        r"$@$,\footnote{See above.} which is false",
        r"$@$ (see above) is false",
        r"$@$,\footnote{This is false.} so",
        r"$@$.\footnote{Not in general.}",
        r"$@$ (not in general), so",
        r"$@$ (but not always)",
        r"$@$ (which is wrong if $z=1$)",
        r"(not always) $@$",
    ],
)
def test_words_before_it_and_in_its_tag_that_deny_it_are_refused(refused: Refused, text: str) -> None:
    (error,) = refused(denied, "We begin. " + text.replace("@", r"\checked{b}{x = y}"))
    assert "deny it; expected \\refuted" in error.message


@pytest.mark.parametrize(
    "text",
    [
        r"which is wrong, and $@$",
        r"It is not hard to see that $@$",
        r"Is it false? Hence $@$",
        r"If it were false, $@$ would say more",
        r"not only $@$",
        r"This is no coincidence: $@$",
        r"This depends not on $p$, and $@$",
        r"There is no other bound, as $@$",
        r"\footnote{not} so $@$",
        "not\n\n$@$",
        r"no loss of $2$ here, since~\cite{false} $@$",
        r"\[ @ \tag{2} \]",
        r"\[ @ \tag*{$\star$} \]",
        r"which is not. Then $@$",
        r"$x$ is not. \[ @ \]",
        r"$@$,\footnote{This is not hard to see.} so",
        r"$@$ (but see below)",
        r"$@$. (This is false for $z$.)",
        r"(see above, where it is false) $@$",
        r"not so (see above). $@$",
        r"It is not hard to see: \begin{itemize}\item $@$\end{itemize}",
        r"This is false. We have: \begin{itemize}\item $@$\end{itemize}",
        r"$@$ may be used where it would follow",
    ],
)
def test_words_before_it_that_do_not_deny_it_are_welcome(refused: Refused, text: str) -> None:
    assert refused(denied, text.replace("@", r"\checked{b}{x = y}")) == []


@pytest.mark.parametrize(
    "text",
    [
        "If not $@$ we have",
        "unless $@$",
        "except for $@$",
        "outside of $@$",
        "for some $@$",
        "for no $@$",
        "without $@$",
        "either $@$ we",
        "for $x<-1$ or $@$",
        "for $@$ or $x<-1$",
        "if $@$ is false",
        "if $@$ does not hold",
        "if $@$ fails",
        "if $@$ is violated",
        r"$\exists x:\ @$",
        r"$\text{not }@$",
        "it is false that $@$",
        "neither for $x$ nor $@$",
        "Never when $@$",
        "It is false for $@$ that",
        "this does not hold for $@$",
        "it fails if $@$",
        "not only for $@$",
        "regardless of whether $@$",
        "for all but $@$",
        "rather than $@$",
        r"For\footnote{not in general} $@$ we",
        r"For\footnote{Not always.} $@$ we",
        "For all (but one) $@$ we",
        "for $@$ (or not)",
        r"for $@$,\footnote{except one} so",
        "Without assuming $@$, so",
        "We drop $@$ and have",
        "for all $t$, in particular for $@$",
        "for all $t$, say $@$",
        "always, also for $@$",
    ],
)
def test_words_that_make_another_hypothesis_of_it_are_refused(refused: Refused, text: str) -> None:
    (error,) = refused(denied, text.replace("@", r"\for{b}{x\ge0}"))
    assert "make another hypothesis of it" in error.message


@pytest.mark.parametrize(
    "text",
    [
        "For $@$ and $y>0$ we have",
        "there are $@$ inputs",
        "Let $@$ or more be given",
        "some step $@$",
        "It is not needed that $x$ is small; for $@$",
        "if $@$, this is false for $-x$",
    ],
)
def test_words_that_assume_it_are_welcome(refused: Refused, text: str) -> None:
    assert refused(denied, text.replace("@", r"\for{b}{x\ge0}")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It is true that $@$.", "say that it holds"),
        ("It is not wrong that $@$.", "say that it holds"),
        ("A misprint. $@$ is right.", "say that it holds"),
        ("$@$ is never wrong", "say that it holds"),
        ("$@$ holds", "say that it holds"),
        ("Hence $@$", "no word near it says that it is wrong"),
        (r"\[ @ \]", "no word near it"),
        (r"\label{false}\[ @ \] by~\cite{error}", "no word near it"),
    ],
)
def test_an_erratum_that_is_not_said_to_be_one_is_refused(refused: Refused, text: str, said: str) -> None:
    (error,) = refused(denied, text.replace("@", r"\refuted{false}{x = y}"))
    assert said in error.message


@pytest.mark.parametrize(
    "text",
    [
        "This is a mistake: $@$.",
        "It is wrong as it lacks a factor on the right: $@$",
        "One often reads $@$.\n\nThat fails.",
        r"\emph{Errata.} \[ @ \]",
        "$@$ is wrong",
    ],
)
def test_an_erratum_that_is_said_to_be_one_is_welcome(refused: Refused, text: str) -> None:
    assert refused(denied, text.replace("@", r"\refuted{b}{x = y}")) == []
