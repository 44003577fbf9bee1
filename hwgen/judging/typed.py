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
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from hwgen.judging import normal_form
from hwgen.judging.normal_form import Form

DEEPEST, MOST = 8, 6
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
_Function = ast.FunctionDef | ast.Lambda


# The order of a matrix norm that is its largest singular value.
SPECTRAL = Fraction(2)


def _inverse(of: Form) -> Form:
    return normal_form.power(of, normal_form.MINUS)


class Held:
    """A value of Python that is no form: a function, a module, a problem."""

    def __init__(self, value: Any) -> None:
        self.value = value


@functools.cache
def _tree(path: str) -> ast.Module:
    return ast.parse(Path(path).read_text())


def source(function: Callable[..., Any]) -> tuple[str, int]:
    """The file and the line of a function, what was given to it beforehand left out."""
    code = _plain(function)[0].__code__
    return code.co_filename, code.co_firstlineno


def _plain(function: Any) -> tuple[FunctionType, list[Any], dict[str, Any]]:
    given: list[Any] = []
    named: dict[str, Any] = {}
    while isinstance(function, functools.partial):
        given, named = [*function.args, *given], {**function.keywords, **named}
        function = function.func
    function = inspect.unwrap(function)
    if not isinstance(function, FunctionType):
        raise TypeError(f"{function!r} has no source")
    return function, given, named


@functools.cache
def definition(code: CodeType) -> _Function | None:
    """The definition that a code was compiled from."""
    try:
        module = _tree(code.co_filename)
    except (OSError, SyntaxError, ValueError):
        return None
    found = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    if code.co_name != "<lambda>":
        named = [node for node in found if isinstance(node, ast.FunctionDef) and node.name == code.co_name]
        return next((node for node in named if _first(node) == code.co_firstlineno), None)
    spots = {(line, column) for line, _, column, _ in code.co_positions() if line and column is not None}
    holding = [node for node in found if isinstance(node, ast.Lambda) and any(_holds(node.body, *spot) for spot in spots)]
    exact = [node for node in holding if node.lineno == code.co_firstlineno]
    return min(exact, key=lambda node: len(ast.dump(node)), default=None)


def _first(node: ast.FunctionDef) -> int:
    return min([node.lineno, *(one.lineno for one in node.decorator_list)])


def _holds(node: ast.expr, line: int, column: int) -> bool:
    start, end = (node.lineno, node.col_offset), (node.end_lineno or node.lineno, node.end_col_offset or 0)
    return start <= (line, column) < end


def typed(
    function: Callable[..., Any], arguments: Sequence[Form] = (), named: Mapping[str, Form] | None = None, depth: int = 0
) -> list[Form]:
    """What a function returns for these arguments, by each of its returns; empty where its source is no definition."""
    plain, given, more = _plain(function)
    node = definition(plain.__code__)
    if node is None or depth > DEEPEST:
        return []
    names = [one.arg for one in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]]
    known: dict[str, Any] = {name: ("variable", name) for name in names} | _defaults(plain)
    known |= dict(zip(names, [*map(held, given), *arguments], strict=False))
    known |= {name: held(one) for name, one in more.items()} | dict(named or {})
    reader = _Reader(plain, known, depth)
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

    def __init__(self, function: FunctionType, known: dict[str, Any], depth: int) -> None:
        self.function, self.known, self.depth = function, known, depth
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
        inner = _Reader(self.function, self.known, self.depth)
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
                return ("index", self.form(node.value), ast.dump(node.slice))
            case ast.IfExp():
                branches = [one for one in (self.form(node.body), self.form(node.orelse)) if one != ("name", "nan")]
                return branches[0] if len(branches) == 1 else ("if", ast.dump(node.test), *branches)
        inner = [self.form(one) for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
        return (*self.made, ast.dump(node), *inner)

    def _name(self, name: str) -> Any:
        if name in self.known:
            return self.known[name]
        closed = inspect.getclosurevars(self.function)
        for space in (closed.nonlocals, self.function.__globals__, vars(builtins)):
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
        return applied(called.value, given, named, self.depth)


def applied(function: Any, given: Sequence[Any], named: Mapping[str, Any] | None = None, depth: int = 0) -> Any:
    """What a function gives for these arguments: by its source, by its name if it is one of mathematics, else equal to itself alone."""
    arguments = [("held", repr(one.value)) if isinstance(one, Held) else one for one in given]
    name, module = getattr(function, "__name__", ""), getattr(function, "__module__", "") or ""
    if name in _SAME and len(arguments) == 1:
        return given[0]
    if not isinstance(function, FunctionType | functools.partial) or module.split(".")[0] in {"numpy", "scipy", "math"}:
        if name == "norm" and arguments[1:] == [SPECTRAL]:
            return normal_form.call("norm_op", arguments[:1])
        if name in _OPERATORS and len(arguments) == 2:
            return _OPERATORS[name](*arguments)
        return normal_form.call(_AS[name], arguments) if name in _AS else ("f", f"{module}.{name}", *arguments)
    try:
        found = typed(function, given, named, depth + 1)
    except (TypeError, ValueError, OSError, RecursionError):
        found = []
    plain = _plain(function)[0]
    return found[0] if len(found) == 1 else ("call", f"{plain.__module__}.{plain.__qualname__}", *arguments)
