"""Numbers that remember how they were computed: each operation is a node on a tape, equal ones once, and can be done again with others.

What is no arithmetic and no elementary function (a solver, a search, a law) is a node that is equal to nothing but itself.
"""

from __future__ import annotations

import math
import operator
import random
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

# Enough to tell two expressions apart, near enough to stay where both are defined.
_AWAY, _WHOLE, _DIGITS = 0.03, 3, 8


class TooLong(Exception):
    """More operations than a formula has."""


class Untraced(Exception):
    """A computation that no tape follows."""


@dataclass
class Tape:
    """The nodes, each (operation, nodes); a number and an atom stand for themselves."""

    most: int
    nodes: list[tuple[Hashable, tuple[int, ...]]] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    places: dict[tuple[Hashable, tuple[int, ...]], int] = field(default_factory=dict)
    # How operations of a library are done again.
    functions: dict[Hashable, Callable[..., float]] = field(default_factory=dict)
    # Turns of loops, comparisons, and plain numbers that were gone through: of a search, or of a quadrature, the tape has the result alone.
    work: int = 0

    def node(self, operation: Hashable, of: Sequence[Any], value: Any) -> Any:
        """The result of an operation, which is its own number where nothing in it is traced."""
        if not any(isinstance(one, Traced) for one in of) and of:
            return value
        return self._at((operation, tuple(self._place(one) for one in of)), value)

    def spend(self, work: int) -> None:
        """Count work that leaves no node."""
        self.work += work
        if self.work > self.most:
            raise TooLong

    def atom(self, key: Hashable, value: Any) -> Traced:
        """A number that comes from elsewhere."""
        return self._at((("atom", key), ()), value)

    def _place(self, one: Any) -> int:
        return one.place if type(one) is Traced else self._at((("number", float(one)), ()), float(one)).place

    def _at(self, node: tuple[Hashable, tuple[int, ...]], value: Any) -> Traced:
        place = self.places.get(node)
        if place is None:
            if len(self.nodes) >= self.most:
                raise TooLong
            place = self.places[node] = len(self.nodes)
            self.nodes.append(node)
            self.values.append(value)
        return Traced(self, place, value)

    def below(self, results: Iterable[Traced]) -> list[int]:
        """The nodes that some results are made of, each after those that it is made of."""
        waiting, found = [one.place for one in results], set[int]()
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                waiting += self.nodes[place][1]
        return sorted(found)

    def cost(self, results: Iterable[Traced]) -> int:
        """How many operations some results need; of several numbers a function has as many as a sum of them."""
        below = [self.nodes[place] for place in self.below(results)]
        return sum(max(1, len(of) - 1) if operation in self.functions else 1 for operation, of in below if of)

    def meant(self) -> dict[float, int]:
        """The atoms by their values: a number that is one to the last digit may be meant as one, such as the width of a network."""
        found = [(place, self.values[place]) for place, (operation, _) in enumerate(self.nodes) if _is(operation, "atom")]
        return {float(value): place for place, value in reversed(found) if value not in (0, 1)}

    def again(self, results: Sequence[Traced], seed: int, meant: Mapping[float, int]) -> list[float]:
        """The results at other atoms, near those that were traced; NaN where one has no value there. `meant`: numbers that are atoms."""
        chance, found = random.Random(seed), dict[int, float]()
        moved = {place: _moved(value, chance) for place, value in enumerate(self.values)}
        for place in self.below(results):
            operation, of = self.nodes[place]
            match operation:
                case ("number", float() as number):
                    found[place] = moved[meant[number]] if number in meant else number
                case ("atom", _):
                    found[place] = moved[place]
                case _:
                    found[place] = self._done(operation, [found[one] for one in of], self.values[place])
        return [found[one.place] for one in results]

    def _done(self, operation: Hashable, of: Sequence[float], value: Any) -> float:
        if any(math.isnan(one) for one in of):
            return math.nan
        function = None if operation in _BY_NAME else OPERATIONS.get(operation) or self.functions.get(operation)
        if function is None:
            return _unknown(operation, of, value)
        try:
            found = function(*of)
            return math.nan if isinstance(found, complex) else float(found)
        except (ArithmeticError, ValueError):
            return math.nan


def _is(operation: Hashable, kind: str) -> bool:
    return isinstance(operation, tuple) and operation[:1] == (kind,)


def _moved(value: Any, chance: random.Random) -> float:
    if isinstance(value, int):
        return value + chance.randint(0, _WHOLE)
    return float(value) * (1 + chance.uniform(-_AWAY, _AWAY)) + chance.uniform(0, _AWAY) * 1e-3


def _unknown(operation: Hashable, of: Sequence[float], value: Any) -> float:
    """What nothing is known of: a number near the one that it was, the same one for equal arguments."""
    text = repr((operation, [f"{one + 0.0:.{_DIGITS}e}" for one in of]))
    return _moved(value, random.Random(text))


def value_of(one: Any) -> Any:
    """The number itself."""
    return one.value if isinstance(one, Traced) else one


class Traced:
    """A number with the node that computed it.

    It compares as its value does, and is no float: what asks for one is not followed further.
    """

    __slots__ = ("place", "tape", "value")

    def __init__(self, tape: Tape, place: int, value: Any) -> None:
        self.tape, self.place, self.value = tape, place, value

    def __pos__(self) -> Traced:
        return self

    def __abs__(self) -> Any:
        return done("neg", self) if self.value < 0 else self

    def __bool__(self) -> bool:
        return bool(self.value)

    def __int__(self) -> int:
        return int(self.value)

    def __index__(self) -> int:
        if self.value != int(self.value):
            raise TypeError(f"{self.value} is no whole number")
        return int(self.value)

    def __float__(self) -> float:
        raise TypeError("a number that is traced is no float")

    def __round__(self, digits: int | None = None) -> Any:
        return round(self.value) if digits is None else self

    def __floor__(self) -> Any:
        return math.floor(self.value)

    def __ceil__(self) -> Any:
        return math.ceil(self.value)

    def __hash__(self) -> int:
        return hash(self.value)

    def conjugate(self) -> Traced:
        """Itself, being real."""
        return self

    item = conjugate


def done(operation: str, *of: Any) -> Any:
    """The result of an operation of which numbers are traced; what changes nothing is none."""
    tape: Tape | None = None
    for one in of:
        if type(one) is Traced:
            tape = tape or one.tape
        elif type(one) is not float and not _number(one):
            return NotImplemented
    if tape and operation in {"log2", "log10", "log1p"}:
        return done("log", 1 + of[0]) if operation == "log1p" else done("log", *of) / math.log(int(operation[3:]))
    value = OPERATIONS[operation](*(value_of(one) for one in of))
    if tape is None:
        return value
    short = _short(operation, of)
    if short is not None:
        return short
    if operation in "+*":
        of = _ordered(of)
    return tape.node(operation, of, value)


def _ordered(of: tuple[Any, ...]) -> tuple[Any, ...]:
    """Two summands or factors, numbers before traced ones, each by what it is."""
    left, right = of
    if type(left) is not type(right) and Traced in {type(left), type(right)}:
        return of if type(right) is Traced else (right, left)
    first, then = (left.place, right.place) if type(left) is Traced else (left, right)
    return (right, left) if then < first else of


_NUMBERS, _TRUTHS = (int, float, np.number), (bool, np.bool_)


def _number(value: Any) -> bool:
    return isinstance(value, _NUMBERS) and not isinstance(value, _TRUTHS)


def _short(operation: str, of: Sequence[Any]) -> Any:
    """What an operation with a 0 or a 1 gives; None for any other."""
    if len(of) != 2:
        return None
    left, right = of
    plain = [None if type(part) is Traced else part for part in of]
    one, zero = [part == 1 for part in plain], [part == 0 for part in plain]
    if not (one[0] or one[1] or zero[0] or zero[1]):
        return None
    match operation:
        case "+":
            return right if zero[0] else left if zero[1] else None
        case "-":
            return left if zero[1] else done("neg", right) if zero[0] else None
        case "*":
            return 0.0 if any(zero) else right if one[0] else left if one[1] else None
        case "/":
            return left if one[1] else 0.0 if zero[0] else None
        case "^":
            return left if one[1] else 1.0 if zero[1] else None
    return None


def _bound(operation: str, swapped: bool = False) -> Callable[..., Any]:
    def method(self: Traced, *others: Any) -> Any:
        return done(operation, *((*others, self) if swapped else (self, *others)))

    return method


def _compared(compare: Callable[[Any, Any], Any]) -> Callable[[Traced, Any], Any]:
    def method(self: Traced, other: Any) -> Any:
        self.tape.spend(1)
        plain = isinstance(other, Traced) or _number(other)
        return compare(self.value, value_of(other)) if plain else NotImplemented

    return method


_TRIGONOMETRIC = ["sin", "cos", "tan", "sinh", "cosh", "tanh"]
_UNARY: dict[str, Callable[..., Any]] = {
    name: getattr(math, name) for name in ["sqrt", "cbrt", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", *_TRIGONOMETRIC]
}
_UNARY |= {f"arc{name}": getattr(math, f"a{name}") for name in _TRIGONOMETRIC}
_UNARY |= {"square": lambda x: x * x, "reciprocal": lambda x: 1 / x, "neg": operator.neg}
_UNARY |= {"deg2rad": math.radians, "radians": math.radians, "rad2deg": math.degrees, "degrees": math.degrees}
OPERATIONS: Mapping[Hashable, Callable[..., Any]] = {
    **dict(_UNARY.items()),
    **{"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "^": operator.pow, "mod": operator.mod},
    **{"hypot": math.hypot, "arctan2": math.atan2},
}
# Of these only equal arguments make equal values: what is known of logarithms and angles beside that is mathematics, not typing.
_BY_NAME = frozenset({"log", "arctan2", "sin", "cos", "tan", *(f"arc{name}" for name in _TRIGONOMETRIC)})
for _name in _UNARY:  # NumPy asks the entries of an array of objects for methods of these names
    setattr(Traced, _name, _bound(_name))
for _name in ("hypot", "arctan2"):
    setattr(Traced, _name, _bound(_name))
setattr(Traced, "__neg__", _bound("neg"))  # noqa: B010  a class that has it in its text would ask for all of them
for _name, _sign in {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "pow": "^", "mod": "mod"}.items():
    setattr(Traced, f"__{_name}__", _bound(_sign))
    setattr(Traced, f"__r{_name}__", _bound(_sign, swapped=True))
for _name in ("lt", "le", "gt", "ge", "eq", "ne"):
    setattr(Traced, f"__{_name}__", _compared(getattr(operator, _name)))
