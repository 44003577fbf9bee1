"""What rests on what: statements, claims, numbers, studies, figures, tables and shared computations, with cycles and unused results."""

from __future__ import annotations

import dataclasses
import graphlib
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from hwgen.page.environments import references, referred
from hwgen.page.page import Page
from hwgen.page.references import Statement, labelled
from hwgen.report.computations import Computation, computations
from hwgen.report.entries import Entry
from hwgen.report.numbers import places
from hwgen.report.stated import Stated, stated

MARKS = {"proved": "■", "supported": "●", "erratum": "▲", "short": "✖"}


class Label(NamedTuple):
    """What LaTeX printed for a label: a number, and on which page."""

    number: str
    page: str


NONE: Mapping[str, Label] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Node:
    """A thing of the page or behind it; `link` is where it is told of, `mark` what is wrong with its place in the whole."""

    key: str
    kind: str
    label: str
    exercise: str
    link: str = ""
    verdict: str = ""
    mark: str = ""

    @property
    def shown(self) -> str:
        """The label with the sign of its verdict."""
        return f"{MARKS[self.verdict]} {self.label}" if self.verdict in MARKS else self.label


@dataclass(frozen=True, order=True)
class Edge:
    """The first rests on the second: it holds it, is proved with it, refers to it, continues it, is of it, or is judged by it."""

    tail: str
    head: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Graph:
    """All nodes by key, and what rests on what."""

    nodes: Mapping[str, Node]
    edges: Sequence[Edge]
    cycle: Sequence[str] = ()
    statements: Sequence[Stated] = field(default=())
    shared: Sequence[Computation] = field(default=())

    def rests_on(self, key: str) -> list[tuple[str, str, str]]:
        """What a node rests on: how, the label and the link."""
        return [(one.kind, self.nodes[one.head].label, self.nodes[one.head].link) for one in self.edges if one.tail == key]

    def used_by(self, key: str) -> list[tuple[str, str, str]]:
        """What rests on a node: how, the label and the link."""
        return [(one.kind, self.nodes[one.tail].label, self.nodes[one.tail].link) for one in self.edges if one.head == key]

    def part(self, exercise: str) -> Graph:
        """What an exercise has, rests it on something or not, and what that rests on, in another one too."""
        edges = [one for one in self.edges if exercise in (self.nodes[one.tail].exercise, self.nodes[one.head].exercise)]
        own = {key for key, node in self.nodes.items() if node.exercise == exercise}
        near = own | {key for one in edges for key in (one.tail, one.head)}
        return Graph(nodes={key: node for key, node in self.nodes.items() if key in near}, edges=edges)


def graph(ledger: Mapping[str, Any], page: Page, entries: Sequence[Entry], labels: Mapping[str, Label] = NONE) -> Graph:
    """The graph of a page and its ledger; `labels` says what LaTeX printed for them."""
    shown = counted(stated(page), labels)
    exercises = {one.name: str(one.noun["exercise"]) for one in entries}
    held = [*_of_statements(shown, page, exercises), *_of_chains(entries), *_of_values(ledger), *_of_sentences(ledger, page, exercises)]
    shared = computations(ledger, entries, {one.tail for one in held})
    edges = sorted({*held, *_of_oracles(shared)})
    nodes = {one.key: one for one in (*_statements(shown, exercises, labels), *_claims(entries), *_values(ledger), *_oracles(shared))}
    told = {one.tail for one in edges}
    nodes = {key: one for key, one in nodes.items() if one.kind != "number" or key in told}
    cycle = circle(edges)
    used = {one.head for one in edges}
    marks = {**_unused(nodes, used, shown, page), **dict.fromkeys(cycle, "in a circle")}
    marked = {key: _marked(node, marks.get(key, "")) for key, node in nodes.items()}
    known = [one for one in edges if one.tail in nodes and one.head in nodes]
    return Graph(nodes=marked, edges=known, cycle=cycle, statements=shown, shared=shared)


def _marked(node: Node, mark: str) -> Node:
    return Node(**{**vars(node), "mark": mark})


def circle(edges: Iterable[Edge]) -> tuple[str, ...]:
    """The keys of things that rest on each other in a circle, or nothing."""
    rests: dict[str, set[str]] = {}
    for one in edges:
        rests.setdefault(one.tail, set()).add(one.head)
    try:
        graphlib.TopologicalSorter(rests).prepare()
    except graphlib.CycleError as error:
        return tuple(error.args[1])
    return ()


def _statements(stated: Sequence[Stated], exercises: Mapping[str, str], labels: Mapping[str, Label]) -> list[Node]:
    return [
        Node(key=one.key, kind="statement", label=numbered(one, labels), exercise=_exercise(one, exercises), link=f"#{one.key}")
        for one in stated
    ]


def numbered(stated: Stated, labels: Mapping[str, Label]) -> str:
    """A statement by the number that it has on the page, or that of its question; otherwise by its place in the templates."""
    if stated.label in labels or stated.asked:
        return f"{stated.name} {labels[stated.label].number if stated.label in labels else stated.asked}"
    file, line = stated.place.rpartition("/")[2].split(":")[:2]
    return f"{stated.name} at {file.partition('.')[0]}:{line}"


def counted(stated: Sequence[Stated], labels: Mapping[str, Label]) -> list[Stated]:
    """The statements, those without a label that stand between two numbers with the number that is left for them."""
    # LaTeX numbers these alone, one after the other: where as many stand between two numbers as are free, each has its own.
    theorems = [at for at, one in enumerate(stated) if not one.asked]
    numbers = {at: labels[stated[at].label].number for at in theorems if stated[at].label in labels}
    found = list(stated)
    for first, last in itertools.pairwise(numbers):
        between = [at for at in theorems if first < at < last]
        (chapter, dot, low), (other, _, high) = numbers[first].rpartition("."), numbers[last].rpartition(".")
        if chapter == other and low.isdigit() and high.isdigit() and int(high) - int(low) == len(between) + 1:
            for step, at in enumerate(between, 1):
                found[at] = dataclasses.replace(stated[at], asked=f"{chapter}{dot}{int(low) + step}")
    return found


def titled(stated: Stated, labels: Mapping[str, Label]) -> str:
    """The same with its title."""
    return f"{numbered(stated, labels)}{f' ({stated.words})' if stated.words else ''}"


def _exercise(stated: Statement, exercises: Mapping[str, str]) -> str:
    """The exercise of a statement: that of its claims, or of its file's name."""
    of = [exercises[name] for name in (*stated.claims, *stated.proved_with) if name in exercises]
    if of:
        return of[0]
    return next((name for name in exercises.values() if name.split("_")[0] in stated.place), "")


def _claims(entries: Sequence[Entry]) -> list[Node]:
    return [
        Node(
            key=f"claim-{one.name}",
            kind="claim" if one.text else "words",
            label=one.name,
            exercise=one.noun["exercise"],
            link=f"#claim-{one.name}",
            verdict=one.verdict,
        )
        # The first place where a claim is printed wins, since of two with one key the later one stays.
        for one in reversed(entries)
    ]


def _values(ledger: Mapping[str, Any]) -> list[Node]:
    nouns = ledger["nouns"]
    kinds = [("number", ledger["constants"]), ("figure", ledger["figures"]), ("table", tables(ledger)), ("study", ledger["studies"])]
    return [
        Node(key=f"{kind}-{name}", kind=kind, label=name, exercise=nouns[name]["exercise"], link=f"#{kind}-{name}")
        for kind, names in kinds
        for name in names
    ]


def tables(ledger: Mapping[str, Any]) -> list[str]:
    """The names of the tables that the content declares."""
    return [name for name, noun in ledger["nouns"].items() if noun["kind"] == "table"]


def _oracles(shared: Sequence[Computation]) -> list[Node]:
    return [
        Node(key=one.key, kind="oracle", label=one.short, exercise=next(iter(one.judged.values())), link=f"#{one.key}") for one in shared
    ]


def oracles(shared: Sequence[Computation]) -> list[tuple[str, Sequence[tuple[str, str]], list[tuple[str, str]]]]:
    """The computations with their keys: functions with their places, and the claims and numbers that these make, by their anchors."""
    return [(one.key, one.several or [(one.function, one.place)], [(key, key.partition("-")[2]) for key in one.judged]) for one in shared]


def _of_statements(stated: Sequence[Stated], page: Page, exercises: Mapping[str, str]) -> list[Edge]:
    own = {label: one.key for one in stated for label in one.labels}
    displays = labelled(page)
    found = []
    for one in stated:
        found += [Edge(one.key, f"claim-{name}", "holds") for name in one.claims if name in exercises]
        found += [Edge(one.key, f"claim-{name}", "is proved with") for name in one.proved_with if name in exercises]
        found += [Edge(one.key, key, "is taken up by") for key in one.taken_up if not one.proved]
        for label in one.refers:
            # A formula is used for what it says: what is defined in an answer does not rest on the answer's proof.
            formulas = [f"claim-{name}" for name in displays.get(label, ()) if name in exercises]
            targets = formulas or ([own[label]] if label in own else [])
            found += [Edge(one.key, target, "refers to") for target in targets if target != one.key]
    return found


def _of_chains(entries: Sequence[Entry]) -> list[Edge]:
    """What begins where another formula, printed before it, ended: with the very same side, which is no mere number."""
    found, ends = [], dict[str, list[str]]()
    first = {one.name: place for place, one in reversed(list(enumerate(entries)))}
    for one in entries:
        sides = one.finding["reading"]["sides"] if one.finding["reading"] else []
        before = ends.get(json.dumps(sides[0]), ()) if sides else ()
        found += [Edge(f"claim-{one.name}", f"claim-{name}", "continues") for name in before if first[name] < first[one.name]]
        if sides and sides[-1]["is"] != "number":
            ends.setdefault(json.dumps(sides[-1]), []).append(one.name)
    return found


def _of_values(ledger: Mapping[str, Any]) -> list[Edge]:
    listed = {"number": ledger["constants"], "figure": ledger["figures"], "table": tables(ledger)}
    kinds = {name: kind for kind, names in listed.items() for name in names}
    return [Edge(f"{kind}-{name}", f"study-{study}", "is of") for name, kind in kinds.items() for study in ledger["nouns"][name]["of"]]


def _of_oracles(shared: Sequence[Computation]) -> list[Edge]:
    return [Edge(key, one.key, "is judged by" if key.startswith("claim-") else "is made by") for one in shared for key in one.judged]


def _of_sentences(ledger: Mapping[str, Any], page: Page, exercises: Mapping[str, str]) -> list[Edge]:
    """Each number and the claims of the displays that its sentences refer to: what the text says that it is a value of."""
    displays = labelled(page)
    found = []
    for number, shown in places(page).items():
        if number in ledger["constants"]:
            labels = [label for one in shown for label in referred(one.sentence)]
            names = dict.fromkeys(name for label in labels for name in displays.get(label, ()) if name in exercises)
            found += [Edge(f"number-{number}", f"claim-{name}", "is told with") for name in names]
    return found


def _unused(nodes: Mapping[str, Node], used: Iterable[str], stated: Sequence[Statement], page: Page) -> dict[str, str]:
    """What nothing else on the page rests on: labels that nobody refers to, claims outside of every statement, values not printed."""
    told, used = {one.name for one in references(page.text.tokens)}, set(used)
    shown = places(page)
    found = {one.key: "never referred to" for one in stated if one.labels and not one.labels & told}
    claims = {key for one in stated for key in (f"claim-{name}" for name in (*one.claims, *one.proved_with))}
    found |= {key: "in no statement or proof" for key, one in nodes.items() if one.kind in {"claim", "words"} and key not in claims | used}
    found |= {key: "not printed" for key, one in nodes.items() if one.kind in {"number", "figure", "table"} and one.label not in shown}
    return found | {key: "seen by nothing" for key, one in nodes.items() if one.kind == "study" and key not in used}
