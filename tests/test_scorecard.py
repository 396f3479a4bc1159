"""What the scorecard counts."""

from generator.scorecard import Completeness, completeness, due_reviews, unused_series, words_counted
from tests.subjects import series, subject_of

SOURCES = """\
- {id: book, title: The book, by: The office, standing: press, url: https://example.org/book, language: en}
- {id: gazette, title: The Gazette, by: The Gazette, standing: press, url: https://example.org/gazette}
"""
GOODS = series("goods", "date,value,source\n1950,1,book\n", more='review_by: "1961-01-01"\n')
ROPE = series("rope", "date,value,source\n1950,1,book\n", more='review_by: "1960-06-01"\nlicence: Free\n')


def test_a_field_is_recorded_or_not(tmp_path):
    counted = completeness(subject_of(tmp_path, {"data/sources.yml": SOURCES}))

    assert Completeness("source", "language", 1, 2) in counted
    assert Completeness("source", "licence", 0, 2) in counted
    assert {part.kind for part in counted} == {"source"}


def test_words_are_counted_in_the_order_of_their_vocabulary(tmp_path):
    subject = subject_of(tmp_path, {})

    assert words_counted(subject, "status", ["about", "reported", "about"]) == [
        ("reported", 1),
        ("about", 2),
        ("estimate", 0),
    ]


def test_a_series_is_unused_until_one_of_its_rows_is_used(tmp_path):
    subject = subject_of(tmp_path, {**GOODS, **ROPE})

    assert [series.id for series in unused_series(subject, {("rope", "1950"): {}})] == ["goods"]


def test_reviews_come_in_the_order_in_which_they_are_due(tmp_path):
    subject = subject_of(tmp_path, {**GOODS, **ROPE})

    assert [record.id for record in due_reviews(subject)] == ["rope", "goods"]
