"""The content's modules are imported here: whatever Python says of them is one message at the author's line."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from importlib.abc import PathEntryFinder
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from hwgen.model import Place
from hwgen.model.errors import ContentError, HwgenError
from hwgen.model.misspelt import told

_TOPS: set[str] = set()


class _FromText(SourceFileLoader):
    """Compiles a module from its text each time: what Python keeps beside it goes by time and size, which an edit may leave as is."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def from_text(top: Path) -> None:
    """Import the package in this folder, and what lies beside it, from its text alone from now on; not what lies below other folders."""
    folder, beside = str(top.resolve()), str(top.resolve().parent)
    if folder in _TOPS:
        return
    _TOPS.add(folder)
    finder = FileFinder.path_hook((_FromText, SOURCE_SUFFIXES))

    def is_content(path: str) -> bool:
        return path in {folder, beside} or path.startswith(f"{folder}{os.sep}")

    def hook(path: str) -> PathEntryFinder:
        if not is_content(os.path.realpath(path)):
            raise ImportError(path)
        return finder(path)

    # Before Python's own, which takes any folder.
    sys.path_hooks.insert(0, hook)
    # What was found before this would go on with what Python keeps beside the text.
    for path in [one for one in sys.path_importer_cache if is_content(os.path.realpath(one))]:
        del sys.path_importer_cache[path]


def imported(name: str, top: Path) -> ModuleType:
    """The module of that name. Raises ContentError, at its line below the folder `top`, for anything that goes wrong in it."""
    try:
        return importlib.import_module(name)
    except HwgenError:
        raise
    except (Exception, SystemExit) as error:
        raise ContentError(_said(error), _place(error, top)) from None


def _said(error: BaseException) -> str:
    """What is wrong, in words."""
    if isinstance(error, SyntaxError):
        return f"this is not Python: {error.msg}; expected a module that can be imported"
    what = str(error).strip()
    said = f"{type(error).__name__}{f': {what}' if what else ''}"
    return told(error) or f"{said}, while the content is imported; expected modules that declare and compute nothing else"


def _place(error: BaseException, top: Path) -> Place | None:
    """The author's line: where the text is no Python, or the innermost of the content that was at work."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        column = error.offset if (error.offset or 0) > 0 else None
        return Place(file=error.filename, line=error.lineno, column=column)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(top)]
    return Place(file=frames[-1].filename, line=frames[-1].lineno or 1) if frames else None
