"""`hwgen verify FILE.pdf`: what is attached to a PDF is built again in a scratch folder, and its verdicts and pages are compared.

The Python of the homework is its author's: it is run only for somebody who trusts it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hwgen.model.errors import InputError
from hwgen.program import attached
from hwgen.program.snapshot import ENGINE
from hwgen.typesetting import pages

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
    with tempfile.TemporaryDirectory(prefix="hwgen-verify-") as name:
        folder = Path(name) / "homework"
        folder.mkdir()
        sources = attached.unpack(found[attached.SOURCES], folder)
        code = [path for path in sources if path.endswith(".py")]
        if not trust:
            said = f"its sources hold {len(code)} Python files, which would run here with your rights"
            raise InputError(f"{pdf}: {said}; expected --trust from somebody who knows whose they are, or has read them")
        print("building what is attached again, from nothing: it takes as long as a first build", file=sys.stderr)
        done = _built(folder, Path(name), _options(found[attached.ASKED]), jobs)
        made = sorted((folder / "build").glob("*.pdf"))
        if done.returncode or not made:
            return Compared(("its sources make no page",), done.stdout + done.stderr)
        again = json.loads((folder / "build" / attached.LEDGER).read_text())
        wrong = [*_verdicts(json.loads(found[attached.LEDGER]), again), *_pages(whole, made[0])]
    return Compared(tuple(wrong))


def _whole(pdf: Path) -> bytes:
    """The file, read once: what it is rebuilt from and compared with is the same, whatever becomes of it meanwhile."""
    try:
        return pdf.read_bytes()
    except OSError as error:
        raise InputError(f"{pdf}: cannot be read as a PDF ({error})") from None


def _options(asked: bytes) -> list[str]:
    """The names and the version that the PDF was built with, which may not be those of its student.toml."""
    try:
        found = json.loads(asked)
        return [f"--{key}={found[key]}" for key in ("nom", "prenom", "version") if isinstance(found.get(key), str) and found[key]]
    except (ValueError, AttributeError):
        raise InputError(f"{attached.ASKED}: damaged; expected what hwgen attached") from None


def _built(folder: Path, scratch: Path, options: list[str], jobs: int) -> subprocess.CompletedProcess[str]:
    """A build from nothing, which finds no home but the scratch folder."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    own = {"HOME": str(scratch), "XDG_STATE_HOME": str(scratch), "TMPDIR": str(scratch), "PYTHONPATH": str(Path(ENGINE).parent)}
    command = [sys.executable, "-m", "hwgen", "pdf", *options, *([f"--jobs={jobs}"] if jobs else [])]
    return subprocess.run(command, cwd=folder, env={**kept, **own}, capture_output=True, text=True, check=False)


def _verdicts(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[str]:
    """Each claim and constant of which the two ledgers tell otherwise."""
    for said, told in (("verdict", _told), ("constant", _constants)):
        one, other = told(first), told(second)
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
    except ValueError as error:
        yield f"pages: {error}"
