"""The last step: what is about to be handed in is looked at, and a letter with it is written as a draft. Nothing is ever sent.

Standard library only. The facts are those of homework.toml; whoever hands in sends the letter with a mail program.
"""

from __future__ import annotations

import datetime
import email
import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from hwgen.guards.counts import TYPED
from hwgen.model import Homework, Student
from hwgen.model.errors import InputError
from hwgen.page import files
from hwgen.page.nouns import counted
from hwgen.program import leftovers
from hwgen.program.homework import FILE, tests_of
from hwgen.program.ready import passed
from hwgen.program.student import FILE as WHO
from hwgen.program.student import handed_in
from hwgen.program.unfinished import left

LARGEST = 20_000_000  # bytes; most mail servers refuse more than 25 MB, and an attachment grows by a third
WIDEST = 76  # RFC 2047, of a line with encoded words
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_FONT = re.compile(rb"/Type\s*/FontDescriptor\b")
_FONT_FILE = re.compile(rb"/FontFile[23]?\b")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A draft of a letter, what was looked at before it was written, and what its sender should know."""

    path: Path
    looked: Sequence[str]
    warnings: Sequence[str]


def forget(folder: Path, who: Student, task: Homework) -> None:
    """An earlier letter is not taken for the one that is refused now."""
    (folder / handed_in(who, task)).with_suffix(".eml").unlink(missing_ok=True)


def settled(saved: Sequence[str]) -> None:
    """No source was saved while the PDF was made from it. Raises InputError: the PDF may be older."""
    if saved:
        raise InputError(f"{saved[0]}: saved during the build, and the PDF may be older than it; run hwgen submit again")


def write(
    root: Path,
    pdf: Path,
    who: Student,
    task: Homework,
    built: Mapping[str, Any],
    today: datetime.date,
    warned: Sequence[str] = (),
    pictures: Sequence[str] = (),
) -> Letter:
    """The letter, beside the PDF of a build that left this ledger, warned of this, and placed these pictures that no run draws.

    Raises InputError where none is to be sent.
    """
    data = _read(root, pdf, who, task)
    passed(built)
    looked = list(_looked(pdf, data, task, built, warned, pictures))
    path = root / pdf.with_suffix(".eml")
    files.write(path, _message(pdf, data, who, task))
    return Letter(
        path=pdf.with_suffix(".eml"),
        looked=looked,
        warnings=[*_marked(who), *_late(task, today), *_tests(root, task.content), *leftovers.older(root, pdf.name, pdf)],
    )


def _read(root: Path, pdf: Path, who: Student, task: Homework) -> bytes:
    """The PDF, which is whole and this student's."""
    if pdf.name != handed_in(who, task):
        raise InputError(f"{pdf}: not the file to hand in; expected {handed_in(who, task)}")
    try:
        data = (root / pdf).read_bytes()
    except OSError:
        raise InputError(f"{pdf}: not there; run hwgen pdf first") from None
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-1024:]:
        raise InputError(f"{pdf}: not a whole PDF; remove it and run hwgen submit again")
    if len(data) > LARGEST:
        raise InputError(f"{pdf}: {len(data) / 1e6:.1f} MB; expected at most {LARGEST / 1e6:.0f} MB, which mail servers take")
    return data


def _looked(
    pdf: Path, data: bytes, task: Homework, ledger: Mapping[str, Any], warned: Sequence[str], pictures: Sequence[str]
) -> Iterator[str]:
    # LaTeX packs the descriptions of pages and fonts: they stand in no plain text of the file.
    objects = data + b"".join(_streams(data))
    fonts, embedded = len(_FONT.findall(objects)), len(_FONT_FILE.findall(objects))
    if embedded < fonts:
        raise InputError(f"{pdf}: {fonts - embedded} of {fonts} fonts are not in it; expected all, so that it prints everywhere")
    verdicts = [one["verdict"] for one in ledger["findings"]]
    shown = [f"{verdicts.count(verdict)} {verdict.lower()}" for verdict in sorted(set(verdicts) - {"REFUTED"})]
    errata = verdicts.count("REFUTED")  # what is false without being said to be has stopped the build
    found = ", ".join([*shown, *([f"{errata} that the text says {'is' if errata == 1 else 'are'} wrong"] if errata else [])])
    sizes = f"{len(data) / 1e6:.2f} MB, {counted(len(_PAGE.findall(objects)), 'page')}, {counted(fonts, 'font')}"
    yield f"file      {pdf.name}, {sizes}, {'embedded' if fonts == 1 else 'all of them in it'}"
    yield f"claims    {len(verdicts)} printed: {found}; none below its need"
    tested, displayed = ledger["coverage"]
    yield f"relations {tested} of {displayed} displayed ones under test"
    yield "page      no draft; no TODO in the text or the content; every reference and citation has its target, every label one place"
    typed = [one.partition(TYPED)[0].strip() for one in warned if TYPED in one]
    none = "none typed by hand (decimals, and counts of three digits that this run knows, in a caption of two)"
    yield f"numbers   {f'{len(typed)} typed by hand, which no run vouches for: ' + '; '.join(typed) if typed else none}"
    own = f"{len(pictures)} that no run draws, of which nothing is tested: {'; '.join(pictures)}"
    yield f"pictures  {own if pictures else 'all drawn by this run'}"
    yield f"due       {task.due.isoformat() if task.due else 'homework.toml names no date'}"
    yield f"to        {task.lecturer or 'the lecturer'} <{task.address}>, {task.subject}"
    yield f"sha256    {hashlib.sha256(data).hexdigest()}"


def _streams(data: bytes) -> Iterator[bytes]:
    """What a PDF keeps packed: its object streams, where pages and fonts are described."""
    for match in re.finditer(rb"/Type\s*/ObjStm\b.*?stream\r?\n", data, re.DOTALL):
        try:
            yield zlib.decompressobj().decompress(data[match.end() :])
        except zlib.error:
            continue


def _marked(who: Student) -> Iterator[str]:
    """Marks beside the relations are for whoever writes, and easily left on."""
    if who.marks:
        yield f"{WHO}: marks = true, and each relation under test has a small mark on the page; the letter is written all the same"


def _tests(root: Path, content: str) -> Iterator[str]:
    """The author's own tests are not handed in, and no build waits for them; what is left to do in them is easily forgotten."""
    for path in sorted(path for folder in tests_of(root, content)[:1] for path in folder.rglob("test_*.py")):
        yield from (f"{one.place}: a TODO in a test; the letter is written all the same" for one in list(left(root, path))[:1])


def _late(task: Homework, today: datetime.date) -> Iterator[str]:
    """A date that has passed is the sender's to know: a homework may be handed in late, or again in another year."""
    if task.due and today > task.due:
        days = (today - task.due).days
        yield f"{FILE}: due was {task.due.isoformat()}, {days} day{'s' * (days != 1)} ago; the letter is written all the same"


def is_of(letter: Path, who: Student, task: Homework) -> bool:
    """Whether a letter goes to the address of homework.toml, about its subject, from this student; what else its sender wrote is theirs."""
    found = email.message_from_bytes(letter.read_bytes(), policy=SMTP)
    body = found.get_body(("plain",))
    lines = set(body.get_content().splitlines()) if body else set()
    same = [str(found[key] or "") for key in ("To", "Subject")] == [task.address or "", task.subject or ""]
    return same and lines >= set(_body(who, task).splitlines())


def _body(who: Student, task: Homework) -> str:
    dear = f"Dear {task.lecturer}" if task.lecturer else "Hello"
    what = f"{task.name or task.title}{f' of {task.course}' if task.course else ''}"
    return f"{dear},\n\nplease find attached my solution of {what}.\n\nBest regards,\n{who.prenom} {who.nom}\n"


def _message(pdf: Path, data: bytes, who: Student, task: Homework) -> bytes:
    """The letter; the same inputs give the same bytes, so it has no date: the mail program gives one when it is sent."""
    message = EmailMessage(policy=SMTP)
    message["To"] = task.address
    message["X-Unsent"] = "1"
    message.set_content(_body(who, task))
    message.add_attachment(data, maintype="application", subtype="pdf", filename=pdf.name)
    # The library would draw one by chance, and the bytes would differ each time.
    message.set_boundary(f"=={hashlib.sha256(data).hexdigest()[:40]}==")
    # By Header, not by the message: that one loses the space between two words with accents where a long subject is folded.
    subject = Header(task.subject, header_name="Subject", maxlinelen=WIDEST).encode(linesep="\r\n")
    return f"Subject: {subject}\r\n".encode("ascii") + message.as_bytes()
