"""Builds of a copy of the project, each paired with a bare latexmk: the same flags, on the very LaTeX that the build rendered."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tarfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hwgen.bench.edits import Edit
from hwgen.bench.process import Cost, cost
from hwgen.model.errors import ContentError, InputError
from hwgen.typesetting import installation, last, process, workplace

# What a surrounding make would hand down, and who hands in: neither belongs in a measured build.
LATEXMK = ("latexmk", "-pdf", f"-pdflatex={' '.join(process.ENGINE)} %O %S", f"-outdir={workplace.FOLDER}", "-silent")
# Seconds: between two saves, between two looks at the page, and until we give up.
QUIET, LOOK, PATIENCE = 1.0, 0.002, 60.0
# What .venv/.ready says, as setup.sh writes it and the Makefile compares it.
READY = "pwd -P && cat pyproject.toml constraints.txt setup.sh | cksum"
BORROWED = ("bin", "lib", "lib64", "include", "pyvenv.cfg")
# Not the script .venv/bin/hwgen, which runs the code that .venv was made for.
HWGEN = (".venv/bin/python", "-m", "hwgen")
FOREIGN = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "NOM", "PRENOM", "EFFORT", "HWGEN_STORE")
# Nor what Python is told here: where it keeps nothing that it compiles, every command would compile the whole program first.
TOLD = "PYTHON"


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

    def built(self) -> Cost:
        """The same by the program alone, whatever the Makefile of its time says, and without a bare latexmk."""
        self.clean()
        return cost([*HWGEN, "pdf"], self.ours, surroundings())

    def again(self) -> Pair:
        """The same once more, without a change."""
        return self._pair()

    def edited(self, edit: Edit, turn: int, look: Callable[[], None] = lambda: None) -> Pair:
        """A build after one small edit of a template, which is taken back in the end; `look` is called before that."""
        template, text, changed = self._find(edit, turn)
        template.write_text(changed)
        try:
            pair = self._pair()
            look()
            return pair
        finally:
            template.write_text(text)

    def on_one_core(self) -> Mapping[str, float]:
        """Seconds of each claim, study, constant, table and figure in a cold build with one worker."""
        self.clean()
        cost([*HWGEN, "pdf", "--jobs", "1"], self.ours, surroundings())
        return self.seconds()

    def clean(self) -> None:
        """Forget everything that a build made."""
        shutil.rmtree(self.ours / "build", ignore_errors=True)
        for figure in (self.ours / "figures").glob("*.pdf"):
            figure.unlink()

    def seconds(self) -> Mapping[str, float]:
        """Seconds of what the last build computed, by name."""
        seconds: Mapping[str, float] = json.loads((self.ours / "build/ledger.json").read_text())["seconds"]
        return seconds

    def own_check(self) -> float:
        """Seconds of what the last build judged."""
        return sum(self.seconds().values())

    def set(self, key: str, value: str) -> None:
        """Add a setting to the student.toml of the copy."""
        path = self.ours / "student.toml"
        path.write_text(f'{path.read_text()}\n{key} = "{value}"\n')

    def saved(self, edit: Edit, rounds: int) -> list[Pair]:
        """From a save to the page that `hwgen watch` shows, and a bare latexmk after each."""
        page = self.ours / "build" / f"{last.PREVIEW}.pdf"
        page.unlink(missing_ok=True)
        with subprocess.Popen(
            [*HWGEN, "watch"], cwd=self.ours, env=surroundings(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as watcher:
            try:
                _until(page.exists, watcher)
                return [self._saved(edit, turn, page, watcher) for turn in range(rounds)]
            finally:
                watcher.terminate()

    def _saved(self, edit: Edit, turn: int, page: Path, watcher: subprocess.Popen[bytes]) -> Pair:
        time.sleep(QUIET)
        template, _, changed = self._find(edit, turn)
        before, started = page.stat().st_mtime_ns, time.perf_counter()
        template.write_text(changed)
        _until(lambda: page.stat().st_mtime_ns != before, watcher)
        seconds = time.perf_counter() - started
        cost(["make", "pdf"], self.ours, surroundings())
        return Pair(build=Cost(seconds=seconds, peak=0), bare=self._latexmk())

    def _pair(self) -> Pair:
        build = cost(["make", "pdf"], self.ours, surroundings())
        return Pair(build=build, bare=self._latexmk())

    def _latexmk(self) -> Cost:
        """A bare latexmk on what the last build gave to LaTeX."""
        rendered = self._hand_over()
        return cost([*LATEXMK, str(rendered)], self.bare, {**surroundings(), **installation.environment()})

    def _hand_over(self) -> Path:
        """Give the bare folder what LaTeX reads, touching only what differs; the rendered document, relative to both."""
        rendered = self.ours / workplace.FOLDER / f"{last.JOBNAME}.tex"
        for path in [rendered, *(self.ours / "figures").glob("*.pdf"), *(self.ours / "templates").glob("*.tex")]:
            to = self.bare / path.relative_to(self.ours)
            if not to.exists() or to.read_bytes() != path.read_bytes():
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, to)
        return rendered.relative_to(self.ours)

    def _find(self, edit: Edit, turn: int) -> tuple[Path, str, str]:
        error = ContentError("no template in templates/ to edit")
        printed = (self.ours / workplace.FOLDER / f"{last.JOBNAME}.tex").read_text()
        for template in sorted((self.ours / "templates").glob("*.j2")):
            text = template.read_text()
            try:
                return template, text, edit(text, turn, printed)
            except ContentError as found:
                error = found
        raise error


def _until(condition: Callable[[], bool], watcher: subprocess.Popen[bytes]) -> None:
    """Wait for it, looking often. Raises InputError if the watcher ends, or after a minute."""
    deadline = time.perf_counter() + PATIENCE
    while not condition():
        if watcher.poll() is not None or time.perf_counter() > deadline:
            raise InputError("hwgen watch showed no page; expected one after every save of a template")
        time.sleep(LOOK)


def copies(project: Path, folder: Path) -> Copies:
    """Copy what git knows or would add, and borrow .venv; nothing is set up again."""
    ready = project / ".venv/.ready"
    if not ready.exists() or ready.read_text() != _ready(project):
        raise InputError(".venv is not set up, or for other pins than these; run the bench with make bench")
    ours = folder / "ours"
    for name in _listed(project):
        if (project / name).is_file():
            (ours / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(project / name, ours / name)
    _borrow(project / ".venv", ours / ".venv")
    return Copies(ours=ours, bare=folder / "bare")


def older(project: Path, commit: str, folder: Path) -> Copies:
    """The project as it was at a commit. Raises InputError if git does not know it."""
    ours = folder / "ours"
    ours.mkdir(parents=True)
    done = subprocess.run(["git", "archive", commit], cwd=project, capture_output=True, check=False)
    if done.returncode != 0:
        raise InputError(f"--against {commit}: {done.stderr.decode().strip()}; expected a commit of this repository")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(ours)  # git wrote it just now; the first versions of 3.11 know no filters
    _borrow(project / ".venv", ours / ".venv")
    return Copies(ours=ours, bare=folder / "bare")


def _borrow(real: Path, here: Path) -> None:
    """A .venv that belongs to the folder as make sees it, and is that of the project; what it runs is the folder's own code.

    Were it due, `make pdf` would install the copy, which goes in the end, as the program of the project's own .venv.
    """
    here.mkdir(parents=True)
    for name in BORROWED:
        if (real / name).exists():
            (here / name).symlink_to((real / name).resolve())
    (here / ".ready").write_text(_ready(here.parent))


def _ready(folder: Path) -> str:
    return subprocess.run(["sh", "-c", READY], cwd=folder, capture_output=True, text=True, check=False).stdout


def _listed(project: Path) -> list[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InputError(f"git ls-files: {done.stderr.strip()}; expected a git repository, which says what belongs to the project")
    return [name for name in done.stdout.split("\0") if name]


def surroundings() -> dict[str, str]:
    """The environment of a measured command."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN and not name.startswith(TOLD)}


def repeat(rounds: int, measure: Callable[[int], Pair]) -> list[Pair]:
    """The pairs of so many rounds; each build is followed at once by its bare latexmk, so that both meet the same machine."""
    return [measure(turn) for turn in range(rounds)]
