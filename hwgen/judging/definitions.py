"""What a module defines at its top, and what each definition names: read from its text, never from the running program.

Whatever cannot be tied to one name (a table filled by a loop, a registering decorator) belongs to every definition of its module.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib.util
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hwgen.judging.store import MISSING, Store
from hwgen.model.exercise import Exercise

Definition = tuple[str, str]
WHOLE, LOOSE = "*", "(at the top)"
# The method of an exercise that takes a notation table.
NOTATION = "notation"
# How an exercise takes in what it declares; each declaration is followed by its own name.
DECLARES = frozenset(name for name in vars(Exercise) if not name.startswith("_"))
_roots: set[str] = set()
_sources: dict[str, str] = {}
_kept: Store | None = None
_Functions = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def keep(store: Store) -> None:
    """Keep what is read of each module in the store, under the module's text: parsing costs more than hashing."""
    global _kept
    _kept = store


def digest(*parts: object) -> str:
    """A key of 32 hexadecimal digits for the given parts, told apart by their order and length."""
    sha = hashlib.sha256()
    for part in parts:
        text = str(part).encode(errors="surrogatepass")
        sha.update(f"{len(text)}:".encode() + text)
    return sha.hexdigest()[:32]


def belongs(module: str) -> None:
    """The packages of this one's root are the author's, to be read as the engine is."""
    _roots.add(module.split(".")[0])


def sources() -> Mapping[str, str]:
    """The file of every module that was read."""
    return _sources


def is_authors(name: str) -> bool:
    """Whether a module is the author's, and not the engine's."""
    return name.split(".")[0] in _roots - {"hwgen"} or name.startswith("hwgen.homework.")


def is_module(name: str) -> bool:
    """Whether a dotted name is a module of the engine or of the author."""
    return name.split(".")[0] in {"hwgen", *_roots} and bool(files(name))


@functools.cache
def files(module: str) -> tuple[Path, ...]:
    """The source of a module, or every source of a package."""
    try:
        spec = importlib.util.find_spec(module)
    except (ModuleNotFoundError, ValueError):
        return ()
    if spec is None or not spec.origin or not spec.origin.endswith(".py"):
        return ()
    path = Path(spec.origin)
    return tuple(sorted(path.parent.rglob("*.py"))) if path.name == "__init__.py" else (path,)


def source(module: str) -> Path:
    """The file that holds a module's own text."""
    found = files(module)
    if len(found) == 1:
        return found[0]
    return min((path for path in found if path.name == "__init__.py"), key=lambda path: len(path.parts))


@dataclass(frozen=True)
class Module:
    """What a module defines: the digest of each definition, what each of them names, and the libraries that it imports."""

    trees: dict[str, str]
    reached: dict[str, tuple[Definition, ...]]
    libraries: tuple[str, ...]


@functools.cache
def module(name: str) -> Module:
    """What the module of that name defines."""
    path = source(name)
    _sources[name] = str(path)
    text = path.read_text()
    key = digest("module", name, text, _own_code())
    kept = _kept.get(key) if _kept else MISSING
    if kept is MISSING:
        kept = _Parsed(name, path.name == "__init__.py", text).summary()
        if _kept:
            _kept.put(key, kept)
    assert isinstance(kept, Module)
    return kept


@functools.cache
def _own_code() -> str:
    return Path(__file__).read_text()


class _WithoutDocstrings(ast.NodeTransformer):
    def visit(self, node: ast.AST) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node, ast.Module | _Functions) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        return node


class _Parsed:
    """The syntax tree of one module, read for what its top-level definitions name."""

    def __init__(self, name: str, is_package: bool, text: str) -> None:
        self.name, self.is_package = name, is_package
        tree = _WithoutDocstrings().visit(ast.parse(text))
        assert isinstance(tree, ast.Module)
        self.nodes: dict[str, list[ast.AST]] = {}
        self.imports: dict[str, Definition] = {}
        self.loose: list[ast.stmt] = []
        self.stars: list[Definition] = []
        self.foreign: set[str] = set()
        self.statements = tree.body
        for statement in tree.body:
            self._enter(statement)
        self.loose += [one for one in tree.body if self._registers(one)]

    def summary(self) -> Module:
        trees = {name: digest(*map(ast.dump, parts)) for name, parts in self.nodes.items()}
        trees |= {LOOSE: digest(*map(ast.dump, self.loose)), WHOLE: digest(*map(ast.dump, self.statements))}
        always = ((self.name, LOOSE), *self.stars)
        reached = {name: (*self._all(parts), *always) for name, parts in self.nodes.items()}
        reached |= {name: (target,) for name, target in self.imports.items() if name not in self.nodes}
        reached |= {LOOSE: self._all(self.loose), WHOLE: (*self._all(self.statements), *always)}
        return Module(trees, reached, tuple(sorted(self.foreign)))

    def _all(self, parts: Sequence[ast.AST]) -> tuple[Definition, ...]:
        return tuple(sorted({target for part in parts for target in self._named(part)}))

    def _enter(self, statement: ast.stmt) -> None:
        for one in _at_once(statement):
            if isinstance(one, ast.Import | ast.ImportFrom):
                self._import(one)
        for name in dict.fromkeys(_bound(statement)):
            self.nodes.setdefault(name, []).append(statement)
        for symbol, binding in _noted(statement):
            self.nodes.setdefault(f"{NOTATION} {symbol}", []).append(binding)
        if _is_loose(statement):
            self.loose.append(statement)

    def _import(self, statement: ast.Import | ast.ImportFrom) -> None:
        for alias, target in self._targets(statement):
            self.foreign |= {target[0].split(".")[0]} - {"hwgen", *_roots} - sys.stdlib_module_names
            if alias == "*":
                self.stars.append((target[0], WHOLE))
            else:
                self.imports[alias] = target

    def _targets(self, statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, Definition]]:
        """The names that an import binds, each with what it stands for."""
        if isinstance(statement, ast.Import):
            yield from ((alias.asname or alias.name.split(".")[0], (alias.name, WHOLE)) for alias in statement.names)
            return
        base = self._absolute(statement)
        for alias in statement.names:
            submodule = f"{base}.{alias.name}"
            yield alias.asname or alias.name, ((submodule, WHOLE) if is_module(submodule) else (base, alias.name))

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
                name, what = self.imports.get(node.value.id, ("", ""))
                if what == WHOLE:
                    narrowed.add(id(node.value))
                    yield self._attribute(name, node.attr)
            elif isinstance(node, ast.Name) and id(node) not in narrowed:
                if node.id in self.nodes:
                    yield self.name, node.id
                elif node.id in self.imports:
                    yield self.imports[node.id]
            elif isinstance(node, ast.Import | ast.ImportFrom):
                yield from ((name, WHOLE if what == "*" else what) for _, (name, what) in self._targets(node))

    def _attribute(self, name: str, attribute: str) -> Definition:
        """What `name.attribute` is: a definition of a module, or a module of a package."""
        below = f"{name}.{attribute}"
        return (below, WHOLE) if is_module(below) else (name, attribute)

    def _registers(self, statement: ast.stmt) -> bool:
        """Whether a decorator of this module, such as `@network`, may enter the definition into a table that others read."""
        if not isinstance(statement, _Functions):
            return False
        heads = [one.func if isinstance(one, ast.Call) else one for one in statement.decorator_list]
        return any(isinstance(head, ast.Name) and head.id in self.nodes for head in heads)


def _at_once(statement: ast.stmt) -> Iterator[ast.AST]:
    """The nodes of a statement that run when its module is imported: not the bodies of functions."""
    yield statement
    if not isinstance(statement, _Functions):
        for child in ast.iter_child_nodes(statement):
            yield from _at_once(child) if isinstance(child, ast.stmt) else ast.walk(child)


def _bound(statement: ast.stmt) -> Iterator[str]:
    for node in _at_once(statement):
        if isinstance(node, _Functions):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _noted(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """The entries of the notation tables that are written out in a statement: each is a definition of its own."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == NOTATION:
            for table in (argument for argument in node.args if isinstance(argument, ast.Dict)):
                for key, binding in zip(table.keys, table.values, strict=True):
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        yield key.value, binding


def _declares(statement: ast.stmt) -> bool:
    """Whether a statement only hands declarations to an exercise."""
    called = statement.value.func if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in DECLARES and ast.unparse(called.value).split(".")[-1] == "exercise"


def _is_loose(statement: ast.stmt) -> bool:
    """Whether a statement may change what other names stand for: anything but a definition, an import, or names set to a value."""
    if isinstance(statement, ast.Assign):
        return not all(isinstance(one, ast.Name | ast.Tuple | ast.List) for one in statement.targets)
    if _declares(statement):
        return False
    if isinstance(statement, ast.AnnAssign | ast.AugAssign):
        return not isinstance(statement.target, ast.Name)
    if isinstance(statement, ast.If) and ast.unparse(statement.test) in {"TYPE_CHECKING", "__name__ == '__main__'"}:
        return False
    return not isinstance(statement, _Functions | ast.Import | ast.ImportFrom | ast.Pass)
