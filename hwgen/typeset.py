r"""LaTeX to PDF: the only subprocess. Errors come back at template lines, and what was typeset is compared with what was read."""

from __future__ import annotations

import dataclasses
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hwgen import synctex
from hwgen.errors import ContentError, ContentErrors, InputError, LatexError
from hwgen.latexlog import LogError, first_error, warnings
from hwgen.model import Formula, Place
from hwgen.render import Rendered

FOLDER = Path("build/tex")
SETTLED = "settled.json"
JOBNAME, PREVIEW = "solution", "preview"
ENGINE = ("pdflatex", "-file-line-error", "-halt-on-error", "-interaction=nonstopmode", "-recorder", "-no-shell-escape", "-synctex=1")
# What one pass hands to the next; when a pass leaves it as it was, the references are settled.
CARRIED = ("aux", "out", "toc")
MOST_PASSES = 6
# A fixed epoch: the same inputs give the same bytes (1 January 2025, UTC).
ENVIRONMENT = {"SOURCE_DATE_EPOCH": "1735689600", "FORCE_SOURCE_DATE": "1", "openout_any": "p", "max_print_line": "10000", "TZ": "UTC"}
_RECORD = re.compile(r"^(checked|refuted|verified)\|([^|]*)\|(\d+)\|(.*)$")


@dataclass(frozen=True)
class Recorded:
    r"""One \checked, \refuted or \verified as it reached a page."""

    macro: str
    name: str
    page: int
    text: str


@dataclass(frozen=True)
class Typeset:
    """A PDF beside its final place, what is on its pages, and what LaTeX warned of."""

    pdf: Path
    recorded: tuple[Recorded, ...]
    warnings: tuple[str, ...]


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """One build at a time in this folder: a second one waits, so that no two LaTeX runs write the same files."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def typeset(filled: Rendered, *, jobname: str, root: Path, draft: Collection[str] | None = None, preamble: str = "") -> Typeset:
    """Run LaTeX as often as it takes, or not at all if nothing that it reads has changed; a draft marks every page, and its claims.

    Raises LatexError at the template line, InputError where LaTeX is missing.
    """
    if shutil.which(ENGINE[0]) is None:
        raise InputError("LaTeX not found: expected pdflatex on the path; run sh setup.sh")
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / f"{jobname}.tex"
    text = filled.text if draft is None else _marked(filled.text, draft)
    if not source.exists() or source.read_text() != text:
        source.write_text(text)
    if not _settled(folder, root, jobname):
        _run(filled, folder, root, jobname, preamble)
    log = _read(folder / f"{jobname}.log")
    return Typeset(folder / f"{jobname}.pdf", tuple(_records(_read(folder / f"{jobname}.checked"))), tuple(warnings(log, filled)))


def _run(filled: Rendered, folder: Path, root: Path, jobname: str, preamble: str) -> None:
    stamp = folder / f"{jobname}.{SETTLED}"
    good = {ending: _bytes(folder / f"{jobname}.{ending}") for ending in CARRIED} if stamp.exists() else {}
    stamp.unlink(missing_ok=True)
    for _ in range(MOST_PASSES):
        before = [_bytes(folder / f"{jobname}.{ending}") for ending in CARRIED]
        formats = {"TEXFORMATS": f"{FOLDER}:"} if preamble else {}
        command = [*ENGINE, *([f"-fmt={preamble}"] if preamble else []), f"-output-directory={FOLDER}", f"{FOLDER}/{jobname}.tex"]
        said = folder / "said"
        with said.open("wb") as file:
            done = subprocess.run(command, cwd=root, env={**os.environ, **ENVIRONMENT, **formats}, stdout=file, stderr=file, check=False)
        if done.returncode != 0:
            _forget(folder, jobname, good)
            raise _failure(_read(folder / f"{jobname}.log"), filled, jobname, _read(said), root)
        if before == [_bytes(folder / f"{jobname}.{ending}") for ending in CARRIED]:
            break
    stamp.write_text(json.dumps(_state(folder, root, jobname)))


def _settled(folder: Path, root: Path, jobname: str) -> bool:
    """Whether the last run is still the answer: every file of the project that it read, and what it wrote, are as they were."""
    try:
        remembered = json.loads((folder / f"{jobname}.{SETTLED}").read_text())
    except (OSError, ValueError):
        return False
    return bool(remembered == _state(folder, root, jobname))


def _state(folder: Path, root: Path, jobname: str) -> dict[str, str]:
    """The digests of the files of the project that the last pass read, of those it wrote, and the age of the engine."""
    read = {line.removeprefix("INPUT ") for line in _read(folder / f"{jobname}.fls").splitlines() if line.startswith("INPUT ")}
    own = sorted(name for name in read if not name.startswith("/") and not name.endswith(CARRIED))
    written = [str(FOLDER / f"{jobname}.{ending}") for ending in ("pdf", "checked", "log")]
    digests = {name: hashlib.sha256(_bytes(root / name)).hexdigest() for name in [*own, *written]}
    return {**digests, "engine": _engine()}


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _marked(text: str, short: Collection[str]) -> str:
    """A draft's source: the definitions go before its first line, so that no line moves."""
    names = "".join(rf"\expandafter\def\csname hwgenshort@{name}\endcsname{{}}" for name in sorted(short))
    return rf"\def\hwgendraft{{}}{names}{text}"


def _read(path: Path) -> str:
    return path.read_text(errors="replace") if path.exists() else ""


def _forget(folder: Path, jobname: str, good: Mapping[str, bytes]) -> None:
    """After a failure nothing of it is built upon: the next run starts from the source, and from what the last good run handed on."""
    for ending in (*CARRIED, "fls", "checked"):
        (folder / f"{jobname}.{ending}").unlink(missing_ok=True)
    for ending, data in good.items():
        (folder / f"{jobname}.{ending}").write_bytes(data)


def _failure(log: str, filled: Rendered, jobname: str, said: str, root: Path) -> LatexError:
    error = first_error(log, filled, jobname)
    if error is None:
        return LatexError(f"LaTeX failed without naming a line; its last words:\n{said[-800:]}")
    return LatexError(error.message, _in_template(error, root))


def _in_template(error: LogError, root: Path) -> Place:
    """The column in the template's own line, where values have not been filled in yet."""
    place, column = error.place, error.place.column
    if column is None:
        return place
    try:
        line = (root / place.file).read_text().split("\n")[place.line - 1]
    except (OSError, IndexError):
        return dataclasses.replace(place, column=None)
    for width in (24, 12, 6, 3):
        found = line.find(error.source[column - 1 : column - 1 + width])
        if found >= 0 and error.source[column - 1 :]:
            return dataclasses.replace(place, column=found + 1)
    return place if column <= len(line) + 1 else dataclasses.replace(place, column=None)


def _records(text: str) -> list[Recorded]:
    found = []
    for line in text.split("\n"):
        match = _RECORD.match(line)
        if match:
            found.append(Recorded(match[1], match[2], int(match[3]), match[4]))
    return found


def compare(formulas: Sequence[Formula], made: Typeset) -> None:
    """What reached the pages is what was read, no more and no less. Raises ContentErrors at the template lines."""
    on_pages = Counter((one.macro, one.name, _squeezed(one.text)) for one in made.recorded)
    wrong: list[ContentError] = []
    for formula in formulas:
        key = (formula.macro, formula.name, _squeezed(formula.text))
        if on_pages[key]:
            on_pages[key] -= 1
        else:
            said = f"\\{formula.macro}{{{formula.name}}} was read here and never reached a page; is it inside \\iffalse or an unused macro?"
            wrong.append(ContentError(said, formula.place))
    for macro, name, _ in +on_pages:
        wrong.append(
            ContentError(f"\\{macro}{{{name}}} is on a page more often than, or otherwise than, it was read; is it inside a macro?")
        )
    if wrong:
        raise ContentErrors(wrong)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def linked(filled: Rendered, formulas: Sequence[Formula], root: Path, output: Path, draft: Collection[str] | None = None) -> Sequence[str]:
    """Print, and link the page back to the templates; LaTeX's warnings that matter."""
    warnings = plainly(filled, formulas, root, output, draft)
    synctex.publish(root / FOLDER / f"{JOBNAME}.pdf", filled, root, output)
    return warnings


def plainly(filled: Rendered, formulas: Sequence[Formula], root: Path, output: Path, draft: Collection[str] | None = None) -> Sequence[str]:
    """Typeset with the plain engine, compare with what was read, and publish; LaTeX's warnings that matter."""
    with alone(root):
        made = typeset(filled, jobname=JOBNAME, root=root, draft=draft)
        compare(formulas, made)
        publish(made, output)
    return made.warnings


def quickly(filled: Rendered, formulas: Sequence[Formula], root: Path, output: Path, draft: Collection[str] | None = None) -> Sequence[str]:
    """The same for a look in between: one pass unless references moved, with a precompiled preamble where that works."""
    with alone(root):
        made = typeset(filled, jobname=PREVIEW, root=root, draft=draft, preamble=_precompiled(filled, root))
        compare(formulas, made)
        publish(made, output)
    synctex.publish(made.pdf, filled, root, output)
    return made.warnings


def _precompiled(filled: Rendered, root: Path) -> str:
    """The format that holds everything before the document begins, made if it is not there; empty if it cannot be made.

    Its name is the digest of the preamble, of the packages that the last run read, and of the engine.
    """
    folder = root / FOLDER
    head = filled.text.partition(r"\begin{document}")[0]
    inputs = {
        line.removeprefix("INPUT ") for line in _read(folder / f"{JOBNAME}.fls").splitlines() if line.endswith((".sty", ".cls", ".clo"))
    }
    stamps = [f"{name} {Path(name).stat().st_mtime_ns}" for name in sorted(inputs) if Path(name).exists()]
    own = [_read(path) for path in sorted((root / "templates").glob("*.tex"))]
    name = "preamble-" + hashlib.sha256("\0".join([head, *own, *stamps, _engine()]).encode()).hexdigest()[:16]
    if not (folder / f"{name}.fmt").exists():
        for old in folder.glob("preamble-*"):
            old.unlink()
        (folder / f"{name}.tex").write_text(filled.text)
        command = [ENGINE[0], "-ini", "-interaction=nonstopmode", f"-output-directory={FOLDER}", f"-jobname={name}"]
        environment = {**os.environ, **ENVIRONMENT}
        source = f"{FOLDER}/{name}.tex"
        subprocess.run([*command, "&pdflatex", "mylatexformat.ltx", source], cwd=root, env=environment, capture_output=True, check=False)
    return name if (folder / f"{name}.fmt").exists() else ""


def _engine() -> str:
    """The age of the engine."""
    return str(Path(shutil.which(ENGINE[0]) or "").stat().st_mtime_ns)


def publish(made: Typeset, output: Path) -> None:
    """Give the PDF its final name, only now that it is complete; an identical one is left as it is."""
    data = made.pdf.read_bytes()
    if output.exists() and output.read_bytes() == data:
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    aside = output.with_suffix(".pdf.new")
    aside.write_bytes(data)
    aside.replace(output)
