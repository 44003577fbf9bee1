"""Where LaTeX's files come from: the environment it is given, and whether anything that a page was made with has changed since.

What it read is taken from its own list (the .fls file). What it would read today in place of that, a file of the same name in a
folder that is searched earlier, is seen in the folders that a user fills: TEXINPUTS, TEXMFHOME and its like, and the lists of the trees.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from hwgen.typesetting import style
from hwgen.typesetting.workplace import FOLDER

ENGINE = "pdflatex"
# Whatever else the environment of this user says, LaTeX does not hear of it.
GIVEN = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH")
# A fixed epoch: the same inputs give the same bytes (1 January 2025, UTC).
FIXED = {"SOURCE_DATE_EPOCH": "1735689600", "FORCE_SOURCE_DATE": "1", "max_print_line": "10000", "TZ": "UTC", "LC_ALL": "C"}
# No file is read or written by its full path, nor above the folder.
# Nor is a font drawn by Metafont, which is a program, runs others, and writes where it likes.
UNMADE = dict.fromkeys(("MKTEXPK", "MKTEXTFM", "MKTEXMF", "MKTEXTEX", "MKTEXFMT", "MISSFONT_LOG"), "0")
CONFINED = {"openin_any": "p", "openout_any": "p", "shell_escape": "f", **UNMADE}
# A format is code that nobody can read: of the installation, or one that this program made; not what lies in the homework's folder.
FORMATS = {"TEXFORMATS": f"$TEXMF/web2c{{/$engine,}}:{FOLDER}"}
# What stands for more in a list of folders.
_SHORT = frozenset("$~{")
LISTED = "!!"
USERS = ("$TEXMFHOME", "$TEXMFCONFIG", "$TEXMFVAR")
# Pictures, fonts and formats: a package that puts in such a file as text is refused.
NOT_LATEX = (".pdf", ".png", ".jpg", ".jpeg", ".eps", ".mps", ".tfm", ".vf", ".pfb", ".enc", ".map", ".fmt", ".icc", "/ls-R")
TEX = (".sty", ".cls", ".clo", ".def", ".cfg", ".fd", ".ldf", ".tex", ".ltx", ".enc", ".map", ".tfm", ".pfb", ".fmt", ".cnf")


def environment() -> dict[str, str]:
    """All that LaTeX is told by its environment."""
    return {**heard(), **FIXED, **CONFINED, **FORMATS, "TEXINPUTS": style.search()}


def stamp(root: Path, inputs: Iterable[str]) -> str:
    """One digest of all that stands outside the homework and that a page depends on, `inputs` being the files that LaTeX read."""
    told = {name: value for name, value in environment().items() if name not in GIVEN}
    state = {"environment": told, "watched": {name: _state(name) for name in watched(root, inputs)}, "nearer": _nearer(root)}
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def watched(root: Path, inputs: Iterable[str]) -> list[str]:
    """The files and folders whose times and sizes tell of a change outside the homework."""
    outside = {name for name in inputs if name.startswith("/")}
    return sorted({*outside, shutil.which(ENGINE) or "", *_searched(root)} - {""})


def searched(root: Path) -> list[list[int]]:
    """What tells of a file that comes into a folder where another of its name would be read first, or goes from it."""
    return [_state(name) for name in _searched(root)]


def foreign(root: Path, inputs: Iterable[str]) -> list[str]:
    r"""The files that LaTeX read of neither the homework nor the installation: it asks nobody before \pdfobj embeds one."""
    told = tuple(sorted(heard().items()))
    trees = [os.path.normpath(tree.removeprefix(LISTED)) for tree in _trees(told)]
    home = os.path.realpath(root)
    # What a name in the homework stands for is whatever somebody put there; so it is no tree, nor is what it leads to.
    known = [tree for tree in (*trees, *_entries(root), str(style.STYLE.parent)) if not _within(tree, (str(root), home))]
    really = [os.path.realpath(one) for one in (home, str(style.STYLE), str(style.STYLE.parent), *known)]

    def belongs(name: str) -> bool:
        path = os.path.join(home, name)
        if _within(os.path.realpath(path), really):
            return True
        # A link in a tree of packages is the installation's, wherever it leads; one in the homework is where it leads, as is `..`.
        if os.pardir in path.split("/") or _within(os.path.realpath(os.path.dirname(path)), (home,)):
            return False
        return _within(os.path.normpath(path), known) or path in _configurations(told)

    return sorted(name for name in inputs if not belongs(name))


def unread(root: Path, inputs: Iterable[str]) -> list[str]:
    """The files that LaTeX read as LaTeX and that are neither the installation's, nor the engine's, nor what a run wrote."""
    known = (("HOME", os.environ.get("HOME", "")), ("PATH", os.environ.get("PATH", "")))
    users = {tree for name in USERS for tree in _expanded(name, known).split(":")}
    # As LaTeX has them without what the environment says of trees: a folder of the user's own is none of them.
    trees = [os.path.normpath(tree.removeprefix(LISTED)) for tree in _trees(known) if tree.removeprefix(LISTED) not in users]
    configurations = _configurations(tuple(sorted(heard().items())))

    engines = os.path.realpath(style.STYLE)

    def ours(name: str) -> bool:
        path = os.path.normpath(os.path.join(root, name))
        # First by its name, as most are the installation's: where its links lead is asked of the disk.
        if path.endswith(NOT_LATEX) or path in configurations or _within(path, trees):
            return False
        really = os.path.realpath(path)
        return really != engines and not _within(really, trees)

    return sorted(os.path.normpath(name) for name in inputs if not os.path.normpath(name).startswith(f"{FOLDER}/") and ours(name))


def _within(path: str, folders: Iterable[str]) -> bool:
    """Whether one of these folders is, or holds, what has this name."""
    return any(f"{path}/".startswith(f"{folder.rstrip('/')}/") for folder in folders)


def heard() -> dict[str, str]:
    """What is handed on to LaTeX of the environment of this user."""
    kept = {name: value for name, value in os.environ.items() if name in GIVEN or name.startswith("TEXMF")}
    return {**kept, "TEXINPUTS": os.environ.get("TEXINPUTS", "")}


def _state(name: str) -> list[int]:
    """What tells two states of a file or folder apart."""
    try:
        status = os.stat(name)
    except OSError:
        return []
    return [status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino]


def _nearer(root: Path) -> list[str]:
    """The files in the homework's own folder that LaTeX would take for those of its installation."""
    # LaTeX looks in its working folder first: a file there would be taken for the package of that name.
    return sorted(name for name in os.listdir(root) if name.endswith(TEX))


def _searched(root: Path) -> Iterator[str]:
    """The folders in which a new file would be read in place of the one that was, and the lists of the trees that have one."""
    for top in _entries(root):
        yield from _below(top)
    for tree in _trees(tuple(sorted(heard().items()))):
        yield os.path.join(tree.removeprefix(LISTED), "ls-R")
        if not tree.startswith(LISTED):
            yield from _below(tree)


def _entries(root: Path) -> list[str]:
    """The folders that this user's TEXINPUTS names."""
    said = os.environ.get("TEXINPUTS", "")
    entries = (_expanded(said, tuple(sorted(heard().items()))) if _SHORT & {*said} else said).split(":")
    # Below `//` every folder is searched.
    tops = (entry.lstrip("!").partition("//")[0] or "/" for entry in entries if entry.strip("!/."))
    return [os.path.join(root, top).rstrip("/") or "/" for top in tops]


def _below(top: str) -> Iterator[str]:
    """The folder and all folders in it; a file that is made or removed changes the time of its folder."""
    yield top
    seen: set[str] = set()
    for folder, below, _ in os.walk(top, followlinks=True):  # as LaTeX does
        real = os.path.realpath(folder)
        if real in seen:  # a link to a folder that it lies in
            below.clear()
            continue
        seen.add(real)
        yield from (os.path.join(folder, name) for name in below)


@functools.cache
def _trees(known: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The trees of packages that LaTeX searches, those by their list alone with a mark before them."""
    return tuple(tree for tree in _expanded("$TEXMF", known).split(":") if tree.strip("!"))


@functools.cache
def _expanded(path: str, known: tuple[tuple[str, str], ...]) -> str:
    """What a list of folders says in full: variables, homes and braces, as LaTeX's own library has them."""
    return _said(known, f"-expand-braces={path}").strip()


@functools.cache
def _configurations(known: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """The files of settings that LaTeX's own library reads, which need not stand in a tree."""
    return tuple(_said(known, "-all", "texmf.cnf").splitlines())


def _said(known: tuple[tuple[str, str], ...], *asked: str) -> str:
    kpsewhich = shutil.which("kpsewhich")
    if not kpsewhich:
        return ""
    # Asked at the root: what lies in the present folder has no say in it.
    return subprocess.run([kpsewhich, *asked], cwd="/", env=dict(known), capture_output=True, text=True, check=False).stdout
