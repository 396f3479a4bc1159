"""The named rules that every subject obeys: a name and a function that yields problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from generator.model import Subject
from generator.problems import Problem
from generator.rules import (
    charts,
    editorial,
    evidence,
    history,
    ledger,
    lessons,
    library,
    pages,
    prose,
    records,
    tables,
)

Rule = Callable[[Subject], Iterator[Problem]]

RULES: dict[str, Rule] = {
    function.__name__.replace("_", "-"): function
    for function in (
        records.references_exist,
        records.sources_of_registers_exist,
        records.words_are_known,
        records.ids_of_the_site_are_unique,
        records.facts_have_sources,
        records.sources_can_be_found,
        records.as_of_is_a_day,
        records.records_are_reviewed_in_time,
        history.events_stay_inside_their_era,
        history.nothing_lies_after_as_of,
        history.warmth_is_explained,
        tables.units_are_known,
        tables.yearly_series_hold_whole_years,
        tables.rows_of_one_date_differ,
        tables.preferences_choose_among_rows,
        tables.ranges_hold_their_value,
        evidence.derived_rows_are_computed_again,
        evidence.differing_values_are_contested,
        tables.tables_have_addresses_of_their_own,
        charts.charts_draw_rows,
        charts.charts_draw_one_unit,
        charts.charts_rise_from_zero,
        charts.charts_have_the_marks_of_their_kind,
        charts.rows_of_any_length_are_marks_of_their_own,
        charts.small_drawings_have_names,
        charts.pairs_join_both_ends,
        charts.flows_have_sides,
        charts.readers_choose_among_reporters,
        charts.rows_stand_where_coordinates_are_recorded,
        charts.cells_have_steps,
        charts.parts_make_a_whole,
        charts.log_scales_have_no_zero,
        charts.guesses_name_a_row_of_their_chart,
        charts.headlines_are_short,
        charts.alternative_text_says_more_than_the_headline,
        ledger.contested_entries_have_sides,
        ledger.corrections_name_what_was_wrong,
        prose.figures_are_called,
        prose.allowed_names_are_needed,
        evidence.words_of_now_have_a_date,
        editorial.loaded_words_are_left_to_others,
        editorial.metaphors_are_left_out,
        editorial.evaluations_are_attributed,
        editorial.names_fit_their_years,
        editorial.offices_fit_their_years,
        editorial.sentences_are_short,
        editorial.exceptions_hold_their_word,
        editorial.exceptions_are_needed,
        library.quotations_are_short,
        library.documents_are_quoted_little,
        library.documents_name_their_side,
        library.checklists_are_filled,
        library.coordinates_have_a_source,
        library.terms_differ,
        lessons.lessons_ask_a_question,
        lessons.lessons_keep_their_lengths,
        lessons.lessons_fit_their_minutes,
        lessons.steps_of_lessons_lead_to_their_parts,
        lessons.lessons_rest_on_documents_or_data,
        lessons.tables_of_lessons_have_rows,
        lessons.documents_of_lessons_can_be_read,
        lessons.lessons_hear_every_side,
        lessons.outcomes_are_tested,
        lessons.checks_have_one_right_answer,
        lessons.numbers_asked_for_are_rows,
        lessons.ordered_items_stand_in_order,
        lessons.slips_are_in_claims_that_were_checked,
        lessons.organisers_have_their_key,
        pages.pages_leave_reserved_addresses,
        pages.navigation_is_complete,
        pages.chapters_stand_in_a_part,
        pages.chapters_end_with_what_is_open,
        pages.navigation_follows_the_story,
        pages.fronts_of_parts_are_in_the_navigation,
    )
}


def check(subject: Subject) -> list[Problem]:
    """Every problem that the rules find, each with the name of its rule."""
    return [replace(problem, rule=name) for name, rule in RULES.items() for problem in rule(subject)]


def sentence_of(rule: Rule) -> str:
    """The docstring of a rule, which is the rule."""
    return (rule.__doc__ or "").strip()
