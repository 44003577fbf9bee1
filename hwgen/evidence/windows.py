"""Events below operators over reals: how likely one is may be something else at one place, or in a window that no sample shows.

Refused here are all but events with one threshold: of these a probability changes at its law's atoms, and nowhere back.
"""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.reduced import mentions
from hwgen.reading import tree
from hwgen.reading.tree import Chain, Node


def refuse_windows(body: Node, name: str) -> None:
    """Raises ShapeError where what varies below an extremum is in an event of more than one threshold, or in more events than one."""
    found = list(events(body, name))
    if not found or (len(found) == 1 and one_threshold(found[0][1], name)):
        return
    why = f"an extremum of how likely something is that may be so at single values of {name}, which no sample shows"
    raise _refusal(found[-1][0], f"{why}; expected one event with {name} on one side of <, \\le, > or \\ge; write its value")


def refuse_all(body: Node, name: str, what: str, where: str) -> None:
    """Raises ShapeError where what varies is in an event."""
    for node, _ in events(body, name):
        raise _refusal(node, f"{what} of how likely something is that {name} decides, {where}; write its value")


def _refusal(node: Node, message: str) -> ShapeError:
    error = ShapeError(message)
    error.span = node.span
    return error


def events(body: Node, name: str) -> Iterator[tuple[Node, Chain]]:
    """What a head says of an event that a name decides, with that event."""
    for one in tree.parts(body):
        if isinstance(one, tree.Averaged):
            for event in (one.body, one.given):
                if isinstance(event, Chain) and mentions(event, frozenset({name})):
                    yield one, event


def one_threshold(event: Chain, name: str) -> bool:
    """Whether the event is one inequality in which the name stands once, added to or multiplied by numbers."""
    uses = [side for side in event.sides if mentions(side, frozenset({name}))]
    return len(event.relations) == 1 and event.relations[0].symbol != "=" and len(uses) == 1 and _affine(uses[0], name)


def _affine(node: Node, name: str) -> bool:
    if not mentions(node, frozenset({name})):
        return True
    match node:
        case tree.Symbol():
            return True
        case tree.Negative():
            return _affine(node.of, name)
        case tree.Operation(symbol="+" | "-" | "*"):
            return mentions(node.left, frozenset({name})) != mentions(node.right, frozenset({name})) and all(
                _affine(one, name) for one in (node.left, node.right)
            )
        case tree.Operation(symbol="/"):
            return not mentions(node.right, frozenset({name})) and _affine(node.left, name)
        case _:
            return False
