r"""The two-layer network :math:`f(x;\theta)=p^{-1/2}\sum_j a_j\sigma(\langle w_j,x\rangle)` and its derivatives.

Twice over: closed forms, neuron by neuron, and differentiation of the network as a function of its parameters, which
uses only its values. Owns no law of the weights and no statement about width.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from hwgen.homework.maths import Array, differentiation
from hwgen.homework.maths.activations import Activation


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    r"""Parameters of :math:`f(x)=p^{-1/2}\sum_j a_j\sigma(\langle w_j,x\rangle)`.

    a : (p,) second layer; W : (p, d) first layer, one neuron a row; dimensionless.
    The first-layer vector is W row by row, (p d,); the vector of both layers is (a_1, w_1, a_2, w_2, …), (p (d + 1),).
    """

    a: Array
    W: Array
    activation: Activation

    @property
    def width(self) -> int:
        """p."""
        return len(self.a)

    def preactivations(self, x: Array) -> Array:
        r""":math:`z_j=\langle w_j,x\rangle`, shape (p,)."""
        return self.W @ x

    def output(self, x: Array) -> float:
        r""":math:`f(x)`."""
        return float(self.a @ self.activation.call(self.preactivations(x)) / math.sqrt(self.width))

    def first_layer(self) -> Array:
        """W as a vector (p d,)."""
        return self.W.ravel()

    def both_layers(self) -> Array:
        """(a_1, w_1, a_2, w_2, …) as a vector (p (d + 1),)."""
        return np.column_stack([self.a, self.W]).ravel()

    def gradient_first(self, x: Array) -> Array:
        r""":math:`\nabla_{w_j}f=p^{-1/2}a_j\sigma'(z_j)x`, shape (p d,)."""
        slopes = self.a * self.activation.first(self.preactivations(x)) / math.sqrt(self.width)
        return np.outer(slopes, x).ravel()

    def gradient_both(self, x: Array) -> Array:
        r""":math:`(\partial_{a_j}f,\nabla_{w_j}f)=p^{-1/2}(\sigma(z_j),a_j\sigma'(z_j)x)`, shape (p (d + 1),)."""
        outer = self.activation.call(self.preactivations(x)) / math.sqrt(self.width)
        return np.column_stack([outer, self.gradient_first(x).reshape(self.W.shape)]).ravel()

    def with_first(self, theta: Array) -> Network:
        """The network whose first layer is the vector theta (p d,)."""
        return replace(self, W=np.reshape(theta, self.W.shape))

    def field_first(self, x: Array, link: Callable[[Any], Any] | None = None) -> differentiation.Field:
        r""":math:`\theta\mapsto\phi(f(x;\theta))` in the first layer, (k, p d) complex -> (k,); no link means f itself."""

        def field(points: Array) -> Array:
            z = np.reshape(points, (len(points), *self.W.shape)) @ x
            f = self.activation.call(z) @ self.a / math.sqrt(self.width)
            return np.asarray(f if link is None else link(f))

        return field


def drawn(
    rng: np.random.Generator, width: int, dimension: int, activation: Activation, *, law: str = "uniform", deviation: float = 1.0
) -> Network:
    r"""A network at initialisation: :math:`a_j` uniform on [-1, 1] (or "rademacher"), :math:`w_j\sim N(0,\text{deviation}^2I_d)`.

    Raises ValueError for another law.
    """
    if law not in ("uniform", "rademacher"):
        raise ValueError(f"law is {law!r}; expected 'uniform' or 'rademacher'")
    a = rng.uniform(-1, 1, width) if law == "uniform" else rng.choice([-1.0, 1.0], width)
    return Network(a=a, W=deviation * rng.standard_normal((width, dimension)), activation=activation)
