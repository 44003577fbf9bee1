"""The exercises of a homework: how the engine finds them, and each of their nouns by its name.

An exercise is a package below `hwgen.homework.exercises` that holds `exercise`, an `Exercise`. Nothing here knows any of them.
"""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from hwgen.model import Claim, Place
from hwgen.model.errors import ContentError, did_you_mean
from hwgen.model.exercise import Exercise, N, Noun

__all__ = ["Catalog", "Exercise", "load"]

PACKAGE = "hwgen.homework.exercises"
PROOFS = "proofs"
# What proofs.py says of the claim of its name: a function, or a value.
PROVED = re.compile(r"^(?=def ([a-z]\w*)\(|([a-z]\w*)(?:: \w+)? = )", re.MULTILINE)


@dataclass(frozen=True)
class Catalog:
    """All exercises of a homework, and every noun by its name."""

    package: str
    exercises: tuple[Exercise, ...]

    @cached_property
    def nouns(self) -> dict[str, Noun]:
        """Every noun of every exercise; names are unique over the homework."""
        merged: dict[str, Noun] = {}
        for exercise in self.exercises:
            for name, noun in exercise.nouns.items():
                if name in merged:
                    raise ContentError(f"{name} is declared in {merged[name].exercise} and in {exercise.name}; expected different names")
                merged[name] = noun
        return merged

    def of(self, kind: type[N]) -> dict[str, N]:
        """The nouns of one kind, by name, in the order of their declaration."""
        return {name: noun for name, noun in self.nouns.items() if isinstance(noun, kind)}

    def problem(self, noun: Noun) -> Any:
        """The setting of the exercise that the noun belongs to."""
        return next(exercise.problem for exercise in self.exercises if exercise.name == noun.exercise)

    def find(self, name: str) -> Noun:
        """The noun of that name. Raises ContentError with the nearest known name."""
        if name not in self.nouns:
            raise ContentError(f"{name}: no claim, constant, study or figure of that name.{did_you_mean(name, self.nouns)}")
        return self.nouns[name]


def load(package: str = PACKAGE) -> Catalog:
    """Import every exercise package below `package`, in the order of their names."""
    parent = importlib.import_module(package)
    names = sorted(module.name for module in pkgutil.iter_modules(parent.__path__))
    modules = [importlib.import_module(f"{package}.{name}") for name in names]
    for module in modules:
        _walk(module)
        _attach_proofs(module)
    return Catalog(package, tuple(module.exercise for module in modules if hasattr(module, "exercise")))


def _walk(module: Any) -> None:
    """Import every module of an exercise but its proofs: what is imported registers itself."""
    for found in sorted(pkgutil.iter_modules(module.__path__), key=lambda one: one.name):
        if found.name != PROOFS:
            importlib.import_module(f"{module.__name__}.{found.name}")


def _attach_proofs(module: Any) -> None:
    """A public function or value in proofs.py proves the claim of its name. A build does not import the file, as it needs SymPy."""
    path = Path(module.__file__).with_name(PROOFS + ".py")
    if not hasattr(module, "exercise") or not path.exists():
        return
    nouns = module.exercise.nouns
    text = path.read_text()
    for match in PROVED.finditer(text):
        name = match[1] or match[2]
        claim = nouns.get(name)
        if not isinstance(claim, Claim):
            hint = did_you_mean(name, nouns)
            place = Place(file=str(path), line=text[: match.start()].count("\n") + 1)
            raise ContentError(f"a proof of {name}, which is no claim of {module.exercise.name}.{hint}", place)
        nouns[name] = dataclasses.replace(claim, proof=f"{module.__name__}.{PROOFS}")
