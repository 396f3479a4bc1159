"""How prose is measured: the words and sentences that a reader meets, and nothing that stands beside them."""

import pytest

from generator.manuscript import Measure, measure, sentences_in, words_in

FIGURE = '<data class="bf-n" value="1" data-rows="a#b">1.5 million crowns</data><a class="bf-ref" href="../#b">1</a>'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("They met twice.", 3, id="words"),
        pytest.param(f"It was {FIGURE}.", 5, id="a figure with its unit, without its reference"),
        pytest.param("Half, or 50% – no more.", 5, id="a dash is no word"),
        pytest.param("[the toll](tickets.md) & more", 3, id="a link without its target"),
        pytest.param("## Who paid? {#paid}\n\nAlba.", 3, id="a heading without its attributes"),
        pytest.param("One.\n\n<figure><p>Not this.</p></figure>\n", 1, id="no drawing"),
        pytest.param('a <button>toll</button><span popover id="w-toll">a due</span> here', 3, id="no definition"),
        pytest.param("| Who | What |\n|---|---|\n| Alba | rope |", 4, id="a table"),
    ],
)
def test_words_are_what_is_read(text, words):
    assert words_in(text) == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("They met. They left.", ["They met.", "They left."], id="two"),
        pytest.param("## Heading\n\nThey met\non a pier.", ["They met on a pier."], id="without headings, over lines"),
        pytest.param("- One\n- Two", ["- One", "- Two"], id="each item"),
        pytest.param("A. B. Tern rowed to St. Odo.", ["A. B. Tern rowed to St. Odo."], id="short words end none"),
        pytest.param("He said “no.” They left.", ["He said “no.”", "They left."], id="behind a quotation"),
        pytest.param("| a | b |\n|---|---|\n\nThey met.", ["They met."], id="without tables"),
        pytest.param("It fell by 3.5 crowns.", ["It fell by 3.5 crowns."], id="a decimal"),
    ],
)
def test_sentences_end_where_a_reader_stops(text, sentences):
    assert list(sentences_in(text)) == sentences


def test_a_text_is_measured_by_its_middle_and_its_longest_sentence():
    assert measure("They met.\n\nThey met on the pier. Nobody paid a toll at all.") == Measure(13, 5, 6)


def test_an_empty_text_has_no_sentence():
    assert measure("") == Measure(0, 0, 0)
