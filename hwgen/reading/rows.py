r"""What separates: the ends of rows, columns and wide spaces. They print as nothing, but never stand for a product.

A separator may stand only where a formula goes on across it: beside a relation, an operator or a comma.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from hwgen.reading.commands import JOINS, RELATIONS, SIGNS, WORDS

_COLUMN = frozenset({"&", "\\\\"})
# What prints nothing and is no part of the formula; "narrow" is a space as wide as between words.
_NO_TOKENS = frozenset({"separator", "gap", "narrow"})
_LEFT = frozenset({"{", "(", "[", r"\{", r"\lvert", r"\lVert", r"\langle", r"\lfloor", r"\lceil"})
_RIGHT = frozenset({"}", ")", "]", r"\}", r"\rvert", r"\rVert", r"\rangle", r"\rfloor", r"\rceil"})
_RELATED = RELATIONS.keys() | {r"\ne", r"\neq", r"\in"}
# Refuses with a message at a character of the formula.
Refuse = Callable[[str, int], Exception]


def joined(tokens: Sequence[Any], refuse: Refuse) -> list[Any]:
    """The tokens without separators. Raises what `refuse` makes where one of them stands between two things that it would multiply."""
    tokens = [*_without_empty(tokens)]
    kept: list[Any] = []
    braces = 0
    for index, token in enumerate(tokens):
        braces += (token.text == "{") - (token.text == "}")
        if braces and token.kind == "separator" and (token.text == "&" or token.text.startswith("\\\\")):
            raise refuse(f"'{token.text}' in braces separates nothing, and prints nothing or stops LaTeX; take it out", token.start)
        if token.kind not in _NO_TOKENS:
            kept.append(token)
            continue
        after = _next(tokens, index)
        if token.kind == "narrow":
            if kept and after is not None and not _goes_on(tokens, index, kept[-1], after) and _between_relations(tokens, index):
                said = f"'{kept[-1].text}{token.text}{after.text}' between two relations may end one of them and begin another"
                raise refuse(f"{said}; write \\cdot for a product, or each relation in a command of its own", token.start)
            continue
        if token.kind == "gap":
            if not _beside_a_column(kept[-1] if kept else None, after):
                raise refuse(
                    f"'{token.text}' inside a row looks like the next column; write & between columns, or no wide space", token.start
                )
        elif not _goes_on(tokens, index, kept[-1] if kept else None, after):
            if any(one.text.startswith(WORDS) for one in (kept[-1], after)):
                raise refuse(
                    "words beside a wide space; expected them outside of the command, each relation in one of its own", token.start
                )
            said = f"'{token.text}' separates '{kept[-1].text}' from '{after.text}', and is no product; write one relation"
            raise refuse(f"{said}, or several commands with one each; a row that goes on begins with &", token.start)
    return kept


def _without_empty(tokens: Sequence[Any]) -> Iterator[Any]:
    r"""The tokens without braces that hold nothing beside a sign, a relation or a column: they give it its space, as in `&{}+ s`."""
    skipped = -1
    for index, token in enumerate(tokens):
        empty = token.text == "{" and index + 1 < len(tokens) and tokens[index + 1].text == "}"
        before, after = tokens[index - 1] if index else None, _next(tokens, index + 1) if empty else None
        if empty and (before is None or _opens(before) or before.kind in _NO_TOKENS or before.text in _COLUMN) and after is not None:
            skipped = index + 1 if after.text in {*SIGNS, *RELATIONS} or _next_column(tokens, index + 2) else skipped
        if index != skipped and index + 1 != skipped:
            yield token


def _next_column(tokens: Sequence[Any], index: int) -> bool:
    return next((one.text for one in tokens[index:] if one.kind != "narrow"), "") in _COLUMN


def _next(tokens: Sequence[Any], index: int) -> Any:
    return next((one for one in tokens[index + 1 :] if one.kind not in _NO_TOKENS), None)


def _between_relations(tokens: Sequence[Any], index: int) -> bool:
    """Whether a relation stands on either side, outside of brackets, before the next comma or column."""
    return all(_relation_comes(side) for side in (tokens[index + 1 :], tokens[index - 1 :: -1] if index else ()))


def _relation_comes(side: Iterable[Any]) -> bool:
    """Whether a relation is met outside of brackets, before anything that separates; what the brackets are, is told by their balance."""
    depth = 0
    for one in side:
        depth += (one.text in _LEFT) - (one.text in _RIGHT)
        if depth == 0 and one.text in _RELATED:
            return True
        if depth == 0 and (one.text == "," or one.kind == "separator"):
            return False
    return False


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
