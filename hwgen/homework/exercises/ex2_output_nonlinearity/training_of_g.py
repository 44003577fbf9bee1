"""Question 2(c), beyond: training g, which stays close to its frozen features behind the link and far from its linearisation."""

import itertools
import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from hwgen.authors import COLOURS, DASHES, Approx, Binding, Bindings, Derived, Estimate, cases, effort, value
from hwgen.authors.numerics import mean_of, power_law
from hwgen.homework.drawings import means, panels
from hwgen.homework.maths import Array, Arrays, differentiation, networks, training
from hwgen.homework.maths.activations import Activation
from hwgen.homework.oracles import activated, activation, drawn, largest

from .problem import BOUNDED, Problem, exercise

POINTS, DIMENSION, TARGET = 4, 6, 0.8
RATE, STEPS = 0.4, 120
WIDTHS = 2 ** np.arange(6, 12)
NETWORKS = 64
SHOWN_WIDTH = 2


def data() -> tuple[Array, Array]:
    """Five unit vectors, of which the first four have the targets 0.8 and -0.8 in turn."""
    X = np.random.default_rng(3).standard_normal((POINTS + 1, DIMENSION))
    return X / np.linalg.norm(X, axis=1, keepdims=True), TARGET * (-1.0) ** np.arange(POINTS)


@exercise.study
def training_runs(problem: Problem) -> Arrays:
    """Largest distance over time and inputs of a trained g from frozen features behind the link, and from its linearisation.

    Axes: row is network; width is p.
    """
    X, y = data()
    link = activation(problem.link)
    several = [drawn(problem, [11, width], int(width), effort.times(NETWORKS), dimension=DIMENSION) for width in WIDTHS]
    runs = np.array([[training.descent(network, link, X, y, rate=RATE, steps=STEPS) for network in one] for one in several])
    g, frozen, linear = runs.transpose(2, 1, 0, 3, 4)  # (networks, widths, steps, inputs) each
    loss = np.sum((g[:, :, :, :POINTS] - y) ** 2, axis=-1)
    return {
        "width": WIDTHS,
        "frozen": np.max(np.abs(g - frozen), axis=(2, 3)),
        "linear": np.max(np.abs(g - linear), axis=(2, 3)),
        "loss": loss[:, :, -1] / loss[:, :, 0],
        "shown": runs[SHOWN_WIDTH, 0, :, ::4][:, :, [0, 1, POINTS]],
        "model": np.array(["trained", "frozen features", "linearised"]),
        "step": np.arange(0, STEPS + 1, 4),
        "input": np.array(["first", "second", "not trained on"]),
    }


exercise.power_law("{}_frozen", "the distance to frozen features behind the link", of=[training_runs], x="width", y="frozen")
exercise.power_law("{}_linear", "the distance to the linearisation", of=[training_runs], x="width", y="linear")
exercise.settings(
    training_networks=(effort.scaled(NETWORKS), "Networks of each width in the training experiment."),
    training_steps=(STEPS, "Steps of gradient descent."),
    training_rate=(RATE, "The step size."),
    training_target=(TARGET, "The modulus of the targets."),
    shown_width=(int(WIDTHS[SHOWN_WIDTH]), "The width of the network whose outputs are drawn."),
)
exercise.stand_for(shown_width="p")
exercise.named(slope_frozen="slope {}", drift_frozen="drift {}", slope_linear="slope is {}", drift_linear="drift {}")
exercise.named(training_steps="{} steps", training_rate="of size {}", training_target=r"\pm {}", training_networks="{} networks")


@exercise.numbers(
    of=[training_runs],
    level_linear="Mean distance to the linearisation at the largest width.",
    loss_left="Largest part of the loss that training leaves at the largest width, in per cent, rounded up.",
)
def widest(study: Arrays) -> dict[str, Estimate]:
    """What the largest width shows."""
    left = math.ceil(10000 * float(np.max(study["loss"][:, -1]))) / 100
    return {"level_linear": mean_of(study["linear"][:, -1]), "loss_left": Estimate(value=left, error=0.0)}


@exercise.figure(of=[training_runs], height=1.95)
def training_experiment(figure: Any, study: Arrays) -> None:
    """Outputs while training, and the largest distances of g from two models against width."""
    left, right = panels(figure)
    steps = 4 * np.arange(study["shown"].shape[1])
    names = (r"$g$", r"$\phi(f_{\mathrm{lin}})$", r"$g_{\mathrm{lin}}$")
    styles: tuple[dict[str, Any], ...] = ({"color": "0.75", "lw": 2.6}, {"color": COLOURS[0], "ls": "--"}, {"color": COLOURS[1], "ls": ":"})
    for model, (name, style) in enumerate(zip(names, styles, strict=True)):
        for place in range(study["shown"].shape[2]):
            left.plot(steps, study["shown"][model, :, place], label=name if place == 0 else None, **style)
    left.set(xlabel="step", ylabel="output")
    left.set(xlim=(-5, STEPS), ylim=(-1, 1.45))
    left.legend(loc="upper center", ncols=len(names), columnspacing=1.2)
    x = study["width"]
    for place, key in enumerate(("frozen", "linear")):
        mean, fit = study[key].mean(axis=0), power_law(x, study[key])
        line = np.exp(np.mean(np.log(mean)) + fit.slope * (np.log(x) - np.mean(np.log(x))))
        name = (r"$|g-\phi(f_{\mathrm{lin}})|$", r"$|g-g_{\mathrm{lin}}|$")[place]
        means(right, x, study[key], place)
        right.plot(x, line, color=COLOURS[place], ls=DASHES[place], lw=0.8)
        right.text(x[-2], 2 * line[-2], name, color=COLOURS[place], ha="center", va="bottom")
    right.set(xscale="log", yscale="log", xlabel="width $p$", ylabel="largest distance")
    right.set_xscale("log", base=2)
    right.set_ylim(top=1)


# --- the theorem's steps, on the gradient flow of small networks ---

TARGETS = (0.9, -0.7, 0.4)
ROUNDING = 1e-14  # far above what sums over 40 neurons lose
FLOWS, TIMES = (0, 1, 2, 3), (-0.05, 0.0, 0.05, 0.8, 2.0)


def link_of_flow(problem: Problem, case: int) -> Activation:
    """The link of the problem for even cases, and two others."""
    return activation({1: "sine", 3: "sigmoid"}.get(case, problem.link))


@cache
def flowed(problem: Problem, case: int, time: float) -> dict[str, Any]:
    """Both flows of one network with 40 neurons, three inputs and targets, and what the bounds are made of."""
    rng = np.random.default_rng([13, case])
    X = rng.standard_normal((3, 2))
    X /= np.linalg.norm(X, axis=1, keepdims=True)
    X *= np.array([1.0, 0.8, 0.6])[:, None]
    y = np.array(TARGETS)
    network = networks.drawn(rng, 40, 2, activation(problem.activation), law=problem.law_of_a, deviation=problem.spread)
    link = link_of_flow(problem, case)
    W, frozen, loss = training.flow(network, link, X, y, time)
    start = float(np.sum((link.call(training.outputs(network, X, network.W)) - y) ** 2)) / 2
    before, after = training.kernel(network, X, network.W), training.kernel(network, X, W)
    return {
        "theta": W.ravel(),
        "theta0": network.W.ravel(),
        "E": loss,
        "E0": start,
        "f": training.outputs(network, X, W),
        "frozen": frozen,
        "K": after,
        "K0": before,
        "kappa": float(np.linalg.norm(before, 2)),
        # M r^2 sqrt(n / p) with n = 3 inputs of norm at most r = 1
        "rate": largest(network.activation.second) * math.sqrt(3 / 40),
    }


def of_flow(key: str) -> Binding:
    """One entry of `flowed` as an oracle; the flow is integrated to about 1e-10, what is of the start needs no integration."""
    flows = key in {"theta", "E", "f", "frozen", "K"}
    return value(lambda problem, case, t: Approx(value=flowed(problem, case, t)[key], error=1e-9 if t and flows else ROUNDING))


def spread(problem: Problem, case: int, t: float) -> float:
    """The bound on the change of the Jacobian along the flow up to t, from the length of the path; there is none before the start."""
    return float(flowed(problem, case, t)["rate"] * math.sqrt(t * flowed(problem, case, t)["E0"])) if t >= 0 else math.nan


# Nearly the identity where it is looked at, with |phi| < 1 and slope at most 1 there, and a curvature of its own.
SLOW = replace(
    activation("sine"), name="slow", call=lambda u: 2 * np.sin(u / 2), first=lambda u: np.cos(u / 2), second=lambda u: -np.sin(u / 2) / 2
)


def link_named(problem: Problem, link: str) -> Activation:
    """The link of a point."""
    return {"slow": SLOW, "own": activation(problem.link)}.get(link) or activation(link)


# Why small distances along the flow are known coarsely.
AT_FIRST = "the flow is integrated to 1e-10, and at t = 0.05 it has hardly moved"
# Hypotheses in the words of the page.
LINKS = [r"$\phi$ is twice differentiable with $|\phi|\le1$, $|\phi'|\le1$ and $|\phi''|\le B$"]


OF_THE_FLOW: dict[str, Any] = {"domain": {"case": cases(*FLOWS), "t": cases(*TIMES)}}
ANY_NETWORK = "holds for every network and link that its hypotheses allow, which is all that the problem chooses"


def apart(one: str, other: str, larger: Callable[..., Any]) -> Derived:
    """The distance of two vectors of a flow, to what its integration may lose, and the larger side as it is derived."""
    smaller = value(lambda problem, case, t: math.dist(flowed(problem, case, t)[one], flowed(problem, case, t)[other]), error=1e-8)
    return Derived(smaller=smaller, larger=value(larger, error=1e-8))


def residual(problem: Problem, case: int, t: float) -> float:
    """The length of the vector of residuals, from the outputs."""
    return math.dist(link_of_flow(problem, case).call(flowed(problem, case, t)["f"]), TARGETS)


def by_energy(problem: Problem, case: int, t: float) -> Approx:
    """The root of the time and of what the loss has lost, which the outputs at both ends tell."""
    first, last = residual(problem, case, 0.0), residual(problem, case, t)
    return Approx(value=math.sqrt(t * (first - last) * (first + last) / 2), error=1e-8 * math.sqrt(t) * first)


ALL_ENERGY = value(lambda problem, case, t: math.sqrt(t / 2) * residual(problem, case, 0.0))  # the same if all of it were lost


@exercise.claim(
    r"\theta_t, \theta^0, E_0, E_t, t",
    identity="holds along the gradient flow of every loss, whatever the network",
    sharp=[apart("theta", "theta0", by_energy), Derived(larger=ALL_ENERGY)],
    coarse={6e-6: AT_FIRST},
    **OF_THE_FLOW,
)
def flow_length() -> Bindings:
    """How far the gradient flow gets in a time, from the loss that it has used."""
    return {r"\theta_t": of_flow("theta"), r"\theta^0": of_flow("theta0"), "E_t": of_flow("E")}


def kernel_change(problem: Problem, case: int, t: float) -> Approx:
    """The largest modulus of an eigenvalue of the difference."""
    change = flowed(problem, case, t)["K"] - flowed(problem, case, t)["K0"]
    return Approx(value=float(np.abs(np.linalg.eigvalsh(change)).max()), error=1e-8)


def kernel_most(problem: Problem, case: int, t: float) -> float:
    """What the square of the longest singular vector of the Jacobian gains if the bound on its change is added along it."""
    longest = math.sqrt(float(np.linalg.svd(flowed(problem, case, t)["K0"], compute_uv=False)[0]))
    return (longest + spread(problem, case, t)) ** 2 - longest**2


@exercise.claim(
    r"K_t, K_0, \kappa, \omega, t",
    identity=ANY_NETWORK,
    sharp=[Derived(smaller=value(kernel_change), larger=value(kernel_most, error=1e-8))],
    coarse={3e-4: AT_FIRST},
    in_words=BOUNDED,
    **OF_THE_FLOW,
)
def kernel_moved() -> Bindings:
    """How far the tangent kernel of f moves along the flow."""
    return {"K_t": of_flow("K"), "K_0": of_flow("K0")}


def force_by_difference(problem: Problem, link: str, v: float, y: float) -> Approx:
    """The modulus of the slope of phi'(v) (phi(v) - y), by central differences of three lengths."""
    sigma = link_named(problem, link)

    def slope(h: float) -> float:
        ahead, back = (sigma.first(v + step) * (sigma.call(v + step) - y) for step in (h, -h))
        return float(ahead - back) / (2 * h)

    found, apart = differentiation.extrapolated([slope(h) for h in (0.04, 0.02, 0.01)], 4, 16)
    return Approx(value=abs(found), error=apart / 15 + 1e-11)


def steepest_force(problem: Problem, link: str) -> float:
    """The largest modulus that it has at the corners of what a link's value, slope and curvature, and a target, can be."""
    bend = largest(link_named(problem, link).second)
    return max(abs(p * p + b * (q - y)) for p, b, q, y in itertools.product((-1, 1), (-bend, bend), (-1, 1), (-1, 1)))


@exercise.claim(
    r"\phi, B, v, y",
    domain={"link": cases("own", "slow", "sine", "sigmoid"), "v": cases(-0.9, -0.4, 0.3, 0.8), "y": cases(-1.1, -1.0, 0.4, 1.0, 1.1, 7.0)},
    changed={"link": "slanted"},
    sharp=[Derived(smaller=value(force_by_difference), larger=value(steepest_force))],
    kept={r"|y|\le1": "so are the targets; the bound is less than sharp, and larger ones would do"},
    in_words=LINKS,
)
def force_slope(problem: Problem) -> Bindings:
    """The slope of the force with which the loss pulls at one output."""
    return {
        r"\phi": activated(link_named, of=["link"], orders=3),
        "B": value(lambda problem, link: largest(link_named(problem, link).second)),
    }


def by_series(problem: Problem, case: int, t: float) -> float:
    """The solution of the linear equation that Groenwall's lemma compares with, by its power series."""
    rate = float(np.linalg.svd(flowed(problem, case, t)["K0"], compute_uv=False)[0])
    growth = (1 + 2 * largest(link_of_flow(problem, case).second)) * rate
    found, term = 0.0, t
    for order in range(2, 400):
        found += term
        term *= growth * t / order
    return kernel_most(problem, case, t) * residual(problem, case, 0.0) * found


@exercise.claim(
    r"f_t, \bar f_t, E_0, \kappa, \omega, C, t",
    identity=ANY_NETWORK,
    sharp=[apart("f", "frozen", by_series)],
    coarse={9e-3: AT_FIRST},
    in_words=LINKS,
    **OF_THE_FLOW,
)
def training_bound() -> Bindings:
    """How far the trained f is from its frozen features trained behind the same link."""
    return {
        "f_t": of_flow("f"),
        r"\bar f_t": of_flow("frozen"),
        "C": value(lambda problem, case: 1 + 2 * largest(link_of_flow(problem, case).second)),
    }
