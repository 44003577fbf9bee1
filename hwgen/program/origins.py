"""How values came about, as plain data for a ledger: the author's functions with their text, what they are given and what they call.

Functions are told by their text alone; nothing is computed here, and nothing of it decides whether a result is fresh.
"""

from __future__ import annotations

import ast
import functools
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from hwgen.evidence.fits import power_law
from hwgen.freshness.sources import content_of
from hwgen.judging.described import brief, by, described
from hwgen.judging.tasks import function_of
from hwgen.model import Claim, Constant, Fit, Setting, Statement
from hwgen.model.catalog import Catalog
from hwgen.program.meanings import meanings

# How many calls deep a function is followed: what a number is made by, and what that calls.
DEPTH = 2
ENGINE = "hwgen.evidence.fits"
_PLAIN = (int, float, str)


def origins(content: Catalog, declared: Mapping[str, Any]) -> dict[str, Any]:
    """The functions behind every value by name, the fits, what each constant is the value of, and what `declared` names only by place.

    That is, the meanings of settings, what claims bind their symbols to, in words or as it is written, and the text of proofs.
    """
    nouns = [one for one in content.nouns.values() if not isinstance(one, Claim | Statement)]
    package = content_of(content.package)
    functions: dict[str, Any] = {}
    for noun in nouns:
        for made in _makers(function_of(noun)):
            _follow(made, package, functions, DEPTH)
    return {
        "functions": functions,
        "fits": {one.name: _fit(one.compute) for one in nouns if isinstance(one, Constant) and isinstance(one.compute, Fit)},
        "symbols": {one.name: one.symbol for one in nouns if isinstance(one, Constant) and one.symbol},
        "bindings": {place: text for place in _bound(declared) if (text := _written(place))},
        "settings": meanings(content),
        "proofs": {place: text for place in _proved(declared) if (text := _proof(place))},
    }


def told(content: Catalog) -> dict[str, Any]:
    """The same of all that the content declares: no result is needed for it, so that another process may tell it beside the judging."""
    return origins(content, described(content, {})["nouns"])


def _bound(declared: Mapping[str, Any]) -> list[str]:
    """The places of all that symbols are bound to, and of what sides of inequalities are derived by."""
    bound = [one for noun in declared.values() for one in noun.get("symbols", {}).values()]
    sharp = [part for noun in declared.values() for several in noun.get("sharp", ()) for part in several if part["is"] == "derived"]
    derived = [by for part in sharp for by in part.values() if isinstance(by, dict)]
    return list(dict.fromkeys(one["place"] for one in (*bound, *derived) if one.get("place")))


def _proved(declared: Mapping[str, Any]) -> list[str]:
    return [noun["proof"]["place"] for noun in declared.values() if noun.get("proof")]


def _written(place: str) -> str:
    """What a function at a place says of itself, in its first line.

    Of one without a name, if it is the only one there, what it gives, and in lines of their own what is said of those that it calls.
    """
    file, _, line = place.rpartition(":")
    found = _file(file)
    nodes = [node for (at, _), node in found.functions.items() if at == int(line)]
    if len(nodes) != 1:
        return ""
    if isinstance(nodes[0], ast.Lambda):
        called = (one.func.id for one in ast.walk(nodes[0].body) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name))
        said = [f"{name}: {line}" for name in dict.fromkeys(called) if (line := _says(file, name))]
        return "\n".join([" ".join(found.text(nodes[0].body).split()), *said])
    return (ast.get_docstring(nodes[0]) or "").split("\n")[0]


def _says(file: str, name: str) -> str:
    """The first line of what a function of the author says of itself, by its name in a file that was imported."""
    around = next((vars(one) for one in sys.modules.copy().values() if str(getattr(one, "__file__", "")).endswith(f"/{file}")), {})
    function = inspect.unwrap(around[name]) if isinstance(around.get(name), FunctionType) else None
    return (inspect.getdoc(function) or "").split("\n")[0]


def _proof(place: str) -> str:
    """The statement that begins at a place, as it is written."""
    file, _, line = place.rpartition(":")
    found = _file(file)
    return next((found.text(node) for node in found.statements if node.lineno == int(line)), "")


def _makers(made: Any) -> list[Callable[..., Any]]:
    """The functions that make a value: its own, or those of its fit."""
    if isinstance(made, Fit):
        return [power_law, *(axis for axis in (made.x, made.y) if callable(axis))]
    return [] if isinstance(made, Setting) else [made]


def _fit(fit: Fit) -> dict[str, Any]:
    """What is fitted: names of arrays, or functions of them."""
    axes = {name: by(axis)["function"] if callable(axis) else axis for name, axis in (("x", fit.x), ("y", fit.y))}
    return {"part": fit.part, **axes, "row": fit.row, "by": by(power_law)["function"]}


def _follow(function: Callable[..., Any], package: str, found: dict[str, Any], depth: int) -> None:
    """Tell of a function and of those that it calls, so many calls deep."""
    function = _bare(function)
    name = by(function)["function"]
    # Met before from nearer by: then all that is told of it from here has been told.
    if found.get(name, {}).get("depth", 0) >= depth:
        return
    tree, text = _text(function)
    used = _used(function, tree)
    calls = [one for one in used.values() if _is_authors(one, package) and _bare(one) is not function]
    found[name] = {
        "place": by(function)["place"],
        "said": (inspect.getdoc(function) or "").strip(),
        "text": text,
        "given": {key: brief(one) for key, one in used.items() if isinstance(one, _PLAIN) or type(one).__name__ == "ndarray"},
        "calls": [by(one)["function"] for one in calls],
        "parts": _parts(tree),
        "depth": depth,
    }
    for one in calls if depth > 1 else ():
        _follow(one, package, found, depth - 1)


def _parts(tree: ast.AST | None) -> dict[str, list[str]]:
    """What a function that makes several values gives for each of them, its dictionary's by their keys; of one value under its own name.

    The steps come first, and the value last.
    """
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree) if tree else ():
        for key, value in zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ():
            if tree and isinstance(key, ast.Constant) and isinstance(key.value, str):
                told = found.setdefault(key.value, [])
                told += [one for one in (*_steps(tree, value), ast.unparse(value)) if one not in told]
    given = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value] if tree else []
    if not found and isinstance(tree, ast.FunctionDef) and len(given) == 1:
        found[tree.name] = [*_steps(tree, given[0]), ast.unparse(given[0])]
    return found


def _steps(tree: ast.AST, value: ast.expr) -> list[str]:
    """The assignments in a function that what it gives is made of, in their order: each name in it, and each name in those."""
    before = [one for one in _assigned(tree) if one[1].lineno < value.lineno]
    wanted, last = _names(value), set[str]()
    # Until no assignment adds a name: one may use what a later line of the text, in a loop, has made.
    while wanted != last:
        last = wanted
        wanted = wanted.union(*(_names(made) for name, made, _ in before if name in wanted))
    return list(dict.fromkeys(text for name, _, text in sorted(before, key=lambda one: one[1].lineno) if name in wanted))


def _assigned(tree: ast.AST) -> Iterator[tuple[str, ast.expr, str]]:
    """Each name that a function assigns to, with what it gets, and the text of that; of several at once its own part."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for name, made, text in _pairs(node.targets[0], node.value):
                yield name, made, f"{text} = {ast.unparse(made)}"
        elif isinstance(node, ast.AugAssign | ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value, ast.unparse(node)
        elif isinstance(node, ast.For):
            for name, made, text in _pairs(node.target, node.iter):
                yield name, made, f"for {text} in {ast.unparse(made)}"


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr, str]]:
    """Each name of a target with what it gets and how it is written."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, made in zip(target.elts, value.elts, strict=True):
            yield from _pairs(one, made)
    else:
        stored = target if isinstance(target, ast.Tuple | ast.Name) else getattr(target, "value", target)
        yield from ((name, value, ast.unparse(target)) for name in _names(stored))


def _names(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _bare(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function as its author wrote it: without what is given to it beforehand, and without wrappers."""
    while isinstance(function, functools.partial):
        function = function.func
    found: Callable[..., Any] = inspect.unwrap(function)
    return found


def _text(function: Callable[..., Any]) -> tuple[ast.FunctionDef | ast.Lambda | None, str]:
    """The syntax tree of a function and its text, without decorators and what it says of itself."""
    code = getattr(function, "__code__", None)
    found = _file(code.co_filename) if code else File()
    node = found.functions.get((code.co_firstlineno, code.co_name)) if code else None
    if node is None or not node.end_lineno:
        return None, ""
    if isinstance(node, ast.Lambda):
        return node, found.text(node)
    said = node.body[0] if ast.get_docstring(node) and len(node.body) > 1 else None
    gone = range(said.lineno, (said.end_lineno or said.lineno) + 1) if said else ()
    return node, textwrap.dedent("\n".join(found.lines[at - 1] for at in range(node.lineno, node.end_lineno + 1) if at not in gone))


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of code: its lines, its statements, and its functions by their names and the line where they begin, decorators included."""

    lines: Sequence[str] = ()
    statements: Sequence[ast.stmt] = ()
    functions: Mapping[tuple[int, str], ast.FunctionDef | ast.Lambda] = field(default_factory=dict)

    def text(self, node: ast.stmt | ast.expr) -> str:
        """What stands there; columns of a tree count bytes."""
        first, *others = [line.encode() for line in self.lines[node.lineno - 1 : node.end_lineno]]
        if not others:
            return first[node.col_offset : node.end_col_offset].decode()
        return b"\n".join([first[node.col_offset :], *others[:-1], others[-1][: node.end_col_offset]]).decode()


@functools.cache
def _file(path: str) -> File:
    """A file that is read once; nothing of one that is not there, or no code."""
    try:
        text = Path(path).read_text(encoding="utf-8")
        tree = ast.parse(text)
    except (OSError, ValueError, SyntaxError):  # of a function that no file holds, or no longer as it was, nothing is told
        return File()
    found: dict[tuple[int, str], ast.FunctionDef | ast.Lambda] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            found[min([node.lineno, *(one.lineno for one in node.decorator_list)]), node.name] = node
        elif isinstance(node, ast.Lambda):
            # The code of a function knows its line and no column: of several on one line only the first can be told.
            name = "<lambda>" if (node.lineno, "<lambda>") not in found else f"<lambda> {node.col_offset}"
            found[node.lineno, name] = node
    return File(lines=text.split("\n"), statements=tree.body, functions=found)


def _used(function: Callable[..., Any], tree: ast.AST | None) -> Mapping[str, Any]:
    """What a function takes from around it, by the names that it uses there: numbers, functions, what stands in modules."""
    around = getattr(function, "__globals__", {})
    return dict(_named(tree, around)) if tree else {}


def _named(tree: ast.AST, around: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in around and not isinstance(around[node.id], ModuleType):
            yield node.id, around[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = around.get(node.value.id)
            if isinstance(module, ModuleType) and node.attr in vars(module):  # asked for otherwise, it would be imported
                yield f"{node.value.id}.{node.attr}", vars(module)[node.attr]


def _is_authors(one: Any, package: str) -> bool:
    """Whether it is a function of the content, or a fit: what a library computes is not told."""
    if isinstance(one, type) or not callable(one) or not isinstance(inspect.unwrap(one), FunctionType):
        return False
    where = str(inspect.unwrap(one).__module__)
    return where in {ENGINE, package} or where.startswith(f"{package}.")
