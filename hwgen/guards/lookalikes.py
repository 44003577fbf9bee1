r"""What has a decimal point and is no result: numbers of statements, versions, identifiers, colours, drawings, the ends of ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What is counted or called by a number, here or elsewhere: also several of them, and in parentheses.
_NAMED = (
    r"Part|Ch(?:ap|apter)?|[Ss]ec(?:t|tion)?|[Tt]hm|Theorem|Prop(?:osition)?|Lem(?:ma)?|Cor(?:ollary)?|Def(?:inition|n)?|Rem(?:ark)?|[Ff]ig(?:ure)?"
    r"|Tab(?:le)?|[Ee]qn?|[Ee]quation|Inequality|Formula|App(?:endix)?|Alg(?:orithm)?|Ex(?:ample|ercise|c)?|Assumption|Condition|Claim|Problem"
    r"|Question|[Vv]ersion|[Rr]elease|Python|NumPy|SciPy|SymPy|Matplotlib|pandas|scikit-learn|PyTorch|TensorFlow|JAX|CUDA|Julia|MATLAB|Octave"
    r"|Java|Ubuntu|Debian|Fedora|macOS|Windows|Linux|TeX~?\s?Live|LaTeX|pdfTeX|MiKTeX|hwgen"
)
_ONE = r"[\s~]*(?:\\S\s*)?\(?\d+(?:\.\d+)+\)?"
_FURTHER = rf"(?:(?:\s*,|\s*-{{2,3}}|[\s~]+(?:and|or|to))(?:[\s~]+and)?{_ONE})*"
_NUMBERED = re.compile(rf"(?:\b(?:{_NAMED})(?:s|es|\{{\}})?\.?(?:\\ )?|\\S\s?|§)[\s~]*{_ONE}{_FURTHER}")
_IDENTIFIERS = re.compile(r"(?:arXiv[:\s~]*|abs/)\d{4}\.\d{4,5}|\b10\.\d{4,9}/\S+", re.IGNORECASE)
_COLOURS = re.compile(r"\\(?:definecolor\s*(?:\{[^{}]*\}\s*){2}|\w*color\s*(?:\[[^\]]*\]\s*)?)\{[^{}]*\}")
_DRAWINGS = re.compile(r"\\begin\{(tikzpicture|picture|axis)\}.*?\\end\{\1\}", re.DOTALL)
_RANGES = re.compile(r"\\in\s*\\?[\[(]\s*-?\d*\.?\d+\s*,[^\])]*[\])]|-?\d*\.?\d+\s*(?:\$\s*)?-{2,3}\s*(?:\$\s*)?\d*\.?\d+")

Span = tuple[int, int]


def never(text: str) -> Iterator[Span]:
    """Where no number is a result, whatever its digits are."""
    for pattern in (_NUMBERED, _IDENTIFIERS, _COLOURS, _DRAWINGS):
        yield from (match.span() for match in pattern.finditer(text))


def hardly(text: str) -> Iterator[Span]:
    """Where both numbers are ends of a range of the setting, unless one of them is a result of this run."""
    yield from (match.span() for match in _RANGES.finditer(text))
