"""The slips an author makes are all among the mutants, each once, and never the formula itself."""

from __future__ import annotations

import pytest

from hwgen.judging.slips import mutants

SYMBOLS = ["x", "y", r"\rho", "n", r"\delta"]


def _mutated(text: str, symbols: list[str] | None = None) -> set[str]:
    return {"".join(mutant.text.split()) for mutant in mutants(text, SYMBOLS if symbols is None else symbols)}


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("x = 3", "x=4"),
        ("x = 3", "x=2"),
        ("x = y^9", "x=y^{10}"),
        ("x = 1 + y", "x=1-y"),
        ("x = 1 - y", "x=1+y"),
        ("x = y", "x=-y"),
        (r"x = \arccos\rho", r"x=\arcsin\rho"),
        (r"x = \log n", "x=n"),
        (r"x = \sqrt{n+1}", "x={n+1}"),
        (r"x = \max(n, 1)", r"x=\min(n,1)"),
        (r"x = \frac{1}{2\pi}", r"x=\frac{{2\pi}}{{1}}"),
        (r"x = \frac{1}{2\pi}", r"x=\frac{1}{\pi}"),
        (r"x = \frac12", r"x=\frac{2}{1}"),
        ("x = n/y", r"x=n\cdoty"),
        ("x = f'(y)", "x=f(y)"),
        ("x = f'(y)", "x=f''(y)"),
        ("x = y^{-1/2}", "x=y"),
        ("x = (n+y)", "x=(n+y)^2"),
        (r"x = 2\pi", r"x=2\pi^2"),
        ("x = n y", "x=n"),
        ("x = n y", "x=y"),
        ("x = n + y - 1", "x=n-1"),
        (r"x = \rho", "x=n"),
        (r"x = n(n+1)", "x=n^2"),
        (r"x \le y", r"x\gey"),
        (r"x \le y", "x=y"),
        ("x = y", "x<y"),
        ("x < y", "x>y"),
        ("x = 6", "x=3"),
        ("x = 6", "x={12}"),
        ("x = 7", r"x={\frac{7}{2}}"),
        ("x = y", "x=y^2"),
        ("x = y_n", "x=y_n^2"),
        ("x = y^n", "x=y^{n+1}"),
        ("x = y^{n+1}", "x=y^{{n+1}-1}"),
        ("x = n y", r"x=ny^\top"),
        ("x = f(y)", "x=f'(y)"),
        ("x_n = y_m", "x_n=y"),
        ("x_n = y_m", "x_n=y_{n}"),
        (r"x = \|y\|_{\mathrm F}", r"x=\|y\|_{\mathrm{op}}"),
        (r"x = \|y\|_{\mathrm F}", r"x=\|y\|"),
        ("x = n - y", "x=y-n"),
        ("x = (2n - y)n", "x=(y-2n)n"),
        ("x = n + y", "x=n+y+y"),
        ("x = (n + y)n", "x=n+yn"),
        ("x = (n + y)n", "x=(n+yn)"),
        ("x = n(n y)", "x=n(n)y"),
    ],
)
def test_each_slip_is_tried(text: str, slip: str) -> None:
    assert slip in _mutated(text)


def test_no_mutant_is_the_formula_and_none_occurs_twice() -> None:
    text = r"x = \frac12 - \frac{1}{2\pi}\arccos\rho"
    found = ["".join(mutant.text.split()) for mutant in mutants(text, SYMBOLS)]
    assert len(found) == len(set(found)) > 20
    assert "".join(text.split()) not in found


def test_a_difference_that_is_nought_is_not_turned_over() -> None:
    assert {"y-x=0", "0=y-x"} & (_mutated("x - y = 0") | _mutated("0 = x - y")) == set()
    assert "y-x=n" in _mutated("x - y = n")


def test_a_digit_of_a_script_is_braced() -> None:
    assert "x=y^{10}" in _mutated("x = y^9")
    assert "x=y^10" not in _mutated("x = y^9")


def test_only_declared_symbols_take_each_others_place() -> None:
    assert "x=y" in _mutated("x = n", ["n", "y"])
    assert "x=y" not in _mutated("x = n", ["n", "x"])


def test_the_order_is_the_same_every_time() -> None:
    assert list(mutants(r"x = \frac{n}{y}", SYMBOLS)) == list(mutants(r"x = \frac{n}{y}", SYMBOLS))
