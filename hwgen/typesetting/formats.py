"""The precompiled preamble of a look in between: made once for a preamble, and again when anything that it was made of has changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from hwgen.page import files, folders, signature
from hwgen.typesetting import bounds, installation, style
from hwgen.typesetting.workplace import FOLDER, Workplace, taken

PRELUDE = "preamble-"
# The reading of the preamble, up to the document, and writing of what TeX then knows.
DUMP = ("-ini", "-recorder", "-interaction=nonstopmode", "-no-shell-escape")


def precompiled(root: Path, text: str) -> str:
    """The name of the format that holds everything before the document begins; empty if it cannot be made."""
    folder, head = root / FOLDER, text.partition(r"\begin{document}")[0]
    own = [path.read_text(errors="replace") for path in sorted((root / "templates").glob("*.tex"))]
    name = PRELUDE + hashlib.sha256("\0".join([head, *own, style.digest()]).encode()).hexdigest()[:16]
    if not _is_fresh(root, name):
        # One preamble is in use at a time, and a format has some megabytes.
        for old in folder.glob(f"{PRELUDE}*"):
            old.unlink(missing_ok=True)
        with contextlib.closing(taken(root)) as place:
            _make(place, name, text)
    return name if _is_fresh(root, name) else ""


def stamp(root: Path, name: str) -> str:
    """What the format of that name was made of, in one word; empty where there is no format, or this machine did not make it."""
    made = _held(root, name, "stamp") if name else b""
    return (signature.opened(made) or b"").decode()


def inputs(path: Path) -> set[str]:
    """The files that LaTeX read, as it wrote them down in a .fls file."""
    return _listed(path, "INPUT ")


def given(root: Path, name: str) -> set[str]:
    """What of build/ the making of a format had to read: the text, in the folder where it wrote."""
    written = _listed(root / FOLDER / f"{name}.fls", "OUTPUT ")
    return {f"{one.removesuffix('.fmt')}.tex" for one in written if one.endswith(f"/{name}.fmt")}


def outputs(path: Path) -> set[str]:
    """The names of the files that it wrote."""
    return {Path(name).name for name in _listed(path, "OUTPUT ")}


def times(path: Path, name: str) -> int:
    """How often LaTeX opened a file to read it."""
    return _lines(path).count(f"INPUT {name}")


def _listed(path: Path, kind: str) -> set[str]:
    return {line.removeprefix(kind) for line in _lines(path) if line.startswith(kind)}


def _lines(path: Path) -> list[str]:
    return path.read_text(errors="replace").splitlines() if path.exists() else []


def is_whole(path: Path) -> bool:
    """Whether a .fls file is what LaTeX wrote: it begins as it does, and the page did not open it too."""
    text = path.read_text(errors="surrogateescape")
    lines = text.removesuffix("\n").split("\n")
    if strange(lines) or not all(line.startswith(("PWD ", "INPUT ", "OUTPUT ")) for line in lines):
        return False
    return text.startswith("PWD ") and "\0" not in text and not re.search(r"^OUTPUT .*\.fls$", text, re.MULTILINE)


def strange(names: Iterable[str]) -> list[str]:
    """Those that a list of one name a line cannot hold: with a control character, or with bytes that are no UTF-8."""
    return [name for name in names if not name.isprintable() and any(ord(one) < 32 or 0xD800 <= ord(one) < 0xE000 for one in name)]


def _is_fresh(root: Path, name: str) -> bool:
    """Whether there is such a format, and what it was made of is as it was, in the homework and outside."""
    there = all(_held(root, name, ending) for ending in ("fls", "fmt", "log"))
    return there and stamp(root, name) == _stamp(root, name)


def _stamp(root: Path, name: str) -> str:
    read = inputs(root / FOLDER / f"{name}.fls")
    own = [root / one for one in sorted(read) if not one.startswith(("/", f"{FOLDER}/"))]
    state = [*folders.names(root), *(hashlib.sha256(one.read_bytes()).hexdigest() if one.exists() else "" for one in own)]
    state += [hashlib.sha256(_held(root, name, ending)).hexdigest() for ending in ("fls", "fmt")]
    return f"{installation.stamp(root, read)} {hashlib.sha256(repr(state).encode()).hexdigest()}"


def _held(root: Path, name: str, ending: str) -> bytes:
    """What a file of a format holds; nothing where it is none: a stranger's build/ may have a pipe or a link there."""
    path = root / FOLDER / f"{name}.{ending}"
    try:
        return b"" if path.is_symlink() else files.held(path)
    except OSError:
        return b""


def _make(place: Workplace, name: str, text: str) -> None:
    place.file(f"{name}.tex").write_text(text)
    began, around = place.now(), _around(place.root)
    command = [installation.ENGINE, *DUMP, f"-output-directory={place.path}", f"-jobname={name}"]
    subprocess.run(
        [*command, "&pdflatex", "mylatexformat.ltx", f"{place.path}/{name}.tex"],
        cwd=place.root,
        env=installation.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        preexec_fn=bounds.bounded(os.getpid()),
        pass_fds=(place.lock.fileno(),),
    )
    # Nobody knows whether a file that was saved meanwhile was read before or after: the next build makes the format again.
    read = [one for one in inputs(place.file(f"{name}.fls")) if not one.startswith(f"{FOLDER}/")]
    still = all(_saved(place.root / one) < began for one in read) and _around(place.root) == around
    # A preamble that wrote over the list of what it read is read by each run instead, which refuses that.
    if still and place.file(f"{name}.fmt").exists() and is_whole(place.file(f"{name}.fls")):
        for ending in ("fls", "log", "fmt"):
            place.file(f"{name}.{ending}").replace(place.root / FOLDER / f"{name}.{ending}")
        files.write(place.root / FOLDER / f"{name}.stamp", signature.signed(_stamp(place.root, name).encode()))


def _around(root: Path) -> object:
    """What LaTeX may look for and not find."""
    return [one for one in folders.names(root) if not one.startswith("figures/")], installation.searched(root)


def _saved(path: Path) -> int:
    return path.stat().st_ctime_ns if path.exists() else 1 << 63
