"""One LaTeX process: its flags, its surroundings, its precompiled preamble. The only subprocess of a build."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from hwgen.typesetting import bounds, style

FOLDER = Path("build/tex")
ENGINE = ("pdflatex", "-file-line-error", "-halt-on-error", "-interaction=nonstopmode", "-recorder", "-no-shell-escape", "-synctex=1")
PLAIN_SYNCTEX = "-synctex=-1"  # not compressed, which is a seventh of a pass
# A fixed epoch: the same inputs give the same bytes (1 January 2025, UTC).
ENVIRONMENT = {"SOURCE_DATE_EPOCH": "1735689600", "FORCE_SOURCE_DATE": "1", "max_print_line": "10000", "TZ": "UTC"}
# No file is read or written by its full path, nor above the folder.
CONFINED = {"openin_any": "p", "openout_any": "p"}
STDIN = "/dev/stdin"
PRELUDE = "preamble-"


@dataclass
class Pass:
    """One pass of LaTeX that has begun."""

    process: subprocess.Popen[bytes]
    said: Path

    def wait(self) -> bool:
        """Whether it ended well."""
        return self.process.wait() == 0

    def stop(self) -> None:
        """End it now."""
        self.process.kill()
        self.process.wait()
        if self.process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()


def from_file(root: Path, jobname: str, held: int | None = None) -> Pass:
    """The plain engine on build/tex/JOBNAME.tex. It holds the file `held` open while it lives, and so a lock on it."""
    return _begun(root, jobname, [*ENGINE, f"-output-directory={FOLDER}", f"{FOLDER}/{jobname}.tex"], held=held)


def from_pipe(root: Path, jobname: str, preamble: str = "") -> Pass:
    """The engine with a precompiled preamble, if there is one, waiting for a text; see `feed`. It ends when this process ends."""
    # A first line that is parsed for the name of a format is read twice, which a pipe does not allow.
    engine = [*ENGINE[:-1], PLAIN_SYNCTEX, "-no-parse-first-line", *([f"-fmt={preamble}"] if preamble else [])]
    return _begun(root, jobname, [*engine, f"-output-directory={FOLDER}", f"-jobname={jobname}", _pipe(root, jobname)], fed=True)


def _pipe(root: Path, jobname: str) -> str:
    """A name inside the folder for standard input: LaTeX opens nothing by its full path."""
    link = root / FOLDER / f"{jobname}.tex"
    if not (link.is_symlink() and str(link.readlink()) == STDIN):
        link.unlink(missing_ok=True)
        link.symlink_to(STDIN)
    return f"{FOLDER}/{jobname}.tex"


def _begun(root: Path, jobname: str, command: list[str], *, fed: bool = False, held: int | None = None) -> Pass:
    said = root / FOLDER / f"{jobname}.said"
    environment = {**os.environ, **surroundings(), "TEXFORMATS": f"{FOLDER}:"}
    with said.open("wb") as file:
        stdin = subprocess.PIPE if fed else subprocess.DEVNULL
        limits = bounds.bounded(os.getpid())
        kept = () if held is None else (held,)
        started = subprocess.Popen(
            command, cwd=root, env=environment, stdin=stdin, stdout=file, stderr=file, preexec_fn=limits, pass_fds=kept
        )
        return Pass(started, said)


def surroundings() -> dict[str, str]:
    """The environment variables that LaTeX is given."""
    return {**ENVIRONMENT, **CONFINED, "TEXINPUTS": style.search()}


def feed(one: Pass, text: str) -> None:
    """Give a waiting pass its text; it is written while LaTeX reads it."""

    def write() -> None:
        assert one.process.stdin is not None
        with contextlib.suppress(BrokenPipeError), one.process.stdin as pipe:  # LaTeX may stop at an error before the end
            pipe.write(text.encode())

    threading.Thread(target=write, daemon=True).start()


def precompiled(root: Path, text: str, packages: set[str]) -> str:
    """The format that holds everything before the document begins, made if it is not there; empty if it cannot be made.

    Its name is the digest of the preamble, of the `packages` that it reads, and of the engine.
    """
    folder = root / FOLDER
    head = text.partition(r"\begin{document}")[0]
    stamps = [f"{name} {Path(name).stat().st_mtime_ns}" for name in sorted(packages) if Path(name).exists()]
    own = [path.read_text(errors="replace") for path in sorted((root / "templates").glob("*.tex"))]
    name = PRELUDE + hashlib.sha256("\0".join([head, *own, *stamps, style.digest(), age()]).encode()).hexdigest()[:16]
    if not (folder / f"{name}.fmt").exists():
        for old in folder.glob(f"{PRELUDE}*"):
            old.unlink()
        (folder / f"{name}.tex").write_text(text)
        command = [ENGINE[0], "-ini", "-recorder", "-interaction=nonstopmode", f"-output-directory={FOLDER}", f"-jobname={name}"]
        source = f"{FOLDER}/{name}.tex"
        environment = {**os.environ, **surroundings()}
        subprocess.run([*command, "&pdflatex", "mylatexformat.ltx", source], cwd=root, env=environment, capture_output=True, check=False)
    return name if (folder / f"{name}.fmt").exists() else ""


def found() -> bool:
    """Whether the engine is on the path."""
    return shutil.which(ENGINE[0]) is not None


def age() -> str:
    """The age of the engine."""
    return str(Path(shutil.which(ENGINE[0]) or "").stat().st_mtime_ns)
