"""What a result depends on: the syntax trees of a function and of every local definition that it names, transitively.

Comments, docstrings and layout do not count. Where a dependency cannot be narrowed to a definition, the whole module counts.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib.util
import platform
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

LIBRARIES = ("numpy", "scipy", "sympy", "python-flint", "mpmath", "matplotlib")
# The nouns and their registration carry results, they do not make them; what evidence makes of them is in `engine`.
CARRIERS = frozenset({"hwgen.model", "hwgen.catalog", "hwgen.errors"})
ENGINE = ("hwgen.model", "hwgen.judge", "hwgen.evidence", "hwgen.reading")

Definition = tuple[str, str]
WHOLE = "*"


def digest(*parts: object) -> str:
    """A key of 32 hexadecimal digits for the given parts, told apart by their order and length."""
    sha = hashlib.sha256()
    for part in parts:
        text = str(part).encode()
        sha.update(f"{len(text)}:".encode() + text)
    return sha.hexdigest()[:32]


@functools.cache
def versions() -> dict[str, str]:
    """The versions of Python and of the numerical libraries."""
    return {"python": platform.python_version()} | {name: metadata.version(name) for name in LIBRARIES}


def fingerprint(function: Callable[..., Any]) -> str:
    """The key of a top-level function: its syntax tree and those of the local definitions that it reaches."""
    return _closure(function.__module__, function.__qualname__.split(".")[0])


@functools.cache
def engine() -> str:
    """The key of the code that turns oracle tables into evidence."""
    return digest(*(_module_tree(path.read_text()) for name in ENGINE for path in _files(name)))


@functools.cache
def _closure(module: str, name: str) -> str:
    root = module.split(".")[0]
    seen: set[Definition] = set()
    waiting = [(module, name)]
    while waiting:
        definition = waiting.pop()
        if definition not in seen and definition[0] not in CARRIERS and _is_local(definition[0], root):
            seen.add(definition)
            waiting.extend(_Module.of(definition[0]).reached(definition[1]))
    return digest(*(f"{where}.{what}={_Module.of(where).tree(what)}" for where, what in sorted(seen)))


def _is_local(module: str, root: str) -> bool:
    return module.split(".")[0] in {root, "hwgen"} and bool(_files(module))


@functools.cache
def _files(module: str) -> tuple[Path, ...]:
    """The source of a module, or every source of a package."""
    try:
        spec = importlib.util.find_spec(module)
    except ModuleNotFoundError:
        return ()
    if spec is None or not spec.origin or not spec.origin.endswith(".py"):
        return ()
    path = Path(spec.origin)
    return tuple(sorted(path.parent.rglob("*.py"))) if path.name == "__init__.py" else (path,)


class _WithoutDocstrings(ast.NodeTransformer):
    def visit(self, node: ast.AST) -> ast.AST:
        self.generic_visit(node)
        body = getattr(node, "body", None)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and body:
            first = body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
                node.body = body[1:] or [ast.Pass()]
        return node


def _module_tree(source: str) -> str:
    return ast.dump(_WithoutDocstrings().visit(ast.parse(source)))


class _Module:
    """The top-level definitions of one module, and what each of them names."""

    @staticmethod
    @functools.cache
    def of(name: str) -> _Module:
        return _Module(name)

    def __init__(self, name: str) -> None:
        self.name = name
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        self.is_package = spec.origin.endswith("__init__.py")
        tree = _WithoutDocstrings().visit(ast.parse(Path(spec.origin).read_text()))
        self.nodes: dict[str, list[ast.stmt]] = {}
        self.imports: dict[str, Definition] = {}
        self.statements: list[ast.stmt] = tree.body
        for statement in tree.body:
            self._enter(statement)

    def _enter(self, statement: ast.stmt) -> None:
        if isinstance(statement, ast.ImportFrom):
            base = self._absolute(statement)
            for alias in statement.names:
                submodule = f"{base}.{alias.name}"
                target = (submodule, WHOLE) if _files(submodule) else (base, alias.name)
                self.imports[alias.asname or alias.name] = target
        elif isinstance(statement, ast.Import):
            for alias in statement.names:
                self.imports[alias.asname or alias.name.split(".")[0]] = (alias.name, WHOLE)
        else:
            for name in _bound(statement):
                self.nodes.setdefault(name, []).append(statement)

    def _absolute(self, statement: ast.ImportFrom) -> str:
        if not statement.level:
            return statement.module or ""
        package = self.name.split(".") if self.is_package else self.name.split(".")[:-1]
        base = package[: len(package) - statement.level + 1]
        return ".".join([*base, statement.module] if statement.module else base)

    def _parts(self, name: str) -> list[ast.stmt]:
        return self.statements if name == WHOLE or name not in self.nodes else self.nodes[name]

    def tree(self, name: str) -> str:
        if name in self.imports and name not in self.nodes:
            return "import"
        return "".join(ast.dump(part) for part in self._parts(name))

    def reached(self, name: str) -> Iterator[Definition]:
        if name in self.imports and name not in self.nodes:
            yield self.imports[name]
            return
        for part in self._parts(name):
            yield from self._named(part)

    def _named(self, part: ast.stmt) -> Iterator[Definition]:
        narrowed: set[int] = set()
        for node in ast.walk(part):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                module, what = self.imports.get(node.value.id, ("", ""))
                if what == WHOLE:
                    narrowed.add(id(node.value))
                    yield module, node.attr
            elif isinstance(node, ast.Name) and id(node) not in narrowed:
                if node.id in self.nodes:
                    yield self.name, node.id
                elif node.id in self.imports:
                    yield self.imports[node.id]
            elif isinstance(node, ast.ImportFrom):
                base = self._absolute(node)
                yield from ((base, alias.name) for alias in node.names)


def _bound(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
        return
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
