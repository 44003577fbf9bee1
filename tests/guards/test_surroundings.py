r"""What is printed beside a \checked and would be read as part of it is refused, on both sides; what ends or begins a part is welcome."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from hwgen.guards.guards import Guard
from hwgen.guards.redefinitions import hidden
from hwgen.guards.surroundings import joined
from hwgen.model.errors import ContentError
from hwgen.page.page import Page
from hwgen.page.rendered import Rendered
from hwgen.page.text import visible

Make = Callable[[str], Page]
Refused = Callable[[Guard, str], list[ContentError]]
C = r"\checked{b}{x = y}"


@pytest.mark.parametrize(
    "before",
    [
        r"$2",
        "$-",
        r"$\frac12 ",
        r"$2\,",
        r"$\tfrac12\,",
        r"$-\quad",
        r"$2&",
        r"$-1&",
        r"$2\displaystyle",
        r"$2\text{}",
        r"$2{}",
        r"$2{}\quad{}",
        r"$\frac12=",
        r"$2p\ge",
        r"$z=",
        r"$\mathbb{E}",
        r"$2\label{e}",
        r"$2\notag ",
        r"$z \implies ",
        r"$\bigl(",
        r"$(",
        r"$2,",
        r"$2,\,",
        "$2,\n",
        r"$2\begin{split}",
        r"$2+\\ ",
        r"$z=\\[2pt] &",
        r"$2\two",
        r"$2\left.",
        r"$\not",
        r"$2\hspace{1em}",
        r"$2\phantom{x}",
        r"$\text{and 2}",
        r"$\text{with $p=2$}",
        r"$2\cdot \text{ where }",
        r"$2+\\ \intertext{where}",
    ],
)
def test_what_is_printed_right_before_a_formula_is_refused(refused: Refused, before: str) -> None:
    (error,) = refused(joined, "a\n" + before + C + "$")
    assert re.search("right before it belongs to the same formula", error.message)
    assert error.place is not None
    assert error.place.line == 2 + before.count("\n")


@pytest.mark.parametrize(
    "after",
    [
        "^2",
        "_2",
        "+1",
        ".5",
        r"\text{}+1",
        r"\,+1",
        r",\! 1",
        ",000",
        ", 000",
        r"\quad+1",
        r"\verified{x}{}+1",
        "{}+1",
        "z",
        r"\,z",
        r"\mathbin{+}z",
        r"&+1",
        r"\\+1",
        r"\\[2pt] &\quad+1",
        r"\\ \label{e}\cdot z",
        r"\quad(z)",
        r"\;(z>0)",
        r"(z>0)",
        r"\quad(z>0)^2",
        r"\quad(z>0)z",
        r"\label{e}+1",
        r"\end{split}^2",
        C,
        r"\,.\,5",
        r".{}5",
        r"\text{+1}",
        r"\text{squared}^2",
        r"\text{ll}+1",
        r"\qedhere^2",
        r"\,!",
        r"\bigr)",
        "'",
        r"\\ {+}1",
        r"\\ \mathbin{+}1",
        r"\\ \hspace{1em}+1",
        r"\\ \big(z\big)",
        r"\pmod 3",
        r"\text{$+1$}",
        r"\quad\text{ $+1$}",
        r"\hspace{1em}z",
        r"\phantom{x}^2",
    ],
)
def test_what_is_printed_right_after_a_formula_is_refused(refused: Refused, after: str) -> None:
    error = refused(joined, "a\n$" + C + after + "$")[0]
    assert re.search("right after it belongs to the same formula", error.message)


@pytest.mark.parametrize("after", [">0", r" < \tfrac12R\,\ell", r"\,=z", r"\quad\approx 3", r"&\le z", r"{}=z"])
def test_a_relation_that_hangs_on_a_formula_is_to_be_put_inside(refused: Refused, after: str) -> None:
    (error,) = refused(joined, "a\n$" + C + after + "$")
    assert re.search(r"relation that hangs on it is not judged; .* inside the braces", error.message)


@pytest.mark.parametrize(
    "text",
    [
        r"$\frac12$$" + C + "$",
        "$2$ $" + C + "$",
        r"$2\,$~$" + C + "$",
        "2$" + C + "$",
        "-$" + C + "$",
        "at least 2 $" + C + "$",
        r"\(2\)\(" + C + r"\)",
        r"\textbf{2}$" + C + "$",
        r"2\,$" + C + "$",
        "f($z$)=$" + C + "$",
        "$" + C + "$$^2$",
        "$" + C + "$$ {}+1$",
        "$" + C + "${}$+1$",
        "$" + C + "$.5",
        "$" + C + "$2",
        "$" + C + "$ + 1",
        "$" + C + "$-1",
        r"$2$\verified{x}$" + C + "$",
        "$" + C + r"$\label{x}$+1$",
        "$" + C + r"$\,2",
        r"\(" + C + r"\) \(+1\)",
        "$" + C + "$,5",
        "$" + C + r"$\textsuperscript{2}",
        r"2\begin{math}" + C + r"\end{math}",
        "½$" + C + "$",
        "−$" + C + "$",
        "$" + C + "$²",
        "$" + C + "$ × 2",
        r"\begin{math}" + C + r"\end{math}+1",
    ],
)
def test_what_is_read_on_from_or_into_the_text_is_refused(refused: Refused, text: str) -> None:
    (error,) = refused(joined, "for\n" + text + "\nand")
    assert re.search(r"right (before|after) its \$ is read as if it belonged to the same formula", error.message)


def test_a_formula_outside_of_mathematics_is_refused(refused: Refused) -> None:
    (error,) = refused(joined, r"$a$ 2\checked{b}{x = y} $c$")
    assert re.search("stands outside of a formula", error.message)


@pytest.mark.parametrize("overprinted", [r"\llap{2}", r"\rlap{2}", r"\mathclap{2}", r"\kern-5pt ", r"\mskip-3mu "])
def test_what_is_printed_over_something_else_is_refused(refused: Refused, overprinted: str) -> None:
    (error,) = refused(hidden, "a " + overprinted + "b $" + C + "$")
    assert re.search("over something else", error.message)


@pytest.mark.parametrize(
    ("over", "beside"),
    [
        (r"\makebox[0pt][r]{x}", r"\makebox[2cm][l]{x}"),
        (r"\hbox to 0pt{x}", r"\hbox{x}"),
        (r"\begin{tabular}{l}a\\\noalign{\vskip-12pt} b\end{tabular}", r"\begin{tabular}{l}a\\\noalign{\vskip2pt} b\end{tabular}"),
        (r"\rule[13pt]{5cm}{1pt}", r"\rule[-2mm]{0pt}{6mm}"),
        (r"\begin{picture}(0,0)\put(60,-20){x}\end{picture}", r"\begin{picture}(60,20)\put(6,2){x}\end{picture}"),
        (r"\raisebox{1cm}[0pt][0pt]{x}", r"\raisebox{2pt}{x}"),
        (r"\tikz[overlay]\draw (0,0);", r"\tikz\draw (0,0);"),
    ],
)
def test_a_box_or_a_line_that_stands_over_something_else_is_refused(refused: Refused, over: str, beside: str) -> None:
    (error,) = refused(hidden, f"a {over} b ${C}$")
    assert "may print one thing over something else; expected" in error.message
    assert refused(hidden, f"a {beside} b ${C}$") == []


@pytest.mark.parametrize(
    "text",
    [
        f"${C}$",
        rf"\({C}\)",
        f"$${C}$$",
        f"$p\\ge{C}$",
        rf"every $\lambda<{C}$.",
        f"(${C}$)",
        f"${C}$-close",
        f"---${C}$---",
        "\\begin{align*}\n  \\label{e} " + C.replace("=", "&=") + ",\\\\\n &" + C + ".\n\\end{align*}",
        rf"\[ {C},\qquad {C}\quad\text{{so}} \]",
        rf"\[ {C}.\qedhere \]",
        rf"\[ {C},\qquad\text{{that is,}}\quad{C}, \]",
        rf"\[ {C}\verified{{x}}. \]",
        "\\begin{align}\n" + C + ",\n &\n" + C + ",\n\\end{align}",
        "\\begin{equation}\\label{e}\n\\begin{split}\n" + C + ",\n\\end{split}\n\\end{equation}",
        "\\begin{gather}\n" + C + "\\\\\n" + C + "\n\\end{gather}",
        rf"\[ {C} \qquad {C} \]",
        rf"\[ z,\quad {C}\text{{ for all $x$}} \]",
        rf"$z \text{{ and ${C}$}}$",
        rf"1 & ${C}$ & $2$\\",
        rf"${C}$\verified{{x}}.",
        rf"\verified{{x}}${C}$",
        rf"\begin {{equation}} {C} \end {{equation}}",
        rf"\begin{{displaymath}} {C} \end{{displaymath}}",
        "\\begin{eqnarray*}\n" + C.replace("=", "&=&") + ",\\\\\n" + C + "\n\\end{eqnarray*}",
        rf"\begin{{math}} {C} \end{{math}}",
        "\\begin{alignat*}{2}\n" + C + "\n\\end{alignat*}",
        "\\begin{align*} z &= 1,\\\\ \\intertext{and} " + C + "\\end{align*}",
        rf"\[ {C} \qquad(z>0) \]",
        rf"\[ {C}, \quad (z\in A). \]",
        rf"${C}$ 2-norm",
    ],
)
def test_ends_punctuation_words_and_a_bound_are_fine(page: Make, text: str) -> None:
    one = page("for\n" + text + "\nand")
    assert one.formulas
    assert list(joined(one)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"a $b$ \$ $$c$$ \(d\) \[e\]", ["b", "c", "d", "e"]),
        (r"$a \text{ b $c$ {d} } e$", [r"a \text{ b $c$ {d} } e", "c"]),
        (r"\begin{alignat}{2}a\end{alignat}\begin{quote}b\end{quote}", ["a"]),
        (r"\begin{align*}a\\[2pt]b\end{align*}", [r"a\\[2pt]b"]),
        ("a } $b$ never {", ["b"]),
    ],
)
def test_the_formulas_of_a_text_are_found(text: str, found: list[str]) -> None:
    assert [text[one.low : one.high] for one in visible(Rendered(text, ())).formulas] == found
