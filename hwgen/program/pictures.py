"""The figures of a report as pictures for a browser: the printed PDF itself as SVG, kept as long as it is the same.

What the PDF holds beside lines, areas, marks and letters is drawn again by matplotlib, as it is for the page.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import urllib.parse
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from importlib import metadata
from pathlib import Path
from typing import Any

from hwgen.page import files, signature
from hwgen.program.glyphs import Unknown
from hwgen.program.vector import svg

FOLDER = "pictures"
LIBRARIES = ("pypdf", "fonttools", "matplotlib")
MADE_BY = ("pictures.py", "vector.py", "glyphs.py", "redrawn.py")


def pictures(content: str, evidence: Mapping[str, Any], root: Path, kept: Path, pool: Executor) -> Callable[[], dict[str, str]]:
    """What gives each figure of the evidence as a data: address of an SVG, by name; `pool` begins at once to make what is new.

    `content` is the package that declares them, `kept` the folder of those that were made before.
    """
    found: dict[str, Callable[[], str]] = {}
    for name, (printed, mark) in _printed(evidence["figures"], root).items():
        if known := _known(mark, kept / f"{name}.svg"):
            found[name] = functools.partial(str, known)
        else:
            drawn = functools.partial(_drawn, pool.submit(svg, printed), content, name, evidence, root)
            found[name] = functools.partial(_keep, drawn, mark, kept / f"{name}.svg")
    return lambda: {name: _address(make()) for name, make in found.items()}


def ahead(figures: Mapping[str, Path], root: Path, kept: Path) -> None:
    """Make those of the printed figures that are new, and leave them for the report that comes, which draws what their PDFs do not tell."""
    for name, (printed, mark) in _printed(figures, root).items():
        if not _known(mark, kept / f"{name}.svg"):
            with contextlib.suppress(Unknown):
                _keep(functools.partial(svg, printed), mark, kept / f"{name}.svg")


def _printed(figures: Mapping[str, str | Path], root: Path) -> dict[str, tuple[bytes, str]]:
    """Each figure that is there as it is printed, with the line that its picture begins with: of what it is made, and by which code."""
    code = b"".join([*(Path(__file__).with_name(name).read_bytes() for name in MADE_BY), *map(_version, LIBRARIES)])
    texts = {name: (root / path).read_bytes() for name, path in figures.items() if (root / path).exists()}
    return {name: (text, f"<!--{hashlib.sha256(text + code).hexdigest()}-->\n") for name, text in texts.items()}


def _version(library: str) -> bytes:
    return f"{library} {metadata.version(library)}\n".encode()


def _known(mark: str, path: Path) -> str:
    """The picture that was made when the page's was this one: its first line says so. A stranger's is none."""
    try:
        text = (signature.opened(files.held(path)) or b"").decode()
    except OSError:
        return ""
    return text.removeprefix(mark) if text.startswith(mark) else ""


def _drawn(made: Future[str], content: str, name: str, evidence: Mapping[str, Any], root: Path) -> str:
    """The picture, made from the printed one, or drawn again."""
    try:
        return made.result()
    except Unknown:
        from hwgen.program.redrawn import redrawn  # with all that draws

        return redrawn(content, name, evidence, root)


def _keep(make: Callable[[], str], mark: str, path: Path) -> str:
    """The picture, and left for the next report."""
    text = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write(path, signature.signed((mark + text).encode()))
    return text


def _address(svg: str) -> str:
    """An address that can stand between double quotes of HTML as it is."""
    quoted = urllib.parse.quote(svg.replace('"', "'"), safe=" '<>/:=;,.()-_!*@")
    return f"data:image/svg+xml,{quoted}"
