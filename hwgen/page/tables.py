"""Generated tables as LaTeX, through pylatex."""

from __future__ import annotations

from collections.abc import Sequence

from pylatex import LongTable, NoEscape, Tabular


def tabular(rows: Sequence[Sequence[str]]) -> str:
    """A booktabs tabular: the first row is the header; cells are LaTeX."""
    return _written(Tabular("l" + "r" * (len(rows[0]) - 1), booktabs=True), rows)


def wide_tabular(rows: Sequence[Sequence[str]]) -> str:
    """The same from margin to margin, with equal spaces between its columns."""
    narrow = tabular(rows)
    opened = narrow.replace("\\begin{tabular}{@{}", "\\begin{tabular*}{\\textwidth}{@{\\extracolsep{\\fill}}", 1)
    return opened.replace("\\end{tabular}", "\\end{tabular*}")


def long_table(rows: Sequence[Sequence[str]], columns: str) -> str:
    """The same over as many pages as it takes; `columns` is a LaTeX column specification."""
    return _written(LongTable(columns, booktabs=True, width=len(rows[0])), rows)


def whole_table(rows: Sequence[Sequence[str]], columns: str) -> str:
    """The same as a paragraph of its own that no page breaks, in the middle of the line."""
    return f"{{\\par\\smallskip\\centering\n{_written(Tabular(columns, booktabs=True, width=len(rows[0])), rows)}\n\\par\\medskip}}"


def _written(table: Tabular, rows: Sequence[Sequence[str]]) -> str:
    header, *body = rows
    table.add_row([NoEscape(cell) for cell in header])
    table.add_hline()
    if isinstance(table, LongTable):
        table.end_table_header()
    for row in body:
        table.add_row([NoEscape(cell) for cell in row])
    text: str = table.dumps()
    return text.replace("%\n", "\n")
