"""Whether a claim is its own oracle: its two sides the same expression typed twice, or the same computation under two names.

Measured, not declared: from the source of what its symbols are bound to, and from deviations that are exactly zero everywhere.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from hwgen.evidence.cases import Case
from hwgen.evidence.table import Table
from hwgen.judging import normal_form
from hwgen.judging.look import Parted
from hwgen.judging.normal_form import Form, printed
from hwgen.judging.retraced import functions, same_road, same_side
from hwgen.judging.source_forms import applied, forms_of
from hwgen.judging.untouched import untouched
from hwgen.judging.written import source
from hwgen.model import Bindings, Claim, Derived, Expectation, Function, Point, Value, Variable
from hwgen.model.place import short
from hwgen.model.sharpness import declarations
from hwgen.reading import Chain, tree

# Fewer operations than these are nobody's retyping: a name for a name.
FEWEST = 1
# Two honest computations of a number agree to the last bit about every other time: of so many values that is no accident.
FEW = 6
# The part of the points at which what is exact on one machine may be rounded on another.
STRAY = 0.1
# The part of its size by which a formula that is typed again may differ from what is printed, by rounding.
CLOSE = 1e-9


def own_oracle(chain: Chain, bindings: Bindings, relations: Sequence[int] | None = None) -> str:
    """How one of these relations of the chain (all, if not said) compares a thing with itself; empty if none does."""
    forms = _Forms(bindings)
    for index in range(len(chain.relations)) if relations is None else relations:
        for symbol, one, other in _retyped(chain.sides[index], chain.sides[index + 1], forms):
            if one == other and normal_form.operations(one) >= FEWEST:
                bound = f"{symbol} is bound to {where(function_of(bindings[symbol]))}, whose source computes what the other side prints"
                return f"{chain.side_text(index)} and {chain.side_text(index + 1)} are one computation: {bound}"
    return ""


def traced_oracle(chain: Chain, bindings: Bindings, points: Sequence[Point], relations: Sequence[int]) -> str:
    """The same for these equalities, however the oracle is typed: by what it does with the numbers that it is given at some points."""
    for index in relations:
        symbol = same_road(chain.sides[index], chain.sides[index + 1], bindings, points)
        if symbol:
            does = f"{symbol} is bound to {where(function_of(bindings[symbol]))}, which does with its numbers what the other side prints"
            return f"{chain.side_text(index)} and {chain.side_text(index + 1)} are one computation: {does}"
    return ""


def retyped_side(claim: Claim, chain: Chain, bindings: Bindings, problem: Any) -> str:
    """How what is derived for a side of an inequality is the printed side itself; empty if none is."""
    forms = _Forms(bindings)
    names = [name for name, one in bindings.items() if isinstance(one, Value | Function)]
    inequalities = [index for index, relation in enumerate(chain.relations) if relation.symbol != "="]
    for index, declared in zip(inequalities, claim.sharpness(problem), strict=False):
        # The other sides of its chain are printed as well; the two of the inequality are named first.
        places = [*range(len(chain.sides)), index, index + 1]
        for derived in _derived(declared):
            found = _one(forms_of(derived.compute), None)
            sides = {forms.of(chain.sides[place], known): place for place in places for known in ([], names)}
            if found in sides and normal_form.operations(found) >= FEWEST:
                return f"what is derived for {chain.side_text(sides[found])} at {where(derived.compute)} is that formula, typed again"
    return ""


def traced_side(claim: Claim, chain: Chain, bindings: Bindings, problem: Any, points: Sequence[Point]) -> str:
    """The same, however the derived side is typed."""
    for derived in (one for declared in claim.sharpness(problem) for one in _derived(declared)):
        place = same_side(chain.sides, derived.compute, bindings, points)
        if place is not None:
            return f"what is derived for {chain.side_text(place)} at {where(derived.compute)} is that formula, typed again"
    return ""


def _derived(declared: Any) -> Iterator[Any]:
    """The computations that a declared sharpness derives sides by."""
    for one in declarations(declared):
        yield from one.sides.values() if isinstance(one, Derived) else ()


def _retyped(left: tree.Node, right: tree.Node, forms: _Forms) -> Iterator[tuple[str, Form, Form]]:
    """For each symbol of the two sides: both of them with this symbol's source in its place, then with that of all."""
    names = [name for name in _symbols(left, right) if isinstance(forms.bindings.get(name), Value | Function)]
    for some in [*([name] for name in names), *([names] if len(names) > 1 else [])]:
        if some:
            yield some[0], forms.of(left, some), forms.of(right, some)


def _symbols(*sides: tree.Node) -> list[str]:
    named = tree.Symbol | tree.Index | tree.Apply | tree.Averaged
    found = [one.name for side in sides for one in tree.parts(side) if isinstance(one, named)]
    return list(dict.fromkeys(found))


class _Forms:
    """Sides as forms, variables by their names in the domain, some symbols by what their sources compute; each made once."""

    def __init__(self, bindings: Bindings) -> None:
        self.bindings = bindings
        self._made: dict[tuple[tree.Node, tuple[str, ...]], Form] = {}

    def of(self, side: tree.Node, names: Sequence[str]) -> Form:
        """A side, the symbols of these names by their sources."""
        known = tuple(name for name in _symbols(side) if name in names)
        if (side, known) not in self._made:
            self._made[side, known] = self._form(side, {name: self.bindings[name] for name in known})
        return self._made[side, known]

    def _form(self, side: tree.Node, known: Mapping[str, Any]) -> Form:
        named: dict[str, Form] = {name: ("variable", one.name) for name, one in self.bindings.items() if isinstance(one, Variable)}
        for name, binding in known.items():
            if isinstance(binding, Value):
                named[name] = applied(binding.compute, [("variable", one) for one in inspect.signature(binding.compute).parameters])

        def called(name: str, order: int, arguments: Sequence[Form]) -> Form | None:
            binding = known.get(name)
            if not isinstance(binding, Function):
                return None
            of = {one: ("variable", one) for one in binding.of}
            function = (binding.call, *binding.derivatives)[order]
            return applied(function, arguments, of)

        return printed(side, named, called)


def _one(found: Sequence[Form], otherwise: Form) -> Form:
    return found[0] if len(found) == 1 else otherwise


def function_of(binding: Any) -> Any:
    """The author's function that a binding computes by."""
    return binding.compute if isinstance(binding, Value) else binding.law if isinstance(binding, Expectation) else binding.call


def where(function: Any) -> str:
    """The file and line of a function."""
    file, line = source(function)
    return f"{short(file)}:{line}"


def dependent(claim: Claim, table: Table, parted: Parted) -> str:
    """What is wrong with the independence of a claim's two sides; empty if nothing is found."""
    chain = table.chain
    points = table.look.points
    given = claim, chain, parted.bindings, parted.problem
    equalities = [index for index, relation in enumerate(chain.relations) if relation.symbol == "="]
    meet = [index for index in range(len(chain.relations)) if index in equalities or _alike(table, index, None)]
    close = [index for index in equalities if _alike(table, index, CLOSE)]
    with untouched(_computed_by(claim, parted)):
        found = own_oracle(chain, parted.bindings, meet)
        retyped = "" if found else retyped_side(*given)
        traced = "" if found or retyped else traced_oracle(chain, parted.bindings, points, close) or traced_side(*given, points)
    if found:
        return f"{claim.name} is its own oracle: {found}; bind it to a computation that takes another road"
    if retyped:
        return f"{claim.name} is its own oracle: {retyped}; derive it on another road"
    if traced and not claim.road:
        return f"{claim.name} is its own oracle: {traced}; take another road, or say why this one is short by nature in road='…'"
    if claim.road and not traced:
        return f"{claim.name} declares road={claim.road!r}, and no oracle of it does what is printed; expected no road=…"
    equal = list(_hardly_different(table, parted.bindings))
    told = [said for said, cases in equal if not any(case.deviation for case in cases) and not _is_luck(cases)]
    if told and not claim.exact:
        return f"{claim.name} may be its own oracle: {told[0]}; bind its symbols to another road, or say why in exact='…'"
    if claim.exact and not equal:
        return f"{claim.name} declares exact={claim.exact!r}, and its sides differ by rounding at least; expected no exact=…"
    return ""


def _alike(table: Table, index: int, part: float | None) -> bool:
    """Whether the sides of a relation are equal at every point, to this part of their size, or to what their errors leave open.

    What is computed alike is; nothing else need be looked at.
    """
    cases = table.relation(index, table.points)
    return all(abs(case.deviation) <= (case.tolerance if part is None else part * case.size) for case in cases)


def _computed_by(claim: Claim, parted: Parted) -> list[Any]:
    """The author's functions that the symbols and the derived sides of a claim are computed by."""
    derived = [one for declared in claim.sharpness(parted.problem) for one in declarations(declared) if isinstance(one, Derived)]
    sides = [side.compute for one in derived for side in one.sides.values()]
    return [*sides, *(one for binding in parted.bindings.values() for one in functions(binding))]


def _hardly_different(table: Table, bindings: Bindings) -> Iterator[tuple[str, Sequence[Case]]]:
    """Each equality whose sides differ at few points at most, not even by rounding at the others, in words, and its cases.

    Where neither side has an oracle the page compares two printed numbers, and there is nothing that could be typed twice.
    """
    chain = table.chain
    for index, relation in enumerate(chain.relations):
        sides_bound = any(_computed(side, bindings) for side in chain.sides[index : index + 2])
        cases = table.relation(index, table.points) if relation.symbol == "=" and sides_bound else []
        if cases and sum(case.deviation != 0 for case in cases) <= STRAY * len(cases):
            sides = f"{chain.side_text(index)} and {chain.side_text(index + 1)}"
            yield f"{sides} do not differ at any of {len(cases)} points, not even by rounding", cases


def _is_luck(cases: Sequence[Case]) -> bool:
    """Few values in all, which two computations may well round alike on one machine and not on the next; nobody rounds whole numbers."""
    values = {tuple(np.ravel(np.asarray(case.left)).tolist()) for case in cases}
    return len(values) < FEW and not all(number == round(number.real) for one in values for number in one)


def _computed(side: tree.Node, bindings: Bindings) -> bool:
    return any(isinstance(bindings.get(name), Value | Function | Expectation) for name in _symbols(side))
