"""What the top-level statements of a module do: which names they bind, and whether they may change what other names stand for."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from hwgen.model.exercise import Exercise

# The method of an exercise that takes a notation table.
NOTATION = "notation"
# How an exercise takes in what it declares; each declaration is followed by its own name.
CARRIER = "exercise"
DECLARES = frozenset(name for name in vars(Exercise) if not name.startswith("_"))
Functions = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
# Decorators of the standard library; they enter nothing into a table.
PLAIN = frozenset({"cache", "dataclass", "property", "classmethod", "staticmethod", "functools", "dataclasses"})
_THEIRS = frozenset({"functools", "dataclasses"})
# What is given to this name is thrown away: such a statement is there for what it does.
_UNUSED = "_"


# What finds a definition by a text, which may be any, or tells how it is written.
LOOKS_UP = frozenset({"eval", "exec", "globals", "locals", "vars", "__import__", "__builtins__", "__doc__"})
# The same as an attribute, of whatever it is, or as its name.
_TEXTS = "getdoc render_doc getsource getsourcelines __doc__ __dict__ __code__ __firstlineno__"
_TABLES = "modules __subclasses__ __globals__ __builtins__ getmembers getmodule get_objects get_referrers locate resolve_name"
_FRAMES = "f_globals f_locals f_back f_builtins f_code f_lineno _getframe currentframe"
# On which line of the text something stands.
_LINES = "__traceback__ with_traceback exc_info tb_lineno lineno extract_stack extract_tb walk_stack walk_tb TracebackException"
_TOLD = "format_exc format_exception format_stack format_tb print_exc print_exception print_stack print_tb formatwarning showwarning"
FINDS = frozenset(f"{_TEXTS} {_TABLES} {_FRAMES} {_LINES} {_TOLD} get_type_hints get_annotations ForwardRef".split())
NAMED = frozenset(name for name in FINDS if "_" in name)

# Where no part of a statement is run when its module is imported.
NOT_RUN = frozenset({"TYPE_CHECKING", "__name__ == '__main__'"})
# What runs when an object of a class is made, held by another class, or given up.
MAKES = frozenset({"__init__", "__new__", "__post_init__", "__call__", "__del__", "__set_name__"})
# How a class is told of those that are derived from it.
TOLD, METACLASS, PLAIN_METACLASS = "__init_subclass__", "metaclass", "ABCMeta"


def walk(node: ast.AST) -> Sequence[ast.AST]:
    """A node and all below it, nearest first, as `ast.walk` finds them, but for whether a name is read or set.

    Kept with the node, since most are asked for many times.
    """
    below: list[ast.AST] | None = getattr(node, "below", None)
    if below is None:
        below = _children(node)
        for one in below:
            below += _children(one)
        node.below = below  # type: ignore[attr-defined]  # a node takes any attribute; what it says is in its fields
    return [node, *below]


def _children(node: ast.AST) -> list[ast.AST]:
    found: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, ast.AST):
            if not isinstance(value, ast.expr_context):
                found.append(value)
        elif isinstance(value, list):
            found += [one for one in value if isinstance(one, ast.AST)]
    return found


def spelled(node: object) -> str:
    """A part of a tree in words, without its places: as `ast.dump` says it, but in half the time, as nobody is to read it."""
    if isinstance(node, ast.AST):
        return f"{type(node).__name__}({','.join([spelled(getattr(node, name, None)) for name in node._fields])})"
    return f"[{','.join(map(spelled, node))}]" if isinstance(node, list) else repr(node)


def without_docstrings(tree: ast.Module) -> ast.Module:
    """The tree, now without them."""
    within: list[ast.AST] = [tree]
    for node in within:
        if isinstance(node, ast.Module | Functions) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        within += [one for one in _children(node) if not isinstance(one, ast.expr)]
    return tree


def loose(statement: ast.stmt) -> list[ast.stmt]:
    """What of a statement may change what other names stand for: itself, or parts of a class's body."""
    if is_loose(statement):
        return [statement]
    within = statement.body if isinstance(statement, ast.ClassDef) else []
    said = [one for one in within if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]
    return [found for one in said for found in loose(one)]


def inert(body: Sequence[ast.stmt]) -> frozenset[str]:
    """The decorators of the standard library that a module means by their names: not those which it takes from elsewhere."""
    own = {name for one in body for name in bound(one)}
    for one in body:
        for node in at_once(one):
            if isinstance(node, ast.Import | ast.ImportFrom) and not (isinstance(node, ast.ImportFrom) and node.module in _THEIRS):
                own |= {alias.asname or alias.name for alias in node.names if alias.asname or alias.name not in _THEIRS}
    return PLAIN - own


def is_number(statement: ast.AST) -> bool:
    """Whether a name is set to a value that nobody can change, as it is written."""
    value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
    return value is not None and all(
        isinstance(one, ast.Constant | ast.Tuple | ast.UnaryOp | ast.unaryop | ast.Load) for one in walk(value)
    )


def hears_of_subclasses(node: ast.AST) -> bool:
    """Whether a part of the text, itself, is what is told of every class that is derived from another: it may enter them anywhere."""
    if isinstance(node, ast.FunctionDef):
        return node.name == TOLD
    if not isinstance(node, ast.ClassDef):
        return False
    told = [one.value for one in node.keywords if one.arg == METACLASS]
    return any(ast.unparse(one).split(".")[-1] != PLAIN_METACLASS for one in told) or any(ast.unparse(one) == "type" for one in node.bases)


def heads(defined: Functions) -> list[ast.expr]:
    """What decorates a definition and is given to that, as a function to `partial`; handing a noun to an exercise does not count."""
    found: list[ast.expr] = []
    for one in defined.decorator_list:
        head = one.func if isinstance(one, ast.Call) else one
        given = [*one.args, *(part.value for part in one.keywords)] if isinstance(one, ast.Call) else []
        found += [] if is_declaration(head) else [head, *(part for part in given if not isinstance(part, ast.Constant))]
    return found


def chain(node: ast.expr) -> tuple[str, ...]:
    """The parts of `a.b.c`, where that is all there is; nothing of anything else."""
    if isinstance(node, ast.Attribute) and (before := chain(node.value)):
        return (*before, node.attr)
    return (node.id,) if isinstance(node, ast.Name) else ()


def rooted(head: ast.expr) -> str:
    """The name that all of `a.b`, `a[0].b` and `a(1).b` begin with, which is what they may act on; nothing of anything else."""
    while isinstance(head, ast.Attribute | ast.Subscript | ast.Call | ast.Starred | ast.Await):
        head = head.func if isinstance(head, ast.Call) else head.value
    return head.id if isinstance(head, ast.Name) else ""


def at_once(statement: ast.stmt) -> Iterator[ast.AST]:
    """The nodes of a statement that run when its module is imported: not the bodies of functions."""
    yield statement
    if not isinstance(statement, Functions):
        for child in ast.iter_child_nodes(statement):
            yield from at_once(child) if isinstance(child, ast.stmt) else walk(child)


def bound(statement: ast.stmt) -> Iterator[str]:
    for node in at_once(statement):
        if isinstance(node, Functions):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def noted(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """The bindings of the notation tables that are written out in a statement: each is a definition of its own, its words no part of it.

    Of a table that takes in another one (`**`), which may have the same symbols, nothing is told.
    """
    for node in walk(statement):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == NOTATION:
            for table in (one for one in node.args if isinstance(one, ast.Dict) and all(one.keys)):
                for key, entry in zip(table.keys, table.values, strict=True):
                    if isinstance(key, ast.Constant) and isinstance(key.value, str):
                        yield key.value, entry.elts[1] if isinstance(entry, ast.Tuple) and len(entry.elts) == 2 else entry


def _declares(statement: ast.stmt) -> bool:
    """Whether a statement only hands declarations to an exercise."""
    called = statement.value.func if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call) else None
    return called is not None and is_declaration(called)


def is_declaration(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and called.attr in DECLARES and ast.unparse(called.value).split(".")[-1] == CARRIER


def may_keep(statement: ast.AST) -> bool:
    """Whether what a statement defines may keep what was read from one result to the next: all but a function that does anew each time.

    A decorator may keep what a function returned, and a default what it was given.
    """
    if not isinstance(statement, ast.FunctionDef):
        return True
    given = (*statement.args.defaults, *filter(None, statement.args.kw_defaults))
    return bool(heads(statement)) or not all(isinstance(one, ast.Constant) for one in given)


def is_not_run(statement: ast.AST) -> bool:
    """Whether a statement is for those who run the module as a program, or check its types."""
    return isinstance(statement, ast.If) and not statement.orelse and ast.unparse(statement.test) in NOT_RUN


def is_loose(statement: ast.stmt) -> bool:
    """Whether a statement may change what other names stand for: anything but a definition, an import, or names set to a value."""
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        typed = isinstance(statement, ast.AnnAssign) and not isinstance(statement.target, ast.Name)
        return typed or not all(map(_is_kept, targets)) or any(map(_is_set, at_once(statement)))
    if _declares(statement):
        return False
    return not is_not_run(statement) and not isinstance(statement, Functions | ast.Import | ast.ImportFrom | ast.Pass)


def _is_set(node: ast.AST) -> bool:
    """Whether it is the target of a loop within an expression, and no name: `[0 for TABLE[1] in …]`."""
    return isinstance(node, ast.comprehension) and not all(map(_is_kept, [node.target]))


def _is_kept(target: ast.expr) -> bool:
    """Whether what is given to a target becomes names of the module, and nothing else."""
    if isinstance(target, ast.Tuple | ast.List):
        return all(map(_is_kept, target.elts))
    if isinstance(target, ast.Starred):
        return _is_kept(target.value)
    return isinstance(target, ast.Name) and target.id != _UNUSED
