"""`hwgen verify FILE.pdf`: what is attached to a PDF is built again in a scratch folder, and its verdicts and pages are compared.

The Python of the homework is its author's: it is run only for somebody who trusts it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hwgen.model import Homework
from hwgen.model.errors import InputError
from hwgen.page import scratch
from hwgen.page.scratch import Scratch
from hwgen.program import attached
from hwgen.program.homework import homework
from hwgen.program.snapshot import ENGINE
from hwgen.typesetting import bounds, pages

OWN = "homework"  # the content that comes with hwgen
SAME = "same verdicts, same pages"


@dataclass(frozen=True)
class Compared:
    """What differs between a PDF and what its sources make, in words; nothing if it is the same. `said` are the build's own words."""

    differences: tuple[str, ...]
    said: str = ""


def verify(pdf: Path, trust: bool, jobs: int = 0) -> Compared:
    """Build it again and compare. Raises InputError where that cannot be, or is not to be without trust."""
    whole = _whole(pdf)
    found = attached.taken(pdf, whole)
    with scratch.folder("hwgen-verify") as place:
        folder = place.path / "homework"
        folder.mkdir()
        sources = attached.unpack(found[attached.SOURCES], folder)
        code = _code(homework(folder), sources)
        # Before anything of it is imported.
        if not trust:
            said = f"its sources hold {len(code)} Python files, which would run here with your rights"
            raise InputError(f"{pdf}: {said}; expected --trust from somebody who knows whose they are, or has read them")
        _our_engine(folder)
        print("building what is attached again, from nothing: it takes as long as a first build", file=sys.stderr)
        done = _built(folder, place, _options(found[attached.ASKED]), jobs)
        made = sorted((folder / "build").glob("*.pdf"))
        if done.returncode or not made:
            return Compared(("its sources make no page",), done.stdout + done.stderr)
        # What it says of itself is compared, not believed: both ledgers are read as plain data.
        again = (folder / "build" / attached.LEDGER).read_bytes()
        wrong = [*_verdicts(_ledger(found[attached.LEDGER]), _ledger(again)), *_pages(whole, made[0])]
    return Compared(tuple(wrong))


def _code(task: Homework, sources: list[str]) -> list[str]:
    """The Python files of the content. Raises InputError where there are others, or the content is not among the sources."""
    top = task.content.split(".")[0]
    code = [path for path in sources if path.endswith((".py", ".pyw", ".pyi"))]
    outside = [path for path in code if not path.startswith(f"{top}/")]
    if outside or f"{top}/__init__.py" not in sources:
        said = f"{outside[0]}: Python outside of it" if outside else "not among the sources"
        raise InputError(f"{attached.SOURCES}: the content is {task.content}, and {said}; expected what hwgen attached")
    return code


def _our_engine(folder: Path) -> None:
    """Where the content is a part of hwgen itself, the engine around it is the one that is here."""
    top = folder / Path(ENGINE).name
    for path in top.glob("*") if top.exists() else ():
        if path.name != OWN:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    if top.exists():
        shutil.copytree(ENGINE, top, dirs_exist_ok=True, ignore=lambda where, _: (OWN,) if where == ENGINE else ())


def _ledger(data: bytes) -> Mapping[str, Any]:
    """What the ledger tells of claims and constants."""
    try:
        found = json.loads(data)
        return {"verdict": _told(found), "constant": _constants(found)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(f"{attached.LEDGER}: damaged; expected what hwgen attached") from None


def _whole(pdf: Path) -> bytes:
    """The file, read once: what it is rebuilt from and compared with is the same, whatever becomes of it meanwhile."""
    try:
        return pdf.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{pdf}: not found; expected a PDF that hwgen built with attach = true in student.toml") from None
    except OSError as error:
        raise InputError(f"{pdf}: cannot be read as a PDF ({error})") from None


def _options(asked: bytes) -> list[str]:
    """The names and the version that the PDF was built with, which may not be those of its student.toml."""
    try:
        found = json.loads(asked)
        return [f"--{key}={found[key]}" for key in ("nom", "prenom", "version") if isinstance(found.get(key), str) and found[key]]
    except (ValueError, AttributeError, RecursionError):
        raise InputError(f"{attached.ASKED}: damaged; expected what hwgen attached") from None


def _built(folder: Path, place: Scratch, options: list[str], jobs: int) -> subprocess.CompletedProcess[str]:
    """A build from nothing, which finds no home but the scratch folder."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    home = str(place.path)
    own = {"HOME": home, "XDG_STATE_HOME": home, "TMPDIR": home, "PYTHONPATH": str(Path(ENGINE).parent)}
    # What lies beside the content does not come before the libraries; see also `_code`.
    safe = [] if (folder / Path(ENGINE).name).exists() else ["-P"]
    command = [sys.executable, *safe, "-m", "hwgen", "pdf", *options, *([f"--jobs={jobs}"] if jobs else [])]
    return subprocess.run(
        command,
        cwd=folder,
        env={**kept, **own},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=bounds.ending(os.getpid()),
        pass_fds=(place.lock,),
    )


def _verdicts(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[str]:
    """Each claim and constant of which the two ledgers tell otherwise."""
    for said, one in first.items():
        other = second[said]
        for name in sorted(one.keys() | other.keys()):
            if one.get(name) != other.get(name):
                yield f"{said} of {name}: {one.get(name, 'none')} in the PDF, {other.get(name, 'none')} here"


def _told(ledger: Mapping[str, Any]) -> dict[str, str]:
    return {f"{one['name']} ({one['formula']['text']})": one["verdict"] for one in ledger["findings"]}


def _constants(ledger: Mapping[str, Any]) -> dict[str, str]:
    return {name: f"{one['value']!r}" for name, one in ledger["constants"].items()}


def _pages(whole: bytes, made: Path) -> Iterator[str]:
    try:
        found = pages.differences(pages.drawn(whole), pages.drawn(made.read_bytes()))
        yield from (f"{one} (in the PDF against here)" for one in found)
    except Exception as error:  # whatever the library makes of a file that somebody bent
        yield f"pages: cannot be read ({type(error).__name__}: {error})"
