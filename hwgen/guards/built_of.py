r"""What LaTeX's own mathematics is built of: commands that no formula writes, and by which `\sqrt`, `\,` and `\bigl` print what they do.

Names with an @ are refused as such. Nothing here looks at a page.
"""

from __future__ import annotations

# Of TeX itself.
_PRIMITIVES = """above abovewithdelims accent advance atop atopwithdelims bgroup begingroup box boxmaxdepth char copy cr crcr csname
    delimiter displaylimits displaystyle egroup else endcsname endgroup ensuremath expandafter fam fi halign hbox hfil hfill hfilneg
    hrule hskip hss if ifcase ifcat ifdim ifeof iffalse ifhbox ifhmode ifinner ifmmode ifnum ifodd iftrue ifvbox ifvmode ifvoid ifx
    ignorespaces indent kern lower mathaccent mathbin mathchar mathchoice mathclose mathinner mathop mathopen mathord mathpunct mathrel
    mkern moveleft moveright mskip multiply noalign noexpand noindent nonscript number omit or overline overwithdelims par penalty
    radical raise relax romannumeral scriptscriptstyle scriptstyle span string textstyle the underline unhbox unhcopy unkern unpenalty
    unskip unvbox unvcopy valign vbox vcenter vfil vfill vrule vskip vss vtop"""
# Of plain TeX, LaTeX, amsmath and mathtools.
_BUILT = """nobreakspace tmspace sqrtsign root uproot leftroot genfrac dfrac tfrac cfrac frac intop ointop iintop bordermatrix
    big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm qopname qopnamewl DOTSI DOTSB DOTSX
    mathpalette phantom vphantom hphantom smash mathstrut strut null thinspace medspace thickspace negthinspace negmedspace
    negthickspace enspace enskip quad qquad space mspace hphantom mathellipsis lvert rvert lVert rVert lbrace rbrace lbrack rbrack
    vert Vert langle rangle lfloor rfloor lceil rceil backslash vcentcolon ordinarycolon mathmakebox mathclap mathllap mathrlap
    substack subarray endsubarray smallmatrix endsmallmatrix matrix endmatrix array endarray multicolumn hdotsfor hdots skew
    operatorname operatornamewithlimits mathbf mathrm mathit mathsf mathtt mathcal mathbb mathfrak mathscr mathnormal boldsymbol bm pmb
    overrightarrow overleftarrow overbrace underbrace overset underset stackrel intertext shortintertext text textrm textnormal mbox
    hbox makebox fbox framebox raisebox parbox minipage endminipage boxed tag notag label eqref ref textsuperscript textsubscript
    emph textbf textit rmfamily normalfont selectfont mathchardef mathgroup mathversion"""
BUILT_OF = frozenset(f"\\{name}" for name in f"{_PRIMITIVES} {_BUILT}".split())
# What stays what it was wherever the document stands: LaTeX itself compares it. Others change inside of its environments.
_STAYS = "tmspace sqrtsign genfrac intop big Big bigg Bigg mathpalette mathstrut qopname root"
STAYS = frozenset(f"\\{name}" for name in _STAYS.split())
