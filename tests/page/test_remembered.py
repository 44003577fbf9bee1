"""What a build leaves to the next one is believed only where this machine wrote it, whole, under this name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hwgen.page import remembered, signature

KNOWN = {"said": ["3 of 3"], "é\udcff": [1, None, 2.5]}


def test_what_was_left_is_read_again(tmp_path: Path) -> None:
    remembered.write(tmp_path / "one.json", KNOWN)
    assert remembered.read(tmp_path / "one.json") == KNOWN


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data + b" ",
        lambda data: data.replace(b"3 of 3", b"4 of 4"),
        lambda data: data.partition(b"\n")[2],
        lambda data: b"\n" + data.partition(b"\n")[2],
        lambda data: data.swapcase(),
        lambda data: b"\xff" * 70 + b"\n{}",
        lambda data: data[:65] + b"[" * 100_000,
    ],
)
def test_anything_else_is_as_not_there(tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    remembered.write(tmp_path / "one.json", KNOWN)
    (tmp_path / "one.json").write_bytes(change((tmp_path / "one.json").read_bytes()))
    assert remembered.read(tmp_path / "one.json") is None


def test_a_file_under_another_name_is_as_not_there(tmp_path: Path) -> None:
    remembered.write(tmp_path / "one.json", KNOWN)
    (tmp_path / "one.json").rename(tmp_path / "two.json")
    assert remembered.read(tmp_path / "one.json") is None
    assert remembered.read(tmp_path / "two.json") is None


def test_what_another_machine_left_is_as_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(signature, "key", lambda: b"k" * signature.LENGTH)
        remembered.write(tmp_path / "one.json", KNOWN)
        assert remembered.read(tmp_path / "one.json") == KNOWN
    assert remembered.read(tmp_path / "one.json") is None
