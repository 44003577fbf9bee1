"""Every kind of node is known wherever trees are walked, or refused by name; a new kind would be missed here, and fails."""

from __future__ import annotations

import dataclasses
import sys
from typing import Any

import flint
import pytest
import sympy

from hwgen.arithmetic.balls import BALLS
from hwgen.arithmetic.powers import Unenclosed
from hwgen.evidence import evaluation
from hwgen.evidence.enclosure import Box, verify
from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.evidence.proof import Proof, prove
from hwgen.model import Verdict, expectation, function, value
from hwgen.model.errors import ContentError
from hwgen.reading import spelled, tree
from hwgen.reading.tree import Chain, Node, Relation, parts

AT = (0, 1)
ONE, TWO = (tree.Number(text=text, span=AT) for text in ("1", "2"))
T, U = (tree.Symbol(name=name, span=AT) for name in ("t", "u"))
HOLDS = Chain(text="1 < 2", sides=(ONE, TWO), relations=(Relation(symbol="<", span=AT),), symbols=frozenset())
# One of each kind; the last ones stand for kinds that only stand inside another one.
NODES: list[Node] = [
    ONE,
    T,
    tree.Index(name="x", indices=(ONE,), span=AT),
    tree.Apply(name="f", order=0, arguments=(T,), span=AT),
    tree.Elementary(name="norm_op", arguments=(tree.Symbol(name="x", span=AT),), span=AT),
    tree.Operation(symbol="+", left=T, right=ONE, span=AT),
    tree.Negative(of=T, span=AT),
    tree.Matrix(rows=((T,),), span=AT),
    tree.Condition(symbol="<", left=ONE, right=TWO, span=AT),
    tree.Indexed(kind="sum", indices=("k",), lows=(ONE,), highs=(TWO,), conditions=(), body=T, span=AT),
    tree.Chosen(kind="sum", variable="u", elements=(ONE, TWO), declared=False, power=None, body=U, span=AT),
    tree.Ball(
        kind="max",
        variable="u",
        norm="norm",
        radius=ONE,
        sphere=False,
        span=AT,
        body=tree.Elementary(name="inner", arguments=(U, tree.Symbol(name="x", span=AT)), span=AT),
    ),
    tree.Cases(pieces=((T, HOLDS), (ONE, None)), span=AT),
    tree.Ranging(kind="sup", variable="u", low=ONE, high=TWO, body=U, span=AT),
    tree.Limit(variable="u", to=ONE, side="", whole=False, body=U, span=AT),
    tree.Averaged(name="E", body=T, span=AT),
]
INSIDE = {tree.Condition}
BINDINGS: dict[str, Any] = {
    "t": value(lambda: 1.5),
    "x": value(lambda: __import__("numpy").array([1.0, 2.0])),
    "f": function(lambda u: u),
    "E": expectation(lambda: ([1.0], [0.0]), "D"),
}


def kinds(module: str = tree.__name__) -> set[type]:
    return {one for one in Node.__subclasses__() if one.__module__ == module and one in vars(sys.modules[module]).values()}


def named(node: Node) -> str:
    return type(node).__name__


def chain_of(node: Node) -> Chain:
    other = tree.Number(text="7", span=AT)
    return Chain(text="t = 7", sides=(node, other), relations=(Relation(symbol="=", span=AT),), symbols=frozenset())


def test_every_kind_of_node_has_an_example() -> None:
    assert {type(one) for one in NODES} == kinds()


def test_every_kind_of_node_is_evaluated_and_spelled() -> None:
    assert set(evaluation._VISIT) == kinds() - INSIDE
    assert set(spelled._SPELL) == kinds() - INSIDE


@pytest.mark.parametrize("node", NODES, ids=named)
def test_every_field_that_holds_nodes_is_walked(node: Node) -> None:
    below = [one for one in parts(node) if one is not node]
    held = [getattr(node, field.name) for field in dataclasses.fields(node)]
    expected = [one for one in _flat(held) if isinstance(one, Node | Chain)]
    assert {id(one) for one in expected} <= {id(one) for one in below}


def _flat(held: Any) -> list[Any]:
    return [inner for one in held for inner in _flat(one)] if isinstance(held, list | tuple) else [held]


@pytest.mark.parametrize("node", [one for one in NODES if type(one) not in INSIDE], ids=named)
def test_every_kind_of_node_has_a_value_and_a_text(node: Node) -> None:
    assert spelled.said(node)
    assert evaluate(node, scope_at(BINDINGS, {})) is not None


@pytest.mark.parametrize("node", [one for one in NODES if type(one) not in INSIDE], ids=named)
def test_enclosures_and_algebra_say_undecided_where_they_do_not_know_a_node(node: Node) -> None:
    boxed = verify(chain_of(node), Box(sides={"t": (1.0, 2.0)}, meanings={"t": "t"}, most=50), "boxes")
    assert boxed.verdict in {Verdict.UNDECIDED, Verdict.REFUTED}
    proof = prove(chain_of(node), Proof(meanings={"t": sympy.Symbol("t")}, method="algebra"))
    assert proof.verdict is Verdict.UNDECIDED
    assert boxed.verdict is Verdict.REFUTED or boxed.reason
    assert proof.reason


class _New(Node):
    """A kind that nobody knows."""


def test_a_new_kind_of_node_would_be_missed() -> None:
    assert kinds(__name__) == {_New}
    assert {type(one) for one in NODES} != kinds() | kinds(__name__)
    with pytest.raises(KeyError):
        evaluate(_New(span=AT), scope_at(BINDINGS, {}))


def test_balls_refuse_what_they_do_not_enclose() -> None:
    with pytest.raises(Unenclosed, match="floor is not enclosed"):
        BALLS.elementary("floor", [flint.arb(1)])
    with pytest.raises(ContentError):
        BALLS.entry(flint.arb(1), [0])
