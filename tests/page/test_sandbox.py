"""A template reads values and nothing behind them, and ends."""

from __future__ import annotations

import marshal
from pathlib import Path

import jinja2
import pytest
from conftest import Homework

from hwgen.model.errors import ContentError
from hwgen.page import sandbox, signature
from hwgen.page.sandbox import Compiled, Inside, Sandbox
from hwgen.page.template import _Names
from hwgen.program import build


def _rendered(root: Path, text: str) -> str:
    (root / "templates").mkdir(exist_ok=True)
    (root / "templates" / "main.j2").write_text(text)
    environment = Sandbox(
        values=(_Names,), loader=Inside(root / "templates"), undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.do"]
    )
    return environment.get_template("main.j2").render(student={"nom": "Ada", "version": "full"}, constants=_Names("constants"))


ESCAPES = {
    "a class": "{{ ''.__class__ }}",
    "a class by brackets": "{{ ''['__class__'] }}",
    "a class by a filter": "{{ ''|attr('__class__') }}",
    "a function's globals": "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "the globals of a global": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "the globals of range": "{{ range.__self__ }}",
    "the template itself": "{{ self._TemplateReference__context }}",
    "the values' class": "{{ constants.__class__ }}",
    "a method of a text": "{{ student.nom.format(1) }}",
    "a method that fills": "{{ student.nom.ljust(10**9) }}",
    "a value that is changed": "{% do student.update(nom='x') %}",
    "an include outside": "{% include '../secret' %}",
    "an include by its full path": "{% include '/etc/passwd' %}",
    "a link that leads out": "{% include 'link' %}",
    "an import outside": "{% import '../secret' as s %}",
    "a long text": "{{ 'x' * 10**10 }}",
    "a large number": "{{ 10**10**10 }}",
    "a wide format": "{{ '%1000000000d' % 1 }}",
    "joined texts": "{{ 'a' ~ 'b' }}",
    "added texts": "{{ 'a' + 'b' }}",
    "endless loops": "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "a long range": "{% for a in range(10**0 * 0 + 99999999) %}{% endfor %}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "an include of itself": "{% include 'main.j2' %}",
    "a text that doubles": "{% set x %}0123456789{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40 + "{{ x }}",
    "a filter that fills": "{{ 'x'|center(1000000000) }}",
    "lists by a loop": "{% for i in range(1000) %}{% set x = range(1000000)|list %}{% endfor %}",
    "joined by what was joined": "{% set s = '0123456789' %}" + "{% set s = range(1000)|join(s) %}" * 4 + "{{ s|length }}",
    "lists that double": "{% set a = [1] %}" + "{% set a = [a, a] %}" * 60 + "{{ a|join }}",
    "a list on the page": "{% set a = [1] %}" + "{% set a = [a, a] %}" * 60 + "{{ a }}",
    "texts put aside": "{% set a %}"
    + "x" * 10_000
    + "{% endset %}"
    + "{% set a %}"
    + "{{ a }}" * 1000
    + "{% endset %}"
    + "".join(f"{{% set b{number} %}}y{{{{ a }}}}{{% endset %}}" for number in range(300)),
    "texts put aside by a filter": "{% set a %}"
    + "x" * 10_000
    + "{% endset %}"
    + "{% set a %}"
    + "{{ a }}" * 1000
    + "{% endset %}"
    + "".join(f"{{% set b{number} = a|upper %}}" for number in range(300)),
    "lists that are compared": "{% set a = [1] %}{% set b = [1] %}" + "{% set a = [a, a] %}{% set b = [b, b] %}" * 60 + "{{ a == b }}",
    "a key of keys": "{% set a = (1, 2) %}" + "{% set a = (a, a) %}" * 60 + "{% set b = {a: 1} %}",
    "what macros are given": "{% macro m(n) %}{% if n < 60 %}{{ m(n + 1, varargs, varargs) }}{% endif %}{% endmacro %}{{ m(1, 2) }}",
    "a test that compares": "{{ [1] is eq([1]) }}",
    "work without an end": "{% set a %}"
    + "x" * 10_000
    + "{% endset %}"
    + "{% set a %}"
    + "{{ a }}" * 1000
    + "{% endset %}"
    + "{% for i in range(999999) %}{{ 'xy' in a }}{% endfor %}",
    "a generator of text": "{{ lipsum() }}",
    "the class of a namespace": "{% set n = namespace(a=1) %}{{ n.__class__ }}",
    "an attribute by map": "{{ [student]|map(attribute='__class__')|list }}",
    "an attribute by sort": "{{ ['a', 'b']|sort(attribute='__class__') }}",
    "an attribute by join": "{{ ['a']|join(attribute='__class__') }}",
    "a format by its filter": "{{ '{0.__class__}'|format(1) }}",
    "the parts of a loop": "{% for x in [1] %}{{ loop._iterator }}{% endfor %}",
    "what is not there": "{{ nope.__class__ }}",
    "values without a name": "{{ constants }}",
    "the template's own word": "{{ self }}",
    "half of a character": r"{{ '\ud800' }}",
    "a filter as a block": "{% filter center(1000000000) %}x{% endfilter %}",
}


@pytest.mark.parametrize("what", list(ESCAPES))
def test_no_way_out_of_a_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 2)
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "link").symlink_to(tmp_path / "secret")
    with pytest.raises((jinja2.TemplateError, RecursionError)):
        _rendered(tmp_path, ESCAPES[what])


ALLOWED = {
    "{{ student.nom }}": "Ada",
    "{{ student['nom'] }}": "Ada",
    "{{ constants.kappa }}": "@@@{constants.kappa}@",
    "{% if student.version == 'full' %}a{% else %}b{% endif %}": "a",
    "{% for n in range(3) %}{{ loop.index }}{{ n + 1 }} {% endfor %}": "11 22 33 ",
    "{% for n in ['x', 'y'] %}{{ n }}{{ ',' if not loop.last }}{% endfor %}": "x,y",
    "{% macro m(a) %}<{{ a|upper }}>{% endmacro %}{{ m('b') }}": "<B>",
    "{{ ['a', 'b']|join(', ') }}": "a, b",
    "{% for a, b in [('x', 1), ('y', 2)] %}{{ a }}{{ b }}{% endfor %}": "x1y2",
    "{% macro m(a) %}{{ a|join }}{% endmacro %}{{ m(['a', 'b']) }}": "ab",
    "{{ 'x' in ['x', 'y'] }}{{ student.nom is defined }}{{ {'x': 1}['x'] }}": "TrueTrue1",
}


@pytest.mark.parametrize("text", list(ALLOWED))
def test_what_templates_are_for_works(tmp_path: Path, text: str) -> None:
    assert _rendered(tmp_path, text) == ALLOWED[text]


def test_compiled_code_that_came_with_a_folder_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "main.j2").write_text("right")
    for _ in range(2):
        environment = Sandbox(values=(), loader=Inside(tmp_path / "t"), bytecode_cache=Compiled(str(tmp_path / "cache")))
        assert environment.get_template("main.j2").render() == "right"
        (kept,) = (tmp_path / "cache").iterdir()
        plain = signature.opened(kept.read_bytes())
        assert plain is not None
        evil = compile("name='main.j2'\nblocks={}\ndebug_info=''\ndef root(*a, **k):\n    yield 'wrong'\nroot.__code__", "x", "exec")
        start = plain[: len(plain) - len(marshal.dumps(marshal.loads(_code(plain))))]
        kept.write_bytes(bytes(32) + start + marshal.dumps(evil))


def test_what_another_engine_compiled_is_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "main.j2").write_text("{{ 1 }}")
    kept = []
    for engine in ("one", "one", "another"):
        monkeypatch.setattr(sandbox, "_engine", lambda engine=engine: engine)
        environment = Sandbox(values=(), loader=Inside(tmp_path), bytecode_cache=Compiled(str(tmp_path / "cache")))
        environment.get_template("main.j2")
        kept.append(next((tmp_path / "cache").iterdir()).read_bytes())
    assert kept[0] == kept[1] != kept[2]


def _code(kept: bytes) -> bytes:
    """The code at the end of what Jinja2 keeps, after its magic number and a pickled checksum."""
    from jinja2.bccache import bc_magic

    return kept[kept.index(b".", len(bc_magic) + 40) + 1 :]


def test_the_key_is_its_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    signature.key.cache_clear()
    kept = signature.signed(b"a result")
    assert (tmp_path / "hwgen" / "key").stat().st_mode & 0o777 == 0o600
    signature.key.cache_clear()
    assert signature.opened(kept) == b"a result"
    assert signature.opened(kept[:-1] + b"x") is None
    (tmp_path / "hwgen" / "key").chmod(0o644)
    signature.key.cache_clear()
    assert signature.opened(kept) is None
    signature.key.cache_clear()


def test_a_template_that_is_a_link_to_elsewhere_is_told_as_one(homework: Homework) -> None:
    elsewhere = homework.root.parent / f"{homework.root.name}.tex.j2"
    homework.template.rename(elsewhere)
    homework.template.symlink_to(elsewhere)
    with pytest.raises(ContentError) as caught:
        build.read(homework.request())
    assert caught.value.message.startswith(
        "template circle.tex.j2 is a link that leads out of templates/; expected the file itself: copy it"
    )
    assert str(caught.value.place).startswith("templates/document.tex.j2:")
