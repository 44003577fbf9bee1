r"""What stands below a sum, a product, a maximum or a supremum: which names it binds, over what, and under which conditions."""

from __future__ import annotations

import operator
from fractions import Fraction

from hwgen.reading import tree
from hwgen.reading.commands import BETWEEN
from hwgen.reading.inequalities import ARRAY, BOUNDS, COUNTED, OPEN, REAL, Below, Inequalities, endless
from hwgen.reading.refusals import counted, either, over_interval
from hwgen.reading.tree import Node

_NO_RANGE = frozenset({"|", r"\mid", r"\nmid", r"\equiv", r"\sim", r"\subset", r"\subseteq"})
_OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


class Ranges(Inequalities):
    """Reads what stands below a big operator."""

    def below(self, kind: str) -> Below:
        """j, ij, j=1, i<j, 1<=j<=p, |u|<=T, u in a set, and several of these between commas."""
        found = Below()
        if self.here != "{":
            self._name(found, ARRAY)
            return found
        self.take()
        with self.fresh():
            self._clause(found, kind)
            while self.here == ",":
                self.take()
                self._clause(found, kind)
        if self.here in {r"\cap", r"\cup", r"\setminus", r"\times"}:
            way = over_interval(kind, found.names[0]) if found.names and kind not in {"sum", "product"} else counted(kind, "k")
            self.refuse(
                f"'{self.here}' makes another set, which is not read below {kind}; declare a finite set, or write a range, as in {way}"
            )
        self.expect("}", f"to close what stands below {kind}")
        self._completed(found)
        return found

    def _clause(self, found: Below, kind: str) -> None:
        end = self._names_ahead()
        after = self.text(end)
        if end and after in _NO_RANGE:
            said = f"'{self.here} {after}' gives no range that is read"
            self.refuse(f"{said}; declare the finite set that it means, or write one, as in {counted(kind, 'k')}")
        if self.here in {"|", r"\lvert"}:
            self._modulus(found)
        elif self.here in {r"\|", r"\lVert"}:
            self._ball(found)
        elif end and after in {"=", r"\in", "}"}:
            names = self._names(found, end, after)
            if after == "=":
                self._begin(found, names)
            elif after == r"\in":
                self.take()
                self._set(found, names)
        else:
            self.inequalities(found, kind)

    def _names_ahead(self) -> int:
        """How many tokens ahead the names and the commas between them end."""
        ahead = 0
        while self.tokens[self.position + ahead :]:
            token = self.tokens[self.position + ahead]
            named = token.kind == "letter" or (token.kind == "command" and token.text[1:].isalpha() and token.text not in BETWEEN)
            if not (named and token.text not in {r"\in", *_NO_RANGE}) and token.text != ",":
                break
            ahead += 1
        return ahead

    def _names(self, found: Below, end: int, after: str) -> list[str]:
        """i, j or ij, all that stands below the operator or all that is said of them."""
        start, before, names = self.position, list(found.names), list[str]()
        while self.position < start + end:
            if self.here == ",":
                self.take()
            elif names and after != "}":
                self.refuse(f"'{self.beside(start)}' can be read as one name or several; write commas between them", start)
            names.append(self._name(found, ARRAY))
        if before and after == "}":
            ways = f"write one, as in '\\sum_{{1 \\le {names[0]} \\le n}} {names[0]}'"
            self.refuse(f"{names[0]} has no range of its own beside that of {before[0]}; {ways}", start)
        return names

    def _begin(self, found: Below, names: list[str]) -> None:
        self.take()
        if r"\infty" in {self.here, self.text(1)}:
            self.refuse("no sum begins at infinity; write two that begin at a number, as in '\\sum_{k=0}^{\\infty} 2^{-k}'")
        low = self.sum()
        for name in names:
            found.said[name], found.lows[name] = COUNTED, low
        found.begun += names

    def _modulus(self, found: Below) -> None:
        closing = "|" if self.take().text == "|" else r"\rvert"
        name = self._name(found, BOUNDS)
        self.expect(closing, "to close the absolute value")
        start = self.position
        relation = BETWEEN.get(self.here)
        if relation not in {"<", "<="}:
            self.refuse(f"expected \\le, found '{self.here}'")
        self.take()
        bound = self.sum()
        # |u| <= T is -T <= u <= T.
        negative = tree.Negative(of=bound, span=bound.span)
        self._limited(found, name, relation, negative, bound, start)

    # --- sets ---

    def _set(self, found: Below, names: list[str]) -> None:
        start = self.position
        if self.here == r"\mathbb":
            self.take()
            self._numbers(found, names, start)
        elif self.here == "]" or self._turned():
            self.refuse("an interval without an end is written with a round bracket there, as in '\\sup_{u \\in (0,1)} u'", start)
        elif self.here in {"[", "("}:
            self._interval(found, names, start)
        elif self.here == r"\{":
            self._listed_set(found, names, start)
        elif self.declared() is not None and len(names) == 1:
            found.said[names[0]], found.elements, found.declared = COUNTED, (self.factor(),), True
        else:
            ways = ", ".join(rf"'\max_{{u \in {one}}} u'" for one in (r"[0,1]", r"[n]", r"\{1,\dots,n\}", r"\{-1,1\}"))
            self.refuse(f"'{self.here}' after \\in is no set that is read; declare the set, or write one as in {ways}", start)

    def _turned(self) -> bool:
        """Whether an interval that begins here ends with a bracket that opens, as [0,1[ does."""
        ends = (self.text(ahead) == "[" and self.text(ahead + 1) in {"}", ","} for ahead in range(1, len(self.tokens) - self.position))
        return self.here in {"[", "("} and any(ends)

    def _numbers(self, found: Below, names: list[str], start: int) -> None:
        letter = self.take().text
        infinite = tree.Number(text="inf", span=self.span(start))
        lows = {"R": tree.Negative(of=infinite, span=infinite.span), "N": None}
        if letter not in lows:
            self.refuse(
                f"\\mathbb{{{letter}}} is not read below an operator; write limits, as in '\\sum_{{k=1}}^{{\\infty}} 2^{{-k}}'", start
            )
        if letter == "N":
            ways = either(r"\sum_{k=0}^{\infty} 2^{-k}", r"\sum_{k=1}^{\infty} 2^{-k}")
            self.refuse(f"\\mathbb{{N}} begins at 0 for some and at 1 for others; {ways}", start)
        if self.here == "_":
            self.refuse(f"a half-line is written as a relation, as in '\\inf_{{{names[0]} \\ge 0}} {names[0]}'", start)
        if self.here == "^":
            self.refuse("a supremum over all vectors; write a ball or a sphere, as in '\\sup_{\\|u\\| \\le 1} \\|u\\|'", start)
        for name in names:
            found.said[name], found.highs[name] = REAL, infinite
            found.lows[name] = tree.Negative(of=infinite, span=infinite.span)

    def _interval(self, found: Below, names: list[str], start: int) -> None:
        opening = self.take().text
        with self.fresh():
            first = self.limit()
            second = None
            if self.here == ",":
                self.take()
                second = self.limit()
        closing = self.take().text
        if second is None:
            padded = isinstance(first, tree.Number) and len(first.text) > 1 and first.text.startswith("0")
            if padded or (opening, closing) != ("[", "]"):
                ways = r"an interval, as in '\sup_{u \in [0,1]} u', or a range, as in '\sum_{k \in [n]} k'"
                seen = "a number that begins with 0" if padded else "brackets that do not match"
                self.refuse(f"{seen}; expected {ways}", start)
            # [n] is 1, ..., n, as is usual below a sum.
            one = tree.Number(text="1", span=first.span)
            for name in names:
                found.said[name], found.lows[name], found.highs[name] = COUNTED, one, first
            return
        if closing not in {"]", ")", "["}:
            self.refuse(f"'{closing}' where an interval ends; expected ']' or ')'", self.position - 1)
        said = REAL if (opening, closing) == ("[", "]") else OPEN
        if (opening == "[" and endless(first)) or (closing == "]" and endless(second)):
            self.refuse("\\infty is no number of an interval; leave it out, as in '\\inf_{u \\in [0,\\infty)} u'", start)
        for name in names:
            found.said[name] = said
            self._limited(found, name, "<=" if opening == "[" else "<", first, None, start)
            self._limited(found, name, "<=" if closing == "]" else "<", None, second, start)

    def _listed_set(self, found: Below, names: list[str], start: int) -> None:
        self.take()
        elements: list[Node] = []
        with self.fresh():
            while self.here not in {r"\}", ""}:
                elements.append(tree.Symbol(name="", span=self.span(self.position)) if self._dots() else self.sum())
                if self.here != ",":
                    break
                self.take()
                if self.here == r"\}":
                    self.refuse("a comma with nothing after it; expected another element of the set", self.position - 1)
        self.expect(r"\}", "to close the set")
        gaps = [index for index, one in enumerate(elements) if isinstance(one, tree.Symbol) and not one.name]
        if gaps:
            self._counted(found, names, elements, gaps, start)
        elif len(names) == 1 and elements:
            found.said[names[0]], found.elements = COUNTED, tuple(elements)
            if self.here == "^":
                self.take()
                found.power = self.script()
        else:
            self.refuse(
                f"'{self.printed(start)}' is read as a set of elements for one name; write those, and one name for each operator", start
            )

    def _dots(self) -> bool:
        r"""Whether \dots stand here; they are taken."""
        if self.here not in {r"\dots", r"\ldots", r"\cdots", r"\dotsc"}:
            return False
        self.take()
        return True

    def _counted(self, found: Below, names: list[str], elements: list[Node], gaps: list[int], start: int) -> None:
        r"""{1,…,n} and {1,2,…,n}: whole numbers one after the other."""
        first = [one.text for one in elements[: gaps[0]] if isinstance(one, tree.Number)]
        steps = [str(int(first[0]) + index) for index in range(len(first))] if first and first[0].isdigit() else []
        if len(gaps) != 1 or gaps[0] != len(elements) - 2 or len(first) != gaps[0] or first != steps:
            self.refuse(
                "a set with dots is read only from a number to a last one; write it as in '\\max_{k \\in \\{1,\\dots,n\\}} k'", start
            )
        last = _written(elements[-1])
        if last is not None and last <= int(first[-1]):
            self.refuse(f"'{self.printed(start)}' has dots, and its last number is no greater than those before; write its elements", start)
        if self.here == "^":
            self.refuse("a power of a set with dots; write its elements", start)
        for name in names:
            found.said[name], found.lows[name], found.highs[name] = COUNTED, elements[0], elements[-1]

    # --- balls ---

    def _ball(self, found: Below) -> None:
        closing = r"\|" if self.take().text == r"\|" else r"\rVert"
        if self.text(1) != closing:
            self.refuse("below an operator stands the norm of what runs alone, as in '\\sup_{\\|u\\| \\le 1} \\|u\\|'")
        self._name(found, REAL)
        self.take()
        norm = self.norm_name()
        start = self.position
        relation = {"=": "=", **BETWEEN}.get(self.here)
        found.open_ball = relation == "<"
        if relation not in {"=", "<=", "<"} or norm not in {"norm", "norm_2", "norm_inf", "norm_1"}:
            self.refuse("expected \\le or = and a radius after the Euclidean norm", start)
        self.take()
        found.ball = (norm, self.sum(), relation == "=")


def _written(node: Node) -> Fraction | None:
    """The number that is written there, if it is one, or sums and products of such."""
    if isinstance(node, tree.Number) and node.text not in {"inf", "pi"}:
        return Fraction(node.text)
    if isinstance(node, tree.Negative):
        return None if (inside := _written(node.of)) is None else -inside
    if not isinstance(node, tree.Operation) or node.symbol not in _OPERATIONS:
        return None
    left, right = _written(node.left), _written(node.right)
    return None if left is None or right is None or (node.symbol == "/" and not right) else _OPERATIONS[node.symbol](left, right)
