"""What the text says of its own structure: statements, the claims inside of each, and what each proof refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hwgen.page.formulas import names
from hwgen.page.page import Page
from hwgen.page.template_errors import FOLDER

_BEGIN = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+\*?)\}")
_THEOREM = re.compile(r"\\newtheorem\*?\s*\{([A-Za-z]+)\}(?:\[[^\]]*\])?\s*\{([^{}]*)\}")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_REFERENCE = re.compile(r"\\(?:ref|eqref|autoref|cref|Cref)\s*\{([^{}]*)\}")
TITLE = re.compile(r"\s*\[([^\[\]]*)\]")
_FOLLOWS = re.compile(r"\s*\\begin\s*\{proof\}")
_FLOAT = re.compile(r"\s*\\begin\s*\{(?:figure|table)\*?\}")
_END = re.compile(r"\\end\s*\{[^{}]*\}")
PROOF, FLOATS = "proof", frozenset({"figure", "figure*", "table", "table*"})


@dataclass(frozen=True, kw_only=True)
class Part:
    """A stretch of the page: an environment from `low` to `high`."""

    kind: str
    low: int
    high: int


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A theorem or an answer: its labels, the claims in it and in its proof, and what its proof refers to.

    `name` and `words` are what its title is made of, `label` is its own one: LaTeX alone knows its number on the page. `low` is where
    it begins in the text, `proof` where its proof stands, which has no length where there is none.
    """

    key: str
    title: str
    place: str
    labels: frozenset[str]
    claims: tuple[str, ...]
    proved_with: tuple[str, ...]
    refers: tuple[str, ...]
    proved: bool
    name: str = ""
    words: str = ""
    label: str = ""
    kind: str = ""
    low: int = 0
    proof: tuple[int, int] = (0, 0)


def statements(page: Page) -> list[Statement]:
    """The statements of a page, in its order: what \\newtheorem names, and every environment that a proof follows."""
    parts = sorted(environments(page.text.text), key=lambda part: part.low)
    named = theorems(page)
    found: list[Statement] = []
    for part in parts:
        proof = proof_of(part, parts, page)
        if part.kind != PROOF and part.kind not in FLOATS and (part.kind in named or proof):
            found.append(statement(page, part, proof, named, len(found) + 1))
    return found


def theorems(page: Page) -> dict[str, str]:
    """The environments that \\newtheorem makes, with the words that they print."""
    files = sorted((page.root / FOLDER).glob("*.tex"))
    texts = [page.text.text, *(path.read_text(errors="replace") for path in files)]
    return {name: words for text in texts for name, words in _THEOREM.findall(text)}


def environments(text: str) -> Iterator[Part]:
    """Every environment with its content."""
    stack: list[tuple[str, int]] = []
    for match in _BEGIN.finditer(text):
        if match[1] == "begin":
            stack.append((match[2], match.end()))
        elif any(kind == match[2] for kind, _ in stack):
            while stack[-1][0] != match[2]:
                stack.pop()
            kind, low = stack.pop()
            yield Part(kind=kind, low=low, high=match.start())


def proof_of(part: Part, parts: list[Part], page: Page) -> Part | None:
    """The proof that follows an environment, with nothing but white space and floats between them."""
    text, at = page.text.text, _after(part, page)
    while (float_ := _FLOAT.match(text, at)) and (inside := next((one for one in parts if one.low == float_.end()), None)):
        at = _after(inside, page)
    follows = _FOLLOWS.match(text, at)
    return next((one for one in parts if one.low == follows.end()), None) if follows else None


def _after(part: Part, page: Page) -> int:
    """Where an environment has ended."""
    end = _END.match(page.text.text, part.high)
    return end.end() if end else part.high


def statement(page: Page, part: Part, proof: Part | None, named: Mapping[str, str], number: int) -> Statement:
    """An environment as a statement, with the proof that follows it."""
    text = page.text.text[part.low : part.high]
    title = TITLE.match(text)
    inside = page.text.text[proof.low : proof.high] if proof else ""
    own = _LABEL.match(text, len(text) - len(text[title.end() if title else 0 :].lstrip()))
    name = named.get(part.kind, part.kind.capitalize())
    labels = frozenset(_LABEL.findall(text))
    refers = referred(inside)
    return Statement(
        key=f"statement-{number}",
        kind=part.kind,
        title=f"{name} {number}{f' ({title[1]})' if title else ''}",
        name=name,
        words=title[1] if title else "",
        label=own[1] if own else "",
        place=str(page.text.place(part.low)),
        low=part.low,
        proof=(proof.low, proof.high) if proof else (part.high, part.high),
        labels=labels,
        claims=_claims(page, part),
        proved_with=_claims(page, proof) if proof else (),
        refers=tuple(dict.fromkeys(name for name in refers if name not in labels)),
        proved=proof is not None,
    )


def _claims(page: Page, part: Part) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in page.marked if part.low <= one.start < part.high for name in names(one.formula)))


def referred(text: str) -> list[str]:
    """The labels that a text refers to, in its order."""
    return [name.strip() for listed in _REFERENCE.findall(text) for name in listed.split(",")]


def labelled(page: Page) -> dict[str, tuple[str, ...]]:
    """The claims that stand in the display of each label."""
    found: dict[str, tuple[str, ...]] = {}
    for span in page.text.formulas:
        if span.display:
            inside = tuple(dict.fromkeys(name for one in page.marked if span.low <= one.start < span.high for name in names(one.formula)))
            found |= dict.fromkeys(_LABEL.findall(page.text.text[span.start : span.stop]), inside)
    return found
