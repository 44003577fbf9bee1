"""A page in a real browser: how it is opened, its size and its light."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from conftest import PROJECT

TOOLS = PROJECT / "build" / "browser"
DESKTOP, PHONE = (1200, 900), (360, 740)
PATIENCE = 900  # axe-core on a page of hundreds of thousands of elements


def opened(chromium: Any, path: Path) -> Any:
    """The page as it opens, at the width of a desk, in light."""
    resize(chromium, *DESKTOP)
    lit(chromium, "light")
    chromium.get("about:blank")
    chromium.get(path.as_uri())
    return chromium


def resize(driver: Any, width: int, height: int) -> None:
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def lit(driver: Any, scheme: str) -> None:
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})


def run(driver: Any, script: str, *arguments: Any) -> Any:
    return driver.execute_script(script, *arguments)
