"""Domains, sharpness and evidence of a ledger in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hwgen.model.found import Need

BY = {"NUMERIC": "cases", "SYMBOLIC": "algebra", "INTERVAL": "balls"}


def domain(spread: Mapping[str, Any]) -> str:
    """What a variable ranges over."""
    if spread["is"] == "interval":
        kind = "whole numbers" if spread["integer"] else "reals"
        return f"{kind} from {spread['low']:g} to {spread['high']:g}{', evenly in the logarithm' if spread['log'] else ''}"
    if spread["is"] == "vectors":
        norm = spread["norm"]
        return f"vectors of dimension {spread['dimension']} with norms from {norm['low']:g} to {norm['high']:g}"
    return f"{len(spread['values'])} cases: {', '.join(spread['values'])}"


def sharpness(declared: Mapping[str, Any]) -> str:
    """How sharp an inequality is said to be."""
    if declared["is"] == "binds":
        return f"an equality at {_listed(declared['at'])}"
    if declared["is"] == "ratio":
        where = f" where {_listed(declared['where'])}" if declared.get("where") else ""
        known = f", {declared['because']}" if declared["because"] else ", copied from a run"
        return f"largest ratio of the sides {declared['largest']:.9g}, to {declared['within']:g}{where}{known}"
    if declared["is"] == "derived":
        sides = {name: by for name, by in declared.items() if name != "is"}
        return "; ".join(f"the {name} side derived by {by['function']} ({by['place']})" for name, by in sides.items())
    return ", ".join(f"{name} {value}" for name, value in declared.items() if name != "is")


def _listed(point: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in point.items())


def changed(noun: Mapping[str, Any]) -> str:
    """The problem on which a claim must fail."""
    return ", ".join(f"{name} = {value}" for name, value in noun.get("changed", {}).items())


def need(hypothesis: Mapping[str, Any]) -> str:
    """How a printed hypothesis stands to its claim, and the point that shows it."""
    said = f" ({hypothesis['said']})" if hypothesis["said"] else ""
    kept = f"; kept: {hypothesis['kept']}" if hypothesis["kept"] else ""
    return f"{Need[hypothesis['need']].value}{said}{kept}"


def number(value: float) -> str:
    """A number in a few digits."""
    return f"{value:.6g}"


def verdict(finding: Mapping[str, Any]) -> str:
    """The verdict as a reader of the page understands it: what the text itself calls wrong is an erratum."""
    if finding["formula"]["macro"] == "refuted" and finding["passed"]:
        return "erratum"
    return str(finding["verdict"]).lower() if finding["passed"] else "short"
