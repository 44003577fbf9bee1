r"""The largest departure of :math:`g=\phi\circ f` from its linearisation on spheres, by ascents of many networks from many starts at once.

A row is one ascent. Where the departure is concave along the sphere its next step is Newton's; elsewhere it is scaled by the curvatures
of the neurons. Both cost as much as a gradient: the Hessian is a diagonal and one product. What is found is attained. Owns no start.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from hwgen.homework.maths import Array
from hwgen.homework.maths.activations import Activation
from hwgen.homework.maths.networks import Network

# Numbers that move at once: arrays that stay in the cache, and are long enough for what a call of NumPy costs.
BLOCK = 2**15
# Steps along the gradient alone, which lead out of where the curvature says nothing of the way; all steps; when rows are looked at.
FIRST, MOST, EARLIEST, EVERY = 3, 40, 8, 4
# An ascent ends where a step gains no more than GAIN of the height. Two are one if heights and, over the radius, places are as near.
GAIN, SAME, NEAR = 1e-10, 1e-6, 1e-3
# The least curvature that a neuron is scaled by, over the length of the gradient and the radius.
FLATTEST = 0.3
TINY = float(np.finfo(float).tiny)


def departure_from(link: Activation, f0: Any, step: Any, along: Any) -> Array:
    """g - g_lin where f has moved by `step` from f0, and its linearisation by `along`."""
    return np.asarray(link.call(f0 + step) - link.call(f0) - link.first(f0) * along)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What N networks of one width p do with an input: a, z and the slopes of f in z (N, p), f (N,), and the factor p^(1/2)."""

    activation: Activation
    a: Array
    z: Array
    slopes: Array
    f: Array
    scale: float

    @classmethod
    def at(cls, x: Array, networks: Sequence[Network]) -> Seen:
        """The networks at x; all have the width and the activation of the first."""
        activation, scale = networks[0].activation, math.sqrt(networks[0].width)
        a, z = np.array([one.a for one in networks]), np.array([one.preactivations(x) for one in networks])
        slopes = a * activation.first(z) / scale
        return cls(activation=activation, a=a, z=z, slopes=slopes, f=inner(activation.call(z), a) / scale, scale=scale)

    def moved(self, u: Array) -> Array:
        """f with the preactivations moved by u (N, p); (N,)."""
        return np.asarray(inner(self.activation.call(self.z + u), self.a) / self.scale)

    def departure(self, f: Array, along: Array, link: Activation) -> Array:
        """g - g_lin where f has this value, and its linearisation has moved by `along`; (N,)."""
        return departure_from(link, self.f, f - self.f, along)

    def ray(self) -> Array:
        """The unit vectors along the slopes; (N, p)."""
        return np.asarray(self.slopes / _length(self.slopes))

    def rows(self, which: Array) -> Seen:
        """These of them, in this order; one may stand several times."""
        return replace(self, a=self.a[which], z=self.z[which], slopes=self.slopes[which], f=self.f[which])


def climbed(seen: Seen, starts: Sequence[Array], rho: float, link: Activation) -> Array:
    """The largest modulus of the departure on the ways up from the starts (N, p) on the sphere of radius rho, of each network; (N,)."""
    block = max(BLOCK // (len(starts) * seen.z.shape[1]), 1)
    every = [np.arange(len(seen.f))[first : first + block] for first in range(0, len(seen.f), block)]
    return np.concatenate([_climbed(seen.rows(some), [start[some] for start in starts], rho, link) for some in every])


def _climbed(seen: Seen, starts: Sequence[Array], rho: float, link: Activation) -> Array:
    network = np.tile(np.arange(len(seen.f)), len(starts))
    rows = _Rows.at(seen.rows(network), network, np.concatenate(starts), rho, link)
    found = np.zeros(len(seen.f))
    np.maximum.at(found, network, rows.height)
    for step in range(MOST):
        after, ended = rows.stepped(by_curvature=step >= FIRST)
        np.maximum.at(found, after.network, after.height)
        if step >= EARLIEST:
            ended |= after.height + (MOST - step) * np.maximum(after.height - rows.height, 0) < found[after.network]
        if step >= EARLIEST and step % EVERY == 0:
            ended |= after.doubled()
        rows = after.those(~ended) if np.any(ended) else after
        if not rows.height.size:
            break
    return found


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """Ascents under way: the network of each, the sign of its departure at the start, where it is and how high."""

    seen: Seen
    link: Activation
    rho: float
    network: Array
    sign: Array
    u: Array
    f: Array
    height: Array

    @classmethod
    def at(cls, seen: Seen, network: Array, u: Array, rho: float, link: Activation) -> _Rows:
        f = seen.moved(u)
        start = seen.departure(f, inner(u, seen.slopes), link)
        sign = np.where(start >= 0, 1.0, -1.0)
        return cls(seen=seen, link=link, rho=rho, network=network, sign=sign, u=u, f=f, height=np.abs(start))

    def those(self, which: Array) -> _Rows:
        network, sign, u, f, height = (one[which] for one in (self.network, self.sign, self.u, self.f, self.height))
        return replace(self, seen=self.seen.rows(which), network=network, sign=sign, u=u, f=f, height=height)

    def to(self, u: Array) -> _Rows:
        f = self.seen.moved(u)
        return replace(self, u=u, f=f, height=self.sign * self.seen.departure(f, inner(u, self.seen.slopes), self.link))

    def stepped(self, by_curvature: bool) -> tuple[_Rows, Array]:
        """Each row one step on, and which of them have arrived; where a step by curvature leads down, it is the gradient's."""
        if not by_curvature:
            return self.to(self._shifted(self._gradient()[1])), np.zeros(len(self.f), bool)
        first, second = self.seen.activation.slopes(self.seen.z + self.u)
        slope, gradient = self._gradient(first)
        after = self.to(self._bent(slope, gradient, second))
        gain = after.height - self.height
        back = np.flatnonzero(~(gain >= 0))
        if back.size:
            shifted = self.those(back)
            shifted = shifted.to(shifted._shifted(gradient[back]))
            after.u[back], after.f[back], after.height[back] = shifted.u, shifted.f, shifted.height
        return after, (gain >= 0) & (gain <= GAIN * after.height)

    def doubled(self) -> Array:
        """Which rows are where another one of their network is that is as high or higher."""
        order = np.lexsort((self.height, self.network))
        lower, higher = order[:-1], order[1:]
        same = (self.network[lower] == self.network[higher]) & (self.height[lower] >= (1 - SAME) * self.height[higher])
        lower, higher = lower[same], higher[same]
        found = np.zeros(len(self.f), bool)
        found[lower] = np.all(np.abs(self.u[lower] - self.u[higher]) < NEAR * self.rho, axis=1)
        return found

    def _gradient(self, first: Array | None = None) -> tuple[Array, Array]:
        """The slopes of f and of the height in u, by the activation's if they are known."""
        slope = self.seen.a * (self.seen.activation.first(self.seen.z + self.u) if first is None else first) / self.seen.scale
        outer, start = self.sign * self.link.first(self.f), self.sign * self.link.first(self.seen.f)
        return slope, outer[:, None] * slope - start[:, None] * self.seen.slopes

    def _shifted(self, gradient: Array) -> Array:
        r""":math:`\rho(G+\kappa u)/\|G+\kappa u\|`, G the gradient and :math:`\kappa=\|G\|/\rho` a shift."""
        return self._on_sphere(gradient + _length(gradient) / self.rho * self.u)

    def _on_sphere(self, u: Array) -> Array:
        return np.asarray(self.rho * u / np.maximum(_length(u), TINY))

    def _bent(self, slope: Array, gradient: Array, second: Array | None = None) -> Array:
        r"""Where Newton's step along the sphere leads, if the height is concave there, and otherwise one that is scaled neuron by neuron.

        With the multiplier :math:`\lambda=\langle G,u\rangle/\rho^2` the Hessian of the Lagrangian is :math:`D+\beta gg^\top`, D diagonal
        and g the slopes of f, so that Sherman and Morrison's formula inverts it. It has as many positive eigenvalues as D, one more
        or less if the formula's denominator is negative, and along the sphere one less if :math:`u^\top(D+\beta gg^\top)^{-1}u>0`.
        """
        multiplier = (inner(gradient, self.u) / self.rho**2)[:, None]
        bend = self.seen.a * (self.seen.activation.second(self.seen.z + self.u) if second is None else second) / self.seen.scale
        D = (self.sign * self.link.first(self.f))[:, None] * bend - multiplier
        beta, rest = self.sign * self.link.second(self.f), gradient - multiplier * self.u
        with np.errstate(all="ignore"):  # a step without a value leads nowhere, and is not taken
            along, normal = rest / D, self.u / D
            turned = slope / D
            denominator = 1 + beta * inner(slope, turned)
            along = along - (beta * inner(slope, along) / denominator)[:, None] * turned
            normal = normal - (beta * inner(slope, normal) / denominator)[:, None] * turned
            outward = inner(self.u, normal)
            newton = self.u - along + (inner(self.u, along) / outward)[:, None] * normal
            positive = np.count_nonzero(D > 0, axis=1) + np.where(denominator < 0, np.sign(beta), 0) - (outward > 0)
            scaled = self.u + rest / np.maximum(np.abs(D), FLATTEST * _length(gradient) / self.rho)
            return self._on_sphere(np.where((positive == 0)[:, None], newton, scaled))


def inner(left: Array, right: Array) -> Array:
    """Inner products of rows; (N,)."""
    return np.asarray(np.einsum("np,np->n", left, right))


def _length(rows: Array) -> Array:
    """Their lengths, as a column."""
    return np.asarray(np.sqrt(inner(rows, rows)))[:, None]
