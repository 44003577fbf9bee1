r"""Integrals, extrema, series and means of known value, among them ones that no sample shows: narrow, far out, fast, or between two grids.

Each value is a closed form, computed here by the standard library alone.
"""

from __future__ import annotations

import math

ROOT_PI = math.sqrt(math.pi)
PLACES = {r"0.337": 0.337, r"\frac13": 1 / 3, "0.5": 0.5}


def _bells() -> list[tuple[str, float]]:
    """Bells of every width at several places, as they stand and magnified."""
    found = []
    for power in (2, 6, 10, 14):
        for printed, place in PLACES.items():
            s = 10.0 ** (power // 2)
            bell, hill = rf"e^{{-10^{{{power}}}(u-{printed})^2}}", rf"\frac{{1}}{{1+10^{{{power}}}(u-{printed})^2}}"
            area = ROOT_PI / 2 * (math.erf(s * (1 - place)) + math.erf(s * place))
            found += [
                (rf"\int_0^1 {bell}\,\mathrm du", area / s),
                (rf"10^{{{power // 2}}}\int_0^1 {bell}\,\mathrm du", area),
                (rf"\int_0^1 {hill}\,\mathrm du", (math.atan(s * (1 - place)) + math.atan(s * place)) / s),
                (rf"\sup_{{u\in[0,1]}} {bell}", 1.0),
                (rf"1-\inf_{{u\in[0,1]}} (1-{hill})", 1.0),
            ]
    return found


def _waves() -> list[tuple[str, float]]:
    """Waves slower and faster than any grid."""
    found = []
    for rate in (1, 30, 1000, 10**5, 10**7):
        found += [
            (rf"\int_0^1\sin({rate}u)\,\mathrm du", (1 - math.cos(rate)) / rate),
            (rf"\int_0^1 u\sin({rate}u)\,\mathrm du", math.sin(rate) / rate**2 - math.cos(rate) / rate),
            (rf"\int_0^1\cos^2({rate}u)\,\mathrm du", 0.5 + math.sin(2 * rate) / (4 * rate)),
            (rf"\sup_{{u\in[0,1]}}\sin({rate}u)", 1.0 if rate > 1 else math.sin(1)),
        ]
    return found


def _far_out() -> list[tuple[str, float]]:
    """What happens late, or within a small part of a long range."""
    found, theta = [], sum(math.exp(-k * k) for k in range(-20, 21))
    for power in (2, 4, 8):
        late = rf"e^{{-(u-10^{{{power}}})^2}}"
        found += [
            (rf"\int_0^\infty {late}\,\mathrm du", ROOT_PI),
            (rf"\int_{{-\infty}}^\infty {late}\,\mathrm du", ROOT_PI),
            (rf"\sup_{{u\ge0}} {late}", 1.0),
            (rf"\int_0^{{10^{{{power}}}}}e^{{-u}}\,\mathrm du", 1.0),
            (rf"\int_1^{{10^{{{power}}}}}\frac1u\,\mathrm du", power * math.log(10)),
            (rf"\sup_{{u\in[0,10^{{{power}}}]}}ue^{{-u}}", math.exp(-1)),
            (rf"\sum_{{n=1}}^\infty e^{{-(n-10^{{{power}}})^2}}", theta),
            (rf"\sum_{{n=1}}^\infty (2^{{-n}}+e^{{-(n-10^{{{power}}})^2}})", 1 + theta),
            (rf"\sum_{{n=1}}^\infty (\frac{{1}}{{n^2}}+e^{{-(n-10^{{{power}}})^2}})", math.pi**2 / 6 + theta),
        ]
    return found


def _sampled() -> list[tuple[str, float]]:
    """Beside a declared function f(u) = u, or under a rule of sixty nodes for the normal law."""
    found = []
    for power in (0, 4, 6, 12):
        s = 10.0 ** (power // 2)
        bell = rf"e^{{-10^{{{power}}}(u-0.337)^2}}"
        mean = 0.337 * ROOT_PI / 2 * (math.erf(s * 0.663) + math.erf(s * 0.337)) / s
        ends = (math.exp(-((s * 0.337) ** 2)) - math.exp(-((s * 0.663) ** 2))) / (2 * s * s)
        spread = 1 / (1 + 2 * s * s)
        found += [
            (rf"\int_0^1 f(u){bell}\,\mathrm du", mean + ends),
            (rf"\mathbb{{E}}[e^{{-10^{{{power}}}(G-0.337)^2}}]", math.sqrt(spread) * math.exp(-s * s * 0.337**2 * spread)),
            (rf"\mathbb{{E}}[\cos({int(s)}G)]", math.exp(-s * s / 2)),
        ]
    return found


ORDINARY: list[tuple[str, float]] = [
    (r"\int_0^1 u^2\,\mathrm du", 1 / 3),
    (r"\int_0^1\sqrt{u}\,\mathrm du", 2 / 3),
    (r"\int_0^1\frac{1}{\sqrt{u}}\,\mathrm du", 2.0),
    (r"\int_0^1\log u\,\mathrm du", -1.0),
    (r"\int_{-1}^1\sqrt{1-u^2}\,\mathrm du", math.pi / 2),
    (r"\int_0^1|u-c|\,\mathrm du", (0.337**2 + 0.663**2) / 2),
    (r"\int_0^1\max(0,u-c)\,\mathrm du", 0.663**2 / 2),
    (r"\int_0^1 u^{1000}\,\mathrm du", 1 / 1001),
    (r"\int_0^1\tanh(10^8(u-c))\,\mathrm du", 0.326),
    (r"\int_0^1\operatorname{erf}(10^6(u-c))\,\mathrm du", 0.326),
    (r"10^9\int_0^1\max(0,1-10^9|u-c|)\,\mathrm du", 1.0),
    (r"\int_0^\infty u^3e^{-u}\,\mathrm du", 6.0),
    (r"\int_1^\infty\frac{1}{u^2}\,\mathrm du", 1.0),
    (r"\int_{-\infty}^\infty\frac{1}{1+u^2}\,\mathrm du", math.pi),
    (r"\int_0^1\int_0^v u\,\mathrm du\,\mathrm dv", 1 / 6),
    (r"\int_0^1\sum_{k=1}^{3}u^k\,\mathrm du", 13 / 12),
    (r"\int_1^0 u\,\mathrm du", -0.5),
    (r"\int_0^1\|uw\|\,\mathrm du", 0.25),
    (r"\int_0^1 c^u\,\mathrm du", (0.337 - 1) / math.log(0.337)),
    (r"\sup_{u\in[0,1]}u(1-u)", 0.25),
    (r"\sup_{u\in\mathbb R}(2u-u^2)", 1.0),
    (r"\inf_{u>0}(u+\frac1u)", 2.0),
    (r"\sup_{u\ge0}ue^{-10^6u}", math.exp(-1) / 1e6),
    (r"\sup_{u\in[0,1]}|u-c|", 0.663),
    (r"\sup_{u\in[0,1]}(\tanh(10^9(u-0.4))-\tanh(10^9(u-0.4000001)))", 2 * math.tanh(50)),
    (r"\sup_{u\in\mathbb R}\tanh u", 1.0),
    (r"1+\inf_{u\ge0}\frac{1}{1+u}", 1.0),
    (r"\sup_{u\in[0,1]}\|w-uw\|", 0.5),
    (r"\sup_{\|u\|\le1}\langle u,w\rangle", 0.5),
    (r"\sup_{\|u\|\le1}e^{-10^6\|u-w\|^2}", 1.0),
    (r"\sup_{\|u\|\le1}\frac{1}{10^{-8}+\|u-w\|^2}", 1e8),
    (r"\sup_{\|u\|\le1}\max(0,1-10^6\|u-w\|)", 1.0),
    (r"\max_{\|u\|=1}u^\top Au", (3 + math.sqrt(2)) / 2),
    (r"1+\inf_{\|u\|\le1}\|u-w\|", 1.0),
    (r"\sum_{n=1}^\infty\frac1{n^2}", math.pi**2 / 6),
    (r"\sum_{n=0}^\infty\frac{c^n}{n!}", math.exp(0.337)),
    (r"\sum_{n=0}^\infty(-c)^n", 1 / 1.337),
    (r"\sum_{n=0}^\infty\frac{1}{2^n}", 2.0),
    (r"\sum_{n=1}^\infty\frac{1}{n(n+1)}", 1.0),
    (r"\sum_{n=0}^\infty2^{-n}\binom{n}{20}", 2.0),
    (r"1+\sum_{n=1}^\infty\frac{\sin^2(\pi n)}{n^2}", 1.0),
    (r"\sum_{n=1}^\infty 2^{-n}\max(0,\min(1,n-30))", 2.0**-30),
    (r"\mathbb{E}[G^4]", 3.0),
    (r"\mathbb{E}[e^{G}]", math.exp(0.5)),
    (r"\mathbb{E}[G^2e^{-G^2}]", 3**-1.5),
    (r"10^6\mathbb{E}[\max(0,1-10^6|G-c|)]", math.exp(-(0.337**2) / 2) / math.sqrt(2 * math.pi)),
]


def _beside_the_ends() -> list[tuple[str, float]]:
    """Peaks nearer to an end than numbers are to one another, or farther out than numbers go; and what has none there."""
    found = []
    for power in (5, 10, 20, 40, 300, 1000):
        at_zero, at_one = (rf"(10^{{{power}}}{u}e^{{-10^{{{power}}}{u}}})" for u in ("u", "(1-u)"))
        found += [(rf"\sup_{{u\in[0,1]}} {one}", math.exp(-1)) for one in (at_zero, at_one)]
        found += [(rf"\sup_{{u\ge0}} {at_zero}", math.exp(-1)), (rf"1-\inf_{{u\in[0,1]}}(1-{at_zero})", math.exp(-1))]
    for shift in (5, 50, 100, 800, 5000):
        found += [
            (rf"\sup_{{u\in(0,1]}} e^{{-(\log(u)+{shift})^2}}", 1.0),
            (rf"\sup_{{u\ge0}} e^{{-(\log(1+u)-{shift})^2}}", 1.0),
            (rf"\int_0^1\frac{{e^{{-(\log(u)+{shift})^2}}}}{{u}}\,\mathrm du", ROOT_PI / 2 * (1 + math.erf(shift))),
            (rf"\int_1^\infty\frac1u e^{{-(\log(u)-{shift})^2}}\,\mathrm du", ROOT_PI / 2 * (1 + math.erf(shift))),
        ]
    return found


BESIDE = _beside_the_ends()
PLAIN_ENDS = [
    (r"\sup_{u\in(0,1]}(-u\log u)", math.exp(-1)),
    (r"\sup_{u\in(0,1]}\frac{1-\cos u}{u}", 1 - math.cos(1)),
    (r"\sup_{u\in[0,1]}(1-\sqrt u)", 1.0),
    (r"\sup_{u\ge0}ue^{-u}", math.exp(-1)),
    (r"\sup_{u\in\mathbb R}\arctan u", math.pi / 2),
    (r"\int_0^1\frac{1}{\sqrt u}\,\mathrm du", 2.0),
    (r"\int_0^1\log(u)\,\mathrm du", -1.0),
]
# What grows like an exponential function far out, where its values are larger than any number that is written.
GROWING = [
    (r"1+\inf_{u\in\mathbb R}e^{-u}", 1.0),
    (r"\inf_{u\in\mathbb R}\cosh u", 1.0),
    (r"\min_{u\in\mathbb R}\cosh u", 1.0),
    (r"\inf_{u\in\mathbb R}\cosh(u^2)", 1.0),
    (r"\inf_{u\in\mathbb R}(\cosh(u)-u)", math.sqrt(2) - math.asinh(1)),
    (r"\inf_{u\ge1}\frac{\sinh u}{u}", math.sinh(1)),
    (r"1+\inf_{u\ge0}\sinh u", 1.0),
    (r"1+\sup_{u\le0}\sinh u", 1.0),
    (r"1+\inf_{u\in\mathbb R}|\sinh u|", 1.0),
    (r"\sup_{u\in\mathbb R}\frac{1}{\cosh u}", 1.0),
    (r"\sup_{u\in\mathbb R}\frac{1}{1+e^{-u}}", 1.0),
    (r"1+\inf_{u\in\mathbb R}\log(\cosh(u))", 1.0),
    (r"\sup_{u\in\mathbb R}(u-e^u)", -1.0),
    (r"\inf_{u\in\mathbb R}(2^u+2^{-u})", 2.0),
    (r"\inf_{u>0}u^u", math.exp(-math.exp(-1))),
    (r"\inf_{u\in\mathbb R}e^{e^u}", 1.0),
    (r"\sup_{u>0}\frac{u^{10}}{e^u}", (10 / math.e) ** 10),
    (r"\int_{-\infty}^\infty\frac{1}{\cosh u}\,\mathrm du", math.pi),
    (r"\int_0^\infty\frac{u}{\sinh u}\,\mathrm du", math.pi**2 / 4),
]
# A peak far out beside what falls without end.
HIDDEN = [
    (r"\inf_{u\in\mathbb R}(\cosh(u)-2\cosh(70000)e^{-10^{10}(u-70000)^2})", None),
    (r"\sup_{u\in\mathbb R}(\frac{1}{\cosh u}+2e^{-10^{10}(u-70000.3)^2})", 2.0),
    (r"\sup_{u\in\mathbb R}\frac{1+2e^{-10^{10}(u-70000.3)^2}\cosh u}{\cosh u}", 2.0),
]
KNOWN = _bells() + _waves() + _far_out() + _sampled() + ORDINARY
# What has no value at all.
DIVERGENT = [
    r"\int_0^1\frac1u\,\mathrm du",
    r"\int_1^\infty\frac1u\,\mathrm du",
    r"\int_0^1\frac{1}{u^2}\,\mathrm du",
    r"\sup_{u\in[0,1]}\frac1u",
    r"\sup_{u\in\mathbb R}u^2",
    r"\sup_{u\ge1}\log u",
    r"\sup_{u\in\mathbb R}\cosh u",
    r"\inf_{u\in\mathbb R}\sinh u",
    r"\sup_{u\ge0}(\cosh(u)-e^{u/2})",
    r"\sup_{u\in\mathbb R}\log(1+e^u)",
    r"\sup_{u>0}\frac{1}{\sinh u}",
    r"\max_{u\in\mathbb R}\frac{1}{1+e^{-u}}",
    r"\int_0^\infty\tanh u\,\mathrm du",
    r"\sum_{n=1}^\infty\frac1n",
    r"\sum_{n=1}^\infty(-1)^n",
    r"\int_0^1\sqrt{u-0.5}\,\mathrm du",
    r"\sup_{u\in[0,1]}\sqrt{u-0.5}",
    r"\int_{-1}^1\frac{1}{u}\,\mathrm du",
]
