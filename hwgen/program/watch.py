"""`hwgen watch`: the page follows the templates. A warm process, a precompiled preamble, the last good page kept for the viewer.

It writes build/preview.pdf; what is handed in is built by `hwgen pdf`, from nothing that is kept here. A change of the code of the
checks, or of a file that it read, starts the program anew; a change of prose judges nothing; a change of a formula judges what that
formula needs.
"""

from __future__ import annotations

import dataclasses
import itertools
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hwgen.judging import stamps
from hwgen.model.errors import HwgenError
from hwgen.program import build, memory, snapshot, summary
from hwgen.program.excerpt import told, with_line
from hwgen.program.homework import homework
from hwgen.program.student import student
from hwgen.typesetting import preview, run

OUTPUT = Path("build/preview.pdf")
SETTLE, STEP, TURN = 40, 20, 100  # milliseconds: how long to wait for the rest of a save, how often to look, and to hand on nothing
CODE = ("pyproject.toml", "constraints.txt", "homework.toml")
KEPT = "nothing built; the last good page is kept"
ENDINGS = (".j2", ".tex", ".toml", ".py", ".txt")


def watch(request: build.Request, batches: Iterable[Iterable[str]] | None = None) -> None:
    """Build, then build again after each batch of changed files, until interrupted."""
    watcher = _Watcher(request)
    try:
        followed = changes(request.root) if batches is None else batches
        if batches is None and _missed(request.root):
            _start_anew()
        watcher.build()
        for batch in followed:
            names = sorted({os.path.relpath(path, request.root) for path in batch})
            print(f"changed: {', '.join(names)}", flush=True)
            if any(_is_code(request.root, path) or _is_data(request.root, path) for path in batch):
                watcher.preview.close()
                _start_anew()
            watcher.build()
    finally:
        watcher.preview.close()


def changes(root: Path) -> Iterator[set[str]]:
    """Batches of paths that are saved, made or removed from now on; what a build writes is not among them."""
    import watchfiles

    below = (path for top in _code(root) for path in top.rglob("*") if path.is_dir() and path.name != "__pycache__")
    relevant = [folder for folder in [root, root / "templates", *_code(root), *below] if folder.is_dir()]
    tops = {root.resolve() / name for name in ("student.toml", *CODE)}

    def wanted(_: Any, path: str) -> bool:
        where = Path(path)
        if where.parent == root.resolve():
            return where in tops
        return where.suffix in ENDINGS or (where.is_dir() and where.name != "__pycache__" and _is_code(root, path))

    batches = watchfiles.watch(
        *relevant, watch_filter=wanted, debounce=SETTLE, step=STEP, rust_timeout=TURN, yield_on_timeout=True, recursive=False
    )
    first = next(batches)  # it follows the folders only from its first turn on
    return _with_data(({path for _, path in batch} for batch in itertools.chain([first], batches)), root)


def _with_data(batches: Iterable[set[str]], root: Path) -> Iterator[set[str]]:
    """The batches, and beside them what computations were seen to read, wherever it lies: one more look at each turn."""
    last: dict[str, list[int]] = {}
    for batch in batches:
        now = stamps.stamps((), snapshot.data())
        moved = {str(root / path) for path, found in now.items() if (found != last[path] if path in last else _is_later(found))}
        last = now
        if batch or moved:
            yield batch | moved


def _is_later(found: list[int]) -> bool:
    """Whether a file was saved after this process began, which may have read it before: the second number is what only the system sets."""
    return bool(found) and stamps.BEGAN <= found[1] <= time.time_ns()


def _missed(root: Path) -> list[str]:
    """The code that was saved after this process read it, and before it followed the folders."""
    now = time.time_ns()
    saved = [path for top in _code(root) for path in top.rglob("*.py")]
    return [str(path) for path in saved if stamps.BEGAN <= path.stat().st_ctime_ns <= now]


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
    return path in {str(root / one) for one in snapshot.data()}


def _start_anew() -> None:
    print("the code or its data have changed: starting anew", flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "hwgen", *sys.argv[1:]])


@dataclasses.dataclass
class _Watcher:
    """What is known since the last good build, the verdicts of that one, and those of the last build of all."""

    request: build.Request
    known: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    good: Mapping[str, str] = dataclasses.field(default_factory=dict)
    verdicts: dict[str, str] = dataclasses.field(default_factory=dict)
    preview: preview.Preview = dataclasses.field(default_factory=preview.Preview)

    def build(self) -> None:
        """One build, in the short way if it can be; never raises for what an author can write."""
        started = time.perf_counter()
        try:
            run, lines = self._built()
        except HwgenError as error:
            run, lines = None, [told(error, self.request.root), KEPT]
        except Exception as error:  # the watcher outlives whatever a half-saved file leads to
            run, lines = None, [f"{type(error).__name__}: {error}", KEPT]
        seconds = time.perf_counter() - started
        print("\n".join(lines).replace("BUILT", f"built in {seconds:.2f} s"), flush=True)
        self.preview.ready(self.request.root)
        if run:
            run.link(OUTPUT)

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
            return attempt.run, [*self._changed(self.good), *_warned(again.warnings), f"BUILT: {OUTPUT}"]

    def _full(self, begin: run.Begin) -> tuple[run.Run | None, list[str]]:
        began = time.time_ns()
        shown = (self.request.root / OUTPUT).exists()
        document = build.read(self.request if shown else dataclasses.replace(self.request, early=_early))
        built = build.pdf(document, begin, wrong=False, output=OUTPUT)
        now = {finding.name: finding.verdict.name for finding in built.ledger.findings}
        lines = [*self._changed(now)]
        lines += dict.fromkeys(with_line(*summary.complaint(finding), self.request.root) for finding in built.ledger.short)
        if built.pdf is None:
            return None, [*lines, KEPT]
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
