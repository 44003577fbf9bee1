"""What an oracle's source computes, as a form: its own expressions and those of the author's functions that it calls, written into one.

Read from the syntax tree, never run. What is no expression (a loop, a solver, a simulation) stays a name of its own, so that it is equal
to nothing but itself.
"""

from __future__ import annotations

import ast
import builtins
import functools
import inspect
import math
import weakref
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import FunctionType
from typing import Any

from hwgen.judging import normal_form
from hwgen.judging.normal_form import Form
from hwgen.judging.written import authors, definition, unwrapped

# How deep calls are followed, how many values of a function, and how many calls in all: of a recursion each has several others.
DEEPEST, MOST, CALLS = 8, 6, 600
_OWN = "sqrt exp log sin cos tan arcsin arccos arctan sinh cosh tanh erf erfc floor ceil norm det trace max min transpose log1p inner"
_AS = {name: name for name in _OWN.split()}
_AS |= {"abs": "absolute", "fabs": "absolute", "maximum": "max", "minimum": "min", "amax": "max", "amin": "min"}
_AS |= {"acos": "arccos", "asin": "arcsin", "atan": "arctan", "dot": "inner", "outer": "inner", "matmul": "inner"}
_SAME = frozenset({"float", "float64", "array", "asarray", "atleast_1d", "squeeze"})
# Operators by their names in math, operator and NumPy.
_OPERATORS: dict[str, Callable[[Form, Form], Form]] = {
    **dict.fromkeys(["pow", "power", "float_power"], normal_form.power),
    **dict.fromkeys(["mul", "multiply"], lambda one, other: normal_form.multiply([one, other])),
    **dict.fromkeys(["truediv", "divide", "true_divide"], lambda one, other: normal_form.multiply([one, _inverse(other)])),
    **dict.fromkeys(["add"], lambda one, other: normal_form.add([one, other])),
    **dict.fromkeys(["sub", "subtract"], lambda one, other: normal_form.add([one, normal_form.opposite(other)])),
}


# The order of a matrix norm that is its largest singular value.
SPECTRAL = Fraction(2)
# Of each function what it gave, by how deep it was called and with what: the form, how many calls that took, and what it was given, so
# that nothing else comes to lie where that did.
_given: weakref.WeakKeyDictionary[Any, dict[Hashable, tuple[Form, int, Any]]] = weakref.WeakKeyDictionary()


def _inverse(of: Form) -> Form:
    return normal_form.power(of, normal_form.MINUS)


class Held:
    """A value of Python that is no form: a function, a module, a problem."""

    def __init__(self, value: Any) -> None:
        self.value = value


@dataclass
class _Way:
    """How deep a call is, and how many more calls are followed."""

    depth: int = 0
    left: list[int] = field(default_factory=lambda: [CALLS])

    def on(self) -> _Way:
        """One call deeper."""
        self.left[0] -= 1
        return _Way(self.depth + 1, self.left)


def forms_of(
    function: Callable[..., Any], arguments: Sequence[Form] = (), named: Mapping[str, Form] | None = None, way: _Way | None = None
) -> list[Form]:
    """What a function returns for these arguments, by each of its returns; empty where its source is no definition."""
    way = way or _Way()
    plain, given, more = unwrapped(function)
    node = definition(plain.__code__)
    if node is None or way.depth > DEEPEST or way.left[0] < 0:
        return []
    names = [one.arg for one in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]]
    known: dict[str, Any] = {name: ("variable", name) for name in names} | _defaults(plain)
    known |= dict(zip(names, [*map(held, given), *arguments], strict=False))
    known |= {name: held(one) for name, one in more.items()} | dict(named or {})
    reader = _Reader(plain, known, way)
    return [reader.form(node.body)] if isinstance(node, ast.Lambda) else reader.returns(node.body)


def _defaults(function: FunctionType) -> dict[str, Any]:
    parameters = inspect.signature(function).parameters.values()
    return {one.name: held(one.default) for one in parameters if one.default is not one.empty}


def held(value: Any) -> Any:
    """A value of Python as a form if it is a number."""
    if isinstance(value, int | float) and math.isfinite(value):
        return normal_form.number(float(value))
    return value if isinstance(value, tuple | Held) and (isinstance(value, Held) or value[:1] == ("variable",)) else Held(value)


class _Reader:
    """The expressions of one function, its names as known."""

    def __init__(self, function: FunctionType, known: dict[str, Any], way: _Way) -> None:
        self.function, self.known, self.way = function, known, way
        # What is no expression depends on all that the function is given.
        self.made = ("made", function.__qualname__, *(one for one in known.values() if not isinstance(one, Held)))

    def returns(self, body: Sequence[ast.stmt]) -> list[Form]:
        """What each return gives; of a branch that ends, what comes after it as well."""
        found: list[Form] = []
        for number, statement in enumerate(body):
            rest = body[number + 1 :]
            match statement:
                case ast.Return(value=ast.expr() as value):
                    return [*found, self.form(value)][:MOST]
                case ast.Assign(targets=targets, value=value):
                    self._assign(targets, value)
                case ast.AnnAssign(target=target, value=ast.expr() as value):
                    self._assign([target], value)
                case ast.AugAssign(target=ast.Name(id=name), op=op, value=value):
                    self.known[name] = self._binary(op, self.known.get(name, ("name", name)), self.form(value))
                case ast.If():
                    found += [*self._branch(statement.body), *self._branch(statement.orelse)]
                case ast.With():
                    self._made_by(*(one.optional_vars for one in statement.items if one.optional_vars))
                    return [*found, *self.returns([*statement.body, *rest])][:MOST]
                case ast.Try():
                    found += [one for handler in statement.handlers for one in self._branch(handler.body)]
                    return [*found, *self.returns([*statement.body, *statement.orelse, *statement.finalbody, *rest])][:MOST]
                case ast.Expr():
                    continue
                case _:
                    self._made_by(statement)
        return found[:MOST]

    def _assign(self, targets: Sequence[ast.expr], value: ast.expr) -> None:
        """What the names stand for that are assigned; of a tuple of names, each for its part of a tuple that is written out."""
        for target in targets:
            match target, value:
                case ast.Name(id=name), _:
                    self.known[name] = self.value(value)
                case ast.Tuple(elts=names), ast.Tuple(elts=parts) if len(names) == len(parts):
                    held = [self.value(one) for one in parts]
                    self._made_by(target)
                    self.known |= {one.id: part for one, part in zip(names, held, strict=True) if isinstance(one, ast.Name)}
                case _:
                    self._made_by(target)

    def _made_by(self, *nodes: ast.AST) -> None:
        """Whatever these set is no expression."""
        for node in (one for part in nodes for one in ast.walk(part)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.known[node.id] = (*self.made, node.lineno, node.id)

    def _branch(self, body: Sequence[ast.stmt]) -> list[Form]:
        inner = _Reader(self.function, self.known, self.way)
        found = inner.returns(body)
        return [one for one in found if one != ("name", "nan")]

    def form(self, node: ast.expr) -> Form:
        """An expression as a form."""
        value = self.value(node)
        return ("held", getattr(value.value, "__qualname__", repr(value.value))) if isinstance(value, Held) else value

    def value(self, node: ast.expr) -> Any:
        """An expression as a form, or as what Python holds."""
        match node:
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                self.known[name] = found = self.value(value)
                return found
            case ast.Constant(value=value) if isinstance(value, int | float) and not isinstance(value, bool):
                return normal_form.number(float(value))
            case ast.Name():
                return self._name(node.id)
            case ast.Attribute():
                return self._attribute(self.value(node.value), node.attr)
            case ast.UnaryOp(op=ast.USub()):
                return normal_form.opposite(self.form(node.operand))
            case ast.UnaryOp(op=ast.UAdd()):
                return self.form(node.operand)
            case ast.BinOp():
                return self._binary(node.op, self.form(node.left), self.form(node.right))
            case ast.Call():
                return self._call(node)
            case ast.Subscript():
                return ("index", self.form(node.value), _dumped(node.slice))
            case ast.IfExp():
                branches = [one for one in (self.form(node.body), self.form(node.orelse)) if one != ("name", "nan")]
                return branches[0] if len(branches) == 1 else ("if", _dumped(node.test), *branches)
        inner = [self.form(one) for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
        return (*self.made, _dumped(node), *inner)

    def _name(self, name: str) -> Any:
        if name in self.known:
            return self.known[name]
        closed = dict(zip(self.function.__code__.co_freevars, self.function.__closure__ or (), strict=True))
        if name in closed:
            return held(closed[name].cell_contents)
        for space in (self.function.__globals__, vars(builtins)):
            if name in space:
                return held(space[name])
        return ("name", name)

    def _attribute(self, of: Any, name: str) -> Any:
        if isinstance(of, Held):
            if name in {"pi", "nan", "inf"}:
                return ("name", name)
            try:
                return held(getattr(of.value, name))
            except Exception:  # what is only known when it runs
                return ("attribute", repr(type(of.value)), name)
        return normal_form.call("transpose", [of]) if name == "T" else ("attribute", of, name)

    def _binary(self, op: ast.operator, left: Form, right: Form) -> Form:
        match op:
            case ast.Add():
                return normal_form.add([left, right])
            case ast.Sub():
                return normal_form.add([left, normal_form.opposite(right)])
            case ast.Mult() | ast.MatMult():
                return normal_form.multiply([left, right])
            case ast.Div():
                return normal_form.multiply([left, _inverse(right)])
            case ast.Pow():
                return normal_form.power(left, right)
        return (type(op).__name__, left, right)

    def _call(self, node: ast.Call) -> Any:
        called = self.value(node.func)
        given = [self.value(one) for one in node.args if not isinstance(one, ast.Starred)]
        named = {one.arg: self.value(one.value) for one in node.keywords if one.arg}
        arguments = [("held", repr(one.value)) if isinstance(one, Held) else one for one in given]
        if not isinstance(called, Held):
            return ("call", called, *arguments)
        return applied(called.value, given, named, self.way)


def applied(function: Any, given: Sequence[Any], named: Mapping[str, Any] | None = None, way: _Way | None = None) -> Any:
    """What a function gives for these arguments: the author's by its source, one of mathematics by its name, else equal to itself alone."""
    arguments = [("held", repr(one.value)) if isinstance(one, Held) else one for one in given]
    name, module = getattr(function, "__name__", ""), getattr(function, "__module__", "") or ""
    if name in _SAME and len(arguments) == 1:
        return given[0]
    if not _followed(function):
        if name == "norm" and arguments[1:] == [SPECTRAL]:
            return normal_form.call("norm_op", arguments[:1])
        if name in _OPERATORS and len(arguments) == 2:
            return _OPERATORS[name](*arguments)
        return normal_form.call(_AS[name], arguments) if name in _AS else ("f", f"{module}.{name}", *arguments)
    way = way or _Way()
    before, known = way.left[0], _given.setdefault(function, {})
    key = way.depth, *map(_told, given), *((one, _told(value)) for one, value in sorted((named or {}).items()))
    # Only what found all the calls it asked for, and would find them now: elsewhere the end of these shows in the form.
    if key in known and known[key][1] <= before:
        way.left[0] -= known[key][1]
        return known[key][0]
    try:
        found = forms_of(function, given, named, way.on())
    except (TypeError, ValueError, OSError, RecursionError):
        found = []
    plain = unwrapped(function)[0]
    form = found[0] if len(found) == 1 else ("call", f"{plain.__module__}.{plain.__qualname__}", *arguments)
    if way.left[0] >= 0:
        known[key] = form, before - way.left[0], (given, named)
    return form


def _told(value: Any) -> Hashable:
    """An argument, told apart: a form by what it says, what Python holds by where it is."""
    return ("held", id(value.value)) if isinstance(value, Held) else value


@functools.cache
def _dumped(node: ast.AST) -> str:
    """A part of a text; the trees of files are kept."""
    return ast.dump(node)


def _followed(function: Any) -> bool:
    """Whether a function is the author's, also with something given to it beforehand; a library's may be as long as it likes."""
    while isinstance(function, functools.partial):
        function = function.func
    function = inspect.unwrap(function) if callable(function) else function
    return isinstance(function, FunctionType) and authors(function.__code__)
