r"""Cases: the pieces of a value, each with its condition, in the braces that the page opens and does not close."""

from __future__ import annotations

from hwgen.reading import tree
from hwgen.reading.brackets import Brackets
from hwgen.reading.commands import SIGNS, TENSORS, TIMES
from hwgen.reading.refusals import advised
from hwgen.reading.tree import Chain, Node

_OTHERWISE = frozenset(rf"\text{{{word}{mark}}}" for word in ("otherwise", "else", "elsewhere") for mark in ("", ".", ",", ";"))
_WHERE = frozenset({r"\text{if}", r"\text{when}", r"\text{for}"})


class Pieces(Brackets):
    """Reads cases."""

    def cases(self) -> Node:
        start = self.position
        self.take()
        pieces: list[tuple[Node, Chain | None]] = []
        while self.here != r"\end{cases}":
            if pieces and pieces[-1][1] is None:
                self.refuse("a case after 'otherwise'; write that one last")
            pieces.append(self._piece())
            if self.here == "\\\\":
                self.take()
            elif self.here != r"\end{cases}":
                self.refuse(f"'{self.here}' in cases; expected \\\\ or \\end{{cases}}")
        self.take()
        if not pieces:
            self.refuse("cases without a case", start)
        self._stands_alone(start, len(pieces) % 2 == 0)
        return tree.Cases(pieces=tuple(pieces), span=self.span(start))

    def _stands_alone(self, start: int, even: bool) -> None:
        """Cases print no brace at their end: what follows stands beside the condition of a middle row, as if it belonged to it."""
        beside = self.here in TIMES | {"/", "!", "'", *TENSORS} or self.starts_factor()
        if beside or (not even and (self.here in SIGNS or self.is_relation(self.here) or self.differential())):
            self.refuse(f"'{self.here}' behind cases prints beside the condition of a row; write parentheses around the cases", start)

    def _piece(self) -> tuple[Node, Chain | None]:
        with self.fresh():
            value = self.sum()
            if self.here in {",", ";"}:
                self.take()
            self.expect("&", "between a case and its condition")
            if self.here in _OTHERWISE:
                self.take()
                if self.here in {",", ";", "."}:
                    self.take()
                return value, None
            if self.here in _WHERE:
                self.take()
            elif self.here.startswith(r"\text{"):
                self.refuse(
                    f"'{self.here}' before a condition; expected \\text{{if}}, \\text{{for}}, \\text{{when}}, or \\text{{otherwise}}"
                )
            condition = self.chain()
            if self.here in {",", ";", "."}:
                self.take()
        if not condition.relations:
            self.refuse(advised(self.here) or "a case without a relation; expected \\text{if } and a relation, or \\text{otherwise}")
        return value, condition
