"""The cells of a table around one with a formula under test: what ends in one of them with a sign or a relation goes on in the next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from hwgen.page.neighbours import IN_ROWS, WIDE_SPACES, after_it, before_it
from hwgen.page.nesting import Span
from hwgen.page.text import Visible
from hwgen.reading.commands import TABLES
from hwgen.reading.lexer import Token, environment
from hwgen.reading.roles import Role

DANGLES = frozenset({Role.SIGN, Role.TIMES, Role.RELATION, Role.FUNCTION, Role.BIG, Role.INTEGRAL})
_GOES_ON = frozenset({Role.TIMES, Role.RELATION, Role.SCRIPT, Role.SUFFIX})
_PASSED = WIDE_SPACES | {Role.BREAK}

Cell = tuple[int, int]  # its first token, and the one after its last


def going_on(seen: Visible, span: Span) -> str:
    """Where a cell stands that goes on with a formula, before it or after it, or is gone on with by it; empty if there is none."""
    rows = _rows(seen, span.opening)
    row = next((number for number, cells in enumerate(rows) if cells[0][0] <= span.opening < cells[-1][1]), -1)
    if row < 0:
        return ""
    cells = rows[row]
    at = bisect_left([stop for _, stop in cells], span.opening + 1)
    if _last(seen, (cells[at][0], span.opening)) is None and any(_dangles(seen, one) for one in _beside(seen, rows, row, at, -1)):
        return "before"
    if _first(seen, (span.closing + 1, cells[at][1])) is not None:
        return ""
    right, below = _beside(seen, rows, row, at, 1), _under(rows, row + 1, at)
    plus = any(_begins(seen, one, {*_GOES_ON, Role.SIGN}) for one in right[:1])
    # The rows of one column are read as lines of a text.
    further = _GOES_ON if any(len(one) > 1 for one in rows) else {*_GOES_ON, Role.SIGN}
    return "after" if plus or any(_begins(seen, one, further) for one in below) else ""


def _rows(seen: Visible, index: int) -> list[list[Cell]]:
    """The rows of the innermost table around a token, each as its cells."""
    tables = (one for one in seen.nesting.enclosing(index) if seen.tokens.roles[one] is Role.BEGIN)
    table = next((one for one in tables if environment(seen.tokens.texts[one]) in TABLES), -1)
    if table < 0 or table not in seen.nesting.partners:
        return []
    end = seen.nesting.partners[table]
    rows, start = [list[Cell]()], table + 1
    for mark in (*seen.tokens.of(Role.ALIGN, Role.ROW), end):
        if mark == end or (table < mark < end and seen.nesting.around(mark) == table):
            rows[-1].append((start, mark))
            start = mark + 1
            if seen.tokens.roles[mark] is Role.ROW:
                rows.append([])
    return [row for row in rows if row]


def _beside(seen: Visible, rows: Sequence[Sequence[Cell]], row: int, at: int, step: int) -> list[Cell]:
    """The next cell of the row on one side that holds something; to the left also the one above."""
    cells = rows[row][:at][::-1] if step < 0 else rows[row][at + 1 :]
    found = [one for one in cells if _last(seen, one) is not None][:1]
    return found + (_under(rows, row - 1, at) if step < 0 else [])


def _under(rows: Sequence[Sequence[Cell]], row: int, at: int) -> list[Cell]:
    """The cell of another row in the same column."""
    return [rows[row][at]] if 0 <= row < len(rows) and at < len(rows[row]) else []


def _last(seen: Visible, cell: Cell) -> Token | None:
    return before_it(seen, cell[1], cell[0], _PASSED, into=True).token


def _first(seen: Visible, cell: Cell) -> Token | None:
    return after_it(seen, cell[0], cell[1], _PASSED, into=True).token


def _dangles(seen: Visible, cell: Cell) -> bool:
    """Whether a cell ends with what a formula goes on from. A dash alone in the text is an empty entry."""
    token = _last(seen, cell)
    if token is None or seen.nesting.edge(token.index) is not None:
        return dangles(seen, token)
    return token.text != "-" and token.role in DANGLES


def dangles(seen: Visible, token: Token | None) -> bool:
    """Whether a token closes a formula that ends with a sign or a relation."""
    other = seen.nesting.edge(token.index) if token is not None else None
    last = before_it(seen, other.closing, other.first, IN_ROWS, into=True).token if other is not None else None
    return last is not None and last.role in DANGLES


def _begins(seen: Visible, cell: Cell, roles: frozenset[Role] | set[Role]) -> bool:
    """Whether a cell begins with what goes on from a formula. A minus begins a number as well."""
    token = _first(seen, cell)
    other = seen.nesting.edge(token.index) if token is not None else None
    if other is not None:
        token = after_it(seen, other.first, other.closing, IN_ROWS, into=True).token
    return token is not None and token.role in roles and token.text != "-"
