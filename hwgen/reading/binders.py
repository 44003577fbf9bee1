r"""The operators that bind a name: sums, products, extrema and integrals, how far each reaches, and what kind of range it has."""

from __future__ import annotations

from hwgen.reading import tree
from hwgen.reading.commands import BIG, GROUPS, WHOLE_LETTERS
from hwgen.reading.inequalities import ARRAY, BOUNDS, COUNTED, OPEN, REAL, Below, from_next, indexes, is_limit, is_strict, may_count
from hwgen.reading.ranges import Ranges
from hwgen.reading.refusals import counted, either, over_interval, sentence
from hwgen.reading.tree import Node, parts

_EXTREMA = {"max", "min", "sup", "inf"}
# What is read with all of the product after it, if that holds the name.
_WHOLE_PRODUCT = _EXTREMA | {"lim"}


class Binders(Ranges):
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

    # --- integrals ---

    def integral(self) -> Node:
        start = self.position
        self.take()
        low, high = self._limits()
        if low is None or high is None:
            self.refuse("an integral without limits; write \\int_{…}^{…}", start)
        variable = self._differential_ahead(start)
        self.integrals += 1
        with self.fresh(), self.binding([variable]):
            body: Node = tree.Number(text="1", span=self.span(start)) if self.differential() else self.sum()
        if not self.differential():
            self.refuse("expected \\mathrm{d} and the variable at the end of the integral")
        self.position += 2 if self.here == "d" else 3
        self.integrals -= 1
        if self.here in {"^", "/", "_", "'", *GROUPS}:
            self.refuse(f"'{self.here}' after a differential can be read in two ways; write parentheses around the integral")
        return tree.Ranging(kind="integral", variable=variable, low=low, high=high, body=body, span=self.span(start))

    def _differential_ahead(self, start: int) -> str:
        """The variable of the differential that ends this integral."""
        depth = 1
        plain = not self.declared_as("d")
        for index in range(self.position, len(self.tokens) - 1):
            if self.tokens[index].text == r"\int":
                depth += 1
            upright = self.tokens[index].text == r"\mathrm" and self.tokens[index + 1].text == "d"
            if upright or (plain and self.tokens[index].text == "d" and self.tokens[index - 1].text != r"\mathrm"):
                depth -= 1
                if depth == 0:
                    return self.variable(index + 1 + upright)
        declared = "" if plain else "; a plain d is the symbol that is declared here"
        return self.refuse(f"expected \\mathrm{{d}} and the variable at the end of the integral{declared}", start)

    def _limits(self) -> tuple[Node | None, Node | None]:
        low = high = None
        for _ in range(2):
            if self.here == "_" and low is None:
                self.take()
                low = self._script_limit()
            elif self.here == "^" and high is None:
                self.take()
                high = self._script_limit()
        return low, high

    def _script_limit(self) -> Node:
        """A limit in a script: infinity with its sign, or a number."""
        if self.here == "{" and self.text(1) in {"[", r"\mathbb"}:
            self.refuse("an integral over a set; write its ends, as in '\\int_{-\\infty}^{\\infty} e^{-u^2}\\,\\mathrm{d}u'")
        if self.here == "{" and (self.text(1) == r"\infty" or self.text(2) == r"\infty"):
            self.take()
            found = self.limit()
            self.expect("}", "to close the limit")
            return found
        return self.limit() if self.here == r"\infty" else self.script()

    def limit(self) -> Node:
        r"""An end of a range: an expression, or \infty with its sign."""
        start = self.position
        ahead = 1 if self.here in {"+", "-"} else 0
        if self.text(ahead) != r"\infty":
            return self.sum()
        sign = self.take().text if ahead else ""
        self.take()
        infinite = tree.Number(text="inf", span=self.span(start))
        return tree.Negative(of=infinite, span=infinite.span) if sign == "-" else infinite

    # --- big operators ---

    def big(self) -> Node:
        start = self.position
        kind = BIG[self.take().text]
        if self.here in GROUPS and kind in {"max", "min"}:
            opening = self.here
            found = self.listed()
            if len(found) < 2:
                self.refuse(f"{kind} of one thing; expected a list in '{opening}…{GROUPS[opening]}' or an index below it", start)
            return tree.Elementary(name=kind, arguments=found, span=self.span(start))
        below = self._scripts(kind, start)
        with self.binding(below.names):
            body = self.body_of(kind, below, start)
        return self._operator_node(kind, below, body, start)

    def _scripts(self, kind: str, start: int) -> Below:
        """What stands below and above the operator, in either order."""
        high: Node | None = None
        below: Below | None = None
        for _ in range(2):
            if self.here == "^" and high is None:
                self.take()
                high = self._script_limit()
            elif self.here == "_" and below is None:
                self.take()
                below = self.below(kind)
        if below is None:
            self.refuse(f"'{self.printed(start)}' says not over what; write an index below it", start)
        if below.begun and high is None:
            self.refuse(f"{kind} with one limit; write both, as in {counted(kind, below.begun[0])}", start)
        if high is not None and not below.begun:
            name = next((one for one in below.names), "j")
            self.refuse(f"{kind} with an upper limit and no lower one; write both, as in {counted(kind, name)}, or all of it below", start)
        if high is not None:
            below.highs.update(dict.fromkeys(below.begun, high))
        return below

    def body_of(self, kind: str, below: Below, start: int) -> Node:
        """What the operator acts on: a term; where it would matter how far that reaches, the page must say."""
        first = self.position
        body = self.term()
        # A logarithm to a base is a quotient, of which the page shows one factor.
        several = isinstance(body, tree.Operation) and body.symbol in "*/" and body.left.span != body.span
        product = several and not self._one_group(first)
        head = self.printed(start, first)
        if kind != "sum" and self.here in {"+", "-"}:
            self._reaches(kind, self.beside(start), self._over_sum(head, first), self.position)
        far = isinstance(body, tree.Operation) and not _holds(body.right, below.names)
        if product and (kind == "product" or (kind in _WHOLE_PRODUCT and far)):
            self._reaches(kind, self.printed(start), self._over_product(head, first, body), start)
        return body

    def _reaches(self, kind: str, printed: str, ways: str, at: int) -> None:
        name = rf"\{kind[:4]}" if kind == "product" else kind
        self.refuse(f"'{printed}' can be read in two ways: how far does {name} reach? {ways}", at)

    def _over_sum(self, head: str, first: int) -> str:
        """Both readings of an operator before a + or -."""
        body, sign = self.printed(first), self.here
        term = self.following(lambda: self.take() and self.term())
        term = term.removeprefix(sign).strip()
        return sentence(either(f"{head}({body} {sign} {term})", f"({head}({body})) {sign} {term}")) if term else "Write brackets"

    def _over_product(self, head: str, first: int, body: Node) -> str:
        """Both readings of an operator before several factors."""
        whole = self.printed(first)
        if not isinstance(body, tree.Operation):
            return "Write brackets"
        left, right = (" ".join(self.formula.text[slice(*side.span)].split()) for side in (body.left, body.right))
        if self.tokens[first].text in GROUPS:  # the span of a group is that of what it holds
            return "Write brackets"
        narrow = f"({head}({left}))" if body.symbol == "*" else f"\\frac{{{head}({left})}}"
        rest = rf"\cdot {right}" if body.symbol == "*" else f"{{{right}}}"
        return sentence(either(f"{head}({whole})", f"{narrow}{rest}"))

    def _one_group(self, first: int) -> bool:
        """Whether all that was read since `first` is one pair of brackets or one fraction."""
        depth, opens = 0, "{" if self.tokens[first].text in {r"\frac", r"\tfrac", r"\dfrac"} else ""
        if opens:
            return self._fraction_alone(first)
        for index in range(first, self.position):
            text = self.tokens[index].text
            depth += (text in GROUPS) - (text in GROUPS.values())
            if depth == 0:
                return index == self.position - 1 and self.tokens[first].text in GROUPS
        return False

    def _fraction_alone(self, first: int) -> bool:
        index, depth, taken = first + 1, 0, 0
        while index < self.position and taken < 2:
            depth += (self.tokens[index].text == "{") - (self.tokens[index].text == "}")
            taken += depth == 0
            index += 1
        return index == self.position

    def _operator_node(self, kind: str, below: Below, body: Node, start: int) -> Node:
        if below.ball is not None:
            return self._over_ball(kind, below, body, start)
        if below.elements:
            if len(below.names) > 1 or below.conditions:
                self.refuse(f"{kind} over a set and something else; write one operator for each", start)
            return tree.Chosen(
                kind=_attained(kind),
                variable=below.names[0],
                elements=below.elements,
                declared=below.declared,
                power=below.power,
                body=body,
                span=self.span(start),
            )
        real = [self._real(kind, name, below, body, start) for name in below.names]
        if any(real):
            return self._over_reals(kind, below, body, all(real), start)
        highs = tuple(self._last(kind, name, below, start) for name in below.names)
        return tree.Indexed(
            kind=_attained(kind),
            indices=tuple(below.names),
            lows=tuple(below.lows.get(name) for name in below.names),
            highs=highs,
            conditions=tuple(below.conditions),
            body=body,
            span=self.span(start),
        )

    def _last(self, kind: str, name: str, below: Below, start: int) -> Node | None:
        """The last value of a whole index: as written, or for a sum from k >= 1 on without end."""
        if name in below.highs or name not in below.lows or kind != "sum" or below.said[name] != BOUNDS:
            return below.highs.get(name)
        if len(below.names) > 1:
            names = ",".join(below.names)
            ways = f"write both bounds, as in '\\sum_{{1 \\le {names} \\le n}} ({'+'.join(below.names)})'"
            self.refuse(f"a sum over {names} without end has no bound of its tail; {ways}", start)
        from_next(below, name)
        return tree.Number(text="inf", span=self.span(start))

    def _real(self, kind: str, name: str, below: Below, body: Node, start: int) -> bool:
        """Whether a name runs over reals: as its range says, as its use as an index says, never as a guess."""
        said, index = below.said[name], indexes(body, name)
        if said in {REAL, OPEN}:
            if kind in _EXTREMA and may_count(below, name):
                ways = f"{counted(kind, name)}, or another letter, as in {over_interval(kind, name)}"
                self.refuse(f"{name} in an interval below {kind} may be real or whole; {ways}", start)
            if kind not in _EXTREMA:
                self.refuse(f"a {kind} over reals; write an integral, or limits as in {counted(kind, name)}", start)
            if said == OPEN and kind in {"max", "min"}:
                self.refuse(f"a {kind} over an open interval need not be attained; write \\{'sup' if kind == 'max' else 'inf'}", start)
            return True
        # Of a_{i+1} the first entry has another number than 1: only an index by itself begins with its array.
        if said == BOUNDS and (index or kind not in _EXTREMA) and name not in below.lows and not indexes(body, name, alone=True):
            self.refuse(f"{name} below {kind} begins nowhere; write where, as in {counted(kind, name)}", start)
        if said == COUNTED or (said == BOUNDS and kind not in _EXTREMA):
            return False
        if said == ARRAY:
            if kind in {"sup", "inf"} and not index:
                self.refuse(f"{kind} over what? Write {self._ways(kind, name)}", start)
            return False
        if index:
            return False
        if kind in {"max", "min"} or name in WHOLE_LETTERS:
            ways = f"write an interval, as in {over_interval(kind, name)}, or limits, as in {counted(kind, name)}"
            self.refuse(f"{name} below {kind} may be real or whole; {ways}", start)
        return True

    def _ways(self, kind: str, name: str) -> str:
        return ", ".join(
            f"'\\{kind}_{{{range_}}} {name}'" for range_ in (f"|{name}| \\le 1", f"{name} \\in [0,1]", f"{name} \\in \\mathbb{{R}}")
        )

    def _over_reals(self, kind: str, below: Below, body: Node, every: bool, start: int) -> Node:
        strict = [one for one in below.conditions if not is_limit(one, below)]
        if not every or strict:
            self.refuse(f"{kind} over reals under a further condition; write one operator for each name, with its interval", start)
        node = body
        for name in reversed(below.names):
            infinite = tree.Number(text="inf", span=self.span(start))
            low = below.lows.get(name) or tree.Negative(of=infinite, span=infinite.span)
            high = below.highs.get(name) or infinite
            open_ = (is_strict(below, low, name), is_strict(below, high, name))
            node = tree.Ranging(kind=kind, variable=name, low=low, high=high, body=node, open=open_, span=self.span(start))
        return node

    def _over_ball(self, kind: str, below: Below, body: Node, start: int) -> Node:
        assert below.ball is not None
        norm, radius, sphere = below.ball
        if kind not in _EXTREMA:
            self.refuse(f"a {kind} over all vectors of a ball; write an extremum, or a finite set", start)
        if len(below.names) > 1 or below.conditions:
            self.refuse(f"a {kind} over a ball with more below it; write one operator for each", start)
        if below.open_ball and kind in {"max", "min"}:
            self.refuse(f"a {kind} over an open ball need not be attained; write \\{'sup' if kind == 'max' else 'inf'}, or \\le", start)
        return tree.Ball(
            kind=_attained(kind), variable=below.names[0], norm=norm, radius=radius, sphere=sphere, body=body, span=self.span(start)
        )


def _attained(kind: str) -> str:
    return {"sup": "max", "inf": "min"}.get(kind, kind)


def _holds(node: Node, names: list[str]) -> bool:
    return any(isinstance(one, tree.Symbol) and one.name in names for one in parts(node))
