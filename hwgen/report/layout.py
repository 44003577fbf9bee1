"""Where the nodes of a graph stand: by Graphviz's dot where it is installed, by networkx otherwise. Nothing is drawn here."""

from __future__ import annotations

import json
import shlex
import shutil
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hwgen.report.graph import Graph

INCH = 72.0
LETTER, HEIGHT = 0.088, 0.3  # of a label, in inches
PATIENCE = 20.0
SWEEPS = 8


@dataclass(frozen=True, kw_only=True)
class Box:
    """A node's box, by its corner and its size."""

    key: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The boxes and the lines between them as paths of an SVG of this size; `by` is who laid it out."""

    by: str
    width: float
    height: float
    boxes: Sequence[Box]
    paths: Mapping[tuple[str, str], str]


def program() -> list[Any]:
    """Who lays out: where Graphviz's dot is, and which one; nothing where there is none."""
    found = shutil.which("dot")
    stamp = Path(found).stat() if found else None
    return [found, stamp.st_mtime_ns, stamp.st_size] if stamp else []


def written(graph: Graph) -> str:
    """The layout as text."""
    found = layout(graph)
    paths = [[*ends, path] for ends, path in found.paths.items()]
    return json.dumps({**vars(found), "boxes": [vars(one) for one in found.boxes], "paths": paths})


def read(text: str) -> Layout:
    """The layout that was written."""
    told = json.loads(text)
    boxes = [Box(**one) for one in told["boxes"]]
    return Layout(**{**told, "boxes": boxes, "paths": {(tail, head): path for tail, head, path in told["paths"]}})


def layout(graph: Graph) -> Layout:
    """Boxes and lines of a graph, from left to right."""
    if shutil.which("dot"):
        try:
            return _plain(_dot(graph))
        except (OSError, subprocess.SubprocessError, ValueError):  # a broken Graphviz is as good as none
            pass
    return _networkx(graph)


def _size(label: str) -> tuple[float, float]:
    return len(label) * LETTER + 0.25, HEIGHT


def _dot(graph: Graph) -> str:
    lines = ["digraph {", "rankdir=LR; ranksep=0.7; nodesep=0.1; node [shape=box, fixedsize=true]; edge [arrowhead=none];"]
    for key, node in graph.nodes.items():
        width, height = _size(node.shown)
        lines.append(f"{json.dumps(key)} [width={width:.2f}, height={height:.2f}, label={json.dumps('')}];")
    lines += [f"{json.dumps(one.tail)} -> {json.dumps(one.head)};" for one in graph.edges]
    done = subprocess.run(
        ["dot", "-Tplain"], input="\n".join([*lines, "}"]), capture_output=True, text=True, check=True, timeout=PATIENCE, encoding="utf-8"
    )
    return done.stdout


def _plain(text: str) -> Layout:
    """What dot says in its plain format, with the origin at the top."""
    width = height = 0.0
    boxes, paths = [], {}
    for line in text.splitlines():
        word, *rest = shlex.split(line)
        if word == "graph":
            width, height = float(rest[1]), float(rest[2])
        elif word == "node":
            x, y, wide, high = (float(one) for one in rest[1:5])
            boxes.append(_box(rest[0], x, height - y, wide, high))
        elif word == "edge":
            count = int(rest[2])
            numbers = [float(one) for one in rest[3 : 3 + 2 * count]]
            paths[rest[0], rest[1]] = _curve([(x, height - y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)])
    if not boxes:
        raise ValueError("dot says nothing of any node")
    return Layout(by="dot", width=width * INCH, height=height * INCH, boxes=boxes, paths=paths)


def _box(key: str, x: float, y: float, width: float, height: float) -> Box:
    """A box by its middle, in inches."""
    return Box(key=key, x=(x - width / 2) * INCH, y=(y - height / 2) * INCH, width=width * INCH, height=height * INCH)


def _curve(points: Sequence[tuple[float, float]]) -> str:
    first, *others = [f"{x * INCH:.0f} {y * INCH:.0f}" for x, y in points]
    return f"M{first}C{' '.join(others)}"


def _networkx(graph: Graph) -> Layout:
    """Layer by layer, each node to the right of all that rest on it."""
    import networkx

    drawn = networkx.DiGraph()
    drawn.add_nodes_from(graph.nodes)
    drawn.add_edges_from((one.tail, one.head) for one in graph.edges)
    flat = networkx.condensation(drawn)  # what rests on itself in a circle is one
    layers = [[key for part in parts for key in flat.nodes[part]["members"]] for parts in networkx.topological_generations(flat)]
    layers = _ordered([sorted(keys) for keys in layers], graph)
    places = networkx.multipartite_layout(drawn, subset_key=dict(enumerate(layers)))
    across = max((_size(node.shown)[0] for node in graph.nodes.values()), default=1.0) + 0.7
    down = HEIGHT + 0.1
    centre = {key: (number * across + across / 2, place * down + down) for number, keys in enumerate(layers)
              for place, key in enumerate(sorted(keys, key=lambda one: places[one][1]))}  # fmt: skip
    boxes = [_box(key, *centre[key], *_size(graph.nodes[key].shown)) for key in graph.nodes]
    lines = {(one.tail, one.head): _line(centre[one.tail], centre[one.head]) for one in graph.edges}
    longest = max((len(keys) for keys in layers), default=0)
    return Layout(by="networkx", width=len(layers) * across * INCH, height=(longest + 1) * down * INCH, boxes=boxes, paths=lines)


def _ordered(layers: Sequence[Sequence[str]], graph: Graph) -> list[list[str]]:
    """Each layer in the order of the middles of what its nodes are joined to, back and forth: fewer lines cross."""
    joined: dict[str, list[str]] = {key: [] for key in graph.nodes}
    for one in graph.edges:
        joined[one.tail].append(one.head)
        joined[one.head].append(one.tail)
    found = [list(keys) for keys in layers]
    heights = {key: place / len(keys) for keys in found for place, key in enumerate(keys)}
    for sweep in range(SWEEPS):
        for keys in found if sweep % 2 else reversed(found):
            middles = {key: statistics.fmean(heights[one] for one in joined[key]) if joined[key] else heights[key] for key in keys}
            keys.sort(key=lambda key: (middles[key], key))
            heights |= {key: place / len(keys) for place, key in enumerate(keys)}
    return found


def _line(tail: tuple[float, float], head: tuple[float, float]) -> str:
    middle = (tail[0] + head[0]) / 2
    return _curve([tail, (middle, tail[1]), (middle, head[1]), head])
