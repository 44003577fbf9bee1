"""The content's modules are imported here: whatever Python says of them is one message at the author's line."""

from __future__ import annotations

import ast
import builtins
import codecs
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
from hwgen.model.misspelt import hint, told

_TOPS: set[str] = set()


class _FromText(SourceFileLoader):
    """Compiles a module from its text each time: what Python keeps beside it goes by time and size, which an edit may leave as is."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        # Python itself takes some bytes that are no text, in a comment; whoever looks for a function's text then finds none.
        return self.source_to_code(_text(self.get_data(path), Path(path)), path)


def _text(data: bytes, path: Path) -> str:
    """Raises ContentError, at its line, where it is none, or begins with a mark that other readers of Python do not expect."""
    said = "not UTF-8 text; save the file again in the encoding UTF-8"
    if data.startswith(codecs.BOM_UTF8):
        raise ContentError(f"{said} without a byte-order mark, which it begins with", Place(file=str(path), line=1))
    try:
        text = data.decode()
        start = data.find(b"\0")
    except UnicodeDecodeError as error:
        start = error.start
    if start >= 0:
        raise ContentError(said, Place(file=str(path), line=data.count(b"\n", 0, start) + 1))
    return text


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
        place = _place(error, top)
        raise ContentError(_beside(error, place) or _said(error), place) from None


def _beside(error: BaseException, place: Place | None) -> str:
    """Of a module that is asked for as a library, and lies beside the one that asks."""
    name = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    there = Path(place.file).parent if place and name else None
    if there is None or not ((there / f"{name}.py").exists() or (there / name / "__init__.py").exists()):
        return ""
    return f"there is no module {name!r}; expected a dot before it, as it lies beside: from .{name} import …"


def parsed(path: Path) -> str:
    """The text of a module that is not imported yet. Raises ContentError, at its line, where it is none."""
    text = _text(path.read_bytes(), path)
    try:
        ast.parse(text, str(path))
    except (SyntaxError, ValueError) as error:  # a null byte is a ValueError to some versions of Python
        raise ContentError(_said(error), _place(error, path.parent) or Place(file=str(path), line=1)) from None
    return text


def _said(error: BaseException) -> str:
    """What is wrong, in words."""
    if isinstance(error, SyntaxError):
        return f"this is not Python: {error.msg}; expected a module that can be imported"
    what = str(error).strip()
    said = f"{type(error).__name__}{f': {what}' if what else ''}"
    rule = f"while the content is imported; expected modules that declare and compute nothing else{hint(error, {})}"
    return f"{told(error)}{_near(error)}" if told(error) else f"{said}, {rule}"


def _near(error: BaseException) -> str:
    """The nearest to a name that is not there, of those that were there where it was asked for."""
    frames = list(traceback.walk_tb(error.__traceback__))
    return (
        hint(error, {**vars(builtins), **frames[-1][0].f_globals, **frames[-1][0].f_locals})
        if isinstance(error, NameError) and frames
        else ""
    )


def _place(error: BaseException, top: Path) -> Place | None:
    """The author's line: where the text is no Python, or the innermost of the content that was at work."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        column = error.offset if (error.offset or 0) > 0 else None
        return Place(file=error.filename, line=error.lineno, column=column)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(top)]
    return Place(file=frames[-1].filename, line=frames[-1].lineno or 1) if frames else None
