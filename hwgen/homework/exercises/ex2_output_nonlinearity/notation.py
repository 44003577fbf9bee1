"""What the symbols of Exercise 2 mean, where a claim says nothing else: mostly those of the network of a case."""

from hwgen.authors import expectation, value

from . import gap_of_link, initialisation, norms_of_terms, remainder_of_f, suprema, training_of_g
from .hessian_of_g import output
from .problem import activated, activation, differentiated, exercise, norm, setting

exercise.notation(
    __name__,
    {
        # the network of a case and its derivatives
        "p": value(lambda problem, case: float(setting(problem, case).network.width)),
        "r": value(lambda problem, case: norm(setting(problem, case))),
        "a": value(lambda problem, case: setting(problem, case).a),
        "z": value(lambda problem, case: setting(problem, case).network.preactivations(setting(problem, case).x)),
        "f": value(output),
        "f_0": value(output),
        r"\sigma": activated(lambda problem, case: setting(problem, case).network.activation, of=["case"]),
        "H": value(lambda problem, case: differentiated(problem, case, "hessian f")),
        r"\nabla f": value(lambda problem, case: differentiated(problem, case, "gradient f")),
        "M_2": value(norms_of_terms.curvature),
        # the link
        r"\phi": activated(lambda problem: activation(problem.link)),
        r"\Delta_\phi": gap_of_link.gap_of(),
        # limits of wide networks
        "L": value(initialisation.mean_squared_gradient),
        r"\mathbb{E}": expectation(initialisation.normal_law, "G", error=initialisation.QUADRATURE),
        # a ball of radius R
        r"\ell": value(remainder_of_f.gradient_length),
        "D_R": value(suprema.distance),
        "S_R": value(suprema.supremum_of_g),
        # gradient flow
        "E_0": training_of_g.of_flow("E0"),
        "k": training_of_g.of_flow("k"),
        r"\beta": value(training_of_g.spread, error=1e-9),
    },
)
