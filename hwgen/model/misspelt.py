"""What Python says of a name, an option or a module that is not there, in the author's words: what there is, and what is nearest."""

from __future__ import annotations

import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import hwgen.model
from hwgen.model.errors import did_you_mean
from hwgen.model.exercise import Exercise

# What authors import from, as far as it is loaded: this room knows none of it.
AUTHORS = ("hwgen.authors", "hwgen.authors.proofs", "hwgen.authors.numerics")
SHOWN = 8  # keys in a message
_CALL = re.compile(r"(?P<method>Exercise\.)?(?P<name>\w+)(?:\.__init__)?\(\) (?P<what>got an unexpected keyword argument|missing|takes)")
_QUOTED = re.compile(r"'(\w+)'")
_NOT_IN = re.compile(r"cannot import name '(\w+)' from (?:partially initialized module )?'([\w.]+)'")
_NO_DECORATOR = re.compile(r"'Exercise' object has no attribute '(\w+)'")


def hint(error: BaseException, known: Mapping[str, Any]) -> str:
    """The nearest to a key, an attribute or a name that is not there; `known` are the names where it was asked for."""
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str):
        asked = [one for name, one in known.items() if isinstance(one, Mapping) and not name.startswith("__")]
        keys = [key for one in asked if error.args[0] not in one for key in one if isinstance(key, str)]
        there = f"; there is {', '.join(map(repr, keys[:SHOWN]))}{', …' * (len(keys) > SHOWN)}" if keys else ""
        near = did_you_mean(error.args[0], keys)
        return f"{there}.{near}" if near else there
    if isinstance(error, AttributeError) and error.name:
        return _also(did_you_mean(error.name, dir(error.obj)))
    if isinstance(error, NameError) and error.name:
        return _elsewhere(error.name, str(known.get("__name__", ""))) or _also(did_you_mean(error.name, known))
    return ""


def _elsewhere(name: str, where: str) -> str:
    """How a name is imported that another module of the content, or what authors import from, has."""
    package, top = where.rpartition(".")[0], where.partition(".")[0]
    there = [one for one in [*sys.modules] if one in AUTHORS or (top and one.partition(".")[0] == top)]
    having = [one for one in there if one != where and name in vars(sys.modules[one])]
    if not having:
        return ""
    # First the module that defines it, then one beside.
    home = min(
        having, key=lambda one: (getattr(vars(sys.modules[one])[name], "__module__", one) != one, one.rpartition(".")[0] != package, one)
    )
    short = f".{home.rpartition('.')[2]}" if package and home.rpartition(".")[0] == package else home
    return f", as by from {short} import {name}"


def _also(near: str) -> str:
    return f".{near}" if near else ""


def told(error: BaseException) -> str:
    """The message; empty for an error of another kind."""
    said = str(error)
    if isinstance(error, ModuleNotFoundError):
        return _no_module(error.name or "")
    if match := _NOT_IN.match(said):
        return (
            f"there is no {match[1]!r} in {match[2]}; expected a name that it has.{did_you_mean(match[1], dir(sys.modules.get(match[2])))}"
        )
    if match := _NO_DECORATOR.match(said):
        return f"there is no @exercise.{match[1]}; expected one of {', '.join(_methods())}.{did_you_mean(match[1], _methods())}"
    if isinstance(error, NameError):
        return f"{said}; expected it to be imported, or defined above"
    match = _CALL.match(said)
    called = _of_ours(match) if match else None
    return _called(said, match, called) if match and called else ""


def _of_ours(match: re.Match[str]) -> Any:
    """What is called, if it is a decorator or what authors import from hwgen."""
    if match["method"]:
        return getattr(Exercise, match["name"], None)
    rooms = [hwgen.model, *filter(None, map(sys.modules.get, AUTHORS))]
    return next((getattr(room, match["name"]) for room in rooms if hasattr(room, match["name"])), None)


def _called(said: str, match: re.Match[str], called: Callable[..., Any]) -> str:
    """Of a wrong call of a decorator, or of a function of hwgen's own."""
    shown = f"@exercise.{match['name']}" if match["method"] else match["name"]
    options = [name for name in inspect.signature(called).parameters if name != "self"]
    quoted = _QUOTED.findall(said)
    if match["what"] == "takes":
        given = f"parentheses with its options by name: {shown}(" if match["method"] else f"each by its name: {shown}("
        return f"{shown} is given something without a name; expected {given}{', '.join(f'{one}=…' for one in options)})"
    if match["what"] == "missing":
        alone = f"{shown} alone, without parentheses" if quoted == ["compute"] else f"{', '.join(f'{one}=…' for one in quoted)} in it"
        what = "what it is about" if quoted == ["compute"] else " and ".join(quoted)
        if shown == "Estimate" and quoted == ["error"]:
            alone = "error=… in it: the half-width of an enclosure, or a standard error; 0.0 of a count that is exact"
        return f"{shown} lacks {what}; expected {alone}"
    return f"{shown} has no option {quoted[0]!r}; expected one of {', '.join(sorted(options))}.{did_you_mean(quoted[0], options)}"


def _methods() -> list[str]:
    return [name for name, one in vars(Exercise).items() if callable(one) and not name.startswith("_")]


def _folder(top: str, package: str) -> str:
    """The folder of a package, seen from where its outermost one lies; empty if that is not the content's."""
    there = [Path(one) for one in getattr(sys.modules.get(top), "__path__", ())]
    found = [one.joinpath(*package.split(".")[1:]) for one in there]
    return next((str(one.relative_to(above.parent)) for one, above in zip(found, there, strict=True) if one.is_dir()), "")


def _no_module(name: str) -> str:
    """Of a module that is not there: the one beside it that is meant, or how a library is installed."""
    parent, _, last = name.rpartition(".")
    # A package whose own import failed for want of this module is not kept.
    if parent and parent not in sys.modules and (folder := _folder(name.partition(".")[0], parent)):
        return f"there is no module {last!r} in {parent}; expected {folder}/{last}.py"
    if parent in sys.modules:
        beside = [one.name for one in pkgutil.iter_modules(getattr(sys.modules[parent], "__path__", ()))]
        near = did_you_mean(last, beside)
        expected = f"one that it has.{near}" if near else f"one of {', '.join(beside)}"
        return f"there is no module {last!r} in {parent}; expected {expected}"
    library = name.partition(".")[0]
    return f"there is no module {name!r}; expected one of the content, or a library that is installed beside hwgen (pip install {library})"
