"""hwgen.sty, the engine's half of LaTeX: where it is, and that a page was made with it and with no other."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

STYLE = Path(__file__).with_name("hwgen.sty")
PREAMBLE = "templates/preamble.tex"
# Where LaTeX or a reader would take another file of this name for it.
MISTAKABLE = ("hwgen.sty", "templates/hwgen.sty", "build/tex/hwgen.sty")


def search() -> str:
    """TEXINPUTS with the engine's folder first, before the present one and those of the system."""
    return f"{STYLE.parent}:{os.environ.get('TEXINPUTS', '')}:"


def digest() -> str:
    """The digest of the engine's file; empty if it is gone."""
    return hashlib.sha256(STYLE.read_bytes()).hexdigest() if STYLE.exists() else ""


def alone(root: Path) -> None:
    """Raises ContentError if the homework's folder holds a hwgen.sty of its own, or the engine has lost its own."""
    from hwgen.model import Place  # only what says that something is wrong needs the nouns
    from hwgen.model.errors import ContentError

    if not STYLE.exists():
        raise ContentError(f"{STYLE}: not there; expected the file that comes with hwgen. Install hwgen again")
    for name in MISTAKABLE:
        if (root / name).exists():
            raise ContentError(
                "a hwgen.sty of your own; expected the engine's alone, which is found by itself. Remove it", Place(file=name, line=1)
            )


def loaded(inputs: Iterable[str]) -> None:
    """Raises ContentError unless the files that LaTeX read hold the engine's hwgen.sty, and no other file of that name."""
    from hwgen.model import Place
    from hwgen.model.errors import ContentError

    found = {os.path.realpath(name) for name in inputs if name.rpartition("/")[2] == STYLE.name}
    if not found:
        raise ContentError(r"hwgen is not loaded; expected \usepackage{hwgen} after the other packages", Place(file=PREAMBLE, line=1))
    if found != {os.path.realpath(STYLE)}:
        other = sorted(found - {os.path.realpath(STYLE)})[0]
        raise ContentError(f"another hwgen.sty was read, {other}; expected the engine's alone. Remove it", Place(file=PREAMBLE, line=1))
