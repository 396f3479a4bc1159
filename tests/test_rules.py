"""Where rules end: what each lets pass. What each catches is planted in the sites `broken-*`."""

import pytest

from generator.rules import RULES, check, sentence_of
from tests.subjects import SITE, events, page, read_files, series, subject_of

ERA = "{id: steam, title: Steam, date: 1902/1959-06, description: Steaming., boundary: None., sources: [book]}\n"
CHART = """\
id: goods
title: Goods
kind_of_chart: line
theme: goods
unit: thousand-crowns
headline: %s
subtitle: Goods
takeaway: They rise.
alt: A line.
draw: [{series: goods, label: Goods}]
"""
GOODS = series("goods", "date,value,source\n1950,1,book\n")
CALL = "{{ n('goods', 1950) }}"


def found(folder, files, rule):
    problems = check(subject_of(folder, files))
    return [f"{problem.where}: {problem.message}" for problem in problems if problem.rule == rule]


def test_a_subject_without_records_breaks_no_rule(tmp_path):
    assert check(subject_of(tmp_path, {"data/sources.yml": ""})) == []


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_one_sentence_and_its_name(name):
    sentence = sentence_of(RULES[name])

    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert RULES[name].__name__ == name.replace("-", "_")


@pytest.mark.parametrize(
    ("date", "is_outside"),
    [
        pytest.param("1902-01-01", False, id="first day"),
        pytest.param("1901/1902", False, id="reaches into it"),
        pytest.param("1901-12-31", True, id="day before"),
        pytest.param("1959-06-30", False, id="last day"),
        pytest.param("1959", False, id="the year in which it ends"),
        pytest.param("1959/1960", False, id="begins in it and ends behind it"),
        pytest.param("1959-07-01", True, id="day behind"),
    ],
)
def test_an_event_stands_in_its_era_from_its_first_day_to_its_last(tmp_path, date, is_outside):
    files = {**events(f'id: storm, date: "{date}"'), "data/eras.yml": ERA}

    assert bool(found(tmp_path, files, "events-stay-inside-their-era")) is is_outside


@pytest.mark.parametrize(
    ("date", "status", "is_late"),
    [
        pytest.param("1959", "reported", False, id="last year"),
        pytest.param("1960-01", "reported", False, id="this month, which ends today"),
        pytest.param("1960", "reported", True, id="this year, which has not ended"),
        pytest.param("1959-02/1960-02", "reported", True, id="a span that reaches into the future"),
        pytest.param("1961", "reported", True, id="next year"),
        pytest.param("1961", "about", True, id="about"),
        pytest.param("1961", "plan", False, id="plan"),
        pytest.param("1961", "estimate", False, id="estimate"),
    ],
)
def test_only_plans_and_estimates_lie_in_the_future(tmp_path, date, status, is_late):
    rows = f"date,value,status,source\n{date},1,{status},book\n"

    assert bool(found(tmp_path, series("goods", rows), "nothing-lies-after-as-of")) is is_late


@pytest.mark.parametrize(
    ("due", "is_overdue"),
    [("1960-01-30", True), ("1960-01-31", False), ("1960-01", False), ("1959", True), ("1961", False)],
)
def test_a_review_is_due_until_the_end_of_its_day(tmp_path, due, is_overdue):
    files = series("goods", "date,value,source\n1950,1,book\n", more=f'review_by: "{due}"\n')

    assert bool(found(tmp_path, files, "records-are-reviewed-in-time")) is is_overdue


@pytest.mark.parametrize(
    ("headline", "is_long"),
    [
        pytest.param(" ".join(["word"] * 15), False, id="fifteen words"),
        pytest.param(" ".join(["word"] * 16), True, id="sixteen words"),
        pytest.param(f"{' '.join(['word'] * 13)} {CALL}", False, id="a call is two words"),
        pytest.param(f"{' '.join(['word'] * 14)} {CALL}", True, id="a call too many"),
    ],
)
def test_a_headline_has_fifteen_words_at_most(tmp_path, headline, is_long):
    files = {**GOODS, "data/charts/goods.yml": CHART % f'"{headline}"'}

    assert bool(found(tmp_path, files, "headlines-are-short")) is is_long


def test_rows_convert_into_the_unit_of_a_chart(tmp_path):
    files = {**GOODS, "data/charts/goods.yml": CHART % "Goods rise"}

    assert check(subject_of(tmp_path, files)) == []


@pytest.mark.parametrize(
    ("low", "high", "is_outside"),
    [
        ("5", "5", False),
        ("", "", False),
        ("4", "", False),
        ("", "6", False),
        ("5.1", "", True),
        ("", "4.9", True),
        ("6", "4", True),
    ],
)
def test_a_value_may_be_the_end_of_its_range(tmp_path, low, high, is_outside):
    rows = f"date,value,low,high,source\n1950,5,{low},{high},book\n"

    assert bool(found(tmp_path, series("goods", rows), "ranges-hold-their-value")) is is_outside


@pytest.mark.parametrize(
    ("second", "is_double"),
    [
        pytest.param("1950,Alba,2,,book", True, id="other value"),
        pytest.param("1950,Alba,1,,gazette", False, id="other source"),
        pytest.param("1950,Bora,1,,book", False, id="other column"),
        pytest.param("1950,Alba,1,passenger,book", False, id="other unit"),
        pytest.param("1950-01,Alba,1,,book", False, id="other date"),
    ],
)
def test_rows_of_one_date_differ_in_something(tmp_path, second, is_double):
    rows = f"date,by,value,unit,source\n1950,Alba,1,,book\n{second}\n"
    lines = found(tmp_path, series("goods", rows, "{by: Office}"), "rows-of-one-date-differ")

    assert len(lines) == (2 if is_double else 0)


@pytest.mark.parametrize(
    ("verdict", "is_reported"),
    [("not-yet-checked", False), ("unverifiable", False), ("supported", True), ("contradicted", True)],
)
def test_a_claim_needs_no_source_only_while_none_is_known(tmp_path, verdict, is_reported):
    claim = "{id: a, article: b, paragraph: 1, claim: c, kind_of_claim: d, theme: goods, verdict: %s, explanation: f}\n"

    assert bool(found(tmp_path, {"data/claims.yml": claim % verdict}, "facts-have-sources")) is is_reported


def test_what_could_not_be_read_is_not_unknown_too(tmp_path):
    files = events("id: storm, date: 1950, people: [odo]")
    files["data/people.yml"] = "- {id: odo, label: Odo, sources: [book]}\n"

    subject, problems = read_files(tmp_path, files)

    assert len(problems) == 1
    assert check(subject) == []


def test_chapters_need_no_part_where_the_site_lists_none(tmp_path):
    files = {"docs/story/a.md": page("Text.\n", kind="chapter")}
    assert found(tmp_path, files, "chapters-stand-in-a-part") == []


def test_a_navigation_in_the_order_of_the_story_is_right_whatever_stands_between(tmp_path):
    chapter = "part: Late\norder: {}\n"
    files = {
        "data/parts.yml": "- {id: late, title: Late, question: Then?}\n",
        "docs/story/a.md": page("Text.\n", kind="chapter", more=chapter.format(2)),
        "docs/story/b.md": page("Text.\n", kind="chapter", more=chapter.format(1)),
        "docs/story/aside.md": page("Text.\n"),
        "mkdocs.yml": "nav: [{Story: [{Late: [story/b.md, story/aside.md, {Its own name: story/a.md}]}]}]\n",
    }
    assert found(tmp_path, files, "navigation-follows-the-story") == []


def test_without_a_navigation_every_page_is_in_it(tmp_path):
    assert found(tmp_path, {"docs/story/lost.md": page("Text.\n")}, "navigation-is-complete") == []


@pytest.mark.parametrize(
    ("file", "is_reserved"),
    [
        ("docs/data.md", True),
        ("docs/data/index.md", True),
        ("docs/data/mine.md", True),
        ("docs/database.md", False),
        ("docs/about/index.md", False),
        ("docs/about/rules.md", True),
        ("docs/story/data.md", False),
    ],
)
def test_only_generated_addresses_are_reserved(tmp_path, file, is_reserved):
    assert bool(found(tmp_path, {file: page("Text.\n")}, "pages-leave-reserved-addresses")) is is_reserved


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("In 1950, on 3 May.\n", id="year and date"),
        pytest.param('It was {{ n("goods", 1950) }}.\n', id="call"),
        pytest.param("{// 12 boats //}\n", id="comment"),
        pytest.param("{% set boats = 12 %}\n", id="statement"),
        pytest.param("[here](pier-9.md) and [there](https://example.org/12)\n", id="target of a link"),
        pytest.param("See https://example.org/12 there.\n", id="address"),
        pytest.param("Text {: #part-2 .x3 }\n", id="attributes"),
        pytest.param('<div class="map2" id="pier-9"></div>\n', id="attributes of a tag"),
        pytest.param('<div class="h2">Text</div>\n', id="class"),
        pytest.param("# Heading\n\n1950 was a year.\n", id="heading"),
    ],
)
def test_prose_without_a_figure_passes(tmp_path, body):
    assert found(tmp_path, {**GOODS, "docs/a.md": page(body)}, "figures-are-called") == []


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        pytest.param("[12 boats](a.md)\n", ["12"], id="words of a link"),
        pytest.param("![12 boats](a.png)\n", ["12"], id="alternative text"),
        pytest.param('<abbr title="12 boats">b</abbr>\n', ["12"], id="title"),
        pytest.param('<div aria-label="12 boats"></div>\n', ["12"], id="label"),
        pytest.param("`12`\n", ["`12`"], id="code"),
        pytest.param("| 12 | 13 |\n", ["12", "13"], id="table"),
        pytest.param("# Two boats\n", ["Two"], id="heading"),
        pytest.param("<b>half</b>\n", ["half"], id="inside a tag"),
    ],
)
def test_a_figure_is_found_wherever_a_reader_meets_it(tmp_path, body, faults):
    lines = found(tmp_path, {"docs/a.md": page(body)}, "figures-are-called")

    assert lines == [f'docs/a.md:6: the text has "{fault}", which no call gives' for fault in faults]


def test_a_figure_is_reported_on_its_line(tmp_path):
    lines = found(tmp_path, {"docs/a.md": page("\nOne.\n\nHalf of it.\n")}, "figures-are-called")

    assert lines == ['docs/a.md:9: the text has "Half", which no call gives']


def test_the_words_of_the_site_are_read_too(tmp_path):
    site = SITE.replace("title: Alba and Bora", "title: Two Islands")

    assert found(tmp_path, {"data/site.yml": site}, "figures-are-called") == [
        'data/site.yml:1: the title of the site has "Two", which no call gives'
    ]


def test_an_allowed_name_may_stand_in_the_title_of_the_site(tmp_path):
    files = {
        "data/site.yml": SITE.replace("title: Alba and Bora", "title: Two Islands"),
        "data/allowed.yml": "{id: title, text: Two Islands, reason: The name of the site.}\n",
    }

    assert check(subject_of(tmp_path, files)) == []


# --- evidence ---------------------------------------------------------------------------------------------------

DERIVED = SITE.replace("{id: reported", "{id: derived, label: derived}, {id: plan, label: plan}, {id: reported")


def derived(operation, value, unit="crown"):
    more = f"derivations: [{{operation: {operation}, of: [{{series: a}}, {{series: b}}]}}]\n"
    return {
        "data/site.yml": DERIVED,
        **series("a", "date,value,source\n1950,9,book\n"),
        **series("b", "date,value,unit,source\n1950,0.004,thousand-crowns,book\n", unit="thousand-crowns"),
        **series("c", f"date,value,status,source\n1950,{value},derived,book\n", unit=unit, more=more),
    }


@pytest.mark.parametrize(
    ("operation", "value", "unit"),
    [
        ("sum", "13", "crown"),
        ("sum", "0.013", "thousand-crowns"),
        ("difference", "5", "crown"),
        ("share", "225", "percent"),
        ("ratio", "2.3", "crown"),
        ("ratio", "2.25", "crown"),
    ],
)
def test_a_derived_row_is_computed_from_its_operands_to_the_digits_written(tmp_path, operation, value, unit):
    assert found(tmp_path, derived(operation, value, unit), "derived-rows-are-computed-again") == []


def test_a_derived_row_that_is_off_by_its_last_digit_is_reported(tmp_path):
    assert found(tmp_path, derived("ratio", "2.26"), "derived-rows-are-computed-again") == [
        'data/series/c.csv:2: series "c" at 1950 says 2.26, but the ratio of 9 (a) and 0.004 (b) is 2.25'
    ]


@pytest.mark.parametrize(
    ("one", "other", "is_reported"),
    [
        pytest.param("5.4,,", "5,,", False, id="one rounds to the other"),
        pytest.param("5.6,,", "5,,", True, id="it does not"),
        pytest.param("462,,", "460,,", False, id="to tens"),
        pytest.param("466,,", "460,,", True, id="not to tens"),
        pytest.param("4,,", "0,,", True, id="zero is no rounding"),
        pytest.param("5000,crown,", "5.0,thousand-crowns,", False, id="the same in another unit"),
        pytest.param("5100,crown,", "5.0,thousand-crowns,", True, id="not the same in another unit"),
        pytest.param("5,,plan", "9,,", False, id="a plan and its outcome"),
        pytest.param("5,passenger,", "9,crown,", False, id="two things"),
    ],
)
def test_values_collide_when_they_differ_by_more_than_rounding(tmp_path, one, other, is_reported):
    rows = f"date,value,unit,status,source\n1950,{one},book\n1950,{other},gazette\n"
    files = {"data/site.yml": DERIVED, **series("goods", rows)}

    assert bool(found(tmp_path, files, "differing-values-are-contested")) is is_reported


@pytest.mark.parametrize(
    ("differing", "is_reported"),
    [
        ("{series: goods}", False),
        ('{series: goods, dates: ["1950"]}', False),
        ('{series: goods, dates: ["1951"]}', True),
        ("{series: goods, where: {way: back}}", True),
    ],
)
def test_a_contested_entry_names_the_rows_that_differ(tmp_path, differing, is_reported):
    entry = f"- {{id: x, question: How much?, theme: goods, differing: [{differing}], sources: [book]}}\n"
    rows = "date,way,value,source\n1950,out,5,book\n1950,out,9,gazette\n"
    files = {**series("goods", rows, "{way: Which}"), "data/contested.yml": entry}

    assert bool(found(tmp_path, files, "differing-values-are-contested")) is is_reported


@pytest.mark.parametrize(
    ("sentence", "is_reported"),
    [
        ("It is the latest boat.", True),
        ("It is the latest boat of 1957.", False),
        ("It is the latest boat.\nIn 1957 there was none.", True),
        ("The trade now stands at {{ n('goods', 1950) }}.", False),
        ("It set a record high.", True),
        ("We keep a record of the talk.", False),
        ("Then and now.", False),
        ("They do not know.", False),
    ],
)
def test_a_word_of_now_stands_beside_a_date_or_a_row(tmp_path, sentence, is_reported):
    files = {**GOODS, "docs/story/a.md": page(sentence, kind="chapter")}

    assert bool(found(tmp_path, files, "words-of-now-have-a-date")) is is_reported


@pytest.mark.parametrize(
    ("guess", "is_found"),
    [
        pytest.param("date: 1950", True, id="drawn"),
        pytest.param("date: 1951", False, id="no row"),
        pytest.param("date: 1950, where: {pier: North}", False, id="another column"),
    ],
)
def test_a_guess_is_a_row_that_the_chart_draws(tmp_path, guess, is_found):
    text = CHART % "Goods rise" + f"guess: {{question: How much?, series: goods, {guess}}}\n"
    files = {**GOODS, "data/charts/goods.yml": text}

    assert bool(found(tmp_path, files, "guesses-name-a-row-of-their-chart")) is not is_found
