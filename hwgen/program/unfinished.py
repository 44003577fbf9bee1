"""What is not finished: a TODO in a template or in the content, or what `hwgen new` wrote in its place, stops the builds at its line.

A whole build is stopped by any of them, a look at some nouns by those of these nouns alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from hwgen.model import Place
from hwgen.model.errors import ContentError, ContentErrors
from hwgen.program.stubs import UNDECIDED

_TODO = re.compile(r"\bTODO\b|" + "|".join(map(re.escape, UNDECIDED)))
Lines = Collection[int]


def finished(root: Path, *folders: Path) -> None:
    """Raises ContentErrors for each TODO in the templates of `root` and in the Python files below the folders."""
    templates = [path for path in sorted((root / "templates").rglob("*")) if path.suffix in {".j2", ".tex"}]
    code = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    _stop(error for path in [*templates, *code] for error in left(root, path))


def finished_at(root: Path, spots: Iterable[tuple[Path, Lines]]) -> None:
    """Raises ContentErrors for each TODO at these lines of these files."""
    found = [(error.place, error) for path, lines in spots for error in left(root, path) if error.place and error.place.line in lines]
    _stop(error for _, error in sorted(found, key=lambda one: (one[0].file, one[0].line)))


def _stop(found: Iterable[ContentError]) -> None:
    wrong = list(found)
    if wrong:
        raise ContentErrors(wrong)


def left(root: Path, path: Path) -> Iterator[ContentError]:
    """Each TODO of a file, at its place."""
    where = path.resolve()
    file = str(where.relative_to(root.resolve()) if where.is_relative_to(root.resolve()) else path)
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
        if match := _TODO.search(line):
            todo = "a TODO; expected it to be done, and the word removed, before anything is built"
            said = (
                todo
                if match[0] == "TODO"
                else f"{match[0]} is what hwgen new wrote; expected your own in its place before anything is built"
            )
            yield ContentError(said, Place(file=file, line=number, column=match.start() + 1))
