"""Jinja2 as templates may use it: values, conditions, loops, macros and includes of templates/; no way to Python, bounded in work and size.

What a template may do beyond that is refused at its line.
"""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from hwgen.page import files, signature

TURNS, SIZE = 1_000_000, 20_000_000
# All texts together that a document puts aside, and seconds of computing.
HELD, SECONDS = 5 * SIZE, 60
FILTERS = frozenset({"default", "first", "last", "length", "lower", "upper", "trim", "join", "sort", "reverse", "list", "counted"})
# Small expressions that make large values; a template has no need of them.
REFUSED = (nodes.Concat, nodes.Mul, nodes.Pow, nodes.Mod)
LISTS = (list, tuple, dict)
TESTS = frozenset({"defined", "undefined", "none", "string", "number", "odd", "even", "divisibleby"})


class Sandbox(ImmutableSandboxedEnvironment):
    """One environment renders one document: its turns of loops, its calls and what it writes are counted together."""

    intercepted_binops = frozenset({"+"})

    def __init__(self, *, values: tuple[type, ...], **options: Any) -> None:
        super().__init__(finalize=_printable, **options)
        self.values, self.turns, self.held, self.began = values, 0, 0, time.process_time()
        self.globals.clear()
        self.globals["range"] = range
        kept = {name: self._charged(one) for name, one in self.filters.items() if name in FILTERS}
        self.filters = {**kept, "join": self._joined, "counted": self._counted, "flat": _flat}
        self.tests = {name: one for name, one in self.tests.items() if name in TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(REFUSED):
            raise jinja2.TemplateSyntaxError(
                "arithmetic is refused in a template; compute the value in the exercise", node.lineno, name, filename
            )
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno)
        for written in list(tree.find_all((nodes.List, nodes.Tuple, nodes.Pair))):
            _with_flat_items(written)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a template names with a dot: only of the values that it is given."""
        if isinstance(obj, (*self.values, dict, LoopContext, Namespace, jinja2.Undefined)) and not attribute.startswith("_"):
            return super().getattr(obj, attribute)
        raise SecurityError(f".{attribute} is refused: a template reads the values it is given, and nothing behind them")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The same for brackets; items of lists and texts by their number too."""
        if isinstance(argument, int) or isinstance(obj, dict):
            return super().getitem(obj, argument)
        return self.getattr(obj, str(argument))

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Macros and `range` alone can be called."""
        self._turn()
        for one in (*args, *kwargs.values()):
            for item in _items(one):  # a macro has what it is given in a list of its own
                _flat(item)
        if obj is range and max(map(abs, args), default=0) > TURNS:
            raise SecurityError(f"range is longer than {TURNS} turns")
        if obj is range or isinstance(obj, Macro) or type(getattr(obj, "__self__", None)) is LoopContext:
            return context.call(obj, *args, **kwargs)
        raise SecurityError("a call is refused: only macros of templates/ can be called")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Sums of numbers; texts and lists are joined by writing them one after the other."""
        if isinstance(left, int | float) and isinstance(right, int | float):
            return left + right
        raise SecurityError("+ is refused between texts and lists: write them one after the other")

    def get_template(self, name: Any, *args: Any, **kwargs: Any) -> jinja2.Template:
        """A template; each inclusion is a turn."""
        self._turn()
        return super().get_template(name, *args, **kwargs)

    def concat(self, parts: Iterable[str]) -> str:
        """All that is written, up to a size."""
        size, held = 0, []
        for part in parts:
            size += len(part)
            if size > SIZE:
                raise SecurityError(f"the page is longer than {SIZE} characters; a loop or a macro does not end")
            held.append(part)
        self._hold(size)
        return "".join(held)

    def _counted(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self._turn()
            yield item

    def _charged(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that goes through what it is given: each item is a turn."""

        @functools.wraps(function)
        def charged(*arguments: Any, **options: Any) -> Any:
            self._turn(sum(len(one) for one in arguments if isinstance(one, range | list | tuple | dict)))
            made = function(*arguments, **options)
            self._hold(len(made) if isinstance(made, str) else 0)
            return made

        return charged

    def _joined(self, items: Iterable[Any], between: str = "", **others: object) -> str:
        """Texts and numbers one after the other, up to a size."""
        if others:
            raise SecurityError("join is refused with anything but what stands between")
        held: list[str] = []
        for item in self._counted(items):
            if not isinstance(item, str | int | float):
                raise SecurityError("join is refused of what is neither text nor number")
            held += [str(between), str(item)] if held else [str(item)]
            if len(held) * len(str(between)) > SIZE:
                raise SecurityError(f"the text is longer than {SIZE} characters")
        return self.concat(held)

    def _turn(self, number: int = 1) -> None:
        self.turns += number
        if self.turns > TURNS:
            raise SecurityError(f"more than {TURNS} turns of loops and calls; a loop or a macro does not end")
        if time.process_time() - self.began > SECONDS:
            raise SecurityError(f"more than {SECONDS} seconds of computing; compute in the exercise, and print values")

    def _hold(self, size: int) -> None:
        """A text is put together; whoever keeps many of them has no memory left."""
        self.held += size
        if self.held > HELD:
            raise SecurityError(f"texts of more than {HELD} characters are put together; a loop or a macro does not end")


def _with_flat_items(node: nodes.Node) -> None:
    """What a list is written with is no list of lists: comparing such, or taking one for a key, takes as long as what they would print."""

    def flat(one: nodes.Expr) -> nodes.Expr:
        return nodes.Filter(one, "flat", [], [], None, None, lineno=node.lineno)

    if isinstance(node, nodes.Pair):
        node.key, node.value = flat(node.key), flat(node.value)
    elif isinstance(node, nodes.List) or (isinstance(node, nodes.Tuple) and node.ctx == "load"):
        node.items = [flat(one) for one in node.items]


def _items(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, LISTS) else ()


def _flat(value: Any) -> Any:
    if any(isinstance(one, LISTS) for one in _items(value)):
        raise SecurityError("lists of lists of lists are refused: a template prints values, and keeps none")
    return value


def _printable(value: Any) -> Any:
    """What may stand on a page: a list of lists may be longer than any memory, and Python's word for anything else is nobody's text."""
    if isinstance(value, list | tuple | dict | range):
        raise SecurityError("a list is printed; expected its items, by a loop or by join")
    if not isinstance(value, str | int | float | jinja2.Undefined | None):
        raise SecurityError("what is printed is neither text nor number; expected one of its values, as in constants.NAME")
    try:
        str(value).encode()
    except UnicodeEncodeError:
        raise SecurityError("half of a character is printed; expected text") from None
    return value


class LeadsOut(jinja2.TemplateNotFound):
    """A template that is a link to a file elsewhere."""


class Inside(jinja2.FileSystemLoader):
    """Templates of one folder; a link that leads out of it is none."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template."""
        found = super().get_source(environment, template)
        if not Path(found[1]).resolve().is_relative_to(Path(self.searchpath[0]).resolve()):
            raise LeadsOut(template)
        # Some editors save a mark before the first letter, which prints nothing.
        return found[0].removeprefix("\ufeff"), found[1], found[2]


class Compiled(jinja2.FileSystemBytecodeCache):
    """Compiled templates that this machine signed: what came with a folder could be any program; by this engine, not by another one."""

    def get_source_checksum(self, source: str) -> str:
        """What compiled code is of: the template, and what the engine makes of one."""
        return super().get_source_checksum(_engine() + source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code of a template, if it is kept and ours."""
        with contextlib.suppress(OSError):
            code = signature.opened(files.held(self._get_cache_filename(bucket)))
            if code is not None:
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        with contextlib.suppress(OSError):
            files.write(self._get_cache_filename(bucket), signature.signed(bucket.bytecode_to_string()))


@functools.cache
def _engine() -> str:
    return "".join((Path(__file__).with_name(name)).read_text() for name in ("template.py", "sandbox.py"))
