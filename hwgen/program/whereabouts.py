"""Where a noun stands: the lines of the code that makes it, of its proof, and of the templates that print it."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hwgen.judging.tasks import function_of
from hwgen.model import Claim, Formula, catalog
from hwgen.model.catalog import PROVED, Catalog
from hwgen.model.declared import PROOFS
from hwgen.model.exercise import Noun

Part = tuple[Path, Sequence[int]]


def parts(root: Path, content: Catalog, formulas: Iterable[Formula], names: Iterable[str]) -> Iterator[Part]:
    """The files and lines of the nouns of these names, and of the studies that they view."""
    printed = list(formulas)
    for name in names:
        yield from own(content, name)
        yield from _module(content.find(name))
        yield from _printed(root, printed, name)
        for study in getattr(content.find(name), "of", ()):
            yield from _code(content.find(study))


def own(content: Catalog, name: str) -> Iterator[Part]:
    """The files and lines of one noun's own code: what makes it, and its proof."""
    noun = content.find(name)
    yield from _code(noun)
    yield from _proof(content, noun)


def _code(noun: Noun) -> Iterator[Part]:
    made = function_of(noun)
    if inspect.isroutine(made):
        lines, first = inspect.getsourcelines(inspect.unwrap(made))
        yield Path(str(inspect.getsourcefile(made))), range(first, first + len(lines))


def _module(noun: Noun) -> Iterator[Part]:
    """What the module of a noun says of itself, which is of this noun too."""
    made = function_of(noun)
    path = Path(str(inspect.getsourcefile(made))) if inspect.isroutine(made) else None
    first = ast.parse(path.read_text()).body[:1] if path else []
    if path and first and isinstance(first[0], ast.Expr) and isinstance(first[0].value, ast.Constant):
        yield path, range(first[0].lineno, (first[0].end_lineno or first[0].lineno) + 1)


def _proof(content: Catalog, noun: Noun) -> Iterator[Part]:
    if not isinstance(noun, Claim) or not noun.proof:
        return
    path = catalog.folder(content.package) / noun.exercise / f"{PROOFS}.py"
    text = path.read_text()
    starts = [text.count("\n", 0, match.start()) + 1 for match in PROVED.finditer(text)] + [text.count("\n") + 2]
    named = [match[1] or match[2] for match in PROVED.finditer(text)]
    for name, start, stop in zip(named, starts, starts[1:], strict=False):
        if name == noun.name:
            yield path, range(start, stop)


def _printed(root: Path, formulas: Iterable[Formula], name: str) -> Iterator[Part]:
    for formula in formulas:
        if formula.name == name:
            first = formula.place.line
            # The line above is where hwgen new says what is to be done.
            last = max([first, *(place.line for place in formula.places)])
            yield root / formula.place.file, range(max(1, first - 2), last + 1)
