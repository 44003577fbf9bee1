"""The author's commands: expanded as TeX does, errors at the author's column, and refused by name where they cannot be followed."""

from __future__ import annotations

import dataclasses
import itertools
import random
import string

import numpy as np
import pytest

from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Formula, Place, value
from hwgen.model.errors import ContentError
from hwgen.page.definitions import defined, followed
from hwgen.reading import read, vocabulary
from hwgen.reading.lexer import tokens, units
from hwgen.reading.macros import used
from hwgen.reading.tree import Node, parts

PREAMBLE = r"""
\newcommand{\norm}[1]{\left\lVert #1\right\rVert}
\newcommand\half{\tfrac12}
\renewcommand{\epsilon}{\varepsilon}
\newcommand*{\inner}[2]{\langle #1, #2\rangle}
\NewDocumentCommand{\sq}{m}{#1^2}
\DeclareMathOperator{\tr}{tr}
\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}
\newcommand{\normsq}[1]{\norm{#1}^2}
\newcommand{\loss}[1][2]{#1 t}
\newcommand{\mode}[1]{\ifmmode #1\fi}
\newcommand{\loop}{\loop}
\newcommand{\tw}{t+s}
\newcommand{\also}{\tw}
\newcommand{\ts}{t}
\newcommand{\grouped}{{t+s}}
\newcommand{\nothing}{}
\newcommand{\group}[1]{(#1)}
\newcommand{\over}{\frac1}
\newcommand{\overs}[1]{\frac#1}
\newcommand{\normed}{\norm}
\newcommand{\same}[1]{#1}
\NewDocumentCommand{\odd}{O{1} m}{#2}
\newcommand{\slashed}{1/2}
\newcommand{\divided}[2]{#1/#2}
\newcommand{\swap}[2]{#2/#1}
\newcommand{\reversed}[2]{#2#1}
\newcommand{\mix}{2\frac12}
\newcommand{\third}{\frac{t}{3}}
"""
# A chain that ends, later than anybody follows it.
PREAMBLE += "".join(rf"\newcommand{{\step{one}}}{{\step{other}}}" + "\n" for one, other in itertools.pairwise(string.ascii_letters))
PREAMBLE += r"\newcommand{\stepZ}{t}"
MACROS = tuple(followed(tokens(PREAMBLE)))
BINDINGS = {
    "t": value(lambda: 1.5),
    "s": value(lambda: 0.5),
    r"\varepsilon": value(lambda: 0.1),
    "x": value(lambda: np.array([3.0, 4.0])),
    "A": value(lambda: np.array([[1.0, 2.0], [3.0, 5.0]])),
}


def formula(text: str) -> Formula:
    places = tuple(Place(file="t.tex.j2", line=4, column=column + 1) for column in range(len(text)))
    return Formula(macro="checked", name="k", text=text, place=places[0], places=places, macros=used(text, MACROS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\norm{x}", 5.0),
        (r"\norm{2x}^2", 100.0),
        (r"\normsq{x}", 25.0),
        (r"\half t", 0.75),
        (r"\epsilon t", 0.15),
        (r"\inner{x}{2x}", 50.0),
        (r"\inner xx", 25.0),
        (r"\abs{-t}", 1.5),
        (r"\abs*{-t}", 1.5),
        (r"\abs[\big]{-t}", 1.5),
        (r"\abs [ \Bigg ] {-t}", 1.5),
        (r"2\abs *{-t}\abs[\Big]{s}", 1.5),
        (r"\tr(A)", 6.0),
        (r"\sq t", 2.25),
        (r"2\sq{(t+1)}", 12.5),
        (r"\frac1{\tw}", 0.5),
        (r"\frac{\tw}2", 1.0),
        (r"\frac\ts 3", 0.5),
        (r"\frac3\ts", 2.0),
        (r"\frac1\grouped", 0.5),
        (r"\sqrt[3]{\frac{\tw}{0.25}}", 2.0),
        (r"\sqrt\tw", 1.5**0.5 + 0.5),
        (r"2^\tw", 2**1.5 + 0.5),
        (r"\sin\ts", float(np.sin(1.5))),
    ],
)
def test_a_macro_is_read_as_it_prints(text: str, expected: float) -> None:
    found = evaluate(read(formula(f"{text} = 0"), vocabulary(BINDINGS)).sides[0], scope_at(BINDINGS, {}))
    assert found.value == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (r"t = \norm{z}", 11, "'z' is not bound"),
        (r"t = \sq{t+1}^2", 13, "two powers|read in two ways|two ways"),
        (r"t = \loss t", 5, r"the macro \loss takes an optional argument"),
        (r"t = \mode{t}", 5, r"the macro \mode holds \ifmmode"),
        (r"t = \odd{t}", 5, r"the macro \odd takes arguments that are not plain"),
        (r"t = \loop", 5, "expands without end"),
        (r"t = \stepa", 5, "expands to more than"),
        (r"t = s\group{t}", 6, r"write 's \cdot \group{t}', or bind a function"),
        (r"t = \norm", 5, r"\norm is used without its argument"),
        (r"t = 2\half", 5, "a mixed number"),
        (r"t = t\norm{x", 6, "is not closed"),
        (r"t = \norm{x\}", 5, "is not closed"),
        (r"t = \abs[2]{t}", 5, r"expected {…} after it, or after a star or [\big]"),
        (r"t = \abs*[\big]{t}", 5, r"expected {…} after it, or after a star or [\big]"),
        (r"t = \abs[\big]*{t}", 5, r"expected {…} after it, or after a star or [\big]"),
        (r"t = \norm*{x}", 5, r"\norm is used without its argument"),
        (r"t = \frac1\tw", 11, r"which takes all of it; write braces: \frac1{\tw}"),
        (r"t = \tfrac1\tw", 12, r"write braces: \tfrac1{\tw}"),
        (r"t = \dfrac{1}\tw", 14, r"write braces: \dfrac{1}{\tw}"),
        (r"t = \frac ts + \frac t\tw", 23, r"write braces: \frac t{\tw}"),
        (r"t = \frac\tw n", 10, r"write braces: \frac{\tw}"),
        (r"t = \binom\tw2", 11, r"write braces: \binom{\tw}"),
        (r"t = \binom3\tw", 12, r"write braces: \binom3{\tw}"),
        (r"t = \sqrt[3]\tw", 13, r"write braces: \sqrt[3]{\tw}"),
        (r"t = \frac1\also", 11, "write braces"),
        (r"t = \frac1\nothing t", 11, "write braces"),
        (r"t = \frac\half s", 10, "write braces"),
        (r"t = \frac1\norm{x}", 11, "write braces"),
        (r"t = \frac\same{t}{s}", 10, "write braces"),
        (r"t = \over\tw", 5, r"the body of \over ends before the arguments of \frac"),
        (r"t = \overs1\tw", 5, r"the body of \overs ends before the arguments of \frac"),
        (r"t = \normed\tw", 5, r"the body of \normed ends before the arguments of \norm"),
    ],
)
def test_what_is_wrong_is_said_at_the_authors_column(text: str, column: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(formula(text), vocabulary(BINDINGS))
    assert any(one in caught.value.message for one in said.split("|")), caught.value.message
    assert caught.value.place is not None
    assert caught.value.place.column == column, caught.value


@pytest.mark.parametrize(
    ("text", "shown", "ways"),
    [
        (r"\slashed t", r"'\slashed t'", [r"\frac{1}{2}\cdot t", r"\frac{1}{2\cdot t}"]),
        (r"\divided{t}{2s}", "'t / 2 s'", [r"\frac{t}{2}\cdot s", r"\frac{t}{2\cdot s}"]),
        (r"\divided{t}{2}s", r"'\divided{t}{2} s'", [r"\frac{t}{2}\cdot s", r"\frac{t}{2\cdot s}"]),
        (r"\mix", r"'\mix'", [r"2 \cdot \frac12", r"(2 + \frac12)"]),
        (r"\third^2", r"'\third^'", [r"(\third)^2", r"\frac{(t)^2}{3}"]),
    ],
)
def test_what_is_advised_of_a_macro_is_read(text: str, shown: str, ways: list[str]) -> None:
    with pytest.raises(ContentError) as caught:
        read(formula(f"{text} = 1"), vocabulary(BINDINGS))
    assert shown in caught.value.message
    assert f"write '{ways[0]}' or '{ways[1]}'" in caught.value.message
    for way in ways:
        assert read(formula(f"{way} = 1"), vocabulary(BINDINGS)).relations


@pytest.mark.parametrize(
    ("macro", "printed"), [(r"\renewcommand{\phi}{\varphi}", r"\varphi"), (r"\newcommand{\phi}{\mathbf{x}}", r"\mathbf{x}")]
)
def test_a_claim_binds_what_is__so(macro: str, printed: str) -> None:
    given = dataclasses.replace(formula(r"2\phi = 1"), macros=tuple(followed(tokens(rf"\renewcommand{{\phi}}{{{printed}}}"))))
    with pytest.raises(ContentError) as caught:
        read(given, vocabulary({r"\phi": value(lambda: 1.0)}))
    assert caught.value.message.endswith(f"'{printed}' is printed and not bound, but \\phi is; bind '{printed}' in the place of \\phi")
    assert read(given, vocabulary({printed: value(lambda: 1.0)})).symbols == {printed}


@pytest.mark.parametrize(
    "side",
    [r"\sq{t+s}", r"2\swap{t}{s}", r"\swap{t}{s}+2", r"\reversed{t}{s}", r"t\reversed{t}{s}", r"\same{t+s}s", r"t + \norm{\same{x}}"],
)
def test_a_side_is_shown_whole_where_macros_turn_its_parts_around(side: str) -> None:
    chain = read(formula(f"{side} = 1"), vocabulary(BINDINGS))
    assert [chain.side_text(0), chain.side_text(1)] == [side, "1"]


@pytest.mark.parametrize(
    ("side", "part"), [(r"\sq{t+s}", "t"), (r"\swap{t}{ts}", "ts"), (r"\norm{2x}", "2x"), (r"t\reversed{A}{s}", r"t\reversed{A}{s}")]
)
def test_a_part_of_one_argument_is_shown_alone(side: str, part: str) -> None:
    chain = read(formula(f"{side} = 1"), vocabulary(BINDINGS))
    spans = {chain.text[slice(*one.span)] for one in parts(chain.sides[0]) if isinstance(one, Node)}
    assert part in spans
    assert all(one.count("{") == one.count("}") for one in spans)


def test_the_sides_are_shown_as_the_author_typed_them() -> None:
    assert read(formula(r"\norm{x} = \half t"), vocabulary(BINDINGS)).side_text(0) == r"\norm{x}"


@pytest.mark.parametrize(
    "text",
    [
        r"\iffalse{}\fi",
        r"\ifdraft x\else{}\fi",
        r"{{{}}}",
        r"\begingroup{}\endgroup",
        r"\newcommand{{\setup}}{{{}}}",
        r"\def\setup{{{}}}",
        r"\AtEndDocument{{{}}}",
        "\\begin{{filecontents}}{{x.tex}}\n}}{}\n\\end{{filecontents}}",
        r"\newcommand{{\gobble}}[1]{{}} \gobble {}",
        r"\endinput {}",
        r"\ifx\a\b\ifx\c\d\fi {}\fi",
    ],
)
def test_a_definition_that_may_not_be_in_force_is_none(text: str) -> None:
    given = text.format(r"\renewcommand{\phi}{\psi}")
    assert r"\phi" not in {macro.name for macro in followed(tokens(given))}
    after = r"\iftrue x\fi \newif\ifnew {x} \{ \begin{center}\end{center}"
    assert [macro.name for macro in followed(tokens(after + r"\renewcommand{\phi}{\psi}"))] == [r"\phi"]


def test_what_the_reader_expands_the_guards_see_defined() -> None:
    """Whatever is lost from a preamble, no command is expanded that the guard of redefinitions takes for undefined."""
    rng, lines, seen = random.Random(13), [*PREAMBLE.strip().split("\n"), "{", "}", r"\fi", r"\ifx\a\b", r"\setup", r"\begin{center}"], 0
    for _ in range(2000):
        text = "\n".join(rng.choices(lines, k=4))
        at = rng.randrange(len(text))
        found = tokens(text[:at] + text[at + 1 :])
        names = [name for name, _ in defined(found)]
        expanded = [macro.name for macro in followed(found)]
        seen += len(expanded)
        assert all(names.count(name) >= expanded.count(name) for name in expanded), text
    assert seen > 2000


@pytest.mark.parametrize("text", [r"\frac12ab\\\\[2pt]\{x\}\ y", "a %b\nc \t d", r"\begin{x}#1:=^^5c@@@{a.b}@\verb|%|\\"])
def test_units_leave_no_character_out(text: str) -> None:
    found = list(units(text))
    assert "".join(one.text for one in found) == text
    assert [one.start for one in found] == [sum(len(other.text) for other in found[:index]) for index in range(len(found))]


def test_a_unit_is_what_tex_takes_without_braces() -> None:
    assert [one.text for one in units(r"\frac12 ab\\[2pt]\{")] == [r"\frac", "1", "2", " ", "a", "b", r"\\", *"[2pt]", r"\{"]
