"""Plain LaTeX in an empty folder, by the bare engine: nothing of the homework, nor of hwgen, is within its reach."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping

from hwgen.model.errors import LatexError
from hwgen.page import scratch
from hwgen.page.scratch import Scratch
from hwgen.typesetting import bounds
from hwgen.typesetting.installation import CONFINED, ENGINE

MAIN = "main.tex"
MOST_PASSES = 6
LONGEST = 300.0  # seconds of one pass
# All else that a pass writes is read by the next one.
LAST = frozenset({".pdf", ".log"})


def compiled(files: Mapping[str, bytes]) -> bytes:
    """The PDF of main.tex beside these files, passed over until its references are settled. Raises LatexError with LaTeX's words."""
    with scratch.folder("hwgen-bare") as place:
        folder = place.path
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        before: list[bytes] = []
        for _ in range(MOST_PASSES):
            _pass(place)
            now = [path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file() and path.suffix not in LAST]
            if now == before:
                break
            before = now
        return (folder / MAIN).with_suffix(".pdf").read_bytes()


def _pass(place: Scratch) -> None:
    command = [ENGINE, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", MAIN]
    own = {"TEXINPUTS", "SOURCE_DATE_EPOCH", "FORCE_SOURCE_DATE"}
    environment = {name: value for name, value in os.environ.items() if name not in own} | CONFINED
    try:
        done = subprocess.run(
            command,
            cwd=place.path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST,
            check=False,
            preexec_fn=bounds.bounded(os.getpid()),
            pass_fds=(place.lock,),
        )
    except subprocess.TimeoutExpired:
        raise LatexError(f"{MAIN} in an empty folder: pdflatex did not end within {LONGEST:.0f} s; expected a page that compiles") from None
    if done.returncode:
        said = done.stdout.decode(errors="replace").split("\n!", 1)[-1].strip()[:800]
        raise LatexError(f"{MAIN} in an empty folder: pdflatex stopped; expected it to need nothing but what is in the bundle:\n{said}")
