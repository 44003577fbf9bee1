"""A file of settings in the homework's folder: every key known and of its type, or a message at its line.

Standard library only. Nothing here knows what a key means.
"""

from __future__ import annotations

import datetime
import io
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hwgen.model import Place
from hwgen.model.errors import InputError, did_you_mean, nearest
from hwgen.page import files

EXPECTED: Mapping[type, str] = {
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    list: "a list of texts",
    datetime.date: "a date without quotes",
}


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What a file may say: the type of each key, and how it is written, as in nom = "Lovelace"."""

    file: str
    types: Mapping[str, type]
    examples: Mapping[str, str]
    hints: Mapping[str, str] = field(default_factory=dict)  # by part of a key that there is not, what may be meant by it

    def example(self, key: str) -> str:
        """A line that sets the key."""
        return f"{key} = {self.examples[key]}"

    def hint(self, key: str) -> str:
        """What was meant by a key that there is not, if that can be told."""
        near = did_you_mean(key, self.types)
        return near or next((f" {said}" for part, said in self.hints.items() if part in key.casefold()), "")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a file says, and where."""

    values: Mapping[str, Any]
    text: str
    file: str

    def error(self, key: str, message: str) -> InputError:
        """What is wrong with a key, at its line."""
        return InputError(message, _place(self.file, key, self.text))

    def missing(self, keys: Keys, key: str, need: str = "") -> InputError:
        """That a key is not set, at the line where it would be, with the line to write there."""
        return self.error(key, f"{key} is missing{need}; {_how(key, self.text, keys)}")


def settings(root: Path, keys: Keys) -> Settings | None:
    """What the file says; None if there is no file. Raises InputError, with its line where there is one."""
    text = _text(root / keys.file)
    if text is None:
        return None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _malformed(error, text, keys) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets in thousands of brackets
        raise InputError(f"{keys.file}: longer or deeper than can be read; expected {keys.example(next(iter(keys.types)))}") from None
    found = Settings(values=values, text=text, file=keys.file)
    for key, value in values.items():
        _known(found, keys, key, value)
    return found


def _text(path: Path) -> str | None:
    try:
        return io.TextIOWrapper(io.BytesIO(files.held(path)), encoding="utf-8-sig").read()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError("not UTF-8 text; save the file again in the encoding UTF-8", Place(file=path.name, line=line)) from None
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read ({error.strerror}); expected a text file") from None


def _malformed(error: tomllib.TOMLDecodeError, text: str, keys: Keys) -> InputError:
    problem, _, where = str(error).partition(" (at ")
    numbers = [int(number) for number in re.findall(r"\d+", where)]
    place = Place(file=keys.file, line=numbers[0], column=numbers[1]) if numbers else Place(file=keys.file, line=len(text.splitlines()))
    said = "a quote is not closed on its line" if "'\\n'" in problem else f"{problem[:1].lower()}{problem[1:]}"
    line = text.splitlines()[place.line - 1] if place.line <= len(text.splitlines()) else ""
    key = line.partition("=")[0].strip()
    if not key.isascii():
        said = f"{key}: a key has plain letters only"
    if "overwrite" in problem:
        said = f"{key} is set above already"
    meant = nearest(key, keys.types) or next(iter(keys.types))
    return InputError(f"{said}; expected lines such as {keys.example(meant)}", place)


def _known(found: Settings, keys: Keys, key: str, value: Any) -> None:
    if key not in keys.types and isinstance(value, dict):
        raise found.error(key, f"[{key}] begins a table; expected lines such as {keys.example(next(iter(keys.types)))} alone, and no table")
    if key not in keys.types:
        raise found.error(key, f"{key} is not a key of this file; expected {', '.join(keys.types)}.{keys.hint(key)}")
    kind = keys.types[key]
    # To Python true is a number, and a time of day belongs to a date; neither is what the file's reader means.
    mixed = isinstance(value, list) and not all(isinstance(one, str) for one in value)
    # Not isinstance, by which True is a number.
    if type(value) is not kind or mixed:
        raise found.error(key, f"{key} is {_shown(value)}; expected {EXPECTED[kind]}, as in {keys.example(key)}")


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, datetime.date | datetime.time) else repr(value)


def line_of(root: Path, file: str, key: str) -> Place:
    """Where a file in the homework's folder sets a key, or would."""
    return _place(file, key, _text(root / file) or "")


def missing(root: Path, keys: Keys, key: str, need: str = "") -> InputError | None:
    """That a file in the homework's folder does not set a key, and how it would; None if it does."""
    text = _text(root / keys.file) or ""
    found = Settings(values={}, text=text, file=keys.file)
    return None if _lines(key, text) else found.missing(keys, key, need)


def _place(file: str, key: str, text: str) -> Place:
    """The line that sets a key; without one the line in a comment that would, or the last one that sets anything."""
    return Place(file=file, line=next(iter([*_lines(key, text), *_lines(key, text, r"#\s*"), *_last(text)]), 1))


def _lines(key: str, text: str, before: str = "") -> list[int]:
    """The lines that open with the key or with the table of that name."""
    opening = re.compile(rf"\s*{before}\[*\s*[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
    return [number for number, line in enumerate(text.splitlines(), 1) if opening.match(line)]


def _last(text: str) -> list[int]:
    return [number for number, line in enumerate(text.splitlines(), 1) if line.strip() and not line.strip().startswith("#")][-1:]


def _how(key: str, text: str, keys: Keys) -> str:
    """What to write where a key is not set."""
    if _lines(key, text, r"#\s*"):
        return f"delete the # before {key} here, and fill it in"
    return f"add a line such as {keys.example(key)}{' below this one' * bool(_last(text))}"
