"""Results that are kept with what was read to compute them: one whose files have changed is none.

Nothing is kept that was computed while the code behind it was saved: this process may have run the text before, under the key of the
text after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from hwgen.freshness import definitions, observed, present
from hwgen.freshness.stamps import BEGAN, changed_since
from hwgen.freshness.store import Store


@dataclass(frozen=True)
class Kept:
    """A result, with the files that it was computed from and their digests, and what was warned of meanwhile."""

    files: Mapping[str, str]
    result: Any
    heard: Sequence[tuple[str, Any]] = ()  # none is known of what an older version kept


def recalled(store: Store, key: str, owner: str) -> Kept | None:
    """What is kept under a key; what it was computed from is then known of its `owner`, a definition `module.name`."""
    kept = store.get(key)
    if not isinstance(kept, Kept) or any(present.now(path) != then for path, then in kept.files.items()):
        return None
    if kept.files:
        observed.learn({owner: kept.files})
    return kept


def keep(store: Store, key: str, reached: Mapping[str, str], result: Any, heard: Mapping[str, Any] = MappingProxyType({})) -> None:
    """Keep a result, and what was warned of while it was computed, unless what it was computed from has changed meanwhile."""
    files = observed.behind(reached)
    # Looked at after the computation, and again by whoever recalls it: in between a file may be saved.
    if not code_changed(reached) and all(present.now(path) == then for path, then in files.items()):
        store.put(key, Kept(files, result, tuple(heard.items())))


def code_changed(reached: Mapping[str, str]) -> list[str]:
    """The source files behind a key, and those of the engine, that were saved since this process began."""
    modules = {name.rpartition(".")[0] for name in reached}
    own = [path for module, path in definitions.read_from().items() if module in modules or module.startswith("hwgen.")]
    return changed_since(own, BEGAN)
