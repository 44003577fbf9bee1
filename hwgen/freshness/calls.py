"""What the calls at the top of a module may act on, and whether one sets something for all that comes after it."""

from __future__ import annotations

import ast
import re

from hwgen.freshness.statements import (
    FINDS,
    LOOKS_UP,
    Functions,
    at_once,
    heads,
    hears_of_subclasses,
    inert,
    is_declaration,
    loose,
    rooted,
    walk,
)

# Names of functions that set something; of NumPy's operations on sets two begin alike.
SETS = re.compile(
    "(?!setdiff|setxor)(set|register|seed|use$|rc$|simplefilter|filterwarnings|install|patch|enable|disable|config|update|activate|init_)"
)
ENTERS = frozenset(
    [
        "__setitem__",
        "__delitem__",
        "__setattr__",
        "__ior__",
        "__enter__",
        "append",
        "extend",
        "insert",
        "clear",
        "pop",
        "popitem",
        "setdefault",
    ]
)
IMPORTS = "import_module"


def may_act(text: str) -> bool:
    """Whether a module has loose statements or decorators at all; what does not parse does nothing."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return False
    plain = inert(body)
    decorated = (head for one in body for node in walk(one) if isinstance(node, Functions) for head in heads(node))
    said = (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) for one in body)
    acts = any(loose(one) and not text_only for one, text_only in zip(body, said, strict=True))
    return (
        acts
        or any(rooted(head) not in plain for head in decorated)
        or any(calls(one) or calls_within(one) or has_members(one) for one in body)
        or any(hears_of_subclasses(node) for one in body for node in walk(one))
    )


def calls(statement: ast.stmt) -> list[ast.Call]:
    """The calls in a statement that sets names to values."""
    if not isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        return []
    return [node for node in at_once(statement) if isinstance(node, ast.Call)]


def calls_within(statement: ast.stmt) -> list[ast.Call]:
    """The calls that the making of a function or a class takes: for defaults, bases, annotations, decorators, and in a class's body."""
    if not isinstance(statement, Functions):
        return []
    given: list[ast.AST] = []
    for one in statement.decorator_list:
        # What is called by its name alone is seen among the decorators.
        given += [one.func, *one.args, *one.keywords] if isinstance(one, ast.Call) else [one]
    if isinstance(statement, ast.ClassDef):
        within = [call for one in statement.body for call in (*calls(one), *calls_within(one))]
        given += [*statement.bases, *statement.keywords]
    else:
        within = []
        given += [statement.args, *([statement.returns] if statement.returns else [])]
    return [*within, *(node for one in given for node in walk(one) if isinstance(node, ast.Call))]


def has_members(statement: ast.stmt) -> bool:
    """Whether it is a class with bases and values: one of them may be made to call the methods of the class for each, as Enum does."""
    if not isinstance(statement, ast.ClassDef):
        return False
    within = any(has_members(one) for one in statement.body)
    return within or (bool(statement.bases) and any(isinstance(one, ast.Assign | ast.AnnAssign) and one.value for one in statement.body))


def finds(call: ast.Call) -> bool:
    """Whether a text names what a call is on, which may then be anything: `eval("TABLE.update(…)")`."""
    return any(_is_found(node) for node in walk(call))


def _is_found(node: ast.AST) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name in FINDS or name == IMPORTS or (isinstance(node, ast.Name) and name in LOOKS_UP)


def sets(call: ast.Call) -> ast.expr | None:
    """What a call sets something in for all that comes after it, if that is a library's: by the name of the function, or of the method."""
    if isinstance(call.func, ast.Name) and call.func.id in {"setattr", "delattr"}:
        return call.args[0] if call.args else None
    if not isinstance(call.func, ast.Attribute):
        return None
    return call.func if SETS.match(call.func.attr) or call.func.attr in ENTERS else None


def enters(call: ast.Call) -> bool:
    """Whether a method of an object enters something into it; functions of some libraries, which enter nothing, have such names."""
    return isinstance(call.func, ast.Attribute) and call.func.attr in ENTERS


def is_declared(call: ast.Call) -> bool:
    """Whether a call hands a declaration to an exercise."""
    return is_declaration(call.func)
