"""Whether a declaration is made of what it can be made of, by type and by name: said at the author's line, before anything is computed."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from hwgen.model.bindings import Binding, Expectation, Function, Value, Variable
from hwgen.model.domain import Choices, Interval, Vectors
from hwgen.model.errors import ContentError, did_you_mean
from hwgen.model.place import Place
from hwgen.model.sharpness import Binds, Derived, Ratio, declarations

_RANGES = "closed(…), log_closed(…), integers(…), cases(…) or vectors(…)"
# What \alpha, \beta, \frac, \nu, \rho, \theta and \varphi begin with in a string that is not raw.
_LOST = re.compile(r"[\a\b\f\n\r\t\v][a-zA-Z]+")
_BINDINGS = "variable(…), value(…), function(…), expectation(…), probability(…) or variance(…)"


def declared_at(function: Callable[..., Any]) -> Place:
    """Where an author's function stands."""
    code = inspect.unwrap(function).__code__
    return Place(file=code.co_filename, line=code.co_firstlineno)


def plain(prints: str) -> str:
    """What is wrong with the names of printed symbols: Python reads the first two letters of a command such as \\rho as one sign."""
    lost = _LOST.search(prints)
    return f'its symbols have lost a backslash at {lost[0]!r}; expected an r before the quotes, as in r"\\rho, \\kappa"' if lost else ""


def ranges(domain: Mapping[str, Any]) -> str:
    """What is wrong with the ranges of a domain; empty if nothing is."""
    for name, spread in domain.items():
        if not isinstance(spread, Interval | Vectors | Choices):
            return f"its variable {name} ranges over {spread!r}; expected {_RANGES}"
        if said := _ends(spread.norm if isinstance(spread, Vectors) else spread):
            return f"its variable {name} ranges over {said}"
    return ""


def _ends(spread: Interval | Choices) -> str:
    """What is wrong with the ends of an interval, or with cases; empty if nothing is."""
    if isinstance(spread, Choices):
        return "" if spread.values else "no case; expected one or more in cases(…)"
    low, high = spread.low, spread.high
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return ""
    if low > high:
        return f"nothing, since its lower end {low} is above its upper end {high}; expected them the other way round"
    return f"a logarithm down to {low}; expected a lower end above 0" if spread.log and low <= 0 else ""


def names(found: Iterable[str], domain: Mapping[str, Any], where: str) -> str:
    """What is wrong with names that should be variables of a domain; empty if nothing is."""
    for name in found:
        if name not in domain:
            return f"{where} {name!r}, which is no variable of its domain; expected {_variables(domain)}.{did_you_mean(name, domain)}"
    return ""


def sharpness(sharp: Any, domain: Mapping[str, Any]) -> str:
    """What is wrong with what is said of how sharp inequalities are; empty if nothing is."""
    said = listed("sharp", sharp, (tuple, Binds, Ratio, Derived), "sharp=[Binds(at={…})], an entry for each inequality")
    if said:
        return said
    for one in (one for declared in sharp for one in declarations(declared)):
        said = _sharp(one, domain)
        if said:
            return said
    return ""


def _sharp(one: Any, domain: Mapping[str, Any]) -> str:
    match one:
        case Binds():
            return names(one.at, domain, "it binds at a value of")
        case Ratio():
            return names(one.where, domain, "its ratio is where a value is given to")
        case Derived():
            wrong = [f"{side}={given!r}" for side, given in one.sides.items() if not isinstance(given, Value)]
            if wrong:
                return f"it is derived from {wrong[0]}; expected value(…)"
            return next(filter(None, (names(needed(side.compute), domain, "its derivation takes") for side in one.sides.values())), "")
    return f"sharp holds {one!r}; expected Binds(at=…), Ratio(largest=…) or Derived(larger=…)"


def bound(symbol: str, binding: Any, domain: Mapping[str, Any]) -> None:
    """Raises ContentError for a binding of a claim that its domain cannot serve, or of what Python has made another text."""
    control = next((sign for sign in symbol if not sign.isprintable()), "")
    if control:
        raise ContentError(f"{symbol!r} is bound, in which Python reads {control!r} as one character; expected r{symbol!r}")
    if not isinstance(binding, Variable | Value | Function | Expectation):
        raise ContentError(f"{symbol} is bound to {binding!r}; expected {_BINDINGS}")
    said = _unserved(symbol, binding, domain)
    if said:
        raise ContentError(said)


def _unserved(symbol: str, binding: Binding, domain: Mapping[str, Any]) -> str:
    match binding:
        case Variable(name=name) if not isinstance(name, str):
            said = f"{symbol} is bound to variable({_named(name)})"
            return f"{said}; expected the name of a variable of its domain, or value(…) of a computation"
        case Value(compute=called) | Function(call=called) | Expectation(law=called) if not callable(called):
            return f"{symbol} is bound to what is computed by {called!r}, which is no function; expected one, or variable('…')"
        case Variable():
            return names([binding.name], domain, f"{symbol} is bound to the variable")
        case Function():
            return names(binding.of, domain, f"{symbol} is a function of")
        case Expectation():
            return names(needed(binding.law), domain, f"the law of {symbol} takes")
    return names(needed(binding.compute), domain, f"{symbol} is computed from")


def _named(given: object) -> str:
    return str(getattr(given, "__name__", None) or repr(given))


def bound_at(bind: Callable[..., Any], symbol: str, binding: Any) -> Place:
    """The line on which a symbol is bound: where the function that binds names it, or where what computes it stands."""
    lines, first = inspect.getsourcelines(inspect.unwrap(bind))
    body = [node for one in ast.parse(textwrap.dedent("".join(lines))).body if isinstance(one, ast.FunctionDef) for node in one.body]
    spelled = [node.lineno for one in body for node in ast.walk(one) if isinstance(node, ast.Constant) and node.value == symbol]
    if spelled:
        return Place(file=declared_at(bind).file, line=first + spelled[0] - 1)
    called = getattr(binding, "compute", None) or getattr(binding, "call", None) or getattr(binding, "law", None)
    called = getattr(called, "func", called)  # with the problem given
    return declared_at(called) if inspect.isfunction(called) else declared_at(bind)


def ranged(bindings: Iterable[Binding], domain: Mapping[str, Any], symbols: Iterable[str]) -> None:
    """Raises ContentError for a variable of the domain that no symbol is or is computed from, and that is much like one: it is misspelt."""
    used = {name for binding in bindings for name in _takes(binding)}
    known = [one.removeprefix("\\") for one in (*symbols, *filter(None, used))]
    for name in domain if None not in used else ():
        if near := did_you_mean(name, known) if name not in used else "":
            raise ContentError(f"{name} is a variable of its domain that no symbol stands for or is computed from; expected none.{near}")


def _takes(binding: Binding) -> set[str | None]:
    """The variables that a binding takes; None among them where it takes them all."""
    match binding:
        case Variable():
            return {binding.name}
        case Function():
            return set(binding.of)
    compute = binding.law if isinstance(binding, Expectation) else binding.compute
    try:
        parameters = inspect.signature(compute).parameters.values()
    except (TypeError, ValueError):  # a function of C that does not say
        return {None}
    return {None if one.kind is one.VAR_KEYWORD else one.name for one in parameters}


def needed(compute: Callable[..., Any]) -> Sequence[str]:
    """The variables without which a computation cannot be called; the problem, which it may take first, is none."""
    try:
        parameters = list(inspect.signature(compute).parameters.values())
    except (TypeError, ValueError):  # a function of C that does not say
        return []
    named = [one.name for one in parameters if one.default is one.empty and one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)]
    return named[1:] if named[:1] == ["problem"] else named


def _variables(domain: Mapping[str, Any]) -> str:
    return f"one of {', '.join(domain)}" if domain else "a variable, and its domain names none"


def listed(what: str, given: Any, kind: type | tuple[type, ...], example: str) -> str:
    """What is wrong with an option that is a list of nouns of one kind; empty if nothing is."""
    if isinstance(given, list | tuple) and all(isinstance(one, kind) for one in given):
        return ""
    shown = (
        type(given).__name__
        if not isinstance(given, list | tuple)
        else f"a list with {next(x for x in given if not isinstance(x, kind))!r}"
    )
    return f"{what} is {shown}; expected a list, as in {example}"
