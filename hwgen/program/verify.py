"""`hwgen verify build/ledger.json`: a second opinion on every claim of a ledger, at fresh points."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hwgen.model import catalog
from hwgen.model.errors import InputError
from hwgen.program.homework import homework
from hwgen.verify.verify import Opinion, verify

KINDS = "a ledger, such as build/ledger.json"


def opinions(root: Path, path: Path, seed: int | None) -> tuple[int, Iterator[Opinion]]:
    """The seed, a new one unless it is given, and the opinion on each formula of the ledger as it is formed."""
    if path.suffix != ".json":
        raise InputError(f"{path}: cannot be verified; expected {KINDS}")
    seed = secrets.randbelow(2**32) if seed is None else seed
    return seed, verify(_ledger(path), catalog.load(homework(root).content, root), seed)


def _ledger(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
        if not (isinstance(found, dict) and isinstance(found.get("findings"), list) and found.get("schema") == 1):
            raise ValueError
    except OSError:
        raise InputError(f"{path}: not found; expected {KINDS}, which hwgen pdf or hwgen report writes") from None
    except ValueError:
        raise InputError(f"{path}: not a ledger of this version; expected what hwgen pdf or hwgen report writes") from None
    return found
