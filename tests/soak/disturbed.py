"""A build while it is disturbed: its beginning, its end, and whether what it leaves is whole."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pypdf import PdfReader

from soak.project import LONGEST, NotSurvived, Project

PREVIEW = "build/preview.pdf"


@contextlib.contextmanager
def disturbed(project: Project, kind: str) -> Iterator[subprocess.Popen[str]]:
    """A build of that kind that has just begun, or has just been given a save; nothing of it lives on."""
    if kind == "watched":
        (project.root / PREVIEW).unlink(missing_ok=True)
        build = project.begun("watch")
        wait_until(build, (project.root / PREVIEW).exists)
        time.sleep(0.2)
        project.edit(code=False)
    else:
        project.edit(code=kind == "full")
        build = project.begun()
    try:
        yield build
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(build.pid, signal.SIGKILL)
        build.communicate()


def wait_until(build: subprocess.Popen[str], done: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST
    while not done():
        if build.poll() is not None or time.monotonic() > until:
            os.killpg(build.pid, signal.SIGKILL)
            raise NotSurvived(f"no page: {build.communicate()}")
        time.sleep(0.02)


def ended(build: subprocess.Popen[str], *, anyway: bool = False) -> tuple[str, str]:
    """What a build said; one that would go on for ever is asked to end."""
    if anyway and build.poll() is None:
        time.sleep(0.3)
        build.send_signal(signal.SIGTERM)
    try:
        return build.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        raise NotSurvived(f"it did not end within {LONGEST:g} s") from None


def is_whole(page: Path) -> None:
    """Every page of the file can be read."""
    try:
        words = [one.extract_text() for one in PdfReader(page).pages]
    except Exception as error:
        raise NotSurvived(f"{page.name} cannot be read: {error}") from None
    if not all(words):
        raise NotSurvived(f"{page.name} has an empty page")


def is_one_message(code: int, said: str, complaint: str) -> None:
    """A failure says what happened, and ends with a documented code."""
    if code not in {1, 2, 3} or "Traceback" in said + complaint or not complaint.strip():
        raise NotSurvived(f"ended with {code}: {said}{complaint}")
