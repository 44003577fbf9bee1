r"""The LaTeX words that every formula knows, by what they do. Standard library only; nothing here reads a formula."""

from __future__ import annotations

RELATIONS = {"=": "=", "<": "<", ">": ">", r"\le": r"\le", r"\leq": r"\le", r"\leqslant": r"\le"}
RELATIONS |= {r"\coloneqq": "=", r"\triangleq": "=", ":=": "="}
RELATIONS |= {r"\ge": r"\ge", r"\geq": r"\ge", r"\geqslant": r"\ge", r"\lt": "<", r"\gt": ">"}
_NAMES = ("log", "exp", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh")
ELEMENTARY = {rf"\{name}": name for name in _NAMES} | {r"\ln": "log", r"\det": "det"}
OPERATORS = {"arsinh": "arcsinh", "arcosh": "arccosh", "artanh": "arctanh", "erf": "erf", "erfc": "erfc", "sign": "sign", "sgn": "sign"}
OPERATORS |= {"tr": "trace", "Tr": "trace", "trace": "trace", "det": "det", "diag": "diag", "rank": "rank", "rk": "rank"}
FRACTIONS = frozenset({r"\frac", r"\tfrac", r"\dfrac", r"\cfrac"})
GROUPS = {"(": ")", "[": "]", r"\{": r"\}"}
BIG = {r"\sum": "sum", r"\prod": "product", r"\max": "max", r"\min": "min", r"\sup": "sup", r"\inf": "inf"}
TIMES = frozenset({r"\cdot", r"\times"})
SIGNS = frozenset({"+", "-"})
# Relations between indices below an operator.
BETWEEN = {"<": "<", ">": ">", r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=", r"\ge": ">=", r"\geq": ">=", r"\geqslant": ">="}
BETWEEN |= {r"\ne": "!=", r"\neq": "!=", r"\lt": "<", r"\gt": ">"}
# Letters that stand for whole numbers; a range of reals below an operator is not written with one of them.
WHOLE_LETTERS = frozenset("ijklmnpqIJKLMNPQ")
# Letters that a reader takes for functions when a bracket follows.
FUNCTION_LETTERS = frozenset(["f", "g", "h", "F", "E", "P", r"\phi", r"\varphi", r"\psi", r"\Phi", r"\Psi", r"\sigma"])
# What makes a fraction a derivative when it stands above and below.
DIFFERENTIALS = frozenset({"d", r"\partial", r"\delta", r"\Delta"})
# Products of arrays by a sign of their own.
TENSORS = {r"\odot": "hadamard", r"\otimes": "kron"}
DEFINITIONS = frozenset({r"\coloneqq", r"\triangleq", ":="})
# What joins two factors or closes a bracket: a formula goes on across the end of a row before it.
JOINS = TIMES | {"/", ")", "]", r"\}", r"\rvert", r"\rVert", r"\rangle", r"\odot", r"\otimes"}
# Other spellings of the same sign on the page.
SPELLINGS = {r"\vert": "|", r"\Vert": r"\|", r"\lbrace": r"\{", r"\rbrace": r"\}", r"\lbrack": "[", r"\rbrack": "]"}
SPELLINGS |= {r"\tbinom": r"\binom", r"\dbinom": r"\binom", r"\intercal": r"\top"}
INEXACT = frozenset({r"\pm", r"\mp", r"\dots", r"\ldots", r"\cdots", r"\text", r"\approx", r"\sim", r"\to"})
INEXACT |= {r"\in", r"\propto", r"\equiv", r"\ne", r"\neq"}
_STYLES = r"\displaystyle \textstyle \medspace \thickspace \negthinspace"
_STYLES += r" \limits \nolimits \nonumber \notag \allowbreak \thinspace \enspace \relax"
# Spacing and sizing words, which have no meaning.
STYLES = frozenset(_STYLES.split())
# What no index or variable may be called: these words mean something by themselves.
TAKEN = frozenset(
    {*RELATIONS, *ELEMENTARY, *FRACTIONS, *GROUPS, *GROUPS.values(), *BIG, *TIMES, *INEXACT}
    | {r"\pi", r"\infty", r"\int", r"\sqrt", r"\binom", r"\mathrm", r"\mathbb", r"\operatorname", r"\top", r"\intercal"}
    | {r"\lvert", r"\rvert", r"\lVert", r"\rVert", r"\langle", r"\rangle", r"\|", r"\hat", r"\bar", r"\tilde", r"\mathbf", r"\mathcal"}
    | {r"\lfloor", r"\rfloor", r"\lceil", r"\rceil", r"\mid", r"\mathsf", r"\partial", *TENSORS, *SPELLINGS} - {"[", "]"}
)


def squeezed(text: str) -> str:
    """LaTeX of a formula without white space, which prints nothing there."""
    return "".join(text.split())
