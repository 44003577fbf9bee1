r"""LaTeX at work on the preamble of the last page, before anybody has read the templates: where the next page begins alike, it goes on.

It reads the same text with the same engine in a folder of its own, and waits for the rest of it at the end of the preamble. On any
other text it is stopped. Little is imported here, and no noun: reading the preamble takes as long as importing the rest of a build.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from hwgen.page import files
from hwgen.typesetting import formats, last, process
from hwgen.typesetting.last import JOBNAME
from hwgen.typesetting.process import Pass
from hwgen.typesetting.workplace import Workplace, printing, taken

if TYPE_CHECKING:
    from hwgen.page.rendered import Rendered
    from hwgen.typesetting.run import Begin, Run

DOCUMENT = r"\begin{document}"
# Bytes that a pipe takes, whether or not somebody reads them.
AT_ONCE = 1 << 15


@dataclass
class Ahead:
    """A process that has been given the `head` of the last page's text; `before` is what that page left for it.

    `began` is when it began, `around` what it may look for, then.
    """

    lock: TextIO
    place: Workplace
    head: str
    last: str
    one: Pass
    before: Mapping[str, bytes]
    began: int
    around: object
    taken: bool = False

    def fits(self, text: str) -> bool:
        """Whether it can go on with this text; of the very text of the last page the page may still hold, which is faster."""
        return not self.taken and text != self.last and text.startswith(self.head) and self.one.process.poll() is None

    def feed(self, text: str) -> None:
        """Give it the rest, and leave the whole where further passes read it; it is another's to stop from now on."""
        self.taken = True
        process.feed(self.one, text.removeprefix(self.head))
        files.write(self.place.file(f"{JOBNAME}.tex"), text)

    def read_again(self) -> bool:
        """Whether the page opened its own text a second time, of which a pipe holds nothing any more."""
        name = f"{self.place.path}/{JOBNAME}.tex"
        return formats.times(self.place.file(f"{JOBNAME}.fls"), name) > 1

    def stop(self) -> None:
        """End it now, unless somebody has taken it over."""
        if not self.taken:
            self.taken = True
            self.one.stop()
            self.place.close()
            self.lock.close()


def begun(root: Path) -> Ahead | None:
    """LaTeX at the preamble of the page that was handed in last; None where nothing is known of it, or nothing may be written."""
    text = _last(root)
    head, begins, _ = text.partition(DOCUMENT)
    # A first line that names a format is read by LaTeX before all others, which a pipe does not allow.
    if not begins or len(head.encode()) > AT_ONCE or head.startswith("%&") or not process.found():
        return None
    with contextlib.ExitStack() as undone:
        lock = undone.enter_context(contextlib.closing(printing(root)))
        place = undone.enter_context(contextlib.closing(taken(root)))
        last.hand_on(place, JOBNAME)
        before, began, around = last.handed_on(place, JOBNAME), place.now(), last.around(place)
        found = Ahead(lock, place, head, text, process.from_pipe(place, JOBNAME, like_a_file=True), before, began, around)
        undone.pop_all()
    process.begin_to_feed(found.one, head)
    return found


def _last(root: Path) -> str:
    """The text of the last page; empty where there is none that this machine made."""
    try:
        return last.text_of(root, JOBNAME) if files.is_kept_inside(root) else ""
    except (OSError, ValueError):
        return ""


def going_on(ahead: Ahead | None) -> Begin:
    """As `run.begin`, but with the pass that is ahead, where that fits; where it does not, it is stopped."""
    from hwgen.typesetting import run

    def begin(filled: Rendered, root: Path, draft: Collection[str] | None = None) -> Run:
        text = run.marked(filled, draft)
        if ahead is None or not ahead.fits(text):
            if ahead:
                ahead.stop()
            return run.begin(filled, root, draft)
        run.possible(root)
        made = run.Run(filled, ahead.lock, ahead.place, JOBNAME, text, lambda one: process.from_file(one.place, JOBNAME))
        with run.given_up_on_failure(made):
            made.go_on(ahead)
        return made

    return begin
