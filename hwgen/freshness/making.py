"""Which names of a function stand for what it has made itself, and never for anything else: it may change that, and nobody sees it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from hwgen.freshness import harmless
from hwgen.freshness.statements import Functions


def bound_in(node: ast.AST) -> Iterator[str]:
    """The names that a part of the text binds where it stands: not within functions, and not those of loops within expressions."""
    if isinstance(node, Functions):
        yield node.name
    elif isinstance(node, ast.comprehension):
        for one in (node.iter, *node.ifs):
            yield from bound_in(one)
    elif not isinstance(node, ast.Lambda):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            yield node.id
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest
        for child in ast.iter_child_nodes(node):
            yield from bound_in(child)


def made_here(body: Sequence[ast.AST], parameters: set[str], libraries: Mapping[str, str]) -> dict[str, str]:
    """Those names, each with what it stands for: an array, or another thing."""
    given: dict[str, list[str]] = {}
    bound = [name for part in body for name in bound_in(part)]
    shadowed = {*bound, *parameters}
    for part in body:
        for node in _here(part):
            for target, value in _pairs(node):
                given.setdefault(target, []).append(_kind(value, libraries, shadowed))
            if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                given.setdefault(node.target.id, []).append("same")
    found: dict[str, str] = {}
    for name, kinds in given.items():
        real = {one for one in kinds if one != "same"}
        if name not in parameters and bound.count(name) == len(kinds) and real and "" not in real:
            found[name] = "array" if real == {"array"} else "other"
    return found


def gone_through(body: Sequence[ast.AST]) -> frozenset[str]:
    """The names of a function that are only gone through, each time as a whole: nobody has what they stand for later."""
    nodes = [node for part in body for node in ast.walk(part)]
    through: list[ast.expr] = []
    for node in nodes:
        if isinstance(node, ast.For | ast.comprehension):
            through.append(node.iter)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in harmless.GOES_THROUGH:
            through += node.args
    read = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    spent = [one.id for one in through if isinstance(one, ast.Name)]
    later = {
        node.id
        for part in nodes
        if isinstance(part, Functions | ast.Lambda | ast.GeneratorExp)
        for node in ast.walk(part)
        if isinstance(node, ast.Name)
    }
    return frozenset(name for name in spent if spent.count(name) == read.count(name)) - later


def called_within(body: Sequence[ast.AST]) -> frozenset[str]:
    """The functions of a function that it calls itself, by names that stand for nothing else."""
    bound = [name for part in body for name in bound_in(part)]
    own = [node.name for part in body for node in _here(part) if isinstance(node, ast.FunctionDef) and not node.decorator_list]
    called = {node.func.id for part in body for node in _here(part) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return frozenset(name for name in own if name in called and bound.count(name) == 1)


def _here(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run in this function, not in those within."""
    yield node
    if not isinstance(node, Functions | ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from _here(child)


def _pairs(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Names that are given a value, each with its own."""
    if isinstance(node, ast.AnnAssign) and node.value and isinstance(node.target, ast.Name):
        yield node.target.id, node.value
    if not isinstance(node, ast.Assign):
        return
    for target in node.targets:
        if isinstance(target, ast.Name):
            yield target.id, node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple) and _match(target.elts, node.value.elts):
            yield from ((one.id, value) for one, value in zip(target.elts, node.value.elts, strict=True) if isinstance(one, ast.Name))


def _match(targets: Sequence[ast.expr], values: Sequence[ast.expr]) -> bool:
    return len(targets) == len(values) and not any(isinstance(one, ast.Starred) for one in (*targets, *values))


def _kind(value: ast.expr, libraries: Mapping[str, str], shadowed: set[str]) -> str:
    """What a value is, if it is new and nobody else's."""
    match value:
        case ast.Constant() | ast.List() | ast.Dict() | ast.Set() | ast.Tuple() | ast.ListComp() | ast.SetComp() | ast.DictComp():
            return "other"
        case ast.JoinedStr() | ast.BinOp() | ast.UnaryOp() | ast.Compare():
            return "other"
        case ast.IfExp():
            return "" if "" in {_kind(one, libraries, shadowed) for one in (value.body, value.orelse)} else "other"
        case ast.Call(func=ast.Name(id=name)) if name in harmless.FRESH - shadowed:
            # A sum of nothing is what it begins with.
            begins_with_0 = len(value.args) == 1 and not isinstance(value.args[0], ast.Starred) and not value.keywords
            return "other" if name != "sum" or begins_with_0 else ""
        case ast.Call(func=ast.Attribute(value=ast.Attribute(value=ast.Name(id=root), attr="random"), attr="default_rng")):
            seeded = all(isinstance(one, ast.Constant | ast.List | ast.Tuple | ast.Dict | ast.BinOp) for one in value.args)
            return (
                "other" if libraries.get(root) == "numpy" and root not in shadowed and value.args and seeded and not value.keywords else ""
            )
        case ast.Call(func=ast.Attribute(value=ast.Name(id=root), attr=name)) if libraries.get(root) == "numpy" and root not in shadowed:
            told = {one.arg: one.value for one in value.keywords}
            plain = isinstance(told.get("dtype", ast.Name("float")), ast.Name) and ast.unparse(told.get("dtype", value)) != "object"
            if name in harmless.NUMBERS and plain and len(value.args) <= 1:
                return "array"
            return "other" if name in harmless.ARRAYS and not {"copy", "like", None, "subok"} & told.keys() else ""
    return ""
