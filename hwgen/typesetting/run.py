r"""LaTeX to PDF: a run on one text, its errors at template lines, and what was typeset compared with what was read.

A run begins before anybody knows whether its page is wanted: LaTeX works while the claims are judged, and a page that turns out
to be wrong is abandoned unseen. What the last good run left is touched only by the next one that goes well.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from hwgen.freshness.stamps import stamp
from hwgen.guards import redefinitions, shown
from hwgen.model import Formula
from hwgen.model.errors import ContentErrors, InputError, LatexError
from hwgen.page import files
from hwgen.page.rendered import Rendered
from hwgen.typesetting import beside, confined, formats, last, made, noted, packages, process, scripts, style, synctex, whole
from hwgen.typesetting.last import JOBNAME
from hwgen.typesetting.log import first_error, undrawn, warnings
from hwgen.typesetting.process import Pass
from hwgen.typesetting.workplace import FOLDER, Workplace, printing, taken

if TYPE_CHECKING:
    from hwgen.typesetting.ahead import Ahead

MOST_PASSES = 6


@dataclass
class Run:
    """LaTeX at work on one text in a folder of its own; to be finished, or abandoned by leaving its `with`.

    While it lasts, no other process draws figures of this homework or makes its page: `lock`.

    `again` begins a further pass; `under_way` is the present one, None if the last run's answer still holds; `preamble` is the
    format that the text goes on from.
    """

    filled: Rendered
    lock: TextIO
    place: Workplace
    jobname: str
    text: str
    again: Callable[[Run], Pass]
    under_way: Pass | None = None
    before: Mapping[str, bytes] = field(default_factory=dict)
    over: bool = False
    preamble: str = ""
    began: int = 0
    around: object = None
    unsettled: Sequence[str] = ()
    written: set[str] = field(default_factory=set)
    left: Sequence[int] = ()
    ahead: Ahead | None = None

    def finish(self, formulas: Sequence[Formula], output: Path, last_touch: Callable[[bytes], bytes] = bytes) -> Sequence[str]:
        """The page, complete and compared with what was read, under its final name; LaTeX's warnings that matter.

        `last_touch` makes of LaTeX's PDF the one that is published, while no other build makes its page.
        Raises LatexError or ContentErrors at the template line.
        """
        with self:
            still = self._still()
            # Before anything that came of it: a page that read what it must not is not looked at.
            confined.refuse(self.place, self.jobname, self.filled, self.preamble)
            style.loaded(self._read())
            log, record = _text(self._file("log")), _text(self._file("checked"))
            beside.refuse(self.filled, self.place, (self.jobname, self.preamble), formulas)
            self._whole(log)
            if self.under_way:
                self.under_way = None
                settled = still and not self.unsettled and not self._file("tex").is_symlink()
                last.keep(self.place, self.jobname, self._read(), settled=settled)
                # What came between the last look and the state that was kept is in that state.
                if settled and self._moved():
                    last.forget(self.place.root, self.jobname)
            page = made.Typeset(self._file("pdf"), made.records(record), (*self._changing(), *warnings(log, self.filled)))
            if changed := (*redefinitions.redefined(formulas, record), *shown.misshown(formulas, record)):
                raise ContentErrors(changed)
            made.compare(formulas, page)
            noted.forget(self.place.root, output)
            made.publish(page, output, last_touch)
            self.left = stamp(str(self._kept()))
        return page.warnings

    def link(self, output: Path) -> None:
        """Lead from the page that was published back to the templates, and keep what LaTeX noted, unless another run has come since."""
        with printing(self.place.root, quietly=True):
            if stamp(str(self._kept())) == self.left:
                synctex.publish(self._kept(), self.filled, self.place.root, output, f"{self.jobname}.tex")
                noted.keep(self.place.root, self.jobname, self.filled, output)

    def _kept(self) -> Path:
        """The PDF that this run, or another one of its name, has left to the next."""
        return self.place.root / FOLDER / f"{self.jobname}.pdf"

    def is_on(self, text: str) -> bool:
        """Whether this run is making the page of that text."""
        return not self.over and self.text == text

    def first(self, waiting: Pass | None = None) -> None:
        """Begin, with a pass that waits for its text if there is one."""
        self.before = self._carried()
        self._pass(waiting)

    def go_on(self, ahead: Ahead) -> None:
        """Begin with a pass that has read the preamble already."""
        self.ahead, self.before, self.under_way = ahead, ahead.before, ahead.one
        self.began, self.around = ahead.began, ahead.around
        ahead.feed(self.text)

    def _file(self, ending: str) -> Path:
        return self.place.file(f"{self.jobname}.{ending}")

    def _carried(self) -> Mapping[str, bytes]:
        return last.handed_on(self.place, self.jobname)

    def _read(self) -> set[str]:
        """All that was read for the page, its preamble too."""
        return formats.inputs(self.place.root / FOLDER / f"{self.preamble}.fls") if self.preamble else last.read(self.place, self.jobname)

    def _still(self) -> bool:
        """Make the page, once again where a file was saved that a pass may have read before; whether nothing moved in the end."""
        if self.under_way is None:
            return True
        self._passes(self.under_way)
        # Nobody knows whether a pass read a file before or after it was saved; so the time decides, not the content.
        if self._moved():
            self._passes(self._pass())
            return not self._moved()
        return True

    def _changing(self) -> list[str]:
        said = f"the page is not settled: each of {MOST_PASSES} passes left something else to the next one in"
        return [f"{said} {', '.join(self.unsettled)}; expected what it writes there to stay the same"] if self.unsettled else []

    def _moved(self) -> bool:
        """Whether a file was saved since the last pass began, which read it; or one came or went that it may have looked for."""
        read = [name for name in last.read(self.place, self.jobname) if not name.startswith(f"{FOLDER}/")]
        return any(_saved(self.place.root / name) >= self.began for name in read) or last.around(self.place) != self.around

    def _pass(self, waiting: Pass | None = None) -> Pass:
        """Begin a further pass; what it reads was last saved before it, by the clock of the file system."""
        self.began, self.around = self.place.now(), last.around(self.place)
        self.under_way = waiting or self.again(self)
        return self.under_way

    def _passes(self, one: Pass) -> None:
        for number in range(MOST_PASSES):
            if not one.wait():
                one = self._without_carried(one)
            elif self.ahead and self.ahead.one is one and self.ahead.read_again():
                self.before, one = self._carried(), self._pass()
                continue
            self._without_orphans()
            now, before = self._carried(), self.before
            self.before = now
            # Of the first pass, `before` is what the last run left: a pass that hands on just that is settled, and the only one.
            self.unsettled = sorted(name for name in {*now, *before} if now.get(name) != before.get(name))
            if not self.unsettled:
                return
            if number < MOST_PASSES - 1:
                one = self._pass()

    def _without_orphans(self) -> None:
        """What an earlier run left and no pass of this one wrote goes: the page would depend on what it once was."""
        self.written |= formats.outputs(self._file("fls"))
        for name in set(self.before) - self.written:
            self.place.file(name).unlink(missing_ok=True)

    def _without_carried(self, one: Pass) -> Pass:
        """The failed pass once more, from the source alone: what it was handed may be damaged. Raises LatexError if that fails too."""
        if not any(self.before):
            raise self._failure(one)
        for name in self.before:
            self.place.file(name).unlink(missing_ok=True)
        self.before = self._carried()
        again = self._pass()
        if not again.wait():
            raise self._failure(again)
        return again

    def _whole(self, log: str) -> None:
        said = whole.broken(self._file("pdf"), log)
        if said:
            last.forget(self.place.root, self.jobname)
            raise LatexError(f"{self._file('pdf').name}: {said}; expected the file that LaTeX said it wrote. Build again")

    def _failure(self, one: Pass) -> LatexError:
        log = _text(self._file("log"))
        files.write(self.place.root / FOLDER / f"{self.jobname}.failed.log", log)
        error = first_error(log, self.filled, f"{self.jobname}.tex")
        if error is None:
            said = f"LaTeX failed without naming a line; its last words:\n{_text(one.said)[-800:]}"
            return LatexError(undrawn(log) or said)
        lacking = packages.lacking(error.message)
        if lacking:
            return LatexError(*packages.told(lacking, self.place.root, self.filled))
        return LatexError(error.message, error.place)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not self.over:
            self.over = True
            if self.under_way:
                self.under_way.stop()
            self.place.close()
            self.lock.close()


Begin = Callable[[Rendered, Path, Collection[str] | None], Run]


def begin(filled: Rendered, root: Path, draft: Collection[str] | None = None) -> Run:
    """Begin the page that is handed in, with the plain engine; at once finished if nothing that LaTeX reads has changed.

    A draft marks every page, and the claims that it names. Raises InputError where LaTeX is missing.
    """
    possible(root)
    lock = printing(root)
    run = Run(filled, lock, taken(root), JOBNAME, marked(filled, draft), lambda one: process.from_file(one.place, JOBNAME))
    with given_up_on_failure(run):
        run.place.file(f"{JOBNAME}.tex").write_text(run.text)
        if not last.carry(run.place, JOBNAME):
            run.first()
    return run


@contextlib.contextmanager
def given_up_on_failure(run: Run) -> Iterator[None]:
    """What goes wrong before anybody has the run leaves nothing of it behind."""
    try:
        yield
    except BaseException:
        run.__exit__(None, None, None)
        raise


def taking_over(earlier: Run | None, afresh: Begin) -> Begin:
    """As `afresh`, but an earlier run that is on the very text goes on; on any other text it is abandoned."""

    def taken(filled: Rendered, root: Path, draft: Collection[str] | None = None) -> Run:
        if earlier and earlier.is_on(marked(filled, draft)):
            return earlier
        if earlier:
            earlier.__exit__(None, None, None)
        return afresh(filled, root, draft)

    return taken


def possible(root: Path) -> None:
    """Raises InputError where LaTeX is missing, ContentError where its half of the engine is hidden by another file."""
    if not process.found():
        raise InputError("LaTeX not found: expected pdflatex on the path; run sh setup.sh")
    style.alone(root)


def marked(filled: Rendered, draft: Collection[str] | None) -> str:
    """What LaTeX is given; what is defined for it goes before its first line, so that no line moves."""
    if draft is None:
        return scripts.declared(filled.text) + redefinitions.kept(filled) + filled.text
    names = "".join(rf"\expandafter\def\csname hwgenshort@{name}\endcsname{{}}" for name in sorted(draft))
    return rf"\def\hwgendraft{{}}{names}{scripts.declared(filled.text)}{redefinitions.kept(filled)}{filled.text}"


def _saved(path: Path) -> int:
    """When a file was last written, replaced or removed, as only the system sets it."""
    # One that is gone was changed after all others.
    return path.stat().st_ctime_ns if path.exists() else 1 << 63


def _text(path: Path) -> str:
    return path.read_text(errors="replace") if path.exists() else ""
