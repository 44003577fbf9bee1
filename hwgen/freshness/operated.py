"""Whether an operator, an index, an attribute or a loop at the top of a module may change an object: the methods of its class then do.

Of most content they change nothing, as no class has such methods. Of the rest, whatever is named at the top may be acted on.
"""

from __future__ import annotations

import ast
import functools
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hwgen.freshness.sources import IMPORTED, files
from hwgen.freshness.statements import MAKES, Functions, chain, heads, rooted, walk
from hwgen.freshness.texts import remembered

# Methods that no operator calls, but the making of an object, which is a call.
_SPECIAL = re.compile(r"__(?!name__|main__|doc__|file__|slots__|match_args__|all__|version__|future__|annotations__|dict__)\w+__")
_CALLED = MAKES - {"__set_name__"}
# What makes a method of a function: it runs where an attribute is looked at.
_LOOKED_AT = re.compile("(cached_)?property|[gs]etter")
# Methods of the standard library that change what they belong to, whatever they give.
_CHANGES = re.compile("append|add|extend|insert|pop|remove|clear|update|setdefault|discard|put|push|write|sort|reverse|__set")
_ANYTHING = frozenset({"setattr", "delattr", "next", "exec", "eval"})
# What gives a thing of its own, that nobody else has.
_FRESH = frozenset(
    {"list", "dict", "set", "sorted", "array", "zeros", "ones", "empty", "full", "zeros_like", "empty_like", "copy", "deepcopy"}
)
_MADE = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp | ast.Constant | ast.BinOp
# Operations that are no call, but have methods of a class called.
_OPERATORS = ast.BinOp | ast.UnaryOp | ast.Compare | ast.Subscript | ast.Starred | ast.comprehension | ast.JoinedStr
# What is gone through once, or changes where it is looked at.
_ITERTOOLS = {"count", "cycle", "chain", "islice", "starmap", "tee"}
_PASSED = frozenset({"iter", "map", "filter", "zip", "reversed", "enumerate", "open", "defaultdict"} | _ITERTOOLS)


@dataclass(frozen=True)
class Methods:
    """Of one text: its functions that change something, what each calls, those that operators call, generators, and what top names hold."""

    changing: frozenset[str]
    called: tuple[tuple[str, str], ...]
    special: frozenset[str]
    generators: frozenset[str]
    held: frozenset[str]


@functools.cache
def operators_act(content: str) -> bool:
    """Whether an operator may change anything of a content, by what its classes have it do."""
    found = [remembered(("methods", text), functools.partial(methods, text)) for text in map(_text, files(content))]
    return change(one for one in found if isinstance(one, Methods))


def _text(path: Path) -> str:
    return path.read_text(errors="replace")


def methods(text: str) -> Methods:
    """What the classes of a text have operators do; what does not parse does nothing."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        tree = ast.Module([], [])
    functions = [node for node in walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    changing = {one.name for one in functions if _changes(one)}
    libraries = {
        one.asname or one.name for node in walk(tree) if isinstance(node, ast.Import) for one in node.names if _of_a_library(one.name)
    }
    calls = ((one.name, node.func) for one in functions for node in walk(one) if isinstance(node, ast.Call))
    # np.linalg.norm is no function of the content that is called norm.
    called = {(caller, name) for caller, func in calls if rooted(func) not in libraries for name in _last(func)}
    special = {one.name for one in functions if _is_special(one)}
    # A method that is given its name otherwise, as a text or by an assignment, may be anything.
    given = set(_given(tree))
    generators = {one.name for one in functions if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in walk(one))}
    return Methods(
        frozenset(changing | given), tuple(sorted(called)), frozenset(special | given), frozenset(generators), frozenset(_held(tree))
    )


def change(texts: Iterable[Methods]) -> bool:
    """Whether operators change anything in the content that these texts are."""
    every = list(texts)
    changing = {name for one in every for name in one.changing}
    generators = {name for one in every for name in one.generators}
    held = {name for one in every for name in one.held}
    calls: dict[str, set[str]] = {}
    for caller, name in (pair for one in every for pair in one.called):
        calls.setdefault(caller, set()).add(name)
    waiting = [name for one in every for name in one.special]
    seen = set(waiting)
    while waiting:
        more = calls.get(waiting.pop(), set()) - seen
        seen |= more
        waiting += more
    return bool(seen & changing or held & (generators | _PASSED))


def parts(statement: ast.stmt) -> Iterator[ast.AST]:
    """What of a definition, or of a statement that gives names their values, runs at once, where operators may do anything."""
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        yield statement
    if not isinstance(statement, Functions):
        return
    yield from heads(statement)
    yield from (node for one in statement.decorator_list for node in walk(one) if isinstance(node, _OPERATORS))
    if isinstance(statement, ast.ClassDef):
        yield from (*statement.bases, *statement.keywords)
        for one in statement.body:
            yield from parts(one)
    else:
        yield from (statement.args, *([statement.returns] if statement.returns else []))


def _of_a_library(module: str) -> bool:
    root = module.split(".")[0]
    return root in sys.stdlib_module_names or root in IMPORTED


def _is_special(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    looked_at = any(_LOOKED_AT.fullmatch(name) for one in function.decorator_list for name in _last(one))
    return looked_at or _operates(function.name)


def _operates(name: str) -> bool:
    return bool(_SPECIAL.fullmatch(name)) and name not in _CALLED


def _given(tree: ast.Module) -> Iterator[str]:
    for node in walk(tree):
        if isinstance(node, ast.Assign):
            names = [
                one.attr if isinstance(one, ast.Attribute) else one.id for one in node.targets if isinstance(one, ast.Attribute | ast.Name)
            ]
            plain = isinstance(node.value, ast.Constant)
            yield from (name for name in names if _operates(name) and not plain)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _operates(node.value):
            yield node.value
        elif isinstance(node, ast.Call) and _last(node.func) == ["property"]:
            yield "property"


def _held(tree: ast.Module) -> Iterator[str]:
    """What is called for the values that names at the top of a text hold as they are."""
    within: list[Sequence[ast.stmt]] = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    for one in (one for body in within for one in body):
        value = one.value if isinstance(one, ast.Assign | ast.AnnAssign) else None
        if isinstance(value, ast.GeneratorExp):
            yield "iter"
        elif isinstance(value, ast.Call):
            yield from _last(value.func)


def _last(called: ast.expr) -> list[str]:
    names = chain(called.func if isinstance(called, ast.Call) else called)
    if not names and isinstance(called, ast.Attribute):
        return [called.attr]
    return [*names[-1:]]


def _changes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether its body may change what is not its own."""
    given = {one.arg for one in walk(function.args) if isinstance(one, ast.arg)}
    set_here = [
        (name.id, one.value) for one in walk(function) if isinstance(one, ast.Assign) for name in one.targets if isinstance(name, ast.Name)
    ]
    # Another name of what somebody else has is none of its own.
    shared = {name for name, value in set_here if not isinstance(value, _MADE) and not _FRESH.intersection(_last(value))}
    own = {name for name, _ in set_here} - shared - given
    return any(_reaches_out(node, own) for node in walk(function))


def _reaches_out(node: ast.AST, own: set[str]) -> bool:
    if isinstance(node, ast.Global | ast.Nonlocal):
        return True
    if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        return rooted(node) not in own
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
        return rooted(node.value.func) not in own
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute) and _CHANGES.match(node.func.attr):
        return rooted(node.func) not in own
    given = any(one.arg == "out" and rooted(one.value) not in own for one in node.keywords)
    return given or (isinstance(node.func, ast.Name) and node.func.id in _ANYTHING)
