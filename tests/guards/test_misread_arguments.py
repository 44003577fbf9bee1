r"""Where LaTeX takes more of the text for an argument than it looks like, the page is refused at that place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.guards import Guard
from hwgen.guards.misread_arguments import astray
from hwgen.model.errors import ContentError

Refused = Callable[[Guard, str], list[ContentError]]


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (r"a \\[ x = y ]", 3, r"\\ takes what stands in [ ] after it for a length; expected {} or a space between"),
        (r"a \\[\checked]", 3, r"\\ takes what stands in [ ]"),
        (r"a \begin % {equation}", 3, r"\begin without the name of an environment beside it"),
        ("a \\begin%\n{equation}", 3, r"\begin without the name of an environment beside it"),
        (r"a \verb|$ b", 3, r"\verb is not closed on its line; expected the same character on both sides"),
        (r"$\frac$ 2", 2, r"\frac has nothing after it that could be its argument; expected braces"),
        (r"$\frac1$ 2", 2, r"\frac has nothing after it"),
        (r"$x^$", 3, "^ has nothing after it"),
        (r"$\hat\checked{a}{x = y}$", 2, r"\hat has nothing after it"),
        (r"see \eqref $x$", 5, r"\eqref has nothing after it"),
        (r"\section $x$", 1, r"\section has nothing after it"),
        (r"\begin{tabular} x \end{tabular}", 1, r"\begin{tabular} without its argument; expected braces after it"),
        (r"\begin{theorem}[of $a] x$ \end{theorem}", 16, r"[ after \begin{theorem} has no ] of its own; expected one"),
        (r"\item [a[b]]", 7, r"[ after \item has no ] of its own"),
        ("\\item [a\n\nb]", 7, r"[ after \item has no ] of its own"),
    ],
)
def test_what_would_be_taken_for_an_argument_is_refused(refused: Refused, text: str, column: int, said: str) -> None:
    error = refused(astray, text)[0]
    assert error.message.startswith(said)
    assert error.place is not None
    assert (error.place.line, error.place.column) == (1, column)


@pytest.mark.parametrize(
    "text",
    [
        r"\\[2pt] a \\*[-0.5\baselineskip] b \\ [c] \\{}[d]",
        r"$\frac12$ and $\frac1{2}$ and $\frac 1 2$ and $\frac{1}{2}$ and $\sqrt[3]2$ and $x_\alpha^*$",
        r"\verb|$| \verb*!{! \verb+%+",
        r"\titleformat{\section}{a}{b} and \section*{a}",
        r"\begin{tabular}[t]{ll} x \end{tabular} \begin{theorem}[of $[0,1)$ and {]}] x \end{theorem}",
        r"\begin{equation}[0,1]\end{equation} $[0,1)$ \small[a",
        r"\item[] a \item[{[a]}] b",
    ],
)
def test_what_has_its_argument_is_welcome(refused: Refused, text: str) -> None:
    found = [one.message for one in refused(astray, text)]
    assert found == ([] if "of $[0,1)$" not in text else found[:1])
