"""When each result was last computed, and what made it stale: the parts of its key, compared with those of the time before.

In the file each part is written once, as results have most of theirs in common, and results name them by their numbers.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from hwgen.freshness.dependencies import digest
from hwgen.page import remembered

# A part of a key, as its name and the beginning of its digest.
Part = tuple[str, str]
# Of a variable without a value nothing is told: which result a library that is loaded asks for, differs from run to run.
UNSET = digest()
FILE, FILES = "history.json", "reads.json"
SHOWN = 4
DECLARED = "its "  # before what an author declares of a noun, in the names of parts
LONGEST = 72  # letters of a result's label in a line


def remember(folder: Path, computed: Mapping[str, Mapping[str, str]], fallen: Collection[str] = ()) -> None:
    """Note that these results were computed now, from these parts; those that are `fallen` short are not stored."""
    said, known = _read(folder)
    numbers = {part: number for number, part in enumerate(said)}
    for label, parts in computed.items():
        digests = {name: digest(part)[:12] for name, part in parts.items() if part != UNSET}
        before = known.get(label)
        why = _why(before and {**before, "parts": _parts(said, before)}, digests)
        told = {"computed": time.time(), "why": why, "parts": [numbers.setdefault(one, len(numbers)) for one in digests.items()]}
        known[label] = {**told, "fell": True} if label in fallen else told
    folder.mkdir(parents=True, exist_ok=True)
    remembered.write(folder / FILE, _packed(list(numbers), known))


def _read(folder: Path) -> tuple[list[Part], dict[str, Any]]:
    """All parts in the order of their numbers, and what is known of each result."""
    found = remembered.read(folder / FILE)
    if not isinstance(found, dict) or found.keys() != {"said", "results"}:  # left by another version of this program
        return [], {}
    return [(name, told) for name, told in found["said"]], dict(found["results"])


def _packed(said: Sequence[Part], known: Mapping[str, Any]) -> dict[str, Any]:
    """The same without the parts that no result has any more."""
    numbers: dict[int, int] = {}
    results = {label: {**one, "parts": [numbers.setdefault(part, len(numbers)) for part in one["parts"]]} for label, one in known.items()}
    return {"said": [said[part] for part in numbers], "results": results}


def _parts(said: Sequence[Part], known: Mapping[str, Any]) -> dict[str, str]:
    return dict(said[number] for number in known["parts"])


def note_files(folder: Path, read: Mapping[str, Mapping[str, str]]) -> None:
    """Note which files the results were computed from, for the ways of a build that compute nothing."""
    known = {**files_read(folder), **{label: sorted(files) for label, files in read.items()}}
    if any(known.values()) or (folder / FILES).exists():
        folder.mkdir(parents=True, exist_ok=True)
        remembered.write(folder / FILES, {label: files for label, files in known.items() if files})


def files_read(folder: Path) -> dict[str, list[str]]:
    """The files that each result was computed from."""
    return dict(remembered.read(folder / FILES) or {})


def recall(folder: Path) -> dict[str, Any]:
    """What is known of each result by its label; nothing where the file is missing, damaged or of another machine."""
    said, known = _read(folder)
    return {label: {**one, "parts": _parts(said, one)} for label, one in known.items()}


def labels(folder: Path) -> Collection[str]:
    """The results that were ever computed here."""
    return _read(folder)[1].keys()


def reasons(folder: Path, computed: Collection[str]) -> list[str]:
    """One line for each of the results computed now: what made it stale; or that none was."""
    known = _read(folder)[1]
    lines = [f"computed again: {_short(label)}, since {known[label]['why']}" for label in sorted(computed) if label in known]
    return lines or ["nothing was computed again: no result was stale"]


def _short(label: str) -> str:
    """A result in one line: a formula may take several."""
    line = " ".join(label.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} …"


def _said(names: Sequence[str], what: str) -> list[str]:
    """What became of these parts; of all options that are declared at once."""
    options = [f"{name.removeprefix(DECLARED)}=…" for name in names if name.startswith(DECLARED)]
    said = (
        [f"what it declares by {' and '.join([', '.join(options[:-1]), options[-1]] if options[1:] else options)} {what}"]
        if options
        else []
    )
    return said + [f"{name} {what}" for name in names if not name.startswith(DECLARED)]


def _why(before: Mapping[str, Any] | None, now: Mapping[str, str]) -> str:
    if before is None:
        return "it had never been computed"
    then: Mapping[str, str] = before["parts"]
    named = _said([name for name in now if name in then and now[name] != then[name]], "changed")
    # What is new or gone follows from what changed: it is the reason only where nothing else is.
    gone = _said([name for name in then if name not in now], "is gone")
    named = named or _said([name for name in now if name not in then], "is new") + gone
    if not named and before.get("fell"):
        return "it fell short the last time, and what falls short is judged each time"
    if not named:
        return "its stored result is not there any more, or was damaged"
    more = f", and {len(named) - SHOWN} more" if len(named) > SHOWN else ""
    return f"{', '.join(named[:SHOWN])}{more}"
