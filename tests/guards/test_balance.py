"""What is opened and never closed is found before LaTeX runs, at both of its ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import PROJECT

from hwgen.guards.balance import unbalanced
from hwgen.guards.guards import Guard
from hwgen.model.errors import ContentError
from hwgen.page.page import Page
from hwgen.page.rendered import Rendered
from hwgen.page.text import visible

Refused = Callable[[Guard, str], list[ContentError]]


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
def test_what_is_balanced_passes(refused: Refused, text: str) -> None:
    assert refused(unbalanced, text) == []


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a\nb {c\nd", "2:3", "{ is never closed"),
        ("a\nb } c", "2:3", "} closes nothing; expected { before it"),
        ("\\begin{align}\nx\n\\end{align*}", "3:1", r"\begin{align} opened at templates/t.tex.j2:1:1 is not closed before \end{align*}"),
        ("\\begin{lemma}\nx\n\\end{lemam}", "3:1", r"is not closed before \end{lemam}: one of the two is misspelt"),
        ("\\[ x \\)", "1:6", r"\[ opened at templates/t.tex.j2:1:1 is not closed before \)"),
        ("\\begin{proof}\n{x\n\\end{proof}", "2:1", r"{ is never closed; expected } before \end{proof} at templates/t.tex.j2:3:1"),
        ("$\\left( x$", "1:2", r"\left is never closed; expected \right before $ at templates/t.tex.j2:1:10"),
        ("\\emph{\n\\begin{proof} x}", "2:1", r"\begin{proof} is never closed; expected \end{proof} before } at templates/t.tex.j2:2:16"),
        ("\\begin{proof}\nx}\n\\end{proof}", "2:2", "} closes nothing; expected { before it"),
        ("$x}$ and $y$", "1:3", "} closes nothing; expected { before it"),
        ("x \\right)", "1:3", r"\right closes nothing"),
        ("a $x\n\n\\begin{b}\\end{b} y", "1:3", "$ is not closed before the paragraph ends"),
        ("\\[ x", "1:1", r"\[ is never closed"),
        ("\\begin{document}\nx", "1:1", r"\begin{document} is never closed; expected \end{document} at the end"),
        ("\\begin{document}\n\\begin{proof}\n\\end{document}", "2:1", r"\begin{proof} is never closed"),
    ],
)
def test_what_is_not_is_said_at_its_place(refused: Refused, text: str, place: str, said: str) -> None:
    (error,) = refused(unbalanced, text)
    assert said in error.message
    assert str(error.place) == f"templates/t.tex.j2:{place}"


@pytest.mark.parametrize(
    "lost", [r"\checked{a}{x = 1", r"\checked{a {x = 1}", r"\frac{1}{2", r"\frac{1 {2}", r"x^{2", r"\mathbf{x", r"\text{a $b$} _{i"]
)
@pytest.mark.parametrize(
    ("opens", "closes"), [("$", "$"), (r"\(", r"\)"), (r"\[", r"\]"), ("$$", "$$"), ("\\begin{align}\n", "\n\\end{align}")]
)
def test_a_brace_that_is_lost_in_a_formula_is_told_where_it_was_opened(refused: Refused, lost: str, opens: str, closes: str) -> None:
    text = f"One\n{opens}{lost}{closes}\nmore and $y$\nand {{more}} and $z$.\n\nA paragraph with $u$.\n\n\\[ v \\]\n"
    (error,) = refused(unbalanced, text)
    assert error.message.startswith("{ is never closed; expected } before")
    opened = [at for at, letter in enumerate(lost) if letter == "{" and lost[at:].count("{") > lost[at:].count("}")]
    column = opened[-1] + 1 if opens.endswith("\n") else opened[-1] + 1 + len(opens)
    assert str(error.place) == f"templates/t.tex.j2:{3 if opens.endswith(chr(10)) else 2}:{column}"


@pytest.mark.parametrize(
    "text", [r"$\text{a $b$}$", r"$x_{\text{if $y$}}$", r"$\parbox[t]{2cm}{a $b$}$", r"$\hbox to 3cm{$x$}$", r"$\mine{a $b$}$"]
)
def test_words_in_a_formula_may_hold_another(refused: Refused, text: str) -> None:
    assert refused(unbalanced, text) == []


@pytest.mark.parametrize("name", ["equation*", "align", "gather*", "multline", "displaymath", "eqnarray*"])
def test_an_empty_line_inside_a_display_is_named_at_its_line(refused: Refused, name: str) -> None:
    (error,) = refused(unbalanced, f"a\n\\begin{{{name}}}\n  x\n \n  = y\n\\end{{{name}}}")
    assert str(error).startswith(f"templates/t.tex.j2:4: empty line inside {name}; expected none")


@pytest.mark.parametrize(
    "text", ["\\begin{align}\nx\n  % a note\ny\n\\end{align}", "$x\n% a note\n=y$", "\\begin{quote}\n\nx\n\n\\end{quote}"]
)
def test_a_line_with_a_comment_is_not_empty(refused: Refused, text: str) -> None:
    assert refused(unbalanced, text) == []


def test_a_condition_that_is_never_closed_is_named_at_its_line(refused: Refused) -> None:
    (error,) = refused(unbalanced, "a\n\\ifx b c\\fi\nb \\iffalse\nc")
    assert str(error) == r"templates/t.tex.j2:3:3: \iffalse is never closed; expected \fi after it"


@pytest.mark.parametrize(
    "text", [r"\iffalse a \else b \fi", r"$a \iff b$", r"\newif\ifnew", r"\iftrue \ifx a b \fi \fi", r"\ifthenelse{a}{b}{c}"]
)
def test_conditions_that_end_are_fine(refused: Refused, text: str) -> None:
    assert refused(unbalanced, text) == []


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("Let $x=2 be one and $y$ two.", "1:5", "$ is never closed; expected another one before the words 'be one and'"),
        ("Let $x$ be one and y=3$ two.\n\n$z$", "1:20", "a formula begins here without its $; expected one before y=3$"),
        ("Let $x$ be k$, the second in $f$.", "1:13", "$ has no partner; expected one at the other end of its formula"),
        ("One $x=1\n\\begin{proof}\n$y$ and $z$\n\\end{proof}", "1:5", "$ is never closed"),
        (
            "\\begin{proof}\nAs \\eta>0$, $y$ and $z$.\n\\end{proof}",
            "2:4",
            r"a formula begins here without its $; expected one before \eta>0$",
        ),
        ("One \\emph{with $x=1 and} $z$", "1:16", "$ is never closed; expected another one before the words 'and'"),
    ],
)
def test_a_dollar_that_is_lost_is_told_where_words_and_formulas_change_places(refused: Refused, text: str, place: str, said: str) -> None:
    (error,) = refused(unbalanced, text)
    assert error.message.startswith(said)
    assert str(error.place) == f"templates/t.tex.j2:{place}"


def test_nine_of_ten_dollars_that_are_lost_in_the_homework_are_told_at_their_formula(refused: Refused) -> None:
    written = (PROJECT / "templates" / "ex1_ntk.tex.j2").read_text().split("\n")
    text = "\n".join("" if line.startswith((r"\BLOCK", r"\#")) else line for line in written)
    seen = visible(Rendered(text, ()))
    spans = [span for span in seen.formulas if not span.display and seen.tokens.texts[span.opening] == "$"][::5]
    lost, told = [(span, at) for span in spans for at in (span.start, span.stop - 1)], 0
    for span, at in lost:
        (error,) = refused(unbalanced, text[:at] + text[at + 1 :])
        assert error.place is not None
        before = text[: span.start].rpartition("\n")[0]
        line, column = before.count("\n") + 1 + ("\n" in text[: span.start]), span.start - len(before)
        told += error.place.line == line and column - 2 <= (error.place.column or 0) <= column + span.stop - span.start
    assert len(lost) > 60
    assert told >= 0.9 * len(lost)


@pytest.mark.parametrize(
    ("preamble", "place", "said"),
    [
        ("\\usepackage{a}\n\\newcommand{\\R}{\\mathbb{R}\n\\newcommand{\\C}{x}\n", "2:16", "{ is never closed; expected } after it"),
        ("\\newcommand{\\R}{x}}\n", "1:19", "} closes nothing; expected { before it"),
        ("\\newcommand{\\beq}{\\begin{equation}} % {\n", "", ""),
    ],
)
def test_a_brace_that_is_lost_in_the_preamble_is_told_there(page: Callable[[str], Page], preamble: str, place: str, said: str) -> None:
    made = page("x")
    (made.root / "templates").mkdir(exist_ok=True)
    (made.root / "templates/preamble.tex").write_text(preamble)
    assert [(str(one.place), one.message) for one in unbalanced(made)] == [(f"templates/preamble.tex:{place}", said)] * bool(said)
