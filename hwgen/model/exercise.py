"""What one exercise contributes: content declares its nouns on an `Exercise`, by decorators and by values."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from hwgen.model import (
    Binding,
    Bindings,
    Claim,
    Constant,
    Declared,
    Estimate,
    Evidence,
    Figure,
    Fit,
    Meaning,
    Noted,
    Place,
    Range,
    Setting,
    Statement,
    Study,
    Table,
    Verdict,
)
from hwgen.model.effort import Scaled
from hwgen.model.errors import ContentError, did_you_mean
from hwgen.model.wellformed import declared_at, listed, plain, ranges, sharpness

Axis = str | Callable[..., Any]
# What stands beside a symbol in a notation table.
Entry = str | Binding | tuple[str, Binding]
Noun = Claim | Statement | Study | Constant | Figure | Table
Made = TypeVar("Made", bound=Callable[..., Mapping[str, Estimate]])
N = TypeVar("N", Claim, Statement, Study, Constant, Figure, Table)


def _sentence(function: Callable[..., Any]) -> str:
    return (inspect.getdoc(function) or function.__name__).splitlines()[0]


def _studies(of: Any, place: Place) -> tuple[str, ...]:
    """The names of the studies that a noun views. Raises ContentError for what is no list of them."""
    said = listed("of", of, Study, "of=[the_study], with the study itself")
    if said:
        raise ContentError(said, place)
    return tuple(study.name for study in of)


def _here() -> Place:
    """Where the content calls: two frames up."""
    frame = sys._getframe(2)
    return Place(file=frame.f_code.co_filename, line=frame.f_lineno)


def _of_entry(symbol: str, entry: Entry, place: Place) -> tuple[str, Binding | None]:
    """The words and the binding of an entry of a notation table. Raises ContentError where it has neither."""
    words, binding = entry if isinstance(entry, tuple) and len(entry) == 2 else (entry, None) if isinstance(entry, str) else ("", entry)
    if not (isinstance(words, str) and isinstance(binding, Binding | None) and (words or binding)):
        raise ContentError(f"{symbol} stands beside {entry!r}; expected words, a binding, or (words, binding)", place)
    return words, binding


def _part(compute: Callable[..., Mapping[str, Estimate]], name: str) -> Callable[..., Estimate]:
    """One of the numbers that a function returns by name; to the reader of definitions it is that function."""

    @functools.wraps(compute)
    def part(*given: Any) -> Estimate:
        made = compute(*given)
        if name not in made:
            said = f"{compute.__name__} returns {', '.join(made) or 'nothing'}; expected {name} too, of which a sentence is declared"
            raise ContentError(said, declared_at(compute))
        return made[name]

    return part


def _one_of(function: Callable[..., Any], always: str, hypotheses: Sequence[str]) -> None:
    """A claim needs hypotheses or none. Raises ContentError."""
    if always and hypotheses:
        said = f"it has the hypothesis {hypotheses[0]}, and needs none, it is said, as it holds {always}"
        raise ContentError(f"{function.__name__}: {said}; expected one of the two", declared_at(function))


@dataclass
class Exercise:
    """What one exercise contributes, registered by decorators; a decorated function becomes its noun."""

    name: str
    title: str
    problem: Any
    nouns: dict[str, Noun] = field(default_factory=dict)
    symbols: dict[str, Noted] = field(default_factory=dict)
    meant: dict[str, Meaning] = field(default_factory=dict)

    def _add(self, noun: N, declared: Callable[..., Any] | Place) -> N:
        if noun.name in self.nouns:
            place = declared if isinstance(declared, Place) else declared_at(declared)
            raise ContentError(f"{noun.name} is declared twice in {self.name}; expected one name for one thing", place)
        self.nouns[noun.name] = noun
        return noun

    def notation(self, module: str, table: Mapping[str, Entry]) -> None:
        """Say once what symbols mean throughout the exercise: in words, as LaTeX, by a binding, or both as `(words, binding)`.

        A claim that names a bound one in `prints` need not bind it; `tables.notation` prints the words. `module` is `__name__`, and the
        table is written out with its keys, so that a changed binding makes the claims that use it stale, and no other.
        """
        for symbol, entry in table.items():
            words, binding = _of_entry(symbol, entry, _here())
            if binding and symbol in self.symbols:
                raise ContentError(f"{symbol} is in two notation tables of {self.name}; expected one meaning for one symbol", _here())
            if binding:
                self.symbols[symbol] = Noted(module=module, binding=binding)
            if words:
                self._means(symbol, Meaning(words=words, place=_here()))

    def _means(self, symbol: str, meaning: Meaning) -> None:
        known = self.meant.setdefault(symbol, meaning)
        if known.words != meaning.words:
            said = f"{symbol} means {known.words!r} at {known.place}, and {meaning.words!r} here"
            raise ContentError(f"{said}; expected one meaning for one letter of {self.name}, and another letter", meaning.place)

    def _changed(self, function: Callable[..., Any], changed: Mapping[str, Any] | None, identity: str) -> Mapping[str, Any]:
        if bool(changed) == bool(identity):
            raise ContentError(
                f"{function.__name__}: expected either changed={{…}} (a problem on which the claim is false) "
                "or identity='why no changed problem makes sense'",
                declared_at(function),
            )
        unknown = [name for name in changed or {} if not hasattr(self.problem, name)]
        if unknown:
            known = list(getattr(self.problem, "__dataclass_fields__", ()))
            said = f"the problem of {self.name} has no {unknown[0]!r}; expected one of {', '.join(known) or 'its fields'}"
            raise ContentError(f"{function.__name__}: {said}.{did_you_mean(unknown[0], known)}", declared_at(function))
        return changed or {}

    def _quoted(self, function: Callable[..., Any], false: bool, quotes: str) -> str:
        if false != bool(quotes.strip()):
            said = "expected quotes=r'…' with false=True, and only there: the formula, as LaTeX, that the text says is wrong"
            raise ContentError(f"{function.__name__}: {said}", declared_at(function))
        return quotes

    def claim(
        self,
        prints: str = "",
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
        kept: Mapping[str, str] | None = None,
        in_words: Sequence[str] = (),
        always: str = "",
        exact: str = "",
        road: str = "",
        coarse: Mapping[float, str] | None = None,
    ) -> Callable[[Callable[..., Bindings | None]], Claim]:
        r"""Declare a relation that prints the symbols `prints`, as in r"p, \hat K"; the function returns what these do not say."""
        symbols = tuple(symbol.strip() for symbol in prints.split(",") if symbol.strip())
        said = plain(prints) or ranges(domain) or sharpness(sharp, domain)
        judged = partial(
            Claim, domain=domain, needs=needs, source=source, sharp=() if said else tuple(sharp), points=points, fixed=tuple(fixed)
        )
        assumed = partial(judged, kept=kept or {}, in_words=tuple(in_words), always=always, coarse=coarse or {})
        printed = partial(assumed, exact=exact, road=road, prints=symbols, notation=self.symbols, identity=identity, false=false)

        def register(bind: Callable[..., Bindings | None]) -> Claim:
            changes = {} if false else self._changed(bind, changed, identity)
            quoted = self._quoted(bind, false, quotes)
            if said:
                raise ContentError(f"{bind.__name__}: {said}", declared_at(bind))
            _one_of(bind, always, [*(kept or ()), *in_words])
            named = partial(printed, name=bind.__name__, exercise=self.name, sentence=_sentence(bind))
            return self._add(named(bind=bind, changed=changes, quotes=quoted), bind)

        return register

    def statement(
        self, *, changed: Mapping[str, Any] | None = None, identity: str = "", needs: Verdict = Verdict.SUPPORTED, words: Sequence[str] = ()
    ) -> Callable[[Callable[[Any], Sequence[Evidence]]], Statement]:
        r"""Declare a sentence marked with `\verified`, in which these words stand; the function looks for what would contradict it."""

        def register(look: Callable[[Any], Sequence[Evidence]]) -> Statement:
            noun = Statement(
                name=look.__name__,
                exercise=self.name,
                sentence=_sentence(look),
                look=look,
                needs=needs,
                changed=self._changed(look, changed, identity),
                identity=identity,
                words=tuple(words),
            )
            return self._add(noun, look)

        return register

    def study(self, compute: Callable[[Any], Mapping[str, Any]]) -> Study:
        """Declare a cached computation of named arrays."""
        return self._add(Study(name=compute.__name__, exercise=self.name, sentence=_sentence(compute), compute=compute), compute)

    def constant(self, *, of: Sequence[Study] = ()) -> Callable[[Callable[..., Estimate]], Constant]:
        """Declare a number; the function takes the arrays of each study in `of`, or the problem if there is none."""

        def register(compute: Callable[..., Estimate]) -> Constant:
            studies = _studies(of, declared_at(compute))
            name = compute.__name__
            return self._add(Constant(name=name, exercise=self.name, sentence=_sentence(compute), compute=compute, of=studies), compute)

        return register

    def numbers(self, *, of: Sequence[Study] = (), **sentences: str) -> Callable[[Made], Made]:
        """Declare several numbers, each with its sentence; the function returns them by name, and takes what that of a constant takes."""

        def register(compute: Made) -> Made:
            studies = _studies(of, declared_at(compute))
            for name, said in sentences.items():
                self._add(Constant(name=name, exercise=self.name, sentence=said, compute=_part(compute, name), of=studies), compute)
            return compute

        return register

    def settings(self, **numbers: tuple[float | Scaled, str]) -> None:
        """Declare constants that are numbers of the author's choice, each with its sentence."""
        place = _here()
        for name, (number, sentence) in numbers.items():
            setting = Setting(number=number, place=place)
            self._add(Constant(name=name, exercise=self.name, sentence=sentence, compute=setting), place)

    def stand_for(self, **symbols: str) -> None:
        r"""Say which symbols constants are the values of, as in `figure_radius="R"`: a page that prints `r=` before it is refused."""
        for name, symbol in symbols.items():
            self.nouns[name] = replace(self._constant(name, f"stand for {symbol}", _here()), symbol=symbol)

    def _constant(self, name: str, said: str, place: Place) -> Constant:
        noun, known = self.nouns.get(name), [one for one, noun in self.nouns.items() if isinstance(noun, Constant)]
        if not isinstance(noun, Constant):
            raise ContentError(f"{name} is no constant of {self.name} yet, and is said to {said}.{did_you_mean(name, known)}", place)
        return noun

    def named(self, **words: str | Sequence[str]) -> None:
        r"""Say beside which words constants are printed, as in `wide="to {} at"`: two of one sentence are told apart by them.

        LaTeX may be among them; several for one constant are for its several places.
        """
        for name, said in words.items():
            given = (said,) if isinstance(said, str) else tuple(said)
            noun = self._constant(name, f"stand in {given[0]!r}", _here())
            wrong = next((one for one in given if one.count("{}") != 1 or not one.replace("{}", "").strip()), None)
            if wrong is not None:
                raise ContentError(f"{name} is said to stand in {wrong!r}; expected words, and one {{}} in its place", _here())
            self.nouns[name] = replace(noun, words=given)

    def power_law(
        self, pattern: str, sentence: str, *, of: Sequence[Study], x: Axis, y: Axis, row: int | None = None, drift: bool = True
    ) -> None:
        """Declare the fitted slope of log y against log x as a constant, and its drift as another; {} in `pattern` is which.

        x and y name arrays of the first study (y the `row` of it), or are functions of the arrays of all of them.
        """
        place = _here()
        studies = _studies(of, place)
        sentences = {"slope": f"Fitted slope of {sentence}.", "drift": f"Drift of the fitted slope of {sentence}."}
        for part, said in list(sentences.items())[: 1 + drift]:
            fit = Fit(part=part, x=x, y=y, row=row, place=place)
            name = pattern.format(part)
            self._add(Constant(name=name, exercise=self.name, sentence=said, compute=fit, of=studies), place)

    def figure(self, *, of: Sequence[Study], height: float = 2.6) -> Callable[[Callable[..., None]], Figure]:
        """Declare a drawing of the arrays of the studies in `of`; height in inches."""

        def register(draw: Callable[..., None]) -> Figure:
            studies = _studies(of, declared_at(draw))
            noun = Figure(name=draw.__name__, exercise=self.name, sentence=_sentence(draw), draw=draw, of=studies, height=height)
            return self._add(noun, draw)

        return register

    def table(self, *, of: Sequence[Study]) -> Callable[[Callable[..., Sequence[Sequence[str]]]], Table]:
        """Declare a generated table over the studies in `of`."""

        def register(rows: Callable[..., Sequence[Sequence[str]]]) -> Table:
            studies = _studies(of, declared_at(rows))
            return self._add(Table(name=rows.__name__, exercise=self.name, sentence=_sentence(rows), rows=rows, of=studies), rows)

        return register
