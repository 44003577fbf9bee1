"""What a result depends on: the syntax trees of a function and of every local definition that it names, transitively.

Comments, docstrings and layout do not count. Where a dependency cannot be narrowed to a definition, the whole module counts.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib.util
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from hwgen.judging.store import MISSING, Store
from hwgen.model import Claim

LIBRARIES = ("numpy", "scipy", "sympy", "python-flint", "mpmath", "matplotlib")
# The nouns and their registration carry results, they do not make them; what evidence makes of them is in `engine`.
CARRIERS = "hwgen.model"
# All that turns a formula and its oracles into evidence, by whole packages: no list of names that could forget one.
ENGINE = ("hwgen.model", "hwgen.reading", "hwgen.evidence", "hwgen.judging")

Definition = tuple[str, str]
WHOLE = "*"
# The method of an exercise that takes a notation table.
NOTATION = "notation"
_roots: set[str] = set()
_kept: Store | None = None


def keep(store: Store) -> None:
    """Keep what is read of each module in the store, under the module's text: parsing costs more than hashing."""
    global _kept
    _kept = store


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
    return digest(*dependencies(function).items())


@functools.cache
def engine() -> str:
    """The key of the code that turns oracle tables into evidence."""
    return package_digest(*ENGINE)


def package_digest(*packages: str) -> str:
    """The key of whole packages: the syntax trees of all their modules."""
    return digest(*(f"{name} {_module(name).trees[WHOLE]}" for package in packages for name in _modules(package)))


def dependencies(function: Callable[..., Any]) -> dict[str, str]:
    """The definitions that a top-level function reaches, itself included, each with the digest of its syntax tree."""
    return dependencies_of(function.__module__, function.__qualname__.split(".")[0])


def dependencies_of_claim(claim: Claim) -> dict[str, str]:
    """The definitions that the bindings of a claim reach: its own, and those entries of the notation that it prints."""
    found = dependencies(claim.bind)
    for symbol, noted in claim.noted.items():
        found |= dependencies_of(noted.module, f"{NOTATION} {symbol}")
    return found


def dependencies_of(module: str, name: str) -> dict[str, str]:
    """The same for a definition that need not be imported."""
    _roots.add(module.split(".")[0])
    return dict(_closure(module, name))


@functools.cache
def _closure(module: str, name: str) -> tuple[tuple[str, str], ...]:
    root = module.split(".")[0]
    seen: set[Definition] = set()
    waiting = [(module, name)]
    while waiting:
        definition = waiting.pop()
        if definition not in seen and not _carries(definition[0]) and _is_local(definition[0], root):
            seen.add(definition)
            found = _module(definition[0])
            waiting.extend(found.reached.get(definition[1], found.reached[WHOLE]))
    return tuple((f"{where}.{what}", _tree(_module(where), what)) for where, what in sorted(seen))


def _tree(module: _Module, what: str) -> str:
    if what in module.trees:
        return module.trees[what]
    return "import" if what in module.reached else module.trees[WHOLE]


def _carries(module: str) -> bool:
    return module == CARRIERS or module.startswith(f"{CARRIERS}.")


def _modules(package: str) -> list[str]:
    """The names of a package and of every module below it."""
    files = _files(package)
    top = files[0].parent if len(files) == 1 else next(path for path in files if path.name == "__init__.py").parent
    parts = [path.relative_to(top).with_suffix("").parts for path in files]
    return [".".join([package, *(part for part in one if part != "__init__")]) for one in parts]


def _is_local(module: str, root: str) -> bool:
    return module.split(".")[0] in {root, "hwgen"} and bool(_files(module))


def _is_module(name: str) -> bool:
    return name.split(".")[0] in {"hwgen", *_roots} and bool(_files(name))


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
    def visit(self, node: ast.AST) -> Any:
        self.generic_visit(node)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        return node


@dataclass(frozen=True)
class _Module:
    """What a module defines at its top: the digest of each definition, and what each of them names."""

    trees: dict[str, str]
    reached: dict[str, tuple[Definition, ...]]


@functools.cache
def _module(name: str) -> _Module:
    source = _files(name)[0] if len(_files(name)) == 1 else next(path for path in _files(name) if path.name == "__init__.py")
    text = source.read_text()
    key = digest("module", name, text, _module_code())
    kept = _kept.get(key) if _kept else MISSING
    if kept is MISSING:
        kept = _Parsed(name, source.name == "__init__.py", text).summary()
        if _kept:
            _kept.put(key, kept)
    assert isinstance(kept, _Module)
    return kept


@functools.cache
def _module_code() -> str:
    return Path(__file__).read_text()


class _Parsed:
    """The syntax tree of one module, read for what its top-level definitions name."""

    def __init__(self, name: str, is_package: bool, source: str) -> None:
        self.name, self.is_package = name, is_package
        tree = _WithoutDocstrings().visit(ast.parse(source))
        self.nodes: dict[str, list[ast.AST]] = {}
        self.imports: dict[str, Definition] = {}
        self.statements: list[ast.stmt] = tree.body
        for statement in tree.body:
            self._enter(statement)

    def summary(self) -> _Module:
        trees = {name: digest(*map(ast.dump, parts)) for name, parts in self.nodes.items()}
        trees[WHOLE] = digest(*map(ast.dump, self.statements))
        reached = {name: self._all(parts) for name, parts in self.nodes.items()}
        reached |= {name: (target,) for name, target in self.imports.items() if name not in self.nodes}
        reached[WHOLE] = self._all(self.statements)
        return _Module(trees, reached)

    def _all(self, parts: Sequence[ast.AST]) -> tuple[Definition, ...]:
        return tuple(sorted({target for part in parts for target in self._named(part)}))

    def _enter(self, statement: ast.stmt) -> None:
        if isinstance(statement, ast.ImportFrom):
            base = self._absolute(statement)
            for alias in statement.names:
                submodule = f"{base}.{alias.name}"
                self.imports[alias.asname or alias.name] = (submodule, WHOLE) if _is_module(submodule) else (base, alias.name)
        elif isinstance(statement, ast.Import):
            for alias in statement.names:
                self.imports[alias.asname or alias.name.split(".")[0]] = (alias.name, WHOLE)
        else:
            for name in _bound(statement):
                self.nodes.setdefault(name, []).append(statement)
            for symbol, binding in _noted(statement):
                self.nodes.setdefault(f"{NOTATION} {symbol}", []).append(binding)

    def _absolute(self, statement: ast.ImportFrom) -> str:
        if not statement.level:
            return statement.module or ""
        package = self.name.split(".") if self.is_package else self.name.split(".")[:-1]
        base = package[: len(package) - statement.level + 1]
        return ".".join([*base, statement.module] if statement.module else base)

    def _named(self, part: ast.AST) -> Iterator[Definition]:
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


def _noted(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """The entries of the notation tables that are written out in a statement: each is a definition of its own."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == NOTATION:
            for table in (argument for argument in node.args if isinstance(argument, ast.Dict)):
                for key, binding in zip(table.keys, table.values, strict=True):
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        yield key.value, binding


def _bound(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
        return
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
