"""What is given away as a whole: the data package, the archive, the ledger and citations, all of the same bytes."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
import yaml
from frictionless import Package
from lxml import html as lxml_html

from generator import addresses
from generator.build import write_tree
from generator.dates import Date
from generator.exports.citations import Citation, as_bibtex, as_ris, citation_of, in_styles
from generator.exports.package import archive_of
from generator.exports.sheets import RECORDS
from generator.pages import World, render
from generator.pages.downloads import MEANINGS
from tests.subjects import events, page, series, subject_of

ROOT = Path(__file__).parent.parent
ROWS = "date,by,value,low,high,status,source,note\n1950,Alba,-1.50,-2,,about,book;gazette,=1\n1951,Bora,2,,,,book,\n"
FILES = {
    **series("goods", ROWS, "{by: Whose office}"),
    **series("salt", "date,value,source\n1950/1951~,7,gazette\n"),
    **events('id: storm, date: "1950", title: "Storm, \\"great\\""'),
    "data/registers/boats.yml": "id: boats\ntitle: Boats\ntheme: goods\ndefinition: Boats.\ngrade: a\n"
    "grade_reason: Seen.\nlicence: As the roll says.\ncolumns: {boat: Its name}\n",
    "data/registers/boats.csv": 'boat\n"Puffin\n{two}"\n',
    "docs/a.md": page('{{ n("goods", 1951, by="Bora") }} and {{ peak("salt") }}\n'),
}


@pytest.fixture
def tree(tmp_path):
    return tree_of(tmp_path, FILES)


def tree_of(folder, files):
    tree, problems = render(subject_of(folder, files), {}, World())
    assert problems == []
    return tree


def package_of(tree):
    return json.loads(tree["data/datapackage.json"])


def resource_of(tree, name):
    return next(resource for resource in package_of(tree)["resources"] if resource["name"] == name)


# --- the data package -------------------------------------------------------------------------------------------


def test_the_package_is_valid_to_those_who_keep_the_standard(tmp_path, tree):
    write_tree(tmp_path / "tree", tree)

    report = Package(str(tmp_path / "tree/data/datapackage.json")).validate()

    assert [error.message for task in report.tasks for error in task.errors] + list(report.errors) == []
    assert report.stats["tasks"] == 5


def test_a_fault_in_a_table_is_one_to_the_validator(tmp_path, tree):
    """The check above can fail."""
    tree = {**tree, "data/goods.csv": tree["data/goods.csv"].replace(b"-1.50", b"many")}
    write_tree(tmp_path / "tree", tree)

    assert not Package(str(tmp_path / "tree/data/datapackage.json")).validate().valid


def test_the_package_of_the_ferry_is_valid_and_holds_every_table(ferry, tmp_path):
    write_tree(tmp_path / "tree", ferry.tree)

    package = Package(str(tmp_path / "tree/data/datapackage.json"))
    tables = {record.id for kind in ("series", "register") for record in ferry.subject.of(kind)}

    assert package.validate().valid
    assert set(package.resource_names) == tables | set(RECORDS)


def test_a_resource_says_what_the_table_is_its_columns_sources_and_terms(tree):
    resource = resource_of(tree, "goods")

    assert (resource["path"], resource["title"], resource["description"]) == ("goods.csv", "The goods", "Counted.")
    assert [(field["name"], field["type"]) for field in resource["schema"]["fields"]] == [
        *(("date", "year"), ("by", "string"), ("value", "number"), ("unit", "string"), ("low", "number")),
        *(("high", "number"), ("status", "string"), ("source", "string"), ("note", "string")),
    ]
    assert resource["schema"]["fields"][1]["description"] == "Whose office"
    assert resource["sources"] == [
        {"title": "The office: The book", "path": "https://example.org/book", "id": "book"},
        {"title": "The Gazette: The Gazette", "path": "https://example.org/gazette", "id": "gazette"},
    ]
    assert resource["licenses"] == [{"name": "notspecified", "title": "Licence not recorded"}]
    assert resource_of(tree, "boats")["licenses"] == [{"name": "other", "title": "As the roll says."}]


def test_dates_that_are_not_all_years_are_text_of_the_notation(tree):
    date = resource_of(tree, "salt")["schema"]["fields"][0]

    assert date["type"] == "string" and "pattern" in date["constraints"]


def test_the_terms_of_the_package_are_the_ones_of_the_site_and_none_where_it_names_none(ferry, tree):
    url = "https://creativecommons.org/licenses/by/4.0/"
    named = {"name": "CC-BY-4.0", "title": "Creative Commons Attribution", "path": url}

    assert package_of(ferry.tree)["licenses"] == [named]
    assert package_of(tree)["licenses"] == [{"name": "notspecified", "title": "Licence not recorded"}]


def test_a_resource_bears_the_size_and_the_hash_of_its_file(tree):
    for resource in package_of(tree)["resources"]:
        content = tree[f"data/{resource['path']}"]
        assert (resource["bytes"], resource["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")


def test_a_table_is_read_back_as_it_was(tree):
    lines = list(csv.DictReader(io.StringIO(tree["data/goods.csv"].decode())))
    boats = list(csv.DictReader(io.StringIO(tree["data/boats.csv"].decode(), newline="")))

    assert lines[0] == {
        "date": "1950", "by": "Alba", "value": "-1.50", "unit": "crown", "low": "-2", "high": "", "status": "about",
        "source": "book;gazette", "note": "'=1",
    }  # fmt: skip
    assert boats == [{"boat": "Puffin\n{two}"}]


def test_records_are_a_line_each_with_their_lists(ferry):
    (line,) = [
        line for line in csv.DictReader(io.StringIO(ferry.tree["data/terms.csv"].decode())) if line["id"] == "toll"
    ]

    assert line["sources"] == "gazette"
    assert json.loads(line["forms"]) == ["tolls"]
    assert json.loads(line["equivalents"])[0]["text"] == "пошлина"


def test_no_table_can_take_the_name_of_a_file_beside_it():
    written = {Path(name).stem for name in MEANINGS} | set(RECORDS)

    assert set(addresses.FILES_OF_DATA) == written


# --- one change, everywhere -------------------------------------------------------------------------------------


def test_a_changed_row_changes_table_page_package_archive_and_ledger(tmp_path, tree):
    changed = {**FILES, **series("goods", ROWS.replace("1951,Bora,2", "1951,Bora,3"), "{by: Whose office}")}

    after = tree_of(tmp_path / "after", changed)

    assert sorted(path for path in after if after[path] != tree[path]) == [
        "a.md",
        "data/all.zip",
        "data/datapackage.json",
        "data/goods.csv",
        "data/goods/index.md",
        "data/ledger.json",
    ]


# --- the archive ------------------------------------------------------------------------------------------------


def test_the_archive_holds_the_package_and_the_very_files_of_the_site(ferry):
    archive = zipfile.ZipFile(io.BytesIO(ferry.tree["data/all.zip"]))
    paths = [resource["path"] for resource in package_of(ferry.tree)["resources"]]

    assert archive.testzip() is None
    assert archive.namelist() == sorted([*paths, "datapackage.json"])
    assert {f"data/{name}": archive.read(name) for name in archive.namelist()}.items() <= ferry.tree.items()


def test_every_table_that_the_site_gives_away_is_in_the_archive(ferry):
    tables = {path for path in ferry.tree if path.startswith("data/") and path.endswith(".csv")}

    assert {f"data/{name}" for name in zipfile.ZipFile(io.BytesIO(ferry.tree["data/all.zip"])).namelist()} >= tables


def test_an_archive_is_the_same_for_the_same_files_in_any_order():
    files = {"b.csv": b"1\n", "a.csv": b"2\n"}
    day = datetime.date(1960, 1, 31)  # before the first day that an archive knows

    assert archive_of(files, day) == archive_of(dict(reversed(files.items())), day)
    entries = zipfile.ZipFile(io.BytesIO(archive_of(files, datetime.date(2020, 2, 29)))).infolist()
    assert [(entry.filename, entry.date_time) for entry in entries] == [
        ("a.csv", (2020, 2, 29, 0, 0, 0)),
        ("b.csv", (2020, 2, 29, 0, 0, 0)),
    ]


# --- the ledger -------------------------------------------------------------------------------------------------


def test_the_ledger_has_every_number_that_a_page_calls_with_its_rows_and_formula(tree):
    ledger = json.loads(tree["data/ledger.json"])

    assert ledger["numbers"] == [
        {
            **{"page": "/a/", "text": "2\u00a0crowns", "kind": "value", "value": "2", "unit": "crown"},
            **{"formula": None, "rows": ["goods#1951-bora"]},
        },
        {
            **{"page": "/a/", "text": "7\u00a0crowns in 1950 to about 1951", "kind": "peak", "value": "7"},
            **{"unit": "crown", "rows": ["salt#1950-1951"]},
            "formula": "largest of 1 rows, 1950 to about 1951 to 1950 to about 1951",
        },
    ]
    assert ledger["rows"]["goods#1951-bora"] == {
        **{"address": "/data/goods/#1951-bora", "series": "goods", "date": "1951", "keys": {"by": "Bora"}},
        **{"value": "2", "unit": "crown", "status": "reported", "sources": ["book"]},
    }


def test_the_page_of_all_data_says_how_large_the_files_are(tree):
    text = lxml_html.fromstring(tree["data/index.md"].decode().split("---\n", 2)[2])
    items = [" ".join(item.text_content().split()) for item in text.xpath("//ul[1]/li")]

    assert items[0].startswith("all.zip (") and "kB)" in items[0]
    assert items[2].endswith("It holds 2 numbers.")
    assert "events.csv (1 kB). 1 record, a line each." in items


# --- metadata and citations -------------------------------------------------------------------------------------


def test_what_a_sidecar_leaves_out_is_null_for_machines(tree):
    said = json.loads(tree["data/salt.json"])

    assert (said["kind"], said["licence"], said["reporter"], said["rows"]) == ("series", None, None, 1)
    assert said["unit"]["label"] == "crowns"


CITATION = Citation("goods", 'A {brace, 50% & "more"_\\', "Alba contributors", "Alba?", Date(1960, 1, 31), "")


def test_an_address_stands_in_a_citation_only_where_it_is_known(ferry):
    series, site = ferry.subject.get("series", "goods"), ferry.subject.site
    without, with_one = citation_of(site, series, ""), citation_of(site, series, "https://example.org/two")

    assert "http" not in "".join([*in_styles(without).values(), as_bibtex(without), as_ris(without)])
    for text in (*in_styles(with_one).values(), as_bibtex(with_one), as_ris(with_one)):
        assert "https://example.org/two/data/goods/" in text


def test_a_table_is_cited_in_three_styles(ferry):
    series, site = ferry.subject.get("series", "goods"), ferry.subject.site

    assert in_styles(citation_of(site, series, "https://example.org/")) == {
        "APA": "Alba and Bora contributors. (1960, January 31). Goods carried between Alba and Bora [Data set]. "
        "Alba and Bora. https://example.org/data/goods/",
        "MLA": "Alba and Bora contributors. “Goods carried between Alba and Bora.” Alba and Bora, 31 Jan. 1960, "
        "https://example.org/data/goods/.",
        "Chicago": "Alba and Bora contributors. “Goods carried between Alba and Bora.” Data set. Alba and Bora, "
        "January 31, 1960. https://example.org/data/goods/.",
    }


def test_braces_and_marks_of_latex_are_letters_in_bibtex():
    entry = as_bibtex(CITATION)

    assert entry.count("{") == entry.count("}")
    assert r'title = {{A \textbraceleft{}brace, 50\% \& "more"\_\textbackslash{}}}' in entry
    assert entry.startswith("@misc{goods,\n") and entry.endswith("}\n")


def test_a_line_break_in_a_title_is_a_space_in_every_citation(ferry):
    series = ferry.subject.get("series", "goods").model_copy(update={"title": "Goods\nER  - \n\tand salt"})
    citation = citation_of(ferry.subject.site, series, "")

    assert citation.title == "Goods ER - and salt"
    assert as_ris(citation).splitlines()[3] == "TI  - Goods ER - and salt"
    assert [line[:6] for line in as_ris(citation).splitlines()] == [
        *("TY  - ", "ID  - ", "AU  - ", "TI  - ", "PB  - ", "PY  - ", "DA  - ", "ER  - ")
    ]


def test_the_author_of_a_citation_is_the_one_that_the_project_asks_to_be_cited_by():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    title = yaml.safe_load((ROOT / "data/site.yml").read_text("utf-8"))["title"]
    licence = yaml.safe_load((ROOT / "data/site.yml").read_text("utf-8"))["licence"]["id"]

    assert [author["name"] for author in cited["authors"]] == [f"{title} contributors"]
    assert cited["license"] == licence
