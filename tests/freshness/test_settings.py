"""A setting that a computation leaves is refused by its name, also of a library that it was the first to load; some are put back."""

from __future__ import annotations

import csv
import decimal
import signal
import sys
import warnings
from collections.abc import Callable

import flint
import matplotlib.pyplot as plt
import mpmath
import numpy as np
import pytest
import scipy.special
import sympy
from sympy.core.parameters import global_parameters
from sympy.polys import polyconfig

from hwgen.freshness import settings
from hwgen.freshness.untouched import untouched
from hwgen.model.errors import ContentError

KEY = "1" * 32
POSITIVE = sympy.Q.positive(sympy.Symbol("x"))
Act = Callable[[], object]


def _put(holder: object, name: str, value: object) -> Act:
    return lambda: setattr(holder, name, value)


# What is set, what is said of it, and how the test takes it back.
LEFT: dict[str, tuple[Act, str, Act]] = {
    "rounding of decimals": (
        lambda: setattr(decimal.getcontext(), "rounding", decimal.ROUND_UP),
        r"decimal\.getcontext\(\)",
        lambda: setattr(decimal.getcontext(), "rounding", decimal.ROUND_HALF_EVEN),
    ),
    "a trap of decimals": (
        lambda: decimal.getcontext().traps.update({decimal.Inexact: True}),
        r"decimal\.getcontext\(\)",
        lambda: decimal.getcontext().traps.update({decimal.Inexact: False}),
    ),
    "decimals of threads": (_put(decimal.DefaultContext, "prec", 5), r"decimal\.DefaultContext", _put(decimal.DefaultContext, "prec", 28)),
    "errors of special functions": (
        lambda: scipy.special.seterr(singular="raise"), r"scipy\.special\.seterr", lambda: scipy.special.seterr(singular="ignore")
    ),
    "sizes of figures": (
        lambda: plt.rcParams.update({"font.size": 20}), r"matplotlib\.rcParams set", lambda: plt.rcParams.update({"font.size": 10})
    ),
    "digits of mpmath": (_put(mpmath.mp, "dps", 40), r"mp\.prec", _put(mpmath.mp, "dps", 15)),
    "intervals of mpmath": (_put(mpmath.iv, "prec", 40), r"iv\.prec", _put(mpmath.iv, "prec", 53)),
    "complex roots of mpmath": (_put(mpmath.mp, "trap_complex", True), r"mp\.trap_complex", _put(mpmath.mp, "trap_complex", False)),
    "digits of flint": (_put(flint.ctx, "prec", 99), r"flint\.ctx\.prec", _put(flint.ctx, "prec", 53)),
    "terms of flint": (_put(flint.ctx, "cap", 3), r"flint\.ctx\.cap", _put(flint.ctx, "cap", 10)),
    "whether sympy evaluates": (
        _put(global_parameters, "evaluate", False), r"sympy\.core\.parameters", _put(global_parameters, "evaluate", True)
    ),
    "what sympy assumes": (
        lambda: sympy.assumptions.global_assumptions.add(POSITIVE),
        r"sympy\.assumptions\.global_assumptions",
        lambda: sympy.assumptions.global_assumptions.discard(POSITIVE),
    ),
    "how sympy factors": (
        lambda: polyconfig.setup("USE_HEU_GCD", False), r"sympy\.polys\.polyconfig", lambda: polyconfig.setup("USE_HEU_GCD", True)
    ),
    "the text of arrays": (
        lambda: np.set_printoptions(formatter={"float": str}), r"np\.set_printoptions", lambda: np.set_printoptions(formatter=None)
    ),
    "a dialect of tables": (lambda: csv.register_dialect("mine"), r"csv\.register_dialect", lambda: csv.unregister_dialect("mine")),
    "an alarm": (
        lambda: signal.setitimer(signal.ITIMER_VIRTUAL, 900), r"signal\.setitimer", lambda: signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    ),
    "the digits of whole numbers": (
        lambda: sys.set_int_max_str_digits(9000), r"sys\.set_int_max_str_digits", lambda: sys.set_int_max_str_digits(4300)
    ),
    "another module under a name": (
        lambda: sys.modules.update({"this_test": type(sys)("other")}), r"sys\.modules\['this_test'\]", lambda: sys.modules.pop("this_test")
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _a_module_of_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "this_test", type(sys)("this_test"))


def _set_by_a_computation(change: Act) -> None:
    with untouched("kappa", KEY):
        change()


@pytest.mark.parametrize("what", list(LEFT))
def test_a_setting_that_a_computation_leaves_is_refused_by_its_name(what: str) -> None:
    change, said, back = LEFT[what]
    before = settings.settings()
    try:
        with pytest.raises(ContentError, match=f"kappa: {said}"):
            _set_by_a_computation(change)
    finally:
        back()
    assert settings.differing(before, settings.settings()) == []


def test_a_setting_is_seen_where_a_computation_was_the_first_to_load_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.delitem(sys.modules, "scipy.special")
        before = settings.settings()
    assert settings.differing(before, settings.settings()) == []
    scipy.special.seterr(singular="warn")
    try:
        assert settings.differing(before, settings.settings()) == ["scipy.special.seterr"]
    finally:
        scipy.special.seterr(singular="ignore")


def test_filters_of_warnings_and_flags_of_decimals_are_put_back() -> None:
    before = list(warnings.filters)
    with untouched("kappa", KEY):
        warnings.simplefilter("ignore")
        decimal.Decimal(1) / decimal.Decimal(3)
        assert decimal.getcontext().flags[decimal.Inexact]
    assert list(warnings.filters) == before
    with untouched("kappa", KEY):
        assert not decimal.getcontext().flags[decimal.Inexact]


def test_what_only_computes_changes_no_setting() -> None:
    with untouched("kappa", KEY):
        sympy.simplify(sympy.sin(sympy.Symbol("x")) ** 2)
        mpmath.quad(mpmath.sin, [0, 1])
        with mpmath.workdps(40), np.errstate(all="raise"), decimal.localcontext(prec=3):
            mpmath.zeta(3)
        scipy.special.gamma(-1)


def test_a_name_set_between_two_computations_is_the_engines_own_affair_or_was_left_by_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with untouched("one", KEY):
        pass
    monkeypatch.setattr(settings, "differing", lambda before, now: [])
    with untouched("two", KEY):
        pass
    monkeypatch.setattr(mpmath, "sqrt", mpmath.cbrt)
    with pytest.raises(ContentError, match=r"three: .*mpmath\.sqrt set by"), untouched("three", KEY):
        pass
    monkeypatch.undo()
    with pytest.raises(ContentError, match=r"mpmath\.sqrt"), untouched("four", KEY):
        pass  # put back: from here on it is as it was
