"""What content declares: claims, statements, studies, constants, figures and tables; what is handed in, by whom."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hwgen.model.bindings import Binding, Bindings, Bound, Noted, Variable, on_problem, stated
from hwgen.model.domain import Range
from hwgen.model.effort import STANDARD, Effort, Scaled, present
from hwgen.model.errors import ContentError, did_you_mean
from hwgen.model.found import Estimate, Evidence, Verdict
from hwgen.model.place import Place
from hwgen.model.sharpness import Declared, Ratio, declarations, declared_on

if TYPE_CHECKING:
    import datetime

PROOFS = "proofs"  # the module of an exercise that only a proof imports, as it needs SymPy


def _import_beside(module: str) -> None:
    """Import what lies beside a module, any of which may hold a notation table: a build has done so, a test of one claim has not."""
    package = module.rpartition(".")[0]
    for one in pkgutil.iter_modules(getattr(sys.modules.get(package), "__path__", ())):
        if one.name != PROOFS:
            importlib.import_module(f"{package}.{one.name}")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A relation that the solution prints, and what its symbols mean independently of it.

    `false` says that the text prints it as wrong, and `quotes` what exactly is wrong, as LaTeX.
    `proof`: the module that holds a proof under the claim's name; empty if nothing is proved.
    `fixed`: the symbols that are one number, or two, by nature; every other one must take more values over the cases.
    `domain`: its universe, on the part of which where the printed hypotheses hold it is claimed. `kept`: why a hypothesis that it
    does not need in these words is printed, by its LaTeX; `in_words`: the hypotheses that are no relation; `always`: why it needs none,
    of all that its symbols can be.
    `exact`: why the two sides of an equality never differ, not even by rounding. `road`: why an oracle that does with its numbers what
    the page prints is a road of its own. `coarse`: what part of them is not known, and why.
    `prints`: symbols of the page that `bind` may leave out: variables of the domain by their names, and entries of `notation`.
    """

    name: str
    exercise: str
    sentence: str
    domain: Mapping[str, Range]
    bind: Callable[..., Bindings | None]
    needs: Verdict = Verdict.SUPPORTED
    prints: tuple[str, ...] = ()
    notation: Mapping[str, Noted] = field(default_factory=dict, repr=False)
    source: str = ""
    sharp: tuple[Declared, ...] = ()
    changed: Mapping[str, Any] = field(default_factory=dict)
    identity: str = ""
    points: int = 48
    false: bool = False
    quotes: str = ""
    proof: str = ""
    fixed: tuple[str, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    in_words: tuple[str, ...] = ()
    always: str = ""
    exact: str = ""
    road: str = ""
    coarse: Mapping[float, str] = field(default_factory=dict)

    def bindings(self, problem: Any) -> Bindings:
        """What every printed symbol means on a problem: first as `bind` says, then by the domain, then by the notation.

        Raises ContentError for a symbol that none of them knows.
        """
        own = stated(self.bind, problem, bool(self.prints))
        named = {symbol: own.get(symbol) or self._shared(symbol) for symbol in self.prints}
        return Bound(self.name, {symbol: on_problem(binding, problem) for symbol, binding in {**named, **own}.items()})

    def sharpness(self, problem: Any) -> tuple[Declared, ...]:
        """What is declared of its inequalities, with the functions of the problem applied to it."""
        return tuple(tuple(declared_on(one, problem) for one in declarations(declared)) for declared in self.sharp)

    @property
    def copied(self) -> tuple[Ratio, ...]:
        """The largest ratios that were copied from a run, as no reason says how they are known without one."""
        every = [one for declared in self.sharp for one in declarations(declared)]
        return tuple(one for one in every if isinstance(one, Ratio) and not one.because)

    def _shared(self, symbol: str) -> Binding:
        if symbol.removeprefix("\\") in self.domain:
            return Variable(name=symbol.removeprefix("\\"))
        if symbol not in self.notation:
            _import_beside(self.bind.__module__)
        if symbol in self.notation:
            return self.notation[symbol].binding
        # A command is nearest to a command, and a plain name to one.
        names = [f"\\{name}" if symbol.startswith("\\") else name for name in self.domain]
        raise ContentError(
            f"{symbol} is said to be printed and bound nowhere; expected it among the variables of the domain, "
            f"in a notation table of {self.exercise}, or in what {self.name} returns.{did_you_mean(symbol, [*names, *self.notation])}"
        )

    @property
    def noted(self) -> Mapping[str, Noted]:
        """The entries of the notation that the claim may use."""
        return {
            symbol: self.notation[symbol]
            for symbol in self.prints
            if symbol in self.notation and symbol.removeprefix("\\") not in self.domain
        }


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sentence without a formula (`\\verified`), supported by a computation that tries to contradict it.

    `words`: what that sentence says on the page, as LaTeX, and no other sentence under test does.
    """

    name: str
    exercise: str
    sentence: str
    look: Callable[[Any], Sequence[Evidence]]
    needs: Verdict = Verdict.SUPPORTED
    changed: Mapping[str, Any] = field(default_factory=dict)
    identity: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Study:
    """A cached computation; returns named arrays, rounded to six significant digits when stored."""

    name: str
    exercise: str
    sentence: str
    compute: Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a letter means throughout an exercise, in words, and where that is said."""

    words: str
    place: Place


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A number of the author's choice, exactly, or times the effort; `place` is where it is declared."""

    number: float | Scaled
    place: Place

    def __call__(self, *_: Any) -> Estimate:
        """The number itself."""
        number = self.number
        return Estimate(value=present().times(number.count, number.share) if isinstance(number, Scaled) else number, error=0)


@dataclass(frozen=True, kw_only=True)
class Fit:
    """The slope of log y against log x over replicates, or its drift: `part` says which.

    `x` and `y` name arrays of the first study, y with the `row` of it; or they are functions of the arrays of all studies.
    """

    part: str
    x: str | Callable[..., Any]
    y: str | Callable[..., Any]
    row: int | None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Constant:
    """A number that the solution prints, only to the digits that its error fixes: a cheap view of studies.

    `symbol`: what it is the value of, as LaTeX; the page prints it after no other one. `words`: what it stands beside, as {}, elsewhere.
    """

    name: str
    exercise: str
    sentence: str
    compute: Callable[..., Estimate] | Setting | Fit
    of: tuple[str, ...] = ()
    symbol: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A drawing: `draw(figure, *arrays of the studies named in of)` on a matplotlib figure that the engine opens and saves."""

    name: str
    exercise: str
    sentence: str
    draw: Callable[..., None]
    of: tuple[str, ...] = ()
    height: float = 2.6

    @property
    def path(self) -> Path:
        """Where the vector file stands, relative to the project."""
        return Path("figures") / f"{self.exercise}_{self.name}.pdf"


@dataclass(frozen=True, kw_only=True)
class Table:
    """A generated table: `rows(*arrays of the studies named in of)` returns the header and the cells, as plain or LaTeX text."""

    name: str
    exercise: str
    sentence: str
    rows: Callable[..., Sequence[Sequence[str]]]
    of: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Student:
    """Who hands it in, as written; what the document shows, and how much is computed for it.

    `aside`: the version is asked for this once, beside the one that student.toml hands in.
    """

    nom: str = ""
    prenom: str = ""
    version: str = "full"
    aside: bool = False
    appendix: bool = True
    marks: bool = False
    attach: bool = False  # the sources and the ledger, to the PDF
    timeout: int = 600  # seconds that one result may take
    effort: Effort = STANDARD


@dataclass(frozen=True, kw_only=True)
class Homework:
    """What is handed in, where and when; the pattern of its file's name, its versions (the whole one first), the package of its content."""

    file: str
    content: str
    title: str
    name: str = ""
    course: str = ""
    programme: str = ""
    week: int | None = None
    lecturer: str = ""
    address: str = ""
    subject: str = ""
    due: datetime.date | None = None
    attach: bool = False
    versions: tuple[str, ...] = ("full",)
