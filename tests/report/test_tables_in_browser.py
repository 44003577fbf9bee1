"""Tables that the page's script makes when they are asked for, in a real browser: arrays to save, wrong versions to unfold."""

from __future__ import annotations

import base64
import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from report.browsing import opened

pytestmark = pytest.mark.browser


def test_every_array_can_be_saved_as_a_table_with_all_its_entries(browser: Any) -> None:
    script = """const saved = [], texts = [], click = HTMLAnchorElement.prototype.click, url = URL.createObjectURL;
        HTMLAnchorElement.prototype.click = function () { saved.push(this.download); };
        URL.createObjectURL = (blob) => { texts.push(blob.text()); return "blob:none"; };
        const wanted = [...document.querySelectorAll('[data-save]')];
        for (const one of wanted) one.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
        HTMLAnchorElement.prototype.click = click; URL.createObjectURL = url;
        Promise.all(texts).then((all) => arguments[0]([wanted.map(one => one.dataset.save), saved, all, by('arrays')]));
        function by(id) { return JSON.parse(document.getElementById(id).textContent); }"""
    wanted, saved, texts, arrays = browser.execute_async_script(script)
    assert wanted == saved
    assert set(wanted) == arrays.keys()
    for file, text in zip(saved, texts, strict=True):
        head, *rows = csv.reader(io.StringIO(text))
        before = max(len(arrays[file]["axes"]) - 1, min(len(arrays[file]["axes"]), 1))
        assert head[:before] == [axis for axis, _ in arrays[file]["axes"][:before]]
        cells, entries = [cell for row in rows for cell in row[before:]], _entries(arrays[file])
        assert [type(one)(cell) for cell, one in zip(cells, entries, strict=True)] == entries


def _entries(held: dict[str, Any]) -> list[Any]:
    if "entries" in held:
        return list(held["entries"])
    return [float(f"{one:.{held['digits']}g}") for one in np.frombuffer(base64.b64decode(held["singles"]), "<f4")]


def test_wrong_versions_are_made_into_a_table_when_they_are_unfolded(chromium: Any, toy: Path) -> None:
    browser = opened(chromium, toy)
    folded = browser.find_element("css selector", "#claim-area details[data-wrong]")
    assert not folded.find_elements("tag name", "table")
    told = json.loads(folded.find_element("tag name", "script").get_attribute("textContent"))
    folded.find_element("tag name", "summary").click()
    from selenium.webdriver.support.wait import WebDriverWait

    rows = WebDriverWait(browser, 5).until(lambda _: folded.find_elements("css selector", "tbody tr:not(:first-child)"))
    shown = [[cell.text for cell in row.find_elements("tag name", "td")] for row in rows]
    assert len([row for row in shown if row[0] != "unreadable"]) == sum(len(kind["rows"]) for kind in told["kinds"].values())
    cube = next(row for row in rows if "23" in row.text.replace("\n", ""))
    assert [one.text for one in cube.find_elements("css selector", "del, ins")] == ["2", "3"]
    assert cube.text.startswith("refuted")
