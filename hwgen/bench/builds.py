"""Builds of a copy of the project, each paired with a bare latexmk: the same flags, on the very LaTeX that the build rendered."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hwgen import typeset
from hwgen.bench.edits import Edit
from hwgen.bench.process import Cost, cost
from hwgen.errors import ContentError, InputError

# What a surrounding make would hand down, and who hands in: neither belongs in a measured build.
LATEXMK = ("latexmk", "-pdf", f"-pdflatex={' '.join(typeset.ENGINE)} %O %S", f"-outdir={typeset.FOLDER}", "-silent")
FOREIGN = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "NOM", "PRENOM")


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One build and the bare latexmk after it."""

    build: Cost
    bare: Cost


@dataclass(frozen=True, kw_only=True)
class Copies:
    """Two folders: one where hwgen builds, and one that holds only what it gave to LaTeX."""

    ours: Path
    bare: Path

    def cold(self) -> Pair:
        """A build with nothing stored, and LaTeX with nothing kept from an earlier run."""
        self.clean()
        shutil.rmtree(self.bare, ignore_errors=True)
        return self._pair()

    def again(self) -> Pair:
        """The same once more, without a change."""
        return self._pair()

    def edited(self, edit: Edit, turn: int) -> Pair:
        """A build after one small edit of a template, which is taken back in the end."""
        template, text, changed = self._find(edit, turn)
        template.write_text(changed)
        try:
            return self._pair()
        finally:
            template.write_text(text)

    def on_one_core(self) -> Mapping[str, float]:
        """Seconds of each claim, study, constant, table and figure in a cold build with one worker."""
        self.clean()
        cost([".venv/bin/hwgen", "pdf", "--jobs", "1"], self.ours, surroundings())
        seconds: Mapping[str, float] = json.loads((self.ours / "build/ledger.json").read_text())["seconds"]
        return seconds

    def clean(self) -> None:
        """Forget everything that a build made."""
        shutil.rmtree(self.ours / "build", ignore_errors=True)
        for figure in (self.ours / "figures").glob("*.pdf"):
            figure.unlink()

    def _pair(self) -> Pair:
        build = cost(["make", "pdf"], self.ours, surroundings())
        rendered = self._hand_over()
        return Pair(build=build, bare=cost([*LATEXMK, str(rendered)], self.bare, {**surroundings(), **typeset.ENVIRONMENT}))

    def _hand_over(self) -> Path:
        """Give the bare folder what LaTeX reads, touching only what differs; the rendered document, relative to both."""
        (rendered,) = (self.ours / typeset.FOLDER).glob("*.tex")
        for path in [rendered, *(self.ours / "figures").glob("*.pdf"), *(self.ours / "templates").glob("*.tex")]:
            to = self.bare / path.relative_to(self.ours)
            if not to.exists() or to.read_bytes() != path.read_bytes():
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, to)
        return rendered.relative_to(self.ours)

    def _find(self, edit: Edit, turn: int) -> tuple[Path, str, str]:
        error = ContentError("no template in templates/ to edit")
        for template in sorted((self.ours / "templates").glob("*.j2")):
            text = template.read_text()
            try:
                return template, text, edit(text, turn)
            except ContentError as found:
                error = found
        raise error


def copies(project: Path, folder: Path) -> Copies:
    """Copy what git knows or would add, and borrow .venv; times are kept, so that nothing is set up again."""
    if not (project / ".venv/.ready").exists():
        raise InputError(".venv is not set up; run the bench with make bench")
    ours = folder / "ours"
    for name in _listed(project):
        if (project / name).is_file():
            (ours / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(project / name, ours / name)
    (ours / ".venv").symlink_to((project / ".venv").resolve())
    return Copies(ours=ours, bare=folder / "bare")


def _listed(project: Path) -> list[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InputError(f"git ls-files: {done.stderr.strip()}; expected a git repository, which says what belongs to the project")
    return [name for name in done.stdout.split("\0") if name]


def surroundings() -> dict[str, str]:
    """The environment of a measured command."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN}


def repeat(rounds: int, measure: Callable[[int], Pair]) -> list[Pair]:
    """The pairs of so many rounds; each build is followed at once by its bare latexmk, so that both meet the same machine."""
    return [measure(turn) for turn in range(rounds)]
