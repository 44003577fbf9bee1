"""What is opened and never closed is found before LaTeX runs, at both of its ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.balance import balanced
from hwgen.errors import ContentError
from hwgen.render import Rendered

Make = Callable[[str], Rendered]


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{document}a {b \textbf{c}} $x_{1}$ \(y\) \[z\]" + "\n\\end{document}\n}}} after the end",
        r"\begin{align*} \left( x \right] &= \leftarrow y \rightarrow \end{align*}",
        r"\left\{ x \right\} \{ alone \$ 5 \%",
        "a % } {\nb",
        r"\verb|{| and $ \text{if $x$} $",
        r"line \\[3pt] next",
        "$$x$$",
    ],
)
def test_what_is_balanced_passes(rendered: Make, text: str) -> None:
    balanced(rendered(text))


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a\nb {c\nd", "2:3", "{ is never closed"),
        ("a\nb } c", "2:3", "} closes nothing; expected { before it"),
        ("\\begin{align}\nx\n\\end{align*}", "3:1", r"\begin{align} opened at templates/t.tex.j2:1:1 is not closed before \end{align*}"),
        ("\\begin{proof}\n{x\n\\end{proof}", "3:1", r"{ opened at templates/t.tex.j2:2:1 is not closed before \end{proof}"),
        ("$\\left( x$", "1:10", r"\left opened at templates/t.tex.j2:1:2 is not closed before $"),
        ("x \\right)", "1:3", r"\right closes nothing"),
        ("a $x\n\n\\begin{b}\\end{b} y", "1:3", "$ is not closed before the paragraph ends"),
        ("\\[ x", "1:1", r"\[ is never closed"),
        ("\\begin{document}\n\\begin{proof}\n\\end{document}", "2:1", r"\begin{proof} is never closed"),
    ],
)
def test_what_is_not_is_said_at_its_place(rendered: Make, text: str, place: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        balanced(rendered(text))
    assert said in caught.value.message
    assert str(caught.value.place) == f"templates/t.tex.j2:{place}"
