r"""The short way of a build after a change of prose: what the last good build computed is printed again, and nothing else is looked at.

It is taken only if every source of the computations is as it was, and the templates print the same relations, statements,
constants, tables and figures as before. Any doubt means the full way. No library of numbers is imported here.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from hwgen import VERSIONS, balance, fill, placed, render, snapshot, synctex, typed, typeset
from hwgen.errors import HwgenError
from hwgen.model import Formula, Student
from hwgen.render import Rendered
from hwgen.student import file_name, student

FILE = "build/page.json"
LEDGER = Path("build/ledger.json")
MAIN = "document.tex.j2"
Press = Callable[[Rendered, Sequence[Formula], Path, Path], Sequence[str]]
OPTIONS = ("nom", "prenom", "version")


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """A page printed from what was known: who hands it in, the PDF, LaTeX's warnings, what the last build said."""

    student: Student
    pdf: Path
    warnings: Sequence[str]
    said: Sequence[str]
    figures: Sequence[str]
    filled: Rendered
    formulas: Sequence[Formula]


def state(
    *,
    names: Mapping[str, Collection[str]],
    whole: Iterable[Formula],
    rendered: Rendered,
    printed: Iterable[Formula],
    who: Student,
    values: Mapping[str, str],
    figures: Iterable[str],
    said: Sequence[str],
) -> dict[str, Any]:
    """What a good build knows: the names there are, the formulas of the full version and of this one, and the values on the page."""
    return {
        "sources": snapshot.stamps(snapshot.COMPUTED, snapshot.SINGLE),
        "names": {namespace: sorted(known) for namespace, known in names.items()},
        "version": who.version,
        "whole": _said(whole),
        "printed": _said(printed),
        "relations": _relations(rendered),
        "values": dict(values),
        "figures": snapshot.stamps((), figures),
        "said": list(said),
    }


def remember(known: Mapping[str, Any]) -> None:
    """Keep the state of a good build for the next one."""
    aside = Path(FILE + ".new")
    aside.write_text(json.dumps(known))
    aside.replace(FILE)


def run(arguments: Sequence[str]) -> bool:
    """`hwgen pdf` with these arguments in the short way; False if they, or anything else, ask for the full one."""
    options = {name: argument.partition("=")[2] for argument in arguments for name in OPTIONS if argument.startswith(f"--{name}=")}
    if len(options) < len(arguments):
        return False
    snapshot.forget()
    again = printed_again(options.get("nom"), options.get("prenom"), options.get("version"))
    if again is None:
        return False
    warn(again.student, again.warnings)
    hand_over(["pdf", *arguments], again.pdf, again.figures, again.said)
    sys.stdout.flush()
    if os.fork() == 0:
        _link(again)
    return True


def _link(again: Recalled) -> NoReturn:
    """In a process of its own, since nobody waits for it: the links from the page back to the templates."""
    try:
        for stream in (0, 1, 2):
            os.close(stream)
        made = Path() / typeset.FOLDER / f"{typeset.JOBNAME}.pdf"
        synctex.publish(made, again.filled, Path(), again.pdf)
    finally:
        os._exit(0)


def warn(who: Student, warnings: Sequence[str]) -> None:
    """What the author should know of a build that went well."""
    if not who.nom:
        nobody = "names nobody; building HW4_NOM_PRENOM.pdf (set nom and prenom there, or NOM=… PRENOM=…)"
        print(f"warning: {snapshot.STUDENT} {nobody}", file=sys.stderr)
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)


def hand_over(arguments: Sequence[str], pdf: Path, figures: Sequence[str], said: Sequence[str]) -> None:
    """Say what was built, and remember it for a build without a change."""
    lines = [*said, str(pdf)]
    print("\n".join(lines))
    snapshot.take(arguments, [str(pdf), *figures], lines)


def printed_again(nom: str | None = None, prenom: str | None = None, version: str | None = None) -> Recalled | None:
    """The build in the short way, or None if it is not certain that the full one would print the same values."""
    try:
        known = json.loads(Path(FILE).read_text())
        who = student(Path(), nom, prenom, version)
        found = again(known, who) if who.version in VERSIONS else None
        if found is not None:
            _moved(found.formulas)
        return found
    except (OSError, ValueError, KeyError, TypeError, HwgenError):
        return None


def again(state: Mapping[str, Any], who: Student, press: Press = typeset.plainly) -> Recalled | None:
    """Print what is known once more, or None if the templates ask for anything else."""
    if state["sources"] != snapshot.stamps(snapshot.COMPUTED, snapshot.SINGLE) or state["version"] != who.version:
        return None
    if state["figures"] != snapshot.stamps((), state["figures"]) or not all(state["figures"].values()):
        return None
    full = dataclasses.replace(who, version="full")
    whole = _rendered(full, state["names"])
    declared = placed.placed(whole)
    placed.meanings_kept(Path(), declared)
    rendered = whole if who.version == "full" else _rendered(who, state["names"])
    formulas = declared if rendered is whole else placed.placed(rendered)
    same = [_said(declared), _said(formulas), _relations(rendered)] == [state["whole"], state["printed"], state["relations"]]
    if not same or any(f"{namespace}.{name}" not in state["values"] for namespace, name in render.used(rendered)):
        return None
    output, filled = Path("build") / file_name(who), fill.fill(rendered, state["values"])
    return Recalled(
        student=who,
        pdf=output,
        warnings=[*press(filled, formulas, Path(), output), *typed.typed(rendered, state["values"])],
        said=state["said"],
        figures=list(state["figures"]),
        filled=filled,
        formulas=formulas,
    )


def _moved(formulas: Iterable[Formula]) -> None:
    """Give what the ledger tells of each formula its new place."""
    ledger = json.loads(LEDGER.read_text())
    places: dict[tuple[str, str], list[str]] = {}
    for formula in formulas:
        places.setdefault((formula.name, formula.text), []).append(str(formula.place))
    for told in (ledger["findings"], ledger["tallies"]):
        waiting = {key: list(found) for key, found in places.items()}
        for one in told:
            found = waiting.get((one["name"], one["formula"]["text"]))
            if found:
                one["formula"]["place"] = found.pop(0) if len(found) > 1 else found[0]
    write(ledger, LEDGER)


def write(ledger: Mapping[str, Any], path: Path) -> None:
    """Write a ledger as JSON, one finding a line; aside, then renamed."""
    parts = []
    for key, told in ledger.items():
        lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in told) if isinstance(told, list) else ""
        parts.append(f"{json.dumps(key)}: " + (f"[\n{lines}\n]" if lines else json.dumps(told, ensure_ascii=False)))
    aside = path.with_suffix(".new")
    aside.write_text("{" + ",\n".join(parts) + "}\n")
    aside.replace(path)


def _rendered(who: Student, names: Mapping[str, Collection[str]]) -> Rendered:
    rendered = render.render(MAIN, Path(), names, who)
    balance.balanced(rendered)
    return rendered


def _said(formulas: Iterable[Formula]) -> list[list[Any]]:
    """What is under test, without its places: which formulas, and how often each."""
    counted = Counter((formula.macro, formula.name, formula.text) for formula in formulas)
    return sorted([*key, count] for key, count in counted.items())


def _relations(rendered: Rendered) -> list[int]:
    displays = placed.displays(rendered)
    return [sum(one.tested for one in displays), sum(one.relations for one in displays)]
