"""The exercises: how content registers itself, and how the engine finds it by name.

An exercise is a package below the content package of the homework that holds `exercise`, an `Exercise`. Nothing here knows any of them.
"""

from __future__ import annotations

import dataclasses
import importlib
import importlib.util
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from hwgen.model import Bindings, Claim, Constant, Declared, Estimate, Evidence, Figure, Place, Range, Statement, Study, Table, Verdict
from hwgen.model.errors import ContentError, did_you_mean

PROOFS = "proofs"

Noun = Claim | Statement | Study | Constant | Figure | Table
N = TypeVar("N", Claim, Statement, Study, Constant, Figure, Table)


def _sentence(function: Callable[..., Any]) -> str:
    return (inspect.getdoc(function) or function.__name__).splitlines()[0]


def _source(function: Callable[..., Any]) -> Place:
    code = inspect.unwrap(function).__code__
    return Place(file=code.co_filename, line=code.co_firstlineno)


@dataclass
class Exercise:
    """What one exercise contributes, registered by decorators; a decorated function becomes its noun."""

    name: str
    title: str
    problem: Any
    nouns: dict[str, Noun] = field(default_factory=dict)

    def _add(self, noun: N, function: Callable[..., Any]) -> N:
        if noun.name in self.nouns:
            raise ContentError(f"{noun.name} is declared twice in {self.name}; expected one name for one thing", _source(function))
        self.nouns[noun.name] = noun
        return noun

    def _changed(self, function: Callable[..., Any], changed: Mapping[str, Any] | None, identity: str) -> Mapping[str, Any]:
        if bool(changed) == bool(identity):
            raise ContentError(
                f"{function.__name__}: expected either changed={{…}} (a problem on which the claim is false) "
                "or identity='why no changed problem makes sense'",
                _source(function),
            )
        unknown = [name for name in changed or {} if not hasattr(self.problem, name)]
        if unknown:
            raise ContentError(f"{function.__name__}: the problem of {self.name} has no {unknown[0]!r}", _source(function))
        return changed or {}

    def _quoted(self, function: Callable[..., Any], false: bool, quotes: str) -> str:
        if false != bool(quotes.strip()):
            said = "expected quotes=r'…' with false=True, and only there: the formula, as LaTeX, that the text says is wrong"
            raise ContentError(f"{function.__name__}: {said}", _source(function))
        return quotes

    def claim(
        self,
        *,
        domain: Mapping[str, Range],
        source: str = "",
        changed: Mapping[str, Any] | None = None,
        identity: str = "",
        sharp: Sequence[Declared] = (),
        needs: Verdict = Verdict.SUPPORTED,
        points: int = 48,
        false: bool = False,
        quotes: str = "",
        fixed: Sequence[str] = (),
    ) -> Callable[[Callable[[Any], Bindings]], Claim]:
        """Declare a printed relation; the function returns what its symbols are bound to, on a given problem."""

        def register(bind: Callable[[Any], Bindings]) -> Claim:
            return self._add(
                Claim(
                    name=bind.__name__,
                    exercise=self.name,
                    sentence=_sentence(bind),
                    domain=domain,
                    bind=bind,
                    needs=needs,
                    source=source,
                    sharp=tuple(sharp),
                    changed={} if false else self._changed(bind, changed, identity),
                    identity=identity,
                    points=points,
                    false=false,
                    quotes=self._quoted(bind, false, quotes),
                    fixed=tuple(fixed),
                ),
                bind,
            )

        return register

    def statement(
        self, *, changed: Mapping[str, Any] | None = None, identity: str = "", needs: Verdict = Verdict.SUPPORTED
    ) -> Callable[[Callable[[Any], Sequence[Evidence]]], Statement]:
        r"""Declare a sentence marked with `\verified`; the function looks for what would contradict it."""

        def register(look: Callable[[Any], Sequence[Evidence]]) -> Statement:
            noun = Statement(
                name=look.__name__,
                exercise=self.name,
                sentence=_sentence(look),
                look=look,
                needs=needs,
                changed=self._changed(look, changed, identity),
                identity=identity,
            )
            return self._add(noun, look)

        return register

    def study(self, compute: Callable[[Any], Mapping[str, Any]]) -> Study:
        """Declare a cached computation of named arrays."""
        return self._add(Study(name=compute.__name__, exercise=self.name, sentence=_sentence(compute), compute=compute), compute)

    def constant(self, *, of: Sequence[Study] = ()) -> Callable[[Callable[..., Estimate]], Constant]:
        """Declare a number; the function takes the arrays of each study in `of`, or the problem if there is none."""

        def register(compute: Callable[..., Estimate]) -> Constant:
            studies = tuple(study.name for study in of)
            name = compute.__name__
            return self._add(Constant(name=name, exercise=self.name, sentence=_sentence(compute), compute=compute, of=studies), compute)

        return register

    def figure(self, *, of: Sequence[Study], height: float = 2.6) -> Callable[[Callable[..., None]], Figure]:
        """Declare a drawing of the arrays of the studies in `of`; height in inches."""

        def register(draw: Callable[..., None]) -> Figure:
            studies = tuple(study.name for study in of)
            noun = Figure(name=draw.__name__, exercise=self.name, sentence=_sentence(draw), draw=draw, of=studies, height=height)
            return self._add(noun, draw)

        return register

    def table(self, *, of: Sequence[Study]) -> Callable[[Callable[..., Sequence[Sequence[str]]]], Table]:
        """Declare a generated table over the studies in `of`."""

        def register(rows: Callable[..., Sequence[Sequence[str]]]) -> Table:
            studies = tuple(study.name for study in of)
            return self._add(Table(name=rows.__name__, exercise=self.name, sentence=_sentence(rows), rows=rows, of=studies), rows)

        return register


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
    if root is not None and str(root.resolve()) not in sys.path:
        sys.path.insert(0, str(root.resolve()))
        importlib.invalidate_caches()
    top = folder(package.split(".")[0])
    folder(package)
    before = set(sys.modules)
    parent = importlib.import_module(package)
    names = sorted(module.name for module in pkgutil.iter_modules(parent.__path__))
    modules = [importlib.import_module(f"{package}.{name}") for name in names]
    if root is not None:
        _inside(top, root.resolve(), set(sys.modules) - before)
    for module in modules:
        _attach_proofs(module)
    return Catalog(package, tuple(module.exercise for module in modules if hasattr(module, "exercise")))


def folder(package: str) -> Path:
    """The folder of a package, which is not imported, only those above it. Raises ContentError if there is none."""
    try:
        spec = importlib.util.find_spec(package)
    except ModuleNotFoundError:
        spec = None
    if spec is None or not spec.submodule_search_locations or not spec.origin:
        path = package.replace(".", "/")
        raise ContentError(f"content is {package!r}, and no such package is found; expected {path}/__init__.py in the homework's folder")
    return Path(spec.origin).parent


def _inside(top: Path, root: Path, imported: Iterable[str]) -> None:
    """What the content imports from its homework's folder lies in its own package: nobody would notice a change elsewhere."""
    for name in sorted(imported):
        path = Path(getattr(sys.modules[name], "__file__", None) or sys.prefix)
        if path.is_relative_to(root) and not path.is_relative_to(top) and not path.is_relative_to(sys.prefix):
            said = f"imported by the content, and outside of its package {top.name}/; expected it there, where a change of it is noticed"
            raise ContentError(said, Place(file=str(path.relative_to(root)), line=1))


def _attach_proofs(module: Any) -> None:
    """A public function in proofs.py proves the claim of its name. The file is not imported here: it needs SymPy, a build does not."""
    path = Path(module.__file__).with_name(PROOFS + ".py")
    if not hasattr(module, "exercise") or not path.exists():
        return
    nouns = module.exercise.nouns
    text = path.read_text()
    for match in re.finditer(r"^def ([a-z]\w*)\(", text, re.MULTILINE):
        claim = nouns.get(match[1])
        if not isinstance(claim, Claim):
            hint = did_you_mean(match[1], nouns)
            place = Place(file=str(path), line=text[: match.start()].count("\n") + 1)
            raise ContentError(f"a proof of {match[1]}, which is no claim of {module.exercise.name}.{hint}", place)
        nouns[match[1]] = dataclasses.replace(claim, proof=f"{module.__name__}.{PROOFS}")
