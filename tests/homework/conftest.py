"""What the tests of the homework share: its exercises, loaded with every module."""

from __future__ import annotations

from hwgen.model import catalog

catalog.load()
