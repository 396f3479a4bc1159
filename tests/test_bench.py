"""The bench: its invented subjects are right, its arithmetic is right, and what is slow is said to be slow."""

from __future__ import annotations

import re
import sys
from functools import partial
from pathlib import Path

import pytest

from bench import subjects
from bench.floor import write_floor
from bench.growth import SIZES, Grown, lines_of_growth
from bench.measure import CommandFailed, Run, added_slope, middle, run, slope
from bench.pace import ALONE, COLD, EDITED, FLOOR, SAME, lines_of_pace
from bench.peers import PEERS, edit_row
from bench.table import Line, as_data, render_table, times
from bench.weights import lines_of_filters
from generator.build import check
from generator.load import load
from generator.pages import World, render
from tests.sites import places_of

# --- subjects ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "write",
    [subjects.write_book, *(partial(write, number=150) for write in subjects.GROWING.values())],
    ids=["text and charts", *subjects.GROWING],
)
def test_an_invented_subject_has_no_problem(write, tmp_path):
    write(tmp_path)

    assert check(places_of(tmp_path))[1] == []


@pytest.mark.parametrize(("kind", "record"), [("events", "event"), ("claims", "claim")])
def test_there_are_as_many_records_as_asked_for(kind, record, tmp_path):
    subjects.GROWING[kind](tmp_path, 150)
    subject, _ = load(tmp_path / "data", tmp_path / "docs", tmp_path / "mkdocs.yml")

    assert len(subject.of(record)) == 150


def test_peers_get_the_text_and_the_figures_that_we_write(tmp_path, monkeypatch):
    monkeypatch.setattr(subjects, "CHAPTERS", 5)
    subjects.write_book(tmp_path)
    subject, _ = load(tmp_path / "data", tmp_path / "docs", tmp_path / "mkdocs.yml")
    tree, _ = render(subject, {}, World())

    plain = " ".join(map(subjects.as_plain, subjects.text_of(3)))
    ours = re.findall(r'class="bf-n"[^>]*>([^<]*)<', tree["story/chapter-003.md"].decode())
    assert "{{" not in plain
    assert [figure.replace("\N{NO-BREAK SPACE}", " ") for figure in ours] == re.findall(r"\d+ crowns", plain)
    assert len(ours) == subjects.SENTENCES / subjects.CALLS_EVERY


def test_one_row_is_edited_and_another_value_in_every_run(tmp_path):
    subjects.write_book(tmp_path)
    path = tmp_path / "data/series/goods-07.csv"
    texts = [path.read_text("utf-8")]
    for number in (1, 2):
        subjects.edit_row(tmp_path, number)
        texts.append(path.read_text("utf-8"))

    lines = list(zip(*(text.splitlines() for text in texts), strict=True))
    assert [len(set(line)) for line in lines if len(set(line)) > 1] == [3]


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_peer_has_a_page_for_each_chapter_and_chart_and_one_row_of_it_is_edited(peer, tmp_path):
    peer.write(tmp_path)
    before = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    edit_row(peer, tmp_path, 1)
    after = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}

    assert sum(name.startswith("chapter-") for name in before) == subjects.CHAPTERS
    assert sum(name.startswith("chart-") and "alt.layer" in text for name, text in before.items()) == subjects.CHARTS
    assert [name for name in before if before[name] != after[name]] == [peer.edit]


def test_the_floor_has_our_pages_without_their_charts(tmp_path):
    site, floor = tmp_path / "site", tmp_path / "floor"
    page = 'One.\n<figure class="bf-figure bf-wide" id="x">\n<svg></svg>\n</figure>\nTwo.\n<figure id="y"></figure>\n'
    files = {"build/docs/story/a.md": page, "build/docs/assets/site.css": "p {}", "build/docs/charts/x.svg": "<svg/>"}
    for name, text in {**files, "mkdocs.yml": "theme: {name: material, custom_dir: x}\nnav: [story/a.md]\n"}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    write_floor(site, floor)

    found = {path.relative_to(floor).as_posix(): path.read_text("utf-8") for path in floor.rglob("*.*")}
    assert found == {
        "docs/story/a.md": 'One.\n\nTwo.\n<figure id="y"></figure>\n',
        "docs/assets/site.css": "p {}",
        "mkdocs.yml": "theme:\n  name: material\nnav:\n- story/a.md\ndocs_dir: docs\nsite_dir: site\n",
    }


# --- arithmetic -------------------------------------------------------------------------------------------------


def test_a_command_is_measured():
    code = "held = bytearray(200_000_000); import time; time.sleep(0.3)"
    one = run([sys.executable, "-c", code])

    assert 0.3 < one.seconds < 30
    assert 0 < one.core_seconds < one.seconds + 1
    assert 200_000_000 < one.peak < 300_000_000


def test_the_memory_of_the_bench_is_not_counted():
    held = bytearray(200_000_000)

    assert run([sys.executable, "-c", "pass"]).peak < 100_000_000
    assert len(held) == 200_000_000


def test_a_command_that_fails_is_no_measurement():
    with pytest.raises(CommandFailed, match="so it ends"):
        run([sys.executable, "-c", "raise SystemExit('so it ends')"])


def test_the_middle_run_is_the_median_of_each_measure():
    assert middle([Run(3, 1, 30), Run(1, 2, 10), Run(2, 9, 20)]) == Run(2, 2, 20)


@pytest.mark.parametrize(
    ("amounts", "steepest", "added"),
    [
        pytest.param({100: 1, 1_000: 10, 10_000: 100}, 1, 1, id="as the records"),
        pytest.param({100: 1, 1_000: 100, 10_000: 10_000}, 2, 2, id="as their square"),
        pytest.param({100: 5.1, 1_000: 6, 10_000: 15}, 0.398, 1, id="a fixed cost, and then as the records"),
        pytest.param({100: 1, 1_000: 1, 10_000: 100}, 2, None, id="the steepest part counts"),
    ],
)
def test_the_exponent_of_growth(amounts, steepest, added):
    assert slope(amounts) == pytest.approx(steepest, abs=0.001)
    assert added is None or added_slope(amounts) == pytest.approx(added, abs=0.1)


# --- the table --------------------------------------------------------------------------------------------------


def pace(**slow: float) -> dict[str, str]:
    """The verdicts of a run in which everything is as quick as it should be, but for what is named."""
    took = {"floor": 10, "cold": 30, "same": 11.5, "edited": 12, "alone": 1.5, "peer": 30, **slow}
    runs = {FLOOR: took["floor"], COLD: took["cold"], SAME: took["same"], EDITED: took["edited"], ALONE: took["alone"]}
    for peer in PEERS:
        runs |= {f"{peer.name}, {what}": took["peer"] for what in (COLD, SAME, EDITED)}
    lines = lines_of_pace({what: Run(seconds, seconds, 1) for what, seconds in runs.items()})
    return {line.what: line.verdict for line in lines if line.verdict}


AIMS_OF_PACE = {
    "cold, beside the floor",
    "nothing changed, beside the floor",
    "one edited row, generator alone, of the cold run",
    "cold, beside Sphinx",
    "cold, beside Jupyter Book",
}


def test_every_aim_is_met_at_its_limit():
    assert pace() == dict.fromkeys(AIMS_OF_PACE, "met")


@pytest.mark.parametrize(
    ("slow", "missed"),
    [
        ({"cold": 30.01, "peer": 31}, {"cold, beside the floor"}),
        ({"same": 11.51}, {"nothing changed, beside the floor"}),
        ({"alone": 1.51}, {"one edited row, generator alone, of the cold run"}),
        ({"peer": 29.99}, {"cold, beside Sphinx", "cold, beside Jupyter Book"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_a_slow_run_is_said_to_be_slow(slow, missed):
    assert {what for what, verdict in pace(**slow).items() if verdict == "missed"} == missed


def grown(took: tuple[float, ...], peak: int) -> dict[str, str]:
    """The verdicts on one kind of record that took so many seconds at each size."""
    sizes = {size: Grown(Run(seconds, seconds, peak), size) for size, seconds in zip(SIZES, took, strict=True)}
    return {line.what: line.verdict for line in lines_of_growth({"events": sizes}) if line.verdict}


def test_growth_and_memory_are_judged():
    good = {"events: exponent of seconds": "met", **{f"events: memory at {size:,}": "met" for size in SIZES}}

    assert grown((1, 10, 100), 2**30) == good
    assert grown((1, 10, 120), 2**30) == {**good, "events: exponent of seconds": "missed"}
    assert set(grown((1, 10, 100), 2**30 + 1).values()) == {"met", "missed"}


def test_a_filter_is_judged_by_its_milliseconds():
    lines = lines_of_filters({"quick": 100, "slow": 100.1}, 10_000)

    assert [line.verdict for line in lines] == ["met", "missed"]


def test_the_table_prints_aims_beside_what_was_measured_and_counts_them():
    parts = {
        "One": [
            Line("the floor", 1, times, None, "2.50 s"),
            Line("cold", 3.0001, times, 3, "7.50 s"),
            Line("the same", 0.5, times, 1.15),
        ]
    }

    assert render_table(parts) == (
        "One\n"
        "           measured  aim, at most          beside it\n"
        "the floor   1.000 x                        2.50 s\n"
        "cold        3.000 x       3.000 x  missed  7.50 s\n"
        "the same    0.500 x       1.150 x  met\n"
        "\n"
        "1 of 2 aims met.\n"
        "Missed: cold"
    )
    assert as_data(parts)["One"][1] == {
        "what": "cold",
        "measured": 3.0001,
        "aim": 3,
        "verdict": "missed",
        "beside": "7.50 s",
    }


def test_the_bench_is_no_part_of_the_generator():
    code = "".join(path.read_text("utf-8") for path in (Path(__file__).parent.parent / "generator").rglob("*.py"))

    assert not re.search(r"^\s*(?:from|import) bench\b", code, re.MULTILINE)
