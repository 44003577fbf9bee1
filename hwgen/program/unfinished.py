"""What is not finished: a TODO in a template or in the content stops every build, at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from hwgen.model import Place
from hwgen.model.errors import ContentError, ContentErrors

_TODO = re.compile(r"\bTODO\b")


def finished(root: Path, *folders: Path) -> None:
    """Raises ContentErrors for each TODO in the templates of `root` and in the Python files below the folders."""
    templates = [path for path in sorted((root / "templates").glob("*")) if path.suffix in {".j2", ".tex"}]
    code = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    wrong = [error for path in [*templates, *code] for error in _left(root, path)]
    if wrong:
        raise ContentErrors(wrong)


def _left(root: Path, path: Path) -> Iterator[ContentError]:
    where = path.resolve()
    file = str(where.relative_to(root.resolve()) if where.is_relative_to(root.resolve()) else path)
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
        if match := _TODO.search(line):
            said = "a TODO; expected it to be done, and the word removed, before anything is built"
            yield ContentError(said, Place(file=file, line=number, column=match.start() + 1))
