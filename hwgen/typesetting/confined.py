"""What a page was made with: files of the homework and of the TeX installation, by where they lie and not by their names."""

from __future__ import annotations

from hwgen.model.errors import ContentError
from hwgen.page import folders
from hwgen.page.rendered import Rendered
from hwgen.typesetting import formats, installation, last, process, unwatched
from hwgen.typesetting.workplace import FOLDER, Workplace

FOREIGN = "LaTeX read this file, outside of the homework; expected its own, and those of the TeX installation. Copy it into the homework"
OURS = "written by the build itself, which would read it as the last one left it; expected a file of yours"


def refuse(place: Workplace, jobname: str, filled: Rendered, preamble: str = "") -> None:
    """Raises ContentError if the page, or its `preamble`, read what is none of these, or nobody can tell.

    A precompiled preamble was read by another run, in a folder of that one.
    """
    own = last.read(place, jobname)
    before = formats.inputs(place.root / FOLDER / f"{preamble}.fls") if preamble else set[str]()
    # The only link that a run makes for itself.
    fed = {f"{place.path}/{jobname}.tex"} if process.is_fed(place, jobname) else set[str]()
    if found := installation.foreign(place.root, (own | before) - fed):
        raise ContentError(f"{found[0]}: {FOREIGN}")
    if strange := formats.strange(folders.names(place.root)):
        raise ContentError(f"{strange[0]!r}: a name with a control character, or not in UTF-8; LaTeX's list cannot tell it. Rename it")
    unwatched.refuse(filled, {name: _text(place, name) for name in last.read_of_the_homework(place, jobname)})
    ours = unwatched.written_by_a_build(place, own, {f"{FOLDER}/{preamble}.fmt"} if preamble else ())
    if preamble:
        ours += unwatched.written_by_a_build(place, before, formats.given(place.root, preamble))
    if ours:
        raise ContentError(f"{ours[0]}: {OURS}")
    record = place.file(f"{jobname}.fls")
    if not formats.is_whole(record):
        raise ContentError(f"{record.name}: written by the page itself; expected LaTeX's own list of what it read")


def _text(place: Workplace, name: str) -> str:
    path = place.root / name
    return path.read_text(errors="replace") if path.exists() else ""
