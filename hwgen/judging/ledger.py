"""The ledger: all the evidence of one run, as a noun and as a file."""

from __future__ import annotations

import enum
import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hwgen.judging.dependencies import versions
from hwgen.model import Estimate, Figure, Formula, Ledger, Wrong
from hwgen.model.catalog import Catalog

if TYPE_CHECKING:
    from hwgen.judging.results import Results  # which loads numpy: a change of prose does not pay for it

# The version of docs/ledger.schema.json; another one whenever a reader of the last would no longer understand.
SCHEMA = 1


def ledger(results: Results, content: Catalog, coverage: tuple[int, int]) -> Ledger:
    """All that a run found out."""
    return Ledger(
        findings=results.findings,
        tallies=results.tallies,
        constants={name: result for name, result in results.named.items() if isinstance(result, Estimate)},
        figures={name: figure.path for name, figure in content.of(Figure).items() if name in results.named},
        seconds=results.seconds,
        coverage=coverage,
        versions=versions(),
    )


def write(written: Ledger, path: Path, content: Mapping[str, Any] | None = None) -> None:
    """Write the ledger as JSON, aside and renamed; `content` is what the content declares, as plain data."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_plain(whole(written, content), path)


def whole(written: Ledger, content: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The ledger as a file holds it: docs/ledger.schema.json says what each part is."""
    return {"schema": SCHEMA, **plain(written), **plain(content or {})}


def write_plain(rows: Mapping[str, Any], path: Path) -> None:
    """The same for a ledger that is plain data already, one finding a line."""
    parts = []
    for key, part in rows.items():
        lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in part) if isinstance(part, list) else ""
        parts.append(f"{json.dumps(key)}: " + (f"[\n{lines}\n]" if lines else json.dumps(part, ensure_ascii=False)))
    aside = path.with_suffix(".new")
    aside.write_text("{" + ",\n".join(parts) + "}\n")
    aside.replace(path)


def plain(value: Any) -> Any:
    """Nouns as plain data: enums by name, paths and places as text, a formula without its place per character."""
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, Formula):
        return {"macro": value.macro, "text": value.text, "place": str(value.place)}
    if isinstance(value, Wrong):  # thousands of them: a row each
        return [value.kind, value.fate, value.low, value.high, value.new, *([value.at, *value.sides] if value.sides else [])]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)
