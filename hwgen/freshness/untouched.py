"""What a computation must leave as it found it: the names of modules, the engine's and the libraries' too, and their settings.

A name set on `math` by one result's computation would be read by those after it in the same process, and by the engine that judges
it. What is put back before the computation ends is seen in the text alone; see `followed`. Filters of warnings are put back here.
"""

from __future__ import annotations

import contextlib
import decimal
import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from hwgen.freshness import generators
from hwgen.freshness.settings import differing, settings
from hwgen.freshness.sources import is_authors
from hwgen.model.errors import ContentError

# Values that nobody sets again while a program runs; what a library counts or fills in later is None or a container before.
FIXED = (float, complex, str)
# pyplot makes itself anew for each kind of figure.
OWN_WAYS = ("matplotlib.pyplot", "__main__")
_names: dict[str, tuple[ModuleType, dict[str, Any]]] = {}


@contextlib.contextmanager
def untouched(name: str, key: str) -> Iterator[None]:
    """Raises ContentError if anything has changed at the end; numbers drawn without a generator are those that belong to the key."""
    _look()
    before, folder = settings(), Path.cwd()
    # Flags are raised by computing and lowered by nobody: those of the one before are no difference.
    decimal.getcontext().clear_flags()
    try:
        with warnings.catch_warnings(), generators.begun(int(key[:8], 16)):
            yield
    finally:
        os.chdir(folder)
        wrong = [*changed(), *differing(before, settings())]
        if wrong:
            said = "would change what is computed after it; expected names and settings of modules left as they are"
            raise ContentError(f"{name}: {', '.join(wrong[:3])} set by its computation {said} (as by with np.errstate(…), mp.workdps(…))")


def _look() -> None:
    """Remember the names of the modules that were not there before, and those of the engine as they are now.

    Its own code may set these between two computations; whatever else is set there was left to happen by the one before.
    """
    for name, (module, before) in _names.items():
        if _is_engines(name) and not _same(vars(module), before):
            _names[name] = module, dict(vars(module))
    # A module that was taken away or replaced between two computations is no fault of the next one.
    for name in [name for name, (module, _) in _names.items() if sys.modules.get(name) is not module]:
        del _names[name]
    for name, module in sys.modules.copy().items():  # what is collected meanwhile may import something
        if isinstance(module, ModuleType) and name not in _names and name not in OWN_WAYS:
            _names[name] = module, dict(vars(module))
            if is_authors(name):
                generators.remember(vars(module).copy().values())


def _is_engines(name: str) -> bool:
    return name.split(".")[0] == "hwgen" and not is_authors(name)


def changed() -> Iterator[str]:
    """The names that stand for something else than they did."""
    for name, (module, before) in _names.items():
        if sys.modules.get(name) is not module:
            yield f"sys.modules[{name!r}]"
            continue
        now = vars(module)
        if not _same(now, before):
            yield from (f"{name}.{one}" for one, then in before.items() if now.get(one) is not then and _is_fixed(one, then, now.get(one)))
            _names[name] = module, dict(now)


def _same(now: dict[str, Any], before: dict[str, Any]) -> bool:
    try:
        return now == before  # the same objects, as almost always, are compared by where they are
    except Exception:  # arrays, symbols: whatever they say of equality
        return False


def _is_fixed(name: str, then: object, now: object) -> bool:
    public = not name.startswith("_") and not _is_lazy(then)
    return public and (callable(then) or isinstance(then, ModuleType) or (isinstance(then, FIXED) and then != now))


def _is_lazy(then: object) -> bool:
    """Whether it only stood for what is imported when it is first used, as of PEP 810: it is replaced by just that."""
    return "lazy" in f"{type(then).__module__}.{type(then).__qualname__}".lower()
