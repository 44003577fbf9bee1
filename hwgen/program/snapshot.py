"""The fast path of a build without a change: times and sizes of all that the last good build read and wrote.

Standard library only, and little of it: this runs before anything else is imported, and `--help` does without json.
Any doubt means the full path.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from hwgen.freshness.stamps import BEGAN, BUILD, ORDERED, changed_since, interpreter, stamp, stamps
from hwgen.page import files, folders, remembered

FILE, READS, READ_BY_LATEX = "build/snapshot.json", "build/reads.json", "build/tex/solution.read"
# What is remembered of a build, by name.
REMEMBERED = frozenset(["arguments", "folders", "beside", "printed", "sources", "around", "outputs", "said", "warned"])
TEMPLATES, FIGURES, VARIABLE, ALL = "templates", "figures/", "variable ", "*"
INSTALLED = ("site-packages", "dist-packages")
KINDS = ("folder ", "status ", "leads ")
SINGLE = ("pyproject.toml", "constraints.txt", ".venv/.ready")
STUDENT, HOMEWORK = "student.toml", "homework.toml"
ENGINE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Where modules are looked for, but for the folder of the program or the present one, which comes first where there is one.
PATH = sys.path[not sys.flags.safe_path :]


# What was around when the present build of a folder began.
_began: dict[str, dict[str, str | None]] = {}


def computed(content: str, root: str = "") -> list[str]:
    """The folders of all code that results are made by: the engine, and the top folder of the content package, wherever they are.

    Relative to `root`, or to the present folder, where they lie in it.
    """
    from importlib.machinery import PathFinder

    here = root or os.getcwd()
    top = content.split(".")[0]
    spec = PathFinder.find_spec(top, [here]) or PathFinder.find_spec(top)
    folders = {ENGINE, *((spec and spec.submodule_search_locations) or ())}
    return sorted(folder.removeprefix(here + os.sep) for folder in folders)


def machine() -> list[str]:
    """What else every result depends on: pins and set-up, the interpreter, and the folders of the installed libraries."""
    installed = [path for path in sys.path if path.endswith(INSTALLED)]
    return [*SINGLE, os.path.realpath(sys.executable), *installed]


def _sources(folders: Iterable[str], beside: Iterable[str] = (), printed: bool = True) -> dict[str, list[int]]:
    """The stamps of all that a build reads; without what is only `printed`, of all that results are computed from."""
    texts = (TEMPLATES,) if printed else ()
    return stamps((*texts, *folders), (*machine(), STUDENT, HOMEWORK, *data(), *(read_by_latex() if printed else ()), *beside))


def read_by_latex(file: str = READ_BY_LATEX) -> list[str]:
    """The files that the last page was made with, of the homework or not, and the folders outside that are searched before theirs."""
    try:
        return files.held(file).decode().split("\n")
    except (OSError, ValueError):
        return []


def _around(*, beside_build: bool = False) -> dict[str, str | None]:
    """What a build is told beside files: where its programs and packages are, and the names in its own folders, where LaTeX looks first.

    Or without what a build makes and learns, for a look at its beginning and one at its end.
    """
    told = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"} or name.startswith("TEX")}
    names = [name for name in folders.names(Path()) if not (beside_build and f"{name}/".startswith(FIGURES))]
    return {**({} if beside_build else variables()), **told, "the folder": "\n".join(names)}


def data() -> list[str]:
    """The files and folders that the computations of this project were seen to read."""
    paths = {path for path in _observed() if not path.startswith(VARIABLE)}
    named = {path.removeprefix(next((kind for kind in KINDS if path.startswith(kind)), "")) for path in paths}
    # Whose times every build changes; which names are in the folder is looked at by itself.
    return sorted(named - {os.curdir, BUILD})


def opened() -> list[str]:
    """The files among them that were read themselves: of others it was only asked whether they are there, and what they are like."""
    return sorted({path for path in _observed() if not path.startswith((VARIABLE, *KINDS))})


def _observed() -> list[str]:
    """All that they were seen to read."""
    return [path for paths in (remembered.read(Path(READS)) or {}).values() for path in paths]


def variables() -> dict[str, str | None]:
    """The variables of the environment among it, with what they are now, and what Python itself is told."""
    names = {path.removeprefix(VARIABLE) for path in _observed() if path.startswith(VARIABLE)}
    known = {name: _everything() if name == ALL else os.environ.get(name) for name in names}
    return {"the interpreter": interpreter(), "modules": str([(folder, _modules(folder)) for folder in PATH]), **known}


def _everything() -> str:
    """All variables, of which some are secret, as one text that does not tell them."""
    found = {**os.environ, **ORDERED}  # as it is where anything is computed
    return remembered.seal(Path(ALL), repr(sorted(found.items())).encode(errors="surrogatepass"))


def _modules(folder: str) -> list[str]:
    """What can be imported from a folder, which may stand before what another one has; what is installed is looked at as a whole."""
    if folder.endswith(INSTALLED):
        return []
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith((".py", ".so", ".pyd")) or "." not in name)
    except OSError:
        return []


def moved(folders: Iterable[str], since: int = 0) -> list[str]:
    """What was saved since then, or since this process began: it may have been read before, and would be remembered as it is now.

    A figure is not among it: the build itself draws them.
    """
    saved = [path for path, found in _sources(folders).items() if found and not path.startswith(FIGURES)]
    return changed_since(saved, since or BEGAN)


def date(path: Path, folders: Iterable[str], since: int = 0) -> None:
    """Give a file of the present folder that was just written a time before what was saved meanwhile: it may tell of what was before."""
    saved = [] if path.is_absolute() else [found for found in map(stamp, moved(folders, since)) if found]
    if saved:
        before = min(found[1] for found in saved) - 1
        os.utime(path, ns=(before, before))


def saved_after(path: str, content: str) -> list[str]:
    """The sources that were saved, or copied here, after a file was written, which may tell of others; the author's own first.

    What a link leads to may be saved as well.
    """
    written = min(stamp(path)[:2], default=0)
    found = {name: state for name, state in _sources(computed(content)).items() if state and not name.startswith(FIGURES)}
    later = (name for name, state in found.items() if written and max([state[1], *state[5:6]]) > written)
    return sorted(later, key=lambda name: name.startswith(os.sep))


def lost() -> list[str]:
    """The files of the homework that the last page was made with, and that are not there any more."""
    return [path for path in read_by_latex() if path and not path.startswith((os.sep, FIGURES)) and not stamp(path)]


def take(
    arguments: Sequence[str],
    outputs: Iterable[str],
    said: Sequence[str],
    folders: Sequence[str],
    warned: Sequence[str] = (),
    *,
    beside: Sequence[str] = (),
    printed: bool = True,
    file: str = FILE,
) -> None:
    """Remember a good build: its arguments, everything it read, with the code in `folders` and the files `beside`, what it wrote and said.

    Nothing is remembered where a source was saved meanwhile, or a figure that the build did not draw. What was not `printed` stands
    whatever the templates say.
    """
    made = list(outputs)
    if _began.get(os.getcwd(), now := _around(beside_build=True)) != now:
        return
    state = {
        "arguments": list(arguments),
        "folders": list(folders),
        "beside": list(beside),
        "printed": printed,
        "sources": _sources(folders, beside, printed),
        "around": _around(),
        # What was written is looked at too: a PDF or figure that somebody replaced is not the one that was built.
        "outputs": {path: stamp(path) for path in made},
        "said": list(said),
        "warned": list(warned),
    }
    # Asked last: what is saved after the stamps were taken differs from them.
    if moved(folders) or changed_since({path for path in read_by_latex() if path.startswith(FIGURES)} - set(made), BEGAN):
        return
    remembered.write(Path(file), state)


def forget() -> None:
    """A build has begun: until it ends well there is nothing to skip. Raises ContentError where it would write elsewhere."""
    files.looked_over(Path())
    _began[os.getcwd()] = _around(beside_build=True)
    with contextlib.suppress(FileNotFoundError):
        os.remove(FILE)


def unchanged(arguments: Sequence[str], file: str = FILE) -> tuple[list[str], list[str]] | None:
    """What the last good build warned of and said, if nothing that it read or wrote has changed since; otherwise None."""
    state = remembered.read(Path(file))
    # Another version of this program may remember other things of a build.
    if state is None or state.keys() != REMEMBERED or state["arguments"] != list(arguments):
        return None
    # By size, inode and times, which a look takes no reading for; `stamps` knows how far they can be trusted.
    same = state["sources"] == _sources(state["folders"], state["beside"], state["printed"]) and state["around"] == _around()
    if same and state["outputs"] and all(then and then == stamp(path) for path, then in state["outputs"].items()):
        return state["warned"], state["said"]
    return None
