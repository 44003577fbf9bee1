r"""Commands of LaTeX and the AMS that print a sign: operators, relations, arrows, punctuation, brackets; no letters to call a value by.

Standard library only; nothing here reads a formula.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hwgen.reading.commands import BARE, TAKEN

_OPERATORS = """amalg ast barwedge bigcirc bigtriangledown bigtriangleup boxdot boxminus boxplus boxtimes bullet Cap cap cdot centerdot
    circ circledast circledcirc circleddash Cup cup curlyvee curlywedge dagger ddagger diamond div divideontimes dotplus doublebarwedge
    doublecup doublecap gtrdot intercal land leftthreetimes lhd lor ltimes lessdot mp odot ominus oplus oslash otimes pm rhd
    rightthreetimes rtimes setminus smallsetminus sqcap sqcup star times triangleleft triangleright unlhd unrhd uplus vee veebar wedge wr"""
_BIG = """bigcap bigcup bigodot bigoplus bigotimes bigsqcup biguplus bigvee bigwedge coprod prod sum int oint iint iiint iiiint idotsint
    intop ointop smallint"""
_RELATIONS = """approx approxeq asymp backepsilon backsim backsimeq because between bowtie Bumpeq bumpeq circeq cong curlyeqprec
    curlyeqsucc dashv doteq doteqdot Doteq eqcirc eqsim eqslantgtr eqslantless equiv fallingdotseq frown ge geq geqq geqslant gets gg ggg
    gggtr gnapprox gneq gneqq gnsim gtrapprox gtreqless gtreqqless gtrless gtrsim gvertneqq in Join le leq leqq leqslant lessapprox
    lesseqgtr lesseqqgtr lessgtr lesssim ll lll llless lnapprox lneq lneqq lnsim lvertneqq mid models multimap ncong ne neq ngeq ngeqq
    ngeqslant ngtr ni nleq nleqq nleqslant nless nmid notin nparallel nprec npreceq nshortmid nshortparallel nsim nsubseteq nsubseteqq
    nsucc nsucceq nsupseteq nsupseteqq ntriangleleft ntrianglelefteq ntriangleright ntrianglerighteq nvdash nvDash nVdash nVDash owns
    parallel perp pitchfork prec precapprox preccurlyeq preceq precnapprox precneqq precnsim precsim propto risingdotseq shortmid
    shortparallel sim simeq smallfrown smallsmile smile sqsubset sqsubseteq sqsupset sqsupseteq subset Subset subseteq subseteqq subsetneq
    subsetneqq succ succapprox succcurlyeq succeq succnapprox succneqq succnsim succsim supset Supset supseteq supseteqq supsetneq
    supsetneqq therefore thickapprox thicksim trianglelefteq triangleq trianglerighteq varpropto varsubsetneq varsubsetneqq varsupsetneq
    varsupsetneqq vartriangleleft vartriangleright vDash vdash Vdash Vvdash lt gt coloneqq eqqcolon colonequals"""
_ARROWS = """to mapsto longmapsto hookleftarrow hookrightarrow leftharpoondown leftharpoonup rightharpoondown rightharpoonup
    rightleftharpoons leftrightharpoons iff implies impliedby nearrow searrow swarrow nwarrow leadsto rightsquigarrow leftrightsquigarrow
    dashleftarrow dashrightarrow twoheadleftarrow twoheadrightarrow leftarrowtail rightarrowtail looparrowleft looparrowright
    curvearrowleft curvearrowright circlearrowleft circlearrowright Lsh Rsh upharpoonleft upharpoonright downharpoonleft
    downharpoonright restriction"""
_DIRECTIONS = """left right leftright up down updown Left Right Leftright Up Down Updown longleft longright longleftright Longleft
    Longright Longleftright nleft nright nleftright nLeft nRight nLeftright leftleft rightright leftright rightleft upup downdown
    xleft xright Lleft Rright"""
_OTHERS = """backslash bigstar blacklozenge blacksquare blacktriangle blacktriangledown blacktriangleleft blacktriangleright cdotp cdots
    checkmark circledR circledS clubsuit colon complement copyright ddots diamondsuit diagdown diagup dots dotsb dotsc dotsi dotsm dotso
    emptyset exists flat forall heartsuit hdots infty langle lbrace lbrack lceil ldotp ldots lfloor lgroup lmoustache ln lnot lozenge lq
    lVert lvert maltese measuredangle nabla natural neg nexists not partial pounds prime rangle rbrace rbrack rceil rfloor rgroup
    rmoustache rq rVert rvert sharp slash spadesuit sphericalangle sqrt square surd top bot triangle triangledown varnothing vartriangle
    vdots Vert vert yen angle S P dag ddag Box Diamond backprime ulcorner urcorner llcorner lrcorner textbackslash degree"""
# The last of these stand in names of several tokens: \nabla f, \partial_t f, \triangle f, \square f.
_PREFIXES = frozenset({r"\nabla", r"\partial", r"\triangle", r"\square", r"\Box"})
_ALL = [
    *f"{_OPERATORS} {_BIG} {_RELATIONS} {_ARROWS} {_OTHERS}".split(),
    *(f"{one}arrow{more}" for one in _DIRECTIONS.split() for more in ("", "s")),
]
SIGNS_OF_LATEX = frozenset(f"\\{name}" for name in _ALL)
_ITALIC = frozenset({r"\mathit", r"\mathnormal", r"\textit"})
# What no index or variable may be called.
NO_NAMES = TAKEN | SIGNS_OF_LATEX
_TEXT = re.compile(r"\\(?:text|textrm|mbox)\s*\{\s*([0-9]+)\s*\}")
# Fonts that have capitals only: what stands for another letter in them is a sign.
_CAPITALS = frozenset({r"\mathcal", r"\mathscr", r"\mathbb"})
_BOLD = frozenset({r"\mathbf", r"\mathbb", r"\boldsymbol", r"\bm", r"\mathds", r"\mathbbm"})


def sign_in(key: tuple[str, ...]) -> str:
    """What is a sign or a number in the name of a value, outside of its scripts; nothing where all of it is letters."""
    depth = 0
    for place, token in enumerate(key):
        if depth or (place and key[place - 1] in {"^", "_"}):
            depth += (token == "{") - (token == "}")
            continue
        font = next((one for one in key[place - 1 :: -1] if one != "{"), "") if place else ""
        if font in _CAPITALS and len(token) == 1 and token.islower():
            return token
        sign = token in SIGNS_OF_LATEX and not (token in _PREFIXES and place + 1 < len(key))
        sign = sign or not (token[:1] == "\\" or token.isalnum() or token in {"{", "}", "^", "_", "'"})
        if sign or (token[:1].isdigit() and not _names(key, place)):
            return token
    return ""


def _names(key: tuple[str, ...], place: int) -> bool:
    r"""Whether a digit belongs to a name: behind letters in the braces of a font, as in \mathrm{L2}, or a bold one, which is a vector."""
    if place and key[place - 1] in _BOLD:
        return key[place] in {"0", "1"}
    opening = max((index for index in range(place) if key[index] == "{"), default=-1)
    return 0 < opening < place - 1 and key[opening - 1].startswith("\\") and "}" not in key[opening:place]


def _bare(tokens: Sequence[str]) -> list[str]:
    """The tokens without what gives a sign another kind, its braces, and braces that hold nothing."""
    kept: list[str] = []
    place = 0
    while place < len(tokens):
        end = _group_end(tokens, place + (tokens[place] in BARE))
        if tokens[place] in BARE:
            inside = _bare(tokens[place + 2 : end]) if end else []
            kept += ["{", *inside, "}"] if inside and kept[-1:] in (["^"], ["_"]) else inside
        elif end != place + 1:
            kept.append(tokens[place])
        place = end + 1 if end and (tokens[place] in BARE or end == place + 1) else place + 1
    return kept


def _group_end(tokens: Sequence[str], start: int) -> int:
    """Where the group ends that opens here; 0 where none does."""
    depth = 0
    for place in range(start, len(tokens)):
        depth += (tokens[place] == "{") - (tokens[place] == "}")
        if depth == 0:
            return place if place > start else 0
    return 0


def plain(key: tuple[str, ...]) -> str:
    """A name without what the page hardly shows: kinds of signs, words around numbers, an italic font, and any font around a number."""
    key = tuple(_bare([_TEXT.sub(r"\1", one) for one in key]))
    kept = [
        token
        for place, token in enumerate(key)
        if not (token in _ITALIC or (token.startswith((r"\math", r"\text")) and key[place + 1 : place + 2] and key[place + 1][0].isdigit()))
    ]
    opening = key[:1] and key[0] in _ITALIC and kept[:1] == ["{"]
    return " ".join(kept[1:-1] if opening and kept[-1] == "}" else kept)
