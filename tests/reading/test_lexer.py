r"""A text is tokens once: each of its role, in the text that LaTeX sees, and with what it opens or closes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.page.neighbours import IN_ROWS, after_it, before_it
from hwgen.page.rendered import Rendered
from hwgen.page.text import visible
from hwgen.reading.commands import ROLES
from hwgen.reading.lexer import tokens
from hwgen.reading.roles import Role

Make = Callable[[str], Rendered]
HERE = "@@@{constants.here}@"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("ab 12.5", [Role.LETTERS, Role.BLANK, Role.NUMBER]),
        ("a\n \nb", [Role.LETTERS, Role.PARAGRAPH, Role.LETTERS]),
        ("a% c\n  b", [Role.LETTERS, Role.NOTHING, Role.LETTERS]),
        ("a% c\n\nb", [Role.LETTERS, Role.NOTHING, Role.PARAGRAPH, Role.LETTERS]),
        (r"\begin {equation}\end{equation}", [Role.BEGIN, Role.END]),
        (r"\\[2pt]\\*\\[x", [Role.ROW, Role.ROW, Role.ROW, Role.OPEN, Role.LETTERS]),
        (r"\verb|%|\verbatim", [Role.VERBATIM, Role.COMMAND]),
        (r"\ifx\iff\fi\newif", [Role.CONDITION, Role.ASSERTION, Role.CONDITION_END, Role.COMMAND]),
        (HERE + r"\hwgenkeep\hwgenauthor", [Role.VALUE, Role.BEHIND, Role.COMMAND]),
        ("^^5c:=é", [Role.CODES, Role.NUMBER, Role.LETTERS, Role.RELATION, Role.MARK]),
        (r"\ \%\$", [Role.WIDE, Role.MARK, Role.MARK]),
    ],
)
def test_each_token_has_its_role(text: str, roles: list[Role]) -> None:
    assert tokens(text).roles == roles


def test_all_tokens_make_up_what_is_seen(rendered: Make) -> None:
    text = "a % c\n \\verb|%$|{b}\\end{document} c"
    seen = visible(rendered(text))
    assert "".join(seen.tokens.texts) == seen.text == "a \n          {b}"
    assert all(seen.text[one.start : one.stop] == one.text for one in map(seen.tokens.__getitem__, range(len(seen.tokens))))
    assert [seen.tokens.at(offset) for offset in (0, 1, 2, 15)] == [0, 1, 2, 6]


def test_no_word_stands_in_the_table_twice() -> None:
    from hwgen.reading import commands

    listed = [word for one in commands._LISTED.values() for word in one.split()]
    assert len(listed) == len(set(listed))
    assert set(ROLES) >= set(listed)


@pytest.mark.parametrize(
    ("text", "opener"),
    [
        (r"{a} {b # } c", "{"),
        (r"$a$ $b # $", "$"),
        (r"\begin{x} {a} # \end{x}", r"\begin{x}"),
        (r"\left( # \right)", r"\left"),
        (r"$$ # $$", "$"),
        ("a {b} #", None),
    ],
)
def test_what_encloses_a_token_most_closely_is_known(rendered: Make, text: str, opener: str | None) -> None:
    seen = visible(rendered(text))
    found = seen.nesting.around(seen.tokens.texts.index("#"))
    assert (seen.tokens.texts[found] if found >= 0 else None) == opener


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("2#3", "2", "3"),
        (r"2\,{}\label{e}\displaystyle&#\text{ }{}\verified{x}\notag\quad3", "2", "3"),
        (r"{2}#{3}", "}", "{"),
        (r"\begin{split}#\end{split}", None, None),
        (r"2\begin{aligned}[t]#\end{aligned}3", "2", "3"),
        (r"2\begin{alignedat}{2}#\end{alignedat}3", "2", "3"),
        (r"\text{a}#\text{b}", "}", r"\text"),
        (r"\frac12\relax #\relax 3", "12", "3"),
        ("2%\n  #%\n 3", "2", "3"),
        ("2\n\n#\n\n3", "\n\n", "\n\n"),
    ],
)
def test_what_prints_nothing_is_passed_over(rendered: Make, text: str, before: str | None, after: str | None) -> None:
    seen = visible(rendered(text))
    here = seen.tokens.texts.index("#")
    left, right = before_it(seen, here, passing=IN_ROWS), after_it(seen, here + 1, len(seen.tokens), IN_ROWS)
    assert (left.token and left.token.text, right.token and right.token.text) == (before, after)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (r"{2}#{3}", "2", "3"),
        (r"\textbf{a 2}#\emph{3}", "2", "3"),
        (r"2\textbf{#}3", "2", "3"),
        (r"2{\small #}3", "2", "3"),
        (r"x^{2}#", "}", None),
        (r"x^{#}3", "{", "}"),
        (r"\sout{2}#\sout{3}", "}", r"\sout"),
        (r"2\footnote{#}3", "{", "}"),
    ],
)
def test_a_group_that_prints_as_it_stands_is_gone_into(rendered: Make, text: str, before: str | None, after: str | None) -> None:
    seen = visible(rendered(text))
    here = seen.tokens.texts.index("#")
    left, right = before_it(seen, here, into=True), after_it(seen, here + 1, len(seen.tokens), into=True)
    assert (left.token and left.token.text, right.token and right.token.text) == (before, after)
