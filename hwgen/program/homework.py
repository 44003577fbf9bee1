"""What is handed in, where and when: homework.toml, the one source of these facts for the program and for the templates.

Standard library only. Nothing here knows who hands it in (student.toml), nor imports the content.
"""

from __future__ import annotations

import datetime
import keyword
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

from hwgen.model import Homework
from hwgen.model.errors import InputError
from hwgen.program.settings import Keys, Settings, settings

FILE = "homework.toml"
KEYS = Keys(
    file=FILE,
    types={
        "file": str,
        "content": str,
        "title": str,
        "name": str,
        "course": str,
        "programme": str,
        "week": int,
        "lecturer": str,
        "address": str,
        "subject": str,
        "due": datetime.date,
        "versions": list,
        "attach": bool,
    },
    examples={
        "file": '"HW5_{NOM}_{PRENOM}.pdf"',
        "content": '"exercises"',
        "title": '"Least squares"',
        "name": '"Homework 5"',
        "course": '"Mathematics of Deep Learning"',
        "programme": '"MASH & IASD 2025"',
        "week": "5",
        "lecturer": '"Emmy Noether"',
        "address": '"emmy.noether@example.org"',
        "subject": '"[COURSE2025] Homework 5"',
        "due": "2025-02-24",
        "versions": '["full", "concise"]',
        "attach": "true",
    },
)
NEEDED = ("file", "content", "title")
PLACEHOLDERS = ("NOM", "PRENOM")
# A name that every file system takes and no shell reads otherwise.
_PLAIN = re.compile(r"[A-Za-z0-9][\w.+-]*\.pdf", re.ASCII | re.IGNORECASE)
_VERSION = re.compile(r"[a-z][a-z0-9_-]*")


def homework(root: Path) -> Homework:
    """The homework of a folder. Raises InputError, with the line where there is one, on anything that cannot be meant."""
    found = settings(root, KEYS)
    if found is None:
        raise InputError(
            f"{FILE}: not found here; run hwgen in a homework's folder, the one with {FILE}, or make one with hwgen init FOLDER"
        )
    for key in NEEDED:
        if key not in found.values:
            raise found.missing(KEYS, key)
        if not found.values[key].strip():
            raise found.error(key, f"{key} is empty; expected a line such as {KEYS.example(key)}")
    _pattern(found)
    _importable(found)
    for key, value in found.values.items():
        _shown(found, key, value)
    return Homework(**{**found.values, "versions": _versions(found)})


def _shown(found: Settings, key: str, value: Any) -> None:
    """No fact holds a sign that is no letter: it would be lost on the page, and in its lines and columns."""
    texts = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
    strange = next((sign for text in texts for sign in text if unicodedata.category(sign) == "Cc" and sign not in "\n\t"), "")
    if strange:
        raise found.error(key, f"{key} holds the invisible character U+{ord(strange):04X}; expected text without it")


def _pattern(found: Settings) -> None:
    file = found.values["file"]
    names = re.findall(r"\{([^{}]*)\}", file)
    unknown = [name for name in names if name not in PLACEHOLDERS]
    example = f"as in {KEYS.example('file')}"
    if unknown:
        raise found.error("file", f"file holds {{{unknown[0]}}}; expected {{NOM}} and {{PRENOM}} alone in braces, {example}")
    if "NOM" not in names:
        raise found.error("file", f"file is {file!r}, the same for everybody; expected {{NOM}} in it, {example}")
    if "/" in file or "\\" in file:
        raise found.error("file", f"file is {file!r}, with a path in it; expected a bare file name, since it is made in build/, {example}")
    if not _PLAIN.fullmatch(re.sub(r"\{\w+\}", "N", file)):
        raise found.error("file", f"file is {file!r}; expected letters, digits, dots, dashes and underscores that end in .pdf, {example}")


def _importable(found: Settings) -> None:
    content = found.values["content"]
    parts = content.split(".")
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in parts):
        said = f"content is {content!r}; expected the dotted name of a Python package, as in {KEYS.example('content')}"
        raise found.error("content", said)
    if parts[0] in sys.stdlib_module_names:
        said = (
            f"content is {content!r}, and {parts[0]} is a module of Python itself; expected another name, as in {KEYS.example('content')}"
        )
        raise found.error("content", said)


def _versions(found: Settings) -> tuple[str, ...]:
    """The versions of the solution, the whole one first."""
    versions = tuple(found.values.get("versions", Homework.versions))
    wrong: list[Any] = [one for one in versions if not _VERSION.fullmatch(one) or versions.count(one) > 1]
    if wrong or not versions:
        said = f"{wrong[0]!r}" if wrong else "nothing"
        raise found.error("versions", f"versions holds {said}; expected different lower-case words, as in {KEYS.example('versions')}")
    return versions


def tests_of(root: Path, content: str) -> list[Path]:
    """The folders for the author's own tests, the best one first: the one that mirrors the content package, and that of all tests."""
    folders = [root.joinpath("tests", *content.split(".")[1:]), root / "tests"]
    return [folder for folder in folders if folder.is_dir()]
