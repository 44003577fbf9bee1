"""Looking at an oracle leaves nothing in it: what it keeps between its calls is as before, and what it prints is not shown again."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from hwgen.judging.claim import finding_of
from hwgen.judging.untouched import untouched
from hwgen.model import Claim, Formula, Place, closed, value, variable

FORMULA = Formula(macro="checked", name="own", text=r"w = \sqrt t", place=Place(file="t.tex.j2", line=7))


def _claim(compute: Callable[..., Any]) -> Claim:
    def bind() -> Any:
        return {"w": value(compute, error=1e-8), "t": variable("t")}

    return Claim(name="own", exercise="toy", sentence="", domain={"t": closed(0.6, 1.6)}, bind=bind, identity="toy")


def _newton(start: float, t: float) -> float:
    x = start
    for _ in range(5):
        x -= (x * x - t) / (2 * x)
    return x


@dataclass
class Solver:
    """It begins where it ended."""

    x: float = 1.0

    def root(self, t: float) -> float:
        """The root, by Newton's method."""
        self.x = _newton(self.x, t)
        return float(self.x)


class Begin:
    """Where the next search begins."""

    x = 1.0


SOLVER, NESTED, LAST = Solver(), {"at": {"x": 1.0}}, defaultdict[str, deque[float]](lambda: deque([1.0]))


def _by_class(t: float) -> float:
    Begin.x = _newton(Begin.x, t)
    return float(Begin.x)


def _by_table(t: float) -> float:
    NESTED["at"]["x"] = _newton(NESTED["at"]["x"], t)
    return float(NESTED["at"]["x"])


def _by_deque(t: float) -> float:
    LAST["x"].append(_newton(LAST["x"].pop(), t))
    return float(LAST["x"][0])


def _by_default(t: float, known: list[float] = [1.0]) -> float:  # noqa: B006  what it keeps is the subject
    known[0] = _newton(known[0], t)
    return float(known[0])


def _by_attribute(t: float) -> float:
    vars(_by_attribute)["x"] = _newton(vars(_by_attribute).get("x", 1.0), t)
    return float(vars(_by_attribute)["x"])


def _enclosed() -> Callable[[float], float]:
    x = 1.0

    def root(t: float) -> float:
        nonlocal x
        x = _newton(x, t)
        return float(x)

    return root


KEEPING = [lambda t: SOLVER.root(t), _by_class, _by_table, _by_deque, lambda t: _by_default(t), _by_attribute, _enclosed()]


@pytest.mark.parametrize("compute", KEEPING)
def test_a_claim_is_judged_again_after_its_oracle_was_looked_at(compute: Callable[..., Any]) -> None:
    for _ in range(2):
        found = finding_of(_claim(compute), FORMULA, None)
        assert (found.passed, found.complaint) == (True, "")


def test_what_is_kept_is_put_back() -> None:
    Begin.x, SOLVER.x = 2.0, 3.0
    before = {"at": {"x": 4.0}}
    NESTED["at"]["x"] = 4.0
    root = _enclosed()
    with untouched([_by_class, lambda: SOLVER.root(1.5), _by_table, root]):
        found = root(1.5), _by_class(1.5), SOLVER.root(1.5), _by_table(1.5)
    assert (Begin.x, SOLVER.x, NESTED) == (2.0, 3.0, before)
    assert root(1.5) == found[0]


def test_what_an_oracle_prints_is_not_printed_with_other_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    def printing(t: float) -> float:
        print("at", t)
        return _newton(1.0, t)

    finding_of(_claim(printing), FORMULA, None)
    said = capsys.readouterr().out
    assert said.startswith("at ")
    assert "Traced" not in said
