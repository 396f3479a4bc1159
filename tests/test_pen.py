"""Calls in prose: what they write, on which line a faulty one is reported, and what a template cannot reach."""

import pytest
from markupsafe import Markup

from generator.pen import HELP, Pen, write, write_plain, write_words
from generator.problems import Where
from tests.sites import SITES
from tests.subjects import events, series, subject_of

HERE = Where("docs/a.md", 10)
ROWS = "date,by,value,source\n1950,Alba,10,book\n1950,Bora,20,book\n1951,Alba,12,gazette\n"
CHART = (
    "id: goods\ntitle: Goods\nkind_of_chart: line\ntheme: goods\nunit: crown\nheadline: Goods rise\nsubtitle: Goods\n"
    "takeaway: They rise.\nalt: A line.\ndraw: [{series: goods, where: {by: Alba}, label: Goods}]\n"
)
MIRROR = """\
id: ages
left: {years: 1811/1902, senior: alba, senior_name: Alba, junior: bora, junior_name: Bora}
right: {years: 1902/1959, senior: bora, senior_name: Bora, junior: alba, junior_name: Alba}
steps: [{step: They meet}]
differences: [{title: None, text: None.}]
sources: [book]
"""
QUESTIONS = """\
- {id: quick, question: Is it quick?, answers: [{article: essay, text: Yes.}]}
- {id: dear, question: Is it dear?, answers: [{article: essay, text: No.}]}
"""
ARTICLE = """\
- {id: essay, title: An essay, author: A. Tern, publication: The Gazette, issued: "1957", source: gazette,
   thesis: It is quick., lens: Time, stance: For, leaves_out: Price}
"""
NEWS = """\
- {id: old, date: "1958", text: An old page., address: /}
- {id: new, date: "1959-12", text: A *new* & newer page., address: /story/b/}
- {id: newest, date: "1959-12-24", text: The newest., address: /story/a/}
"""
CHAPTER = "---\ntitle: %s\ndescription: Told.\nkind_of_page: chapter\npart: %s\norder: %s\n---\nText.\n"
STORY = {
    "data/parts.yml": "- {id: late, title: Late, question: And *then*?}\n- {id: rest, title: Rest, question: Any?}\n",
    "docs/story/a.md": CHAPTER % ("Second", "Late", 2),
    "docs/story/b.md": CHAPTER % ("First", "Late", 1),
    "docs/story/c.md": CHAPTER % ("Loose", "None", 1),
}
LIBRARY = {
    "data/people.yml": "[{id: tern, label: Ada Tern, roles: [captain], relevance: She rowed., sources: [book]}]",
    "data/places.yml": "[{id: mole, label: The mole, kind_of_place: wall, shows: A wall., sources: [book]}]",
    "data/documents.yml": "[{id: roll, title: The roll, date: 1950, kind_of_document: roll, by: Office, "
    "description: Tolls., sources: [book]}]",
    "data/checklists.yml": "[{id: is-it, columns: [{document: roll, label: Roll}], sources: [book], criteria: "
    "[{criterion: Is it?, why: It matters., cells: [{answer: Yes, text: It is., doubt: None.}]}]}]",
    "data/contested.yml": "[{id: how-many, question: How many?, theme: goods, sources: [book]}]",
}


@pytest.fixture
def pen(tmp_path):
    files = {
        **LIBRARY,
        **STORY,
        **series("goods", ROWS, "{by: Office}"),
        **events('id: storm, date: "1950-06", title: "A *storm* & <more>"'),
        "data/charts/goods.yml": CHART,
        "data/mirrors.yml": MIRROR,
        "data/measurements.yml": "[{id: checker, tool: Checker, version: one, measured: 1960-01-31}]",
        "data/changes.yml": NEWS,
        "data/articles.yml": ARTICLE,
        "data/questions.yml": QUESTIONS,
    }

    def draw(pen, record):
        return Markup(f"<figure>{record.id}</figure>")

    def draw_all(pen, records):
        return Markup(f"<ul>{' '.join(record.id for record in records)}</ul>")

    others = {"mirror": draw, "checklist": draw, "picture": draw, "theses": draw_all, "readings": draw_all}
    others["measurements"] = draw_all
    subject = subject_of(tmp_path, files)
    return Pen(subject, "/story/a/", draw_chart=draw, draw_in_text=others)


def problems_of(pen):
    return [str(problem) for problem in pen.problems]


# --- what calls write -------------------------------------------------------------------------------------------


def test_a_figure_carries_its_value_and_row_and_a_reference(pen):
    assert write(pen, 'It was {{ n("goods", 1950, by="Alba") }}.', HERE) == (
        'It was <data class="bf-n" value="10" data-rows="goods#1950-alba">10\u00a0crowns</data>'
        '<a class="bf-ref" href="../../data/goods/#1950-alba" data-count aria-label="Source of this number">1</a>.'
    )
    assert [figure.text for figure in pen.notes] == ["10\u00a0crowns"]


def test_a_computed_figure_names_all_its_rows(pen):
    text = write(pen, '{{ change("goods", 1950, 1951, by="Alba") }}', HERE)

    assert 'data-rows="goods#1950-alba goods#1951-alba">up 20% on 1950</data>' in text


@pytest.mark.parametrize(
    ("call", "text"),
    [
        ('n("goods", 1950, by="Alba", exact=True)', "10\u00a0crowns"),
        ('n("goods", 1951, source="gazette")', "12\u00a0crowns"),
        ('share(row("goods", 1950, by="Alba"), row("goods", 1950, by="Bora"), of="all")', "50% of all"),
        ('change("goods", 1950, 1951, by="Alba")', "up 20% on 1950"),
        ('ratio(row("goods", 1950, by="Bora"), row("goods", 1950, by="Alba"))', "2 times"),
        ('difference(row("goods", 1950, by="Bora"), row("goods", 1950, by="Alba"))', "10\u00a0crowns more"),
        ('rank(row("goods", 1950, by="Alba"), "by")', "2nd of 2"),
        ('peak("goods", by="Alba")', "12\u00a0crowns in 1951"),
        ('trough("goods", by="Alba")', "10\u00a0crowns in 1950"),
        ("unit", "kr"),
    ],
)
def test_a_call_in_plain_words_is_its_text(pen, call, text):
    assert write_plain(pen, f"{{{{ {call} }}}}", HERE, unit="kr") == text
    assert problems_of(pen) == []


def test_plain_words_leave_no_note(pen):
    write_plain(pen, '{{ n("goods", 1950, by="Alba") }}', HERE)

    assert pen.notes == []


@pytest.mark.parametrize(
    ("call", "link"),
    [
        ('cite("gazette")', '<a href="../../sources/#gazette" data-record="source/gazette">The Gazette</a>'),
        ('cite("gazette", "here")', '<a href="../../sources/#gazette" data-record="source/gazette">here</a>'),
        ('data("goods")', '<a href="../../data/goods/" data-record="series/goods">The goods</a>'),
        ('data("goods", "rows")', '<a href="../../data/goods/" data-record="series/goods">rows</a>'),
        ('event("storm", "then")', '<a href="../../timeline/#storm" data-record="event/storm">then</a>'),
        ('chart("goods")', "<figure>goods</figure>"),
        ('mirror("ages")', "<figure>ages</figure>"),
        ('picture("goods")', "<figure>goods</figure>"),
        ("theses()", "<ul>essay</ul>"),
        ("readings()", "<ul>quick dear</ul>"),
        ('readings("dear")', "<ul>dear</ul>"),
    ],
)
def test_a_link_leads_to_its_record(pen, call, link):
    assert write(pen, f"{{{{ {call} }}}}", HERE) == link
    assert problems_of(pen) == []


def test_the_news_are_the_latest_changes_first(pen):
    text = write(pen, "{{ news(2) }}", HERE)

    assert text == (
        '<ul class="bf-rows"><li><a href="./">The newest.</a> <span class="bf-muted">24 December 1959</span></li>'
        '<li><a href="../b/">A &#42;new&#42; &amp; newer page.</a> '
        '<span class="bf-muted">December 1959</span></li></ul>'
    )


def test_chapters_stand_under_their_part_in_order_and_loose_ones_last(pen):
    assert write(pen, "{{ chapters() }}", HERE) == (
        '## Late {: #late }\n\n<p class="bf-muted">And &#42;then&#42;?</p>\n\n<ul class="bf-rows">'
        '<li><a href="../b/">First</a> <span class="bf-muted">Told.</span></li>'
        '<li><a href="./">Second</a> <span class="bf-muted">Told.</span></li></ul>\n\n'
        '<ul class="bf-rows"><li><a href="../c/">Loose</a> <span class="bf-muted">Told.</span></li></ul>'
    )


def test_text_of_a_record_in_prose_is_neither_html_nor_markdown(pen):
    assert write(pen, '{{ event("storm") }}', HERE) == (
        '<a href="../../timeline/#storm" data-record="event/storm">A &#42;storm&#42; &amp; &lt;more&gt;</a>'
    )


def test_what_a_share_is_of_is_neither_html_nor_markdown(pen):
    text = write(pen, '{{ share(row("goods", 1950, by="Alba"), row("goods", 1950, by="Bora"), of="<b>*all*") }}', HERE)

    assert ">50% of &lt;b&gt;&#42;all&#42;</data>" in text


@pytest.mark.parametrize("call", ['event("storm")', 'cite("gazette", "A & B")', 'data("goods")'])
def test_a_link_in_plain_words_is_words(pen, call):
    text = write_plain(pen, f"{{{{ {call} }}}}", HERE)

    assert "<a" not in text
    assert "&amp;" not in text


def test_words_of_a_record_are_escaped_but_for_their_calls(pen):
    text = write_words(pen, 'Salt & <smoke> {{ n("goods", 1950, by="Alba") }}', HERE)

    assert text.startswith('Salt &amp; &lt;smoke&gt; <data class="bf-n"')


def test_the_unit_beside_a_chart_is_escaped(pen):
    assert write_words(pen, "in {{ unit }}", HERE, unit="R&D <crowns>") == "in R&amp;D &lt;crowns&gt;"
    assert write_plain(pen, "in {{ unit }}", HERE, unit="R&D <crowns>") == "in R&D <crowns>"


def test_a_comment_of_the_template_is_not_written(pen):
    assert write(pen, "a{// not this //}b {# this #}", HERE) == "ab {# this #}"


def test_a_line_end_at_the_end_stays(pen):
    assert write(pen, "a\n", HERE) == "a\n"


@pytest.mark.parametrize("call", HELP)
def test_every_call_stands_in_the_site_that_is_compared(call):
    name = call.partition("(")[0]
    texts = [*(SITES / "ferry/docs").rglob("*.md"), *(SITES / "ferry/data/charts").glob("*.yml")]

    assert any(f"{name}(" in text or f"{{{{ {name} }}}}" in text for text in (path.read_text() for path in texts))


ARGUMENTS = {
    **{name: 'row("goods", 1950, by="Alba")' for name in ("part", "whole", "one", "other", "row")},
    **{"series": '"goods"', "date": "1950", "start": "1950", "end": "1951", "of": '"all"', "column": '"by"'},
    "*questions": '"quick", "dear"',
    **{"words": '"then"', "**columns": 'by="Alba"', "most": "2"},
}
IDS = {
    **{"checklist": '"is-it"'},
    **{"mirror": '"ages"', "chart": '"goods"', "picture": '"goods"', "event": '"storm"', "cite": '"gazette"'},
    "data": '"goods"',
    **{"person": '"tern"', "place": '"mole"', "document": '"roll"', "contested": '"how-many"'},
}


@pytest.mark.parametrize("call", HELP)
def test_every_call_works_as_it_is_documented(pen, call):
    name, bracket, rest = call.partition("(")
    names = [argument for argument in rest.rstrip(")").split(", ") if argument]
    arguments = ", ".join({**ARGUMENTS, "id": IDS.get(name)}[argument] for argument in names)

    call = f"{name}({arguments})" if bracket else name
    call = f"difference({call}, {call})" if name == "row" else call  # a row alone has no words
    text = write(pen, f"{{{{ {call} }}}}", HERE, unit="kr")

    assert problems_of(pen) == []
    assert text != ""


# --- faulty calls -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param('{{ n("x", 1950) }}', 10, id="first line"),
        pytest.param('one\n\nthree {{ n("x", 1950) }}', 12, id="third line"),
        pytest.param('{// a\ncomment //}\n{{ n("x", 1950) }}', 12, id="behind a comment"),
    ],
)
def test_a_faulty_call_is_reported_on_its_line(pen, text, line):
    write(pen, text, HERE, is_exact=True)

    assert problems_of(pen) == [
        f'docs/a.md:{line}: n() names the unknown series "x". Known: goods. [calls-give-figures]'
    ]


def test_the_words_of_a_record_are_reported_where_they_begin(pen):
    write_words(pen, 'a\nb\n{{ n("x", 1950) }}', HERE)

    assert [problem.where for problem in pen.problems] == [HERE]


def test_all_faulty_calls_are_reported(pen):
    text = '{{ n("x", 1950) }}\n{{ n() }}\n{{ difference(row("goods", 1950, by="Alba"), 8) }}\n{{ n("goods", 1960) }}'

    write(pen, text, HERE, is_exact=True)

    assert [problem.where.line for problem in pen.problems] == [10, 11, 12, 13]


def test_a_call_around_a_faulty_one_is_not_reported_too(pen):
    write(pen, '{{ ratio(row("x", 1950), row("goods", 1950, by="Alba")) }}', HERE)

    assert problems_of(pen) == ['docs/a.md:10: row() names the unknown series "x". Known: goods. [calls-give-figures]']


def test_a_fault_of_a_text_used_twice_is_reported_at_each_place(pen):
    write(pen, '{{ n("x", 1950) }}', HERE, is_exact=True)
    write(pen, '{{ n("x", 1950) }}', Where("docs/b.md", 3), is_exact=True)

    assert [str(problem.where) for problem in pen.problems] == ["docs/a.md:10", "docs/b.md:3"]


@pytest.mark.parametrize(
    ("text", "report"),
    [
        pytest.param(
            "{{ nn() }}", "the text cannot be written: 'nn' is undefined. Did you mean \"n\"?", id="unknown call"
        ),
        pytest.param(
            "{{ charts() }}", "the text cannot be written: 'charts' is undefined. Did you mean \"chart\"?", id="nearly"
        ),
        pytest.param(
            "{{ n( }}",
            "the text is no template: unexpected '}', expected ')'. Check braces and quotes.",
            id="open bracket",
        ),
        pytest.param(
            "{{ n('x) }}",
            'the text is no template: unexpected char "\'" at 5. Check braces and quotes.',
            id="open quote",
        ),
        pytest.param(
            "{% if %}",
            "the text holds a statement, which is no call. Write only calls, such as {{ n(series, date) }}.",
            id="empty condition",
        ),
        pytest.param(
            "{% for x in 5 %}{% endfor %}",
            "the text holds a statement, which is no call. Write only calls, such as {{ n(series, date) }}.",
            id="loop",
        ),
        pytest.param(
            "{{ n() }}",
            "n() is called wrongly: missing 2 required arguments: 'series' and 'date'. "
            "Write n(series, date, **columns).",
            id="no arguments",
        ),
        pytest.param(
            '{{ rank(row("goods", 1950, by="Alba"), "bye") }}',
            'rank() ranks by the unknown column "bye". Did you mean "by"?',
            id="rank by an unknown column",
        ),
        pytest.param(
            '{{ event("strom") }}', 'event() names the unknown event "strom". Did you mean "storm"?', id="event"
        ),
        pytest.param(
            '{{ cite("gazete") }}', 'cite() names the unknown source "gazete". Did you mean "gazette"?', id="source"
        ),
        pytest.param(
            '{{ data("good") }}', 'data() names the unknown series "good". Did you mean "goods"?', id="series"
        ),
        pytest.param(
            '{{ chart("good") }}', 'chart() names the unknown chart "good". Did you mean "goods"?', id="chart"
        ),
        pytest.param(
            '{{ picture("good") }}', 'picture() names the unknown chart "good". Did you mean "goods"?', id="picture"
        ),
        pytest.param(
            '{{ readings("quik") }}',
            'readings() names the unknown question "quik". Did you mean "quick"?',
            id="question",
        ),
        pytest.param(
            '{{ change("goods", 1950, 1951.5, by="Alba") }}',
            'change() has date "1951.5", which is no date; write a year "1949", a month "1949-10", a day "1949-10-01", '
            'about "1640~", or a span "1950/1959".',
            id="date",
        ),
    ],
)
def test_what_is_wrong_with_a_call_is_said(pen, text, report):
    write(pen, text, HERE, is_exact=True)

    assert problems_of(pen) == [f"docs/a.md:10: {report} [calls-give-figures]"]


def test_a_chart_does_not_stand_in_words_beside_a_chart(pen):
    write_plain(pen, '{{ chart("goods") }}', HERE)

    assert problems_of(pen) == [
        "docs/a.md:10: chart() stands in the words of a chart. Call it in the text of a page. [calls-give-figures]"
    ]


def test_a_chart_that_shows_itself_in_its_words_is_reported_and_ends(pen):
    pen.draw_chart = lambda pen, chart: write_words(pen, '{{ chart("goods") }}{{ chart("goods") }}', HERE)

    write(pen, '{{ chart("goods") }}', HERE)

    assert {problem.message for problem in pen.problems} == {"chart() stands in the words of a chart"}


def test_a_mirror_that_shows_itself_in_its_words_is_reported_and_ends(pen):
    again = '{{ mirror("ages") }}{{ mirror("ages") }}'
    pen.draw_in_text = {"mirror": lambda pen, mirror: write_words(pen, again, HERE)}

    write(pen, '{{ mirror("ages") }}', HERE)

    assert {problem.message for problem in pen.problems} == {"mirror() stands in the words of a record"}


@pytest.mark.parametrize("call", ['picture("goods")', "theses()", "readings()"])
def test_what_is_drawn_in_a_text_does_not_stand_in_words_of_records(pen, call):
    write_plain(pen, f"{{{{ {call} }}}}", HERE)

    name = call.partition("(")[0]
    assert problems_of(pen) == [
        f"docs/a.md:10: {name}() stands in the words of a record. Call it in the text of a page. [calls-give-figures]"
    ]


# --- the sandbox ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ ().__class__.__bases__[0].__subclasses__() }}",
        "{{ n.__globals__ }}",
        "{{ n.__wrapped__ }}",
        "{{ n.__closure__ }}",
        "{{ n.__code__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ joiner.__init__ }}",
        "{{ namespace.__init__ }}",
        "{{ range.__self__ }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ '{0.__class__}'.format_map({'0': 1}) }}",
        "{{ row('goods', 1950, by='Alba').__class__ }}",
        "{{ row('goods', 1950, by='Alba').keys.__class__ }}",
        "{{ row('goods', 1950, by='Alba').keys.update({'by': 'Bora'}) }}",
        "{{ [].append(1) }}",
        "{{ range(10000000) }}",
        "{% include 'index.md' %}",
        "{% import 'index.md' as x %}",
        "{% extends 'index.md' %}",
        "{{ open('/etc/passwd') }}",
        "{{ __import__('os') }}",
        "{{ config }}",
        "{% do 1 %}",
    ],
)
def test_a_template_that_reaches_for_python_is_a_report(pen, text):
    written = write(pen, text, HERE, is_exact=True)

    assert written == ""
    assert len(pen.problems) == 1
    assert str(pen.problems[0].where) == "docs/a.md:10"
    assert pen.problems[0].rule == "calls-give-figures"
