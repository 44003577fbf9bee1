"""What a module defines at its top, and what each definition names: read from its text, never from the running program.

Whatever cannot be tied to one name (a table filled by a loop, a registering decorator) belongs to every definition of its module.
"""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hwgen.freshness import bases, calls, operated, plainly, statements
from hwgen.freshness.digests import digest
from hwgen.freshness.quiet import quiet
from hwgen.freshness.sources import around, content_of, is_authors, is_local, is_module, is_package, is_unmarked, names_of, source
from hwgen.freshness.statements import FINDS, LOOKS_UP, NAMED, NOTATION, Functions, at_once, bound, heads, noted, rooted, walk
from hwgen.freshness.texts import remembered

Definition = tuple[str, str]
# What has a module keep its annotations as texts, which each definition's annotations are then.
FUTURE = "annotations"
WHOLE, LOOSE, EVERYTHING, TEXT = "*", "(at the top)", "(all of the content)", "(as it is written)"
_sources: dict[str, str] = {}


def read_from() -> Mapping[str, str]:
    """The file of every module that was read."""
    return _sources


@dataclass(frozen=True)
class Module:
    """What a module defines: the digest of each definition, what each of them names, the libraries that it imports."""

    trees: dict[str, str]
    reached: dict[str, tuple[Definition, ...]]
    libraries: tuple[str, ...]
    # What the top of the module does to names of others: by which of its definitions, and to what.
    acts: tuple[tuple[str, Definition], ...]
    # The names that may keep what was read: all but plain functions and values.
    holding: frozenset[str]
    # Where its text is first not plain, so that nobody can follow it name by name.
    odd: str = ""
    # In which order what it does is done, beside what it defines.
    order: str = ""


@functools.cache
def module(name: str) -> Module:
    """What the module of that name defines."""
    path = source(name)
    _sources[name] = str(path)
    text = path.read_text()
    acting = is_authors(name) and operated.operators_act(content_of(name))
    still = quiet(content_of(name)).get(path, frozenset()) if is_authors(name) and not acting else frozenset()
    about = ("module", name, text, around(name), str(acting), str(sorted(still)))
    kept = remembered(about, lambda: _read(name, path.name == "__init__.py", text, acting, still))
    assert isinstance(kept, Module)
    # It is asked for alone as well, and known here already.
    remembered((WHOLE, text), lambda: kept.trees[WHOLE])
    return kept


@functools.cache
def whole(name: str) -> str:
    """The digest of all that a module says, without docstrings: of most modules nobody asks what their parts name, which takes longer."""
    path = source(name)
    _sources[name] = str(path)
    text = path.read_text()
    return str(remembered((WHOLE, text), lambda: digest(*map(statements.spelled, statements.without_docstrings(ast.parse(text)).body))))


@functools.cache
def may_act(path: Path) -> bool:
    """Whether the top of a file does anything to names of others, as far as its text alone can say; what does not parse does nothing."""
    text = path.read_text(errors="replace")
    return bool(remembered(("acts", text), lambda: calls.may_act(text)))


def _read(name: str, is_package: bool, text: str, operators_act: bool, still: frozenset[int]) -> Module:
    try:
        return _Parsed(name, is_package, text, operators_act, still).summary()
    except (SyntaxError, ValueError):  # a draft, which nobody imports
        return Module({WHOLE: digest(text), TEXT: digest(text), LOOSE: digest()}, {WHOLE: (), TEXT: (), LOOSE: ()}, (), (), frozenset())


class _Parsed:
    """The syntax tree of one module, read for what its top-level definitions name."""

    def __init__(self, name: str, is_package: bool, text: str, operators_act: bool, still: frozenset[int]) -> None:
        self.name, self.is_package, self.text = name, is_package, text
        tree = statements.without_docstrings(ast.parse(text))
        self.nodes: dict[str, list[ast.AST]] = {}
        # One name may stand for several: `import a.b` and `import a.c` both bind `a`.
        self.imports: dict[str, list[Definition]] = {}
        # In which order a name is given what it stands for, where imports do it as well: the last one counts.
        self.given: dict[str, list[str]] = {}
        self.loose: list[ast.AST] = []
        self.stars: list[Definition] = []
        self.foreign: set[str] = set()
        self.named: dict[ast.AST, tuple[Definition, ...]] = {}
        self.statements = tree.body
        for statement in tree.body:
            self._enter(statement)
        self.loose += [one for one in tree.body if self._registers(one)]
        self.loose += [call for one in tree.body for call in (*calls.calls(one), *calls.calls_within(one)) if self._sets(call)]
        others = [one for one in tree.body if getattr(one, "lineno", 0) not in still]  # known to change nothing else
        kept = [one for one in others if one not in self.loose and any(not calls.is_declared(call) for call in calls.calls(one))]
        within = [call for one in others for call in calls.calls_within(one) if not calls.is_declared(call)]
        made = [one for one in tree.body if bases.makes_members(one, self.nodes, self.imports)]
        self.calls: list[ast.AST] = [one for one in (*kept, *within, *made) if self._names_authors(one)]
        if operators_act:
            self.calls += [part for one in tree.body if one not in self.loose for part in operated.parts(one) if self._names_authors(part)]
        self.odd = plainly.oddity(tree, self.imports, self.nodes, is_module) if is_authors(name) else ""
        for node in walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                roots = {name.split(".")[0] for _, (name, _) in self._targets(node) if not is_local(name)}
                self.foreign |= roots - sys.stdlib_module_names

    def summary(self) -> Module:
        said = functools.cache(statements.spelled)
        trees = {name: digest(*self.given[name]) for name in self.imports}
        trees |= {name: digest(*map(said, parts), *self._meant(name, parts)) for name, parts in self.nodes.items()}
        # What a name stood for when another was made of it, the order of all that the module says decides.
        twice = {name for name in self.nodes if len(self.given.get(name, ())) > 1}
        trees |= {name: digest(trees.get(name, ""), *map(said, self.statements)) for name in twice}
        # Where a star may stand for any name, the order of all that the module says counts.
        top = self.statements if self.stars else [*self.loose, *self.calls]
        trees |= {LOOSE: digest(*map(said, top), *(self._meant("", top) if top else ()))}
        trees |= {WHOLE: digest(*map(said, self.statements)), TEXT: digest(self.text)}
        always = ((self.name, LOOSE), *self.stars)
        reached = {name: (*self._all(parts), *always) for name, parts in self.nodes.items()}
        for name, targets in self.imports.items():
            # Whoever takes the name from here may ask a package for what lies below it.
            reached[name] = (*reached.get(name, ()), *(one for target in targets for one in self._value(*target)))
        reached |= {LOOSE: self._all(top), WHOLE: (*self._all(self.statements), *always), TEXT: ()}
        plain = {name for name, parts in self.nodes.items() if all(map(statements.is_number, parts)) or name.startswith(f"{NOTATION} ")}
        holding = {name for name, parts in self.nodes.items() if any(map(statements.may_keep, parts))}
        acts, kept = tuple(sorted(set(self._acts()))), frozenset(holding - plain - {statements.CARRIER})
        return Module(trees, reached, tuple(sorted(self.foreign)), acts, kept, self.odd, self._order())

    def _order(self) -> str:
        """What is imported and computed at the top, one after the other: whoever acts on a name later may find another one."""
        done = [one for one in self.statements if getattr(one, "decorator_list", True) and not statements.is_number(one)]
        return digest(*(statements.spelled(one) if isinstance(one, ast.Import | ast.ImportFrom) else str([*bound(one)]) for one in done))

    def _meant(self, name: str, parts: Sequence[ast.AST]) -> list[str]:
        """What imports give to the names in the parts of a definition, and to its own: their text is no part of it."""
        named = {node.id for part in parts for node in walk(part) if isinstance(node, ast.Name)}
        return [f"{one}: {target}" for one in sorted({*named, name, FUTURE} & self.imports.keys()) for target in self.given[one]]

    def _all(self, parts: Sequence[ast.AST]) -> tuple[Definition, ...]:
        return tuple(sorted({target for part in parts for target in self._named(part)}))

    def _enter(self, statement: ast.stmt) -> None:
        for one in at_once(statement):
            if isinstance(one, ast.Import | ast.ImportFrom):
                self._import(one)
        for name in dict.fromkeys(bound(statement)):
            self.nodes.setdefault(name, []).append(statement)
            self.given.setdefault(name, []).append("here")
        for symbol, binding in noted(statement):
            self.nodes.setdefault(f"{NOTATION} {symbol}", []).append(binding)
        self.loose += statements.loose(statement)

    def _import(self, statement: ast.Import | ast.ImportFrom) -> None:
        for alias, target in self._targets(statement):
            if alias == "*":
                self.stars.append((target[0], WHOLE))
            else:
                self.imports.setdefault(alias, []).append(target)
                self.given.setdefault(alias, []).append(".".join(target))

    def _targets(self, statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, Definition]]:
        """The names that an import binds, each with what it stands for."""
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                root = alias.name.split(".")[0]
                # Without `as` the root is bound, and the module is an attribute of it.
                names = dict.fromkeys([alias.name, alias.name if alias.asname else root])
                yield from ((alias.asname or root, (name, WHOLE)) for name in names)
            return
        base = self._absolute(statement)
        for alias in statement.names:
            submodule = f"{base}.{alias.name}"
            target = (submodule, WHOLE) if is_module(submodule) else (base, alias.name)
            yield alias.asname or alias.name, ((self.name, EVERYTHING) if is_unmarked(submodule) else target)
            # A package may have a name of its own in the place of the module below it, which then comes first.
            if target[1] == WHOLE and base != self.name and ((own := names_of(base)) is None or alias.name in own):
                yield alias.asname or alias.name, (base, alias.name)

    def _absolute(self, statement: ast.ImportFrom) -> str:
        if not statement.level:
            return statement.module or ""
        package = self.name.split(".") if self.is_package else self.name.split(".")[:-1]
        base = package[: len(package) - statement.level + 1]
        return ".".join([*base, statement.module] if statement.module else base)

    def _named(self, part: ast.AST) -> tuple[Definition, ...]:
        """What a part of the text names; whatever the content has, where a text may name anything."""
        if part not in self.named:
            self.named[part] = tuple(dict.fromkeys(self._names(part)))
        return self.named[part]

    def _names(self, part: ast.AST) -> Iterator[Definition]:
        narrowed: set[int] = set()
        for node in walk(part):
            if (isinstance(node, ast.Attribute) and node.attr in FINDS) or (isinstance(node, ast.Constant) and node.value in NAMED):
                yield self.name, EVERYTHING
            if isinstance(node, Functions) and statements.hears_of_subclasses(node):
                yield self.name, EVERYTHING
            if isinstance(node, ast.Attribute) and id(node) not in narrowed and (chain := statements.chain(node)):
                targets = self.imports.get(chain[0], [])
                if targets and chain[0] not in self.nodes and all(what == WHOLE for _, what in targets):
                    # All of a.b.c is one name: its parts are not looked at once more by themselves.
                    narrowed |= {id(one) for one in walk(node)}
                    yield from (one for name, _ in targets for one in self._along(name, chain[1:]))
            elif isinstance(node, ast.Name) and id(node) not in narrowed:
                if node.id in self.nodes:
                    yield self.name, node.id
                elif node.id in LOOKS_UP or any(what in FINDS for _, what in self.imports.get(node.id, ())):
                    yield self.name, EVERYTHING
                # Both, where an imported name is wrapped: `stepped = cache(stepped)`.
                yield from (one for target in self.imports.get(node.id, ()) for one in self._value(*target))
            elif isinstance(node, ast.Import | ast.ImportFrom):
                yield from (one for _, (name, what) in self._targets(node) for one in self._value(name, WHOLE if what == "*" else what))

    def _along(self, place: str, attributes: Sequence[str]) -> Iterator[Definition]:
        """What `place.a.b` may be: of each module on the way the name that follows, or all of the last one where none does."""
        for attribute in attributes:
            # A package may have a name of its own in the place of the module below it.
            yield place, attribute
            below = f"{place}.{attribute}"
            if is_unmarked(below):
                yield self.name, EVERYTHING
            if not is_module(below):
                return
            place = below
        yield from self._value(place, WHOLE)

    def _value(self, place: str, what: str) -> Iterator[Definition]:
        """What a name stands for; a package that is handed on as a value may be asked for whatever lies below it."""
        yield place, what
        if what == WHOLE and is_package(place):
            yield self.name, EVERYTHING

    def _registers(self, statement: ast.stmt) -> bool:
        """Whether a decorator of this module, such as `@network`, may enter the definition into a table that others read."""
        named = {rooted(head) for head in heads(statement)} if isinstance(statement, Functions) else set()
        return any(name in self.nodes and not self._is_number(name) for name in named)

    def _is_number(self, name: str) -> bool:
        return all(map(statements.is_number, self.nodes[name]))

    def _names_authors(self, part: ast.AST) -> bool:
        return self._are_authors({node.id for node in walk(part) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)})

    def _are_authors(self, named: set[str]) -> bool:
        """Whether one of the names is of the author's, and no plain value."""
        own = (not all(map(statements.is_number, self.nodes.get(name, ()))) for name in named)
        return any(own) or any(is_authors(place) for name in named for place, _ in self.imports.get(name, ()))

    def _sets(self, call: ast.Call) -> bool:
        """Whether it sets something in a library, though its result is kept: `old = np.seterr(…)`; or anything, named by a text."""
        if calls.finds(call):
            return True
        target = calls.sets(call)
        found = self.imports.get(rooted(target), []) if target else []
        # `np.append` is a function of a library, `warnings.filters.append` a method of what it holds.
        if calls.enters(call) and target and len(statements.chain(target)) + any(what != WHOLE for _, what in found) == 2:
            return False
        return bool(found) and not any(is_local(place.split(".")[0]) for place, _ in found)

    def _acts(self) -> Iterator[tuple[str, Definition]]:
        """What loose statements and decorators name of other modules: it may stand for something else afterwards."""
        told = [one for one in self.statements if any(map(statements.hears_of_subclasses, walk(one)))]
        yield from ((name, (self.name, EVERYTHING)) for one in told for name in bound(one))
        # A call whose result is kept is taken to set nothing in a library: most of them compute by one.
        yield from ((LOOSE, target) for target in self._acted_on(self.calls) if target[1] != EVERYTHING)
        yield from ((LOOSE, target) for target in self._acted_on(self.loose))
        for statement in self.statements:
            for one in walk(statement):
                found = heads(one) if isinstance(one, Functions) else []
                yield from ((name, target) for head in found for target in self._named(head) for name in bound(statement))

    def _acted_on(self, first: Sequence[ast.AST]) -> Iterator[Definition]:
        waiting = [*first]
        seen: set[str] = set()
        while waiting:
            for place, what in self._named(waiting.pop()):
                if not is_local(place) or what == EVERYTHING:  # a library's state is everybody's
                    yield self.name, EVERYTHING
                elif place != self.name:
                    yield place, what
                elif what not in seen:  # a loose call of a function here does what its body does
                    seen.add(what)
                    waiting.extend(self.nodes.get(what, ()))
