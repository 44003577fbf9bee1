"""`hwgen verify build/ledger.json`: a second opinion on every claim of a ledger, at fresh points, on as many cores as there are."""

from __future__ import annotations

import functools
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hwgen.judging.workers import Limits, Outcome, Workers
from hwgen.model import catalog
from hwgen.model.catalog import Catalog
from hwgen.model.errors import InputError
from hwgen.program.homework import homework
from hwgen.verify.verify import Opinion, domain_of, doubtful, opinion

KINDS = "a ledger, such as build/ledger.json"
Progress = Callable[[str, int, int], None]


def opinions(root: Path, path: Path, seed: int | None, jobs: int = 0, progress: Progress | None = None) -> tuple[int, Iterator[Opinion]]:
    """The seed, a new one unless it is given, and the opinion on each formula of the ledger, in its order."""
    if path.suffix != ".json":
        raise InputError(f"{path}: cannot be verified; expected {KINDS}")
    ledger, root = _ledger(path), root.resolve()
    _content(root)  # before there are workers, which are copies of this process
    seed = secrets.randbelow(2**32) if seed is None else seed
    return seed, _opinions(root, ledger, seed, jobs or os.cpu_count() or 1, progress or (lambda *_: None))


@functools.cache
def _content(root: Path) -> Catalog:
    return catalog.load(homework(root).content, root)


def _formed(root: Path, finding: Mapping[str, Any], seed: int, domain: Mapping[str, Any] | None) -> Opinion:
    """One opinion, in a worker."""
    return opinion(finding, _content(root), seed, domain)


def _opinions(root: Path, ledger: Mapping[str, Any], seed: int, jobs: int, progress: Progress) -> Iterator[Opinion]:
    """Formed by several processes, told in order."""
    findings = ledger["findings"]
    waiting, formed, told = list(range(len(findings))), dict[int, Opinion](), 0
    with Workers(jobs, Limits()) as workers:
        while told < len(findings):
            while waiting and workers.free:
                number = waiting.pop(0)
                workers.give(str(number), _formed, root, findings[number], seed, domain_of(ledger, findings[number]))
            for label, outcome in workers.finished():
                formed[int(label)] = _said(findings[int(label)], outcome)
                progress(formed[int(label)].name, len(formed), len(findings))
            while told in formed:
                yield formed[told]
                told += 1


def _said(finding: Mapping[str, Any], outcome: Outcome) -> Opinion:
    if isinstance(outcome.result, Opinion):
        return outcome.result
    return doubtful(finding, f"its computation {outcome.ended or outcome.said}")


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
