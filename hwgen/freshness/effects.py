"""What running a part of a text may change that is not its own, and what it names: of functions, classes and statements.

What is not known to be harmless counts as changing anything: an unlisted function of a library, a method of anybody's object.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from hwgen.freshness import harmless
from hwgen.freshness.making import bound_in, called_within, gone_through, made_here
from hwgen.freshness.named import Names
from hwgen.freshness.said import Said
from hwgen.freshness.statements import Functions, chain, is_declaration, rooted, walk

# What runs later, or changes names of another's.
_ELSEWHERE = (ast.ClassDef, ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith, ast.Global, ast.Nonlocal)
_CONSTRUCTORS = frozenset({"__init__", "__post_init__", "__new__"})


def said_by(node: ast.AST, names: Names) -> Said:
    """What a part that runs at the top of its module does."""
    reader = Reader(names, frozenset(), {})
    reader.read(node)
    return reader.said


def said_by_definition(node: Functions, names: Names) -> Said:
    """What is done by calling a function, or by making an object of a class."""
    said = Said()
    for one in node.decorator_list:
        head = one.func if isinstance(one, ast.Call) else one
        if not is_declaration(head):
            said.add(said_by(one, names))
            known = rooted(head) in names.libraries or (isinstance(head, ast.Name) and head.id in harmless.BUILTINS)
            said.calls_back |= not known
            said.keeps |= any(_last(part) in harmless.KEEPS for part in walk(one) if isinstance(part, ast.expr))
    if isinstance(node, ast.ClassDef):
        said.add(_of_class(node, names))
        return said
    said.add(of_function(node, names, frozenset()))
    for one in defaults(node):
        said.add(said_by(one, names), later=True)
    said.yields = any(isinstance(one, ast.Yield | ast.YieldFrom) for one in walk(node))
    return said


def _of_class(node: ast.ClassDef, names: Names) -> Said:
    """What its text says; at once runs what makes an object, and whatever its body names."""
    said = Said()
    for given in (*node.bases, *(part.value for part in node.keywords)):
        said.add(said_by(given, names))
    for one in node.body:
        if isinstance(one, Functions):
            said.add(said_by_definition(one, names), later=one.name not in _CONSTRUCTORS)
        else:
            said.add(said_by(one, names))
    # Bases have what makes an object, and fields have what makes their values.
    held = [one for one in node.body if not isinstance(one, Functions)]
    said.calls |= {name for one in (*node.bases, *held) for name in said_by(one, names).names}
    return said


def of_function(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, names: Names, outer: frozenset[str]) -> Said:
    """What calling a function does; `outer` are the names of the functions around it."""
    given = node.args
    parameters = {one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg)))}
    body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else [*node.body]
    libraries = names.libraries
    made = made_here(body, parameters, libraries)
    if isinstance(node, ast.FunctionDef) and node.name in _CONSTRUCTORS - {"__new__"} and given.args:
        made[given.args[0].arg] = "object"
    reader = Reader(
        names, outer | parameters | {name for one in body for name in bound_in(one)}, made, gone_through(body), called_within(body)
    )
    for one in body:
        reader.read(one)
    if isinstance(node, ast.AsyncFunctionDef):
        reader.said.acts = reader.said.acts_at_once = True
    return reader.said


def defaults(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> list[ast.expr]:
    """What is computed where a function is made."""
    return [*node.args.defaults, *(one for one in node.args.kw_defaults if one)]


def _last(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


class Reader:
    """Reads a part of the text that runs in one function, or at the top."""

    def __init__(
        self,
        names: Names,
        local: frozenset[str],
        made: Mapping[str, str],
        spent: frozenset[str] = frozenset(),
        run: frozenset[str] = frozenset(),
    ) -> None:
        self.names, self.local, self.made, self.spent, self.run = names, local, made, spent, run
        self.said = Said()

    def read(self, node: ast.AST | None, *, through: bool = False, called: int | None = None) -> None:
        """Read a part; `through` says that what it gives is gone through at once, `called` that it is called, with so many by place."""
        match node:
            case None | ast.expr_context() | ast.operator() | ast.unaryop() | ast.cmpop() | ast.boolop() | ast.Import() | ast.ImportFrom():
                pass
            case ast.Name():
                self._name(node, through=through, called=called)
            case ast.Attribute():
                self._attribute(node, through=through, called=called)
            case ast.Call():
                self._call(node, through=through)
            case ast.Subscript(ctx=ast.Store() | ast.Del()):
                self._stored(node, node.value)
                self.read(node.slice)
            case ast.AugAssign():
                self._augmented(node)
            case ast.Lambda() | ast.FunctionDef():
                self.said.add(of_function(node, self.names, self.local), later=getattr(node, "name", "") not in self.run)
                for one in (*defaults(node), *getattr(node, "decorator_list", ())):
                    self.read(one)
            case ast.GeneratorExp() | ast.ListComp() | ast.SetComp() | ast.DictComp():
                self._loops(node, through=through)
            case ast.IfExp():
                self.read(node.test)
                self.read(node.body, through=through)
                self.read(node.orelse, through=through)
            case _:
                self._statement(node)

    def _statement(self, node: ast.AST) -> None:
        match node:
            case ast.For():
                self.read(node.iter, through=True)
                for one in (node.target, *node.body, *node.orelse):
                    self.read(one)
            case ast.Starred() | ast.YieldFrom():
                self.read(node.value, through=True)
            case ast.Assign(targets=[ast.Tuple() | ast.List()]):
                self.read(node.targets[0])
                self.read(node.value, through=True)
            case ast.AnnAssign():
                self.read(node.target)
                self.read(node.value)
                if not self.local:  # in a function nobody asks for it
                    self.read(node.annotation)
            case ast.Assign(targets=[ast.Name(id=name)]) if name in self.spent:
                self.read(node.value, through=True)
            case ast.ExceptHandler(type=None):
                self._acts()
            case _ if isinstance(node, _ELSEWHERE):
                self._acts()
            case _:
                for child in ast.iter_child_nodes(node):
                    self.read(child)

    def _acts(self) -> None:
        self.said.acts = self.said.acts_at_once = True

    def _names(self, meant: str, *, through: bool, called: int | None) -> None:
        self.said.names.add(meant)
        (self.said.values if called is None else self.said.calls).add(meant)
        if not through and called is not None:
            self.said.kept.add(meant)

    def _loops(self, node: ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp, *, through: bool) -> None:
        """A loop within an expression, whose names are its own; where it may run later, nothing is one's own any more."""
        later = isinstance(node, ast.GeneratorExp) and not through
        self.said.passes |= later
        loops = node.generators
        self.read(loops[0].iter, through=True)
        own = {name for one in loops for name in bound_in(one.target)}
        made = {} if later else {name: kind for name, kind in self.made.items() if name not in own}
        within = Reader(self.names, self.local | own, made, run=frozenset() if later else self.run - own)
        for one in loops:
            within.read(one.target)
            if one is not loops[0]:
                within.read(one.iter, through=True)
            for condition in one.ifs:
                within.read(condition)
        for value in [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]:
            within.read(value)
        self.said.add(within.said)

    def _name(self, node: ast.Name, *, through: bool, called: int | None) -> None:
        if not isinstance(node.ctx, ast.Load):
            return
        if node.id in self.local:
            self.said.calls_back |= called is not None and node.id not in self.run
        elif node.id == "getattr":
            # To look does nothing; what is found may be anything.
            self.said.names.add("!getattr")
        elif dotted := self.names.libraries.get(node.id):
            self._library(dotted, through=through, called=called)
        else:
            self._names(node.id, through=through, called=called)
            self.said.passes |= node.id in harmless.PASSED and called is not None and not through
            self.said.calls_back |= node.id in harmless.CALLS_BACK and called is not None

    def _library(self, dotted: str, *, through: bool, called: int | None) -> None:
        self.said.passes |= bool(harmless.PASSED_OF.fullmatch(dotted)) and called is not None and not through
        self.said.draws |= dotted.startswith(("numpy.random", "random.")) and (called is not None or not dotted.endswith("Generator"))
        self.said.calls_back |= called is not None and not harmless.HOLDS.fullmatch(dotted)
        most = harmless.FUNCTIONS.get(dotted)
        if not (harmless.STANDARD.fullmatch(dotted) or (most is not None and (harmless.ANY if called is None else called) <= most)):
            self._acts()

    def _attribute(self, node: ast.Attribute, *, through: bool, called: int | None) -> None:
        if not isinstance(node.ctx, ast.Load):
            self._stored(node, node.value)
            return
        names = chain(node)
        if names and names[0] not in self.local and (root := self.names.libraries.get(names[0])):
            self._library(".".join([root, *names[1:]]), through=through, called=called)
            return
        base = node.value.id if isinstance(node.value, ast.Name) else ""
        if base in self.made and node.attr in harmless.CHANGES | harmless.DRAWS and called is not None:
            return
        if isinstance(node.value, ast.Call) and _last(node.value.func) == "super" and node.attr == "__init__":
            return
        most = harmless.METHODS.get(node.attr)
        known = most is not None and (harmless.ANY if called is None else called) <= most
        # What is only looked at may be handed on, and called elsewhere.
        said = f"{'+' if known else '.' if called is not None else '?'}{node.attr}"
        if base in self.names.content and base not in self.local:
            said = f"{base}{said}"
        else:
            self.read(node.value)
        if len(names) > 2 and names[0] in self.names.content and names[0] not in self.local:
            self.said.names |= {f"~{one}" for one in names}
        self._names(said, through=through, called=called)

    def _call(self, node: ast.Call, *, through: bool) -> None:
        into = {one.arg for one in node.keywords}
        names = chain(node.func)
        root = self.names.libraries.get(names[0], "") if names and names[0] not in self.local else ""
        unknown = None in into and root.split(".")[0] in {"numpy", "scipy"}
        if unknown or any(one and one.startswith(("out", "overwrite", "inplace")) for one in into):
            self._acts()
        uncounted = any(isinstance(one, ast.Starred) for one in node.args)
        self.said.calls_back |= not isinstance(node.func, ast.Name | ast.Attribute) or ("key" in into and not root)
        self.read(node.func, through=through, called=harmless.ANY - 1 if uncounted else len(node.args))
        goes = _last(node.func) in harmless.GOES_THROUGH or (through and _last(node.func) in harmless.PASSED)
        for one in (*node.args, *(part.value for part in node.keywords)):
            self.read(one, through=goes)

    def _augmented(self, node: ast.AugAssign) -> None:
        self.read(node.value)
        match node.target:
            case ast.Name(id=name) if name in self.made:
                pass
            case ast.Subscript(value=ast.Name(id=name)) if self.made.get(name) == "array":
                self.read(node.target.slice)
            case _:
                self._acts()

    def _stored(self, node: ast.expr, owner: ast.expr) -> None:
        """What is put into an object, or taken out of it."""
        kind = self.made.get(owner.id) if isinstance(owner, ast.Name) else None
        if kind is None or (isinstance(node, ast.Attribute) and kind != "object"):
            self._acts()
