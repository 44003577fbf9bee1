"""What the machine refuses is one message for a person; anything else stays a traceback."""

from __future__ import annotations

import errno
import os

import pytest

from hwgen.program import trouble

END = "The PDF of the last good build, if any, is untouched"


@pytest.mark.parametrize(
    ("number", "path", "said"),
    [
        (errno.ENOSPC, "build/ledger.json", "build/ledger.json: no space left on device; expected room for what a build writes"),
        (errno.EFBIG, "build/a", "build/a: file too large; expected room"),
        (errno.EROFS, "figures/a.pdf", "figures/a.pdf: read-only file system; expected a folder that may be written"),
        (errno.EACCES, "build", "build: permission denied; expected a folder that may be written"),
        (errno.ENOENT, "build/tex/run-1/solution.log", "expected to find it as it was; it was removed"),
    ],
)
def test_what_the_machine_refuses_is_said_with_its_file_and_what_to_do(number: int, path: str, said: str) -> None:
    message = trouble.told(OSError(number, os.strerror(number), path))
    assert message is not None
    assert said in message
    assert message.endswith(END)


@pytest.mark.parametrize(("number", "path"), [(errno.ENOENT, "templates/a.tex"), (errno.ENOTEMPTY, "build/a"), (errno.EINVAL, "build/a")])
def test_what_is_a_bug_is_none(number: int, path: str) -> None:
    assert trouble.told(OSError(number, os.strerror(number), path)) is None


def test_a_full_disk_that_names_no_file_is_said_too() -> None:
    assert (trouble.told(OSError(errno.ENOSPC, "No space left on device")) or "").startswith("writing: no space left on device; ")
