"""Circle: an area, a bound, an erratum, a statement, a study, a constant, a figure and a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from hwgen.evidence.fits import power_law
from hwgen.model import Bindings, Binds, Estimate, Evidence, Kind, Verdict, closed, effort, value, variable
from hwgen.model.catalog import Exercise


@dataclass(frozen=True, kw_only=True)
class Problem:
    """The plane's metric: the exponent of the norm whose ball is measured."""

    exponent: float = 2.0


exercise = Exercise("circle", title="The circle", problem=Problem())


def _area(problem: Problem):
    """The area of the ball of radius r, by the trapezoidal rule on a polar grid."""
    angle = np.linspace(0, 2 * np.pi, 4000, endpoint=False)
    norm = (np.abs(np.cos(angle)) ** problem.exponent + np.abs(np.sin(angle)) ** problem.exponent) ** (1 / problem.exponent)
    return lambda r: float(np.mean(0.5 * (r / norm) ** 2) * 2 * np.pi)


@exercise.claim(domain={"r": closed(0.3, 3)}, source="Archimedes", changed={"exponent": 4.0})
def area(problem: Problem) -> Bindings:
    """Area of a disc."""
    return {"A": value(_area(problem), error=1e-9), "r": variable("r")}


@exercise.claim(domain={"r": closed(0.3, 3)}, sharp=[Binds(at={"r": 2.0})], changed={"exponent": 1.0})
def tangent(problem: Problem) -> Bindings:
    """The area lies above its tangent at radius 2."""
    return {"A": value(_area(problem), error=1e-9), "r": variable("r")}


@exercise.claim(domain={"r": closed(0.3, 3)}, false=True, quotes=r"A = \frac{\pi r^2}{2}")
def wrong_area(problem: Problem) -> Bindings:
    """Half the area of a disc."""
    return {"A": value(_area(problem), error=1e-9), "r": variable("r")}


@exercise.statement(changed={"exponent": 3.0})
def round_(problem: Problem) -> list[Evidence]:
    """The disc is the same in all directions."""
    angle = np.linspace(0, 1, 7)
    norms = (np.cos(angle) ** problem.exponent + np.sin(angle) ** problem.exponent) ** (1 / problem.exponent)
    spread = float(np.ptp(norms))
    verdict = Verdict.SUPPORTED if spread < 1e-12 else Verdict.REFUTED
    return [Evidence(kind=Kind.NUMERIC, method="norms in seven directions", verdict=verdict, cases=7, deviation=spread, tolerance=1e-12)]


@exercise.study
def darts(problem: Problem) -> dict[str, Any]:
    """Error of the area by throwing darts."""
    rng = np.random.default_rng(5)
    throws = 4 ** np.arange(2, 8)
    errors = [[abs(4 * np.mean(np.sum(rng.random((n, 2)) ** 2, axis=1) < 1) - np.pi) for n in throws] for _ in range(effort.times(30))]
    return {"throws": throws, "errors": np.array(errors)}


@exercise.constant(of=[darts])
def slope_darts(data) -> Estimate:
    """Slope of the error in the number of darts."""
    return power_law(data["throws"], data["errors"]).estimate


exercise.named(slope_darts="slope is {}")


@exercise.constant()
def unit_area(problem: Problem) -> Estimate:
    """Area of the unit disc."""
    return Estimate(value=_area(problem)(1.0), error=1e-3)


@exercise.figure(of=[darts], height=2.0)
def darts_error(figure, data) -> None:
    """Error of the area by throwing darts."""
    axes = figure.subplots()
    axes.loglog(data["throws"], data["errors"].mean(axis=0), "o-")
    axes.set_xlabel("darts")


@exercise.table(of=[darts])
def darts_table(data) -> list[list[str]]:
    """Mean error by number of darts."""
    return [["darts", "error"], *([str(n), f"{e:.2g}"] for n, e in zip(data["throws"], data["errors"].mean(axis=0), strict=True))]
