r"""The relations that the page prints. The name of a function is the name in \checked{name}{…}.

A claim binds each printed symbol to a variable of its domain or to a computation that takes another road than the formula:
here gradient descent itself is run, so that a wrong formula for its iterates is found out.
"""

from hwgen.authors import Bindings, closed, function, integers, value, variable

from .problem import descend, exercise

STEPS, CURVATURES, STARTS = closed(0.1, 0.8), closed(0.5, 1.5), closed(-2, 3)
# What the symbols of the iterates stand for; the arguments of a computation are named as the variables of the domain.
ITERATES: Bindings = {
    "x_k": value(lambda problem, start, step, curvature, k: descend(problem, start, step, curvature, int(k))[-1]),
    "x_0": variable("start"),
    r"\eta": variable("step"),
    r"\lambda": variable("curvature"),
    "k": variable("k"),
}


@exercise.claim(
    # Wider than what is claimed: \for on the page says k >= 0, and below 0, where no step is made, the relation must fail.
    domain={"start": STARTS, "step": STEPS, "curvature": CURVATURES, "k": integers(-3, 9)},
    changed={"momentum": 0.5},  # with momentum it is false, and must be found to be
)
def iterates() -> Bindings:
    """The iterates of gradient descent on a parabola."""
    return ITERATES


@exercise.claim(
    domain={"start": STARTS, "step": STEPS, "curvature": CURVATURES, "k": integers(0, 9)},
    false=True,  # an erratum: \refuted prints what is wrong, to the letter as quoted
    quotes=r"x_k = (1-\eta\lambda)^{k+1} x_0",
)
def one_step_too_many() -> Bindings:
    """The iterates, one step too far."""
    return ITERATES


@exercise.claim(
    domain={"x": STARTS, "step": STEPS, "curvature": CURVATURES},
    identity="both sides hold f itself, the definition of the problem",
    always="for all numbers",  # why it needs no hypothesis; `hwgen list --hypotheses` shows what each claim says
)
def decrease() -> Bindings:
    """What one step does to the value; proofs.py proves it."""
    return {
        "f": function(lambda x, curvature: curvature * x * x / 2, lambda x, curvature: curvature * x, of=["curvature"]),
        "x": variable("x"),
        r"\eta": variable("step"),
        r"\lambda": variable("curvature"),
    }
