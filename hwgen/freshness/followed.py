"""What the text of the content must not do, since nobody could follow it: libraries of C, names set on other modules, numbers by chance.

Seen in the text, where a computation that puts everything back would hide it. Each is refused at its line, with what to do.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import importlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from hwgen.freshness import chance
from hwgen.freshness.definitions import module
from hwgen.freshness.dependencies import engine, modules
from hwgen.freshness.sources import content_of, files, is_authors
from hwgen.freshness.statements import is_not_run
from hwgen.freshness.texts import remembered
from hwgen.model import Place
from hwgen.model.errors import ContentError, ContentErrors

# What reads files by itself, or starts programs, past the interpreter, and what to use for it.
UNSEEN = {
    **dict.fromkeys(("ctypes", "_ctypes", "cffi", "_cffi_backend"), "Python and its libraries"),
    **dict.fromkeys(("PIL.ImageFont", "PIL._imagingft"), "matplotlib, with FontProperties(fname=…)"),
    **dict.fromkeys(("posix", "_io", "nt"), "os and open"),
    **dict.fromkeys(("dbm", "_dbm", "_gdbm", "shelve"), "sqlite3"),
    **dict.fromkeys(("tkinter", "_tkinter", "turtle", "readline", "_posixsubprocess", "_posixshmem"), "Python and its libraries"),
}
# The same by a function of a library that hears of files otherwise.
READS_ITSELF = frozenset({"mmread", "mminfo", "mmwrite"})
CHANGES = frozenset({"update", "setdefault", "pop", "clear", "__setitem__", "__delitem__"})
# A statement of SQL, wherever in a text, whole or cut at a name that is put into it.
_BETWEEN = r"(?:\s|/\*.*?\*/|--[^\n]*\n)"
ATTACHES = re.compile(rf"\battach\b(?:{_BETWEEN}*(?:database\b|['\"?:@$])|{_BETWEEN}+(?:\S+{_BETWEEN}+as\b|$))", re.IGNORECASE | re.DOTALL)
WRITES = re.compile(rf"\bvacuum\b(?:{_BETWEEN}+\S+)?{_BETWEEN}+into{_BETWEEN}*(?:['\"?:@$]|$)", re.IGNORECASE | re.DOTALL)
# What hands out the state of a library itself.
HANDS_OUT = frozenset({"getcontext"})
Imports = dict[str, tuple[str, ...]]
Scopes = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True)
class Refused:
    """A line that is refused; `holder` is what a name is set on, where that decides it: a module and what is looked up in it."""

    line: int
    said: str
    holder: tuple[str, ...] = ()


def refuse(content: str) -> None:
    """Raises ContentErrors at each line of the content that cannot be followed."""
    found = [(path, one) for path in files(content_of(content)) for one in _refused(path)]
    wrong = [ContentError(one.said, Place(file=os.path.relpath(path), line=one.line)) for path, one in found]
    if wrong:
        raise ContentErrors(wrong)


def ahead(content: str) -> None:
    """Read what every first build reads before it can compute, and keep it for the process that will ask: engine, `refuse` and content."""
    engine()
    with contextlib.suppress(ContentErrors):  # which that process says
        refuse(content)
    with contextlib.suppress(Exception):  # what cannot be read, it says as well
        # From the end, as that process comes from the beginning.
        for name in reversed(modules(content_of(content))):
            module(name)


def _refused(path: Path) -> Iterator[Refused]:
    text = path.read_text(errors="replace")
    found = remembered(("followed", _own_code(), text), lambda: tuple(found_in(text)))
    assert isinstance(found, tuple)
    # What the content sets at the top of its own modules is followed; see `acting`.
    yield from (one for one in found if not one.holder or _is_shared(one.holder))


@functools.cache
def _own_code() -> str:
    return Path(__file__).read_text() + Path(chance.__file__).read_text()


def found_in(text: str) -> Iterator[Refused]:
    """What is refused in a text; what is no Python is for others to say."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    imports = dict(_imports(tree))
    run_alone = {line for node in tree.body if is_not_run(node) for line in range(node.lineno, (node.end_lineno or 0) + 1)}
    yield from (one for one in _in(tree, imports, inside=False) if one.line not in run_alone or not one.said.startswith(chance.CALLED))
    yield from (Refused(line, said) for line, said in chance.at_top(tree, lambda node: _chain(node, imports)))


def _in(node: ast.AST, imports: Imports, *, inside: bool) -> Iterator[Refused]:
    """The same in a part of the tree, where the names stand for these imports; `inside` a function nothing may be set at all."""
    if isinstance(node, Scopes):
        own = _own(node)
        # A name that the function binds itself stands for no import there.
        inside, imports = True, {name: what for name, what in imports.items() if name not in own}
    yield from _said_of(node, imports, inside)
    for child in ast.iter_child_nodes(node):
        yield from _in(child, imports, inside=inside)


def _said_of(node: ast.AST, imports: Imports, inside: bool) -> Iterator[Refused]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield from _unseen(node)
        yield from (Refused(node.lineno, said) for said in chance.imported(node))
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        yield from (Refused(node.lineno, said) for said in chance.named(_chain(node, imports)))
        yield from _reads_itself(node.attr, node.lineno)
    elif isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        target = node.value if isinstance(node, ast.Attribute) else _namespace(node.value)
        yield from _set(node, target, imports, inside)
    elif isinstance(node, ast.Global):
        names = ", ".join(node.names)
        yield Refused(
            node.lineno, f"global {names} is set for all that is computed after it; expected functools.cache, or what is returned"
        )
    elif isinstance(node, ast.Call):
        yield from _called(node, imports, inside)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and ATTACHES.search(node.value):
        yield Refused(node.lineno, "a database is attached to another, which nobody can follow; expected a connection of its own")
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and WRITES.search(node.value):
        yield Refused(node.lineno, "a database is written into a file; expected a computation that only reads")


def _namespace(node: ast.expr) -> ast.expr | None:
    """What `vars(…)` or `….__dict__` is the table of names of."""
    if isinstance(node, ast.Attribute) and node.attr == "__dict__":
        return node.value
    is_vars = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "vars" and node.args
    return node.args[0] if isinstance(node, ast.Call) and is_vars else None


def _unseen(node: ast.Import | ast.ImportFrom) -> Iterator[Refused]:
    base = getattr(node, "module", None)
    for alias in node.names:
        yield from _reads_itself(alias.name, node.lineno)
        names = [alias.name] if isinstance(node, ast.Import) else [str(base), f"{base}.{alias.name}"]
        for name in names:
            known = next((one for one in UNSEEN if name == one or name.startswith(f"{one}.")), None)
            if known and not getattr(node, "level", 0):
                yield Refused(node.lineno, f"{known} does what nobody can follow; expected {UNSEEN[known]}")
                return


def _reads_itself(name: str, line: int) -> Iterator[Refused]:
    if name in READS_ITSELF:
        yield Refused(line, f"{name} reads files in a way that nobody can follow; expected np.load or np.loadtxt")


def _called(node: ast.Call, imports: Imports, inside: bool) -> Iterator[Refused]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
    if name in {"setattr", "delattr"} and node.args:
        yield from _set(node, node.args[0], imports, inside)
    if name in CHANGES and isinstance(node.func, ast.Attribute):
        yield from _set(node, _namespace(node.func.value), imports, inside)
    if _chain(node.func, imports):
        yield from (Refused(node.lineno, said) for said in chance.called(name, node))


def _set(node: ast.expr, target: ast.expr | None, imports: Imports, inside: bool) -> Iterator[Refused]:
    """A name that is set on what was imported: in a function refused, at the top if it is a module's or a class's of a library."""
    chain = _chain(target, imports) if target else ()
    if chain:
        said = f"{ast.unparse(node)} is set for all that is computed after it; expected a value of your own, or a `with` around its use"
        yield Refused(node.lineno, said, () if inside else chain)


def _chain(node: ast.expr, imports: Imports) -> tuple[str, ...]:
    """What `np.random` is looked up by: a module and names in it; nothing for what was not imported."""
    names: list[str] = []
    while isinstance(node, ast.Attribute) or _hands_out(node):
        assert isinstance(node, ast.Attribute | ast.Call)
        names += [node.attr] if isinstance(node, ast.Attribute) else []
        node = node.value if isinstance(node, ast.Attribute) else node.func
    known = imports.get(node.id, ()) if isinstance(node, ast.Name) else ()
    return (*known, *reversed(names)) if known else ()


def _hands_out(node: ast.expr) -> bool:
    """Whether it is such as `decimal.getcontext()`, which is as good as a name."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in HANDS_OUT


def _imports(tree: ast.AST) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names that imports bind, anywhere in the text; relative ones are of the content."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                root = alias.name.split(".")[0]
                yield (alias.asname, (alias.name,)) if alias.asname else (root, (root,))
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from ((alias.asname or alias.name, (base, alias.name)) for alias in node.names)


def _own(scope: Scopes) -> set[str]:
    """The names that a function gives a meaning of its own."""
    arguments = scope.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    stored = {node.id for node in ast.walk(scope) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return {one.arg for one in named if one is not None} | stored


def _is_shared(holder: tuple[str, ...]) -> bool:
    """Whether it is a module or a class, and not the content's own."""
    if holder[0].startswith(".") or is_authors(holder[0]):
        return False
    try:
        found: object = importlib.import_module(holder[0])
        for name in holder[1:]:
            found = getattr(found, name)
    except (ImportError, AttributeError):
        return True
    return isinstance(found, ModuleType | type)
