"""The settings of Python and of the libraries that are loaded, each as a value that can be compared; nothing here sets one.

Those of a library are given as what differs from how it is imported: a computation may be the first that loads it.
"""

from __future__ import annotations

import decimal
import locale
import re
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from hwgen.freshness.sources import is_authors
from hwgen.freshness.wrapped import environment

Values = dict[str, Any]
# Of matplotlib, what is settled when it first draws.
SETTLED = frozenset({"backend", "backend_fallback"})
# What differs from one machine, user or process to the next; the variables that matter are keys of their own.
_OF_THE_MACHINE = frozenset(
    ["os.environ", "sys.path", "sys.meta_path", "sys.path_hooks", "locale.setlocale", "time.tzset", "signal.setitimer", "np.seterrcall"]
)
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
POLYS = "sympy.polys.polyconfig"


def settings() -> Values:
    """All of them by the name under which each is set."""
    found = {**_of_python(), **_of_decimal()}
    for module, read in _READ.items():
        if (loaded := sys.modules.get(module)) is not None:
            found |= {name: value for name, value in read(loaded).items() if value}
    return found


def standing() -> str:
    """Those with which each result is begun, as the top of the content has left them; none that tells of the machine or its user."""
    said = {name: value for name, value in settings().items() if name not in _OF_THE_MACHINE}
    return ADDRESS.sub("", repr(sorted(said.items())))


def tables(known: Values | None = None) -> Values:
    """What the lists, tables and sets of the content hold, by the name of each; only those `known`, if any are given."""
    found: Values = {}
    for place, module in sys.modules.copy().items():
        if is_authors(place):
            kept = ((f"{place}.{name}", value) for name, value in vars(module).copy().items() if isinstance(value, dict | list | set))
            found |= {name: ADDRESS.sub("", repr(value)) for name, value in kept if not name.rpartition(".")[2].startswith("__")}
    return {name: said for name, said in found.items() if known is None or name in known}


def differing(before: Values, now: Values) -> list[str]:
    """The settings that are others now, by name."""
    return [name for name in {**before, **now} if before.get(name) != now.get(name)]


def _of_python() -> Values:
    return {
        "os.environ": environment(),
        "sys.path": [str(path) for path in sys.path],
        "sys.meta_path": list(map(id, sys.meta_path)),
        "sys.path_hooks": list(map(id, sys.path_hooks)),
        "sys.setrecursionlimit": sys.getrecursionlimit(),
        "sys.set_int_max_str_digits": sys.get_int_max_str_digits(),
        "locale.setlocale": locale.setlocale(locale.LC_ALL),
        "time.tzset": time.tzname,
        "signal.setitimer": [signal.getitimer(one)[0] > 0 for one in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)],
        "socket.setdefaulttimeout": socket.getdefaulttimeout(),
    }


def _of_decimal() -> Values:
    """The contexts without the flags that computing raises in them."""
    contexts = {"getcontext()": decimal.getcontext(), "DefaultContext": decimal.DefaultContext}
    contexts |= {"BasicContext": decimal.BasicContext, "ExtendedContext": decimal.ExtendedContext}
    return {f"decimal.{name}": _rules(context) for name, context in contexts.items()}


def _rules(context: decimal.Context) -> list[Any]:
    trapped = sorted(signal.__name__ for signal, is_trapped in context.traps.items() if is_trapped)
    return [context.prec, context.rounding, context.Emin, context.Emax, context.capitals, context.clamp, trapped]


def _of_numpy(numpy: Any) -> Values:
    own = {"np.seterr": numpy.geterr(), "np.seterrcall": id(numpy.geterrcall()), "np.setbufsize": numpy.getbufsize()}
    generator = type(numpy.random.get_bit_generator()).__name__
    return {**own, "np.set_printoptions": numpy.get_printoptions(), "np.random.set_bit_generator": generator}


def _other(found: Mapping[str, Any], usual: Mapping[str, Any]) -> Values:
    return {name: value for name, value in found.items() if name not in usual or usual[name] != value}


def _of_mpmath(mpmath: Any) -> Values:
    usual = {"prec": 53, "rounding": "n", "trap_complex": False, "pretty": False}
    found: Values = {}
    for name in ("mp", "iv", "fp"):
        context = getattr(mpmath, name)
        own = {one: getattr(context, one) for one in usual if hasattr(context, one)}
        own["rounding"] = getattr(context, "_prec_rounding", [0, "n"])[1]
        found |= {f"{name}.{what}": [value] for what, value in _other(own, usual).items()}
    return found


def _of_flint(flint: Any) -> Values:
    usual = {"prec": 53, "cap": 10, "pretty": True, "unicode": False}
    own = {name: getattr(flint.ctx, name, value) for name, value in usual.items()}
    return {f"flint.ctx.{name}": [value] for name, value in _other(own, usual).items()}


def _of_scipy(special: Any) -> Values:
    usual = {name: "raise" if name == "memory" else "ignore" for name in special.geterr()}
    return {"scipy.special.seterr": _other(special.geterr(), usual)}


def _of_matplotlib(matplotlib: Any) -> Values:
    """What rcParams and the tables that they come from say, past what tells of a name that is old."""
    tables = {name: dict.items(getattr(matplotlib, name)) for name in ("rcParams", "rcParamsDefault")}
    own = {name: {one: repr(value) for one, value in table if one not in SETTLED} for name, table in tables.items()}
    first = {one: repr(value) for one, value in dict.items(matplotlib.rcParamsOrig)}
    return {
        "matplotlib.rcParams": _other(own["rcParams"], first),
        "matplotlib.rcParamsDefault": _other(own["rcParamsDefault"], _DEFAULTS.setdefault("rcParamsDefault", own["rcParamsDefault"])),
    }


def _of_sympy(parameters: Any) -> Values:
    return {
        f"sympy.core.parameters.global_parameters.{name}": [value]
        for name, value in vars(parameters.global_parameters).items()
        if {"evaluate": True, "distribute": True, "exp_is_pow": False}.get(name) is not value
    }


_DEFAULTS: dict[str, Values] = {}
_READ: dict[str, Callable[[Any], Values]] = {
    "numpy": _of_numpy,
    "mpmath": _of_mpmath,
    "flint": _of_flint,
    "scipy.special": _of_scipy,
    "matplotlib": _of_matplotlib,
    "sympy.core.parameters": _of_sympy,
    POLYS: lambda polys: {"sympy.polys.polyconfig.configure": _other(polys._current_config, polys._default_config)},
    "sympy.assumptions.assume": lambda assume: {"sympy.assumptions.global_assumptions": {str(one) for one in assume.global_assumptions}},
    "sympy.printing.printer": lambda printer: {"sympy.init_printing": dict(printer.Printer._global_settings)},
    "csv": lambda csv: {"csv.register_dialect": sorted({*csv.list_dialects()} - {"excel", "excel-tab", "unix"})},
}
