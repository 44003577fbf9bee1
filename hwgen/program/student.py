"""Who hands the homework in: student.toml, overridden by the command line, and the name of the file to hand in.

Standard library only. Nothing here escapes or typesets a name: the page prints it as written.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hwgen import VERSIONS
from hwgen.model import Place, Student
from hwgen.model.errors import InputError, did_you_mean

FILE = "student.toml"
HOMEWORK = "HW4"
EXAMPLES = {"nom": "Lovelace", "prenom": "Ada", "version": "concise"}
TYPES: Mapping[str, type] = {"nom": str, "prenom": str, "version": str, "appendix": bool, "marks": bool}

EXPECTED = {str: "text in quotes", bool: "true or false"}
LONGEST = 100  # letters of one name; two of them and the rest stay below the 255 bytes that file systems allow

# Latin letters that Unicode does not decompose into a base letter and accents (upper case: ß is SS by then).
WHOLE = str.maketrans({"Ø": "O", "Æ": "AE", "Œ": "OE", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "Ħ": "H", "Ŋ": "NG", "Ŧ": "T", "Ə": "E"})


def student(root: Path, nom: str | None = None, prenom: str | None = None, version: str | None = None) -> Student:
    """The student that `root`/student.toml names; what is given comes first. Neither name is fine, one alone is not.

    Raises InputError, with its line where there is one, on anything in the file that cannot be meant.
    """
    written = _written(root / FILE)
    given = {"nom": nom, "prenom": prenom}
    names = {key: _name(key, written.get(key, ""), given[key]) for key in given}
    _both(names, given)
    kind = version or written.get("version", VERSIONS[0])
    found = Student(
        nom=names["nom"],
        prenom=names["prenom"],
        version=kind,
        appendix=written.get("appendix", kind == "full"),
        marks=written.get("marks", False),
    )
    file_name(found)
    return found


def file_name(student: Student) -> str:
    """The file to hand in, as HW4_LOVELACE_ADA.pdf; HW4_NOM_PRENOM.pdf for nobody. Raises InputError on a name without a Latin letter."""
    if not student.nom and not student.prenom:
        return f"{HOMEWORK}_NOM_PRENOM.pdf"
    return f"{HOMEWORK}_{_folded('nom', student.nom)}_{_folded('prenom', student.prenom)}.pdf"


def _folded(key: str, name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.upper())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).upper().translate(WHOLE)
    folded = re.sub("[^A-Z0-9]+", "-", letters).strip("-")
    if not folded:
        raise InputError(
            f'{key}: {name!r} has no letter that the file name can show; expected Latin letters, as in {key} = "{EXAMPLES[key]}"'
        )
    if len(folded) > LONGEST:
        raise InputError(f"{key}: a name of {len(folded)} letters; expected at most {LONGEST}, since it becomes part of the file name")
    return folded


def _written(path: Path) -> Mapping[str, Any]:
    """What the file says, every key known and of its type; nothing if there is no file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError("not UTF-8 text; save the file again in the encoding UTF-8", Place(file=FILE, line=line)) from None
    except OSError as error:
        raise InputError(f"{FILE}: cannot be read ({error.strerror}); expected a text file") from None
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _malformed(error, text) from None
    for key, value in found.items():
        _known(key, value, text)
    _version(found.get("version", VERSIONS[0]), text)
    return found


def _malformed(error: tomllib.TOMLDecodeError, text: str) -> InputError:
    problem, _, where = str(error).partition(" (at ")
    numbers = [int(number) for number in re.findall(r"\d+", where)]
    place = Place(file=FILE, line=numbers[0], column=numbers[1]) if numbers else Place(file=FILE, line=len(text.splitlines()))
    return InputError(f'{problem[:1].lower()}{problem[1:]}; expected lines such as nom = "{EXAMPLES["nom"]}"', place)


def _known(key: str, value: Any, text: str) -> None:
    if key not in TYPES:
        raise InputError(f"{key} is not a key of this file; expected {', '.join(TYPES)}.{did_you_mean(key, TYPES)}", _place(key, text))
    if not isinstance(value, TYPES[key]):
        example = f'"{EXAMPLES[key]}"' if key in EXAMPLES else "true"
        raise InputError(f"{key} is {value!r}; expected {EXPECTED[TYPES[key]]}, as in {key} = {example}", _place(key, text))


def _version(version: str, text: str) -> None:
    if version not in VERSIONS:
        hint = did_you_mean(version, VERSIONS)
        raise InputError(f"version is {version!r}; expected {' or '.join(repr(one) for one in VERSIONS)}.{hint}", _place("version", text))


def _place(key: str, text: str) -> Place:
    """The first line that opens with the key or with the table of that name."""
    opening = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if opening.match(line)]
    return Place(file=FILE, line=lines[0] if lines else 1)


def _name(key: str, written: str, given: str | None) -> str:
    where = f"{FILE}: {key}" if given is None else f"--{key}"
    name = " ".join((written if given is None else given).split())
    if given is not None and not name:
        raise InputError(f"{where} is empty; expected a name, as in --{key} {EXAMPLES[key]}, or leave it out to take it from {FILE}")
    strange = [letter for letter in name if not letter.isprintable()]
    if strange:
        raise InputError(f"{where} contains the invisible character U+{ord(strange[0]):04X}; type the name again without it")
    return name


def _both(names: Mapping[str, str], given: Mapping[str, str | None]) -> None:
    empty = [key for key, name in names.items() if not name]
    if len(empty) != 1:
        return
    (there,) = set(names) - set(empty)
    example = f'"{EXAMPLES[empty[0]]}"'
    if given[there] is None:
        raise InputError(f"{FILE}: {there} is set and {empty[0]} is empty; expected both, as in {empty[0]} = {example}")
    raise InputError(f"--{there} is given and {empty[0]} is empty, here and in {FILE}; expected both, as in --{empty[0]} {example}")
