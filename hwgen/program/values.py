"""What each placeholder of the page stands for, as LaTeX: the numbers, figures and tables of a run, and the tables that tell of it."""

from __future__ import annotations

from collections.abc import Sequence

from hwgen.judging.results import Results
from hwgen.model import Estimate, Figure, Ledger, Table
from hwgen.model.catalog import Catalog
from hwgen.page import appendix, notation, overview, tables
from hwgen.page.coverage import Display
from hwgen.page.digits import digits, direction


def values_of(content: Catalog, displays: Sequence[Display], results: Results, written: Ledger) -> dict[str, str]:
    """By the name of the placeholder; `displays` are the displayed relations of the page."""
    values = {f"figures.{name}": str(figure.path) for name, figure in content.of(Figure).items()}
    for name, result in results.named.items():
        if isinstance(result, Estimate):
            values[f"constants.{name}"] = digits(result)
            values[f"rounded.{name}"] = direction(result)
        elif name in content.of(Table):
            values[f"tables.{name}"] = tables.tabular(result)
    values["tables.appendix"] = appendix.appendix(written)
    values["tables.overview"] = overview.overview(written, content, displays)
    values["tables.coverage"] = overview.coverage(written, displays)
    values["tables.notation"] = notation.notation(content)
    return values
