r"""LaTeX to PDF: a run on one text, its errors at template lines, and what was typeset compared with what was read.

A run begins before anybody knows whether its page is wanted: LaTeX works while the claims are judged, and a page that turns out
to be wrong is abandoned unseen.
"""

from __future__ import annotations

import dataclasses
import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from hwgen.model import Formula, Place
from hwgen.model.errors import ContentErrors, InputError, LatexError
from hwgen.page import redefinitions
from hwgen.page.template import Rendered
from hwgen.typesetting import made, process, style, synctex, whole
from hwgen.typesetting.log import LogError, first_error, warnings
from hwgen.typesetting.process import FOLDER, Pass

SETTLED = "settled.json"
JOBNAME, PREVIEW = "solution", "preview"
# What one pass hands to the next; when a pass leaves it as it was, the references are settled.
CARRIED = ("aux", "out", "toc")
MOST_PASSES = 6


@dataclass
class Run:
    """LaTeX at work on one text; to be finished, or abandoned by leaving its `with`. Another run in the same folder waits for it.

    `again` begins a further pass; `under_way` is the present one, None if the last run's answer still holds. `source` is what TeX
    calls the text, `good` what the last good run handed on, `preamble` the format that the text goes on from.
    """

    filled: Rendered
    root: Path
    jobname: str
    source: str
    text: str
    again: Callable[[], Pass]
    lock: TextIO
    under_way: Pass | None = None
    before: Sequence[bytes] = ()
    good: Mapping[str, bytes] = field(default_factory=dict)
    over: bool = False
    preamble: str = ""
    began: int = 0

    def finish(self, formulas: Sequence[Formula], output: Path) -> Sequence[str]:
        """The page, complete and compared with what was read, under its final name; LaTeX's warnings that matter.

        Raises LatexError or ContentErrors at the template line.
        """
        with self:
            if self.under_way:
                still = self._still(self.under_way)
                self.under_way = None
                _stamp(self.root, self.jobname).write_text(json.dumps(_state(self.root, self.jobname) if still else {}))
            style.loaded(_inputs(self.root, self.preamble or self.jobname))
            log = _read(self._file("log"))
            record = _read(self._file("checked"))
            page = made.Typeset(self._file("pdf"), made.records(record), tuple(warnings(log, self.filled)))
            self._whole(log)
            changed = tuple(redefinitions.redefined(formulas, record))
            if changed:
                raise ContentErrors(changed)
            made.compare(formulas, page)
            made.publish(page, output)
        return page.warnings

    def link(self, output: Path) -> None:
        """Lead from the page that was published back to the templates."""
        synctex.publish(self._file("pdf"), self.filled, self.root, output, self.source)

    def is_on(self, text: str) -> bool:
        """Whether this run is making the page of that text."""
        return not self.over and self.text == text

    def _file(self, ending: str) -> Path:
        return self.root / FOLDER / f"{self.jobname}.{ending}"

    def _carried(self) -> list[bytes]:
        return [_bytes(self._file(ending)) for ending in CARRIED]

    def _still(self, first: Pass) -> bool:
        """Make the page, once again where a file was saved that a pass may have read before; whether nothing moved in the end."""
        self._passes(first)
        if self._moved():
            self._passes(self._pass())
            return not self._moved()
        return True

    def _moved(self) -> list[str]:
        """The files of the project that were saved since the last pass began."""
        ours = str(FOLDER)
        read = [name for name in _inputs(self.root, self.jobname) if not name.startswith("/") and not name.startswith(ours)]
        return [name for name in read if _saved(self.root / name) >= self.began]

    def _pass(self, waiting: Pass | None = None) -> Pass:
        """Begin a further pass; what it reads was last saved before it, by the clock of the file system."""
        os.utime(self.lock.fileno())
        self.began = os.fstat(self.lock.fileno()).st_ctime_ns
        self.under_way = waiting or self.again()
        return self.under_way

    def _passes(self, one: Pass) -> None:
        for _ in range(MOST_PASSES):
            if not one.wait():
                one = self._without_carried(one)
            now = self._carried()
            if now == self.before:
                return
            self.before = now
            one = self._pass()

    def _without_carried(self, one: Pass) -> Pass:
        """The failed pass once more, from the source alone, since what it was handed may be damaged or of other packages.

        Raises LatexError if that fails too.
        """
        if not any(self.before):
            raise self._failure(one)
        _forget(self.root / FOLDER, self.jobname, {})
        self.good, self.before = {}, self._carried()
        again = self._pass()
        if not again.wait():
            raise self._failure(again)
        return again

    def _whole(self, log: str) -> None:
        said = whole.broken(self._file("pdf"), log)
        if said:
            _stamp(self.root, self.jobname).unlink(missing_ok=True)
            raise LatexError(f"{self._file('pdf')}: {said}; expected the file that LaTeX said it wrote. Build again")

    def _failure(self, one: Pass) -> LatexError:
        error = first_error(_read(self._file("log")), self.filled, self.source)
        if error is None:
            return LatexError(f"LaTeX failed without naming a line; its last words:\n{_read(one.said)[-800:]}")
        return LatexError(error.message, _in_template(error, self.root))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not self.over:
            self.over = True
            if self.under_way:
                self.under_way.stop()
                _forget(self.root / FOLDER, self.jobname, self.good)
                if self.good:
                    _stamp(self.root, self.jobname).write_text("{}")
            fcntl.flock(self.lock, fcntl.LOCK_UN)
            self.lock.close()


Begin = Callable[[Rendered, Path, Collection[str] | None], Run]


def begin(filled: Rendered, root: Path, draft: Collection[str] | None = None) -> Run:
    """Begin the page that is handed in, with the plain engine; at once finished if nothing that LaTeX reads has changed.

    A draft marks every page, and the claims that it names. Raises InputError where LaTeX is missing.
    """

    def held() -> Pass:
        # LaTeX holds the lock too: should this process be killed alone, the next run waits until nobody writes here.
        return process.from_file(root, JOBNAME, run.lock.fileno())

    run = _run(filled, root, JOBNAME, f"{JOBNAME}.tex", marked(filled, draft), held)
    source = root / FOLDER / run.source
    if not source.exists() or source.read_text() != run.text:
        source.write_text(run.text)
    if not _settled(root, JOBNAME):
        _first(run)
    return run


def taking_over(earlier: Run | None, afresh: Begin) -> Begin:
    """As `afresh`, but an earlier run that is on the very text goes on; on any other text it is abandoned."""

    def taken(filled: Rendered, root: Path, draft: Collection[str] | None = None) -> Run:
        if earlier and earlier.is_on(marked(filled, draft)):
            return earlier
        if earlier:
            earlier.__exit__(None, None, None)
        return afresh(filled, root, draft)

    return taken


class Preview:
    """For a look in between: a precompiled preamble where that works, and a process that has read it and waits for the text."""

    def __init__(self) -> None:
        self.preamble = ""
        self.waiting: Pass | None = None

    def begin(self, filled: Rendered, root: Path, draft: Collection[str] | None = None) -> Run:
        """Begin a page with the process that waits, or with a new one if the preamble is another."""

        def fed() -> Pass:
            one = process.from_pipe(root, PREVIEW, self.preamble)
            process.feed(one, run.text)
            return one

        run = _run(filled, root, PREVIEW, f"{PREVIEW}.tex", marked(filled, draft), fed)
        preamble = run.preamble = process.precompiled(root, marked(filled, None), _packages(root))
        if self.waiting and self.preamble == preamble and self.waiting.process.poll() is None:
            waiting, self.waiting = self.waiting, None
            _first(run, waiting)
            process.feed(waiting, run.text)
        else:
            self.close()
            self.preamble = preamble
            _first(run)
        return run

    def ready(self, root: Path) -> None:
        """Have a process that waits for the next text."""
        if self.preamble and not self.waiting:
            self.waiting = process.from_pipe(root, PREVIEW, self.preamble)

    def close(self) -> None:
        """End the process that waits."""
        if self.waiting:
            self.waiting.stop()
            self.waiting = None


def _run(filled: Rendered, root: Path, jobname: str, source: str, text: str, again: Callable[[], Pass]) -> Run:
    """A run that has the folder for itself and has not begun."""
    if not process.found():
        raise InputError("LaTeX not found: expected pdflatex on the path; run sh setup.sh")
    style.alone(root)
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    lock = (root / FOLDER / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return Run(filled, root, jobname, source, text, again, lock)


def _first(run: Run, waiting: Pass | None = None) -> None:
    """The first pass; what an interrupted run left behind is not built upon."""
    stamp = _stamp(run.root, run.jobname)
    carried = run._carried()
    if stamp.exists():
        run.good = dict(zip(CARRIED, carried, strict=True))
        stamp.unlink()
    else:
        _forget(run.root / FOLDER, run.jobname, {})
    run.before = run._carried()
    run._pass(waiting)


def _stamp(root: Path, jobname: str) -> Path:
    """The file that says that the last run of its name ended well."""
    return root / FOLDER / f"{jobname}.{SETTLED}"


def _settled(root: Path, jobname: str) -> bool:
    """Whether the last run is still the answer: every file of the project that it read, and what it wrote, are as they were."""
    try:
        remembered = json.loads(_stamp(root, jobname).read_text())
    except (OSError, ValueError):
        return False
    return bool(remembered == _state(root, jobname))


def _state(root: Path, jobname: str) -> dict[str, str]:
    """The digests of the files of the project that the last pass read, of those it wrote, and the age of the engine."""
    own = sorted(name for name in _inputs(root, jobname) if not name.startswith("/") and not name.endswith(CARRIED))
    written = [str(FOLDER / f"{jobname}.{ending}") for ending in ("pdf", "checked", "log")]
    digests = {name: hashlib.sha256(_bytes(root / name)).hexdigest() for name in [*own, *written]}
    return {**digests, "engine": process.age(), "hwgen.sty": style.digest()}


def _inputs(root: Path, jobname: str) -> set[str]:
    """The files that the last pass read."""
    lines = _read(root / FOLDER / f"{jobname}.fls").splitlines()
    return {line.removeprefix("INPUT ") for line in lines if line.startswith("INPUT ")}


def own_inputs(root: Path) -> list[str]:
    """The files of the homework that the page that is handed in was made with, but the text itself."""
    found = {os.path.normpath(name) for name in _inputs(root, JOBNAME) if not name.startswith("/")}
    return sorted(name for name in found if not name.startswith(f"{FOLDER}/") and (root / name).is_file())


def _packages(root: Path) -> set[str]:
    """The classes and packages that the page that is handed in is made with."""
    return {name for name in _inputs(root, JOBNAME) if name.endswith((".sty", ".cls", ".clo"))}


def marked(filled: Rendered, draft: Collection[str] | None) -> str:
    """What LaTeX is given; what is defined for it goes before its first line, so that no line moves."""
    if draft is None:
        return redefinitions.kept(filled) + filled.text
    names = "".join(rf"\expandafter\def\csname hwgenshort@{name}\endcsname{{}}" for name in sorted(draft))
    return rf"\def\hwgendraft{{}}{names}{redefinitions.kept(filled)}{filled.text}"


def _saved(path: Path) -> int:
    """When a file was last written, replaced or removed, as only the system sets it."""
    return path.stat().st_ctime_ns if path.exists() else 1 << 63


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _read(path: Path) -> str:
    return path.read_text(errors="replace") if path.exists() else ""


def _forget(folder: Path, jobname: str, good: Mapping[str, bytes]) -> None:
    """Nothing of a failure is built upon: the next run starts from the source, and from what the last good run handed on."""
    for ending in (*CARRIED, "fls", "checked"):
        (folder / f"{jobname}.{ending}").unlink(missing_ok=True)
    for ending, data in good.items():
        (folder / f"{jobname}.{ending}").write_bytes(data)


def _in_template(error: LogError, root: Path) -> Place:
    """The column in the template's own line, where values have not been filled in yet."""
    place, column = error.place, error.place.column
    if column is None:
        return place
    try:
        line = (root / place.file).read_text().split("\n")[place.line - 1]
    except (OSError, IndexError):
        return dataclasses.replace(place, column=None)
    for width in (24, 12, 6, 3):
        found = line.find(error.source[column - 1 : column - 1 + width])
        if found >= 0 and error.source[column - 1 :]:
            return dataclasses.replace(place, column=found + 1)
    return place if column <= len(line) + 1 else dataclasses.replace(place, column=None)
