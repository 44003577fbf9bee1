"""What the symbols of Exercise 2 mean, where a claim says nothing else: mostly those of the network of a case."""

from hwgen.authors import expectation, value
from hwgen.homework.oracles import QUADRATURE, activated, activation, squared_gradient

from . import initialisation, norms_of_terms, remainder_of_f, suprema, training_of_g
from .problem import differentiated, exercise, setting

exercise.notation(
    __name__,
    {
        # the network of a case and its derivatives
        "p": value(lambda problem, case: float(setting(problem, case).network.width)),
        "r": value(lambda problem, case: setting(problem, case).r),
        "a": value(lambda problem, case: setting(problem, case).a),
        "a_j": value(lambda problem, case, j: float(setting(problem, case).a[j])),
        "z_j": value(lambda problem, case, j: float(setting(problem, case).z[j])),
        "x": value(lambda problem, case: setting(problem, case).x),
        "z": value(lambda problem, case: setting(problem, case).z),
        "f": value(lambda problem, case: setting(problem, case).f),
        "f_0": value(lambda problem, case: setting(problem, case).f),
        r"\sigma": activated(lambda problem, case: setting(problem, case).network.activation, of=["case"]),
        "H": value(lambda problem, case: differentiated(problem, case, "hessian f")),
        r"\nabla f": value(lambda problem, case: differentiated(problem, case, "gradient f")),
        "M_2": value(norms_of_terms.curvature),
        # the link
        r"\phi": activated(lambda problem: activation(problem.link)),
        r"\Delta_\phi": suprema.gap_of(lambda problem: activation(problem.link)),
        # limits of wide networks
        "L": value(lambda problem, x: squared_gradient(problem, x, "w")),
        r"\mathbb{E}": expectation(initialisation.normal_law, "G", error=QUADRATURE),
        # a ball of radius R
        r"\ell": value(remainder_of_f.gradient_length),
        "D_R": value(suprema.distance),
        "S_R": value(suprema.supremum_of_g),
        # gradient flow
        "E_0": training_of_g.of_flow("E0"),
        r"\kappa": training_of_g.of_flow("kappa"),
        r"\omega": value(training_of_g.spread, error=1e-9),
    },
)

exercise.meanings(
    {
        "x": "the input",
        "r": "its norm; in training, a bound on all",
        "p": "width of the network",
        "a": "outer weights, fixed",
        "z": "preactivations $\\langle w_j,x\\rangle$",
        r"\sigma": "activation",
        "M_2": "$\\sup|\\sigma''|$",
        r"\theta^0": "initial weights of the first layer",
        "f": "output of the network",
        "f_0": "that at initialisation",
        r"f_{\mathrm{lin}}": "linearisation of $f$",
        "g": "$\\phi(f)$, what is trained",
        r"g_{\mathrm{lin}}": "linearisation of $g$",
        r"\phi": "link, the non-linearity at the output",
        "v": "argument of the link",
        r"\psi": "$\\phi'\\circ f$",
        "H": "Hessian of $f$, $H_{jk}$ its blocks",
        "H_g": "Hessian of $g$",
        "I": "identity matrix",
        "N": "$\\nabla f\\,\\nabla f^\\top$",
        "T_1": "norm of the term with $H$",
        "T_2": "norm of the term with $N$",
        r"\ell": "length of the initial gradient of $f$",
        "L": "limit of $\\ell^2$",
        "V_p": "variance of $\\ell^2$",
        "s": "standard deviation of the limit of $f_0$",
        "R": "radius of a ball around $\\theta^0$",
        "D_R": "largest $|f-f_{\\mathrm{lin}}|$ in it",
        "S_R": "largest $|g-g_{\\mathrm{lin}}|$ in it",
        r"\Delta_\phi": "gap function of the link",
        "b": "its second argument, a reach",
        "h": "step of the first layer, $h_j$ its parts",
        "u": "steps $\\langle h_j,x\\rangle$ of preactivations",
        r"\tau": "linear part of the change of $f$",
        r"\xi": "the rest, $f-f_{\\mathrm{lin}}$",
        "J": "distance that the gradient moves",
        r"\mu": "Lagrange multiplier",
        "Q": "largest gain of a neuron less $\\frac12\\mu\\|h_j\\|^2$",
        r"\epsilon": "length of a ripple of the link",
        "y": "targets",
        "t": "time of the gradient flow",
        r"\theta_t": "weights at that time",
        "f_t": "outputs at the inputs at that time",
        r"\bar f_t": "those of $f_{\\mathrm{lin}}$, trained behind $\\phi$",
        "K": "tangent kernel, $K_t$ at that time",
        r"\kappa": "norm of $K_0$",
        "E": "loss, $E_t$ at that time",
        "B": "bound on $\\phi''$",
        "C": "$1+2B$",
        r"\omega": "bound on the Jacobian's change",
    }
)
