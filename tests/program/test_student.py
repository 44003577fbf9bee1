from __future__ import annotations

import dataclasses
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hwgen.model import Homework, Place, Student
from hwgen.model.errors import InputError
from hwgen.program import student as module
from hwgen.program.student import LONGEST
from hwgen.typesetting import scripts

TASK = Homework(file="HW4_{NOM}_{PRENOM}.pdf", content="exercises", title="Networks", versions=("full", "concise"))
SHORT = Student(version="concise", appendix=False)  # as it is handed in

SHAPE = re.compile(r"HW4_[A-Z0-9]+(-[A-Z0-9]+)*_[A-Z0-9]+(-[A-Z0-9]+)*\.pdf")
NAMES = st.text(st.characters(categories=["L", "M", "N", "P", "S", "Z"]), max_size=12)


def file_name(who: Student) -> str:
    return module.file_name(who, TASK)


def student(root: Path, **given: str) -> Student:
    return module.student(root, TASK, **given)


def named(nom: str, prenom: str = "Ada") -> str:
    return file_name(Student(nom=nom, prenom=prenom))


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "student.toml").write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("nom", "prenom", "expected"),
    [
        ("Lovelace", "Ada", "HW4_LOVELACE_ADA.pdf"),
        ("Poincaré", "Henri", "HW4_POINCARE_HENRI.pdf"),
        ("de la Vallée Poussin", "Charles-Jean", "HW4_DE-LA-VALLEE-POUSSIN_CHARLES-JEAN.pdf"),
        ("O'Hara", "Anne  Marie", "HW4_O-HARA_ANNE-MARIE.pdf"),
        ("d’Alembert", "Jean Le Rond", "HW4_D-ALEMBERT_JEAN-LE-ROND.pdf"),
        ("Gauß", "Noël", "HW4_GAUSS_NOEL.pdf"),
        ("Łojasiewicz", "Stanisław", "HW4_LOJASIEWICZ_STANISLAW.pdf"),
        ("Ørsted", "Hans", "HW4_ORSTED_HANS.pdf"),
        ("Æsøp", "Œuvre", "HW4_AESOP_OEUVRE.pdf"),
        ("Đặng", "Þórður", "HW4_DANG_THORDUR.pdf"),
        ("Işık", "İbrahim", "HW4_ISIK_IBRAHIM.pdf"),
        ("Smith, Jr.", "J. R.", "HW4_SMITH-JR_J-R.pdf"),
        ("--Dash–Long--", "’Ada'", "HW4_DASH-LONG_ADA.pdf"),
        ("Nguye\u0302\u0303n", "Van", "HW4_NGUYEN_VAN.pdf"),
    ],
)
def test_the_file_name_folds_accents_and_joins_words_with_dashes(nom: str, prenom: str, expected: str) -> None:
    assert file_name(Student(nom=nom, prenom=prenom)) == expected


def test_nobody_gives_the_placeholder_name() -> None:
    assert file_name(Student()) == "HW4_NOM_PRENOM.pdf"


@pytest.mark.parametrize("name", ["李", "Иванов", "'", "-"])
def test_a_name_without_a_latin_letter_is_an_error_that_says_what_to_write(name: str) -> None:
    with pytest.raises(InputError, match=r'nom: .* no letter .*expected Latin letters, as in nom = "Lovelace"'):
        named(name)


def test_a_name_too_long_for_a_file_name_is_an_error() -> None:
    assert named("a" * LONGEST)
    with pytest.raises(InputError, match=f"nom: a name of {LONGEST + 1} letters; expected at most {LONGEST}"):
        named("a" * (LONGEST + 1))


@given(nom=NAMES, prenom=NAMES)
def test_any_name_with_a_latin_letter_gives_a_plain_file_name(nom: str, prenom: str) -> None:
    assert SHAPE.fullmatch(file_name(Student(nom="A" + nom, prenom=prenom + "z")))


def test_a_version_that_the_homework_does_not_have_is_told_with_where_it_is_declared(tmp_path: Path) -> None:
    alone = dataclasses.replace(TASK, versions=("full",))
    with pytest.raises(InputError) as caught:
        module.student(folder(tmp_path, 'version = "concise"'), alone)
    said = "version is 'concise'; expected 'full', the only one of homework.toml, or versions = [\"full\", \"concise\"] there"
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "given", "version", "aside"),
    [
        ("", None, "concise", False),  # what is handed in, where nothing is said
        ('version = "full"', None, "full", False),
        ("", "full", "full", True),
        ('version = "full"', "concise", "concise", True),
    ],
)
def test_the_version_is_the_one_that_is_handed_in_unless_another_is_asked_for(
    tmp_path: Path, text: str, given: str | None, version: str, aside: bool
) -> None:
    found = module.student(folder(tmp_path, text), TASK, version=given)
    assert (found.version, found.aside) == (version, aside)


@given(nom=NAMES)
def test_case_and_composition_of_a_name_change_nothing(nom: str) -> None:
    expected = named("A" + nom)
    assert named("A" + unicodedata.normalize("NFD", nom)) == named("A" + unicodedata.normalize("NFC", nom)) == expected


@given(
    words=st.lists(st.from_regex("[A-Z]{1,8}", fullmatch=True), min_size=1, max_size=5),
    joint=st.sampled_from([" ", "  ", "'", "’", "-", " - "]),
)
def test_words_keep_their_letters_and_get_single_dashes(words: list[str], joint: str) -> None:
    assert named(joint.join(words)) == f"HW4_{'-'.join(words)}_ADA.pdf"


def test_the_file_gives_names_as_written_and_the_appendix(tmp_path: Path) -> None:
    root = folder(tmp_path, 'nom = " de  Moivre "\nprenom = "Abraham"\nappendix = false\n')
    assert student(root) == dataclasses.replace(SHORT, nom="de Moivre", prenom="Abraham")


def test_no_file_and_empty_names_both_mean_nobody(tmp_path: Path) -> None:
    assert student(tmp_path) == SHORT
    assert student(folder(tmp_path, 'nom = ""\nprenom = "  "\n')) == SHORT


def test_the_file_of_the_project_reads() -> None:
    assert isinstance(student(Path(__file__).parents[1]), Student)


def test_the_command_line_comes_first_name_by_name(tmp_path: Path) -> None:
    root = folder(tmp_path, 'nom = "Byron"\nprenom = "Ada"\n')
    assert student(root, nom="Lovelace") == dataclasses.replace(SHORT, nom="Lovelace", prenom="Ada")
    assert student(root, nom="King", prenom="Augusta") == dataclasses.replace(SHORT, nom="King", prenom="Augusta")


def test_a_byte_order_mark_is_not_part_of_the_first_key(tmp_path: Path) -> None:
    (tmp_path / "student.toml").write_bytes('\ufeffnom = "Noether"\nprenom = "Emmy"\n'.encode())
    assert student(tmp_path).nom == "Noether"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('nom = "Lovelace"\n', 'student.toml:1: nom is set and prenom is empty; expected both, as in prenom = "Ada"'),
        ('prenom = "Ada"\n', 'student.toml:1: prenom is set and nom is empty; expected both, as in nom = "Lovelace"'),
        (
            'nom = "A"\nprenon = "B"\n',
            "student.toml:2: prenon is not a key of this file; "
            "expected nom, prenom, version, appendix, marks, attach, timeout, effort. Did you mean 'prenom'?",
        ),
        (
            '[student]\nnom = "A"\n',
            'student.toml:1: [student] begins a table; expected lines such as nom = "Lovelace" alone, and no table',
        ),
        ("\nnom = 3\n", 'student.toml:2: nom is 3; expected text in quotes, as in nom = "Lovelace"'),
        ('nom.first = "A"\n', "student.toml:1: nom is {'first': 'A'}; expected text in quotes, as in nom = \"Lovelace\""),
        ('appendix = "no"\n', "student.toml:1: appendix is 'no'; expected true or false, as in appendix = true"),
        ('nom = "A\\u200db"\nprenom = "B"\n', "student.toml: nom contains the invisible character U+200D; type the name again without it"),
    ],
)
def test_a_wrong_file_is_told_with_its_line_and_what_to_write(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        student(folder(tmp_path, text))
    assert str(caught.value) == message


@pytest.mark.parametrize("key", ["name", "firstname", "surname", "last", "family_name", "author"])
def test_a_name_by_another_word_is_led_to_its_key(tmp_path: Path, key: str) -> None:
    with pytest.raises(InputError, match=r"The family name is nom = \"Lovelace\", the first name prenom = \"Ada\"\.$"):
        student(folder(tmp_path, f'{key} = "Ada"\n'))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('pr\u00e9nom = "Ada"\n', 'pr\u00e9nom: a key has plain letters only; expected lines such as prenom = "Ada"'),
        ('nom = "A"\nnom = "B"\n', 'nom is set above already; expected lines such as nom = "Lovelace"'),
    ],
)
def test_a_key_that_cannot_be_read_is_told_in_words(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        student(folder(tmp_path, text))
    assert str(caught.value).endswith(said)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('nom = "A\n', "1:9: a quote is not closed on its line"),
        ('nom = "A"\n\nnom = "B"\n', "3:10"),
        ("nom\n", "1:4"),
        ('nom = "A"\n= 1\n', "2:1"),
        ('\nnom = """A', "2"),
    ],
)
def test_malformed_toml_is_told_with_its_line(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(InputError, match=rf'^student\.toml:{place}(: [a-z].*[^)])?; expected lines such as nom = "Lovelace"$'):
        student(folder(tmp_path, text))


def test_a_malformed_line_is_told_with_how_its_own_key_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'^student\.toml:2:10: invalid value; expected lines such as prenom = "Ada"$'):
        student(folder(tmp_path, 'nom = "A"\nprenom = Ada\n'))


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "student.toml").write_bytes('nom = "A"\nprenom = "Zoé"\n'.encode("latin-1"))
    with pytest.raises(InputError, match=r"^student\.toml:2: not UTF-8 text; save the file again in the encoding UTF-8$"):
        student(tmp_path)


def test_a_folder_in_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "student.toml").mkdir()
    with pytest.raises(InputError, match=r"^student\.toml: cannot be read .*; expected a text file$"):
        student(tmp_path)


def test_wrong_names_on_the_command_line_are_told_in_its_words(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r'^--nom is given and prenom is empty, here and in student\.toml; expected both, as in --prenom "Ada"$'
    ):
        student(tmp_path, nom="Lovelace")
    with pytest.raises(InputError, match=r"^--prenom is empty; expected a name, as in --prenom Ada, or leave it out"):
        student(tmp_path, nom="Lovelace", prenom=" ")
    with pytest.raises(InputError, match=r"^--nom: nom holds '李' .*expected Latin letters"):
        student(tmp_path, nom="李", prenom="Ada")
    with pytest.raises(InputError, match=r"^--nom contains the invisible character U\+DCE9"):
        student(tmp_path, nom="Poincar\udce9", prenom="Henri")


@pytest.mark.parametrize(
    "name", ["Nguyễn", "Trần", "Đặng", "Ḥasan", "Ştefan", "Müller", "Əliyev", "Phở", "Łukasz", "Ħal", "O’Hara", "Çelik"]
)
def test_every_latin_name_is_taken_with_its_accents_as_one(tmp_path: Path, name: str) -> None:
    apart = unicodedata.normalize("NFD", name)
    (tmp_path / "student.toml").write_text(f'nom = "{apart}"\nprenom = "Ada"\n', encoding="utf-8")
    assert module.student(tmp_path, TASK).nom == name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "Иван",
            "nom holds 'И' (CYRILLIC CAPITAL LETTER I), which no font of the page has; expected Latin letters",
        ),
        ("Ɗan", "nom holds 'Ɗ' (LATIN CAPITAL LETTER D WITH HOOK), which no font of the page has; expected Latin letters"),
        ("Ada 李", "nom holds '李'"),
    ],
)
def test_a_letter_that_the_page_cannot_print_is_told_at_its_line(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "student.toml").write_text(f'# who\nprenom = "Ada"\nnom = "{name}"\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        module.student(tmp_path, TASK)
    assert caught.value.place == Place(file="student.toml", line=3)
    assert said in caught.value.message
    with pytest.raises(InputError, match=r"^--nom: nom holds"):
        module.student(tmp_path, TASK, nom=name, prenom="Ada")


@pytest.fixture
def every_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with the fonts of all scripts."""
    monkeypatch.setattr(scripts, "printed", lambda letter: scripts.script(letter) is not None)


def test_where_the_fonts_are_another_script_is_printed_and_the_file_name_needs_a_latin_spelling(tmp_path: Path, every_font: None) -> None:
    folder(tmp_path, 'nom = "Иванов (Ivanov)"\nprenom = "Ελένη (Eleni)"\n')
    who = student(tmp_path)
    assert (who.nom, who.prenom, file_name(who)) == ("Иванов (Ivanov)", "Ελένη (Eleni)", "HW4_IVANOV_ELENI.pdf")
    folder(tmp_path, 'nom = "Lovelace"\nprenom = "Ελένη"\n')
    with pytest.raises(InputError) as caught:
        student(tmp_path)
    assert caught.value.place == Place(file="student.toml", line=2)
    assert 'expected Latin letters, as in prenom = "Ada", or both, as in prenom = "Ελένη (…)"' in caught.value.message
    with pytest.raises(InputError, match=r"^--prenom: 'Ελένη' has no letter that the file name can show"):
        student(tmp_path, nom="Lovelace", prenom="Ελένη")


@pytest.mark.parametrize(("name", "package"), [("Иван", "cyrillic"), ("Ελένη", "greek")])
def test_where_the_fonts_are_missing_it_says_what_brings_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, package: str
) -> None:
    monkeypatch.setattr(scripts, "printed", lambda letter: False)
    folder(tmp_path, f'nom = "{name}"\nprenom = "Ada"\n')
    with pytest.raises(InputError, match=rf"^student.toml:1: nom holds .*, or the fonts for \w+ letters: .*{package}"):
        student(tmp_path)
