"""What a text of the content defines, does and holds, each part with what it may change: read for itself, without the others."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from hwgen.freshness import harmless
from hwgen.freshness.effects import defaults, said_by, said_by_definition
from hwgen.freshness.making import bound_in
from hwgen.freshness.named import Names, names_in
from hwgen.freshness.said import Said
from hwgen.freshness.statements import Functions, heads, hears_of_subclasses, inert, is_declaration, is_loose, rooted, walk

# Methods after which an object may be another's, or an attribute anything.
_GIVES_ITSELF = frozenset({"copy", "__copy__", "__deepcopy__", "__getattr__", "__getattribute__", "__setattr__", "__class_getitem__"})


@dataclass
class Text:
    """What is said by the definitions of a text, by name; what it does besides them, and what it holds from the start."""

    defined: dict[str, Said] = field(default_factory=dict)
    # The methods of its classes, and what it imports of the content.
    methods: dict[str, Said] = field(default_factory=dict)
    imports: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # What its statements do that set names to values, by line; and what all others do.
    kept: dict[int, Said] = field(default_factory=dict)
    loose: Said = field(default_factory=Said)
    held: list[Said] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    # Its methods that no call names: operators have them called, or whoever looks at an attribute.
    special: list[Said] = field(default_factory=list)
    twice: set[str] = field(default_factory=set)
    noisy: bool = False


def read(text: str, roots: frozenset[str]) -> Text:
    """What a text of the content says; what does not parse says nothing."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return Text()
    return _Read(tree, names_in(tree, roots)).text


class _Read:
    def __init__(self, tree: ast.Module, names: Names) -> None:
        self.names, self.text, self.inert = names, Text(imports=names.content), inert(tree.body)
        self._body(tree.body)
        own = [name for one in tree.body for name in bound_in(one)]
        self.text.noisy = "__getattr__" in own
        self.text.twice = {name for name in own if own.count(name) > 1}
        stars = (one.name for node in walk(tree) if isinstance(node, ast.ImportFrom) for one in node.names)
        self.text.noisy |= (
            "*" in stars or any(map(hears_of_subclasses, walk(tree))) or bool((harmless.BUILTINS | {"getattr"}) & {*own, *names.content})
        )
        for node in walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                self.text.fields.add(node.attr)

    def _body(self, body: list[ast.stmt], *, of_class: bool = False) -> None:
        for one in body:
            if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant):
                continue
            if isinstance(one, Functions):
                self._define(one, method=of_class)
            elif is_loose(one):
                self.text.loose.add(self._given(one))
            elif isinstance(one, ast.Assign | ast.AnnAssign):
                said = self._given(one)
                self.text.kept.setdefault(one.lineno, Said()).add(said)  # there may be two on one line
                self.text.held.append(said)

    def _given(self, statement: ast.stmt) -> Said:
        """What a statement says, which whoever names what it sets says as well, but does not do."""
        said = said_by(statement, self.names)
        for name in bound_in(statement):
            # To call what a statement gives is to call anything.
            self._add(name, Said(acts=said.acts, names=said.names, kept=said.kept, passes=said.passes, calls_back=True))
        return said

    def _add(self, name: str, said: Said, *, method: bool = False) -> None:
        mine = (self.text.methods if method else self.text.defined).setdefault(name, Said())
        mine.add(said)
        mine.yields |= said.yields

    def _define(self, node: Functions, *, method: bool = False) -> None:
        said = said_by_definition(node, self.names)
        self._add(node.name, said, method=method)
        at_once = [one for one in node.decorator_list if not is_declaration(one.func if isinstance(one, ast.Call) else one)]
        given = [part for one in node.decorator_list if isinstance(one, ast.Call) for part in (*one.args, *one.keywords)]
        if any(rooted(head) not in self.inert and rooted(head) not in self.names.libraries for head in heads(node)):
            self.text.loose.names |= {node.name, *said.names}
            self.text.loose.calls.add(node.name)
        if isinstance(node, ast.ClassDef):
            self._class(node)
            given += [*node.bases, *node.keywords]
        else:
            noted = [one.annotation for one in walk(node.args) if isinstance(one, ast.arg)]
            given += [*defaults(node), *(one for one in (*noted, node.returns) if one)]
        mine = self.text.kept.setdefault(node.lineno, Said())
        for one in (*at_once, *given):
            part = said_by(one, self.names)
            mine.add(part)
            self.text.held.append(part)
        if said.keeps:
            self.text.held.append(Said(kept={node.name}))

    def _class(self, node: ast.ClassDef) -> None:
        within = len(self.text.held)
        methods = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
        unnamed = (one for one in node.body if isinstance(one, ast.FunctionDef) and (_is_looked_at(one) or one.name.startswith("__")))
        self.text.special += [said_by_definition(one, self.names) for one in unnamed]
        self.text.fields |= {name for one in node.body if not isinstance(one, Functions) for name in bound_in(one)}
        self.text.noisy |= bool(methods & (_GIVES_ITSELF | _OPERATORS | harmless.DRAWS))
        self._body(node.body, of_class=True)
        mine = self.text.kept.setdefault(node.lineno, Said())
        for said in self.text.held[within:]:
            mine.add(said)


def _is_looked_at(method: ast.FunctionDef) -> bool:
    return any(ast.unparse(one) not in {"classmethod", "staticmethod", "abstractmethod"} for one in method.decorator_list)


_NAMES = """
add sub mul matmul truediv floordiv mod pow lshift rshift and or xor neg pos invert abs lt le gt ge eq ne
"""
_OPERATORS = frozenset(f"__{side}{name}__" for side in ("", "r", "i") for name in harmless.words(_NAMES))
