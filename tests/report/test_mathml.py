"""A formula as read shows how far each operator reaches, in signs and in words: what looks alike to a careless eye does not there."""

from __future__ import annotations

import re
from html import unescape

import pytest

from hwgen.model import Binding, Formula, Place, expectation, function, value
from hwgen.reading import read, vocabulary
from hwgen.reading.spelled import spelled
from hwgen.report.mathml import as_read
from hwgen.report.printed import formula, words

NAMES = ("A", "t", "x", "y", "n", "v", "G", r"\bar x")
BINDINGS: dict[str, Binding] = {
    **{name: value(lambda: 1.0) for name in NAMES},
    r"\phi": function(lambda u: u, lambda u: 1.0),
    r"\mathbb{E}": expectation(lambda: ([1.0], [0.0]), "w"),
}
WORDS = vocabulary(BINDINGS)

# LaTeX, its signs as read without the layout, and its words.
READ = [
    (r"\int_0^1 u\,\mathrm{d}u + t", "∫u∈[0,1] real[u]+t", "(integral over real u from 0 to 1 of [u] + t)"),
    (r"\int_0^1 (u + t)\,\mathrm{d}u", "∫u∈[0,1] real[u+t]", "integral over real u from 0 to 1 of [(u + t)]"),
    (r"x\int_0^t u^2\,\mathrm{d}u\,y", "x·∫u∈[0,t] real[u2]·y", "((x · integral over real u from 0 to t of [(u ^ 2)]) · y)"),
    (r"\sum_{i=1}^n v_i + y", "∑i=1…n[v[i]]+y", "(sum over whole i from 1 to n of [v[i]] + y)"),
    (r"\sum_{i=1}^n v_i y", "∑i=1…n[v[i]·y]", "sum over whole i from 1 to n of [(v[i] · y)]"),
    (r"\sum_{i=1}^n v_i^2/n", "∑i=1…n[v[i]2n]", "sum over whole i from 1 to n of [((v[i] ^ 2) / n)]"),
    (
        r"\sum_{i=1}^n\sum_{j=1}^n G_{ij} + x",
        "∑i=1…n[∑j=1…n[G[i,j]]]+x",
        "(sum over whole i from 1 to n of [sum over whole j from 1 to n of [G[i, j]]] + x)",
    ),
    (r"(\sup_{0\le u\le 1}(u x)) + y", "supu∈[0,1] real[u·x]+y", "(sup over real u from 0 to 1 of [(u · x)] + y)"),
    (r"\max_{s\in\{-1,1\}}(s x)", "maxs∈{−1,1}[s·x]", "max over s in {(-1), 1} of [(s · x)]"),
    (r"\sup_{\|u\|\le t}(\|u\| x)", "max‖u‖2≤t[‖u‖2·x]", "max over vectors u with norm ≤ t of [(norm(u) · x)]"),
    (r"\log(x)y", "log(x)·y", "(log(x) · y)"),
    (r"\sin^2 x", "(sin(x))2", "(sin(x) ^ 2)"),
    (r"-x^2", "−x2", "(-(x ^ 2))"),
    (r"(-x)^2", "(−x)2", "((-x) ^ 2)"),
    (r"x - (y - t)", "x−(y−t)", "(x - (y - t))"),
    (r"x - y - t", "x−y−t", "(x - y - t)"),
    (r"\phi'(x)y", "ϕ′(x)·y", "(\\phi'(x) · y)"),
    (r"\phi(x+y)t", "ϕ(x+y)·t", "(\\phi((x + y)) · t)"),
    (r"\mathbb{E}[w^2] - x", "𝔼[w2]−x", "(\\mathbb{E}[(w ^ 2)] - x)"),
    (r"\mathbb{E}[w]^2", "(𝔼[w])2", "(\\mathbb{E}[w] ^ 2)"),
    (r"\bar x y", "x¯·y", "(\\bar x · y)"),
]


@pytest.mark.parametrize(("latex", "signs", "words"), READ)
def test_how_far_an_operator_reaches_is_seen_and_said(latex: str, signs: str, words: str) -> None:
    chain = read(Formula(macro="checked", name="trial", text=f"A = {latex}", place=Place(file="t.tex.j2", line=1)), WORDS)
    said = spelled(chain)
    shown = unescape(re.sub(r"<[^>]*>", "", as_read(chain, said))).replace("\u2061", "")
    assert (shown, said) == (f"A={signs}", f"A = {words}")


@pytest.mark.parametrize("text", [r"|S_R-\frac{1}{2}\right| \le 1", r"\left(a + b", r"\left|a\right| + \leftarrow b"])
def test_a_piece_of_a_formula_is_shown_without_the_partners_that_it_lost(text: str) -> None:
    shown = formula(text)
    assert "<mtext>" not in shown
    assert r"\right" not in shown.split(">", 1)[1]


def test_the_name_of_a_function_stands_apart_and_bars_close() -> None:
    assert '<mi>arccos</mi><mspace width="0.17em"/><mi>ρ</mi>' in formula(r"\arccos\rho")
    assert "<mspace" not in formula(r"\log(x)")
    assert formula("|x|").count('lspace="0" rspace="0">|</mo>') == 2


@pytest.mark.parametrize(
    ("latex", "same"),
    [
        (r"\bigl(x\bigr)\allowbreak + y", "(x) + y"),
        (r"x\Bigm|y\relax", "x|y"),
        (r"x &= y\\[2pt] z", "x = y z"),
        (r"x \% y % a comment" + "\n", r"x \% y"),
        (r"\displaystyle\leftarrow x\&", r"\leftarrow x\&"),
    ],
)
def test_what_prints_nothing_in_a_formula_is_left_out(latex: str, same: str) -> None:
    assert formula(latex) == formula(same)


@pytest.mark.parametrize("latex", [r"\begin{pmatrix}1 & 2\\3 & 4\end{pmatrix}", r"\begin {Vmatrix}1 & 2\end{Vmatrix}"])
def test_the_rows_of_a_matrix_stay(latex: str) -> None:
    assert formula(latex).count("<mtd>") == latex.count("&") + latex.count(r"\\") + 1


def test_a_text_has_its_formulas_between_dollars_and_keeps_every_other_character() -> None:
    shown = words(r"at most 5 % of $x$, \$3 & $y$")
    assert re.sub(r"<math.*?</math>", "F", str(shown)) == r"at most 5 % of F, \$3 &amp; F"
    assert words("a price of 3 $") == "a price of 3 $"


LONG = r"x_1 + x_2 + x_3"
CHAINS = {
    "a chain": (rf"A &= \left({LONG}\right)^2 \\ &\le {' + '.join([LONG] * 4)} \\ &< \sum_{{k=1}}^n \mathbb P(D<k) {LONG} + {LONG}", 4),
    "a definition": (rf"A := {' + '.join([LONG] * 7)}", 2),
    "a relation in brackets": (rf"\mathbf 1\{{x \le y\}} + {' + '.join([LONG] * 7)}", 0),
    "a short chain": ("A = B = C", 0),
    "intervals without an end": (rf"x = f \in [0, 1) + ]0, 1[ + {' + '.join([LONG] * 7)}", 2),
    "a bracket that is lost": (rf"x = \left( f + {' + '.join([LONG] * 7)}", 0),
    "rows of cases": (rf"\begin{{cases}} x = 1 & \text{{if }} y \le 2 \\ {' + '.join([LONG] * 7)} & y = 3\end{{cases}}", 0),
}


@pytest.mark.parametrize("what", list(CHAINS))
def test_a_chain_that_is_wider_than_a_page_has_a_row_for_each_relation(what: str) -> None:
    latex, rows = CHAINS[what]
    shown = str(formula(latex))
    assert shown.count("<mtr>") - 2 * (what == "rows of cases") == rows, shown
    assert shown.count("<math") == 1
    flat = re.sub(r"<[^>]*>", "", shown).replace("\u2061", "")
    assert flat.startswith(("A", "𝟏", "1", "x", "{")), flat
    assert str(formula(latex, display=False)).count('class="chain"') == 0


def test_a_chain_as_read_has_the_same_rows() -> None:
    one = read(Formula(macro="checked", name="trial", text="A = x \\le y", place=Place(file="t.tex.j2", line=1)), WORDS)
    assert str(as_read(one, "A = x" + " ≤ y" * 100)).count("<mtr>") == 3
    assert str(as_read(one, "A = x ≤ y")).count("<mtr>") == 0
