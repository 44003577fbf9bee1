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
        r"\kappa": function(kernel_formula.kappa_of, error=1e-11),
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
