"""The style of the figures is the engine's alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DRAW = """
import hashlib
from hwgen.judging.drawing import drawn
print(hashlib.sha256(drawn(lambda figure: figure.subplots().plot([1, 2, 4], "o-"), (), 2.0)).hexdigest())
"""


def _drawn(folder: Path, script: str = DRAW, **environment: str) -> str:
    known = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment}
    return subprocess.run([sys.executable, "-c", script], cwd=folder, env=known, capture_output=True, text=True, check=True).stdout


def test_a_users_style_a_language_and_a_clock_change_no_byte(tmp_path: Path) -> None:
    plain = _drawn(tmp_path)
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\naxes.grid: True\npdf.compression: 0\nsavefig.pad_inches: 2\n")
    assert _drawn(tmp_path) == plain
    assert _drawn(tmp_path, MPLCONFIGDIR=str(tmp_path), LC_ALL="de_DE.UTF-8", TZ="Asia/Tokyo", PYTHONHASHSEED="7") == plain


def test_a_users_time_zone_for_dates_changes_no_byte(tmp_path: Path) -> None:
    """It is among the settings that matplotlib's own defaults leave as they are."""
    dates = DRAW.replace("[1, 2, 4]", "[datetime(2025, 1, 1, hour, tzinfo=UTC) for hour in (1, 2, 4)]").replace(
        "import hashlib\n", "import hashlib\nfrom datetime import UTC, datetime\n"
    )
    plain = _drawn(tmp_path, script=dates)
    (tmp_path / "matplotlibrc").write_text("timezone: Asia/Tokyo\ndate.epoch: 2000-01-01T00:00:00\n")
    assert _drawn(tmp_path, script=dates) == plain
