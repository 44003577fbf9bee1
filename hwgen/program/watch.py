"""`hwgen watch`: the page follows the templates. A warm process, a precompiled preamble, the last good page kept for the viewer.

It writes build/preview.pdf; what is handed in is built by `hwgen pdf`, from nothing that is kept here. A change of the code of the
checks, or of a file that it read, starts the program anew; a change of prose judges nothing; a change of a formula judges what that
formula needs.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
import re
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from hwgen.freshness import stamps
from hwgen.model.errors import HwgenError
from hwgen.page import files, folders
from hwgen.program import build, memory, snapshot, summary
from hwgen.program.excerpt import told
from hwgen.program.homework import homework
from hwgen.program.student import student
from hwgen.typesetting import preview, run
from hwgen.typesetting.installation import TEX
from hwgen.typesetting.last import PREVIEW

OUTPUT = Path("build/preview.pdf")
PAGE = f"build/tex/{PREVIEW}.read"
TURN, SETTLE, LONGEST, SELDOM = 0.05, 0.04, 20, 40  # seconds between two looks, and for the rest of a save; the most of these; turns
CODE = ("pyproject.toml", "constraints.txt", snapshot.HOMEWORK)
KEPT = "nothing built; the last good page is kept"
LEFT_BESIDE = re.compile(r"[.#]|.*~$")
Stamps = Mapping[str, list[int]]


class _Looked(NamedTuple):
    """What a look at the files found; `names` of all others, for which LaTeX may look and find none."""

    sources: Stamps
    read: Stamps
    engine: Stamps
    names: Stamps


def watch(request: build.Request, batches: Iterable[Iterable[str]] | None = None) -> None:
    """Build, then build again after each batch of changed files, until interrupted."""
    watcher = _Watcher(request)
    try:
        # Looked at before the first build, so that a save during it is a change.
        followed = changes(request.root, lambda: watcher.drawn, lambda: watcher.failed) if batches is None else batches
        # Code that was imported before its last save would judge by what no file says any more.
        if batches is None and _missed(request.root):
            _start_anew()
        watcher.build()
        for batch in followed:
            names = sorted({os.path.relpath(path, request.root) for path in batch})
            print(f"changed: {', '.join(names)}", flush=True)
            # A module is read once, and what it keeps of a file as well: only a new process has neither.
            if any(_is_code(request.root, path) or _is_data(request.root, path) or watcher.may_have_read(path) for path in batch):
                watcher.preview.close()
                _start_anew()
            watcher.build()
    finally:
        watcher.preview.close()


def changes(root: Path, drawn: Callable[[], Collection[str]] = tuple, failed: Callable[[], bool] = bool) -> Iterator[set[str]]:
    """Batches of paths that are saved, made or removed from now on; what a build writes, its `drawn` figures too, is not among them.

    All that a build reads is compared with what it was, so that no way of saving is missed: a folder that is replaced, a new one, a file
    elsewhere. The engine, which is large and hardly ever saved, is looked at in few of the turns, as are the names of all other files.
    """
    sources = _sources(root)
    return _batches(root, _Looked(sources, _read(root), _engine(root), _names(root, sources)), drawn, failed)


def _batches(root: Path, last: _Looked, drawn: Callable[[], Collection[str]], failed: Callable[[], bool]) -> Iterator[set[str]]:
    for turn in itertools.count(1):
        time.sleep(TURN)
        sources, read = _settled(root, last.sources), _read(root)
        seldom = (_engine(root), _names(root, sources)) if turn % SELDOM == 0 else (last.engine, last.names)
        now = _Looked(sources, read, *seldom)
        # Nobody knows what a build read that failed: any file of the homework may be what was wrong.
        saved = _differing(last.names, now.names) if failed() else sorted(last.names.keys() ^ now.names.keys())
        others = (*_differing(last.engine, now.engine), *saved)
        moved = {*_differing(last.sources, sources), *_newly_read(last.read, read), *others}
        last = now
        if moved := moved - {str(root / name) for name in drawn()}:
            yield moved


def _settled(root: Path, last: Stamps) -> Stamps:
    """The sources as they are now; where some have just been saved, as they are when the rest of the save has come."""
    now, rounds = _sources(root), 0
    while now != last and rounds < LONGEST:
        last, rounds = now, rounds + 1
        time.sleep(SETTLE)
        now = _sources(root)
    return now


def _sources(root: Path) -> Stamps:
    """The author's own files, but for what an editor leaves beside them."""
    folders = [root / snapshot.TEMPLATES, *_content(root)]
    beside = [root / name for name in (snapshot.STUDENT, *CODE)] + [path for path in root.glob("*.*") if path.suffix in TEX]
    found = stamps.stamps(map(str, folders), map(str, beside))
    return {path: one for path, one in found.items() if not LEFT_BESIDE.match(Path(path).name)}


def _read(root: Path) -> Stamps:
    """What computations and LaTeX were seen to read beside them, wherever it lies; of what is outside LaTeX's own tells the next build."""
    printed = [name for name in snapshot.read_by_latex(PAGE) if not name.startswith("/")]
    return stamps.stamps((), [str(root / name) for name in (*snapshot.data(), *printed)])


def _names(root: Path, sources: Stamps) -> Stamps:
    """All other files of the homework, but for those that stand there for a moment."""
    paths = (str(root / name) for name in folders.names(root) if not name.endswith(files.ENDING))
    others = (path for path in paths if path not in sources and not LEFT_BESIDE.match(Path(path).name))
    # What a build draws, or Python compiles, it writes anew when it fails once more; a folder moves with whatever an editor does in it.
    return {path: [] if _moves(root, path) else stamps.stamp(path) for path in others}


def _moves(root: Path, path: str) -> bool:
    made = path.startswith(str(root / snapshot.FIGURES)) or "__pycache__" in path
    return made or (Path(path).is_dir() and not Path(path).is_symlink())


def _engine(root: Path) -> Stamps:
    return {path: one for path, one in stamps.stamps(map(str, _code(root)), ()).items() if path.endswith(".py")}


def _content(root: Path) -> list[Path]:
    """The folder of the content package, if it is in the homework."""
    try:
        folder = root.joinpath(*homework(root).content.split("."))
    except HwgenError:
        return []
    return [folder] if folder.is_dir() else []


def _differing(last: Stamps, now: Stamps) -> Iterator[str]:
    return (path for path in sorted(last.keys() | now.keys()) if last.get(path) != now.get(path))


def _newly_read(last: Stamps, now: Stamps) -> Iterator[str]:
    """What has changed since it was looked at; at the first look, what was saved after this process began, which may have read it."""
    for path, found in now.items():
        if found != last.get(path, found) or (path not in last and found and _is_later(path, found)):
            yield path


def _is_later(path: str, found: list[int]) -> bool:
    """Whether a file was saved after this process began; one of the future would be so for ever."""
    return found[1] <= time.time_ns() and bool(stamps.changed_since([path], stamps.BEGAN))


def _missed(root: Path) -> list[str]:
    """The code that was saved after this process read it, and before it followed the folders."""
    return [path for path, found in _engine(root).items() if found and _is_later(path, found)]


def _code(root: Path) -> list[Path]:
    """The folders of all code that results are made by; only the engine's while homework.toml says nothing that can be meant."""
    try:
        top = homework(root).content.split(".")[0]
    except HwgenError:
        top = "hwgen"
    return [root / folder for folder in snapshot.computed(top, str(root.resolve()))]


def _is_code(root: Path, path: str) -> bool:
    """Whether what was saved is read only once by a process: code, in files or in a new folder, and what says where it is."""
    where = (root / path).resolve()
    return where in {root.resolve() / name for name in CODE} or any(where.is_relative_to(top.resolve()) for top in _code(root))


def _is_data(root: Path, path: str) -> bool:
    """Whether it is among what computations read: a module or a cache of this process may hold what it was."""
    return str(root / path) in {str(root / one) for one in snapshot.data()}


def _start_anew() -> None:
    print("the code or its data have changed: starting anew", flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "hwgen", *sys.argv[1:]])


@dataclasses.dataclass
class _Watcher:
    """What is known since the last good build, the verdicts of that one, those of the last build of all, and the figures that it drew."""

    request: build.Request
    known: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    good: Mapping[str, str] = dataclasses.field(default_factory=dict)
    verdicts: dict[str, str] = dataclasses.field(default_factory=dict)
    drawn: Collection[str] = ()
    failed: bool = False
    preview: preview.Preview = dataclasses.field(default_factory=preview.Preview)

    def build(self) -> None:
        """One build, in the short way if it can be; never raises for what an author can write."""
        started = time.perf_counter()
        self.failed = True
        try:
            run, lines = self._built()
            self.failed = run is None
        except HwgenError as error:
            run, lines = None, [told(error, self.request.root), KEPT]
        except Exception as error:  # the watcher outlives whatever a half-saved file leads to
            run, lines = None, [f"{type(error).__name__}: {error}", KEPT]
        seconds = time.perf_counter() - started
        print("\n".join(lines).replace("BUILT", f"built in {seconds:.2f} s"), flush=True)
        self.preview.ready(self.request.root)
        if run:
            run.link(OUTPUT)

    def may_have_read(self, path: str) -> bool:
        """Whether a module of this process may hold what a file was that a failed build read."""
        return self.failed and not (self.request.root / path).is_relative_to(self.request.root / snapshot.TEMPLATES)

    def _built(self) -> tuple[run.Run | None, list[str]]:
        if not self.known:
            return self._full(self.preview.begin)
        task = homework(self.request.root)
        who = student(self.request.root, task, self.request.nom, self.request.prenom, self.request.version, self.request.effort)
        attempt = memory.attempt(self.known, task, who, self.preview.begin)
        if attempt is None:
            return self._full(self.preview.begin)
        with attempt.run:
            if not memory.judged(attempt):
                return self._full(run.taking_over(attempt.run, self.preview.begin))
            again = memory.completed(attempt, OUTPUT)
            return attempt.run, [*self._changed(self.good), *_warned([*self.known["heard"], *again.warnings]), f"BUILT: {OUTPUT}"]

    def _full(self, begin: run.Begin) -> tuple[run.Run | None, list[str]]:
        began = time.time_ns()
        shown = (self.request.root / OUTPUT).exists()
        document = build.read(dataclasses.replace(self.request, early=None if shown else _early, began=began))
        built = build.pdf(document, begin, wrong=False, output=OUTPUT)
        self.drawn = [str(path) for path in built.ledger.figures.values()]
        now = {finding.name: summary.standing(finding.verdict.name, finding.passed) for finding in built.ledger.findings}
        lines = [*self._changed(now)]
        lines += summary.short_of(built.ledger, document.page.names.claims, self.request.root)
        if built.pdf is None:
            return None, [*lines, KEPT]
        # What was saved while it was judged may have been read before or after: nothing of this build is trusted then.
        moved = snapshot.moved(snapshot.computed(document.content.package), began)
        self.known, self.good = {} if moved else build.state(document, built, ()), now
        return built.run, [*lines, *_warned(built.warnings), f"BUILT: {OUTPUT}"]

    def _changed(self, now: Mapping[str, str]) -> Iterator[str]:
        """The verdicts that are not what they were."""
        for name, verdict in now.items():
            before = self.verdicts.get(name)
            if before not in {None, verdict}:
                yield f"{name}: {before} is now {verdict}"
        self.verdicts |= now


def _early(page: Path) -> None:
    print(f"{OUTPUT}: the page as it stands; the verdicts follow", flush=True)


def _warned(warnings: Iterable[str]) -> list[str]:
    return [f"warning: {one}" for one in warnings]
