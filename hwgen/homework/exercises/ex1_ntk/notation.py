"""What the symbols of Exercise 1 mean, where a claim says nothing else."""

from hwgen.authors import function, value, variable
from hwgen.homework.maths.spectra import smallest_eigenvalue

from . import concentration, kernel_formula, positivity, problem, widths

problem.exercise.notation(
    __name__,
    {
        # two inputs
        "x'": variable("y"),
        r"\vartheta": variable("angle"),
        r"\kappa": function(kernel_formula.kappa_of, error=kernel_formula.QUADRATURE),
        r"K_{\mathrm{NTK}}": function(problem.limit_kernel, error=1e-11),
        # the networks and inputs of a draw
        r"\hat K": value(problem.estimate),
        "K": value(problem.limit),
        "n": value(concentration.size),
        r"\Gamma": value(concentration.gram),
        r"\lambda_0": value(positivity.least),
        r"\lambda_{\min}": function(smallest_eigenvalue, error=1e-13),
        # widths
        r"\epsilon": variable("eps"),
        r"p^\star": value(widths.root_width),
    },
)

problem.exercise.meanings(
    {
        "x": "an input, $x_i$ those of the batch",
        "x'": "a second input",
        "n": "number of inputs",
        "d": "their dimension",
        "u": "directions $u_i=x_i/\\|x_i\\|$",
        r"r_{\min}": "norm of the shortest input",
        r"\Gamma": "Gram matrix of the inputs",
        r"\vartheta": "angle between two inputs",
        r"\rho": "cosine of that angle",
        "p": "width of the network",
        "a": "outer weights $a_k=\\pm1$",
        "w": "weights $w_k$ of the first layer",
        r"\sigma": "ReLU",
        r"K_{\mathrm{NTK}}": "limiting tangent kernel of the first layer",
        "K": "its matrix at the inputs",
        r"\bar K": "that of the directions",
        r"\hat K": "kernel matrix of $p$ neurons",
        r"\kappa": "probability that a neuron sees two inputs",
        r"\bar\xi": "averages over the neurons",
        "q": "their expectations",
        r"\omega": "largest deviation of an average",
        "N": "number of pairs $i\\le j$",
        "V": "$p$ times the mean square error of $\\hat K$",
        "t": "a deviation",
        "C": "a constant",
        r"\epsilon": "tolerated error",
        r"\delta": "failure probability",
        r"\delta_n": "that at which two widths are equal",
        r"p^\star": "width from the union bound",
        r"p_\bullet": "width from bounded differences",
        "p_{1/2}": "width that keeps half of $\\lambda_0$",
        "p_0": "width that keeps $\\hat K$ definite",
        r"p_\circ": "the same from the mean nullity",
        r"\lambda_{\min}": "smallest eigenvalue",
        r"\lambda_0": "that of $K$",
        "b": "coefficients of a quadratic form",
        "c_m": "coefficients of the arc sine's series",
        "m": "number of a coefficient",
        r"\nu": "nullity of $\\hat K$, $\\nu_0$ that of $K$",
        "D": "number of directions of the inputs",
        r"\beta": "number of lines with two of them",
        r"\gamma": "dimension that these lines span",
        "h": "half the sides of a polygon",
        "e": "Euler's number",
    }
)
