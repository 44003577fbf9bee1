"""What draws other numbers each time that it is asked, seen in the text: generators without a seed, the system's, names of this machine.

Nothing here decides what a name of the text stands for; see `followed`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator

# Generators of numbers that begin anywhere unless they are told where, by what is given to them.
GENERATORS = frozenset({"default_rng", "RandomState", "SeedSequence", "PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64", "Random", "seed"})
# Those that are told it by name.
SEQUENCES = frozenset({"Sobol", "Halton", "LatinHypercube", "PoissonDisk", "MultivariateNormalQMC", "MultinomialQMC"})
SEEDS = frozenset({"seed", "rng", "random_state", None})
# What begins anywhere whatever it is told.
SYSTEMS = frozenset({"os.urandom", "os.getrandom", "random.SystemRandom", "uuid.uuid1", "uuid.uuid4", "uuid.getnode", "secrets"})
# What is another one in each process, at each call of the program, or on each machine.
PROCESSES = frozenset({"os.getpid", "os.getppid", "os.uname", "os.getlogin", "getpass.getuser", "threading.get_ident"})
CALLED = ("sys.argv", "sys.orig_argv", "sys.stdin", "sys.__stdin__", "fileinput")
MACHINES = frozenset({"threading.get_native_id", "socket.gethostname", "socket.getfqdn", "platform.node", "platform.uname"})

# Of these, what draws from the one generator that all share, which begins anywhere in each process.
SHARED = frozenset({"numpy.random", "random"})
BEGINS = "seed"


def imported(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    """What is said of an import of what gives other values each time."""
    base = getattr(node, "module", None)
    for alias in node.names:
        names = [alias.name] if isinstance(node, ast.Import) else [str(base), f"{base}.{alias.name}"]
        yield from (_said(name) for name in names if not getattr(node, "level", 0) and _is_other(name))


def named(chain: tuple[str, ...]) -> Iterator[str]:
    """The same of what is looked up in a module."""
    if _is_other(name := ".".join(chain)):
        yield _said(name)


def called(name: str, node: ast.Call) -> Iterator[str]:
    """The same of a generator that is made, if it is not told where to begin."""
    given = [*node.args, *(one.value for one in node.keywords)]
    told = [one.value for one in node.keywords if one.arg in SEEDS]
    if name in GENERATORS and not any(map(_is_given, given)):
        yield f"{name}() draws other numbers each time; expected a seed, as in {name}(1)"
    if name in SEQUENCES and not any(map(_is_given, told)):
        yield f"{name}(…) draws other numbers each time; expected a seed, as in {name}(…, seed=1)"


def _is_given(argument: ast.expr) -> bool:
    return not (isinstance(argument, ast.Constant) and argument.value is None)


def _is_other(name: str) -> bool:
    return name in SYSTEMS | PROCESSES | {*CALLED} | MACHINES


def _said(name: str) -> str:
    if name in SYSTEMS:
        return f"{name} draws other numbers each time; expected a generator with a seed, as numpy.random.default_rng(1)"
    return f"{name} is another one in each run or on each machine; expected a value that the text says"


def at_top(tree: ast.Module, chain_of: Callable[[ast.expr], tuple[str, ...]]) -> Iterator[tuple[int, str]]:
    """The line of each number that is drawn while the module is imported, by a generator that begins anywhere, and what is said of it.

    Directly, in a function that is called there, or in a default; once the module has told that generator where to begin, none is.
    """
    helpers = _helpers(tree, chain_of)
    told: set[str] = set()
    for node in _run_at_once(tree):
        if not isinstance(node, ast.Call):
            continue
        module, _, name = ".".join(chain_of(node.func)).rpartition(".")
        if name == BEGINS and module in SHARED and (node.args or node.keywords):
            told.add(module)
        elif _draws(node, chain_of, helpers) and not (module in told if module else told):
            said = f"{ast.unparse(node.func)} draws other numbers in each run, where the module is imported"
            yield node.lineno, f"{said}; expected a generator with a seed, as numpy.random.default_rng(1)"


def _helpers(tree: ast.Module, chain_of: Callable[[ast.expr], tuple[str, ...]]) -> set[str]:
    """The functions at the top of a module that ask the shared generator, by themselves or by another one of these."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    calls = [(one.name, node) for one in functions for node in ast.walk(one) if isinstance(node, ast.Call)]
    helpers: set[str] = set()
    while more := {name for name, node in calls if name not in helpers and _draws(node, chain_of, helpers)}:
        helpers |= more
    return helpers


def _draws(node: ast.AST, chain_of: Callable[[ast.expr], tuple[str, ...]], helpers: Collection[str]) -> bool:
    """Whether a call asks the shared generator, or a function that does."""
    if not isinstance(node, ast.Call):
        return False
    module, _, name = ".".join(chain_of(node.func)).rpartition(".")
    shared = module in SHARED and name[:1].islower() and name not in GENERATORS
    return shared or (isinstance(node.func, ast.Name) and node.func.id in helpers)


def _run_at_once(node: ast.AST) -> Iterator[ast.AST]:
    """What runs while a module is imported, in the order of the text: all but the insides of functions."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        parts: list[ast.AST] = [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
    elif isinstance(node, ast.Lambda):
        parts = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
    else:
        parts = list(ast.iter_child_nodes(node))
    for part in parts:
        yield part
        yield from _run_at_once(part)
