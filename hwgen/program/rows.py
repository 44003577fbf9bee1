"""The tables of a report, row by row as LaTeX: made from the arrays of the evidence as they are for the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from hwgen.judging import making
from hwgen.model import Table
from hwgen.model.catalog import Catalog

Rows = Sequence[Sequence[str]]


def rows(content: Catalog, evidence: Mapping[str, Any]) -> dict[str, Rows]:
    """The rows of each table by name, the head first, where the evidence has the arrays of all its studies."""
    studies, found = evidence["studies"], dict[str, Rows]()
    for name, noun in content.of(Table).items():
        if all(study in studies for study in noun.of):
            arrays = tuple({key: np.array(one) for key, one in studies[study].items()} for study in noun.of)
            found[name] = making.rows(noun.rows, arrays)
    return found
