r"""What separates: the ends of rows, columns and wide spaces. They print as nothing, but never stand for a product.

A separator may stand only where a formula goes on across it: beside a relation, an operator or a comma.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from hwgen.reading.commands import JOINS, RELATIONS, SIGNS

_COLUMN = frozenset({"&", "\\\\"})
# Refuses with a message at a character of the formula.
Refuse = Callable[[str, int], Exception]


def joined(tokens: Sequence[Any], refuse: Refuse) -> list[Any]:
    """The tokens without separators. Raises what `refuse` makes where one of them stands between two things that it would multiply."""
    kept: list[Any] = []
    braces = 0
    for index, token in enumerate(tokens):
        braces += (token.text == "{") - (token.text == "}")
        if braces and token.kind == "separator" and (token.text == "&" or token.text.startswith("\\\\")):
            raise refuse(f"'{token.text}' in braces separates nothing, and prints nothing or stops LaTeX; take it out", token.start)
        if token.kind not in {"separator", "gap"}:
            kept.append(token)
            continue
        after = _next(tokens, index)
        if token.kind == "gap":
            if not _beside_a_column(kept[-1] if kept else None, after):
                raise refuse(
                    f"'{token.text}' inside a row looks like the next column; write & between columns, or no wide space", token.start
                )
        elif not _goes_on(tokens, index, kept[-1] if kept else None, after):
            said = f"'{token.text}' separates '{kept[-1].text}' from '{after.text}', and is no product; write one relation"
            raise refuse(f"{said}, or several commands with one each; a row that goes on begins with &", token.start)
    return kept


def _next(tokens: Sequence[Any], index: int) -> Any:
    return next((one for one in tokens[index + 1 :] if one.kind not in {"separator", "gap"}), None)


def _beside_a_column(before: Any, after: Any) -> bool:
    r"""Whether a wide space inside a matrix or cases stands where a column begins or ends, or beside words."""
    if before is None or after is None or before.text in _COLUMN or after.text in {*_COLUMN, ",", "."}:
        return True
    return bool(before.text.startswith((r"\begin{", r"\text{")) or after.text.startswith((r"\end{", r"\text{")))


def _goes_on(tokens: Sequence[Any], index: int, before: Any, after: Any) -> bool:
    if before is None or after is None or after.text in RELATIONS or _opens(before):
        return True
    if after.text in JOINS or after.text in {".", ",", ";"}:
        return True
    return after.text in SIGNS and _row_goes_on(tokens, index, after)


def _opens(token: Any) -> bool:
    """Whether something has to follow: a relation, an operator, a comma or an opening bracket."""
    return token.text in RELATIONS or token.text in SIGNS or token.text in JOINS or token.text in {",", "(", "[", r"\{", "{"}


def _row_goes_on(tokens: Sequence[Any], index: int, sign: Any) -> bool:
    r"""Whether a sign after a separator adds to what stands before: a row that begins with & or +; - might begin another relation."""
    start = max((k + 1 for k in range(index + 1) if tokens[k].text.startswith("\\\\")), default=0)
    row = tokens[start:]
    begins = next((k for k, one in enumerate(row) if one.kind != "separator"), len(row))
    if start == 0 or row[begins] is not sign:
        return False
    columns = any(one.text == "&" for one in row[:begins])
    stop = next((k for k, one in enumerate(row) if one.text.startswith("\\\\")), len(row))
    # A row that begins with a sign and has a relation of its own might be a new formula, whose side is signed.
    return columns or not any(one.text in RELATIONS for one in row[begins:stop])
