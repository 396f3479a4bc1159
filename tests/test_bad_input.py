"""Malformed input of every kind: each case is reported, or is harmless text; never a traceback, never a long run."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.build import check
from generator.calls import NoCall, escape_text, read_template
from generator.letters import find_unprintable
from generator.load import FOLDERS, load
from generator.model import KINDS
from generator.plain import faults_of_text
from generator.problems import Problem, Where, report_for_github
from generator.reading import MOST_BYTES
from generator.rules import check as check_rules
from generator.yaml_text import Unread, read_yaml
from tests.subjects import HOME, SITE, SOURCES, events, page, read_files, series, write_files

SECONDS = 10
TERM = "- {id: toll, label: toll, definition: A fee., sources: [book]}\n"
CI = settings(derandomize=True, database=None, deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
Files = Mapping[str, str | bytes]


def problems_of(folder: Path, files: Files) -> list[str]:
    """What the command `check` says of these files, in time and without a traceback."""
    started = time.perf_counter()
    found = [str(problem) for problem in check(write_files(folder, files))[1]]
    assert time.perf_counter() - started < SECONDS
    assert all(len(line) < 5_000 and "\n" not in line and not find_unprintable(line) for line in found)
    return found


def reported(folder: Path, files: Files, at: str, words: str) -> None:
    """One of the problems stands at this file, and line where one is given, and says this."""
    found = problems_of(folder, files)
    assert any(line.startswith(at) and words in line for line in found), found


# --- YAML, in a file of each kind -------------------------------------------------------------------------------

YAML = {
    "alias": ("a: &x [1]\nb: *x\n", ":2: uses a YAML alias"),
    "billion laughs": ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n", ":2: uses a YAML alias"),
    "tag of Python": ("a: !!python/object/apply:os.system [id]\n", ":1: uses the YAML tag"),
    "key twice": ("id: a\nid: b\n", ":2: has the key"),
    "tab": ("a:\n\t- b\n", ":2: is no YAML"),
    "open bracket": ("a: [1\n", ":2: is no YAML"),
    "deep": ("[" * 5_000, ":1: nests too deeply"),
    "Latin-1": (b"id: caf\xe9\n", ":1: is not UTF-8"),
    "UTF-16": ("id: a\n".encode("utf-16"), ":1: is not UTF-8"),
    "NUL": (b"a: \0\n", ":1: holds the character U+0000"),
    "escape of a terminal": ("a: \x1b[2J\n", ":1: holds the character U+001B"),
    "text turned round": ("x: a\na: \u202ecod.exe\n", ":2: holds the character U+202E"),
    "text turned round, as an escape": ('x: a\na: "\\u202e"\n', ":2: holds the character U+202E"),
    "no character": ("a: \ufffe\n", ":1: holds the character U+FFFE"),
    "half a character": (b"a: \xed\xa0\x80\n", ":1: is not UTF-8"),
    "half a character, as an escape": ('a: "\\ud800"\n', ":1: is no YAML"),
    "line end of few programs": ("a: b\u2028c\n", ":1: holds the character U+2028"),
    "long text": (f"a: {'x' * 11_000}\n", ":1: has a text of 11000 letters"),
    "long file": ("# x\n" * (MOST_BYTES // 4 + 1), ":1: is larger than"),
    "list as key": ("? [a]\n: b\n", ":1: has a key that is no word"),
    "two documents": ("a: 1\n---\nb: 2\n", ":2: is no YAML"),
    "number": ("12\n", ":1: holds"),
    "words": ("only words\n", ":1: "),
    "list of numbers": ("[1, 2]\n", ":1: "),
    "unknown keys": ("- {nonsense: 1}\n", ":1: "),
}
READ_BEFORE_KEYS = ("number", "words", "list of numbers", "unknown keys")
FOLDERS_TO_TRY = sorted(FOLDERS)


@pytest.mark.parametrize("folder", ["site", *FOLDERS_TO_TRY])
def test_a_file_of_this_kind_with_any_fault_of_yaml_is_reported(tmp_path, folder):
    """Twenty-five faults in twenty-four kinds of file: six hundred cases."""
    for number, (name, (content, said)) in enumerate(YAML.items()):
        file = "data/site.yml" if folder == "site" else f"data/{folder}/x.yml"
        places = write_files(tmp_path / str(number), {file: content})
        found = [str(problem) for problem in sorted(load(places.data, places.docs, places.config)[1])]
        expected = ":1: " if folder == "site" and name in READ_BEFORE_KEYS else said
        assert any(line.startswith(f"{file}{expected}") for line in found), (name, found)


LEFT_TO_THE_ENGINE = ("key twice", "long text", "list as key", "text turned round, as an escape")


@pytest.mark.parametrize("file", ["mkdocs.yml", "docs/x.md"])
def test_settings_and_front_matter_with_any_fault_of_yaml_are_reported(tmp_path, file):
    for number, (name, (content, _)) in enumerate(YAML.items()):
        raw = content if isinstance(content, bytes) else content.encode()
        front = b"---\n" + raw.rstrip(b"\n") + b"\n---\nText.\n"
        places = write_files(tmp_path / str(number), {file: raw if file == "mkdocs.yml" else front})
        problems = load(places.data, places.docs, places.config)[1]
        is_left = file == "mkdocs.yml" and name in (*LEFT_TO_THE_ENGINE, "unknown keys")
        assert is_left or any(problem.where.path == file for problem in problems), name


# --- values of every field --------------------------------------------------------------------------------------

VALUES = (
    *("null", "true", "[]", "{}", "[[]]", "{a: b}", "0", "-1", "1.5", "999999999999999999", "1e999", ".inf", ".nan"),
    *(
        "''",
        "' '",
        "../x",
        "/etc/passwd",
        "CON",
        "con",
        "a/b",
        "a%2fb",
        "a..b",
        "a b",
        "é",
        "\u200b",
        "e\u0301",
        "\u05d0",
    ),
    *(
        "0000",
        "2026-13-01",
        "1950/1940",
        "<script>hurt()</script>",
        "'javascript:hurt()'",
        "'{{ n.x }}'",
        "'{% raw %}'",
    ),
)


@pytest.mark.parametrize("kind", sorted(set(FOLDERS.values())))
def test_a_record_with_an_odd_id_is_reported(tmp_path, kind):
    """No id is a path, a device or no word; what else is wrong with so bare a record is said too."""
    folder = next(name for name, other in FOLDERS.items() if other == kind)
    values = [value for value in VALUES if value not in ("con", "0", "0000")]
    for number, value in enumerate(values):
        places = write_files(tmp_path / str(number), {f"data/{folder}/x.yml": f"- {{id: {value}}}\n"})
        problems = load(places.data, places.docs, places.config)[1]
        assert any(problem.where.path == f"data/{folder}/x.yml" for problem in problems), value


@pytest.mark.parametrize("field", ["id", "label", "definition", "equivalents", "related", "sources"])
def test_any_value_of_any_field_is_reported_or_harmless(tmp_path, field):
    for number, value in enumerate(VALUES):
        fields = {"id": "toll", "label": "toll", "definition": "A fee.", "sources": "[book]", field: value}
        line = ", ".join(f"{key}: {content}" for key, content in fields.items())
        places = write_files(tmp_path / str(number), {"data/terms.yml": f"- {{{line}}}\n"})
        subject, problems = load(places.data, places.docs, places.config)
        found = [*problems, *check_rules(subject)]
        assert all(problem.where.path == "data/terms.yml" for problem in found), (value, found)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:hurt()",
        "JaVaScRiPt:hurt()",
        "data:text/html,x",
        "vbscript:x",
        "//x.org",
        " javascript:hurt()",
        "java\\tscript:hurt()",
        "https://a b",
        'https://a\\"b',
        "https://<b>",
        "ftp://x.org",
        "file:///etc",
        "",
    ],
)
@pytest.mark.parametrize("field", ["url", "archived"])
def test_an_address_that_is_none_of_the_web_is_reported(tmp_path, field, address):
    source = f'- {{id: book, title: T, by: B, standing: press, seen_at: x, {field}: "{address}"}}\n'
    reported(tmp_path, {"data/sources.yml": source}, "data/sources.yml:1", field)


# --- tables -----------------------------------------------------------------------------------------------------

ROWS = {
    "nothing": ("", "is empty"),
    "only line ends": ("\n\n", "is empty"),
    "header twice": ("date,date,value,source\n", "twice"),
    "no header": ("1950,1,book\n", "unknown column"),
    "unknown column": (f"date,value,source,{'x' * 3_000}\n", "unknown column"),
    "open quote": ('date,value,source\n1950,"1,book\n', "is no CSV"),
    "letters behind a quote": ('date,value,source\n1950,"1"x,book\n', "is no CSV"),
    "too few": ("date,value,source\n1950,1\n", "has 2 cells"),
    "too many": ("date,value,source\n1950,1,book,x\n", "has 4 cells"),
    "long cell": (f"date,value,source\n1950,{'1' * 30_000},book\n", "letters"),
    "semicolons": ("date;value;source\n1950;1;book\n", "unknown column"),
    "tabs": ("date\tvalue\tsource\n", "unknown column"),
    "no number": ("date,value,source\n1950,NaN,book\n", "no number"),
    "infinity": ("date,value,source\n1950,Infinity,book\n", "no number"),
    "exponent": ("date,value,source\n1950,1e9,book\n", "no number"),
    "thousands": ('date,value,source\n1950,"1,000",book\n', "no number"),
    "many digits": (f"date,value,source\n1950,{'9' * 400},book\n", "no number"),
    "digits of another script": ("date,value,source\n1950,٣,book\n", "no number"),
    "formula": ("date,value,source\n1950,=cmd|x!A1,book\n", "no number"),
    "no date": ("date,value,source\nsoon,1,book\n", "has date"),
    "day that is none": ("date,value,source\n1950-02-30,1,book\n", "has date"),
    "no source": ("date,value,source\n1950,1,\n", "has no source"),
    "unknown source": ("date,value,source\n1950,1,../x\n", "unknown source"),
    "NUL": ("date,value,source\n1950,\0,book\n", "U+0000"),
    "turned round": ("date,value,source\n1950,\u202e1,book\n", "U+202E"),
    "script as a source": ("date,value,source\n1950,1,<script>\n", "unknown source"),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_faulty_table_is_reported(tmp_path, name):
    rows, words = ROWS[name]
    reported(tmp_path, series("goods", rows), "data/series/goods.csv:", words)


@pytest.mark.parametrize("factor", ["0", "00", "0.0", "-1", "1e5", "many"])
def test_a_factor_of_a_unit_that_is_no_number_above_zero_is_reported(tmp_path, factor):
    site = SITE.replace('factor: "1000"}', f'factor: "{factor}"}}')
    assert site != SITE

    reported(tmp_path, {"data/site.yml": site}, "data/site.yml:", "which is no number above zero")


def test_a_factor_of_three_hundred_digits_is_harmless(tmp_path):
    site = SITE.replace('factor: "1000"}', f'factor: "{"9" * 300}"}}')
    rows = series("goods", "date,value,source\n1950,1,book\n", unit="thousand-crowns")

    problems_of(tmp_path, {"data/site.yml": site, **rows, "docs/index.md": HOME + "{{ n('goods', 1950) }}\n"})


@pytest.mark.parametrize("address", ["http://[1/", "https://[::1/page"])
def test_an_address_that_cannot_be_read_is_reported(tmp_path, address):
    book = f"- {{id: book, title: A, by: B, standing: press, url: '{address}'}}\n"
    reported(tmp_path / "a", {"data/sources/x.yml": book}, "data/sources/x.yml:1", "is no address")
    reported(tmp_path / "b", {"docs/index.md": f"{HOME}[words]({address})\n"}, "docs/index.md:8", "is no address")


# --- calls ------------------------------------------------------------------------------------------------------

NO_CALLS = (
    *("''.__class__.__mro__", "cycler.__init__.__globals__", "n.__globals__", "self", "n", "lipsum()", "range(9)"),
    *("'<script>'", "1", "'x' * 10**9", "10**10**10", "n('goods', 1950) | safe", "'%s' | format(1)", "'{}'.format(n)"),
    *(
        "[x for x in n]",
        "{}",
        "(1, 2)",
        "1 if n else 2",
        "n is defined",
        "not n",
        "n(*[1])",
        "n(**{})",
        "n('a' ~ 'b', 1)",
    ),
    *("n('goods', " + "9" * 5_000 + ")", "row('goods', 1950)", "n('goods', 1950)()", "n['x']", "n(n, n)", "dict()"),
    *(
        "joiner()",
        "namespace()",
        "caller()",
        "varargs",
        "event('x', '\\u202e')",
        "n(1 == 1)",
        "self._TemplateReference__context",
    ),
    *("(" * 3_000 + ")" * 3_000, "row(" * 2_000 + "1" + ")" * 2_000),
)
STATEMENTS = (
    *(
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% set n = 1 %}",
        "{% raw %}x{% endraw %}",
        "{% %}",
    ),
    *(
        "{% for x in range(10**9) %}{% endfor %}",
        "{% macro n() %}{% endmacro %}",
        "{% if 1 %}x{% endif %}",
        "{% block a %}",
    ),
    *(
        "{% call n() %}{% endcall %}",
        "{% filter upper %}{% endfilter %}",
        "{% with %}{% endwith %}",
        "{%",
        "{{",
        "{//",
        "{{ }}",
    ),
    *("{{ n(", "{{ n('goods' }}", "{{ 'x }}", "{{ n(\n\n) }}"),
)


@pytest.mark.parametrize("text", [*(f"{{{{ {call} }}}}" for call in NO_CALLS), *STATEMENTS], ids=lambda text: text[:40])
def test_a_text_that_does_more_than_call_is_reported(tmp_path, text):
    files = {**series("goods", "date,value,source\n1950,1,book\n"), "docs/about/x.md": page(f"{text}\n")}
    reported(tmp_path, files, "docs/about/x.md:", "calls-give-figures")


@pytest.mark.parametrize(
    "text",
    [
        '{% raw %}{{ "<script>hurt()</script>" }}{% endraw %}',
        "{// {{ //} <script>hurt()</script> }}",
        "{{<script>hurt()</script>",
        "<script>{{ unit }}</script>",
        "{%<script>{{ unit }}",
        "{{ unit }}<script>",
    ],
)
def test_the_text_of_a_record_is_escaped_wherever_it_is_no_call(text):
    """A raw stretch or a comment once made the loader take tags for a part of a call."""
    escaped = escape_text(text)
    try:
        assert "<script>" not in read_template(escaped).render({"unit": ""})
    except Exception as refused:
        assert isinstance(refused, NoCall) or "TemplateSyntaxError" in type(refused).__name__


# --- prose ------------------------------------------------------------------------------------------------------

TAGS = (
    *(
        "<script>hurt()</script>",
        "<img src=x onerror=hurt()>",
        "<svg onload=hurt()>",
        "<scr{{ unit }}ipt>",
        "<scr{// //}ipt>",
    ),
    *(
        "<{{ unit }}script>",
        "<p onclick=hurt()>",
        '<p class="a" onclick="x">',
        "<iframe>",
        "<object>",
        "<embed>",
        "<base>",
    ),
    *("<style>", "<link>", "<meta>", "<form>", "<input>", "<button>", "<math>", "<video>", "<!-- x -->", "<?php x ?>"),
    *(
        "<![CDATA[x]]>",
        "<a href=javascript:hurt()>",
        '<div class="{{ unit }}">',
        "<SCRIPT>",
        "<script",
        "</script>",
        "`<b x>`",
    ),
    *(
        "[a](javascript:hurt())",
        "[a](JAVASCRIPT:x)",
        "[a](java&#115;cript:x)",
        "[a](java&Tab;script:x)",
        "[a](<javascript:x>)",
    ),
    *(
        "[a]\n\n[a]: javascript:x",
        "[a]\n\n[a]:\n  javascript:x",
        "![a](javascript:x)",
        "[a](data:text/html,x)",
        "[a](vbscript:x)",
    ),
    *(
        "[x](java{{ unit }}script:x)",
        "[a]( javascript:x)",
        "[a](file:///etc/passwd)",
        "[a](javascript&colon;x)",
        "[a](x",
    ),
    *(
        "<javascript:x>",
        "# h {onclick=x}",
        "# h {: onclick=x }",
        "a{: href=javascript:x}",
        "{: style=x }",
        "a {x}",
        "{: .a onload }",
    ),
)


@pytest.mark.parametrize("text", TAGS)
def test_prose_that_could_run_is_reported(tmp_path, text):
    reported(tmp_path, {"docs/about/x.md": page(f"{text}\n")}, "docs/about/x.md:", "pages-hold-plain-html")


@pytest.mark.parametrize(
    "text",
    [
        "a < b",
        "a &lt;script&gt; b",
        '<div class="a" markdown>b</div>',
        "[a](https://example.org/)",
        "[a](mailto:a@example.org)",
        "<https://example.org/>",
        "# h {: #a .b }",
        "[a](../index.md#b)",
        "[sic]: so",
        "x<sup>th</sup>",
        "\u05e9\u05dc\u05d5\u05dd",
        "e\u0301",
        "zero\u200bwidth",
        "{// a comment with <script> //}",
    ],
)
def test_plain_prose_is_accepted(tmp_path, text):
    assert problems_of(tmp_path, {"docs/about/x.md": page(f"{text}\n")}) == []


@pytest.mark.parametrize(
    "mark", ["{{", "{//", "{%", "<", "<a ", "](", "`", "“", "{:", "{#", "A. ", "</", "<!--", "[", "*", "&"]
)
def test_nonsense_repeated_ends_in_time(tmp_path, mark):
    problems_of(
        tmp_path, {"data/terms.yml": TERM, "docs/about/x.md": page(mark * (4_000 // len(mark)), kind="chapter")}
    )


@pytest.mark.parametrize(
    "name", ["CON", "con", "nul", "a b", "é", "A", "a_b", "a.b", "x" * 90, "a%2fb", "-a", "<b>", "a'b"]
)
def test_a_page_whose_name_fits_not_every_system_is_reported(tmp_path, name):
    reported(tmp_path, {f"docs/about/{name}.md": HOME}, "docs/about/", "")


@pytest.mark.parametrize(
    "content", ["", "no front matter", "---\n", "---\n---\n", "---\n[]\n---\n", "---\n3\n---\n", "---\na\n---\n"]
)
def test_a_page_without_sensible_front_matter_is_reported(tmp_path, content):
    reported(tmp_path, {"docs/about/x.md": content}, "docs/about/x.md:", "")


# --- settings, addresses and odd files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "settings_text",
    [
        'site_name: "<script>hurt()</script>"',
        "hooks: [a.py]",
        "INHERIT: /etc/passwd",
        "docs_dir: /etc",
        "site_dir: ../..",
        "nav: ['javascript:hurt()']",
        "nav: [{a: 'https://example.org/'}]",
        "nav: [../x.md]",
        "nav: [/x.md]",
        "nav: [{'<b>': index.md}]",
        "extra_javascript: ['javascript:x']",
        "extra: {words: '<img src=x onerror=hurt()>'}",
        "theme: {custom_dir: /tmp}",
    ],
)
def test_settings_that_run_something_are_reported(tmp_path, settings_text):
    reported(tmp_path, {"mkdocs.yml": f"{settings_text}\n"}, "mkdocs.yml:1", "settings-run-nothing")


@pytest.mark.parametrize("content", [b"\xff\n", b"\0\n", b"/gone/\n", b"../../x\n", b"<script>\n", b"x" * 600_000])
def test_a_faulty_list_of_addresses_is_reported(tmp_path, content):
    reported(tmp_path, {"data/addresses.txt": content}, "data/addresses.txt:1", "")


ODD = ("folder", "pipe", "broken link", "loop of links", "link to a folder", "link outside", "unreadable")


def make_odd(path: Path, kind: str, outside: Path) -> None:
    path.unlink(missing_ok=True)
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "unreadable":
        path.write_text("x")
        path.chmod(0)
    else:
        targets = {
            "broken link": "nowhere",
            "loop of links": path.name,
            "link to a folder": ".",
            "link outside": outside,
        }
        path.symlink_to(targets[kind])


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize(
    "name", ["data/site.yml", "data/terms.yml", "data/series/goods.csv", "docs/about/x.md", "data/addresses.txt"]
)
def test_what_is_no_plain_file_is_reported_or_left_alone(tmp_path, monkeypatch, name, kind):
    files = {"docs/about/x.md": HOME, "data/terms.yml": TERM, **series("goods", "date,value,source\n1950,1,book\n")}
    places = write_files(tmp_path / "site", files)
    make_odd(tmp_path / "site" / name, kind, tmp_path)
    if kind == "unreadable":  # for root no file is
        read = Path.read_bytes
        monkeypatch.setattr(Path, "read_bytes", lambda path: refuse() if path.name == Path(name).name else read(path))
    started = time.perf_counter()
    found = [str(problem) for problem in check(places)[1]]

    assert time.perf_counter() - started < SECONDS
    assert found or (kind == "folder" and name in ("data/terms.yml", "docs/about/x.md")), found


def refuse() -> bytes:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: "\ufeff".encode() + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: "\ufeff".encode() + text.replace("\n", "\r\n").encode(),
    ],
    ids=["byte-order mark", "Windows", "old Macs", "both"],
)
def test_marks_and_line_ends_of_other_systems_give_the_same_subject(tmp_path, encode):
    files = {
        "data/site.yml": SITE,
        "data/sources.yml": SOURCES,
        "data/terms.yml": TERM,
        "docs/index.md": HOME,
        **events("id: a, date: 1950"),
        **series("goods", "date,value,source\n1950,1,book\n"),
    }

    plain, other = (
        read_files(tmp_path / name, made)[0]
        for name, made in (("plain", files), ("other", {path: encode(text) for path, text in files.items()}))
    )

    assert plain.records == other.records and plain.site == other.site


# --- what chance finds ------------------------------------------------------------------------------------------


@CI
@given(st.text(max_size=200))
def test_any_text_is_yaml_or_is_refused(text):
    try:
        read_yaml(text)
    except Unread as refused:
        assert refused.line >= 1 and refused.message


@CI
@given(st.text(alphabet="<>{}[]()/!%&;:=\"'` \nascript#{}", max_size=80))
def test_any_prose_is_looked_at_without_a_traceback(text):
    assert all(line >= 0 and message for line, message, _ in faults_of_text(text))


@CI
@given(st.text(alphabet="<>{}%/-'\" \nrawunit", max_size=60))
def test_any_text_of_a_record_is_escaped(text):
    try:
        written = read_template(escape_text(text)).render({"unit": "", "raw": "", "n": ""})
    except Exception:
        return
    assert "<" not in written


@CI
@given(st.text(max_size=100), st.text(max_size=100))
def test_a_report_is_one_line_for_each_problem_whatever_it_quotes(path, message):
    problem = Problem(Where(path), message, "", "rule")
    assert len(report_for_github([problem]).splitlines()) == 2
    assert not find_unprintable(str(problem))


def cases() -> Iterator[int]:
    yield len(YAML) * (len(FOLDERS_TO_TRY) + 1)
    yield len(YAML) * 2
    yield (len(VALUES) - 3) * len(set(FOLDERS.values()))
    yield len(VALUES) * 6 + 13 * 2 + len(ROWS) + len(NO_CALLS) + len(STATEMENTS) + len(TAGS) + len(ODD) * 5


def test_there_are_many_cases_and_every_kind_of_record_is_among_them(request):
    """The tables above; and of their tests none is skipped."""
    assert sum(cases()) >= 300
    assert set(FOLDERS.values()) | {"party", "page"} == set(KINDS)
    items = [item for item in request.session.items if item.path == request.path]
    assert not [item for item in items if item.get_closest_marker("skip") or item.get_closest_marker("xfail")]
