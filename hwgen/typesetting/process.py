"""One LaTeX process: its flags, its limits, its text from a file or a pipe. The only subprocess of a build beside its workers."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from hwgen.typesetting import bounds, installation
from hwgen.typesetting.workplace import Workplace

FLAGS = ("-file-line-error", "-halt-on-error", "-interaction=nonstopmode", "-recorder", "-no-shell-escape", "-synctex=1")
ENGINE = (installation.ENGINE, *FLAGS)
PLAIN_SYNCTEX = "-synctex=-1"  # not compressed, which is a seventh of a pass
STDIN = "/dev/stdin"


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


def from_file(place: Workplace, jobname: str) -> Pass:
    """The plain engine on the file JOBNAME.tex of the workplace."""
    return _begun(place, jobname, [*ENGINE, f"{place.path}/{jobname}.tex"])


def from_pipe(place: Workplace, jobname: str, preamble: str = "", *, like_a_file: bool = False) -> Pass:
    """The engine with a precompiled preamble, if there is one, waiting for a text; see `feed`.

    What it writes is all as it is `from_file`, if it is to be like a file.
    """
    # A first line that is parsed for the name of a format is read twice, which a pipe does not allow.
    engine = [*ENGINE[:-1], ENGINE[-1] if like_a_file else PLAIN_SYNCTEX, "-no-parse-first-line"]
    engine += [f"-fmt={preamble}"] if preamble else []
    return _begun(place, jobname, [*engine, f"-jobname={jobname}", _pipe(place, jobname)], fed=True)


def is_fed(place: Workplace, jobname: str) -> bool:
    """Whether its text is the link that stands for standard input."""
    link = place.file(f"{jobname}.tex")
    return link.is_symlink() and link.readlink() == Path(STDIN)


def _pipe(place: Workplace, jobname: str) -> str:
    """A name inside the folder for standard input: LaTeX opens nothing by its full path."""
    link = place.file(f"{jobname}.tex")
    if not link.is_symlink():
        link.symlink_to(STDIN)
    return f"{place.path}/{jobname}.tex"


def _begun(place: Workplace, jobname: str, command: list[str], *, fed: bool = False) -> Pass:
    said = place.file(f"{jobname}.said")
    command.insert(1, f"-output-directory={place.path}")
    with said.open("wb") as file:
        stdin = subprocess.PIPE if fed else subprocess.DEVNULL
        started = subprocess.Popen(
            command,
            cwd=place.root,
            env=installation.environment(),
            stdin=stdin,
            stdout=file,
            stderr=file,
            preexec_fn=bounds.bounded(os.getpid()),
            # LaTeX holds the lock with this program: should it outlive that, the folder is still taken.
            pass_fds=(place.lock.fileno(),),
        )
        return Pass(started, said)


def begin_to_feed(one: Pass, text: str) -> None:
    """Give a waiting pass the beginning of its text, no more than a pipe takes at once."""
    assert one.process.stdin is not None
    with contextlib.suppress(BrokenPipeError):
        one.process.stdin.write(text.encode())
        one.process.stdin.flush()


def feed(one: Pass, text: str) -> None:
    """Give a waiting pass its text; it is written while LaTeX reads it."""

    def write() -> None:
        assert one.process.stdin is not None
        with contextlib.suppress(BrokenPipeError), one.process.stdin as pipe:  # LaTeX may stop at an error before the end
            pipe.write(text.encode())

    # On a thread, since a pipe holds less than a page: whoever writes would wait for LaTeX.
    threading.Thread(target=write, daemon=True).start()


def found() -> bool:
    """Whether the engine is on the path."""
    return shutil.which(installation.ENGINE) is not None
