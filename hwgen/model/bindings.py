"""What the symbols of a formula are bound to: variables, computed values, functions and heads. Nothing here computes one."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hwgen.model.errors import ContentError, did_you_mean


@dataclass(frozen=True, kw_only=True, slots=True, init=False)
class Approx:
    """A computed value with a bound on its absolute error (entry by entry for arrays); the error's unit is the value's."""

    value: Any
    error: float

    def __init__(self, *, value: Any, error: float) -> None:
        # Millions are made: past what keeps everybody else from setting them, and half as long as by it.
        _set_value(self, value)
        _set_error(self, error)


_set_value, _set_error = (vars(Approx)[name].__set__ for name in ("value", "error"))


@dataclass(frozen=True, kw_only=True)
class Variable:
    """The symbol stands for this variable of the domain."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Value:
    """The symbol stands for `compute(**those variables of the point that it names)`: a number, an array, or an Approx of one.

    A function of any binding whose first parameter is called `problem` is given the problem first.
    `error`: bound on the relative error of the computation, used where `compute` returns no Approx of its own.
    """

    compute: Callable[..., Any]
    error: float = 1e-12


@dataclass(frozen=True, kw_only=True)
class Function:
    """The symbol is a function, applied with parentheses; `derivatives[k]` is what k+1 primes stand for.

    If `of` names variables of the domain, their values are passed as keyword arguments after the printed arguments.
    `vectorised`: the printed arguments may be arrays of one shape, of which the function takes each entry by itself.
    """

    call: Callable[..., Any]
    derivatives: tuple[Callable[..., Any], ...] = ()
    of: tuple[str, ...] = ()
    error: float = 1e-12
    vectorised: bool = False


@dataclass(frozen=True, kw_only=True)
class Expectation:
    r"""The symbol is a head such as `\mathbb{E}[…]`, `\mathbb{P}(…)` or `\operatorname{Var}(…)`, averaging over `symbols`.

    `law(**named variables of the point)` returns (weights, values of the first symbol, values of the second, …): a
    quadrature rule or an exact discrete law, weights (k,) summing to 1 and values with leading axis k. `moment` says what
    is done with it: "mean" of the printed expression, "probability" of the printed relation, or "variance".
    """

    law: Callable[..., Sequence[Any]]
    symbols: tuple[str, ...]
    moment: str = "mean"
    error: float = 1e-12


Binding = Variable | Value | Function | Expectation
Bindings = Mapping[str, Binding]


@dataclass(frozen=True, kw_only=True)
class Noted:
    """An entry of a notation table: what a symbol means throughout an exercise, and the module in which the table stands."""

    module: str
    binding: Binding


class Bound(dict[str, Binding]):
    """What each symbol of one claim stands for; one that it does not bind is a message."""

    def __init__(self, claim: str, bindings: Bindings) -> None:
        super().__init__(bindings)
        self.claim = claim

    def __missing__(self, symbol: str) -> Binding:
        known = ", ".join(f"{one!r}" for one in self) or "none"
        raise ContentError(f"{symbol!r} is not bound in claim {self.claim}; bound are {known}.{did_you_mean(symbol, self)}")


def stated(bind: Callable[..., Bindings | None], problem: Any, named: bool) -> Bindings:
    """What a claim's function returns; nothing at all only where the claim names its symbols. Raises ContentError."""
    made = bind(problem) if inspect.signature(bind).parameters else bind()
    if isinstance(made, Mapping) or (made is None and named):
        return made or {}
    what = "None" if made is None else f"a {type(made).__name__}"
    expected = "expected {symbol: what it stands for} (is its return missing?)"
    raise ContentError(f"{bind.__name__} returns {what}; {expected}")


def on_problem(binding: Binding, problem: Any) -> Binding:
    """The binding with its functions of the problem applied to it."""
    match binding:
        case Value():
            return value_on(binding, problem)
        case Function():
            return replace(
                binding, call=_given(binding.call, problem), derivatives=tuple(_given(one, problem) for one in binding.derivatives)
            )
        case Expectation():
            return replace(binding, law=_given(binding.law, problem))
    return binding


def value_on(value: Value, problem: Any) -> Value:
    """The same for what is computed at each point."""
    return replace(value, compute=_given(value.compute, problem))


def _given(call: Callable[..., Any], problem: Any) -> Callable[..., Any]:
    # By the name of the first parameter; what is not written in Python takes no problem.
    code = getattr(inspect.unwrap(call), "__code__", None)
    return functools.partial(call, problem) if code and code.co_varnames[: code.co_argcount][:1] == ("problem",) else call


def variable(name: str) -> Variable:
    """The symbol is the variable `name` of the claim's domain."""
    return Variable(name=name)


def value(compute: Callable[..., Any], *, error: float = 1e-12) -> Value:
    """The symbol is computed at each point by `compute`, to the relative error `error` (or as its Approx says)."""
    return Value(compute=compute, error=error)


def function(
    call: Callable[..., Any], *derivatives: Callable[..., Any], of: Sequence[str] = (), error: float = 1e-12, vectorised: bool = False
) -> Function:
    """The symbol is a function of its printed arguments; one prime is the first of `derivatives`, two primes the second."""
    return Function(call=call, derivatives=derivatives, of=tuple(of), error=error, vectorised=vectorised)


def expectation(law: Callable[..., Any], *symbols: str, error: float = 1e-12) -> Expectation:
    """The symbol averages what it is applied to over `law`."""
    return Expectation(law=law, symbols=symbols, moment="mean", error=error)


def probability(law: Callable[..., Any], *symbols: str, error: float = 1e-12) -> Expectation:
    """The symbol is the probability under `law` of the relation it is applied to."""
    return Expectation(law=law, symbols=symbols, moment="probability", error=error)


def variance(law: Callable[..., Any], *symbols: str, error: float = 1e-12) -> Expectation:
    """The symbol is the variance under `law` of what it is applied to."""
    return Expectation(law=law, symbols=symbols, moment="variance", error=error)
