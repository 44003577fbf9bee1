r"""An example of every refusal that the reader can raise, but for those of operators (`refusals_of_operators.py`).

`test_refusals.py` holds that none is missing and what each of them says. In each, ‸ stands where the message points; after it in the
formula stands what is at fault.
"""

from __future__ import annotations

import numpy as np

from hwgen.model import Bindings, expectation, function, probability, value, variable

PREAMBLE = r"""
\newcommand{\norm}[1]{\left\lVert #1\right\rVert}
\newcommand\half{\tfrac12}
\newcommand{\unknown}{t+\rho}
\newcommand{\renewed}{\varphi}
\newcommand{\loss}[1][2]{#1 t}
\newcommand{\loop}{\loop}
\newcommand{\tw}{t+s}
\newcommand{\part}{\frac1}
"""
NUMBERS = ("t", "s", "n", "m", "c", r"\epsilon", r"\lambda_0", "b_j", "p^\\star", "ab", r"\epsilon n")
BOUND: Bindings = {
    **{name: value(lambda: 2.0) for name in NUMBERS},
    "r": variable("r"),
    "v": value(lambda r: r**2),
    "a": value(lambda: np.ones(3)),
    "y": value(lambda: np.ones(3)),
    "x": value(lambda: np.ones(2)),
    "w": value(lambda: np.ones(2)),
    "A": value(lambda: np.eye(2)),
    "B": value(lambda: np.eye(2)),
    "S": value(lambda: np.ones(2)),
    "y_1": value(lambda: 2.0),
    "f": function(np.tanh, np.cosh),
    "g": function(np.tanh),
    "q": function(lambda u, r: u * r, lambda u, r: r, of=["r"]),
    r"\mathbb{P}": probability(lambda: ([1.0], [0.0]), "D"),
    r"\mathbb{E}": expectation(lambda: ([1.0], [0.0]), "D"),
}
# Names that mean something else where they are not declared, bound for some examples only.
ALSO: Bindings = {name: value(lambda: 2.0) for name in ("d", "e", "F", "D", r"\lambda", r"\renewed")}

# One a line.
FORMULAS = tuple(
    r"""
‸= t
‸t
t = ‸\operatorname{\mathbb{E}} n
t = s‸\cdot
t = s‸\/n
t = s_‸{\text{new}}
‸\mathit{t} := 2 = t
t = {s‸\over n}
t = s‸\phantom{n}
t = s‸\(n
t = s‸\nexists n
t = s‸\negmedspace n
t = \frac{s‸+}{n}
t = \lvert s‸\lvert n\rvert m\rvert
t = \bigl|s‸|n|m\bigr|
t = \lVert A‸\lVert x\rVert y\rVert
t ‸\lt n
t = n ‸\quad\text{and}\quad t = s
t = ‸pi
t = s‸)
t = n ‸:= s
t ‸= t
t = |c|s‸|t|
t = \mathbb{P}(D<1‸|D<2)
t = f(t)\big‸|_{t=0}
t = ‸\begin{vmatrix}1&2\\3&4\end{vmatrix}
t = \begin{cases}1&t>0\\0&‸\text{unless }t>1\end{cases}
t = ‸2\frac12
t = t/s‸n
t = t/s‸/n
t = ‸Ax\odot w
t = - ‸- s
t = s‸'
t = ‸[s]
t = ‸\sqrt
t = \frac s‸12
t = \sqrt‸\frac12
t = \frac{1}‸(t)
t = \sqrt‸|t|
t = t^‸[2]
t = \frac‸\lambda_0 2
t = \sqrt‸{f}(t)
t = s ‸+
t = ‸{s+n}
t = n!‸^2
t = ‸\rho
t = ‸e
t = t‸2
t = |‸s
t = |‸|s||
t = \|‸x
t = \|‸\|x\|y\|
t = \|x\|_{A‸+B}
t = \|x\|_‸{3}
t = \|x\|_{\mathrm F,‸}
t = \langle x w‸\rangle
t = \langle x,‸w
t = \lfloor ‸s
t = ‸\mathbf1{s<n}
t = \mathbf1 ‸s
t = ‸\mathbf1\{s\}
t = \mathbf1\{s<‸n
t = \mathbf1_{s<n}‸(t)
t = \mathbf1_‸\{s<n\}
t = \mathbf1_{\{s<n‸}}
t = \mathbf1\{s‸:=n\}
t = \|x\|^2_2‸^2
t = \mathbf1\{s‸<
t = (‸s
t = (s‸=n)
t = (((((((((((((((((((((((((((((((((((((((((((((((((((‸(s))))))))))))))))))))))))))))))))))))))))))))))))))))
‸PQ := t = PQ^2
‸e := t = e^{2}
\rho ‸:= t+s
\rho := t ‸= \rho
‸\begin{smallmatrix}t&1\\0&2\end{smallmatrix} = A
t^{2‸&} = s
\rho := t+1 = \rho‸(2)
t = \frac{t}{s}‸^2
t = \frac{\mathrm d}{\mathrm d‸u}f(u)
t = \frac{\mathrm d}{\mathrm d‸r}x
t = ‸\frac{\mathrm d}{\mathrm dr}q(r)
t = ‸\frac{\mathrm d}{\mathrm dr}g(r)
t = \frac{\mathrm d}{\mathrm dr}f(r) ‸s
t = \frac{\mathrm d}{\mathrm dr‸+s}f(r)
t = ‸\frac{df}{dt}
t = ‸\operatorname*{argmin}_s s
t = ‸\operatorname{arsin}(t)
t = ‸\operatorname{log}(t)
t = s \cdot ‸\mathrm{max}(t, s)
t ‸\overset{a}{=} s
t = ‸\cot(t)
t = s ‸\bmod 3
t = \sin‸_2 n
t = ‸\exp
t = \sin^‸{-1} t
t = \log‸\log n
t = \log n‸!
t = \log t‸^2
t = \log t‸s
t = \log(t)‸^2
t = \log(t)‸(s)
t = ‸\begin{pmatrix}1&2\\3\end{pmatrix}
t = \begin{pmatrix}1‸,2\end{pmatrix}
t = ‸\begin{cases}\end{cases}
t = \begin{cases}1&\text{otherwise}\\‸2&\text{if }t>0\end{cases}
t = \begin{cases}1&\text{if }t>0‸)\end{cases}
t = \begin{cases}1‸\\2\end{cases}
t = \begin{cases}1&\text{if }t‸\end{cases}
t = \begin{cases}1&\text{if }t>0\\0&\text{otherwise}\end{cases}‸^2
t = f‸^{\prime}(s)
t = \mathbb{P}(D‸\ne1)
t = \mathbb{P}(D<1\mid D‸)
t = A_{1,2}‸^2
t = t^‸{(2)}
t = n!‸!
t = ‸\exp(0)!
t = s‸(n)
t = f(s)‸(n)
t = v‸(r+1)
t = f''‸(s)
t = f_2‸^2(s)
t = f‸^2(s)
t = ‸f
D := 2 = ‸\mathbb{E}[D]
t = \mathbb E‸_n[D]
t = \mathbb{E} ‸D
t = \mathbb{E}\lvert D\rvert ‸s
t = \mathbb{P}(D‸)
t = \mathbb{E}[D‸\le2]
t = \mathbb{E}(D)‸^2
t = \mathbb{P}(D<1)‸^2
t = \mathbb{E}(D)‸(s)
t = a_{2‸i}
t = a_{‸}
t = a_‸{1.5}
t = \lambda_0‸_1
t = ‸é
t = ‸\left(s
t = s‸\right)
t = a_‸~2
t = s ‸% n
t = s\!‸\!n
t \bigl‸< s
t = \big‸|s\big|
t = \sqrt‸[2[t+1]]{s}
t = \begin{pmatrix}t‸\quad s\end{pmatrix}
t = s‸~~~n
t = \big ‸s
t = \left‸{(}s\right)
t = \big‸\big(s)
t = \big‸\frac12
t = s\bi‸g
t = s‸\ \ n
t = s‸\enspace n
t = 2‸~s = n
t = t^‸12
t = \sqrt‸1.5
t = \begin{pmatrix}t‸\\[2]+s\end{pmatrix}
t = \begin{pmatrix}t‸\\ [s]\end{pmatrix}
t = \begin{pmatrix}t‸\\[2pt\end{pmatrix}
t ‸\\ s = n
t ‸\qquad s = n
t = ‸\unknown
t = ‸\loss
t = ‸\loop
t = ‸\part\tw
t = ‸\norm
t = ‸\norm{x
t = \frac1‸\tw
t = ‸2\half
t ‸\approx s
t ‸\ll s
t = 1+‸\dots+n
t = ‸\pm s
t ‸\ne s
t ‸\to s
t = s ‸\implies s = n
t ‸\in S
‸\forall t = s
‸t = \epsilon n
t = \left.s\right‸|_{n=2}
t = \mathbb{E}[‸\mathbb{E}[D]]
t = ‸\begin{cases}1&t>0\end{cases}+1
t = ‸y_2
t = ‸\nabla f
t = s ‸\text{ almost}
A ‸\succeq B
t ‸\equiv s
t = 50‸\%
t = ‸\mathcal{O}(n)
t = ‸\lg n
t = s ‸\div n
t = s ‸\ast n
t = s ‸\mid n
t ‸\colon s
t = f‸\circ g
t = s ‸\middle| n
t = ‸\arg s
t = ‸\infty
t = ‸\begin{aligned}s\end{aligned}
t = s ‸* n
t ‸: s = n
t = ‸#1
t = ‸\hat x
t = ‸\alpa
t = \sqrt[x‸]
t = ‸\binom
t = f(s)‸[n]
t = \|x\|_{‸2
t = \mathbf1‸_
t = ‸\operatorname
t = \sin‸'(s)
t = (t)‸_+
t = a_‸+
4 ‸\nmid n
t = s ‸\star n
t = s ‸\oplus n
t = s^‸*
t = s ‸{}^2
t = ‸\coth(s)
""".strip().split("\n")
)
FORMULAS_WITH_ALSO = (
    r"t = \|x\|_‸F",
    r"t = ‸\frac{d}{dr}f(r)",
    r"t = ‸e^t",
    r"t = ‸\renewed",
    r"t = ‸\mathbb E[s]",
)
HYPOTHESES = (
    r"t > 0‸~s > 0",
    r"t,‸0 < s",
    r"‸t",
    r"‸t \in S",
    r"t > 0, ‸, s > 0",
    r"t ‸\ne s > 0",
    r"t > 0, ‸2, s > 1",
    r"0 < t, ‸s",
    r"-1\le s,‸t\le1",
    r"0 < t, ‸s = 1",
    r"‸,",
    r"t ‸\notin [0,1]",
    r"s > 1, t ‸\succeq 0",
    r"‸t \in (0,\infty]",
    r"‸t \in (-\infty,\infty)",
    r"t = s, ‸n, m > 1",
)
