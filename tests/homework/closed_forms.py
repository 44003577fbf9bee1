"""Closed forms of derivatives and moved networks that only tests compare with: the content differentiates the values of networks."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from hwgen.homework.maths import Array
from hwgen.homework.maths.networks import Network


def hessian_first(network: Network, x: Array) -> Array:
    """Block diagonal, block a_j sigma''(z_j) x x^T / sqrt(p); shape (p d, p d)."""
    curvatures = network.a * network.activation.second(network.preactivations(x)) / math.sqrt(network.width)
    return np.kron(np.diag(curvatures), np.outer(x, x))


def hessian_both(network: Network, x: Array) -> Array:
    """Block diagonal, the block of a neuron in (a_j, w_j)."""
    size, z = 1 + len(x), network.preactivations(x)
    slopes, curvatures = network.activation.first(z), network.a * network.activation.second(z)
    assembled = np.zeros((size * network.width, size * network.width))
    for j in range(network.width):
        block = assembled[j * size : (j + 1) * size, j * size : (j + 1) * size]
        block[0, 1:] = block[1:, 0] = slopes[j] * x
        block[1:, 1:] = curvatures[j] * np.outer(x, x)
    return assembled / math.sqrt(network.width)


def with_both(network: Network, theta: Array) -> Network:
    """The network whose layers are the vector theta (p (d + 1),)."""
    columns = np.reshape(theta, (network.width, -1))
    return replace(network, a=columns[:, 0], W=columns[:, 1:])


def field_both(network: Network, x: Array, link: Callable[[Any], Any] = np.asarray) -> Callable[[Array], Array]:
    """The link of f as a function of both layers, (k, p (d + 1)) complex -> (k,)."""

    def field(points: Array) -> Array:
        columns = np.reshape(points, (len(points), network.width, -1))
        z = columns[:, :, 1:] @ x
        return np.asarray(link(np.sum(columns[:, :, 0] * network.activation.call(z), axis=1) / math.sqrt(network.width)))

    return field
