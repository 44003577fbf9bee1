r"""What stands below a sum, a product, a maximum or a supremum: which names it binds, over what, and under which conditions."""

from __future__ import annotations

from dataclasses import dataclass, field

from hwgen.reading import tree
from hwgen.reading.commands import BETWEEN
from hwgen.reading.cursor import Cursor
from hwgen.reading.tree import Condition, Node

# The ways in which the range of a name can be said; "bounds" leaves open whether it is whole or real.
ARRAY, COUNTED, BOUNDS, REAL, OPEN = "array", "counted", "bounds", "real", "open"


@dataclass
class Below:
    """The names below an operator in their order, each with its limits and with how they were said; a set or a ball of one name."""

    names: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    lows: dict[str, Node] = field(default_factory=dict)
    highs: dict[str, Node] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    elements: tuple[Node, ...] = ()
    declared: bool = False
    power: Node | None = None
    ball: tuple[str, Node, bool] | None = None
    open_ball: bool = False


class Ranges(Cursor):
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
        self.expect("}", f"to close what stands below {kind}")
        self._completed(found)
        return found

    def _name(self, found: Below, said: str) -> str:
        name = self.variable()
        if name in found.names:
            self.refuse(f"an index twice: {name}")
        self.take()
        found.names.append(name)
        found.said[name] = said
        return name

    def _clause(self, found: Below, kind: str) -> None:
        end = self._names_ahead()
        after = self.text(end)
        if self.here in {"|", r"\lvert"}:
            self._modulus(found)
        elif self.here in {r"\|", r"\lVert"}:
            self._ball(found)
        elif end and after in {"=", r"\in", "}"}:
            names = self._names(found, end)
            if after == "=":
                self._begin(found, names)
            elif after == r"\in":
                self.take()
                self._set(found, names)
        else:
            self._inequalities(found, kind)

    def _names_ahead(self) -> int:
        """How many tokens ahead the names and the commas between them end."""
        ahead = 0
        while self.tokens[self.position + ahead :]:
            token = self.tokens[self.position + ahead]
            named = token.kind == "letter" or (token.kind == "command" and token.text[1:].isalpha() and token.text not in BETWEEN)
            if not (named and token.text != r"\in") and token.text != ",":
                break
            ahead += 1
        return ahead

    def _names(self, found: Below, end: int) -> list[str]:
        stop, names = self.position + end, []
        while self.position < stop:
            if self.here == ",":
                self.take()
            names.append(self._name(found, ARRAY))
        return names

    def _begin(self, found: Below, names: list[str]) -> None:
        self.take()
        low = self.sum()
        for name in names:
            found.said[name], found.lows[name] = COUNTED, low
        found.begun += names

    # --- inequalities ---

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
        negative = tree.Negative(of=bound, span=bound.span)
        self._limited(found, name, relation, negative, bound, start)

    def _limited(self, found: Below, name: str, relation: str, low: Node | None, high: Node | None, start: int) -> None:
        """Note limits of a name; a strict one is the next whole number, or an open end."""
        for limits, limit in ((found.lows, low), (found.highs, high)):
            if limit is None:
                continue
            if name in limits:
                self.refuse(f"{name} is limited twice; write its range once", start)
            limits[name] = limit
            if relation == "<":
                sides = (limit, tree.Symbol(name=name, span=limit.span))
                left, right = sides if limit is low else sides[::-1]
                found.conditions.append(Condition(symbol="<", left=left, right=right, span=limit.span))

    def _inequalities(self, found: Below, kind: str) -> None:
        start = self.position
        before = self._side(found)
        if self.here not in BETWEEN:
            ways = f"\\{kind}_{{j=1}}^{{n}}, \\{kind}_{{1 \\le j \\le n}} or \\{kind}_{{j \\in \\{{1,2\\}}}}"
            self.refuse(f"expected the name of an index or variable and its range, found '{self.beside(start)}'; write {ways}", start)
        while self.here in BETWEEN:
            at = self.position
            relation = BETWEEN[self.take().text]
            after = self._side(found)
            self._related(found, before, relation, after, at)
            before = after

    def _side(self, found: Below) -> Node | str:
        """A name that is bound here, or an expression."""
        token = self.tokens[min(self.position, len(self.tokens) - 1)]
        ends = self.text(1) in BETWEEN or self.text(1) in {"}", ","}
        if token.text in found.names and ends:
            return self.take().text
        fresh = self.declared() is None and (token.kind == "letter" or token.text[1:].isalpha()) and ends
        return self._name(found, BOUNDS) if fresh else self._bounded(found)

    def _bounded(self, found: Below) -> Node:
        with self.binding(found.names):
            return self.sum()

    def _related(self, found: Below, left: Node | str, relation: str, right: Node | str, at: int) -> None:
        if relation in {">", ">="}:
            left, relation, right = right, relation.replace(">", "<"), left
        if (isinstance(left, str) and isinstance(right, str)) or relation == "!=":
            sides = [tree.Symbol(name=one, span=self.span(at)) if isinstance(one, str) else one for one in (left, right)]
            if not (isinstance(left, str) or isinstance(right, str)):
                self.refuse("a condition without an index; expected one that is bound here", at)
            found.conditions.append(Condition(symbol=relation, left=sides[0], right=sides[1], span=self.span(at)))
        elif isinstance(right, str):
            assert isinstance(left, Node)
            self._limited(found, right, relation, left, None, at)
        elif isinstance(left, str):
            self._limited(found, left, relation, None, right, at)
        else:
            self.refuse("neither side is a new name; expected the index between its limits", at)

    def _completed(self, found: Below) -> None:
        """1 <= i < j <= n: each name has the limits of the chain; names between which only a condition stands run over their arrays."""
        for name in found.names:
            if found.said[name] == BOUNDS and name not in found.lows and name not in found.highs:
                found.said[name] = ARRAY
        linked = [
            (one.left.name, one.right.name)
            for one in found.conditions
            if one.symbol in {"<", "<="} and isinstance(one.left, tree.Symbol) and isinstance(one.right, tree.Symbol)
        ]
        for _ in found.names:
            for smaller, larger in linked:
                if smaller in found.names and larger in found.names:
                    if smaller in found.lows:
                        found.lows.setdefault(larger, found.lows[smaller])
                    if larger in found.highs:
                        found.highs.setdefault(smaller, found.highs[larger])
                    for name in (smaller, larger):
                        if name in found.lows or name in found.highs:
                            found.said[name] = COUNTED if found.said[name] == ARRAY else found.said[name]

    # --- sets ---

    def _set(self, found: Below, names: list[str]) -> None:
        start = self.position
        if self.here == r"\mathbb":
            self.take()
            self._numbers(found, names, start)
        elif self.here in {"[", "(", "]"}:
            self._interval(found, names, start)
        elif self.here == r"\{":
            self._listed_set(found, names, start)
        elif self.declared() is not None and len(names) == 1:
            found.said[names[0]], found.elements, found.declared = COUNTED, (self.factor(),), True
        else:
            ways = r"[0,1], [n], \{1,\dots,n\}, \{-1,1\}^n, \mathbb{R}, or a declared set"
            self.refuse(f"'{self.here}' after \\in is no set that is read; write one of {ways}", start)

    def _numbers(self, found: Below, names: list[str], start: int) -> None:
        letter = self.take().text
        infinite = tree.Number(text="inf", span=self.span(start))
        lows = {"R": tree.Negative(of=infinite, span=infinite.span), "N": None}
        if letter not in lows:
            self.refuse(f"\\mathbb{{{letter}}} is not read below an operator; write limits, as in k=1}}^{{\\infty}}", start)
        if letter == "N":
            self.refuse("\\mathbb{N} begins at 0 for some and at 1 for others; write k=0}^{\\infty} or k=1}^{\\infty}", start)
        if self.here == "^":
            self.refuse("a supremum over all vectors; write a ball or a sphere, as in \\|u\\| \\le B", start)
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
            if (opening, closing) != ("[", "]"):
                self.refuse("expected an interval [a,b] or a range [n]", start)
            one = tree.Number(text="1", span=first.span)
            for name in names:
                found.said[name], found.lows[name], found.highs[name] = COUNTED, one, first
            return
        if closing not in {"]", ")", "["}:
            self.refuse(f"'{closing}' where an interval ends; expected ']' or ')'", self.position - 1)
        said = REAL if (opening, closing) == ("[", "]") else OPEN
        for name in names:
            found.said[name], found.lows[name], found.highs[name] = said, first, second

    def _listed_set(self, found: Below, names: list[str], start: int) -> None:
        self.take()
        elements: list[Node] = []
        with self.fresh():
            while self.here not in {r"\}", ""}:
                elements.append(tree.Symbol(name="", span=self.span(self.position)) if self._dots() else self.sum())
                if self.here != ",":
                    break
                self.take()
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
            self.refuse("a set for one name, with its elements; write one name below the operator", start)

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
            self.refuse("a set with dots is read only as \\{1,\\dots,n\\}: whole numbers from a number to a last one", start)
        if self.here == "^":
            self.refuse("a power of a set with dots; write its elements", start)
        for name in names:
            found.said[name], found.lows[name], found.highs[name] = COUNTED, elements[0], elements[-1]

    # --- balls ---

    def _ball(self, found: Below) -> None:
        closing = r"\|" if self.take().text == r"\|" else r"\rVert"
        self._name(found, REAL)
        self.expect(closing, "to close the norm")
        norm = self.norm_name()
        start = self.position
        relation = {"=": "=", **BETWEEN}.get(self.here)
        found.open_ball = relation == "<"
        if relation not in {"=", "<=", "<"} or norm not in {"norm", "norm_2", "norm_inf", "norm_1"}:
            self.refuse("expected \\le or = and a radius after the Euclidean norm", start)
        self.take()
        found.ball = (norm, self.sum(), relation == "=")
