r"""Displays of lecture notes restated in our notation: what each prints, and its value computed another way, with numpy alone."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from hwgen.model import Binding, expectation, function, probability, value, variance

N, D, ETA, LAM, MU, BIG_B, EPS, DELTA, T = 3, 2, 0.3, 0.7, 0.4, 1.5, 0.2, 0.1, 1.3
X = np.array([[1.0, -0.5], [0.25, 2.0], [-1.5, 0.75]])
Y = np.array([1.0, -1.0, 0.5])
W, V, G = np.array([0.6, -1.1]), np.array([0.3, 0.8]), np.array([-0.2, 0.9])
A = np.array([[2.0, 0.5], [0.5, 1.25]])
B = np.array([[0.4, -0.3], [0.7, 1.1]])
K = np.array([[2.0, 0.3, 0.1], [0.3, 1.5, -0.2], [0.1, -0.2, 1.0]])
P, Q = np.array([0.2, 0.5, 0.3]), np.array([0.4, 0.35, 0.25])
ALPHA = np.array([0.5, -0.25, 1.25])
LAW = (np.array([0.1, 0.2, 0.3, 0.4]), np.array([-1.0, 0.0, 1.0, 2.0]))
PAIR = (np.array([0.1, 0.2, 0.3, 0.4]), np.array([-1.0, 0.0, 1.0, 2.0]), np.array([2.0, 1.0, 0.5, 3.0]))
R = np.random.default_rng(1)


def _constant(number: Any) -> Binding:
    return value(lambda: number)


def logistic(z: float) -> float:
    return math.log1p(math.exp(-z))


BINDINGS: Mapping[str, Binding] = {
    **{
        name: _constant(number)
        for name, number in {
            "n": float(N),
            "m": float(D),
            r"\eta": ETA,
            r"\lambda": LAM,
            r"\mu": MU,
            "B": BIG_B,
            r"\epsilon": EPS,
            r"\delta": DELTA,
            "t": T,
            "X": X,
            "y": Y,
            "x": X,
            "w": W,
            "v": V,
            "g": G,
            "A": A,
            "M": B,
            "K": K,
            "p": P,
            "q": Q,
            r"\alpha": ALPHA,
            r"\Sigma": A,
            r"\hat\theta": W,
            r"\theta^\star": V,
            "S": np.array([2.0, 3.0, 5.0]),
            "L": 4.0,
            r"\bar x": 0.35,
        }.items()
    },
    r"\ell": function(logistic, lambda z: -1 / (1 + math.exp(z))),
    r"\phi": function(math.tanh, lambda z: 1 - math.tanh(z) ** 2),
    "f": function(lambda u: u * u - u, lambda u: 2 * u - 1),
    r"\mathbb{E}": expectation(lambda: LAW, "Z"),
    r"\mathbb{P}": probability(lambda: LAW, "Z"),
    r"\operatorname{Var}": variance(lambda: LAW, "Z"),
    r"\mathrm{E}": expectation(lambda: PAIR, "U", "H"),
}
_w, _z = LAW
_mean = float(_w @ _z)
_inverse = np.array([[1.25, -0.5], [-0.5, 2.0]]) / (2.0 * 1.25 - 0.25)
_signs = [np.array(s) for s in itertools.product([-1.0, 1.0], repeat=3)]
_roots = [(3.25 - math.sqrt(3.25**2 - 4 * 2.25)) / 2, (3.25 + math.sqrt(3.25**2 - 4 * 2.25)) / 2]

DISPLAYS: list[tuple[str, float]] = [
    # least squares and ridge
    (r"\frac{1}{2n}\|Xw-y\|_2^2", float(sum((X[i] @ W - Y[i]) ** 2 for i in range(3)) / 6)),
    (r"\frac{1}{2n}\|Xw-y\|^2_2", float(sum((X[i] @ W - Y[i]) ** 2 for i in range(3)) / 6)),
    (r"\frac1n\sum_{i=1}^n(y_i-w^\top x_i)^2+\lambda\|w\|_2^2", float(np.mean((Y - X @ W) ** 2) + LAM * (W @ W))),
    (r"\frac1n\sum_{i=1}^{n}(y_i-\langle w,x_i\rangle)^2", float(np.mean((Y - X @ W) ** 2))),
    (r"\frac{1}{n}\sum^n_{i=1}|y_i-x_i^\top w|", float(np.mean(np.abs(Y - X @ W)))),
    (r"\lambda\|w\|_1", LAM * 1.7),
    (r"\|w\|_\infty", 1.1),
    (r"\|w\|_{\infty}", 1.1),
    (r"\Big\|Xw-y\Big\|^2", float(np.sum((X @ W - Y) ** 2))),
    (r"\left\Vert w-v\right\Vert^2", float(np.sum((W - V) ** 2))),
    (r"\Vert w-v\Vert_2", float(np.sqrt(np.sum((W - V) ** 2)))),
    (r"\|w\|_A^2", float(W @ A @ W)),
    (r"\|w\|_{A^{-1}}^2", float(W @ _inverse @ W)),
    (r"w^\top A w", float(W @ A @ W)),
    (r"\frac12 w^{\mathsf T}Aw-v^{\mathsf T}w", float(W @ A @ W / 2 - V @ W)),
    (r"(Xw-y)^\top(Xw-y)", float(np.sum((X @ W - Y) ** 2))),
    (r"\operatorname{tr}(A)", 3.25),
    (r"\operatorname{tr}(A^{-1})", float(3.25 / 2.25)),
    (r"\operatorname{tr}(X^\top X)", float(np.sum(X * X))),
    (r"\det A", 2.25),
    (r"\det(A)", 2.25),
    (r"\log\det(A)", math.log(2.25)),
    (r"\operatorname{rank}(X)", 2.0),
    (r"\lambda_{\min}(A)", _roots[0]),
    (r"\lambda_{\max}(A)", _roots[1]),
    (r"\frac{\lambda_{\max}(A)}{\lambda_{\min}(A)}", _roots[1] / _roots[0]),
    (r"v^\top A^{-1}v", float(V @ _inverse @ V)),
    (r"v^\top A^{-2}v", float(V @ _inverse @ _inverse @ V)),
    (r"w^\top A^2w", float(W @ A @ A @ W)),
    (r"\|A\|_{\mathrm F}^2", float(np.sum(A * A))),
    (r"\|A\|_{\mathrm{op}}", _roots[1]),
    (r"\|M\|_F", float(np.sqrt(np.sum(B * B)))),
    (r"v^\top(w\odot v)", float(V @ (W * V))),
    (r"\|w\otimes v\|_2", float(np.sqrt(np.sum(np.outer(W, V) ** 2)))),
    (r"w^\top\operatorname{diag}(v)w", float(np.sum(W * V * W))),
    (r"\|wv^\top\|_{\mathrm F}", float(np.sqrt(np.sum(np.outer(W, V) ** 2)))),
    (r"\sum_{i,j}K_{ij}\alpha_i\alpha_j", float(ALPHA @ K @ ALPHA)),
    (r"\sum_{i,j=1}^n\alpha_i\alpha_jK_{ij}", float(ALPHA @ K @ ALPHA)),
    (r"\sum_{i=1}^n\sum_{j=1}^n\alpha_i\alpha_jK_{ij}", float(ALPHA @ K @ ALPHA)),
    (r"\alpha^\top K\alpha", float(ALPHA @ K @ ALPHA)),
    (r"\sum_{i\in[n]}\alpha_i^2", float(np.sum(ALPHA**2))),
    (r"\sum_{i\in\{1,\dots,n\}}\alpha_i^2", float(np.sum(ALPHA**2))),
    (r"\sum_{i\ne j}K_{ij}", float(np.sum(K) - np.trace(K))),
    (r"\sum_{1\le i<j\le n}K_{ij}", 0.2),
    (r"\sum_{i<j}K_{ij}^2", 0.14),
    (r"\sum_{j=1}^n\sum_{i\ne j}K_{ij}", float(np.sum(K) - np.trace(K))),
    (r"\max_{i\in[n]}|y_i|", 1.0),
    (r"\max_{1\le i\le n}\|x_i\|", float(max(np.sqrt((X**2).sum(1))))),
    (r"\min_i\alpha_i", -0.25),
    (r"\max_{i\ne j}|K_{ij}|", 0.3),
    (r"\det\begin{bmatrix}1&2\\3&4\end{bmatrix}", -2.0),
    (r"w^\top\begin{pmatrix}0&1\\-1&0\end{pmatrix}v", float(W[0] * V[1] - W[1] * V[0])),
    # gradient methods
    (r"\left(1-\eta\lambda\right)^t", (1 - ETA * LAM) ** T),
    (r"(1-\eta\mu)^{2t}\,\|w-v\|^2", (1 - ETA * MU) ** (2 * T) * float(np.sum((W - V) ** 2))),
    (r"\frac{\|w-v\|^2}{2\eta t}+\frac{\eta}{2}\|g\|^2", float(np.sum((W - V) ** 2)) / (2 * ETA * T) + ETA / 2 * float(G @ G)),
    (r"\langle g,w-v\rangle-\frac\eta2\|g\|_2^2", float(G @ (W - V) - ETA / 2 * (G @ G))),
    (r"\|w-\eta g-v\|^2", float(np.sum((W - ETA * G - V) ** 2))),
    (r"\frac{L-\mu}{L+\mu}", (4 - MU) / (4 + MU)),
    (r"\left(\frac{\sqrt L-\sqrt\mu}{\sqrt L+\sqrt\mu}\right)^2", ((2 - math.sqrt(MU)) / (2 + math.sqrt(MU))) ** 2),
    (r"\sum_{k=0}^{\infty}(1-\eta\mu)^k", 1 / (ETA * MU)),
    (r"\sum_{k=1}^\infty\frac{1}{k^2}", math.pi**2 / 6),
    (r"\sum_{k=0}^\infty\frac{t^k}{k!}", math.exp(T)),
    (r"\sum_{k\ge1}\frac{1}{k(k+1)}", 1.0),
    (r"\sum_{k>0}\frac{1}{k(k+1)}", 1.0),
    (r"\sum_{2<k}\frac{1}{k(k+1)}", 1 / 3),
    (r"\sum_{k=1}^{10}\frac1k", sum(1 / k for k in range(1, 11))),
    (r"\prod_{k=1}^{4}\left(1-\frac{\eta}{k}\right)", math.prod(1 - ETA / k for k in range(1, 5))),
    (r"\hat\theta^\top\theta^\star", float(W @ V)),
    (r"\|\hat\theta-\theta^\star\|_1", 2.2),
    # extrema
    (r"\sup_{\|u\|\le B}\langle u,v\rangle", BIG_B * float(np.sqrt(V @ V))),
    (r"\sup_{\|u\|\le B}\sum_{i=1}^ny_i\langle u,x_i\rangle", BIG_B * float(np.linalg.norm(Y @ X))),
    (r"\sup_{\|u\|=1}u^\top Au", _roots[1]),
    (r"\inf_{\|u\|=1}u^\top Au", _roots[0]),
    (r"\max_{\|u\|_2\le1}\|Mu\|_2", float(np.sqrt(max(np.roots([1, -np.sum(B * B), (0.4 * 1.1 + 0.21) ** 2]))))),
    (r"\sup_{\|u\|_\infty\le1}\langle u,w\rangle", 1.7),
    (r"\sup_{\|u\|_1\le1}\langle u,w\rangle", 1.1),
    (r"\sup_{u\in[0,2]}f(u)", 2.0),
    (r"\min_{u\in\mathbb R}f(u)", -0.25),
    (r"\inf_{u>0}\left(\frac{1}{u}+u\right)", 2.0),
    (r"\sup_{0\le u\le1}u(1-u)", 0.25),
    (r"\max_{u\in[-1,1]}|u-t|", 1 + T),
    (r"\max_{s\in\{-1,1\}}y_3s", 0.5),
    (r"\sum_{s\in\{-1,1\}}e^{st}", math.exp(T) + math.exp(-T)),
    (r"\max_{u\in\{0,1,2\}}(u-t)^2", T**2),
    (r"\frac{1}{2^n}\sum_{s\in\{-1,1\}^n}\left\|\sum_{i}s_ix_i\right\|", float(np.mean([np.sqrt(np.sum((s @ X) ** 2)) for s in _signs]))),
    (r"\max_{s\in\{-1,1\}^n}\sum_{i=1}^ns_iy_i", 2.5),
    (r"\sum_{u\in S}\frac1u", 1 / 2 + 1 / 3 + 1 / 5),
    (r"\max(0,1-y_1\,w^\top x_1)", max(0.0, 1 - float(W @ X[0]))),
    (r"\sum_{i=1}^n\max\{0,1-y_i\langle w,x_i\rangle\}", float(np.sum(np.maximum(0, 1 - Y * (X @ W))))),
    (r"\frac1n\sum_{i=1}^n\ell(y_i\,w^\top x_i)", float(np.mean([logistic(z) for z in Y * (X @ W)]))),
    (r"\frac1n\sum_{i=1}^n\log\left(1+e^{-y_i\langle w,x_i\rangle}\right)", float(np.mean([logistic(z) for z in Y * (X @ W)]))),
    (r"\frac{1}{1+e^{-t}}", 1 / (1 + math.exp(-T))),
    (r"\frac{1}{1+\exp(-w^\top v)}", 1 / (1 + math.exp(-float(W @ V)))),
    (r"\frac{e^{\alpha_1}}{\sum_{j=1}^ne^{\alpha_j}}", float(np.exp(0.5) / np.sum(np.exp(ALPHA)))),
    (r"\log\left(\sum_{j=1}^n\exp(\alpha_j)\right)", float(np.log(np.sum(np.exp(ALPHA))))),
    # information
    (r"-\sum_{i=1}^np_i\log p_i", float(-np.sum(P * np.log(P)))),
    (r"-\sum_ip_i\log_2(p_i)", float(-np.sum(P * np.log2(P)))),
    (r"\sum_{i}p_i\log\frac{p_i}{q_i}", float(np.sum(P * np.log(P / Q)))),
    (r"\frac12\sum_{i}|p_i-q_i|", float(np.sum(np.abs(P - Q)) / 2)),
    (r"\sqrt{\frac12\sum_ip_i\log\frac{p_i}{q_i}}", math.sqrt(float(np.sum(P * np.log(P / Q))) / 2)),
    (r"\sum_{i}\left(\sqrt{p_i}-\sqrt{q_i}\right)^2", float(np.sum((np.sqrt(P) - np.sqrt(Q)) ** 2))),
    (r"\log_2 n", math.log2(3)),
    (r"\log_{10}(n)", math.log10(3)),
    (r"n\log_2(n)", 3 * math.log2(3)),
    # probability
    (r"\mathbb{E}[Z]", _mean),
    (r"\mathbb E[Z^2]-\mathbb E[Z]^2", float(_w @ _z**2 - _mean**2)),
    (r"\operatorname{Var}(Z)", float(_w @ (_z - _mean) ** 2)),
    (r"\mathbb{E}|Z|", float(_w @ np.abs(_z))),
    (r"\mathbb{E}_Z[e^{tZ}]", float(_w @ np.exp(T * _z))),
    (r"\log\left(\mathbb E\left[e^{\lambda Z}\right]\right)", math.log(float(_w @ np.exp(LAM * _z)))),
    (r"\mathbb{P}(Z\ge1)", 0.7),
    (r"\mathbb{P}(|Z|>1)", 0.4),
    (r"\mathbb{P}(Z\le0\mid Z<2)", 0.5),
    (r"\mathbb{P}(-1<Z\le1)", 0.5),
    (r"\mathbb{P}\left(Z\ge t\right)", 0.4),
    (r"\mathbb{E}[\mathbf 1\{Z>0\}]", 0.7),
    (r"\mathbb{E}[\mathbb 1_{Z\ge1}Z]", 1.1),
    (r"\mathbb E[Z\mid Z>0]", 1.1 / 0.7),
    (r"\mathrm{E}[UH]", float(PAIR[0] @ (PAIR[1] * PAIR[2]))),
    (r"\mathrm{E}[UH]-\mathrm{E}[U]\,\mathrm{E}[H]", float(PAIR[0] @ (PAIR[1] * PAIR[2]) - (PAIR[0] @ PAIR[1]) * (PAIR[0] @ PAIR[2]))),
    (r"2\exp\left(-\frac{2n\epsilon^2}{B^2}\right)", 2 * math.exp(-6 * EPS**2 / BIG_B**2)),
    (r"2e^{-2n\epsilon^2}", 2 * math.exp(-6 * EPS**2)),
    (r"\sqrt{\frac{\log(2/\delta)}{2n}}", math.sqrt(math.log(20) / 6)),
    (r"\sqrt{\frac{\log\frac{2}{\delta}}{2n}}", math.sqrt(math.log(20) / 6)),
    (r"B\sqrt{\frac{2\ln(1/\delta)}{n}}", BIG_B * math.sqrt(2 * math.log(10) / 3)),
    (r"\frac{B}{\sqrt n}+3\sqrt{\frac{\log(2/\delta)}{2n}}", BIG_B / math.sqrt(3) + 3 * math.sqrt(math.log(20) / 6)),
    (r"\frac{1}{\epsilon}\left(\log L+\log\frac1\delta\right)", (math.log(4) + math.log(10)) / EPS),
    (r"\left\lceil\frac{\log n}{\epsilon}\right\rceil", math.ceil(math.log(3) / 0.2)),
    (r"\lfloor n/2\rfloor", 1.0),
    (r"\lceil t\rceil", 2.0),
    (r"\binom{n}{2}", 3.0),
    (r"\tbinom n2\,\delta^2(1-\delta)", 3 * 0.01 * 0.9),
    (r"\sum_{k=0}^n\binom nk\delta^k(1-\delta)^{n-k}", 1.0),
    (r"\left(\frac{\mathrm e^{1}n}{m}\right)^m", (math.e * 3 / 2) ** 2),
    (r"n!", 6.0),
    (r"\frac{n!}{m!\,(n-m)!}", 3.0),
    (r"\sum_{i=0}^m\binom{n}{i}", 7.0),
    (r"\frac{(2n)!}{2^n\,n!}", 15.0),
    (r"\frac{1}{\sqrt{2\pi}}\int_{-\infty}^{\infty}u^2e^{-u^2/2}\,du", 1.0),
    (r"\int_0^1f(u)\,\mathrm{d}u", 1 / 3 - 1 / 2),
    (r"\int_0^t\mathrm e^{-u}du", 1 - math.exp(-T)),
    (r"\int_{0}^{1}\int_{0}^{1}us\,du\,ds", 0.25),
    (r"\int_1^\infty\frac{1}{u^2}\,\mathrm du", 1.0),
    (r"f'(t)", 2 * T - 1),
    (r"\frac{\mathrm d}{\mathrm dt}f(t)", 2 * T - 1),
    (r"\frac{\partial}{\partial t}f(t)", 2 * T - 1),
    (r"1-\phi(t)^2", 1 - math.tanh(T) ** 2),
    (r"\begin{cases}t^2/2&\text{if }|t|\le1\\|t|-\frac12&\text{otherwise}\end{cases}", T - 0.5),
    (r"\begin{cases}1,&t\ge0\\-1,&t<0\end{cases}", 1.0),
    (r"\mathbf 1\{t>1\}+\mathbf 1\{t>2\}", 1.0),
    (r"\operatorname{sign}(\bar x)", 1.0),
    (r"\frac{\langle w,v\rangle}{\|w\|\,\|v\|}", float(W @ V / np.sqrt((W @ W) * (V @ V)))),
    (r"\arccos\frac{\langle w,v\rangle}{\|w\|\,\|v\|}", math.acos(float(W @ V / np.sqrt((W @ W) * (V @ V))))),
    (r"\exp\left(-\frac{\|w-v\|^2}{2\eta^2}\right)", math.exp(-2 * 0 - float(np.sum((W - V) ** 2)) / (2 * ETA**2))),
    (r"(1+\langle w,v\rangle)^m", (1 + float(W @ V)) ** 2),
    (r"\tanh(w^\top v+\bar x)", math.tanh(float(W @ V) + 0.35)),
    (r"x_1^\top x_2", float(X[0] @ X[1])),
    (r"\|x_1-x_2\|_2^2", float(np.sum((X[0] - X[1]) ** 2))),
    (r"\frac1n\left\|\sum_{i=1}^nx_i\right\|^2", float(np.sum(X.sum(0) ** 2) / 3)),
    (r"X_{1,2}X_{2,1}", -0.125),
    (r"y^\top(K+n\lambda I)^{-1}y", math.nan),
    (r"\lim_{n\to\infty}\left(1+\frac1n\right)^n", math.nan),
    (r"\operatorname*{arg\,min}_{u}f(u)", math.nan),
    (r"x^{(1)}", math.nan),
    (r"\mathcal O(n^2)", math.nan),
    (r"w_{t+1}", math.nan),
    (r"\nabla f(w)", math.nan),
    (r"\partial_tf(t)", math.nan),
]
