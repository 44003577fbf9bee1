"""Interval evidence: proofs of strict inequalities, agreement to epsilon, refutations, and what stays undecided."""

from __future__ import annotations

from typing import Any

import flint
import pytest

from hwgen.evidence.enclosure import Box, verify
from hwgen.model import Binding, Evidence, Formula, Kind, Place, Verdict, function, probability, value
from hwgen.reading import read, vocabulary

PLACE = Place(file="t.tex.j2", line=1)
WORDS: dict[str, Binding] = {
    **{name: value(lambda: 1.0) for name in ("x", "y", "A")},
    r"\phi": function(lambda u: u),
    r"\mathbb{P}": probability(lambda: ([1.0], [0.0]), "D"),
}
SIDES = {"x": (0.0, 1.0), "y": (1.0, 2.0)}


def judged(text: str, **given: Any) -> Evidence:
    chain = read(Formula(macro="checked", name="trial", text=text, place=PLACE), vocabulary(WORDS))
    meanings = {"x": "x", "y": "y", **given.pop("meanings", {})}
    return verify(chain, Box(sides=given.pop("sides", SIDES), meanings=meanings, **given), "enclosures")


@pytest.mark.parametrize(
    "text",
    [
        r"x < y + 0.001",
        r"x^2 + y^2 > 2xy - \frac{1}{100}",
        r"\log(1+x) < 1 + x",
        r"e^{-x} \le 1.5",
        r"|x-y| < 2.1",
        r"\max(x, y) > \frac12",
        r"\int_0^1 u^2\,\mathrm{d}u + x < 2",
        r"\sup_{0\le u\le 1} u(1-u) < \frac{3}{10} + x",
        r"\cos x < \frac{11}{10}",
        r"\left\|\begin{pmatrix}x&1\\1&y\end{pmatrix}\right\|_{\mathrm F} < 3",
        r"\operatorname{tr}\begin{pmatrix}x&1\\1&y\end{pmatrix} < 3 + \frac{1}{10}",
        r"\int_0^1\sqrt{u}\,\mathrm{d}u < \frac{67}{100}",
    ],
)
def test_a_strict_inequality_is_proved_on_the_whole_box(text: str) -> None:
    found = judged(text)
    assert (found.verdict, found.kind) == (Verdict.PROVED, Kind.INTERVAL)
    assert f": {found.cases} boxes, at most" in found.steps[0]


@pytest.mark.parametrize("text", [r"x > 3", r"x + y < 1", r"\log y > \frac{7}{10}", r"x^2 = y + 3"])
def test_a_relation_that_fails_on_a_part_is_refuted_there(text: str) -> None:
    found = judged(text)
    assert found.verdict is Verdict.REFUTED
    assert "everywhere on" in found.counterexample


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (r"x \ge x^2 + 0", "boxes were not enough"),
        (r"\frac{1}{x} > 0", "boxes were not enough"),
        (r"\log x < 1 + A", "no enclosure of A"),
        (r"\phi(x) < 9", "no enclosure"),
        (r"\mathbb{P}(D\le x) < 2", "no enclosure"),
        (r"\det\begin{pmatrix}x\end{pmatrix} < 9", "det of an array is not enclosed"),
        (r"\operatorname{sign}(x) < 9", "sign is not enclosed"),
    ],
)
def test_what_is_not_enclosed_is_undecided_and_says_why(text: str, why: str) -> None:
    found = judged(text, most=300)
    assert (found.verdict, found.covered < 1) == (Verdict.UNDECIDED, True)
    assert why in found.reason


def test_an_equality_holds_to_epsilon_and_is_never_called_proved() -> None:
    line = {"x": (0.0, 1.0)}
    found = judged(r"\sin^2(x) + \cos^2(x) = 1", epsilon=1e-2, sides=line)
    assert found.verdict is Verdict.SUPPORTED
    assert 0 < found.deviation <= found.tolerance == 1e-2
    assert judged(r"\sin^2(x) + \cos^2(x) = 1.1", epsilon=1e-2, sides=line).verdict is Verdict.REFUTED
    assert judged(r"\sin^2(x) + \cos^2(x) = 1", epsilon=0, sides=line, most=200).verdict is Verdict.UNDECIDED


def test_a_function_is_enclosed_by_its_meaning() -> None:
    assert judged(r"\phi(x) < \frac{14}{5}", meanings={r"\phi": (lambda u: u.exp(),)}).verdict is Verdict.PROVED
    assert judged(r"\phi(x) < \frac{13}{5}", meanings={r"\phi": (lambda u: u.exp(),)}).verdict is Verdict.REFUTED


def test_arccos_is_taken_to_the_ends_and_not_beyond() -> None:
    assert judged(r"\arccos x < \frac{16}{10}").verdict is Verdict.PROVED
    assert judged(r"\arccos y < 4", most=200).verdict is Verdict.UNDECIDED


def test_the_precision_is_given_back() -> None:
    before = flint.ctx.prec
    judged(r"x < y + 1")
    assert flint.ctx.prec == before
