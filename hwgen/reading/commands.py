r"""The words of LaTeX by what they do: one table, command to role, for the reader and for every guard of the page.

Standard library only; nothing here reads a formula or looks at a page.
"""

from __future__ import annotations

from hwgen.reading.roles import Role


def _commands(names: str) -> str:
    return " ".join(f"\\{name}" for name in names.split())


_SIDES = {"l": "open", "r": "close", "": "either"}
# The commands of size, and which side of a pair the delimiter after it is on.
SIZES = {r"\left": "open", r"\right": "close"} | {
    f"\\{size}{side}": kind for size in ("big", "Big", "bigg", "Bigg") for side, kind in _SIDES.items()
}
# The reader's relations, each by the sign that it means.
RELATIONS = {"=": "=", "<": "<", ">": ">", r"\le": r"\le", r"\leq": r"\le", r"\leqslant": r"\le"}
RELATIONS |= {r"\coloneqq": "=", r"\triangleq": "=", ":=": "="}
RELATIONS |= {r"\ge": r"\ge", r"\geq": r"\ge", r"\geqslant": r"\ge"}
# Signs of MathJax's: in LaTeX they are undefined, unless they are the author's own, which are expanded before anything is read.
NOT_LATEX = {r"\lt": "<", r"\gt": ">"}
_NAMES = ("log", "exp", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh")
ELEMENTARY = {rf"\{name}": name for name in _NAMES} | {r"\ln": "log", r"\det": "det"}
BIG = {r"\sum": "sum", r"\prod": "product", r"\max": "max", r"\min": "min", r"\sup": "sup", r"\inf": "inf"}
# What reaches over the factors behind it.
REACHING = frozenset({*BIG, r"\lim"})

# The ways in which LaTeX gives a command a meaning.
_OWN = "newcommand renewcommand providecommand DeclareRobustCommand"
_KINDS = [f"{kind}Command{copy}" for kind in ("", "Expandable", "Document", "ExpandableDocument") for copy in ("", "Copy")]
_DOCUMENT = " ".join(f"{way}{kind}" for way in ("New", "Renew", "Provide", "Declare") for kind in _KINDS)
_PAIRED = "DeclarePairedDelimiter DeclarePairedDelimiterX"
_PATCHES = """patchcmd apptocmd pretocmd xpatchcmd xapptocmd xpretocmd regexpatchcmd xpatchoptarg MakeRobust MakeRobustCommand
    newrobustcmd renewrobustcmd providerobustcmd robustify cslet letcs undef newcommandx renewcommandx
    providecommandx newlength newsavebox newcount newdimen newskip newtoks newfont font"""
_MATHS = "DeclareMathOperator DeclareMathSymbol DeclareMathAccent DeclareMathDelimiter"
# What decides which glyph a character or an alphabet prints, without a command that is named anew.
_GLYPHS = """mathcode delcode Umathcode Umathcodenum Udelcode Udelcodenum XeTeXmathcode XeTeXmathcodenum XeTeXdelcode XeTeXdelcodenum
    DeclareSymbolFont SetSymbolFont DeclareSymbolFontAlphabet DeclareMathAlphabet SetMathAlphabet DeclareMathVersion DeclareMathRadical
    DeclareFontFamily DeclareFontShape DeclareFontSubstitution DeclareUnicodeCharacter newunicodechar pdfmapfile pdfmapline
    useshorthands defineshorthand aliasshorthand languageshorthands MakeOuterQuote MakeInnerQuote MakeAutoQuote
    MakeForeignQuote renewcases renewgathered endlinechar newtagform renewtagform usetagform"""

# What prints nothing: anywhere, and in a formula without any meaning.
_INVISIBLE = "nobreak null unskip ignorespaces leavevmode protect nolinebreak strut xspace phantomsection"
_STYLED = "displaystyle textstyle limits nolimits nonumber notag allowbreak relax"

_LISTED = {
    Role.GROUP: "{",
    Role.GROUP_END: "}",
    Role.FORMULA: r"\( \[",
    Role.FORMULA_END: r"\) \]",
    Role.DOLLAR: "$",
    Role.LEFT: r"\left",
    Role.RIGHT: r"\right",
    Role.CONDITION_END: r"\fi",
    Role.THIN: r"~ \, \: \! \> \/ " + _commands("thinspace negthinspace medspace thickspace negmedspace negthickspace"),
    Role.WIDE: r"\; " + _commands("quad qquad enspace hfill newline"),
    Role.ALIGN: "&",
    Role.STYLE: r"\- " + _commands(f"{_STYLED} {_INVISIBLE}"),
    Role.EMPTY: _commands("hspace vspace phantom vphantom index glossary vadjust"),
    Role.LABEL: _commands("label tag"),
    Role.TESTED: _commands("checked refuted for"),
    Role.STATED: _commands("verified"),
    Role.RELATION: " ".join([*RELATIONS, *NOT_LATEX]),
    Role.ASSERTION: _commands("""to longrightarrow rightarrow Rightarrow Longrightarrow iff Longleftrightarrow approx sim simeq asymp ll gg
        xrightarrow ne neq succeq preceq succ prec equiv implies subset subseteq uparrow nearrow"""),
    Role.MEMBERSHIP: _commands("in notin ni propto mapsto supset supseteq perp parallel cong doteq not lesssim gtrsim"),
    Role.SIGN: r"+ - \pm \mp",
    Role.TIMES: "* / " + _commands("cdot times div ast odot otimes oplus ominus circ bullet star cup cap setminus wedge vee"),
    Role.SCRIPT: "^ _",
    Role.SUFFIX: r"' ! " + _commands("prime bmod pmod mod pod"),
    Role.OPEN: r"( [ \{ " + _commands("lbrace lbrack lvert lVert langle lfloor lceil"),
    Role.CLOSE: r") ] \} " + _commands("rbrace rbrack rvert rVert rangle rfloor rceil"),
    Role.BAR: r"| \| " + _commands("vert Vert mid"),
    Role.SIZE: " ".join([*SIZES, r"\middle"][2:]),
    Role.SEPARATOR: ", ; :",
    Role.STOP: ". ?",
    Role.FRACTION: _commands("frac tfrac dfrac cfrac"),
    Role.BINOMIAL: _commands("binom tbinom dbinom"),
    Role.ROOT: _commands("sqrt"),
    Role.FUNCTION: " ".join(ELEMENTARY),
    Role.BIG: " ".join(REACHING),
    Role.INTEGRAL: _commands("int"),
    Role.NAMED: _commands("pi infty"),
    Role.ACCENT: _commands("hat bar tilde widehat widetilde overline vec dot"),
    Role.FONT: _commands("mathrm mathbf mathbb mathsf mathcal mathit mathfrak mathscr boldsymbol bm operatorname"),
    Role.ATOM: _commands("mathbin mathrel mathop mathord mathopen mathclose mathpunct mathinner"),
    Role.DOTS: _commands("dots ldots cdots"),
    Role.OVER: _commands("overset underset stackrel"),
    Role.WORDS: _commands("text"),
    Role.INTERTEXT: _commands("intertext shortintertext"),
    Role.INLINE: _commands("emph textbf textit textsl textsc textup textrm textsf textmd textnormal underline mbox fbox further"),
    Role.PRINTS: _commands("footnote footnotetext parbox multicolumn multirow subsection* section* subsubsection* paragraph*"),
    Role.MOVES: _commands("title author caption caption* part chapter section subsection subsubsection paragraph subparagraph"),
    Role.BREAK: _commands("""item par noindent indent centering raggedright raggedleft smallskip medskip bigskip newpage clearpage
        qedhere hline toprule midrule bottomrule"""),
    Role.SWITCH: _commands("""tiny scriptsize footnotesize small normalsize large Large LARGE bfseries itshape upshape slshape scshape
        mdseries rmfamily sffamily ttfamily"""),
    Role.RAISED: _commands(
        "textsuperscript textsubscript textonehalf textonequarter textpm texttimes textdiv textminus ensuremath raisebox sp sb"
    ),
    Role.COLOUR: _commands("color mathcolor"),
    Role.ALTERS: _commands("""fontsize usefont fontfamily fontencoding nullfont pagecolor transparent bgroup begingroup cellcolor rowcolor
        columncolor rowcolors"""),
    Role.NAMES: _commands("""ref eqref pageref autoref cref Cref labelcref nameref vref Vref subref namecref nameCref lcnamecref zcref
        crefrange Crefrange labelcrefrange vrefrange cite citep citet citealp citealt citeauthor citeyear
        parencite textcite autocite nocite bibitem url href nolinkurl doi eprint includegraphics scalebox linespread"""),
    Role.GIVEN: _commands("given"),
    Role.FILE: _commands("input include InputIfFileExists"),
    Role.DEFINES: _commands(f"def edef gdef xdef chardef mathchardef {_OWN} {_DOCUMENT} {_PAIRED} {_PATCHES} {_MATHS}"),
    Role.LETS: _commands("let futurelet LetLtxMacro GlobalLetLtxMacro"),
    Role.CODES: "^^ "
    + _commands(f"""catcode lccode uccode lowercase uppercase scantokens everymath everydisplay everypar everyhbox everyvbox everycr
        mathchoice textfont scriptfont scriptscriptfont fontdimen thinmuskip medmuskip thickmuskip mathsurround
        spaceskip xspaceskip {_GLYPHS}"""),
    Role.BEHIND: _commands("""csname endcsname expandafter makeatletter makeatother write immediate openout closeout aftergroup
        afterassignment AtBeginDocument AddToHook AddToHookNext AddToHookWithArguments AddToHookNextWithArguments AtBeginEnvironment
        AtEndEnvironment BeforeBeginEnvironment AfterEndEnvironment AfterEndPreamble AtEndPreamble ExplSyntaxOn special
        pdfliteral endinput stop document enddocument MakeShortVerb DefineShortVerb UseName ExpandArgs csuse csdef csgdef csedef csxdef
        csletcs csundef csappto csgappto cseappto csxappto cspreto csgpreto csepreto csxpreto csnumdef
        csnumgdef csdimdef csdimgdef csgluedef csgluegdef csshow"""),
    Role.OVERPRINTS: _commands("rlap llap clap mathrlap mathllap mathclap kern mkern hskip mskip lower raise smash hphantom"),
}
ROLES = {word: role for role, listed in _LISTED.items() for word in listed.split()} | {"\\ ": Role.WIDE, "\\\n": Role.WIDE}


def words(*roles: Role) -> frozenset[str]:
    """Every listed word that has one of these roles."""
    return frozenset(word for word, role in ROLES.items() if role in roles)


# Environments by what they do; a display has a starred form too, but for displaymath.
DISPLAYS = frozenset(["equation", "align", "gather", "multline", "alignat", "flalign", "eqnarray", "displaymath", "xalignat", "xxalignat"])
# All that makes a formula.
FORMULAS = DISPLAYS | {"math"}
# What stands in a display and breaks it into parts.
PARTS = frozenset(["split", "aligned", "alignedat", "gathered"])
# What is followed by a number of columns in braces.
COLUMNS = frozenset(["alignat", "xalignat", "xxalignat", "alignedat"])
# Tables, and all that is followed by an argument in braces.
TABLES = frozenset(["tabular", "tabular*", "tabularx", "longtable", "array"])
LISTS = frozenset(["itemize", "enumerate", "description"])
SHAPED = COLUMNS | TABLES | {"minipage", "multicols"}
# Rows that the reader knows inside a formula.
ROWS = frozenset(["pmatrix", "bmatrix", "smallmatrix", "cases"])
# What prints its content as text, as it is.
_TEXTS = """document proof abstract itemize enumerate description center flushleft flushright quote quotation figure figure* table
    table* tabular tabular* tabularx longtable minipage multicols mdframed subequations small footnotesize"""
TEXTS = frozenset(_TEXTS.split())
# Which argument of a command that prints one, from 0, is printed as it is.
PRINTED = dict.fromkeys(words(Role.INLINE, Role.PRINTS, Role.INTERTEXT), 0) | {r"\parbox": 1, r"\multicolumn": 2, r"\multirow": 2}
# How many arguments a command takes whole; a script and a root without a degree expand what they meet instead.
TAKES = dict.fromkeys(words(Role.FRACTION, Role.BINOMIAL), 2) | dict.fromkeys(words(Role.ROOT, Role.FONT, Role.ACCENT, Role.WORDS), 1)

OPERATORS = {"arsinh": "arcsinh", "arcosh": "arccosh", "artanh": "arctanh", "erf": "erf", "erfc": "erfc", "sign": "sign", "sgn": "sign"}
OPERATORS |= {"tr": "trace", "Tr": "trace", "trace": "trace", "det": "det", "diag": "diag", "rank": "rank", "rk": "rank"}
FRACTIONS = words(Role.FRACTION)
GROUPS = {"(": ")", "[": "]", r"\{": r"\}"}
TIMES = frozenset({r"\cdot", r"\times"})
SIGNS = frozenset({"+", "-"})
# Relations between indices below an operator.
BETWEEN = {"<": "<", ">": ">", r"\le": "<=", r"\leq": "<=", r"\leqslant": "<=", r"\ge": ">=", r"\geq": ">=", r"\geqslant": ">="}
BETWEEN |= {r"\ne": "!=", r"\neq": "!="}
# Letters that stand for whole numbers; a range of reals below an operator is not written with one of them.
WHOLE_LETTERS = frozenset([*"ijklmnpqIJKLMNPQ", r"\ell"])
# Those of them that count in whatever range they stand: \max_{j\in[1,n]}.
COUNTS = frozenset([*"ijklmn", r"\ell"])
# Letters that a reader takes for functions when a bracket follows.
FUNCTION_LETTERS = frozenset(["f", "g", "h", "F", "E", "P", r"\phi", r"\varphi", r"\psi", r"\Phi", r"\Psi", r"\sigma"])
# Those that are functions where they stand without a script, and those that are eigenvalues and the like of a matrix in a bracket.
BARE_FUNCTIONS = frozenset({(r"\Gamma",), (r"\zeta",)})
SPECTRAL = frozenset({r"\lambda", r"\mu", r"\rho", r"\kappa"})
# What makes a fraction a derivative when it stands above and below.
DIFFERENTIALS = frozenset({"d", r"\partial", r"\delta", r"\Delta"})
# Products of arrays by a sign of their own.
TENSORS = {r"\odot": "hadamard", r"\otimes": "kron"}
DEFINITIONS = frozenset({r"\coloneqq", r"\triangleq", ":="})
# What joins two factors or closes a bracket: a formula goes on across the end of a row before it.
JOINS = TIMES | {"/", ")", "]", r"\}", r"\rvert", r"\rVert", r"\rangle", r"\odot", r"\otimes"}
# How the tokens of words begin that stand outside of rows.
WORDS = r"\text "
# Other spellings of the same sign on the page.
SPELLINGS = {r"\vert": "|", r"\Vert": r"\|", r"\lbrace": r"\{", r"\rbrace": r"\}", r"\lbrack": "[", r"\rbrack": "]"}
SPELLINGS |= {r"\tbinom": r"\binom", r"\dbinom": r"\binom", r"\intercal": r"\top"}
INEXACT = frozenset({r"\pm", r"\mp", r"\dots", r"\ldots", r"\cdots", r"\text", r"\approx", r"\sim", r"\to"})
INEXACT |= {r"\in", r"\propto", r"\equiv", r"\ne", r"\neq"}
STYLES = frozenset(_commands(f"{_STYLED} medspace thickspace negthinspace thinspace enspace").split())
# What no index or variable may be called: these words mean something by themselves.
TAKEN = frozenset(
    {*RELATIONS, *ELEMENTARY, *FRACTIONS, *GROUPS, *GROUPS.values(), *BIG, *TIMES, *INEXACT}
    | {r"\pi", r"\infty", r"\int", r"\sqrt", r"\binom", r"\mathrm", r"\mathbb", r"\operatorname", r"\top", r"\intercal"}
    | {r"\lvert", r"\rvert", r"\lVert", r"\rVert", r"\langle", r"\rangle", r"\|", r"\hat", r"\bar", r"\tilde", r"\mathbf", r"\mathcal"}
    | {r"\lfloor", r"\rfloor", r"\lceil", r"\rceil", r"\mid", r"\mathsf", r"\partial", *TENSORS, *SPELLINGS} - {"[", "]"}
)
# Names of several tokens that mean something by themselves: nothing is bound or defined by one of them.
_FONTS = (r"\mathrm", r"\mathsf")
MEANT = frozenset({*((font, one) for font in _FONTS for one in ("T", "d", "e")), *((r"\mathbb", one) for one in "RNZQC"), (r"\nabla",)})
# What a claim may bind all the same, and no formula may define in passing.
NOT_DEFINED = frozenset({("e",), ("d",), ("T",), (r"\Pr",), (r"\mathbb", "E"), (r"\mathbb", "P")})


# What changes nothing of what the page shows of a letter: its kind, and what holds it together.
BARE = words(Role.ATOM) | {r"\ensuremath", r"\protect", r"\limits", r"\nolimits"}


def squeezed(text: str) -> str:
    """LaTeX of a formula without white space, which prints nothing there."""
    return "".join(text.split())
