r"""`hwgen new`: the stub of a noun or of an exercise, and its place in the template. Every TODO in it stops the builds until it is done.

Everything is decided before anything is written; nothing is written over, and all of it is written or none.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import re
import unicodedata
from pathlib import Path

from hwgen.model import catalog
from hwgen.model.errors import InputError, did_you_mean
from hwgen.page.files import inside, write_all
from hwgen.program.homework import homework, tests_of
from hwgen.program.stub_tests import test_of
from hwgen.program.stubs import CODE, PACKAGE, PLACES, PROBLEM, PROOFS, TEMPLATE

TEMPLATES = Path("templates")
MAIN = "document.tex.j2"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_REFERENCES = re.compile(r"^\\(?:begin\{thebibliography\}|bibliography\{|printbibliography)", re.MULTILINE)


def noun(root: Path, kind: str, exercise: str, name: str) -> list[Path]:
    """Write the stub of a noun of that kind; the files written or changed. Raises InputError if something is in the way."""
    _fit(name)
    package = _content(root)
    _known(package, exercise, name)
    if kind == "proof":
        return _proof(root, package / exercise, name)
    _free(package / exercise, name)
    template = root / TEMPLATES / f"{exercise}.tex.j2"
    if not template.exists():
        raise InputError(f"{TEMPLATES / template.name}: not found; expected the template of {exercise}")
    files = {_new(package / exercise / f"{name}.py"): _once(CODE[kind].format(name=name), name), **_test(root, kind, exercise, name)}
    files[inside(root, template)] = template.read_text().rstrip() + "\n" + _once(PLACES[kind].format(name=name), name)
    _write(root, files)
    return [*list(files)[:-1], template]


def _once(text: str, name: str) -> str:
    """A text, in which a study whose name says that it is one is called by its name alone."""
    return text.replace(f"{name}_study", name) if name.endswith("_study") else text


def _write(root: Path, texts: dict[Path, str]) -> None:
    """Write them all. Raises ContentError, before anything is written, where a link would lead one of them out of the homework."""
    for path in texts:
        inside(root.absolute(), path.absolute())
    write_all(texts)


def _test(root: Path, kind: str, exercise: str, name: str) -> dict[Path, str]:
    """The test of a noun, in the folder of the tests that mirrors the content package, else in the tests' own; nothing without tests."""
    package = homework(root).content
    there = tests_of(root, package)
    there_already = sorted((root / "tests").rglob(f"test_{name}.py"))
    if there_already:
        _new(there_already[0])
    return {there[0] / f"test_{name}.py": _once(test_of(kind, package, exercise, name), name)} if there else {}


def _proof(root: Path, folder: Path, name: str) -> list[Path]:
    """Add a proof to the proofs of the exercise, for a claim that is there."""
    said = "\n".join(path.read_text() for path in sorted(folder.glob("*.py")) if path.stem != "proofs")
    if not re.search(rf"^def {name}\(", said, re.MULTILINE):
        raise InputError(f"{name}: no claim of that name in {folder.name}; expected one to prove")
    path = folder / "proofs.py"
    text = path.read_text() if path.exists() else PROOFS
    if re.search(rf"^(?:def {name}\(|{name}\b.* = )", text, re.MULTILINE):
        raise InputError(f"{name}: proofs.py of {folder.name} proves it already")
    _write(root, {path: text.rstrip() + "\n" + CODE["proof"].format(name=name)})
    return [path]


def exercise(root: Path, name: str) -> list[Path]:
    """Write the stub of an exercise; the files written or changed."""
    _fit(name)
    package, document = _content(root), root / TEMPLATES / MAIN
    if (package / name).exists():
        raise InputError(f"{name}: there is an exercise of that name already; choose another")
    text = document.read_text()
    files = {
        _new(package / name / "__init__.py"): PACKAGE.format(name=name),
        _new(package / name / "problem.py"): PROBLEM.format(name=name),
        _new(root / TEMPLATES / f"{name}.tex.j2"): TEMPLATE.format(name=name),
        **_test(root, "exercise", name, name),
    }
    before = _before_references(text)
    files[inside(root, document)] = f'{text[:before]}\\section*{{TODO}}\n\\BLOCK{{include "{name}.tex.j2"}}\n\n{text[before:]}'
    _write(root, files)
    return [*list(files)[:-1], document]


def _before_references(text: str) -> int:
    """Where the references begin; else the appendix; else the end of the document."""
    match = _REFERENCES.search(text)
    if match:
        return match.start()
    return text.index(r"\BLOCK{if student.appendix}") if r"\BLOCK{if student.appendix}" in text else text.index(r"\end{document}")


def _content(root: Path) -> Path:
    """The folder of the content package of the homework."""
    task = homework(root)
    here = root.joinpath(*task.content.split("."))
    # Not asked of Python, which may have found a package of that name for another homework before.
    if (here / "__init__.py").is_file():
        return here
    catalog.importable(root)
    folder = catalog.folder(task.content)
    return root / folder.relative_to(root.resolve()) if folder.is_relative_to(root.resolve()) else folder


def _known(package: Path, exercise: str, name: str) -> None:
    known = sorted(path.parent.name for path in package.glob("*/problem.py"))
    if exercise not in known and name in known:
        raise InputError(f"{exercise}: no exercise of that name; expected the exercise first, and then the name: {name} {exercise}")
    if exercise not in known:
        raise InputError(f"{exercise}: no exercise of that name; expected one of {', '.join(known)}.{did_you_mean(exercise, known)}")


def _free(folder: Path, name: str) -> None:
    """The name is nobody's: in its own exercise for anything, in the homework for what an exercise declares."""
    for path in sorted(folder.parent.rglob("*.py")):
        text = path.read_text()
        own = path.parent == folder and re.search(rf"^(?:def {name}\(|{name}\b.* = )", text, re.MULTILINE)
        if path.stem != "proofs" and (own or name in _declared(text)):
            raise InputError(f"{name}: {path.parent.name} has something of that name already; choose another")


def _declared(text: str) -> set[str]:
    """The names that a module declares by a decorator of an exercise or as its settings."""
    try:
        body = ast.parse(text).body
    except SyntaxError:
        return set()
    functions = [one for one in body if isinstance(one, ast.FunctionDef)]
    calls = [one.value for one in body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call)]
    made = {one.name for one in functions if any(ast.unparse(how).startswith("exercise.") for how in one.decorator_list)}
    # From the text: the content may not be in a state to be imported.
    return made | {str(word.arg) for call in calls if ast.unparse(call.func) == "exercise.settings" for word in call.keywords}


def _fit(name: str) -> None:
    if not _NAME.fullmatch(name):
        meant = re.sub(r"[^a-z0-9]+", "_", unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()).strip("_")
        example = meant if _NAME.fullmatch(meant) else "union_bound"
        said = (
            f"{name!r} cannot be the name of something new: names have lower-case letters, digits and underscores, and begin with a letter"
        )
        raise InputError(f"{said}; expected one such as {example}")
    if keyword.iskeyword(name) or keyword.issoftkeyword(name) or hasattr(builtins, name):
        raise InputError(f"{name}: a word of Python's own; expected another name, as in {name}_bound")


def _new(path: Path) -> Path:
    if path.exists():
        raise InputError(f"{path}: there already; choose another name, or remove it")
    return path
