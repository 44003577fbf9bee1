"""Who hands the homework in: student.toml, overridden by the command line, and the name of the file to hand in.

Standard library only. Nothing here escapes or typesets a name: the page prints it as written.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from hwgen.model import Homework, Student
from hwgen.model.effort import MOST, NAMED, STANDARD, Effort, named
from hwgen.model.errors import InputError, did_you_mean
from hwgen.page import letters
from hwgen.program.settings import Keys, Settings, settings

FILE = "student.toml"
KEYS = Keys(
    file=FILE,
    types={"nom": str, "prenom": str, "version": str, "appendix": bool, "marks": bool, "attach": bool, "timeout": int, "effort": str},
    examples={
        "nom": '"Lovelace"',
        "prenom": '"Ada"',
        "version": '"concise"',
        "appendix": "true",
        "marks": "true",
        "attach": "true",
        "timeout": "600",
        "effort": '"thorough"',
    },
    hints=dict.fromkeys(
        ("name", "author", "first", "last", "family"), 'The family name is nom = "Lovelace", the first name prenom = "Ada".'
    ),
)
LONGEST = 100  # letters of one name; two of them and the rest stay below the 255 bytes that file systems allow

# Latin letters that Unicode does not decompose into a base letter and accents (upper case: ß is SS by then).
WHOLE = str.maketrans({"Ø": "O", "Æ": "AE", "Œ": "OE", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "Ħ": "H", "Ŋ": "NG", "Ŧ": "T", "Ə": "E"})


def student(
    root: Path,
    homework: Homework,
    nom: str | None = None,
    prenom: str | None = None,
    version: str | None = None,
    effort: str | None = None,
) -> Student:
    """The student that `root`/student.toml names; what is given comes first. Neither name is fine, one alone is not.

    Raises InputError, with its line where there is one, on anything in the file that cannot be meant.
    """
    written = settings(root, KEYS) or Settings(values={}, text="", file=FILE)
    given = {"nom": nom, "prenom": prenom}
    names = {key: _name(written, key, given[key]) for key in given}
    _both(names, given, written)
    kind = _version(written, version, homework.versions)
    found = Student(
        nom=names["nom"],
        prenom=names["prenom"],
        version=kind,
        aside=kind != _version(written, None, homework.versions),
        appendix=written.values.get("appendix", kind == homework.versions[0]),
        marks=written.values.get("marks", False),
        attach=written.values.get("attach", homework.attach),
        timeout=_timeout(written),
        effort=_effort(written, effort),
    )
    # For its errors: a name that no file can have is told before anything is computed.
    file_name(found, homework)
    return found


def file_name(student: Student, homework: Homework, draft: bool = False) -> str:
    """The file to hand in: the homework's pattern with the names, or as it stands for nobody; a draft, or a version beside it, says so.

    Raises InputError on a name without a Latin letter.
    """
    nobody = not student.nom and not student.prenom
    nom, prenom = ("NOM", "PRENOM") if nobody else (_folded("nom", student.nom), _folded("prenom", student.prenom))
    name = homework.file.replace("{NOM}", nom).replace("{PRENOM}", prenom)
    kinds = [
        *([student.version.upper()] if student.aside else []),
        *([student.effort.name.upper()] if student.effort.light else []),
        *(["DRAFT"] if draft else []),
    ]
    stem, dot, ending = name.rpartition(".")
    return "_".join([stem, *kinds]) + dot + ending


def handed_in(student: Student, homework: Homework) -> str:
    """The name of the file that goes to the lecturer, whichever version was asked for."""
    return file_name(dataclasses.replace(student, aside=False), homework)


def _folded(key: str, name: str) -> str:
    folded = _latin(name)
    if not folded:
        raise InputError(f"{key}: {_nothing_for_the_file(key, name)}")
    if len(folded) > LONGEST:
        raise InputError(f"{key}: a name of {len(folded)} letters; expected at most {LONGEST}, since it becomes part of the file name")
    return folded


def _latin(name: str) -> str:
    """What the file name shows of a name: its Latin letters without accents, and its figures."""
    decomposed = unicodedata.normalize("NFKD", name.upper())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).upper().translate(WHOLE)
    return re.sub("[^A-Z0-9]+", "-", letters).strip("-")


def _nothing_for_the_file(key: str, name: str) -> str:
    both = f', or both, as in {key} = "{name} (…)"' if any(letter.isalpha() for letter in name) else ""
    return f"{name!r} has no letter that the file name can show; expected Latin letters, as in {KEYS.example(key)}{both}"


def _version(written: Settings, given: str | None, versions: tuple[str, ...]) -> str:
    """The version that is asked for, one of the homework's; the last of them, which is handed in, if nothing is said."""
    version: str = given or written.values.get("version", versions[-1])
    if version in versions:
        return version
    said = f"is {version!r}; expected {' or '.join(repr(one) for one in versions)}.{did_you_mean(version, versions)}"
    if len(versions) == 1:
        needed = f'versions = ["{versions[0]}", "{version}"]'
        said = f"is {version!r}; expected {versions[0]!r}, the only one of homework.toml, or {needed} there"
    raise InputError(f"--version {said}") if given else written.error("version", f"version {said}")


def _effort(written: Settings, given: str | None) -> Effort:
    """How much is to be computed."""
    text: str = given or written.values.get("effort", STANDARD.name)
    found = named(text)
    if found is not None:
        return found
    names = f"{', '.join(NAMED)}, or a whole number of times the work of standard, at most {MOST}"
    said = f"is {text!r}; expected {names}.{did_you_mean(text, NAMED)}"
    raise InputError(f"--effort {said}") if given else written.error("effort", f"effort {said}")


def _timeout(written: Settings) -> int:
    seconds: int = written.values.get("timeout", Student.timeout)
    if seconds < 1:
        raise written.error("timeout", f"timeout is {seconds}; expected seconds, at least 1, that one result may take")
    return seconds


def _name(written: Settings, key: str, given: str | None) -> str:
    """The name, each letter with its accents as one, where the page can print it."""
    where = f"{FILE}: {key}" if given is None else f"--{key}"
    name = unicodedata.normalize("NFC", " ".join((written.values.get(key, "") if given is None else given).split()))
    if given is not None and not name:
        bare = KEYS.examples[key].strip('"')
        raise InputError(f"{where} is empty; expected a name, as in --{key} {bare}, or leave it out to take it from {FILE}")
    strange = [letter for letter in name if not letter.isprintable()]
    if strange:
        raise InputError(f"{where} contains the invisible character U+{ord(strange[0]):04X}; type the name again without it")
    unknown = next((letter for letter in name if not _printed(letter)), "")
    if unknown:
        said = f"{key} holds {unknown!r} ({unicodedata.name(unknown, 'without a name')}), which no font of the page has"
        advice = f"expected Latin letters, as in a passport, {_instead(unknown)}"
        raise _wrong(written, key, given, f"{said}; {advice}")
    if name and not _latin(name):
        raise _wrong(written, key, given, _nothing_for_the_file(key, name))
    return name


def _wrong(written: Settings, key: str, given: str | None, said: str) -> InputError:
    """What is wrong with a name, at the line that has it."""
    return written.error(key, said) if given is None else InputError(f"--{key}: {said}")


def _printed(letter: str) -> bool:
    """Whether LaTeX prints a letter with the fonts that every page has."""
    plain = ord(letter) < letters.LATIN_1 or letter in letters.T1 or letter in "‘’“”–—‐" or bool(letters.latex(letter))
    return plain or _of_another_script(letter)


def _of_another_script(letter: str) -> bool:
    from hwgen.typesetting import scripts

    return scripts.printed(letter)


def _instead(letter: str) -> str:
    """What a passport would have for a letter, as far as its name says so."""
    base = re.match(r"LATIN (CAPITAL|SMALL) LETTER ([A-Z])\b", unicodedata.name(letter, ""))
    if base:
        return f"here {(base[2] if base[1] == 'CAPITAL' else base[2].lower())!r} for it"
    from hwgen.typesetting import scripts

    script = scripts.script(letter)
    fonts = f", or the fonts for {script.name} letters: {script.mend()}" if script else ""
    return f"such as Ivan for \u0418\u0432\u0430\u043d or Eleni for \u0395\u03bb\u03ad\u03bd\u03b7{fonts}"


def _both(names: Mapping[str, str], given: Mapping[str, str | None], written: Settings) -> None:
    empty = [key for key, name in names.items() if not name]
    if len(empty) != 1:
        return
    (there,) = set(names) - set(empty)
    if given[there] is None:
        raise written.error(empty[0], f"{there} is set and {empty[0]} is empty; expected both, as in {KEYS.example(empty[0])}")
    example = f"--{empty[0]} {KEYS.examples[empty[0]]}"
    raise InputError(f"--{there} is given and {empty[0]} is empty, here and in {FILE}; expected both, as in {example}")
