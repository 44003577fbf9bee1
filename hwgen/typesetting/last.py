"""What the last good run of a name left in build/tex, for the next one: what a pass hands on, and the page if it still holds.

Its files are those of one run: whoever calls this has the lock of the page, and a mark that goes first and comes last tells a
set that is whole, and of this machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from hwgen.page import files, folders, signature
from hwgen.typesetting import installation, style
from hwgen.typesetting.formats import inputs
from hwgen.typesetting.workplace import FOLDER, LOCK, Workplace

JOBNAME, PREVIEW = "solution", "preview"
SETTLED = "settled.json"
MADE = ("pdf", "checked", "log", "fls")
LINKS = ("synctex", "synctex.gz")
# What of a name's files a pass does not hand to the next. All others it does, whatever package writes them (.aux, .toc, .lof, .brf …).
_NOT_CARRIED = frozenset(("tex", *MADE, *LINKS, SETTLED, "said", "read", "stamp", "fmt", "failed.log"))


def carry(place: Workplace, jobname: str) -> bool:
    """Copy in what the last good run left; whether its page is still the answer to the text that is in the workplace.

    LaTeX reads what is carried as its own: only what this machine signed is, and a stranger's build/ is as none.
    """
    remembered = _remembered(_mark(place.root, jobname))
    _copy_in(place, remembered.get("files", {}))
    return bool(remembered.get("state")) and remembered["state"] == _state(place, jobname)


def hand_on(place: Workplace, jobname: str) -> None:
    """Copy in what a pass of the last good run handed to the next, and nothing that was made for a reader."""
    handed = _remembered(_mark(place.root, jobname)).get("files", {})
    _copy_in(place, {name: digest for name, digest in handed.items() if _is_carried(Path(name), jobname)})


def text_of(root: Path, jobname: str) -> str:
    """The text that the last settled page of that name was made of, on this machine; empty where there is none."""
    data = _regular(root / FOLDER / f"{jobname}.tex") or b""
    known = _remembered(_mark(root, jobname)).get("state") or {}
    return data.decode() if known.get("tex") == hashlib.sha256(data).hexdigest() else ""


def _copy_in(place: Workplace, digests: Mapping[str, str]) -> None:
    for name, digest in digests.items():
        data = _regular(place.root / FOLDER / name)
        if data is not None and hashlib.sha256(data).hexdigest() == digest:
            place.file(name).write_bytes(data)


def keep(place: Workplace, jobname: str, read_before: Iterable[str] = (), *, settled: bool) -> None:
    """Leave the files of a run that went well to the next one; the page too is the answer, if nothing moved while it was made.

    What was `read_before`, for a precompiled preamble, is watched as what the run itself read.
    """
    mark = _mark(place.root, jobname)
    # Gone first: should this be killed between two files, the next run finds a set without a mark, and begins anew.
    mark.unlink(missing_ok=True)
    carried = {path.name for folder in (place.root / place.path, place.root / FOLDER) for path in _carried(folder, jobname)}
    handed = {*carried, *(f"{jobname}.{ending}" for ending in (MADE if settled else ()))}
    digests = {}
    for name in (*(f"{jobname}.{ending}" for ending in ("tex", *MADE, *LINKS)), *sorted(carried)):
        made, kept = _regular(place.file(name)), place.root / FOLDER / name
        if made is None:
            kept.unlink(missing_ok=True)
            continue
        files.write(kept, made)
        if name in handed:
            digests[name] = hashlib.sha256(made).hexdigest()
    known = {"files": digests, "state": _state(place, jobname) if settled else {}}
    files.write(mark, signature.signed(json.dumps(known).encode()))
    files.write(place.root / FOLDER / f"{jobname}.read", "\n".join(_watched(place.root, {*read(place, jobname), *read_before})))


def _regular(path: Path) -> bytes | None:
    """What a file holds; None where it is none of its own, but a link, a pipe, or not there."""
    try:
        return path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else None
    except FileNotFoundError:
        return None


def handed_on(place: Workplace, jobname: str) -> dict[str, bytes]:
    """What a pass leaves to the next, by name: all it wrote but what is made for a reader; when it stays the same, the page is settled."""
    others = [path for path in (place.root / place.path).iterdir() if path.is_file() and not path.is_symlink()]
    # By name, whatever package wrote it: a list of endings would miss that of the next package.
    left = [path for path in others if path.name != LOCK and (not path.name.startswith(f"{jobname}.") or _is_carried(path, jobname))]
    return {path.name: path.read_bytes() for path in sorted(left)}


def _carried(folder: Path, jobname: str) -> list[Path]:
    """The files of a name that one pass hands to the next, and the last run to this one."""
    return sorted(path for path in folder.glob(f"{jobname}.*") if path.is_file() and _is_carried(path, jobname))


def _is_carried(path: Path, jobname: str) -> bool:
    return path.name.removeprefix(f"{jobname}.") not in _NOT_CARRIED


def forget(root: Path, jobname: str) -> None:
    """Nothing is built upon what that name left."""
    _mark(root, jobname).unlink(missing_ok=True)


def read(place: Workplace, jobname: str) -> set[str]:
    """The files that the last pass read."""
    return inputs(place.file(f"{jobname}.fls"))


def read_of_the_homework(place: Workplace, jobname: str) -> list[str]:
    """Those of them that are the author's, by their paths from the homework's root."""
    return _own(read(place, jobname))


def _own(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if not name.startswith(("/", f"{FOLDER}/")))


def own_inputs(root: Path) -> list[str]:
    """The files of the homework that the page that is handed in was made with, but the text itself."""
    found = {os.path.normpath(name) for name in inputs(root / FOLDER / f"{JOBNAME}.fls") if not name.startswith("/")}
    return sorted(name for name in found if not name.startswith(f"{FOLDER}/") and (root / name).is_file())


def _watched(root: Path, inputs: Collection[str]) -> list[str]:
    """All that tells of a change: the author's files that were read, and what stands outside."""
    return [*sorted({os.path.normpath(name) for name in _own(inputs)}), *installation.watched(root, inputs)]


def _mark(root: Path, jobname: str) -> Path:
    """The file that says that the last run of its name ended well."""
    return root / FOLDER / f"{jobname}.{SETTLED}"


def _remembered(mark: Path) -> dict[str, Any]:
    """What the mark says; nothing where it is damaged, or was made by another machine."""
    data = signature.opened(_regular(mark) or b"")
    return dict(json.loads(data)) if data else {}


def _state(place: Workplace, jobname: str) -> Mapping[str, str]:
    """The digests of the text, of the author's files that the last pass read, of what it wrote, and of all that stands outside.

    The names in the homework's folders too: a file that was looked for, and was not there, is in no list of what was read.
    """
    own = {name: _digest(place.root / name) for name in read_of_the_homework(place, jobname)}
    # What was made counts too: a page that somebody replaced is not the one that was settled.
    made = {ending: _digest(place.file(f"{jobname}.{ending}")) for ending in ("tex", *MADE)}
    outside = installation.stamp(place.root, read(place, jobname))
    return {**own, **made, "outside": outside, "names": _named(place.root), style.STYLE.name: style.digest()}


def around(place: Workplace) -> object:
    """All that LaTeX may look for and not find: names in the homework's folders, but for figures, and the folders that it searches."""
    names = [name for name in folders.names(place.root) if not name.startswith("figures/")]
    return names, installation.searched(place.root)


def _named(root: Path) -> str:
    return hashlib.sha256("\0".join(folders.names(root)).encode(errors="surrogateescape")).hexdigest()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
