"""The words of the report are there for all that it tells of."""

from __future__ import annotations

from hwgen.model import Kind
from hwgen.report.words import BY, seconds, unicode


def test_every_kind_of_evidence_has_its_word() -> None:
    assert set(BY) == set(Kind.__members__)


def test_a_time_has_no_power_of_ten() -> None:
    assert [seconds(one) for one in (0.00912, 1.234, 99.4, 99.7, 190.4)] == ["0.0091", "1.2", "99", "100", "190"]


def test_a_formula_among_words_has_signs_for_their_commands() -> None:
    assert unicode(r"\sum_j\alpha_j^2\le R^2 and \sup x\ne\infty") == "∑_jα_j^2≤ R^2 and sup x≠∞"
