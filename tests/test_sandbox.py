"""Templates that would run for ever or take all memory are ended, in any thread, and honest ones notice nothing."""

from __future__ import annotations

import ast
import re
import sys
import threading
import time
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from jinja2.exceptions import SecurityError

from printables.pages.templates.sandbox import LEFT_OUT, SandboxEnvironment, TemplateLimit, time_limited

ROOT = Path(__file__).resolve().parent.parent
SLACK = 5.0
"""Seconds of processor time that what happens between two looks at the clock may take at most; it takes up to 1.5."""
LOOPS = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
JOINED = '{% set n = namespace(x="xxxxxxxxxx") %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}'
NUMBERS = "{% set n = namespace(x=99) %}{% for i in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}"


def doubled(made: str, then: str = "") -> str:
    """A template that puts something together 60 times from what it made before, `n.x`."""
    return f"{{% set n = namespace(x=1) %}}{{% for i in range(60) %}}{{% set n.x = {made} %}}{{% endfor %}}{then}"


ENDLESS = {
    "loops": LOOPS,
    "loops whose items are all left out": "{% for i in range(99999) %}{% for j in range(99999) if false %}{% endfor %}"
    "{% endfor %}",
    "work in the condition of a loop": "{% macro m() %}{% for j in range(99999) %}{% endfor %}{% endmacro %}"
    "{% for i in range(99999) if m() and false %}{% endfor %}",
    "a recursive loop": "{% for i in [1, 2] recursive %}{% if loop.depth < 60 %}{{ loop([1, 2]) }}{% endif %}"
    "{% endfor %}",
    "macros that call themselves twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}"
    "{% endmacro %}{{ m(60) }}",
    "call blocks": "{% macro m(n) %}{{ caller(n) }}{{ caller(n) }}{% endmacro %}"
    "{% macro k(n) %}{% if n %}{% call(x) m(n) %}{{ k(n - 1) }}{% endcall %}{% endif %}{% endmacro %}{{ k(40) }}",
    "a template that includes itself twice": "{% set d = (d or 0) + 1 %}"
    "{% if d < 60 %}{% include 'page' %}{% include 'page' %}{% endif %}",
    "a long list looked through for each of its items": "{% set x = range(99999) | list %}"
    "{% for i in range(99999) %}{% if -1 in x %}{% endif %}{% endfor %}",
    "the same in a filter": "{% set x = range(99999) | list %}{{ range(99999) | reject('in', x) | list }}",
    "lazy filters in a row": "{% set n = namespace(x=range(99999)) %}"
    "{% for i in range(99) %}{% set n.x = n.x | map('string') %}{% endfor %}{{ n.x | list | length }}",
    "rows of rows": "{% set n = namespace(x=1, y=2) %}{% for i in range(9) %}"
    "{% for row in [1] | batch(1000, n.x) %}{% set n.x = row %}{% endfor %}"
    "{% for row in [1] | batch(1000, n.y) %}{% set n.y = row %}{% endfor %}{% endfor %}{{ n.x == n.y }}",
    "lists of lists": doubled("[n.x, n.x]", "{{ n.x }}"),
    "tuples of tuples": doubled("(n.x, n.x)", "{{ n.x in {} }}"),
    "dictionaries of dictionaries": doubled("{'a': n.x, 'b': n.x}", "{{ n.x }}"),
    "the same, called": doubled("dict(a=n.x, b=n.x)", "{{ n.x }}"),
    "lists joined to themselves": "{% set n = namespace(x=[1]) %}"
    "{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "text joined to itself": JOINED,
    "text added to itself": JOINED.replace("~", "+"),
    "text of a block put twice": "{% set n = namespace(x='x') %}{% for i in range(60) %}"
    "{% set y %}{{ n.x }}{{ n.x }}{% endset %}{% set n.x = y %}{% endfor %}",
    "long texts sorted": "{% set a = 'x' | center(100000) %}{% set n = namespace(x=[a ~ 'x', a ~ 'y']) %}"
    "{% for i in range(16) %}{% set n.x = n.x + n.x %}{% endfor %}{{ n.x | sort(case_sensitive=true) }}",
    "half a gigabyte of blanks": '{{ "%500000000d" | format(3) }}',
    "a text for each letter": '{% set x = "x" | center(100000) %}{% for i in range(99999) %}'
    '{% set y = x | replace(" ", "xy" | center(99)) %}{% endfor %}',
}
"""Ways to work for ever in a few lines."""


def filled(template: str, seconds: float = 30) -> str:
    with time_limited(seconds):
        return SandboxEnvironment(autoescape=True, loader=DictLoader({"page": template})).get_template("page").render()


@pytest.mark.slow
@pytest.mark.parametrize("name", ENDLESS)
def test_each_way_to_work_for_ever_is_ended(name: str) -> None:
    before = time.process_time()
    with pytest.raises(TemplateLimit) as ended:
        filled(ENDLESS[name], 0.2)
    assert time.process_time() - before < 0.2 + SLACK
    assert re.fullmatch(
        r"it (takes more than (0\.2 seconds of processor time|1,024 MiB of memory)"
        r"|makes a value of more than 16,777,216 characters and entries)\. "
        r"Look for loops inside loops, and for text that is joined to itself\.",
        str(ended.value),
    )


@pytest.mark.slow
@pytest.mark.parametrize("template", ["{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% include 'page' %}"])
def test_what_calls_itself_once_runs_out_of_room(template: str) -> None:
    with pytest.raises(RecursionError):
        filled(template)


@pytest.mark.parametrize(
    ("template", "what"),
    [
        ('{{ "x" * 10000000000 }}', '"*" is for numbers up to 1,000,000,000'),
        ("{{ [1] * 10000000000 }}", '"*" is for numbers'),
        ('{{ "%9999999999d" % 1 }}', '"%" is for numbers'),
        ("{{ 9 ** 9 ** 9 }}", "no powers"),
        (NUMBERS, '"*" is for numbers'),
        ('{{ "x" | center(100000000000) }}', '"center" is for numbers up to 100,000'),
        ('{{ "x" | center(width=100000000000) }}', '"center" is for numbers up to 100,000'),
        ('{{ ["x"] | map("center", 100000000000) | list }}', '"center" is for numbers up to 100,000'),
        ('{{ "x".center(100000000000) }}', '"center" is for numbers up to 100,000'),
        ('{{ "x".zfill(100000000000) }}', '"zfill" is for numbers up to 100,000'),
        ('{{ "x".expandtabs(100000000000) }}', '"expandtabs" is for numbers up to 100,000'),
        ('{{ (5).to_bytes(100000000000, "big") }}', '"to_bytes" is for numbers up to 100,000'),
        ('{{ "x" | indent(100000000000) }}', '"indent" is for numbers up to 100,000'),
        ('{{ "x" | truncate(100000000000) }}', '"truncate" is for numbers up to 100,000'),
        ("{{ [1] | tojson(100000000000) }}", '"tojson" is for numbers up to 100,000'),
        ("{{ 42 | round(1000000000, 'ceil') }}", '"round" is for numbers up to 100,000'),
        ("{{ [1] | slice(1000000000) | list }}", '"slice" is for numbers up to 100,000'),
        ("{{ [1] | batch(1000000000, 1) | list }}", '"batch" is for numbers up to 100,000'),
        ("{{ range(99999) | batch(1) | sum(start=[]) }}", '"sum" is for up to 1,000 lists'),
        ('{{ "x".encode("punycode") }}', "access to attribute 'encode' of 'str' object is unsafe."),
        ('{{ ("x" | safe).striptags() }}', "access to attribute 'striptags' of 'Markup' object is unsafe."),
    ],
)
def test_what_a_template_may_not_reckon(template: str, what: str) -> None:
    with pytest.raises(SecurityError) as refused:
        filled(template)
    assert what in str(refused.value)


def test_what_it_may() -> None:
    assert filled("{{ 7 * 6 }} {{ 7 % 4 }} {{ '%02d' | format(7) }} {{ 2.5 * 2 }}") == "42 3 07 5.0"
    assert filled("{{ [[1], [2, 3]] | sum(start=[]) }} {{ [1, 2] | sum }}") == "[1, 2, 3] 3"
    assert filled("{{ [4, 5] | map('string') | join('-') }}") == "4-5"
    assert filled("{{ 5000000 | round }} {{ x | default(5000000) }} {{ 'ab' | center(4) }}|") == "5000000 5000000  ab |"
    assert filled("{% for a, b in [(1, 2)] %}{{ a + b }}{{ loop.length }}{% endfor %}{{ {'a': 1}.get('a') }}") == "311"
    assert filled(doubled("namespace(a=n.x, b=n.x)", "{{ n.x }}")) == "&lt;Namespace&gt;"


def test_every_filter_of_jinja_is_known_here() -> None:
    """A new one is looked at first: does its work grow faster than what it is given, or with a number?"""
    known = (
        "abs attr batch capitalize center count d default dictsort e escape filesizeformat first float forceescape "
        "format groupby indent int items join last length list lower map max min pprint random reject rejectattr "
        "replace reverse round safe select selectattr slice sort string striptags sum title tojson trim truncate "
        "unique upper urlencode urlize wordcount wordwrap xmlattr"
    )
    jinja, here = Environment(autoescape=True), SandboxEnvironment()
    assert sorted(jinja.filters) == known.split()
    assert sorted(jinja.globals) == ["cycler", "dict", "joiner", "lipsum", "namespace", "range"]
    assert jinja.filters.keys() - here.filters.keys() == set(LEFT_OUT) and "lipsum" not in here.globals


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("every day in Ynys Môn", "Every day in Ynys Môn"), ("ŵyr", "Ŵyr"), ("24 hours", "24 hours"), ("", "")],
)
def test_a_capital_at_the_start_of_a_sentence(typed: str, printed: str) -> None:
    assert filled(f'{{{{ "{typed}" | with_capital }}}}') == printed


@pytest.mark.slow
def test_loops_inside_loops_are_ended() -> None:
    with pytest.raises(
        TemplateLimit, match=r"it takes more than 0.5 seconds of processor time\. Look for loops inside loops"
    ):
        filled(LOOPS, 0.5)
    assert filled("fine") == "fine"


@pytest.mark.slow
def test_in_another_thread_as_well() -> None:
    said: list[str] = []

    def work() -> None:
        try:
            filled(LOOPS, 0.5)
        except TemplateLimit as error:
            said.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(600)
    assert not thread.is_alive() and said[0].startswith("it takes more than 0.5 seconds of processor time.")


def test_threads_have_a_limit_each() -> None:
    """A page that another thread fills in meanwhile, and one that comes later, have all of their time."""
    with time_limited(0.001):
        spent = time.thread_time() + 0.01
        while time.thread_time() < spent:
            pass
        made: list[str] = []
        thread = threading.Thread(target=lambda: made.append(filled("fine")))
        thread.start()
        thread.join()
        with pytest.raises(TemplateLimit):
            filled("late", 30)  # inside of a block that is over
    assert made == ["fine"] and filled("fine") == "fine"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not heed the limit")
@pytest.mark.parametrize(
    "template",
    [
        '{{ "%99999999999d" | format(3) }}',
        '{{ "{:99999999999d}".format(3) }}',
        '{% set x = "x" | center(100000) %}{{ x.join(range(99999) | map("string") | list) }}',
        '{% set x = "x" | center(100000) %}{{ x | replace(" ", x) }}',
        '{% set x = "x" | center(100000) %}{% for i in range(99999) %}{{ x }}{% endfor %}',
    ],
)
def test_memory_is_not_all_taken(template: str) -> None:
    with pytest.raises(TemplateLimit, match=r"1,024 MiB of memory|more than 20 seconds of processor time"):
        filled(template, 20)
    assert len(bytes(50 * 2**20)) == 50 * 2**20, "afterwards there is memory again"


def test_an_error_of_the_template_itself_is_its_own() -> None:
    with pytest.raises(ZeroDivisionError):
        filled("{{ 1 / 0 }}")


def reaches_into_threads(code: str) -> list[int]:
    """Lines that name a function of Python's by which exceptions are thrown into threads."""
    names = ("PyThreadState_SetAsyncExc", "pythonapi")
    return [node.lineno for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Attribute) and node.attr in names]


@pytest.mark.slow
def test_no_exception_is_thrown_into_a_thread() -> None:
    assert reaches_into_threads("import ctypes\nctypes.pythonapi.PyThreadState_SetAsyncExc(1, 2)\n") == [2, 2]
    code = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "printables").rglob("*.py")}
    assert {name: lines for name, text in code.items() if (lines := reaches_into_threads(text))} == {}
