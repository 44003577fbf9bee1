"""What rests on what: circles and unused results are seen, and both layouts give every node a place of its own."""

from __future__ import annotations

import copy
import itertools
import shutil
from typing import Any

import pytest

from hwgen.report import layout
from hwgen.report.entries import entries
from hwgen.report.graph import Edge, Graph, Label, Node, circle, graph, titled
from hwgen.report.stated import Stated

CHAIN = [Edge("a", "b", "holds"), Edge("b", "c", "holds"), Edge("a", "c", "refers to")]


def _node(key: str) -> Node:
    return Node(key=key, kind="claim", label=key, exercise="one", verdict="proved")


SMALL = Graph(nodes={key: _node(key) for key in "abcd"}, edges=[*CHAIN, Edge("b", "d", "holds")])


@pytest.fixture(scope="module")
def toy(toy_evidence: Any) -> Graph:
    document, evidence = toy_evidence
    return graph(evidence, document.page, entries(evidence, {}))


def test_a_circle_is_told_and_a_chain_is_none() -> None:
    assert circle(CHAIN) == ()
    found = circle([*CHAIN, Edge("c", "a", "refers to")])
    pairs = {(one.head, one.tail) for one in [*CHAIN, Edge("c", "a", "refers to")]}
    assert len(found) >= 3
    assert set(itertools.pairwise(found)) <= pairs | {(tail, head) for head, tail in pairs}
    assert found[0] == found[-1]


def test_claims_numbers_figures_studies_and_shared_computations_are_nodes(toy: Graph) -> None:
    assert {node.kind for node in toy.nodes.values()} == {"claim", "words", "number", "figure", "table", "study", "oracle"}
    oracle = next(key for key, node in toy.nodes.items() if node.kind == "oracle")
    judged = {one.tail for one in toy.edges if one.head == oracle}
    assert judged == {"claim-area", "claim-tangent", "claim-wrong_area"}
    assert Edge("number-slope_darts", "study-darts", "is of") in toy.edges
    assert toy.cycle == ()


def test_what_begins_where_another_formula_ended_continues_it(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    told = copy.deepcopy(evidence)
    area, tangent = (one["reading"]["sides"] for one in told["findings"][:2])
    tangent[0] = area[-1]
    edges = graph(told, document.page, entries(told, {})).edges
    assert [(one.tail, one.head) for one in edges if one.kind == "continues"] == [("claim-tangent", "claim-area")]
    area[-1] = tangent[0] = {"is": "number", "text": "1"}
    assert not any(one.kind == "continues" for one in graph(told, document.page, entries(told, {})).edges)


def test_a_statement_has_the_number_that_the_reader_of_the_page_knows() -> None:
    one = Stated(
        key="statement-6", title="Theorem 6 (Gap)", place="templates/ex2_gap.tex.j2:70:1", labels=frozenset(), claims=(), proved_with=(),
        refers=(), proved=True, name="Theorem", words="Gap", label="thm:gap",
    )  # fmt: skip
    assert titled(one, {"thm:gap": Label("2.1", "6")}) == "Theorem 2.1 (Gap)"
    assert titled(one, {}) == "Theorem at ex2_gap:70 (Gap)"


def test_what_nothing_rests_on_is_marked(toy: Graph, toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    assert toy.nodes["claim-area"].mark == "in no statement or proof"
    assert toy.nodes["study-darts"].mark == ""
    more = {**evidence, "studies": {**evidence["studies"], "idle": {}}, "nouns": {**evidence["nouns"], "idle": evidence["nouns"]["darts"]}}
    assert graph(more, document.page, entries(more, {})).nodes["study-idle"].mark == "seen by nothing"


def test_a_part_holds_what_it_rests_on_elsewhere() -> None:
    other = Graph(nodes={"a": _node("a"), "b": Node(key="b", kind="claim", label="b", exercise="two")}, edges=[Edge("a", "b", "holds")])
    assert set(other.part("one").nodes) == {"a", "b"}


@pytest.mark.parametrize("by", [layout._networkx, layout.layout])
def test_every_node_has_a_place_and_every_edge_a_line(by: Any) -> None:
    found = by(SMALL)
    assert found.by == ("dot" if by is layout.layout and shutil.which("dot") else "networkx")
    boxes = {box.key: box for box in found.boxes}
    assert set(boxes) == set("abcd")
    assert all(box.x >= -1 and box.x + box.width <= found.width + 1 for box in boxes.values())
    assert all(box.y >= -1 and box.y + box.height <= found.height + 1 for box in boxes.values())
    assert boxes["a"].x < boxes["b"].x < boxes["c"].x
    for one, other in itertools.combinations(boxes.values(), 2):
        apart_across = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart_across or one.y + one.height <= other.y or other.y + other.height <= one.y
    assert set(found.paths) == {(one.tail, one.head) for one in SMALL.edges}


def test_what_rests_on_itself_is_laid_out_all_the_same() -> None:
    ring = Graph(nodes={key: _node(key) for key in "ab"}, edges=[Edge("a", "b", "x"), Edge("b", "a", "x")])
    assert len(layout._networkx(ring).boxes) == 2


def crossings(graph: Graph, heights: dict[str, int], layer: dict[str, int]) -> int:
    pairs = [(one.tail, one.head) for one in graph.edges]
    return sum(
        layer[a] == layer[c] and layer[b] == layer[d] and (heights[a] - heights[c]) * (heights[b] - heights[d]) < 0
        for (a, b), (c, d) in itertools.combinations(pairs, 2)
    )


def test_nodes_of_a_layer_stand_by_what_they_are_joined_to() -> None:
    """Twenty pairs, whose names are in no order: sorted by names their lines cross, by their middles none does."""
    pairs = [(f"a{number:02}", f"b{7 * number % 20:02}") for number in range(20)]
    graph = Graph(nodes={key: _node(key) for pair in pairs for key in pair}, edges=[Edge(*pair, "x") for pair in pairs])
    layers = [sorted({pair[side] for pair in pairs}) for side in (0, 1)]
    layer = {key: number for number, keys in enumerate(layers) for key in keys}
    before, after = ({key: place for keys in found for place, key in enumerate(keys)} for found in (layers, layout._ordered(layers, graph)))
    assert crossings(graph, before, layer) > 40
    assert crossings(graph, after, layer) == 0


def test_a_broken_graphviz_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout.shutil, "which", lambda _: "/usr/bin/dot")
    monkeypatch.setattr(layout, "_dot", lambda _: "nonsense")
    assert layout.layout(SMALL).by == "networkx"
