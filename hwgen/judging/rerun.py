"""An author's function run once more with traced numbers: its source as it stands, each call in it looked at before it is made.

The author's functions, methods and classes are followed; a library's are asked with traced numbers, and where they take none with plain
ones, whose result is then a node of its own.
"""

from __future__ import annotations

import ast
import copy
import functools
import inspect
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from types import CodeType, FunctionType, MethodType
from typing import Any

import numpy as np

from hwgen.judging.libraries import LARGEST, Handed, asked, nodes, rest
from hwgen.judging.libraries import plain as bare
from hwgen.judging.tape import Tape, TooLong, Untraced
from hwgen.judging.written import authors, definition

HOOK, TURN, TURNS, FOLLOWED = "hwgen_called", "hwgen_turn", "hwgen_turns", "hwgen_followed"
# What is called more often is no formula; one call that is not followed may take as long as many.
_CALLS, _UNFOLLOWED = 2000, 40
# Calls that say something of where they stand.
_OF_A_FRAME = frozenset({"super", "locals", "globals", "vars", "dir", "eval", "exec"})


def _call(name: str, *given: ast.expr) -> ast.Call:
    return ast.Call(func=ast.Name(name, ast.Load()), args=list(given), keywords=[])


class _Hooked(ast.NodeTransformer):
    """Every call f(…) becomes HOOK(f, …), and every turn of a loop is counted."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in _OF_A_FRAME:
            return node
        hooked = _call(HOOK, node.func, *node.args)
        hooked.keywords = node.keywords
        return ast.copy_location(hooked, node)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, ast.For | ast.While):
            node.body = [ast.Expr(_call(TURN)), *node.body]
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        node.iter = _call(TURNS, node.iter)
        return node


@functools.cache
def _compiled(code: CodeType) -> CodeType:
    """The code with each of its calls hooked. Raises Untraced where its source is no definition."""
    node = definition(code)
    if node is None:
        raise Untraced(code.co_name)
    inner = _Hooked().visit(copy.deepcopy(node))
    if isinstance(inner, ast.FunctionDef):
        inner.decorator_list, inner.returns, inner.name = [], None, FOLLOWED
        for one in ast.walk(inner.args):
            if isinstance(one, ast.arg):
                one.annotation = None
    inner.args.defaults = [ast.Constant(None) for _ in inner.args.defaults]
    inner.args.kw_defaults = [one and ast.Constant(None) for one in inner.args.kw_defaults]
    statement = inner if isinstance(inner, ast.FunctionDef) else ast.Return(inner)
    module = ast.parse(f"def outer({', '.join(code.co_freevars)}): pass")
    (outer,) = (one for one in module.body if isinstance(one, ast.FunctionDef))
    outer.body = [statement]
    made = compile(ast.fix_missing_locations(module), code.co_filename, "exec", dont_inherit=True)
    return _code_in(_code_in(made, "outer"), FOLLOWED if isinstance(inner, ast.FunctionDef) else code.co_name)


def _code_in(code: CodeType, name: str) -> CodeType:
    return next(one for one in code.co_consts if isinstance(one, CodeType) and one.co_name == name)


class Known(dict[Hashable, Any]):
    """Values by function and arguments."""


class Rerun:
    """Functions run with traced numbers on one tape; those in `closed` are not followed: what they give is a node of its own."""

    def __init__(self, tape: Tape, closed: Sequence[Callable[..., Any]] = (), known: Known | None = None) -> None:
        self.tape, self.known = tape, Known() if known is None else known
        self.closed = {plain(one) for one in closed}
        self.left = _CALLS
        self._globals: dict[int, dict[str, Any]] = {}
        self._classes: dict[type, type] = {}

    def call(self, function: Any, /, *given: Any, **named: Any) -> Any:
        """What a function gives for arguments of which some are traced."""
        self._spend(1)
        if isinstance(function, functools.partial):
            return self.call(function.func, *function.args, *given, **{**function.keywords, **named})
        if isinstance(function, MethodType):
            return self.call(function.__func__, function.__self__, *given, **named)
        if isinstance(function, type):
            made = self.followed(function) if _is_authors(function) else function
            return made(*given, **named) if made is not function else self._library(function, given, named)
        function = plain(function)
        if isinstance(function, FunctionType) and HOOK in function.__globals__:
            return function(*given, **named)
        if isinstance(function, FunctionType) and authors(function.__code__):
            return self._authors(function, given, named)
        if _is_authors(type(function)) and isinstance(own := inspect.getattr_static(type(function), "__call__", None), FunctionType):
            return self.call(own, function, *given, **named)
        return self._library(function, given, named)

    def _spend(self, calls: int) -> None:
        self.left -= calls
        if self.left < 0:
            raise TooLong

    def result(self, function: Callable[..., Any], point: Mapping[str, Any]) -> Any:
        """What an oracle returns at a point."""
        parameters = inspect.signature(function).parameters.values()
        every = any(one.kind is one.VAR_KEYWORD for one in parameters)
        return self.call(function, **{name: one for name, one in point.items() if every or name in {other.name for other in parameters}})

    def _authors(self, function: FunctionType, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """By its source; if that cannot be followed by its value, which is a node of its own."""
        if function not in self.closed:
            try:
                return self.hooked(function)(*given, **named)
            except TooLong:
                raise
            except Exception as error:  # whatever asks for a float, or is no expression
                if any(_callable(one) for one in (*given, *named.values())):
                    raise Untraced(function.__qualname__) from error
        return self._closed(function, given, named)

    def hooked(self, function: FunctionType) -> FunctionType:
        """The function, whose calls come back here."""
        code = _compiled(function.__code__)
        space = self._globals.get(id(function.__globals__)) or self._space(function.__globals__)
        cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
        made = FunctionType(code, space, function.__name__, function.__defaults__, tuple(cells[name] for name in code.co_freevars))
        made.__kwdefaults__ = function.__kwdefaults__
        return made

    def _space(self, names: dict[str, Any]) -> dict[str, Any]:
        """The names of a module, with the calls and turns of loops; of a table that stands there it is not known what made it."""
        tables = {name: one for name, one in names.items() if isinstance(one, np.ndarray) and one.dtype.kind == "f" and one.size < LARGEST}
        atoms = {name: nodes(self.tape, (names.get("__name__"), name), [""], one) for name, one in tables.items()}
        # What a module keeps in a table would otherwise hold traced numbers afterwards.
        atoms |= {name: copy.copy(one) for name, one in names.items() if type(one) in {dict, list, set}}
        hooks = {HOOK: self.call, TURN: functools.partial(self.tape.spend, 1), TURNS: self._turns}
        self._globals[id(names)] = {**names, **atoms, **hooks}
        return self._globals[id(names)]

    def _turns(self, over: Iterable[Any]) -> Iterator[Any]:
        for one in over:
            self.tape.spend(1)
            yield one

    def followed(self, kind: type) -> type:
        """A class of the author's with its methods hooked."""
        if kind not in self._classes:
            own = {name: one for base in reversed(kind.__mro__) if _is_authors(base) for name, one in vars(base).items()}
            methods = {name: made for name, one in own.items() if (made := self._member(one)) is not None}
            self._classes[kind] = type(kind)(kind.__name__, (kind,), methods) if methods else kind
        return self._classes[kind]

    def _member(self, one: Any) -> Any:
        match one:
            case FunctionType() if authors(one.__code__):
                return self.hooked(one)
            case property(fget=FunctionType() as getter) if authors(getter.__code__):
                return property(self.hooked(getter))
            case functools.cached_property(func=FunctionType() as getter) if authors(getter.__code__):
                return property(self.hooked(getter))
            case staticmethod() | classmethod() if isinstance(one.__func__, FunctionType) and authors(one.__func__.__code__):
                return type(one)(self.hooked(one.__func__))
        return None

    def _closed(self, function: FunctionType, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """The value of a function, for plain arguments, as nodes of its own."""
        self._spend(_UNFOLLOWED)
        bound = inspect.signature(function).bind(*given, **named)
        bound.apply_defaults()
        arguments, others = [bare(one) for one in bound.args], {name: bare(one) for name, one in bound.kwargs.items()}
        key = (function, rest([arguments, list(others.items())]))
        if key not in self.known:
            self.known[key] = function(*arguments, **others)
        return nodes(self.tape, function, [*bound.args, *bound.kwargs.values()], self.known[key])

    def _library(self, function: Any, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        handed = [Handed(self.call, one) if _callable(one) else one for one in given]
        return asked(self.tape, function, handed, {name: Handed(self.call, one) if _callable(one) else one for name, one in named.items()})


def plain(function: Any) -> Any:
    """The function itself, without what was given to it beforehand, and without what remembers its results."""
    while isinstance(function, functools.partial | functools._lru_cache_wrapper):
        function = function.func if isinstance(function, functools.partial) else function.__wrapped__
    return function


def _callable(one: Any) -> bool:
    """Whether something is a function that a library may call: a type is handed on as it is."""
    return callable(one) and not isinstance(one, type)


def _is_authors(kind: type) -> bool:
    return any(isinstance(one, FunctionType) and authors(one.__code__) for one in vars(kind).values())
