r"""Letters that LaTeX's T1 fonts do not have, put together from those that they have: the ễ of Nguyễn is \~ over ê.

Nothing here knows who bears a name.
"""

from __future__ import annotations

import unicodedata

# The accents that LaTeX has commands for, above a letter and below it.
ABOVE = {
    "GRAVE ACCENT": r"\`",
    "ACUTE ACCENT": r"\'",
    "CIRCUMFLEX ACCENT": r"\^",
    "TILDE": r"\~",
    "MACRON": r"\=",
    "BREVE": r"\u",
    "DOT ABOVE": r"\.",
    "DIAERESIS": r"\"",
    "RING ABOVE": r"\r",
    "DOUBLE ACUTE ACCENT": r"\H",
    "CARON": r"\v",
}
BELOW = {"CEDILLA": r"\c", "OGONEK": r"\k", "COMMA BELOW": r"\textcommabelow"}
# Those that it has none for, as what is set above or below.
SET_ABOVE = {
    "HOOK ABOVE": r"\hwgenhook",
    "DOUBLE GRAVE ACCENT": r"\`{}\kern-0.3em\`{}",
    "INVERTED BREVE": r"\rotatebox[origin=c]{180}{\u{}}",
}
SET_BELOW = {
    "CIRCUMFLEX ACCENT BELOW": r"\^{}",
    "TILDE BELOW": r"\~{}",
    "BREVE BELOW": r"\u{}",
    "DIAERESIS BELOW": r"\"{}",
    "RING BELOW": r"\r{}",
    "DOT BELOW": r"\.{}",
    "MACRON BELOW": r"\={}",
}
# Letters that Unicode does not take apart and T1 has not.
WHOLE = {"ə": r"\rotatebox[origin=c]{180}{e}", "Ə": r"\rotatebox[origin=c]{180}{\scalebox{1.4}{e}}", "ĸ": r"\textsc{k}"}
# Those of a font encoding T1, beyond Latin-1.
T1 = frozenset(
    "ĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭĮįİıĲĳĴĵĶķĹĺĻļĽľŁłŃńŅņŇňŊŋ"
    "ŌōŎŏŐőŒœŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžǄǅǆǇǈǉǊǋǌǍǎǏǐǑǒǓǔǢǣǦǧ"
    "ǨǩǪǫǰǴǵȘșȚțȲȳȷḂḃḍḞḟḠḡḥḰḱḷṃṅṇṛṣṭẎẏẐẑẞỲỳﬀﬁﬂﬃﬄﬅﬆ"
)
DOTLESS = {"i": r"\i", "j": r"\j"}
LATIN_1 = 0x100


def declared(text: str) -> str:
    """The declarations, without an end of line, of all letters of a text that LaTeX may not know."""
    found = sorted(letter for letter in set(text) if ord(letter) >= LATIN_1 and letter not in T1 and latex(letter))
    return "".join(rf"\DeclareUnicodeCharacter{{{ord(one):04X}}}{{\hwgenletter{{{_utf16(one)}}}{{{latex(one)}}}}}" for one in found)


def latex(letter: str) -> str:
    """A letter of the Latin script as LaTeX prints it in any T1 font; empty if it cannot."""
    name = unicodedata.name(letter, "")
    if not name.startswith("LATIN "):
        return ""
    if letter in WHOLE:
        return WHOLE[letter]
    parts = unicodedata.normalize("NFD", letter)
    if len(parts) > 1:
        return _composed(parts[0], [unicodedata.name(part).removeprefix("COMBINING ") for part in parts[1:]])
    several = unicodedata.normalize("NFKD", letter)
    if several != letter:
        return "".join(one if one.isascii() else latex(one) for one in unicodedata.normalize("NFC", several))
    return _struck(name)


def _composed(base: str, accents: list[str]) -> str:
    """The base with its accents, the nearest first; those below are set last, since they bear any box."""
    base = base if ord(base) < LATIN_1 or base in T1 else latex(base)
    above = [one for one in accents if one in ABOVE or one in SET_ABOVE]
    below = [one for one in accents if one in BELOW or one in SET_BELOW]
    horned = "HORN" in accents
    if not base or len(above) + len(below) + horned != len(accents):
        return ""
    found = rf"\hwgenhorned{{{base}}}" if horned else base
    for number, accent in enumerate(above):
        dotless = DOTLESS.get(found, found)
        plain = accent in ABOVE and number == 0 and not horned
        found = f"{ABOVE[accent]}{{{dotless}}}" if plain else rf"\hwgenabove{{{dotless}}}{{{_mark(accent)}}}"
    for accent in below:
        found = f"{BELOW[accent]}{{{found}}}" if accent in BELOW else rf"\hwgenbelow{{{found}}}{{{SET_BELOW[accent]}}}"
    return found


def _mark(accent: str) -> str:
    return SET_ABOVE.get(accent) or f"{ABOVE[accent]}{{}}"


def _struck(name: str) -> str:
    """A letter with a stroke, named after the letter without it."""
    base, _, stroke = name.partition(" WITH ")
    if stroke not in {"STROKE", "BAR"}:
        return ""
    try:
        letter = unicodedata.lookup(base)
    except KeyError:
        return ""
    return rf"\hwgenstruck{{{letter}}}" if letter.isascii() else ""


def _utf16(letter: str) -> str:
    return letter.encode("utf-16-be").hex().upper()
