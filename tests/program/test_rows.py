"""The tables of a report are those of the page, and none is made without its arrays."""

from __future__ import annotations

from typing import Any

from hwgen.program.rows import rows


def test_a_table_has_its_head_and_its_rows_unless_an_array_is_missing(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    found = rows(document.content, evidence)
    assert found.keys() == {name for name, noun in evidence["nouns"].items() if noun["kind"] == "table"}
    assert all(len(table) > 1 and {len(row) for row in table} == {len(table[0])} for table in found.values())
    assert rows(document.content, {**evidence, "studies": {}}) == {}
