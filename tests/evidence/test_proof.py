"""Symbolic evidence: what is proved, what is not, and that a wrong relation or a wrong certificate never is."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp

from hwgen.arithmetic.defined import Unproved
from hwgen.arithmetic.expressions import EXPRESSIONS
from hwgen.arithmetic.signs import nonnegative, positive
from hwgen.evidence.proof import Law, Proof, _put, equal, prove
from hwgen.model import Binding, Evidence, Formula, Kind, Place, Verdict, expectation, function, value
from hwgen.reading import read, vocabulary

X, Y = sp.symbols("x y", real=True)
S, T = sp.symbols("s t", nonnegative=True)
P = sp.Symbol("p", positive=True)
PLACE = Place(file="t.tex.j2", line=1)
WORDS: dict[str, Binding] = {
    **{name: value(lambda: 1.0) for name in ("x", "y", "s", "t", "p", "A", "H")},
    r"\phi": function(lambda u: u, lambda u: 1.0),
    r"\mathbb{E}": expectation(lambda: ([1.0], [0.0]), "a"),
}
MEANINGS: dict[str, Any] = {"x": X, "y": Y, "s": S, "t": T, "p": P, r"\phi": (sp.sin, sp.cos)}


def judged(text: str, **given: Any) -> Evidence:
    """The evidence on a formula, its symbols meaning themselves unless `meanings` says otherwise."""
    chain = read(Formula(macro="checked", name="trial", text=text, place=PLACE), vocabulary(WORDS))
    meanings = {**MEANINGS, **given.pop("meanings", {})}
    return prove(chain, Proof(meanings=meanings, method="algebra", **given))


@pytest.mark.parametrize(
    "text",
    [
        r"(x+y)^2 = x^2 + 2xy + y^2",
        r"\sin^2 x = 1 - \cos^2 x",
        r"\sqrt{p^2} = p",
        r"\int_0^x 2\,\mathrm{d}u = 2x",
        r"\int_0^1 v^p\,\mathrm{d}v = \frac{1}{p+1}",
        r"\phi'(x) = \cos x",
        r"\begin{pmatrix}x & y\end{pmatrix}\begin{pmatrix}x \\ y\end{pmatrix} = x^2+y^2",
        r"s + t \ge s",
        r"s < s + p",
        r"2st \le s^2 + t^2",
        r"x^2 + y^2 \ge 2xy",
        r"|s| = s",
        r"e^s \ge 1 + s",
        r"\log(1+s) \le s",
        r"\sup_{0\le u\le s} u^2 = s^2",
        r"\sup_{0\le u\le 1} u(1-u) = \frac14",
        r"\max(s, s+t) = s+t",
        r"\begin{pmatrix}p&1\\0&1\end{pmatrix}^{-1}\begin{pmatrix}p&1\\0&1\end{pmatrix} = \begin{pmatrix}1&0\\0&1\end{pmatrix}",
    ],
)
def test_what_is_true_and_within_reach_is_proved(text: str) -> None:
    found = judged(text)
    assert (found.verdict, found.kind, found.reason) == (Verdict.PROVED, Kind.SYMBOLIC, "")
    assert len(found.steps) == 1


@pytest.mark.parametrize(
    "text",
    [
        r"(x+y)^2 = x^2 + xy + y^2",
        r"\sin^2 x = 1 + \cos^2 x",
        r"\sqrt{x^2} = x",
        r"s < s + t",
        r"s + t \le s",
        r"x^2 + y^2 \ge 3xy",
        r"2st < s^2 + t^2",
        r"x \ge 0",
        r"e^s > 1 + s",
        r"\frac{1}{1-s} \ge 1",
        r"\log s \le \log(s+t)",
        r"\sup_{0\le u\le 1} u(1-u) = \frac13",
        r"|x| = x",
        r"\phi(x) = \phi'(x)",
        r"(x-1)(x-2)+1 > 0",
        r"\begin{pmatrix}x&0\\0&y\end{pmatrix}^{-1}\begin{pmatrix}x&0\\0&y\end{pmatrix} = \begin{pmatrix}1&0\\0&1\end{pmatrix}",
        r"\det\left(\begin{pmatrix}x & y \\ s & t\end{pmatrix}^{-1}\right)\cdot(xt-ys) = 1",
        r"\begin{pmatrix}s&1\\0&1\end{pmatrix}^{-2}\begin{pmatrix}s&1\\0&1\end{pmatrix}^2 = \begin{pmatrix}1&0\\0&1\end{pmatrix}",
    ],
)
def test_what_is_false_or_not_known_is_never_proved(text: str) -> None:
    found = judged(text)
    assert found.verdict is Verdict.UNDECIDED
    assert found.reason
    assert found.covered == 0


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        (
            r"H(2x) = 4 H(x)",
            {"H": (lambda x: Y * x**3,)},
            "4*x**3*y is left of the difference of its sides; by the definitions of the proof it is false",
        ),
        (
            r"2x \le x",
            {},
            "is not proved: by the definitions of the proof it is false; expected those of what the claim binds its symbols to",
        ),
        # True, and out of reach: nothing is false.
        (r"\sin s \le s", {}, "is not proved"),
    ],
)
def test_what_is_left_of_a_failed_proof_is_told(text: str, given: dict[str, Any], said: str) -> None:
    words = {**WORDS, "H": function(lambda u: u)}
    chain = read(Formula(macro="checked", name="trial", text=text, place=PLACE), vocabulary(words))
    found = prove(chain, Proof(meanings={**MEANINGS, **given}, method="algebra"))
    assert (found.verdict, said in found.reason) == (Verdict.UNDECIDED, True), found.reason
    assert ("false" in found.reason) == ("false" in said)


@pytest.mark.parametrize("text", [r"\mathbb{E}[a] = x", r"A = x", r"H = x", r"\sum_{j=1}^{p} j = p"])
def test_what_has_no_definition_is_undecided(text: str) -> None:
    assert judged(text).verdict is Verdict.UNDECIDED


def test_an_average_is_an_integral_against_its_density() -> None:
    a = sp.Symbol("a", real=True)
    law = Law(densities={"a": (a, sp.Rational(1, 2), sp.Integer(-1), sp.Integer(1))})
    assert judged(r"\mathbb{E}[a^2] = \frac13", meanings={r"\mathbb{E}": law}).verdict is Verdict.PROVED
    assert judged(r"\mathbb{E}[a^2] = \frac12", meanings={r"\mathbb{E}": law}).verdict is Verdict.UNDECIDED


class Area(sp.Function):  # type: ignore[misc] # SymPy has no types
    """A function known by its derivative x^2 and its value 0 at 0."""

    @classmethod
    def eval(cls, x: Any) -> Any:
        return sp.Integer(0) if x == 0 else None

    def fdiff(self, argindex: int = 1) -> Any:
        return self.args[0] ** 2


def test_equal_derivatives_and_one_value_prove_an_equality() -> None:
    area = {"A": Area(X)}
    assert judged(r"A = \frac{x^3}{3}", meanings=area).verdict is Verdict.UNDECIDED
    assert judged(r"A = \frac{x^3}{3}", meanings=area, along=(X, 0)).verdict is Verdict.PROVED
    assert judged(r"A = \frac{x^3}{3} + 1", meanings=area, along=(X, 0)).verdict is Verdict.UNDECIDED
    assert judged(r"A = \frac{x^3}{2}", meanings=area, along=(X, 0)).verdict is Verdict.UNDECIDED


def test_a_change_of_variables_decides_what_the_variables_do_not() -> None:
    assert judged(r"x^2 > x").verdict is Verdict.UNDECIDED
    assert judged(r"x^2 > x", charts=({X: 1 + P},)).verdict is Verdict.PROVED
    assert judged(r"x^2 > x", charts=({X: 1 + P}, {X: P})).verdict is Verdict.UNDECIDED


def test_a_rising_map_is_applied_to_inequalities_only() -> None:
    assert judged(r"e^{-s-t} \le e^{-s}", rising=sp.log).verdict is Verdict.PROVED
    assert judged(r"e^{-s} \le e^{-s-t}", rising=sp.log).verdict is Verdict.UNDECIDED
    assert judged(r"x = y", rising=lambda _: sp.Integer(0)).verdict is Verdict.UNDECIDED


def test_a_further_obligation_counts() -> None:
    assert judged("x + y = y + x + 0", also=lambda sides: sides[0] == X + Y).verdict is Verdict.PROVED
    assert judged("x + y = y + x + 0", also=lambda sides: False).verdict is Verdict.UNDECIDED


def test_a_proof_says_how_each_relation_was_shown() -> None:
    assert judged("x + y = y + x = x + y + 0").steps == tuple(
        f"${said}$: the difference of the sides simplifies to 0" for said in ("x + y = y + x", "y + x = x + y + 0")
    )
    assert (
        "the same derivative in $x$ everywhere, and the same value at $x$ = $0$"
        in (judged(r"A = \frac{x^3}{3}", meanings={"A": Area(X)}, along=(X, 0)).steps[0])
    )
    (sign,) = judged(r"x^2 > x", charts=({X: 1 + P},)).steps
    assert sign == "$x^2 > x$: with $x = p + 1$, a certificate of signs shows that their difference is positive"
    assert judged(r"e^{-s-t} \le e^{-s}", rising=sp.log).steps[0].split(": ")[1].startswith("an increasing map is applied to both sides")

    def even(sides: Any) -> bool:
        """The sides are even."""
        return True

    assert judged("x^2 = x x", also=even).steps[-1] == "a further obligation on the sides is met: The sides are even."
    assert judged("x = y").steps == ()


def test_the_worst_of_several_cases_counts() -> None:
    chain = read(Formula(macro="checked", name="trial", text=r"|x| = x", place=PLACE), vocabulary(WORDS))
    cases = [Proof(meanings={"x": meaning}, method="by cases") for meaning in (S, -P)]
    assert prove(chain, cases[0]).verdict is Verdict.PROVED
    assert prove(chain, *cases).verdict is Verdict.UNDECIDED
    assert [step.split(":")[0] for step in prove(chain, cases[0], cases[0]).steps] == ["case 1", "case 2"]


def test_a_chain_is_proved_only_if_every_step_is() -> None:
    assert judged(r"x = x + 0 = y").verdict is Verdict.UNDECIDED
    assert judged(r"x = x + 0 = y").relation == 1


def test_signs_need_a_certificate_on_the_whole_range() -> None:
    assert positive(1 + S)
    assert nonnegative(S * T)
    assert not positive(S * T)
    assert not nonnegative(S - T)
    assert not nonnegative(sp.log(S))
    assert not nonnegative(1 / (1 - S))
    assert not nonnegative(1 - S)
    assert nonnegative((S - T) ** 2 * (1 + S))
    assert not positive((S - T) ** 2 * (1 + S))
    assert not nonnegative(sp.sqrt(S - 1) - sp.sqrt(S))


def test_an_equality_is_proved_on_charts_only_if_on_all_of_them() -> None:
    proof = Proof(meanings={}, method="", charts=({X: S}, {X: -S}))
    assert equal(X**2, sp.Abs(X) ** 2, proof)
    assert not equal(sp.Abs(X), X, proof)


def test_a_supremum_with_unknown_stationary_points_is_not_guessed() -> None:
    with pytest.raises(Unproved):
        EXPRESSIONS.extremum("max", lambda u: sp.cos(u) * sp.exp(u) - u**5, sp.Integer(-1), sp.Integer(2))


def test_numbers_are_put_in_place_of_free_symbols_alone() -> None:
    values = {X: sp.Rational(1, 3), Y: sp.Rational(-2, 7), S: sp.Rational(5, 9)}
    for one in (
        sp.Max(X, Y, S) * sp.sqrt(X**2 + Y**2),
        sp.Abs(X - Y) + sp.sin(S),
        sp.Integral(sp.exp(-X * Y), (X, 0, S)) + X,
        sp.Sum(X**2 * Y, (X, 1, 4)) - X,
        sp.Derivative(sp.Function("f")(X), X) + Y,
    ):
        assert _put(one, values) == one.subs(values)
