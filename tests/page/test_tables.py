"""Generated tables keep their LaTeX cells, one row a line, under a header between rules."""

from __future__ import annotations

from hwgen.page.tables import long_table, tabular, whole_table, wide_tabular

ROWS = [["width", "$\\lambda$"], ["16", "$10^{-3}$"], ["64", r"5\%"]]


def test_a_table_holds_its_header_and_rows_in_order() -> None:
    lines = [line.strip() for line in tabular(ROWS).split("\n")]
    assert lines[0] == r"\begin{tabular}{@{}lr@{}}"
    assert lines[-1] == r"\end{tabular}"
    assert "".join(lines[1:-1]) == r"\toprulewidth&$\lambda$\\\midrule16&$10^{-3}$\\64&5\%\\\bottomrule"


def test_a_wide_table_is_the_same_from_margin_to_margin() -> None:
    narrow, wide = (make(ROWS).split("\n") for make in (tabular, wide_tabular))
    assert wide[0].strip() == r"\begin{tabular*}{\textwidth}{@{\extracolsep{\fill}}lr@{}}"
    assert wide[-1].strip() == r"\end{tabular*}"
    assert wide[1:-1] == narrow[1:-1]


def test_a_long_table_repeats_its_header_and_takes_its_columns() -> None:
    text = long_table(ROWS, "ll")
    assert text.startswith(r"\begin{longtable}{@{}ll@{}}")
    assert text.index("width") < text.index(r"\endhead") < text.index("16")


def test_a_whole_table_is_one_box_in_a_paragraph_of_its_own() -> None:
    text = whole_table(ROWS, "ll")
    assert "longtable" not in text
    assert text.startswith("{\\par\\smallskip\\centering\n\\begin{tabular}{@{}ll@{}}")
    assert text.endswith("\\end{tabular}\n\\par\\medskip}")


def test_no_line_ends_in_a_comment() -> None:
    assert not any(line.endswith("%") and not line.endswith(r"\%") for line in tabular(ROWS).split("\n"))
