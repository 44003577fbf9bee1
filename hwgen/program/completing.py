"""What a shell completes beside commands and options: the names that a homework declares, as its text has them; nothing is imported of it.

What is half written, as texts are while somebody types, completes to less and says nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from click.shell_completion import BashComplete, CompletionItem, add_completion_class

from hwgen.model.errors import HwgenError
from hwgen.program import folder
from hwgen.program.homework import homework

CLAIMS, FIGURES, EXERCISES, EVERYTHING, VERSIONS = "claims", "figures", "exercises", "everything", "versions"
# What each kind of names is declared by, as in @exercise.claim.
_DECLARED = {CLAIMS: ("claim", "statement"), FIGURES: ("figure",), EXERCISES: ("Exercise",)}
# Those whose names stand as options: exercise.settings(spread=…).
_BY_OPTIONS = frozenset({"numbers", "settings"})
# What a power law declares two constants of.
_PARTS = ("slope", "drift")


def names(kind: str, begun: str) -> list[str]:
    """The names of a kind that begin so, in order."""
    root = folder.above(str(Path.cwd()))
    if root is None:
        return []
    try:
        found = set(_known(Path(root), kind))
    except (HwgenError, OSError):
        return []
    return sorted(one for one in found if one.startswith(begun))


def _known(root: Path, kind: str) -> Iterator[str]:
    task = homework(root)
    if kind == VERSIONS:
        yield from task.versions
        return
    wanted = _DECLARED.get(kind)
    for path in sorted(root.joinpath(*task.content.split(".")).rglob("*.py")):
        for what, name in _declared(path):
            if what in wanted if wanted else what != "Exercise":
                yield name
    if kind == EVERYTHING:
        yield from _labels(root)


def _declared(path: Path) -> Iterator[tuple[str, str]]:
    """What a module of the content declares: by which word, and its name."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from ((word, node.name) for one in node.decorator_list if (word := _word(one)))
        elif isinstance(node, ast.Call) and (word := _word(node)):
            if word in _BY_OPTIONS:
                yield from ((word, one.arg) for one in node.keywords if one.arg and one.arg != "of")
            elif node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                said = node.args[0].value  # Exercise("ex1", …), exercise.power_law("{}_of_error", …)
                yield from ((word, said.replace("{}", part)) for part in (_PARTS if "{}" in said else ("",)))


def _word(node: ast.expr) -> str:
    """The last word of what declares, `claim` of `exercise.claim(…)`; empty for anything else."""
    called = node.func if isinstance(node, ast.Call) else node
    if isinstance(called, ast.Attribute):
        return called.attr if isinstance(called.value, ast.Name) and called.value.id == "exercise" else ""
    return called.id if isinstance(called, ast.Name) and called.id == "Exercise" else ""


def _labels(root: Path) -> Iterator[str]:
    from hwgen.page.environments import labels
    from hwgen.reading.lexer import tokens

    for path in sorted((root / "templates").rglob("*.j2")):
        try:
            yield from (one.name for one in labels(tokens(path.read_text(encoding="utf-8-sig"))))
        except (OSError, ValueError):
            continue


class _Bash(BashComplete):
    """Bash ends a word at each colon and at =, as in `eq:kernel`, and puts what is completed after the last one."""

    name = "bash"
    before = ""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is begun, and that one, with its colons."""
        args, begun = super().get_completion_args()
        if args[-1:] == ["="]:  # an option's value
            args.pop()
        while args and (begun.startswith(":") or args[-1].endswith(":")):
            begun = f"{args.pop()}{begun}"
        self.before = begun[: begun.rfind(":") + 1]
        return args, begun

    def format_completion(self, item: CompletionItem) -> str:
        """What bash is to put there."""
        return f"{item.type},{item.value.removeprefix(self.before)}"


def prepare() -> None:
    """Complete in this program as above."""
    add_completion_class(_Bash)
