"""The exercises of a homework: how the engine finds them, and each of their nouns by its name.

An exercise is a package below the content package of the homework that holds `exercise`, an `Exercise`. Nothing here knows any of them.
"""

from __future__ import annotations

import dataclasses
import importlib
import importlib.util
import pkgutil
import re
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from hwgen.model import Claim, Place, effort
from hwgen.model.declared import PROOFS
from hwgen.model.errors import ContentError, NoPackage, did_you_mean
from hwgen.model.exercise import Exercise, N, Noun
from hwgen.model.importing import from_text, imported, parsed

__all__ = ["Catalog", "Exercise", "load"]

_MAKES = re.compile(r"^exercise\b[^=\n]*= *(?:\w+\.)*Exercise\(", re.MULTILINE)
_ENGINE = Path(effort.__file__).parent.parent
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


def load(package: str, root: Path | None = None) -> Catalog:
    """Import every exercise package below `package`, in the order of their names; what lies in the folder `root` can be imported.

    Raises ContentError if there is no such package.
    """
    if root is not None:
        importable(root)
    top = folder(package.split(".")[0], package)
    own = top.joinpath(*package.split(".")[1:2]) if top == _ENGINE else top
    from_text(own)
    folder(package)
    # What is imported from here on is what the content asked for.
    before = set(sys.modules)
    with effort.at(None):  # a module is imported once, and may serve runs of several efforts
        modules = _imported(package, top)
    if root is not None:
        _inside(top, root.resolve(), set(sys.modules) - before)
    found = _declared(modules)
    _lost(folder(package), {one.__name__.rpartition(".")[2] for one in modules if hasattr(one, "exercise")})
    return Catalog(package, found)


def _lost(content: Path, found: Collection[str]) -> None:
    """No folder beside the exercises makes one that nobody finds. Raises ContentError at the line that makes it."""
    for inside in sorted(path for path in content.iterdir() if path.is_dir() and path.name not in found):
        for path in sorted(inside.glob("*.py")):
            if match := _MAKES.search(path.read_text(encoding="utf-8", errors="replace")):
                init = inside / "__init__.py"
                name = f"from .{path.stem} import exercise"
                lacks = f"and {inside.name}/__init__.py does not have it" if init.exists() else f"and {inside.name}/ has no __init__.py"
                place = Place(file=str(path), line=match.string.count("\n", 0, match.start()) + 1)
                raise ContentError(f"an exercise is made here, {lacks}, so that it is not found; expected {name} there", place)


def _declared(modules: Iterable[Any]) -> tuple[Exercise, ...]:
    """The exercise of each module that has one, each once. Raises ContentError for what has the name of one and is none."""
    found: dict[int, Exercise] = {}
    for module in modules:
        one = getattr(module, "exercise", None)
        if isinstance(one, Exercise):
            found[id(one)] = one
        elif one is not None:
            what = "a module" if isinstance(one, ModuleType) else f"a {type(one).__name__}"
            said = f"exercise is {what}; expected an Exercise of hwgen.authors under this name, or another name for what it is"
            raise ContentError(f"{module.__name__}: {said}", Place(file=str(module.__file__), line=1))
    return tuple(found.values())


def _imported(package: str, top: Path) -> list[Any]:
    parent = imported(package, top)
    names = sorted(module.name for module in pkgutil.iter_modules(parent.__path__))
    modules = [imported(f"{package}.{name}", top) for name in names]
    for module in modules:
        _walk(module, top)
        _attach_proofs(module)
    return modules


def importable(root: Path) -> None:
    """What lies in the folder can be imported from now on."""
    if str(root.resolve()) not in sys.path:
        sys.path.insert(0, str(root.resolve()))
    importlib.invalidate_caches()


def folder(package: str, of: str = "") -> Path:
    """The folder of a package, which is not imported, only those above it, of a content package. Raises NoPackage if there is none."""
    try:
        spec = importlib.util.find_spec(package)
    except ModuleNotFoundError:
        spec = None
    if spec is None or not spec.submodule_search_locations or not spec.origin:
        path = package.replace(".", "/")
        raise NoPackage(
            f"content is {(of or package)!r}, and no such package is found; expected {path}/__init__.py in the homework's folder"
        )
    return Path(spec.origin).parent


def _inside(top: Path, root: Path, imported: Iterable[str]) -> None:
    """What the content imports from its homework's folder lies in its own package: nobody would notice a change elsewhere."""
    for name in sorted(imported):
        path = Path(getattr(sys.modules[name], "__file__", None) or sys.prefix)
        if path.is_relative_to(root) and not path.is_relative_to(top) and not path.is_relative_to(sys.prefix):
            said = f"imported by the content, and outside of its package {top.name}/; expected it there, where a change of it is noticed"
            raise ContentError(said, Place(file=str(path.relative_to(root)), line=1))


def _walk(module: Any, top: Path) -> None:
    """Import every module of an exercise but its proofs: what is imported registers itself."""
    for found in sorted(pkgutil.iter_modules(getattr(module, "__path__", ())), key=lambda one: one.name):
        if found.name != PROOFS:
            imported(f"{module.__name__}.{found.name}", top)


def _attach_proofs(module: Any) -> None:
    """A public function or value in proofs.py proves the claim of its name. A build does not import the file, as it needs SymPy."""
    path = Path(module.__file__).with_name(PROOFS + ".py")
    if not isinstance(getattr(module, "exercise", None), Exercise) or not path.exists():
        return
    nouns = module.exercise.nouns
    text = parsed(path)
    # By the text: to import it would load SymPy, which takes longer than most builds.
    for match in PROVED.finditer(text):
        name = match[1] or match[2]
        claim = nouns.get(name)
        if not isinstance(claim, Claim):
            hint = did_you_mean(name, nouns)
            place = Place(file=str(path), line=text[: match.start()].count("\n") + 1)
            raise ContentError(
                f"a proof of {name}, which is no claim of {module.exercise.name}; expected one, or no proof of it.{hint}", place
            )
        nouns[name] = dataclasses.replace(claim, proof=f"{module.__name__}.{PROOFS}")
