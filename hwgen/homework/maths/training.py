r"""Training a first layer: the network behind a link, its features frozen behind the same link, and its full linearisation.

All three minimise :math:`\frac12\sum_i(\text{output}_i-y_i)^2` from the same start, by the same steps of gradient descent or along
the gradient flow. Owns no data and no limit.
"""

import math

import numpy as np
import scipy

from hwgen.homework.maths import Array
from hwgen.homework.maths.activations import Activation
from hwgen.homework.maths.networks import Network


def outputs(network: Network, X: Array, W: Array) -> Array:
    """f at the rows of X (n, d) with the first layer W (p, d); (n,)."""
    return np.asarray(network.activation.call(X @ W.T) @ network.a / math.sqrt(network.width))


def slopes(network: Network, X: Array, W: Array) -> Array:
    r""":math:`p^{-1/2}a_j\sigma'(\langle w_j,x_i\rangle)`, (n, p): the gradient of f(x_i) in w_j is this times x_i."""
    return np.asarray(network.a * network.activation.first(X @ W.T) / math.sqrt(network.width))


def kernel(network: Network, X: Array, W: Array) -> Array:
    """The tangent kernel of f at the rows of X, (n, n)."""
    S = slopes(network, X, W)
    return np.asarray((S @ S.T) * (X @ X.T))


def descent(network: Network, link: Activation, X: Array, y: Array, *, rate: float, steps: int) -> Array:
    """(3, steps + 1, n): outputs at the rows of X of the network, of frozen features behind the link, and of the linearised output.

    The first len(y) rows of X are trained on, the others are only evaluated.
    """
    W, seen = network.W.copy(), slice(0, len(y))
    f = outputs(network, X, W)
    features, start = kernel(network, X, W), link.first(f)
    frozen, straight, linear = f.copy(), link.call(f), start[:, None] * features * start
    history = [[link.call(f), link.call(frozen), straight]]
    for _ in range(steps):
        force = link.first(f[seen]) * (link.call(f[seen]) - y)
        W = W - rate * (slopes(network, X[seen], W).T * force) @ X[seen]
        f = outputs(network, X, W)
        frozen = frozen - rate * features[:, seen] @ (link.first(frozen[seen]) * (link.call(frozen[seen]) - y))
        straight = straight - rate * linear[:, seen] @ (straight[seen] - y)
        history.append([link.call(f), link.call(frozen), straight])
    return np.asarray(history).transpose(1, 0, 2)


def flow(network: Network, link: Activation, X: Array, y: Array, time: float) -> tuple[Array, Array, float]:
    """(first layer, outputs of the frozen features before the link, loss) at `time` along the two gradient flows; relative error 1e-9."""
    p, d = network.W.shape
    features = kernel(network, X, network.W)

    def velocity(_: float, state: Array) -> Array:
        W, frozen = state[: p * d].reshape(p, d), state[p * d :]
        f = outputs(network, X, W)
        force = link.first(f) * (link.call(f) - y)
        other = features @ (link.first(frozen) * (link.call(frozen) - y))
        return -np.concatenate([((slopes(network, X, W).T * force) @ X).ravel(), other])

    start = np.concatenate([network.W.ravel(), outputs(network, X, network.W)])
    found = scipy.integrate.solve_ivp(velocity, (0.0, time), start, method="DOP853", rtol=1e-11, atol=1e-12)
    end = found.y[:, -1]
    W = end[: p * d].reshape(p, d)
    return W, end[p * d :], float(np.sum((link.call(outputs(network, X, W)) - y) ** 2)) / 2
