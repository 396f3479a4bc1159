"""The shape of records as a page for authors and as JSON Schema for machines."""

import functools
import json

import jsonschema
import pytest

from generator.dates import Span
from generator.load import FOLDERS
from generator.model import KINDS, Part, Site
from generator.rows import OWN_COLUMNS
from generator.schema import describe_kinds, schema_of_everything
from generator.yaml_text import read_yaml
from tests.sites import SITES

DATA = SITES / "ferry" / "data"


@functools.cache
def described():
    return {kind.name: kind for kind in describe_kinds()}


def all_parts():
    found, left = set(), [Part]
    while left:
        below = [part for part in left.pop().__subclasses__() if part.__module__ == "generator.model"]
        found |= set(below)
        left += below
    return found - {KINDS["series"].__mro__[1], KINDS["era"].__mro__[1]}  # what kinds share is described with each


def plain(value):
    """Values as JSON has them."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, tuple) else value


def _records_of_the_ferry():
    for path in sorted(DATA.rglob("*.yml")):
        folder = path.relative_to(DATA).parts[0].removesuffix(".yml")
        value = plain(read_yaml(path.read_text("utf-8"))[0])
        kind = "site" if folder == "site" else FOLDERS[folder]
        for record in value if isinstance(value, list) else [value]:
            yield pytest.param(kind, record, id=f"{kind} {record.get('id', '')}")


RECORDS = list(_records_of_the_ferry())


@functools.cache
def validator_of(kind):
    whole = schema_of_everything()
    return jsonschema.Draft202012Validator({"$defs": whole["$defs"], **whole["properties"][kind]})


# --- for authors ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", sorted(all_parts(), key=lambda part: part.__name__), ids=lambda part: part.__name__)
def test_every_part_of_the_model_is_described_with_every_field(part):
    (kind,) = [kind for kind in describe_kinds() if kind.sentence == part.__doc__.strip().splitlines()[0]]

    assert [field.name for field in kind.fields] == [
        name for name, info in part.model_fields.items() if not info.exclude
    ]
    assert {field.name for field in kind.fields if field.is_required} == {
        name for name, info in part.model_fields.items() if info.is_required()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_where_it_stands(kind):
    assert described()[kind].place.startswith(("data/", "docs/"))


@pytest.mark.parametrize(
    ("kind", "field", "shape"),
    [
        ("event", "id", "text"),
        ("event", "date", "date"),
        ("event", "era", "id of a era"),
        ("event", "lanes", "list of word of the vocabulary lane"),
        ("event", "people", "list of id of a person"),
        ("event", "importance", "whole number"),
        ("event", "warmth", "whole number"),
        ("event", "actors", "list of text"),
        ("lesson", "rubric", "rubric"),
        ("lesson", "stems", "list of text"),
        ("number-check", "where", "map of names to text"),
        ("step", "minutes", "map of names to whole number"),
        ("series", "frequency", "one of year, month, mixed"),
        ("series", "columns", "map of names to text"),
        ("series", "preferred", "list of preference"),
        ("person", "native_checked", "true or false"),
        ("place", "latitude", "number"),
        ("source", "url", "text"),
        ("chart", "draw", "list of draw"),
        ("draw", "party", "id of a party"),
        ("document", "questions", "document-questions"),
        ("claim", "as_of", "date"),
        ("site", "vocabularies", "map of names to entry"),
    ],
)
def test_a_field_says_what_it_holds(kind, field, shape):
    (found,) = [each for each in described()[kind].fields if each.name == field]

    assert found.shape == shape


def test_the_columns_of_a_series_are_named():
    assert all(column in described()["series"].place for column in OWN_COLUMNS)


def test_the_page_of_the_format_names_every_key(ferry):
    text = ferry.tree["about/data-format/index.md"].decode()

    for kind in describe_kinds():
        section = text.partition(f'data-record="schema/{kind.name}"')[2].partition("\n## ")[0]
        assert [field.name for field in kind.fields if f"<code>{field.name}</code>" not in section] == [], kind.name


# --- for machines -----------------------------------------------------------------------------------------------


def test_the_schema_is_a_schema(ferry):
    whole = schema_of_everything()

    jsonschema.Draft202012Validator.check_schema(whole)
    assert sorted(whole["properties"]) == sorted([*KINDS, "site"])
    assert json.loads(ferry.tree["about/data-format.schema.json"]) == whole


@pytest.mark.parametrize(("kind", "record"), RECORDS)
def test_the_schema_takes_every_record_of_a_good_site(kind, record):
    assert [error.message for error in validator_of(kind).iter_errors(record)] == []


@pytest.mark.parametrize(("kind", "record"), RECORDS)
def test_the_schema_refuses_a_key_that_the_kind_does_not_have(kind, record):
    messages = [error.message for error in validator_of(kind).iter_errors({**record, "colour_of_the_sea": "grey"})]

    assert messages == ["Additional properties are not allowed ('colour_of_the_sea' was unexpected)"]


@pytest.mark.parametrize(("kind", "record"), RECORDS)
def test_the_schema_refuses_a_record_that_lacks_a_key(kind, record):
    for field in described()[kind].fields:
        if field.is_required:
            less = {key: value for key, value in record.items() if key != field.name}
            assert [error.message for error in validator_of(kind).iter_errors(less)] == [
                f"'{field.name}' is a required property"
            ]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_computed_is_in_no_schema(kind):
    computed = {name for name, info in KINDS[kind].model_fields.items() if info.exclude}

    assert "marks" in computed
    assert computed & set(schema_of_everything()["properties"][kind]["properties"]) == set()


@pytest.mark.parametrize("kind", [Site, *KINDS.values()], ids=lambda kind: kind.__name__)
def test_a_date_in_the_schema_is_text_or_a_year(kind):
    dates = [name for name, info in kind.model_fields.items() if info.annotation in (Span, Span | None)]
    properties = kind.model_json_schema()["properties"]

    for name in dates:
        shapes = [properties[name], *properties[name].get("anyOf", [])]
        assert any(shape.get("format") == "edtf" for shape in shapes), name
