"""Whether a text of the content is plain: all that it names can be followed name by name.

Only what is known is plain. Of a content with anything else every result depends on all of it, to the letter, and on every file that
any of it read.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from hwgen.freshness.harmless import BUILTINS, words
from hwgen.freshness.making import bound_in
from hwgen.freshness.sources import is_local
from hwgen.freshness.statements import CARRIER, DECLARES, FINDS, LOOKS_UP, NAMED, Functions, chain, is_declaration, walk

Targets = Mapping[str, Sequence[tuple[str, str]]]
# What of Python may be named, beside what changes nothing.
_BUILTINS = BUILTINS | words(
    """
    open print next iter format hash id getattr hasattr input bytearray memoryview ascii bin hex oct __file__ Exception
    BaseException NameError AttributeError StopIteration OSError FileNotFoundError ImportError ModuleNotFoundError KeyboardInterrupt
    RecursionError UnicodeError Warning UserWarning DeprecationWarning RuntimeWarning EOFError PermissionError TimeoutError
    MemoryError EncodingWarning WindowsError
    """
)
# Modules of which any name may be used.
_MODULES = words(
    """
    __future__ math cmath itertools collections collections.abc typing enum fractions decimal numbers statistics string abc re json
    csv pathlib bisect heapq copy textwrap random time datetime resource warnings io zlib gzip bz2 lzma struct array hashlib base64
    unicodedata calendar configparser tomllib sqlite3 zipfile tarfile os.path operator functools dataclasses contextlib sys os
    platform locale secrets uuid socket getpass tempfile shutil subprocess threading multiprocessing signal ctypes mmap glob fnmatch
    linecache fileinput dbm shelve urllib urllib.request http http.client select
    importlib importlib.util importlib.metadata importlib.resources pkgutil concurrent.futures pickle
    """
)
_LIBRARIES = frozenset({"numpy", "scipy", "sympy", "flint", "mpmath", "matplotlib"})
_ENGINE = re.compile(r"hwgen\.(authors(\.\w+)*|model\.\w+|model\.(catalog|exercise)\.Exercise|evidence\.fits\.\w+)")
_MODELS = re.compile(r"hwgen\.model\.[a-z]\w*")
# Of these only the names that look nothing up by a text, and hand nothing on by one.
_ONLY = {
    # What is imported or looked for by a text is noted when it is.
    "importlib": re.compile("import_module|util|metadata|resources|invalidate_caches"),
    "importlib.util": re.compile("find_spec|spec_from_file_location|module_from_spec"),
    "pkgutil": re.compile("get_data"),
    "operator": re.compile(
        "itemgetter|add|sub|mul|truediv|floordiv|mod|pow|neg|pos|matmul|and_|or_|xor|lt|le|gt|ge|eq|ne|abs|index|not_|contains|countOf"
    ),
    "functools": re.compile("cache|lru_cache|cached_property|partial|reduce|wraps|total_ordering|cmp_to_key"),
    "dataclasses": re.compile("dataclass|field|replace|fields|asdict|astuple|KW_ONLY|is_dataclass|FrozenInstanceError|InitVar"),
    "sys": re.compile(
        "float_info|int_info|hash_info|maxsize|platform|argv|executable|version_info|version|stdout|stderr|byteorder|path|exit|getsizeof"
    ),
    "typing": re.compile("(?!get_|ForwardRef|evaluate|no_type_check|_)\\w+"),
}
_DECORATORS = re.compile(
    r"functools\.(cache|lru_cache|cached_property|wraps|total_ordering)|dataclasses\.dataclass|contextlib\.contextmanager|abc\.abstractmethod|"
    r"typing\.(overload|final|override|runtime_checkable)|(numpy|scipy|sympy|mpmath|matplotlib|flint)\..+"
)
_NOUNS = frozenset({"claim", "statement", "study", "constant", "numbers", "figure", "table"})
_BUILT_IN = frozenset({"property", "classmethod", "staticmethod"})
_METHODS = frozenset(
    f"__{name}__"
    for name in words(
        """
    init post_init call len iter next getitem setitem delitem contains bool int float complex index str repr hash format bytes enter
    exit abs neg pos invert round trunc floor ceil reversed missing add sub mul matmul truediv floordiv mod divmod pow lshift rshift
    and or xor radd rsub rmul rmatmul rtruediv rfloordiv rmod rdivmod rpow rlshift rrshift rand ror rxor iadd isub imul imatmul
    itruediv ifloordiv imod ipow ilshift irshift iand ior ixor lt le gt ge eq ne array array_ufunc array_function del length_hint
    name file all slots match_args version
    """
    )
)
_DUNDER = re.compile(r"__\w+")
_FRAMES = frozenset({"gi_frame", "gi_code", "cr_frame", "cr_code", "ag_frame", "tb_frame", "tb_next", "nouns", "mro"})
# A field of a text to be filled in that asks for more than what it is given.
_ASKS = re.compile(r"[{][^{}]*[.\[]")


def oddity(tree: ast.Module, imports: Targets, own: Mapping[str, object], is_module: Callable[[str], bool]) -> str:
    """The first line of a text that is not plain, with what it has; `own` are the names that it defines."""
    found = sorted(_oddities(_Text(tree, imports, own, is_module)), key=lambda one: one[0])
    return f"{found[0][0]}: {found[0][1]}" if found else ""


class _Text:
    def __init__(self, tree: ast.Module, imports: Targets, own: Mapping[str, object], is_module: Callable[[str], bool]) -> None:
        self.nodes, self.imports, self.own, self.is_module = walk(tree), imports, own, is_module
        self.bound = {*imports, *own, *_local(self.nodes)}
        self.theirs = set(_of_functions(self.nodes))
        # What stands before an attribute, and what is called: looked at there.
        self.before = {id(node.value) for node in self.nodes if isinstance(node, ast.Attribute)}
        self.decorating = {id(one) for node in self.nodes if isinstance(node, Functions) for one in node.decorator_list}
        self.assigned = {id(node.targets[0]) for node in self.nodes if isinstance(node, ast.Assign)}
        self.called = {id(node.func): node for node in self.nodes if isinstance(node, ast.Call)}
        self.later = {
            id(one) for node in self.nodes if isinstance(node, Functions) and not isinstance(node, ast.ClassDef) for one in walk(node)
        }


def _of_functions(nodes: Sequence[ast.AST]) -> Iterator[int]:
    """The names that functions and loops within expressions read as their own."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            within = node.body if isinstance(node.body, list) else [node.body]
            own = {one.arg for one in walk(node.args) if isinstance(one, ast.arg)} | {name for one in within for name in bound_in(one)}
            own -= {name for part in within for one in walk(part) if isinstance(one, ast.Global) for name in one.names}
            yield from (id(one) for part in within for one in walk(part) if isinstance(one, ast.Name) and one.id in own)
        elif isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            own = {name for one in node.generators for name in bound_in(one.target)}
            first = {id(one) for one in walk(node.generators[0].iter)}
            yield from (id(one) for one in walk(node) if isinstance(one, ast.Name) and one.id in own and id(one) not in first)


def _first(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node


def _local(nodes: Sequence[ast.AST]) -> Iterator[str]:
    for node in nodes:
        match node:
            case ast.Name(ctx=ast.Store() | ast.Del(), id=name) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
                | ast.MatchMapping(rest=str(name))
            ):
                yield name
            case ast.alias(name=name, asname=other):
                yield other or name.split(".")[0]


def _oddities(text: _Text) -> Iterator[tuple[int, str]]:
    for node in text.nodes:
        match node:
            case ast.Name():
                found = _name(node, text)
            case ast.Attribute():
                found = _attribute(node, text)
            case ast.Import() | ast.ImportFrom():
                found = _import(node)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                found = _definition(node, text)
            case ast.arg(arg=name) if name == CARRIER:
                found = f"{name} as a parameter"
            case ast.Call(func=called) if is_declaration(called) and id(node) not in text.decorating:
                found = _declaration(node)
            case ast.Assign(targets=[ast.Name(id=name)], value=given) if name == CARRIER:
                found = "" if _makes_exercise(given, text) else f"{name} that is no Exercise"
            case ast.Constant(value=str(said)) if said in NAMED:
                found = f"the text {said!r}"
            case ast.Call(func=ast.Attribute(attr="format" | "format_map" | "vformat", value=given)):
                plain = isinstance(given, ast.Constant) and not _ASKS.search(str(given.value))
                found = "" if plain else "a text that is filled in by a text"
            case _:
                found = ""
        if found:
            yield getattr(node, "lineno", 0), found


def _declaration(node: ast.Call) -> str:
    """What is handed over by a call has its text there alone, where the noun's own function does not name it."""
    given = [*node.args, *(one.value for one in node.keywords)]
    odd = (
        isinstance(node.func, ast.Attribute)
        and node.func.attr in _NOUNS
        and not all(isinstance(one, ast.Constant | ast.Name | ast.Lambda) for one in given)
    )
    return f"{ast.unparse(node.func)}, called with what is made there" if odd else ""


def _makes_exercise(given: ast.expr, text: _Text) -> bool:
    names = chain(given.func) if isinstance(given, ast.Call) else ()
    targets = text.imports.get(names[0], ()) if names else ()
    return bool(targets) and all(
        place.startswith("hwgen.") and not place.startswith("hwgen.homework") and (what if what != "*" else names[-1]) == "Exercise"
        for place, what in targets
    )


def _name(node: ast.Name, text: _Text) -> str:
    name, call = node.id, text.called.get(id(node))
    if id(node) in text.theirs:
        return ""
    if name == CARRIER and isinstance(node.ctx, ast.Store) and id(node) not in text.assigned:
        return f"{name} that may be no Exercise"
    if isinstance(node.ctx, ast.Store) and (
        name in {"TYPE_CHECKING", "__name__", "__file__"} or (_DUNDER.match(name) and name not in _METHODS)
    ):
        return f"{name} is set"
    if not isinstance(node.ctx, ast.Load):
        return ""
    if name in LOOKS_UP or (name not in text.bound and name not in _BUILTINS) or (_DUNDER.match(name) and name not in _METHODS):
        return f"{name}, which may name anything" if name in LOOKS_UP else f"{name}, which nobody follows"
    if name in {"getattr", "hasattr"}:
        asked = call.args[1] if call and len(call.args) > 1 else None
        plain = (
            isinstance(asked, ast.Constant) and isinstance(asked.value, str) and not _DUNDER.match(asked.value) and asked.value not in FINDS
        )
        return "" if plain else f"{name} by a text"
    if name == "type" and not (call and len(call.args) == 1):
        return "type, which may make a class"
    return _handed_on(node, (name,), text)


def _handed_on(node: ast.expr, names: tuple[str, ...], text: _Text) -> str:
    """Whether a module of the content is a value: anything may be asked of it."""
    places = {place for place, what in text.imports.get(names[0], ()) if what == "*" and text.is_module(place)}
    for attribute in names[1:]:
        places = {f"{place}.{attribute}" for place in places if text.is_module(f"{place}.{attribute}")}
    return f"the module {'.'.join(names)} as a value" if places and id(node) not in text.before else ""


def _attribute(node: ast.Attribute, text: _Text) -> str:
    names = chain(node)
    if node.attr in FINDS or node.attr in _FRAMES or (_DUNDER.match(node.attr) and node.attr not in _METHODS):
        return f".{node.attr}"
    at_once = id(node) not in text.later  # what is read before it, and what after it, is another value
    if node.attr not in DECLARES and isinstance(node.ctx, ast.Store) and (at_once or names[:1] == (CARRIER,)):
        return f"{ast.unparse(node)} is set"
    targets = text.imports.get(names[0], ()) if len(names) > 1 else ()
    # `import a.b` gives `a`.
    for place, what in [one for one in targets if one == (names[0], "*")] or targets:
        module = ".".join([place, *([] if what == "*" else [what]), *names[1:-1]])
        if module in _ONLY and not _ONLY[module].fullmatch(node.attr):
            return f"{module}.{node.attr}"
    return _handed_on(node, names, text) if names and id(_first(node)) not in text.theirs else ""


def _import(node: ast.Import | ast.ImportFrom) -> str:
    if isinstance(node, ast.Import):
        odd = [one.name for one in node.names if not _is_known(one.name, "")]
        return f"import {odd[0]}" if odd else ""
    if any(one.name == "*" for one in node.names):
        return "an import of all names"
    odd = [one.name for one in node.names if not node.level and not _is_known(node.module or "", one.name)]
    return f"{node.module}.{odd[0]}" if odd else ""


def _is_known(module: str, name: str) -> bool:
    """Whether it may be imported: of a library that is known, of the engine's public part, or of anything that is no library."""
    root = module.split(".")[0]
    if root == "hwgen" and not module.startswith("hwgen.homework"):
        return bool(_ENGINE.fullmatch(f"{module}.{name}" if name else module))
    if root in _LIBRARIES:
        return True
    if module in _MODULES or f"{module}.{name}" in _MODULES:
        return not name or module not in _ONLY or bool(_ONLY[module].fullmatch(name))
    return root not in sys.stdlib_module_names and is_local(root)


def _definition(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, text: _Text) -> str:
    if _DUNDER.match(node.name) and node.name not in _METHODS:
        return node.name
    for one in node.decorator_list:
        head = one.func if isinstance(one, ast.Call) else one
        if not _decorates(head, text):
            return f"the decorator {ast.unparse(head)}"
    if isinstance(node, ast.ClassDef):
        if node.keywords:
            return f"{node.keywords[0].arg}= of a class"
        for base in node.bases:
            names = chain(base.value if isinstance(base, ast.Subscript) else base)
            if not names or any(
                place.startswith("hwgen.") and not place.startswith("hwgen.homework.") for place, _ in text.imports.get(names[0], ())
            ):
                return f"a class derived from {ast.unparse(base)}"
    return ""


def _decorates(head: ast.expr, text: _Text) -> bool:
    names = chain(head)
    if not names:
        return False
    if names[0] in text.imports and names[0] not in text.own:
        targets = {".".join([place, *([what] if what != "*" else []), *names[1:]]) for place, what in text.imports[names[0]]}
        carried = names[-1] in DECLARES and (names[-2:-1] == (CARRIER,))
        return carried or all(_DECORATORS.fullmatch(one) for one in targets)
    if names[0] in text.own:
        return (names[0] == CARRIER and len(names) == 2 and names[1] in DECLARES) or names[-1] in {"setter", "getter", "deleter"}
    return (len(names) == 1 and names[0] in _BUILT_IN) or names[-1] in {"setter", "getter", "deleter"}
