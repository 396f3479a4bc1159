"""First uses of terms in prose: which words are found, what is left alone, and what is told of them."""

import pytest

from generator.model import Term
from generator.words import forms_of, key_of, mark_first_uses, opening


def term(id, label, *forms):
    return Term.model_construct(id=id, label=label, forms=forms)


TERMS = (term("toll", "Toll", "tolls"), term("sea-toll", "sea toll"), term("mole", "mole", "MRL"))


def marked(text, terms=TERMS):
    return mark_first_uses(text, terms, lambda id, words: f"<{id}:{words}>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A toll is due.", "A <toll:toll> is due.", id="small letter for a capital"),
        pytest.param("Mole and sea.", "<mole:Mole> and sea.", id="capital for a small letter"),
        pytest.param("Tolls rise.", "<toll:Tolls> rise.", id="another form"),
        pytest.param("The MRL, the mrl.", "The <mole:MRL>, the mrl.", id="case inside a word counts"),
        pytest.param("Toll, toll, tolls.", "<toll:Toll>, toll, tolls.", id="first use only"),
        pytest.param("A sea toll, a toll.", "A <sea-toll:sea toll>, a <toll:toll>.", id="longest first"),
        pytest.param("A sea\ntoll.", "A <sea-toll:sea\ntoll>.", id="over a line end"),
        pytest.param("Sea\n\ntoll.", "Sea\n\n<toll:toll>.", id="not over paragraphs"),
        pytest.param("Tollgate, untoll, toll-free.", "Tollgate, untoll, toll-free.", id="whole words"),
        pytest.param("The toll’s end, *toll*.", "The <toll:toll>’s end, *toll*.", id="before an apostrophe"),
        pytest.param("- a **toll**\n", "- a **<toll:toll>**\n", id="list and emphasis"),
    ],
)
def test_the_first_use_of_a_term_is_marked(text, expected):
    assert marked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("## The toll\n", id="heading"),
        pytest.param("[the toll](a.md)", id="link"),
        pytest.param("![toll](a.png)", id="picture"),
        pytest.param("[the [old] toll][ref]", id="link by reference"),
        pytest.param("`toll`", id="code"),
        pytest.param("```\ntoll\n```\n", id="fenced code"),
        pytest.param("| toll | b |\n|---|---|\n", id="table"),
        pytest.param('{{ event("toll", "the toll") }}', id="call"),
        pytest.param("{// toll //}{% set a = 'toll' %}", id="comment and statement"),
        pytest.param('<a href="toll.md">the toll</a>', id="link in HTML"),
        pytest.param('<p title="toll"></p>', id="attribute"),
        pytest.param("<h2 id='x'>The toll</h2>", id="heading in HTML"),
        pytest.param("<figure><p>toll</p></figure>", id="figure"),
        pytest.param("“The toll and the salt” is a book.", id="title in curly quotes"),
        pytest.param('"The toll\nand the salt" is a book.', id="title in straight quotes"),
        pytest.param("See https://example.org/toll there.", id="address"),
        pytest.param("Text {: #toll .mole }\n", id="attribute list"),
    ],
)
def test_what_is_no_running_text_is_left_alone(text):
    assert marked(text) == text
    assert marked(f"{text}\n\nA toll.\n").endswith("A <toll:toll>.\n")


def test_an_open_quotation_ends_with_its_paragraph():
    assert marked('He said "no.\n\nA toll.') == 'He said "no.\n\nA <toll:toll>.'


def test_without_terms_the_text_is_the_text():
    assert marked("A toll.", ()) == "A toll."


def test_of_two_terms_with_one_form_the_first_has_it():
    assert marked("A toll.", (term("one", "toll"), term("two", "toll"))) == "A <one:toll>."


def test_forms_are_the_label_and_the_others():
    assert forms_of(TERMS[0]) == ("Toll", "tolls")
    assert key_of("Sea  Toll") == "sea Toll"


LONG = "A due that every boat pays before it may land on either of the islands."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{LONG} More.", LONG, id="first sentence"),
        pytest.param(f"A due. {LONG} More.", f"A due. {LONG}", id="more while it says little"),
        pytest.param(f"St. Brandan’s due. {LONG} More.", f"St. Brandan’s due. {LONG}", id="short word with a stop"),
        pytest.param(f"{LONG[:-1]} since 1902. More.", f"{LONG[:-1]} since 1902.", id="year before the stop"),
        pytest.param(f"{LONG[:-1]} (or both). More.", f"{LONG[:-1]} (or both).", id="bracket before the stop"),
        pytest.param("No stop", "No stop", id="no stop"),
        pytest.param("On\n two  lines", "On two lines", id="on one line"),
    ],
)
def test_the_opening_of_a_definition_is_whole_sentences(text, expected):
    assert opening(text) == expected
