"""`hwgen doctor`: what a build needs of this machine and of this folder, one line each, with the command that mends what is missing.

It builds nothing, installs nothing, and works without any library: what is broken may be the libraries themselves.
"""

from __future__ import annotations

import locale
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import hwgen
from hwgen.program import folder, libraries
from hwgen.typesetting import packages, process, scripts, style

OLDEST = (3, 11)
SET_UP = "sh setup.sh"
SEVERAL = 5
ROOM = 1_000_000_000  # bytes: LaTeX and the stored results of a large homework take a third of it
# What changes what runs here, and what to do about it.
MEDDLING: Mapping[str, str] = {
    "PYTHONPATH": "other code may come before the libraries of .venv: unset PYTHONPATH (make does)",
    "PYTHONHOME": "Python looks for itself elsewhere: unset PYTHONHOME (make does)",
    "PIP_USER": "pip would install outside of .venv: unset PIP_USER (setup.sh does)",
    "PIP_TARGET": "pip would install outside of .venv: unset PIP_TARGET",
    "PIP_PREFIX": "pip would install outside of .venv: unset PIP_PREFIX",
    "TEXINPUTS": "LaTeX looks for files here too, and the bundle will not: unset TEXINPUTS",
    "TEXMFHOME": "LaTeX may take packages from here that others lack: unset TEXMFHOME",
}
FONTS = {"lmodern.sty": "lmodern", "cm-super-t1.enc": "cm-super"}


@dataclass(frozen=True, kw_only=True)
class Look:
    """One thing that was looked at: what was found, and how it is mended; `grave` if no build goes well without it."""

    what: str
    found: str
    mend: str = ""
    grave: bool = False

    def __str__(self) -> str:
        sign = "ok" if not self.mend else "MISSING" if self.grave else "note"
        return f"{sign:<8}{self.what:<11}{self.found}{f': {self.mend}' if self.mend else ''}"


def looks(root: Path) -> Iterator[Look]:
    """Everything that is looked at, in the order in which it is best mended. `root` is the homework's folder, or any other."""
    yield from _python()
    yield from _libraries(root)
    yield from _latex()
    yield from _packages(root)
    yield from _fonts(root)
    yield from _writable(root)
    yield from _folder(root)
    yield from _environment()


def told() -> int:
    """Say all of it, of the homework's folder if this is one; the exit code, 2 where no build can go well."""
    folder.entered()
    found = list(looks(Path()))
    if not all(Path(mark).exists() for mark in folder.MARKS):
        found.append(Look(what="homework", found="none in this folder or above it", mend="cd to one, or write one: hwgen init FOLDER"))
    print("\n".join(map(str, found)))
    return 2 if any(one.grave and one.mend for one in found) else 0


def _python() -> Iterator[Look]:
    here = f"{'.'.join(map(str, sys.version_info[:3]))} ({sys.executable})"
    old = sys.version_info[:2] < OLDEST
    yield Look(what="Python", found=here, mend="install Python 3.11 or newer, then make pdf PYTHON=python3.12" if old else "", grave=True)


def _libraries(root: Path) -> Iterator[Look]:
    """The installed libraries against what the pins say, or against what hwgen declares where there are none."""
    pins = libraries.pins(root)
    wanted = sorted(set(pins) & libraries.asked_for()) or libraries.declared()
    installed = {name: libraries.installed(name) for name in wanted}
    wrong = [name for name in wanted if installed[name] != pins.get(name, installed[name]) or not installed[name]]
    if len(wrong) > SEVERAL:
        found = f"{len(wrong)} of {len(wanted)} are missing or of another version, {', '.join(wrong[:SEVERAL])} …"
        yield Look(what="libraries", found=found, mend=SET_UP, grave=any(_fatal(name, installed) for name in wrong))
        return
    for name in wrong:
        found = f"{name} {installed[name] or 'not installed'}{f', pinned to {pins[name]}' if name in pins else ''}"
        mend = f"{SET_UP}, or: {sys.executable} -m pip install {name}{f'=={pins[name]}' if name in pins else ''}"
        yield Look(what="library", found=found, mend=mend, grave=_fatal(name, installed))
    if not wrong:
        yield Look(what="libraries", found=f"{len(wanted)}, all as {'constraints.txt pins them' if pins else 'hwgen declares them'}")


def _fatal(name: str, installed: Mapping[str, str]) -> bool:
    """Whether no build goes well: a library of another version than the pins say may do."""
    return not installed[name] and name not in libraries.declared(for_tests=True)


def _latex() -> Iterator[Look]:
    engine = process.ENGINE[0]
    path = shutil.which(engine)
    if path is None:
        bring = f"sudo apt-get install {packages.debian('fontenc')}" if shutil.which("apt-get") else "install TeX Live, www.tug.org/texlive"
        yield Look(what="LaTeX", found=f"{engine} not on the path", mend=f"{SET_UP}, or {bring}", grave=True)
        return
    said = subprocess.run([engine, "--version"], capture_output=True, text=True, check=False).stdout.splitlines()
    yield Look(what="LaTeX", found=f"{said[0] if said else 'of no version'} ({path})")


def _packages(root: Path) -> Iterator[Look]:
    """Each package that the templates and hwgen.sty load."""
    own = [(f"{name}.sty", None) for name in ("amsmath", "array", "booktabs", "longtable", "graphicx", "xcolor", "hyperref")]
    sources = [*packages.loads(root), *packages.in_templates(root), *own]
    wanted = {name: place for name, place in reversed(sources) if name != style.STYLE.name and not _beside(root, name)}
    there = _known(wanted)
    for name in sorted(set(wanted) - there):
        place = wanted[name]
        found = f"{name} ({place or 'hwgen.sty'})"
        yield Look(what="package", found=found, mend=packages.mend(name), grave=True)
    if wanted and there >= set(wanted):
        yield Look(what="packages", found=f"{len(wanted)}, all that templates/ and hwgen.sty load")


def _beside(root: Path, name: str) -> bool:
    return (root / name).exists()


def _known(names: Mapping[str, object]) -> set[str]:
    """Those of the files that LaTeX finds."""
    if not shutil.which("kpsewhich"):
        return set()
    # One question for all: the program takes longer to start than to answer.
    said = subprocess.run(["kpsewhich", *names], capture_output=True, text=True, check=False).stdout
    return {line.rpartition("/")[2] for line in said.splitlines()}


def _fonts(root: Path) -> Iterator[Look]:
    """T1 without an outline font prints bitmaps, which look rough on a screen and are made at the first build."""
    there = _known(FONTS)
    if there:
        yield Look(what="fonts", found=", ".join(FONTS[name] for name in sorted(there)))
    else:
        yield Look(what="fonts", found="no outline font for T1", mend=packages.mend("lmodern.sty"))
    for script in scripts.SCRIPTS:
        if not scripts.known(script):
            yield Look(what="fonts", found=f"none for names in {script.name} letters", mend=f"only if you print some: {script.mend()}")


def _writable(root: Path) -> Iterator[Look]:
    for one in (root / "build", root / "figures", Path(tempfile.gettempdir())):
        there = next(path for path in (one, *one.resolve().parents) if path.exists())
        if not os.access(there, os.W_OK | os.X_OK):
            yield Look(what="writing", found=f"{there} cannot be written", mend=f"chmod u+rwx {there}", grave=True)
            continue
        free = shutil.disk_usage(there).free
        short = free < ROOM
        yield Look(what="disk", found=f"{free / 1e9:.1f} GB free for {one}", mend="make clean, or make room" if short else "")


def _folder(root: Path) -> Iterator[Look]:
    """Whether .venv was set up here, and whose code runs."""
    ready = root / ".venv/.ready"
    where = ready.read_text().partition("\n")[0] if ready.exists() else str(root.resolve())
    if where != str(root.resolve()):
        yield Look(
            what="folder",
            found=f"copied or moved: .venv was set up in {where or 'another folder'}",
            mend=f"{SET_UP} (make does it by itself)",
        )
    engine = Path(__file__).resolve().parents[1]
    own = (root / "hwgen/__init__.py").exists() and engine != (root / "hwgen").resolve()
    mend = "run .venv/bin/python -m hwgen in this folder, or make" if own else ""
    yield Look(what="hwgen", found=f"{hwgen.__version__} in {engine}{', not this folder' if own else ''}", mend=mend)


def _environment() -> Iterator[Look]:
    for name, mend in MEDDLING.items():
        if os.environ.get(name):
            yield Look(what="variable", found=f"{name} is set to {os.environ[name]!r}", mend=mend)
    encoding = "utf-8" if sys.flags.utf8_mode else locale.getencoding()
    if encoding.lower() not in {"utf-8", "utf8"}:
        yield Look(what="encoding", found=f"texts are taken for {encoding}", mend="export LC_ALL=C.UTF-8 (or PYTHONUTF8=1)", grave=True)
