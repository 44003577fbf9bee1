"""The ledger as plain data and as a file. Nothing here is computed or judged, so that a change of prose loads no more than this."""

from __future__ import annotations

import enum
import functools
import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from hwgen.model import Formula, Ledger, Wrong
from hwgen.page import files, remembered

# The version of docs/ledger.schema.json; another one whenever a reader of the last would no longer understand.
SCHEMA = 1
_PLAIN = frozenset({str, int, bool, type(None)})
# The last line of a ledger that a build leaves: the signature of all before it.
SEAL, END = ',\n"seal": ', "}\n"


def write(written: Ledger, path: Path, content: Mapping[str, Any] | None = None) -> str:
    """Write the ledger as JSON, aside and renamed; what it is known by. `content` is what the content declares, as plain data."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = sealed(_text(whole(written, content)))
    files.write(path, text)
    return mark(text)


def sealed(text: str) -> str:
    """A ledger under the signature of this machine, which others are free not to read."""
    body = text.rpartition(SEAL)[0] or text.removesuffix(END)
    return f"{body}{SEAL}{json.dumps(remembered.seal(Path('ledger'), body.encode()))}{END}"


def left(path: Path) -> str | None:
    """The ledger that the last build left, as a text; None if it is not there, is damaged, or another machine wrote it."""
    try:
        text = files.held(path).decode()
    except (OSError, ValueError):
        return None
    body = text.rpartition(SEAL)[0] + END
    return body if text == sealed(body) else None


def mark(text: str) -> str:
    """What tells a ledger from that of any other build: its last line."""
    return sealed(text).rpartition(SEAL)[2]


def whole(written: Ledger, content: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The ledger as a file holds it: docs/ledger.schema.json says what each part is."""
    return {"schema": SCHEMA, **plain(written), **plain(content or {})}


def write_plain(rows: Mapping[str, Any], path: Path) -> None:
    """Write a ledger that is plain data already, for others to read."""
    files.write(path, _text(rows))


def _text(rows: Mapping[str, Any]) -> str:
    """One finding a line."""
    parts = []
    for key, part in rows.items():
        lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in part) if isinstance(part, list) else ""
        parts.append(f"{json.dumps(key)}: " + (f"[\n{lines}\n]" if lines else json.dumps(part, ensure_ascii=False)))
    return "{" + ",\n".join(parts) + END


def plain(value: Any) -> Any:
    """Nouns as plain data: enums by name, paths and places as text, a formula without its place per character."""
    if type(value) in _PLAIN:  # most of a hundred thousand
        return value
    if type(value) is float:  # most of the others
        return value if math.isfinite(value) else str(value)
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, Formula):
        own = dict.fromkeys(one for printed in (value, *value.hypotheses) for one in printed.macros)
        said: dict[str, Any] = {"macro": value.macro, "text": value.text, "place": str(value.place)}
        return {**said, "macros": plain(list(own))} if own else said
    if isinstance(value, Wrong):  # thousands of them: a row each
        row = [value.kind, value.fate, value.low, value.high, value.new]
        return [value.of, *row, value.at] if value.of else [*row, *([value.at, *value.sides] if value.at else [])]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
