"""What a class is derived from: some of it has the methods of the class called where it is made, once for each of its values."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from hwgen.freshness import harmless
from hwgen.freshness.calls import has_members
from hwgen.freshness.statements import chain, walk

# What a name at the top of a module is given by: statements there, or modules with what is imported of them.
Nodes = Mapping[str, Sequence[ast.AST]]
Imports = Mapping[str, Sequence[tuple[str, str]]]
_ALL = "*"


def makes_members(statement: ast.AST, nodes: Nodes, imports: Imports) -> bool:
    """Whether the making of a class may call its methods: not where all that it is derived from is known to be plain."""
    if not isinstance(statement, ast.ClassDef) or not has_members(statement):
        return False
    within = [one for one in walk(statement) if isinstance(one, ast.ClassDef) and has_members(one)]
    return not all(_is_plain(base, nodes, imports, frozenset()) for one in within for base in one.bases)


def _is_plain(base: ast.expr, nodes: Nodes, imports: Imports, seen: frozenset[str]) -> bool:
    """Whether it is a class whose classes are made as any other: of this module, built in, or known of the standard library."""
    names = chain(base.value if isinstance(base, ast.Subscript) else base)
    if not names or names[0] in seen:
        return False
    name = names[0]
    if name in imports:
        targets = {".".join([place, *([what] if what != _ALL else []), *names[1:]]) for place, what in imports[name]}
        return name not in nodes and all(harmless.PLAIN_BASES.fullmatch(one) for one in targets)
    if name not in nodes or len(names) > 1:
        return names == (name,) and name in harmless.BUILTINS
    own = [one for one in nodes[name] if isinstance(one, ast.ClassDef)]
    derived = (_is_plain(one, nodes, imports, seen | {name}) for node in own for one in node.bases)
    return len(own) == len(nodes[name]) and not any(node.keywords for node in own) and all(derived)
