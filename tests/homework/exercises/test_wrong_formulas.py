"""False formulas that agree with the printed ones at few sizes or for one activation: the sampled points must tell them apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.model import Verdict

Judge, Print = Callable[[str, str], Verdict], Callable[[str], str]

# The claim, a part of what is printed, and what stands in its place wherever it occurs in the formula.
WRONG = [
    ("union_bound", r"e^{-2p\epsilon^2/n^2}", r"e^{-2p\epsilon^2/n^3}"),
    ("union_bound", r"e^{-2p\epsilon^2/n^2}", r"e^{-8\sqrt p\epsilon^2/(2n^2)}"),
    ("square_from_below", r"\sqrt p\,D_R", r"\frac{p}{\sqrt2}\,D_R"),
    ("hessian_norm", r"\frac{M_2r^2}{\sqrt p}", r"\frac{3M_2r^2}{\sqrt{p+5}}"),
    ("linearisation_error", r"\frac{M_2R^2r^2}{2\sqrt p}", r"\frac{M_2R^2r^2}{4}"),
    ("direct_ball", r"\frac{R^2}{2\sqrt p}", r"\frac{R^2}{4}"),
    ("biased_ball", r"\frac{R^2}{2\sqrt p}", r"\frac{R^2}{4}"),
    ("frobenius_step", r"n^2\omega^2", r"\frac15n^3\omega^2"),
    (
        "expected_nullity",
        r"n\left(1-\frac{\lambda_0}{\|\Gamma\|_{\mathrm{op}}}\right)^p",
        r"n^2\left(1-\frac{\lambda_0}{\|\Gamma\|_{\mathrm{op}}}\right)^p",
    ),
    ("union_bound", r"e^{-2p\epsilon^2/n^2}", r"e^{-2p\epsilon^2/n}"),
    ("frobenius_step", r"n^2\omega^2", r"3n\omega^2"),
    ("frobenius_moment", r"\frac{n^2}{4p}", r"\frac{3n}{4p}"),
    ("quadratic_form", "a_k^2", "a_k"),
    ("rank_bound", "pd", "2d+p-2"),
    ("cube_nullity", "2^{d-1}-d", r"\frac{11}{12}(d-1)(d-2)"),
    ("mcdiarmid", r"-2pt^2/\|\Gamma\|_{\mathrm F}^2", r"-2pt/(5\|\Gamma\|_{\mathrm F}^2)"),
    ("hoeffding", "2e^{-2pt^2}", "2e^{-2.0005pt^2}"),
    ("hessian_norm", r"\frac{M_2r^2}{\sqrt p}", r"\frac{2M_2r^2}{p}"),
    ("linearisation_error", r"\frac{M_2R^2r^2}{2\sqrt p}", r"\frac{M_2R^2r^2}{p}"),
    ("gradient_drift", r"\frac{M_2Rr^2}{\sqrt p}", r"\frac{2M_2Rr^2}{p}"),
    ("contraction_gap", r"\frac{M_2R^2r^2}{2\sqrt p}", r"\frac{M_2R^2r^2}{p}"),
    ("mirrored_hessian", r"\frac{M_2r^2}{\sqrt p}", r"\frac{2\sqrt2M_2r^2}{p}"),
    ("tangent_variance", r"\frac{r^4}{p}", r"2^{1-p}r^4"),
    ("second_term", r"\frac{r^2}{p}", r"\frac{(7-p)r^2}{12}"),
    ("force_slope", "1+2B", r"1+\frac{3\sqrt3}{2}B^2"),
    ("both_ball", r"\frac{R^2}{2\sqrt p}", r"\frac{\sqrt3R^2}{2p}"),
    ("both_ball", r"M_1 r", r"\frac{M_2}{\sqrt2}e^{1/2}r"),
    ("both_ball", r"M_1 r", r"\frac{2}{\sqrt\pi}r"),
    ("both_ball", r"\le \frac", r"< \frac"),
    ("hessian_on_ball", r"\le \frac", r"< \frac"),
    ("step_from_below", r"\frac{M_2u^2}{2}", r"\frac{M_2^2u^2}{2}"),
    ("ripple_gap", r"\Delta_\phi(0,b)", r"\Delta_\phi(0,b^2)"),
    ("union_bound", r"\|_{\mathrm F}", r"\|_{\mathrm{op}}"),
    ("mcdiarmid", r"\hat K-K\|_{\mathrm F}", r"\hat K-K\|_{\mathrm{op}}"),
    ("mcdiarmid", r"\Gamma\|_{\mathrm F}", r"\Gamma\|_{\mathrm{op}}"),
    ("force_slope", "-y)", "-y^2)"),
    ("block_mixed", r"\Lambda(c,", r"\Lambda(c^2,"),
    ("largest_tail", r"p\,e^{", r"p^2\,e^{"),
    ("hessian_on_ball", r"M_2r^2+M_1r", r"M_2r^3+M_1r"),
    ("hessian_on_ball", r"\frac{(m+R)M_2", r"\frac{(m+2R)M_2"),
    ("weyl", r"\lambda_{\min}(\hat K)", r"\lambda_{\max}(\hat K)-\lambda_0+\lambda_{\min}(K)"),
    ("taylor_lagrange", r"\frac{R^2}{2\sqrt p}", r"\frac{\sqrt3R^2}{2p}"),
    ("biased_ball", r"\frac{R^2}{2\sqrt p}", r"\frac{\sqrt3R^2}{2p}"),
    ("biased_direct", r"\frac{R^2}{2\sqrt p}", r"\frac{\sqrt3R^2}{2p}"),
    ("frobenius_step", r"n^2\omega^2", r"8n\omega^2"),
    ("gradient_drift", r"\sqrt p", r"\frac p3"),
    ("contraction_gap", r"\sqrt p", r"\frac p3"),
    ("mirrored_hessian", r"\sqrt p", "2"),
    ("both_sum", r"\sqrt p", r"\frac{p}{\sqrt7}"),
    ("direct_ball", r"\frac{R^2}{2\sqrt p}", r"\frac{\sqrt3R^2}{2p}"),
    ("gradient_squared", r"\frac1p", r"\frac{5-p}{6}"),
    ("square_from_below", r"\sqrt p\,D_R", r"\frac{3\sqrt3}{p}\,D_R"),
    ("ball_value", r"\sqrt p\,D_R", r"\sqrt2\,D_R"),
    ("ball_value", r"\sqrt p\,D_R", r"\frac{2\sqrt2}{p}D_R"),
    ("value_between", "M_1r", "1.129r"),
    ("dual_bound", r"\frac{\mu R^2}{2}", r"\frac{\mu R}{2}"),
    ("slope_from_below", r"4\sqrt2", "5"),
    ("open_rate", r"M_2(\zeta_p+Rr)", r"M_2\zeta_p"),
    ("step_from_below", r"\frac{M_2u^2}{2}", r"\frac{M_2|u|}{2}"),
    ("relu_dual", r"\frac{\mu R^2r^2}{2}", r"\frac{13\mu R^2r}{20}"),
]


@pytest.mark.parametrize(("name", "right", "wrong"), WRONG, ids=[f"{name}-{number}" for number, (name, _, _) in enumerate(WRONG)])
def test_a_formula_that_is_right_at_few_sizes_only_is_not_supported(
    name: str, right: str, wrong: str, printed: Print, verdict: Judge
) -> None:
    text = printed(name)
    assert right in text
    assert verdict(name, text.replace(right, wrong)) < Verdict.SUPPORTED


@pytest.mark.parametrize("name", sorted({name for name, _, _ in WRONG}))
def test_the_printed_formula_is_supported_at_all_these_sizes(name: str, printed: Print, verdict: Judge) -> None:
    assert verdict(name, printed(name)) is Verdict.SUPPORTED
