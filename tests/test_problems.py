"""How problems are said: to people, to GitHub, and with the nearest word that is known."""

import pytest

from generator.problems import (
    Problem,
    Refusal,
    Where,
    did_you_mean,
    report_for_github,
    report_for_people,
    show,
)

LATE = Problem(Where("data/events.yml", 41), 'event "toll" ends before it starts', "Swap the dates.", "events-end")
EARLY = Problem(Where("data/events.yml", 9), 'event "storm" has no source', "", "facts-have-sources")


def test_a_problem_says_place_fault_mend_and_rule():
    assert str(LATE) == 'data/events.yml:41: event "toll" ends before it starts. Swap the dates. [events-end]'


def test_a_problem_without_a_mend_has_no_gap():
    assert str(EARLY) == 'data/events.yml:9: event "storm" has no source. [facts-have-sources]'


def test_problems_are_sorted_by_file_and_line_and_counted():
    assert report_for_people([LATE, EARLY]) == f"{EARLY}\n{LATE}\n2 problems"


def test_lines_are_sorted_as_numbers():
    problems = [Problem(Where("data/a.yml", line), "is wrong", "", "rule") for line in (100, 20, 3)]

    assert [line.split(":")[1] for line in report_for_people(problems).splitlines()[:-1]] == ["3", "20", "100"]


def test_a_problem_found_twice_is_said_once():
    assert report_for_people([LATE, LATE]) == f"{LATE}\n1 problem"


def test_no_problems_are_said_as_such():
    assert report_for_people([]) == "no problems"
    assert report_for_github([]) == "no problems"


def test_github_gets_one_annotation_for_each_problem():
    assert report_for_github([LATE, EARLY]) == (
        '::error file=data/events.yml,line=9,title=facts-have-sources::event "storm" has no source.\n'
        "::error file=data/events.yml,line=41,title=events-end::"
        'event "toll" ends before it starts. Swap the dates.\n'
        "2 problems"
    )


def test_an_annotation_stays_on_its_line_and_keeps_its_percent_signs():
    problem = Problem(Where("a.yml"), "has 5%\r\nmore", "", "rule")

    assert report_for_github([problem]) == "::error file=a.yml,line=1,title=rule::has 5%25\\r\\nmore.\n1 problem"


def test_a_refusal_is_its_report():
    refusal = Refusal([LATE, EARLY, LATE])

    assert refusal.problems == (EARLY, LATE)
    assert str(refusal) == report_for_people([LATE, EARLY])


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("salt", '"salt"', id="text in quotes"),
        pytest.param('a "b"', r'"a \"b\""', id="quotes inside are marked"),
        pytest.param("a\nb", r'"a\nb"', id="on one line"),
        pytest.param("соль", '"соль"', id="other scripts stay"),
        pytest.param(12.5, '"12.5"', id="number"),
        pytest.param(True, '"true"', id="truth as YAML writes it"),
        pytest.param(None, '"null"', id="nothing"),
        pytest.param(("a", 1), r'"[\"a\", 1]"', id="list"),
        pytest.param("x" * 60, f'"{"x" * 60}"', id="sixty letters are whole"),
        pytest.param("x" * 61, f'"{"x" * 59}…"', id="more are cut"),
    ],
)
def test_a_value_is_shown_as_written_and_cut(value, shown):
    assert show(value) == shown


@pytest.mark.parametrize(
    ("word", "known", "advice"),
    [
        pytest.param("gazete", ["gazette", "book"], 'Did you mean "gazette"?', id="near"),
        pytest.param("xyz", ["gazette", "book"], "Known: book, gazette.", id="few, none near"),
        pytest.param("xyz", [f"source-{number}" for number in range(13)], "", id="many, none near"),
        pytest.param("xyz", [], "", id="none known"),
    ],
)
def test_an_unknown_word_gets_the_nearest_known_one(word, known, advice):
    assert did_you_mean(word, known) == advice
