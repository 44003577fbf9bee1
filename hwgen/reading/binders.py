r"""The operators that bind a name: sums, products, maxima over indices; integrals, suprema over a real variable."""

from __future__ import annotations

from typing import NamedTuple

from hwgen.reading import tree
from hwgen.reading.commands import BIG, GROUPS, RELATIONS
from hwgen.reading.cursor import Cursor
from hwgen.reading.tree import Node

_BETWEEN = {"<": "<", r"\le": "<=", r"\leq": "<=", r"\ne": "!=", r"\neq": "!="}


class _Below(NamedTuple):
    """What stands below a big operator: its indices, their limits, and how they are related ("real" for a real variable)."""

    indices: list[str]
    low: Node | None = None
    high: Node | None = None
    relation: str = ""


class Ranges(Cursor):
    """Reads the operators that bind a name."""

    def listed(self) -> tuple[Node, ...]:
        """The arguments in a pair of delimiters, one or more."""
        opening = self.take().text
        with self.fresh():
            found = [self.sum()]
            while self.here in {",", ";"}:
                self.take()
                found.append(self.sum())
        self.expect(GROUPS[opening], f"to close '{opening}'")
        return tuple(found)

    def integral(self) -> Node:
        start = self.position
        self.take()
        low, high = self._limits()
        if low is None or high is None:
            self.refuse("an integral without limits; write \\int_{…}^{…}", start)
        variable = self._differential_ahead(start)
        with self.fresh(), self.binding([variable]):
            body = self.sum()
        if not self.differential():
            self.refuse("expected \\mathrm{d} and the variable at the end of the integral")
        self.position += 3
        if self.here in {"^", "/", "_", "'"}:
            self.refuse(f"'{self.here}' after a differential can be read in two ways; write parentheses around the integral")
        return tree.Ranging(kind="integral", variable=variable, low=low, high=high, body=body, span=self.span(start))

    def _differential_ahead(self, start: int) -> str:
        """The variable of the differential that ends this integral."""
        depth = 1
        for index in range(self.position, len(self.tokens) - 2):
            if self.tokens[index].text == r"\int":
                depth += 1
            if self.tokens[index].text == r"\mathrm" and self.tokens[index + 1].text == "d":
                depth -= 1
                if depth == 0:
                    return self.variable(index + 2)
        return self.refuse("expected \\mathrm{d} and the variable at the end of the integral", start)

    def _limits(self) -> tuple[Node | None, Node | None]:
        low = high = None
        for _ in range(2):
            if self.here == "_" and low is None:
                self.take()
                low = self._limit()
            elif self.here == "^" and high is None:
                self.take()
                high = self._limit()
        return low, high

    def _limit(self) -> Node:
        """A limit of an integral: a script, or infinity with its sign."""
        start = self.position
        texts = [self.text(ahead) for ahead in range(4)]
        if texts[0] == r"\infty":
            self.take()
            return tree.Number(text="inf", span=self.span(start))
        if texts[0] == "{" and texts[1] in {"+", "-"} and texts[2:] == [r"\infty", "}"]:
            self.position += 4
            infinite = tree.Number(text="inf", span=self.span(start))
            return tree.Negative(of=infinite, span=infinite.span) if texts[1] == "-" else infinite
        return self.script()

    def big(self) -> Node:
        start = self.position
        kind = BIG[self.take().text]
        if self.here in GROUPS and kind in {"max", "min"}:
            opening = self.here
            found = self.listed()
            if len(found) < 2:
                self.refuse(f"{kind} of one thing; expected a list in '{opening}…{GROUPS[opening]}' or an index below it", start)
            return tree.Elementary(name=kind, arguments=found, span=self.span(start))
        if self.here != "_":
            self.refuse(f"'{self.printed(start)}' says not over what; write an index below it", start)
        self.take()
        below = self._below(kind)
        if self.here == "^":
            self.take()
            below = below._replace(high=self.script())
        if kind in {"sum", "product"} and (below.low is None) != (below.high is None):
            self.refuse(f"{kind} with one limit; write both", start)
        if len(set(below.indices)) != len(below.indices):
            self.refuse(f"an index twice below {kind}", start)
        with self.binding(below.indices):
            body = self._body(kind, start)
        if kind in {"sup", "inf"} or below.relation == "real":
            return self._over_reals(kind, below, body, start)
        return tree.Indexed(
            kind=kind,
            indices=tuple(below.indices),
            relation=below.relation,
            low=below.low,
            high=below.high,
            body=body,
            span=self.span(start),
        )

    def _body(self, kind: str, start: int) -> Node:
        """What the operator acts on: a term; where it would matter how far that reaches, the page must say."""
        first = self.position
        body = self.term()
        if kind == "product" and isinstance(body, tree.Operation) and self.tokens[first].text not in GROUPS and body.symbol in "*/":
            self.refuse(f"'{self.printed(start)}' can be read in two ways: how far does \\prod reach? Write brackets", start)
        if kind not in {"sum"} and self.here in {"+", "-"}:
            self.refuse(f"'{self.beside(start)}' can be read in two ways: how far does {kind} reach? Write brackets")
        return body

    def _over_reals(self, kind: str, below: _Below, body: Node, start: int) -> Node:
        if below.low is None or below.high is None or len(below.indices) != 1:
            ways = f"\\{kind}_{{|u| \\le T}}, \\{kind}_{{a \\le u \\le b}} or \\{kind}_{{u \\in \\mathbb{{R}}}}"
            self.refuse(f"{kind} over what? write {ways}", start)
        return tree.Ranging(kind=kind, variable=below.indices[0], low=below.low, high=below.high, body=body, span=self.span(start))

    def _below(self, kind: str) -> _Below:
        """What stands below a big operator: j, ij, j=1, i<j, 1<=j<=p, |u|<=T, u in R."""
        if self.here != "{":
            return _Below([self._name()])
        self.take()
        with self.fresh():
            found = self._condition(kind)
        self.expect("}", f"to close what stands below \\{kind}")
        return found

    def _name(self) -> str:
        name = self.variable()
        self.take()
        return name

    def _condition(self, kind: str) -> _Below:
        if self.here in {"|", r"\lvert"}:
            closing = "|" if self.take().text == "|" else r"\rvert"
            name = self._name()
            self.expect(closing, "to close the absolute value")
            self._at_most()
            high = self.sum()
            return _Below([name], tree.Negative(of=high, span=high.span), high, "real")
        following = self.text(1)
        if following == r"\in":
            return self._all_reals()
        if following == "=":
            name = self._name()
            self.take()
            return _Below([name], self.sum())
        if following in _BETWEEN and self.text(3) == "}":
            first = self._name()
            relation = _BETWEEN[self.take().text]
            return _Below([first, self._name()], relation=relation)
        if following in {"}", ",", ""} or self.text(2) == "}":
            return _Below(self._names())
        low = self.sum()
        self._at_most()
        name = self._name()
        self._at_most()
        return _Below([name], low, self.sum(), "real" if kind in {"sup", "inf"} else "")

    def _names(self) -> list[str]:
        found = [self._name()]
        while self.here not in {"}", ""}:
            if self.here == ",":
                self.take()
            found.append(self._name())
        return found

    def _all_reals(self) -> _Below:
        start = self.position
        name = self._name()
        self.take()
        if [self.text(0), self.text(1)] != [r"\mathbb", "R"]:
            self.refuse("expected \\mathbb{R} after \\in below a sup")
        self.position += 2
        infinite = tree.Number(text="inf", span=self.span(start))
        return _Below([name], tree.Negative(of=infinite, span=infinite.span), infinite, "real")

    def _at_most(self) -> None:
        if RELATIONS.get(self.here) != r"\le":
            self.refuse(f"expected \\le, found '{self.here}'")
        self.take()
