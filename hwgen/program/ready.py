"""What keeps a homework from being handed in, all of it at once: names, facts, effort, references; asked before a build and after it.

Standard library only, and little of it: a change of prose comes by here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hwgen.model import Homework, Student
from hwgen.model.errors import InputError, InputErrors
from hwgen.page.environments import TWICE
from hwgen.program.begin import START
from hwgen.program.homework import FILE, KEYS
from hwgen.program.settings import line_of, missing
from hwgen.program.student import FILE as WHO
from hwgen.program.student import KEYS as WHO_KEYS
from hwgen.typesetting.log import UNDEFINED

NEEDED = ("address", "subject")
# What nobody is called: the names of the examples and of the file that names nobody.
PLACEHOLDERS = {"nom", "prenom", "prénom", "name", "first name", "your name", "todo", "x", "xxx"}
# The facts whose words, as `hwgen init` writes them, are nobody's; a name such as Homework 1, or a date, may be meant.
OWN = ("title", "course", "programme", "lecturer", "address", "subject")
# What stands for something else, wherever it is written; the addresses are those that RFC 2606 keeps for examples.
_STANDS_FOR = re.compile(r"\[COURSE\d*\]|\bTODO\b|\bXXX+\b|@example(\.(com|org|net))?$|^[.…?_-]+$", re.IGNORECASE)


def reasons(root: Path, who: Student, task: Homework, warnings: Sequence[str] = ()) -> Iterator[InputError]:
    """Why it cannot be handed in, each at its line."""
    for key, name in (("nom", who.nom), ("prenom", who.prenom)):
        if not name and (lacking := missing(root, WHO_KEYS, key, f" here (or --{key} …)")):
            yield lacking
        elif not name or name.casefold() in PLACEHOLDERS:
            what = f"is {name!r}, a placeholder" if name else "is empty"
            said = f'{key} {what}; expected the name of whoever hands this in, as in {key} = "…", or --{key} …'
            yield InputError(said, line_of(root, WHO, key))
    yield from _few(who)
    for key in NEEDED:
        if not str(getattr(task, key) or "").strip():
            said = f"{key} is empty; expected it for the letter, as in {KEYS.example(key)}"
            yield missing(root, KEYS, key, ", which the letter needs") or InputError(said, line_of(root, FILE, key))
    for key, said in _unfit(task):
        yield InputError(f"{key} {said}", line_of(root, FILE, key))
    for warning in warnings:
        if UNDEFINED in warning:
            yield InputError(f"{warning}, and a question mark is printed; expected every reference and citation to have its target")
        if TWICE in warning:
            yield InputError(f"{warning}, as every reference leads to the last of them")


def may(root: Path, who: Student, task: Homework, warnings: Sequence[str] = ()) -> None:
    """Whether this student can hand this homework in. Raises InputErrors with all that is in the way."""
    _stop(list(reasons(root, who, task, warnings)))


def _unfit(task: Homework) -> Iterator[tuple[str, str]]:
    """The facts with which no letter can be written, or which are not of this homework yet, and what is said of each."""
    if (task.address or "").strip() and not re.fullmatch(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\"]+", task.address or "", re.ASCII):
        yield "address", f"is {task.address!r}; expected one e-mail address, as in {KEYS.example('address')}"
    shipped = _shipped()
    for key, kind in KEYS.types.items():
        value = getattr(task, key)
        if kind is str and value and (_STANDS_FOR.search(value) or (key in OWN and value == shipped.get(key))):
            yield key, f"is {value!r}, a placeholder; expected that of this homework"
    if len((task.subject or "").splitlines()) > 1:
        yield "subject", f"has several lines; expected one, as in {KEYS.example('subject')}"


def _shipped() -> dict[str, Any]:
    """The facts that `hwgen init` writes, those in comments as well: an author who deletes the sign of a comment has said nothing yet."""
    text = (START / FILE).read_text(encoding="utf-8")
    return tomllib.loads(re.sub(r"^# *(?=\w+ = )", "", text, flags=re.MULTILINE))


def enough(who: Student) -> None:
    """Whether as much was computed as a page needs that others read. Raises InputError."""
    for error in _few(who):
        raise error


def _few(who: Student) -> Iterator[InputError]:
    if who.effort.light:
        few = f"{WHO} or --effort: {who.effort}, which is for editing, and marks every page"
        yield InputError(f"{few}; expected standard or more, as in --effort standard")


def passed(ledger: Mapping[str, Any]) -> None:
    """Whether every claim is as strong as it needs to be, and no check passes on a wrong version. Raises InputErrors."""
    found = [
        InputError(f"{one['formula']['place']}: {one['name']} is below its need; expected every claim to pass before it is handed in")
        for one in ledger["findings"]
        if not one["passed"]
    ]
    found += [
        InputError(f"{one['formula']['place']}: the check of {one['name']} passes on a wrong version; expected none before it is handed in")
        for one in ledger["tallies"]
        if one["survivors"]
    ]
    _stop(found)


def _stop(found: Sequence[InputError]) -> None:
    if found:
        raise InputErrors(found) if found[1:] else found[0]
