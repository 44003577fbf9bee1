"""Pretended machines for setup.sh and the Makefile: every command that could install or download is a stub that writes down its call."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
REAL = ("sh", "dirname", "cat", "rm", "cp", "touch", "chmod", "mkdir", "mktemp", "tail", "make", "env", "sed", "ls", "head", "cksum")
LATEX = "latexmk lmodern texlive-latex-base texlive-latex-recommended texlive-latex-extra texlive-fonts-recommended poppler-utils"

PYTHON = """
case "$*" in
  *"sys.exit"*) [ "{minor}" -ge 11 ] ;;
  *"import ensurepip"*) [ -e "$STATE/ensurepip" ] ;;
  *"print"*) echo "3.{minor}" ;;
  "-m venv .venv") echo "$0 $*" >> "$STATE/calls"; mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
  "-m pip --version") ;;
  *) echo "python $*" >> "$STATE/calls"; [ ! -e "$STATE/pip-fails" ] ;;
esac
"""
APT = """
echo "apt-get $*" >> "$STATE/calls"
[ "${DEBIAN_FRONTEND:-}" = noninteractive ] || exit 9
case "$*" in
  *install*)
    [ ! -e "$STATE/no-lists" ] || { echo "E: Unable to locate package"; exit 100; }
    [ ! -e "$STATE/installs-nothing" ] || exit 0
    touch "$STATE/ensurepip"
    for name in latexmk pdflatex kpsewhich; do echo '#!/bin/sh' > "$BIN/$name"; chmod +x "$BIN/$name"; done ;;
  *update*) [ -e "$STATE/offline" ] || rm -f "$STATE/no-lists" ;;
esac
"""
SUDO = """
[ "$1" = -n ] && [ -e "$STATE/sudoer" ] || exit 1
shift
[ "$1" = true ] || echo "sudo $*" >> "$STATE/calls"
"$@"
"""


@dataclass(frozen=True, kw_only=True)
class Machine:
    """A project folder, the only commands there are, and what they remember."""

    root: Path
    folder: str = "project"

    @property
    def project(self) -> Path:
        return self.root / self.folder

    @property
    def bin(self) -> Path:
        return self.root / "bin"

    @property
    def ready(self) -> bool:
        return (self.project / ".venv/.ready").exists()

    def command(self, name: str, script: str) -> None:
        (self.bin / name).unlink(missing_ok=True)  # else a link to the real command would be written through
        (self.bin / name).write_text("#!/bin/sh\n" + script)
        (self.bin / name).chmod(0o755)

    def remember(self, *names: str) -> None:
        for name in names:
            (self.root / "state" / name).touch()

    def run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": str(self.bin),
            "STATE": str(self.root / "state"),
            "BIN": str(self.bin),
            "TMPDIR": str(self.root),
            **variables,
        }
        return subprocess.run(words, cwd=self.project, env=environment, capture_output=True, text=True, check=False, timeout=20)

    def calls(self) -> list[str]:
        """What has been called since the last question."""
        log = self.root / "state/calls"
        found = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return found


def machine(
    root: Path, *state: str, minor: int = 11, apt: bool = True, user: int = 0, latex: bool = False, folder: str = "project"
) -> Machine:
    """A Debian machine, root, Python 3.11 without venv support, no LaTeX; each may be said otherwise."""
    one = Machine(root=root, folder=folder)
    for needed in ("bin", "state", folder):
        (root / needed).mkdir()
    for name in REAL:
        (one.bin / name).symlink_to(shutil.which(name) or pytest.fail(f"no {name} here"))
    for name in ("setup.sh", "Makefile", "constraints.txt", "pyproject.toml"):
        shutil.copy(PROJECT / name, one.project)
    one.command("python3", PYTHON.replace("{minor}", str(minor)))
    one.command("id", f"echo {user}\n")
    one.command("sudo", SUDO)
    if apt:
        one.command("apt-get", APT)
    if latex:
        for name in ("latexmk", "pdflatex", "kpsewhich"):
            one.command(name, "")
    one.remember(*state)
    return one


Make = Callable[..., Machine]
