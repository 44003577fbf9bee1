"""What the imports of a text give its names: things of libraries, or of the content."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from hwgen.freshness.making import bound_in
from hwgen.freshness.statements import walk


@dataclass(frozen=True)
class Names:
    """What a text means by the names that it imports: dotted names of libraries, and of the content; with a dot for each level above."""

    libraries: Mapping[str, str]
    content: Mapping[str, tuple[str, ...]]


def names_in(tree: ast.Module, roots: frozenset[str]) -> Names:
    """What the imports of a text, wherever they stand, give its names; of a library is what has no other meaning."""
    meanings: dict[str, set[str]] = {}
    for node in walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                meanings.setdefault(one.asname or one.name.split(".")[0], set()).add(one.name if one.asname else one.name.split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (f"{node.module}." if node.module else "")
            for one in node.names:
                meanings.setdefault(one.asname or one.name, set()).add(f"{base}{one.name}")
    own = {name for one in tree.body for name in bound_in(one)}
    theirs = {
        name for name, said in meanings.items() if any(one.split(".")[0] in roots and not one.startswith("hwgen.authors") for one in said)
    }
    content = {name: tuple(sorted(meanings[name])) for name in theirs}
    # What is given two meanings is anything.
    content |= {name: ("",) for name, said in meanings.items() if name not in theirs and (len(said) > 1 or name in own)}
    return Names({name: next(iter(said)) for name, said in meanings.items() if name not in content}, content)
