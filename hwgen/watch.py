"""`hwgen watch`: the page follows the templates. A warm process, a precompiled preamble, the last good page kept for the viewer.

It writes build/preview.pdf; what is handed in is built by `hwgen pdf`, from nothing that is kept here. A change of the code of the
checks starts the program anew; a change of prose judges nothing; a change of a formula judges what that formula needs.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hwgen import pipeline, recall, report, typeset
from hwgen.errors import HwgenError
from hwgen.excerpt import told, with_line
from hwgen.model import Formula
from hwgen.render import Rendered
from hwgen.student import student

OUTPUT = Path("build/preview.pdf")
SETTLE, STEP = 40, 20  # milliseconds: how long to wait for the rest of a save, and how often to look
CODE = ("hwgen", "pyproject.toml", "constraints.txt")
ENDINGS = (".j2", ".tex", ".toml", ".py", ".txt")


def watch(request: pipeline.Request, batches: Iterable[Iterable[str]] | None = None) -> None:
    """Build, then build again after each batch of changed files, until interrupted."""
    watcher = _Watcher(request)
    watcher.build()
    for batch in batches if batches is not None else changes(request.root):
        names = sorted({os.path.relpath(path, request.root) for path in batch})
        print(f"changed: {', '.join(names)}", flush=True)
        if any(name.startswith(CODE) for name in names):
            _start_anew()
        watcher.build()


def changes(root: Path) -> Iterator[set[str]]:
    """Batches of paths that were saved, made or removed; what a build writes is not among them."""
    import watchfiles

    folders = [root, root / "templates", *(path for path in (root / "hwgen").rglob("*") if path.is_dir() and path.name != "__pycache__")]
    relevant = [folder for folder in [*folders, root / "hwgen"] if folder.is_dir()]
    tops = {root.resolve() / name for name in ("student.toml", "pyproject.toml", "constraints.txt")}

    def wanted(_: Any, path: str) -> bool:
        where = Path(path)
        return where.suffix in ENDINGS and (where.parent != root.resolve() or where in tops)

    for batch in watchfiles.watch(*relevant, watch_filter=wanted, debounce=SETTLE, step=STEP, recursive=False):
        yield {path for _, path in batch}


def _start_anew() -> None:
    print("the code has changed: starting anew", flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "hwgen", *sys.argv[1:]])


@dataclasses.dataclass
class _Watcher:
    """What is known since the last good build, the verdicts of that one, and those of the last build of all."""

    request: pipeline.Request
    known: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    good: Mapping[str, str] = dataclasses.field(default_factory=dict)
    verdicts: dict[str, str] = dataclasses.field(default_factory=dict)

    def build(self) -> None:
        """One build, in the short way if it can be; never raises for what an author can write."""
        started = time.perf_counter()
        try:
            lines = self._short() or self._full()
        except HwgenError as error:
            lines = [told(error, self.request.root), "nothing built; the last good page is kept"]
        except Exception as error:  # the watcher outlives whatever a half-saved file leads to
            lines = [f"{type(error).__name__}: {error}", "nothing built; the last good page is kept"]
        seconds = time.perf_counter() - started
        print("\n".join(lines).replace("BUILT", f"built in {seconds:.2f} s"), flush=True)

    def _short(self) -> list[str]:
        if not self.known:
            return []
        who = student(self.request.root, self.request.nom, self.request.prenom, self.request.version)
        again = recall.again(self.known, who, self._press)
        if again is None:
            return []
        return [*self._changed(self.good), *(f"warning: {one}" for one in again.warnings), f"BUILT: {OUTPUT}"]

    def _full(self) -> list[str]:
        document = pipeline.read(self.request)
        built = pipeline.pdf(document, press=self._press, wrong=False)
        now = {finding.name: finding.verdict.name for finding in built.ledger.findings}
        lines = [*self._changed(now)]
        for finding in built.ledger.short:
            lines.append(with_line(report.complaint(finding), finding.formula.place, self.request.root))
        if built.pdf is None:
            return [*lines, "nothing built; the last good page is kept"]
        self.known, self.good = pipeline.state(document, built, ()), now
        return [*lines, *(f"warning: {one}" for one in built.warnings), f"BUILT: {OUTPUT}"]

    def _press(self, filled: Rendered, formulas: Sequence[Formula], root: Path, output: Path, draft: Any = None) -> Sequence[str]:
        del output, draft
        return typeset.quickly(filled, formulas, root, root / OUTPUT)

    def _changed(self, now: Mapping[str, str]) -> Iterator[str]:
        """The verdicts that are not what they were."""
        for name, verdict in now.items():
            before = self.verdicts.get(name)
            if before not in {None, verdict}:
                yield f"{name}: {before} is now {verdict}"
        self.verdicts |= now
