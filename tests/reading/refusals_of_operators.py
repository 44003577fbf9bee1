r"""An example of every refusal that an operator leads to: sums, products, extrema, integrals and limits, their ranges and their reach.

In each, ‸ stands where the message points, as in `refusals.py`, which says what the names are bound to.
"""

from __future__ import annotations

import itertools
import string

_DEEP = "".join(rf"\sum_{{\{a}{b}z=1}}^{{2}} " for a, b in itertools.islice(itertools.product(string.ascii_lowercase, repeat=2), 400))
# One a line; … stands for nested sums.
OPERATORS = tuple(
    line.replace("…", _DEEP)
    for line in r"""
t = n/‸\sum_j a_j
t = ‸\max_{j\in[1,n]} j
t = ‸\sum_{j\le2} a_{j+1}
t = ‸\max_{j<3} a_{3-j}
‸t = …t
t = \max(s,‸n
t = ‸\max(s)
t = ‸\int_0^1 u
t = ‸\int_0^1 u + (
t = ‸\int_0^1 \lfloor u \rfloor v
t = \int_0^{\infty ‸t} u\,\mathrm du
t = ‸\int u\,\mathrm{d}u
t = \int_0^1 u\,\mathrm{d}u‸^2
t = \int_0^1 (u\,‸\mathrm{d}u)
t = ‸\max_j a_jt
t = \max_j a_j ‸+ t
t = ‸\prod_{k=1}^{n} k\,t
t = ‸\sum
t = ‸\sum_{k=1} k
t = ‸\prod_{k=1} k
t = ‸\max_j^n a_j
t = ‸\sum_{i,j\ge1} ij
t = ‸\prod_{k<n} k
t = ‸\max_{j\le n} j
t = ‸\min_{u>0} u
t = ‸\sup_{1\le k\le 2} k
t = ‸\sum_{k\in[0,1]} k
t = ‸\max_{u\in(0,1)} u
t = ‸\sup_{u} u
t = ‸\sup_{u\in[0,1],z\in[0,1],u\ne z} uz
t = ‸\max_{\|u\|<1}\langle u,x\rangle
t = \max_{\|u\|\le1,‸j\ge1}\langle u,x\rangle
t = ‸\sum_{\|u\|\le1} \langle u,x\rangle
t = ‸\sum_{u\in S,u\ne1} u
t = \sup_{\|u\|_2‸{\le1} \langle u,x\rangle
t = \sum_{u\in\{0,1‸,\}} u
t = \sup_{u\in‸[01]} u
t = \sum_‸{2} t
t = \int_0^1 u\,d‸s
t = \sum_{j=1}^{2} \sum_{‸j=1}^{2} j
t = \sum_j ‸b_j
\sum_{k=1‸\\}^{n} k = t
t = ‸\lambda_{\min}
t = \log‸\sum_j a_j
t = \sum_‸{1} t
t = \sum_‸{t} t
t = \sum_{i,‸i} A_{ii}
t = \sum_{j=1,t<‸s}^{2} j
t = \sum_{j=1,t\ne ‸s}^{2} j
t = \sum_{‸1\le j\ge2} j
t = \sum_{‸i\ne j\ne k} ijk
t = \sum_{j=1,j\ne ‸i}^{n} a_j
t = \sum_{‸j>i} A_{ij}
t = \sum_{‸i<j,k} ijk
t = \sum_{j=1,j\le ‸2}^{n} j
t = \max_{i\ne j,‸j\ge2} A_{ij}
t = \sum_{1\le i\le3,1\le j\le ‸i+1} 1
t = \sum_{j=‸1
t = \sup_{|u‸\le1} u
t = \sup_{|u|‸=1} u
t = \sum_{i\ne1,‸j} A_{ij}
t = \sum_{k\in‸\mathbb Z} k
t = \sum_{k\in‸\mathbb N} k
t = \sup_{u\in‸\mathbb{R}^2} \langle u,x\rangle
t = \sum_{k\in n‸+1} k
t = \sum_{k\in‸(n]} k
t = \sup_{u\in[0,1|‸} u
t = \sup_{u\in‸]0,1[} u
t = \inf_{u\in‸\mathbb{R}_+} u
t = \sum_{k=‸-\infty}^{0} 2^{k}
t = \int_‸{\mathbb{R}} e^{-u^2}\,\mathrm{d}u
t = \sup_{u\in‸[0,\infty]} u
t = \sum_{u\in\{0,1‸} u
t = \sum_{u,z\in‸\{0,1\}} uz
t = \sum_{k\in‸\{1,\dots,4,n\}} k
t = \sum_{k\in‸\{1,\dots,n\}^2} k
t = \sum_{k\in‸\{1,2,\dots,1\}} k
t = \sum_{k\in‸\{1,2,3,4,\dots,3\}} k
t = \sum_{k\in‸\{3,\dots,-1\}} k
t = \sum_{k\in‸\{3,\dots,2-1\}} k
t = \sum_{k\in‸\{1,\dots,1\}} k
t = \sup_{\|‸u\le1} \langle u,x\rangle
t = \sup_{\|‸Au\|\le1} \langle u,x\rangle
t = \int_‸{[0,1]} u\,\mathrm{d}u
t = \sup_{\|u\|‸\ge1} \langle u,x\rangle
t = \sum_{‸kl=1}^{3} kl
t = \sum_{‸\substack{i=1\\i\ne j}}^{3} i
t = \sum_{i=1}^{2} x^{(i‸}
t = \sum_{i=1}^{2} x^{(i‸)
t = \sum_{i=1}^{2} p^\star‸^{(i)}
t = \max(1,‸000, 2)
t = \max(‸2,500)
t = \min(1, ‸200,300)
t = \max(1‸{,}5, 2)
t = ‸\limsup_{k\to\infty} k
t = ‸\lim k
\rho := \sum_{‸\rho=1}^{2} 3 = t
t = s_‸{\max}
t = \lim_{k‸=1} k
t = \lim_{k‸,j\to0} k
t = \lim_{k\to0‸,j} k
t = ‸\lim_{k\downarrow0^+} k
t = ‸\lim_{k\downarrow\infty} k
t = \lim_{k\to0}k‸+1
t = \int_0^1\frac{‸\mathrm du}{1+u}
t = ‸\oint s
t = ‸\iint s
t = \sum_{\|u\|_2‸,1} 3
t = ‸\int_0^1 u\,\mathrm
t = \sup_{\|u\|_{2 \le 1} ‸u
t = \sum_{j=1,s<‸n}^{3} j
t = \sum_{j=1,‸i+1\ne n}^{3} j
t = \sup_{u\in[0,1 ‸u
t = \sup_{u\in[0,1‸\}} u
t = \sum_{u\in f‸} u
t = \sum_{k\in‸\{\}} k
t = \sum_‸{+} k
t = ‸\max_{0<u<1,u\ne0.5} u
t = \sum_{1\le j,s\le ‸3} j
t = \int_0^1 u ‸) + \,\mathrm du
t = ‸\sup_{1\le j\le2,\|u\|\le1} \langle u,x\rangle
t = \sum_{‸n+1} t
t = \sum_{k\in‸\rho} k
t = \sup_{u\in[0,1]‸\cap[0,2]} u
t = \sum_{k\in\{1,2\}‸\setminus\{1\}} k
t = \sum_{‸k|n} k
t = \sum_{‸k\mid n} k
""".strip().split("\n")
)
