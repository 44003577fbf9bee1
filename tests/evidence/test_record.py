"""What is kept of where a chain was tried are the sides themselves, computed here another way."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from hwgen.evidence.agreement import points_of
from hwgen.evidence.cases import Look
from hwgen.evidence.record import tried
from hwgen.evidence.scope import scope_at
from hwgen.evidence.table import Table
from hwgen.model import Binding, Binds, Formula, Place, Range, Tried, cases, closed, value, variable, vectors
from hwgen.reading import read, vocabulary


def _tried(text: str, bindings: Mapping[str, Binding], domain: Mapping[str, Range], sharp: Any = ()) -> Tried | None:
    chain = read(Formula(macro="checked", name="c", text=text, place=Place(file="f", line=1)), vocabulary(bindings))
    points, bound = points_of(domain, 12, sharp, 3)
    at = {key: (point, scope_at(bindings, point)) for key, point in bound.items()}
    look = Look(points=points, scopes=tuple(scope_at(bindings, one) for one in points), bound=at, sharp=sharp, seed=3, fixed=None)
    return tried(chain, look, Table(chain, look))


def test_both_sides_are_kept_at_every_point_and_where_the_inequality_binds() -> None:
    bindings = {"A": value(lambda t: t * t), "t": variable("t")}
    found = _tried(r"A \ge 2t-1", bindings, {"t": closed(-2, 2)}, (Binds(at={"t": 1.0}),))
    assert found is not None
    (relation,) = found.compared
    assert found.binding == 1
    assert found.points["t"][-1] == 1.0
    squares = [float(f"{float(t) ** 2:.6g}") for t in found.points["t"]]
    assert list(relation.right) == pytest.approx(squares, rel=1e-5)  # the larger side stands right
    assert list(relation.left) == pytest.approx([2 * float(t) - 1 for t in found.points["t"]], rel=1e-5)
    assert max(relation.deviation[:-1]) < 1e-12
    assert abs(relation.deviation[-1]) <= relation.tolerance[-1]


def test_of_arrays_the_entry_farthest_apart_is_kept() -> None:
    bindings = {"V": value(lambda t: np.array([t, 2 * t, 3.0])), "W": value(lambda t: np.array([t, 2 * t, 5.0])), "t": variable("t")}
    found = _tried("V = t W/t", bindings, {"t": closed(1, 2)})
    assert found is not None
    assert set(found.compared[0].left) == {3.0}
    assert set(found.compared[0].right) == {5.0}


def test_a_vector_is_kept_by_its_norm_and_a_case_by_its_text() -> None:
    bindings = {"A": value(lambda x, how: float(x @ x)), "B": value(lambda x: float(x @ x))}
    found = _tried("A = B", bindings, {"x": vectors(3, norm=closed(1, 2)), "how": cases("this", "that")})
    assert found is not None
    assert list(found.compared[0].left) == pytest.approx([float(norm) ** 2 for norm in found.points["x"]], rel=1e-5)
    assert set(found.points["how"]) == {"this", "that"}


def test_where_an_oracle_raises_nothing_is_kept() -> None:
    def fails(t: float) -> float:
        raise ZeroDivisionError(t)

    assert _tried("A = t", {"A": value(fails), "t": variable("t")}, {"t": closed(0, 1)}) is None


def test_a_side_without_a_value_is_no_number() -> None:
    found = _tried(r"A = t", {"A": value(lambda t: math.nan), "t": variable("t")}, {"t": closed(0, 1)})
    assert found is not None
    assert all(math.isnan(one) for one in found.compared[0].left)
