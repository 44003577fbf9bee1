r"""The inequalities below an operator: which names a chain of them binds, one by one or as a list, between which limits.

A name is bound here only if the page gives it a range here; a list of names shares the bounds on both its sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hwgen.reading import tree
from hwgen.reading.commands import BETWEEN, COUNTS
from hwgen.reading.cursor import Cursor
from hwgen.reading.refusals import counted
from hwgen.reading.signs import NO_NAMES
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
    compared: list[str] = field(default_factory=list)
    elements: tuple[Node, ...] = ()
    declared: bool = False
    power: Node | None = None
    ball: tuple[str, Node, bool] | None = None
    open_ball: bool = False


@dataclass(frozen=True, kw_only=True)
class _Side:
    """A side of a chain: the names that it lists, whether they are new here, or an expression; `at`: the token where it begins."""

    names: tuple[str, ...] = ()
    new: bool = False
    node: Node | None = None
    at: int = 0


@dataclass(frozen=True, kw_only=True)
class _Sides:
    """A chain that does not fall: its sides, and the relations "<", "<=" and "!=" between them."""

    sides: tuple[_Side, ...]
    signs: tuple[str, ...]
    falling: bool = False

    @property
    def new(self) -> list[_Side]:
        return [one for one in self.sides if one.new]


class Inequalities(Cursor):
    """Reads the inequalities below a big operator."""

    def _name(self, found: Below, said: str) -> str:
        name = self.variable()
        if name in found.names:
            self.refuse(f"an index twice: {name}")
        self.take()
        found.names.append(name)
        found.said[name] = said
        return name

    def inequalities(self, found: Below, kind: str) -> None:
        """One chain, between two commas: a<=i<=b, i,j>=a, a<=i<j<=b, i!=j."""
        start, before = self.position, bool(found.names)
        sides, signs = [self._side(found)], list[str]()
        while self.here in BETWEEN:
            signs.append(BETWEEN[self.take().text])
            sides.append(self._side(found))
        if not signs and sides[0].new and not before and self.here == ",":
            return  # i,j before what is said of them
        if not signs:
            self._no_range(kind, start)
        chain = self._risen(*self._unequal(found, sides, signs), start)
        self._lists(chain, start)
        self._ranged(chain, kind, start)
        if all(one.new for one in chain.sides):
            found.compared += [name for one in chain.sides for name in one.names]
        for (left, right), sign in zip(pairwise(chain.sides), chain.signs, strict=True):
            self._related(found, left, sign, right)

    def _no_range(self, kind: str, start: int) -> None:
        limits = counted(kind, "j")
        ways = limits + " or " + limits.replace("_{j=1}^{n}", r"_{1 \le j \le n}")
        self.refuse(f"expected the name of an index or variable and its range, found '{self.beside(start)}'; write {ways}", start)

    # --- its sides ---

    def _side(self, found: Below) -> _Side:
        """Names that are bound here, with commas between them, or an expression."""
        at = self.position
        if not self._named(found, frozenset({"}", ","})):
            with self.binding(found.names):
                return _Side(node=self.sum(), at=at)
        if self.here in found.names:
            return _Side(names=(self.take().text,), at=at)
        names = [self._name(found, BOUNDS)]
        while self._another(found):
            self.take()
            names.append(self._name(found, BOUNDS))
        return _Side(names=tuple(names), new=True, at=at)

    def _named(self, found: Below, ends: frozenset[str]) -> bool:
        """Whether a name stands here, alone, that is bound below this operator or could be."""
        token = self.tokens[min(self.position, len(self.tokens) - 1)]
        if not (self.text(1) in BETWEEN or self.text(1) in ends):
            return False
        word = token.kind == "letter" or (token.text[1:].isalpha() and token.text not in NO_NAMES)
        return token.text in found.names or (word and self.declared() is None)

    def _another(self, found: Below) -> bool:
        """Whether a comma and another new name of a list follow; a name that is known here begins a condition of its own."""
        if self.here != ",":
            return False
        self.position += 1
        try:
            return self.here not in found.names and self._named(found, frozenset({"}", ",", "=", r"\in"}))
        finally:
            self.position -= 1

    # --- what it says ---

    def _unequal(self, found: Below, sides: list[_Side], signs: list[str]) -> tuple[list[_Side], list[str]]:
        """a<=i!=j<=b is the list a<=i,j<=b with its condition."""
        first, *_, last = sides
        if len(signs) != 3 or signs[1] != "!=" or first.new or last.new or not (sides[1].new and sides[2].new):
            return sides, signs
        both = _Side(names=sides[1].names + sides[2].names, new=True, at=sides[1].at)
        if len(both.names) == 2:
            self._condition(found, sides[1], "!=", sides[2])
        return [first, both, last], [signs[0], signs[2]]

    def _risen(self, sides: Sequence[_Side], signs: Sequence[str], start: int) -> _Sides:
        """The chain as it rises."""
        directions = {sign[0] for sign in signs} - {"!"}
        if len(directions) > 1:
            self.refuse(f"'{self.printed(start)}' rises and falls; write each name with its own bounds, commas between them", start)
        if "!=" in signs and len(signs) > 1:
            ways = r"write the ranges first, then each condition alone, as in '\sum_{i,j=1,i\ne j}^{n} ij'"
            self.refuse(f"'{self.printed(start)}' holds \\ne in a chain; {ways}", start)
        if ">" in directions:
            turned = tuple(sign.replace(">", "<") for sign in reversed(signs))
            return _Sides(sides=tuple(reversed(sides)), signs=turned, falling=True)
        return _Sides(sides=tuple(sides), signs=tuple(signs))

    def _lists(self, chain: _Sides, start: int) -> None:
        """A list is shared out in one way only where the bounds beside it are expressions, and no other relation begins in it."""
        for place, side in enumerate(chain.sides):
            if len(side.names) < 2:
                continue
            beside = [chain.sides[k] for k in (place - 1, place + 1) if 0 <= k < len(chain.sides)]
            if any(one.names for one in beside) or "!=" in chain.signs or self.here in {"=", r"\in"}:
                said = f"'{self.beside(start)}' can be shared out in two ways over {', '.join(side.names)}"
                self.refuse(f"{said}; write each of them with all its bounds", start)

    def _ranged(self, chain: _Sides, kind: str, start: int) -> None:
        """Each name that is new must be given a range here; one that is only compared with others is free on the page."""
        new, others = chain.new, [one for one in chain.sides if not one.new]
        known = [one for one in others if one.names]
        bounded = not (chain.sides[0].new or chain.sides[-1].new)
        if new and known and not bounded:
            self.refuse(f"{new[0].names[0]} is not bound: it has no range of its own below {kind}; write one, or bind it", new[0].at)
        if len(new) < 2 or bounded:
            return
        printed = [one.names[0] for one in (reversed(new) if chain.falling else new)]
        if others or printed != sorted(printed):
            said = f"'{self.printed(start)}' leaves open which of {', '.join(printed)} run below {kind}"
            pair = " < ".join(sorted(printed))
            ways = f"write both bounds for those that do, as in '\\sum_{{1 \\le {pair} \\le n}} 1', and bind the others"
            self.refuse(f"{said}; {ways}", start)

    def _related(self, found: Below, left: _Side, sign: str, right: _Side) -> None:
        at = right.at
        if sign == "!=" or (left.names and right.names):
            self._condition(found, left, sign, right)
        elif right.names:
            assert left.node is not None
            for name in right.names:
                self._limited(found, name, sign, left.node, None, at)
        elif left.names:
            for name in left.names:
                self._limited(found, name, sign, None, right.node, at)
        else:
            self.refuse("neither side is a new name; expected the index between its limits", at)

    def _condition(self, found: Below, left: _Side, sign: str, right: _Side) -> None:
        sides = [one.node or tree.Symbol(name=one.names[0], span=self.span(one.at)) for one in (left, right)]
        if left.node and right.node:
            self.refuse("a condition without an index; expected one that is bound here", right.at)
        found.conditions.append(Condition(symbol=sign, left=sides[0], right=sides[1], span=self.span(right.at)))

    def _limited(self, found: Below, name: str, relation: str, low: Node | None, high: Node | None, start: int) -> None:
        """Note limits of a name; a strict one is the next whole number, or an open end."""
        for limits, limit in ((found.lows, low), (found.highs, high)):
            if limit is None:
                continue
            if name in limits or name in found.begun or found.elements or found.ball:
                self.refuse(f"{name} is limited twice; write its range once", start)
            if name in found.compared:
                others = ", ".join(one for one in found.compared if one != name)
                self.refuse(
                    f"a range of {name} alone leaves open whether {others} runs too; write the ranges first, then what is compared", start
                )
            inside = [one.name for one in tree.parts(limit) if isinstance(one, tree.Symbol) and one.name in found.names]
            if inside:
                said = f"a limit of {name} that depends on {inside[0]}, which runs below the same operator"
                self.refuse(f"{said}; write one operator for {inside[0]} and one for {name}", start)
            limits[name] = limit
            if relation == "<":
                sides = (limit, tree.Symbol(name=name, span=limit.span))
                left, right = sides if limit is low else sides[::-1]
                found.conditions.append(Condition(symbol="<", left=left, right=right, span=limit.span))

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
        # So often that a limit at one end of the chain reaches the name at its other end.
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


def is_limit(condition: Condition, below: Below) -> bool:
    """Whether a condition only says that a limit is strict."""
    limits = [*below.lows.values(), *below.highs.values()]
    return any(side is limit for side in (condition.left, condition.right) for limit in limits)


def endless(limit: Node) -> bool:
    """Whether a limit is infinite."""
    return any(isinstance(one, tree.Number) and one.text == "inf" for one in tree.parts(limit))


def may_count(below: Below, name: str) -> bool:
    """Whether a name that runs through an interval may be a whole number to a reader, by its letter; all reals are named as such."""
    return name in COUNTS and not all(map(endless, filter(None, (below.lows.get(name), below.highs.get(name)))))


def is_strict(below: Below, limit: Node, name: str) -> bool:
    """Whether a name does not reach its limit, and that is a number."""
    if endless(limit):
        return False
    sides = [(one.left, one.right) for one in below.conditions if one.left is limit or one.right is limit]
    return any(isinstance(side, tree.Symbol) and side is not limit and side.name == name for pair in sides for side in pair)


def from_next(below: Below, name: str) -> None:
    """A sum without end begins at a number: after a strict limit at the next one."""
    low = below.lows[name]
    if is_strict(below, low, name):
        one = tree.Number(text="1", span=low.span)
        below.conditions = [condition for condition in below.conditions if low is not condition.left and low is not condition.right]
        below.lows[name] = tree.Operation(symbol="+", left=low, right=one, span=low.span)


def indexes(body: Node, name: str, alone: bool = False) -> bool:
    """Whether the name, alone or in an expression, is an index of an array."""
    found = (index for one in tree.parts(body) if isinstance(one, tree.Index) for index in one.indices)
    return any(isinstance(one, tree.Symbol) and one.name == name for index in found for one in ([index] if alone else tree.parts(index)))
