r"""Wrong versions of what notation alone says: integer parts, traces and determinants, cases, the order of a product, ranges.

Nothing here judges; a mutant may turn out unreadable or even to say the same thing in other words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hwgen.judging.atoms import Atom, Mutant, atoms, group_end, spliced, text_of
from hwgen.reading import Token

_PARTS = {r"\lfloor": (r"\lceil", r"\rceil"), r"\lceil": (r"\lfloor", r"\rfloor")}
_CLOSE = {r"\lfloor": r"\rfloor", r"\lceil": r"\rceil"}
_INVARIANTS = {"tr": r"\det", "det": r"\operatorname{tr}", "rank": r"\operatorname{tr}"}


def integer_parts(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """The next whole number below for the one above, and the other way; or neither."""
    for index, token in enumerate(tokens):
        if token.text in _PARTS:
            end = _closing(tokens, index)
            if end is not None:
                opening, closing = _PARTS[token.text]
                inside = text_of(text, tokens, index + 1, end)
                yield Mutant(f"{token.text} becomes {opening}", spliced(text, tokens, index, end + 1, f"{opening} {inside} {closing}"))
                yield Mutant(f"{token.text} dropped", spliced(text, tokens, index, end + 1, f"({inside})"))


def _closing(tokens: Sequence[Token], start: int) -> int | None:
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].text in _PARTS) - (tokens[index].text in _CLOSE.values())
        if depth == 0:
            return index if index > start + 1 else None
    return None


def invariants(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """A trace for a determinant, and the other way."""
    for index, token in enumerate(tokens):
        if token.text == r"\det":
            yield Mutant("determinant becomes trace", spliced(text, tokens, index, index + 1, _INVARIANTS["det"]))
        if token.text == r"\operatorname":
            end = group_end(tokens, index + 1)
            name = "".join(one.text for one in tokens[index + 1 : end]).strip("{}")
            if name in _INVARIANTS:
                yield Mutant(f"{name} becomes another invariant", spliced(text, tokens, index, end, _INVARIANTS[name]))


def cases(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """The values of two cases exchanged."""
    for index, token in enumerate(tokens):
        if token.text != r"\begin{cases}":
            continue
        ends = [k for k in range(index, len(tokens)) if tokens[k].text in {"&", "\\\\", r"\end{cases}"}]
        if len(ends) < 3:
            continue
        first, second = (index + 1, ends[0]), (ends[1] + 1, ends[2])
        if first[0] < first[1] and second[0] < second[1]:
            one, between, other = text_of(text, tokens, *first), text_of(text, tokens, first[1], second[0]), text_of(text, tokens, *second)
            yield Mutant("two cases exchanged", spliced(text, tokens, first[0], second[1], f"{other} {between} {one}"))


def orders(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """Two neighbouring factors exchanged, of which one is transposed or inverted: arrays do not commute."""
    found = [one for one in atoms(tokens) if tokens[one.start].kind in {"letter", "command"}]
    for left in found:
        right = next((one for one in found if one.start == left.stop), None)
        if right is not None and (_turned(tokens, left) or _turned(tokens, right)):
            one, other = text_of(text, tokens, left.start, left.stop), text_of(text, tokens, right.start, right.stop)
            yield Mutant(f"{one} and {other} exchanged", spliced(text, tokens, left.start, right.stop, f"{other} {one}"))


def _turned(tokens: Sequence[Token], atom: Atom) -> bool:
    scripts = [one.text for one in tokens[atom.scripts : atom.stop]]
    return r"\top" in scripts or scripts[:4] == ["^", "{", "-", "1"]


def ranges(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """An end of a range that is taken in, where it is left out."""
    for index, token in enumerate(tokens):
        if token.text == "_" and index + 1 < len(tokens):
            for place in range(index + 1, group_end(tokens, index + 1)):
                if tokens[place].text == "<":
                    yield Mutant(r"< becomes \le in a range", spliced(text, tokens, place, place + 1, r"\le"))
                if tokens[place].text == ">":
                    yield Mutant(r"> becomes \ge in a range", spliced(text, tokens, place, place + 1, r"\ge"))
