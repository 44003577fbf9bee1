"""What the operators that bind a name denote: sums and products, extrema and integrals, cases. No range is ever written out.

Each takes `evaluate`, by which it evaluates its parts with its names bound in the scope.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from hwgen.arithmetic.algebra import Algebra, ShapeError, Undecided
from hwgen.evidence import exact, extrema, steps, ties, windows
from hwgen.evidence.reduced import binds
from hwgen.evidence.scope import Bound, Scope
from hwgen.evidence.shapes import peaked
from hwgen.reading import tree
from hwgen.reading.tree import Chain, Node

# A sum of more terms takes longer than an author waits.
MOST_TERMS = 20_000
# Elements of a set are compared in pairs.
MOST_COMPARED = 200
Evaluate = Callable[[Node, Scope, Algebra[Any]], Any]


def indexed(node: tree.Indexed, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> Any:
    """sum, product, max or min over whole indices."""
    if any(isinstance(high, tree.Number) and high.text == "inf" for high in node.highs):
        return _series(node, scope, algebra, evaluate)
    found = []
    for values in _ranges(node, scope, algebra, evaluate):
        with Bound(scope, {name: algebra.number(str(value)) for name, value in values.items()}):
            found.append(evaluate(node.body, scope, algebra))
    return _gathered(node.kind, found, algebra)


def _gathered(kind: str, found: list[Any], algebra: Algebra[Any]) -> Any:
    if kind in {"max", "min"}:
        if not found:
            raise ShapeError(f"a {kind} over nothing")
        return algebra.elementary(kind, found)
    symbol = "+" if kind == "sum" else "*"
    start = algebra.number("0" if symbol == "+" else "1")
    return functools.reduce(lambda x, y: algebra.operate(symbol, x, y), found[1:], found[0]) if found else start


def _series(node: tree.Indexed, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> Any:
    low = node.lows[0]
    if node.kind != "sum" or len(node.indices) != 1 or node.conditions or low is None:
        raise ShapeError(f"an infinite {node.kind}; only an infinite sum over one index from a first one on has a bound of its tail")
    _refuse_jumps(node.body, node.indices[0], _JUMPS | {"max", "min"}, "an infinite sum")
    first = exact.whole(low, scope, algebra, evaluate)

    def term(k: int) -> Any:
        with Bound(scope, {node.indices[0]: algebra.number(str(k))}):
            return evaluate(node.body, scope, algebra)

    return algebra.series(term, first, algebra.beyond(node, scope, evaluate))


_JUMPS = frozenset({"floor", "ceil", "sign"})


def _refuse_jumps(body: Node, name: str, functions: frozenset[str], what: str) -> None:
    """Raises ShapeError where the body may jump as the name varies: terms or abscissae that are looked at do not show where."""
    for one in tree.parts(body):
        deciding: list[Node | Chain] = []
        if isinstance(one, tree.Cases):
            deciding += [condition for _, condition in one.pieces if condition]
        elif isinstance(one, tree.Elementary) and one.name in functions:
            deciding += one.arguments
        if any(_mentions(part, name) for part in deciding):
            error = ShapeError(f"{what} of what may jump as {name} varies, where no sample shows it; write it part by part")
            error.span = one.span if isinstance(one, Node) else None
            raise error


def _mentions(part: Node | Chain, name: str) -> bool:
    return any(isinstance(one, tree.Symbol) and one.name == name for one in tree.parts(part))


def _ranges(node: tree.Indexed, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> Iterator[dict[str, int]]:
    """The values of the indices, one after the other."""
    spans = [_span(node, place, scope, algebra, evaluate) for place in range(len(node.indices))]
    if math.prod(max(span.stop - span.start, 0) for span in spans) > MOST_TERMS:
        raise ShapeError(f"a {node.kind} of more than {MOST_TERMS} terms is not taken one by one; write its value in closed form")
    for values in itertools.product(*spans):
        named = dict(zip(node.indices, values, strict=True))
        if not node.conditions or _allowed(node, named, scope, algebra, evaluate):
            yield named


def _span(node: tree.Indexed, place: int, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> range:
    low, high = node.lows[place], node.highs[place]
    first = 1 if low is None else exact.whole(low, scope, algebra, evaluate)
    last = _extent(node, node.indices[place], scope, algebra) if high is None else exact.whole(high, scope, algebra, evaluate)
    return range(first, last + 1)


def _allowed(node: tree.Indexed, named: Mapping[str, int], scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> bool:
    with Bound(scope, {name: algebra.number(str(value)) for name, value in named.items()}):
        for one in node.conditions:
            first, second = (exact.whole(side, scope, algebra, evaluate) for side in (one.left, one.right))
            if not {"<": first < second, "<=": first <= second, "!=": first != second}[one.symbol]:
                return False
    return True


def _extent(node: tree.Indexed, name: str, scope: Scope, algebra: Algebra[Any]) -> int:
    """How far an index runs: the extent of the arrays that it indexes, which must agree."""
    own = binds(node)
    uses = [(array, axis) for array, axis in _uses(node.body, name) if array not in own]
    extents = {_size(array, axis, scope, algebra) for array, axis in uses}
    if len(extents) != 1:
        problem = "indexes no declared array" if not extents else f"runs over different extents {sorted(extents)}"
        raise ShapeError(f"the index {name} {problem}; write its limits")
    return int(extents.pop())


def _size(array: str, axis: int, scope: Scope, algebra: Algebra[Any]) -> int:
    """How many entries an array has along an axis. Raises ShapeError where it has no such axis: a sum over nothing would be 0."""
    shape = algebra.shape(algebra.of(scope.value(array)))
    if axis >= len(shape):
        raise ShapeError(f"{array} has shape {shape}, and an index in place {axis + 1}; expected at most {len(shape)}")
    return shape[axis]


def _uses(node: Node, name: str) -> Iterator[tuple[str, int]]:
    for one in tree.parts(node):
        if isinstance(one, tree.Index):
            for axis, index in enumerate(one.indices):
                if isinstance(index, tree.Symbol) and index.name == name:
                    yield one.name, axis


def chosen(node: tree.Chosen, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> Any:
    """sum, product, max or min over the elements of a finite set, or over the vectors of them; an element counts once."""
    elements = [evaluate(one, scope, algebra) for one in node.elements]
    if node.declared:
        shape = algebra.shape(elements[0])
        if not shape:
            raise ShapeError("a range over one number; expected a declared set, as an array of its elements")
        elements = [algebra.entry(elements[0], [place]) for place in range(shape[0])]
    if node.kind in {"sum", "product"}:
        _distinct(node, elements, algebra)
    count = 1 if node.power is None else exact.whole(node.power, scope, algebra, evaluate)
    if count < 1 or count * math.log(max(len(elements), 2)) > math.log(MOST_TERMS):
        raise ShapeError(f"a {node.kind} over {len(elements)}^{count} vectors is not taken one by one; expected at most {MOST_TERMS}")
    found = []
    for values in itertools.product(elements, repeat=count):
        with Bound(scope, {node.variable: values[0] if node.power is None else algebra.vector(values)}):
            found.append(evaluate(node.body, scope, algebra))
    return _gathered(node.kind, found, algebra)


def _distinct(node: tree.Chosen, elements: list[Any], algebra: Algebra[Any]) -> None:
    """A set has each element once: equal ones would be counted twice. Raises ShapeError for them."""
    written = [_written(one) for one in node.elements]
    if not node.declared and None not in written and len(set(written)) == len(written):
        return  # numbers as they stand need no comparison at every point
    if len(elements) > MOST_COMPARED:
        raise ShapeError(f"a {node.kind} over a set of {len(elements)} elements, which are not compared; expected at most {MOST_COMPARED}")
    if any(_equal(one, other, algebra) for one, other in itertools.combinations(elements, 2)):
        raise ShapeError(f"a {node.kind} over a set two elements of which are equal here, and a set has each once; write its elements once")


def _written(node: Node) -> Fraction | None:
    """The number that is written there, if it is one."""
    if isinstance(node, tree.Negative):
        inside = _written(node.of)
        return None if inside is None else -inside
    number = isinstance(node, tree.Number) and re.fullmatch(r"[0-9]+(\.[0-9]+)?", node.text)
    return Fraction(number[0]) if number else None


def _equal(one: Any, other: Any, algebra: Algebra[Any]) -> bool:
    """Whether two values are equal, entry by entry, but for rounding."""
    shape = algebra.shape(one)
    if shape != algebra.shape(other):
        return False
    if not shape:
        return _same(one, other, algebra)
    places = itertools.product(*(range(size) for size in shape))
    return all(_same(algebra.entry(one, place), algebra.entry(other, place), algebra) for place in places)


def _same(one: Any, other: Any, algebra: Algebra[Any]) -> bool:
    try:
        return bool(algebra.compare("=", one, other))
    except Undecided:
        return True


def ranging(node: tree.Ranging, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> Any:
    """An integral or an extremum over an interval."""
    what = "an integral" if node.kind == "integral" else "an extremum"
    _refuse_jumps(node.body, node.variable, _JUMPS, what)
    if node.kind == "integral":
        stepped = steps.integral(node, scope, algebra, evaluate)
        if stepped is not None:
            return stepped
    else:
        windows.refuse_windows(node.body, node.variable)
        extrema.of_something(node, scope, algebra, evaluate)
    low, high = (_number(evaluate(end, scope, algebra), "an end of a range", algebra) for end in (node.low, node.high))
    known = algebra.enclosed(node, scope, evaluate)
    if known is not None:
        return known

    def body(u: Any) -> Any:
        with Bound(scope, {node.variable: u}):
            return evaluate(node.body, scope, algebra)

    if node.kind == "integral":
        return algebra.integral(body, low, high)
    found = algebra.extremum("max" if node.kind in {"sup", "max"} else "min", body, low, high, node.open)
    extrema.attained(node, found, body, algebra)
    extrema.bounded(node, found, body, algebra)
    return found


def _number(found: Any, what: str, algebra: Algebra[Any]) -> Any:
    """What was found, if it has no entries. Raises ShapeError for an array."""
    if algebra.shape(found):
        raise ShapeError(f"{what} of an array of shape {algebra.shape(found)}; expected a number")
    return found


def ball(node: tree.Ball, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> Any:
    """An extremum over a ball or a sphere, of the one dimension in which the body has a value."""
    peak = peaked(node.body, frozenset({node.variable}))
    inner = next((one for one in tree.parts(node.body) if isinstance(one, tree.Ball)), None)
    slow = f"is searched for at each step of the search over {node.variable}, which takes too long; write what it is"
    hidden = f"may have more maxima over {node.variable} than a search finds; write the extremum's value"
    for part, said in ((inner, slow), (peak, hidden)):
        if part is not None:
            error = ShapeError(said)
            error.span = part.span
            raise error

    windows.refuse_all(node.body, node.variable, "an extremum", "where no search finds its steps")

    def body(u: Any) -> Any:
        with Bound(scope, {node.variable: u}):
            return evaluate(node.body, scope, algebra)

    radius = _number(evaluate(node.radius, scope, algebra), "radius", algebra)
    within = binds(node).union(*(scope.averaged(one.name) for one in tree.parts(node.body) if isinstance(one, tree.Averaged)))
    names = set(tree.names(node.body)) - within
    sizes = {size for name in names for size in algebra.shape(algebra.of(scope.value(name)))}
    # Two dimensions in which the body has a value would be two formulas.
    fitting = [size for size in sorted(sizes) if _fits(body, size, algebra)]
    if len(fitting) != 1:
        raise ShapeError(f"the dimension of {node.variable} is not said by what it meets; write the extremum over its entries")
    return algebra.over_ball(node.kind, body, fitting[0], radius, node.norm, node.sphere)


def _fits(body: Callable[[Any], Any], size: int, algebra: Algebra[Any]) -> bool:
    try:
        body(algebra.vector([algebra.number(str(k + 1)) for k in range(size)]))
    except ShapeError:
        return False
    return True


def cases(node: tree.Cases, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> Any:
    """The value of the one piece whose relations hold; none where a condition has none. Raises ShapeError where two hold that differ."""
    found = [(piece, holds(condition, scope, algebra, evaluate)) for piece, condition in node.pieces if condition is not None]
    if any(held is None for _, held in found):
        # No value, but of the pieces' shape.
        return algebra.operate("*", evaluate(node.pieces[0][0], scope, algebra), algebra.number("nan"))
    holding = [piece for piece, held in found if held]
    last, condition = node.pieces[-1]
    if not holding and condition is not None:
        raise ShapeError("none of the cases holds here; write one for every value, or 'otherwise'")
    first, *others = [evaluate(piece, scope, algebra) for piece in holding or [last]]
    if not all(_equal(first, other, algebra) for other in others):
        raise ShapeError("cases of which two hold here and differ; write conditions of which only one holds")
    return first


def holds(chain: Chain, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate, atoms: bool = False) -> bool | None:
    """Whether all relations of a chain hold; None where a side has no value. `atoms`: at an atom of a law, whose numbers are computed."""
    values = [evaluate(side, scope, algebra) for side in chain.sides]
    found = []
    for relation, nodes, pair in zip(chain.relations, itertools.pairwise(chain.sides), itertools.pairwise(values), strict=True):
        try:
            found.append(algebra.compare(relation.symbol, *pair))
        except Undecided:
            known = exact.compared(relation.symbol, *nodes, scope, evaluate)
            if known is None and not (atoms and ties.equal(nodes, pair, scope, evaluate)):
                raise
            # What is left here is a tie at an atom, which counts as equal.
            found.append(relation.symbol in {"=", r"\le", r"\ge"} if known is None else known)
    return None if None in found else all(found)
