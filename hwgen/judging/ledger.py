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
from hwgen.model import Estimate, Figure, Formula, Ledger
from hwgen.model.catalog import Catalog
from hwgen.page import files

if TYPE_CHECKING:
    from hwgen.judging.results import Results  # which loads numpy: a change of prose does not pay for it


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


def write(written: Ledger, path: Path) -> None:
    """Write the ledger as JSON, aside and renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_plain(plain(written), path)


def write_plain(rows: Mapping[str, Any], path: Path) -> None:
    """The same for a ledger that is plain data already, one finding a line."""
    parts = []
    for key, part in rows.items():
        lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in part) if isinstance(part, list) else ""
        parts.append(f"{json.dumps(key)}: " + (f"[\n{lines}\n]" if lines else json.dumps(part, ensure_ascii=False)))
    files.write(path, "{" + ",\n".join(parts) + "}\n")


def plain(value: Any) -> Any:
    """Nouns as plain data: enums by name, paths and places as text, a formula without its place per character."""
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, Formula):
        return {"macro": value.macro, "text": value.text, "place": str(value.place)}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float | bool | None) else str(value)
