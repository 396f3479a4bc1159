"""Drawings: what is drawn, in which words, sizes and colours, and what a download may not hold."""

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import get_args

import altair as alt
import pytest
from lxml import etree

from generator.charts import drawing
from generator.charts.drawing import BESIDE, STRIP, draw, key_of, named, tidy, to_png
from generator.charts.flows import Rectangle, cut
from generator.charts.fonts import width_of
from generator.charts.kinds import KINDS
from generator.charts.marks import marks_of, year_of_event
from generator.dates import format_span, parse_span
from generator.model import Chart
from generator.numerals import round_figures, write_number
from generator.palette import dark_tokens, light_tokens
from generator.rules import check
from generator.selection import rows_of_draw
from generator.units import convert
from tests.architecture import MODULES, imported_by
from tests.sites import SITES
from tests.subjects import SITE, events, series, subject_of

CHARTS = re.findall(r"^- id: (.+)$", (SITES / "ferry/data/charts/goods.yml").read_text("utf-8"), re.MULTILINE)
SVG = "{http://www.w3.org/2000/svg}"
LEAST_TYPE = 12
PLACES = """
- {id: pier, label: The pier, kind_of_place: pier, latitude: 59.2, longitude: 24, coordinates_source: book,
   shows: Where it began., sources: [book]}
- {id: mole, label: The mole, kind_of_place: harbour, latitude: 59.5, longitude: 25, coordinates_source: book,
   shows: Where it ended., sources: [book]}
"""


def inline_drawings(tree, page, is_first=True):
    """The drawings of a page by the name of their size; the second ones, if asked for, show areas."""
    text = tree[page].decode().partition('<details class="bf-areas">')[0 if is_first else 2]
    text = re.sub(r"var\(--bf-(?:by-\d|between),(var\([^)]*\))\)", r"\1", text)  # as long as nobody is chosen
    found = re.findall(r'<div class="bf-(narrow|text|wide)">(<svg.*?</svg>)</div>', text, re.DOTALL)
    assert found, page
    return {size: etree.fromstring(svg) for size, svg in found}


def texts_of(root) -> list[tuple[str, bool]]:
    """Every line of text of a drawing, and whether it stands on an axis: Vega puts axes in groups of their own."""
    (plot,) = root.findall(f"{SVG}g")
    return [
        (line, text.getparent() is not plot)
        for text in root.iter(f"{SVG}text")
        for line in ([span.text for span in text.iter(f"{SVG}tspan")] or [text.text])
    ]


def lines_in(root, colour) -> list[str]:
    """The courses of the lines in a colour; a point is drawn at a place of its own, a line is not."""
    return [
        path.get("d") for path in root.iter(f"{SVG}path")
        if path.get("stroke") == colour and path.get("fill") is None and path.get("transform") is None
    ]  # fmt: skip


# --- kinds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", CHARTS)
def test_every_size_of_a_drawing_is_what_the_schema_allows(id, ferry, monkeypatch):
    made = []
    monkeypatch.setattr(drawing, "to_svg", lambda spec: made.append(spec) or drawn)
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    monkeypatch.setattr(drawing, "to_png", lambda _: b"")
    draw(ferry.subject, ferry.subject.get("chart", id))

    assert len(made) >= 2
    for spec in made:
        alt.LayerChart.from_dict(spec)


def test_every_kind_that_a_record_may_name_can_be_drawn():
    assert set(KINDS) == set(get_args(Chart.model_fields["kind_of_chart"].annotation))


@pytest.mark.parametrize("kind", KINDS)
def test_the_ferry_has_a_chart_of_every_kind(kind, ferry):
    assert [chart.id for chart in ferry.subject.of("chart") if chart.kind_of_chart == kind] != []


def test_the_charts_that_are_looked_at_here_are_those_of_the_ferry(ferry):
    assert [chart.id for chart in ferry.subject.of("chart")] == CHARTS


@pytest.mark.parametrize(
    ("page", "sizes"),
    [
        ("charts/goods-two-books/index.md", ["narrow", "text"]),
        ("charts/tickets/index.md", ["narrow", "text", "wide"]),
        ("charts/who-depends/index.md", ["narrow", "text"]),
        ("charts/tickets/embed/index.html", ["narrow", "text", "wide"]),
        ("story/tickets.md", ["narrow", "text"]),
        ("timeline/index.md", ["narrow", "text"]),
    ],
)
def test_a_chart_is_drawn_for_each_width_of_its_place(page, sizes, ferry):
    assert list(inline_drawings(ferry.tree, page)) == sizes


# --- what stands in a drawing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("id", CHARTS)
def test_every_number_outside_the_axes_is_the_rounding_of_a_drawn_row(id, ferry):
    subject = ferry.subject
    chart = subject.get("chart", id)
    rows = [row for mark in chart.draw for row in rows_of_draw(chart, mark, subject.get("series", mark.series))]
    values = {write_number(round_figures(convert(subject.site, row, chart.unit))) for row in rows}
    events = {str(number) for number, _ in enumerate(chart.events, 1)}
    panels_and_dates = {mark.panel for mark in chart.draw} | {format_span(row.span) for row in rows}
    if chart.kind_of_chart == "heat":  # its dates stand below the cells, also where no row is
        panels_and_dates |= {str(year) for year in range(rows[0].span.first.year, rows[-1].span.last.year + 1)}
        values |= set(chart.steps)
    values |= {str(number) for mark in chart.draw for number in counts_of_lane(subject, chart, mark)}
    checked = []
    for root in inline_drawings(ferry.tree, f"charts/{id}/index.md").values():
        for text, is_on_axis in texts_of(root):
            numbers = re.findall(r"\d[\d,.]*", text)
            if numbers and not is_on_axis and text not in events | panels_and_dates:
                checked += numbers
    assert set(checked) <= values
    assert checked != [] or chart.kind_of_chart == "dots"  # single months are read off the axis


def counts_of_lane(subject, chart, mark) -> list[int]:
    """How many rows stand in the lane of a strip: counted or open."""
    if chart.kind_of_chart != "strip":
        return []
    plans = [row.status == "plan" for row in rows_of_draw(chart, mark, subject.get("series", mark.series))]
    return [plans.count(False), plans.count(True)]


@pytest.mark.parametrize("id", CHARTS)
def test_every_mark_is_named_beside_it(id, ferry):
    for root in inline_drawings(ferry.tree, f"charts/{id}/index.md").values():
        words = " ".join(text for text, _ in texts_of(root))
        assert [mark.label for mark in ferry.subject.get("chart", id).draw if mark.label not in words] == []


@pytest.mark.parametrize("page", [*(f"charts/{id}/index.md" for id in CHARTS), "timeline/index.md"])
def test_type_can_be_read(page, ferry):
    for root in inline_drawings(ferry.tree, page).values():
        sizes = [float(text.get("font-size").removesuffix("px")) for text in root.iter(f"{SVG}text")]
        assert sizes != []
        assert min(sizes) >= LEAST_TYPE


def test_the_unit_stands_on_the_axis(ferry):
    for root in inline_drawings(ferry.tree, "charts/goods-two-books/index.md").values():
        assert [text for text, is_on_axis in texts_of(root) if is_on_axis and text.endswith(" million kr")] == [
            "1.5 million kr"
        ]


def test_an_event_is_numbered_on_the_drawing(ferry):
    for root in inline_drawings(ferry.tree, "charts/goods-two-books/index.md").values():
        assert ("1", False) in texts_of(root)


def test_a_missing_year_leaves_a_gap_in_each_line(ferry):
    for root in inline_drawings(ferry.tree, "charts/goods-two-books/index.md").values():
        for colour in ("var(--bf-party-1)", "var(--bf-party-2)"):
            assert len(lines_in(root, colour)) == 2  # 1950–52 and 1954–56


def test_single_figures_are_never_joined(ferry):
    for root in inline_drawings(ferry.tree, "charts/tickets/index.md").values():
        assert lines_in(root, "var(--bf-c3)") == []
        assert len([path for path in root.iter(f"{SVG}path") if path.get("stroke") == "var(--bf-c3)"]) == 2


def test_bars_begin_at_zero_and_are_as_long_as_their_values(ferry):
    for root in inline_drawings(ferry.tree, "charts/who-depends/index.md").values():
        lengths = [float(path.get("d").partition("h")[2].partition("v")[0]) for path in root.iter(f"{SVG}path")]
        assert [path.get("d")[:3] for path in root.iter(f"{SVG}path")] == ["M0,"] * 4
        assert [round(length / max(lengths), 2) for length in lengths] == [
            round(value / 55.5, 2) for value in (12.5, 41, 9, 55.5)
        ]


@dataclass(frozen=True)
class Box:
    """A line of words as it is drawn, in pixels from the top left of the drawing."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 1 and down > 1


def boxes_of(root) -> list[Box]:
    """Every line of words; the paper behind words is the same line once more, and counts once."""
    boxes = {}
    for text in root.iter(f"{SVG}text"):
        moves = [place_of(element) for element in (text, *text.iterancestors())]
        x, y = (sum(move[axis] for move in moves) for axis in (0, 1))
        size, weight = float(text.get("font-size").removesuffix("px")), int(text.get("font-weight", "400"))
        for line in list(text.iter(f"{SVG}tspan")) or [text]:
            y += float(line.get("dy", "0"))
            width = width_of(line.text, size, weight)
            left = x - {"middle": width / 2, "end": width}.get(text.get("text-anchor"), 0)
            box = Box(line.text, left, y - 0.66 * size, left + width, y + 0.16 * size)
            boxes[line.text, round(left), round(y)] = box
    return list(boxes.values())


def place_of(element) -> tuple[float, float]:
    found = re.search(r"translate\(([-\d.]+),([-\d.]+)\)", element.get("transform", ""))
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


@pytest.mark.parametrize("id", CHARTS)
def test_words_stay_inside_the_drawing_and_apart(id, ferry):
    for root in inline_drawings(ferry.tree, f"charts/{id}/index.md").values():
        assert boxes_of(root) != []
        assert misplaced_words(root) == []


def misplaced_words(root) -> list[object]:
    """The words that leave the drawing, and the pairs that meet."""
    boxes = boxes_of(root)
    width, height = float(root.get("width")), float(root.get("height"))
    outside = [
        box for box in boxes if box.left < -1 or box.right > width + 1 or box.top < -1 or box.bottom > height + 1
    ]
    meeting = [
        (one.words, other.words) for at, one in enumerate(boxes) for other in boxes[at + 1 :] if one.meets(other)
    ]
    return [*outside, *meeting]


def test_words_that_leave_the_drawing_or_meet_would_be_caught(ferry):
    root = inline_drawings(ferry.tree, "charts/ropes/index.md")["narrow"]
    words = [text for text in root.iter(f"{SVG}text") if text.text == "the price by law"][-1]
    before = boxes_of(root)

    words.set("transform", "translate(320,20)")

    moved = [box for box in boxes_of(root) if box not in before]
    assert [box.right > float(root.get("width")) for box in moved] == [True]
    assert any(moved[0].meets(other) for other in before)


def test_a_slope_joins_two_dates_only(ferry):
    for root in inline_drawings(ferry.tree, "charts/then-and-now/index.md").values():
        words = [text for text, _ in texts_of(root)]
        assert [words.count(date) for date in ("1950", "1956", "1951", "1955")] == [1, 1, 0, 0]


def test_each_source_has_its_own_row(ferry):
    for root in inline_drawings(ferry.tree, "charts/who-said-what/index.md").values():
        tops = [box.top for box in boxes_of(root) if box.words in ("1,530", "1,500", "905")]
        assert len({round(top) for top in tops}) == 3


def test_what_parts_leave_of_the_whole_has_a_name_and_no_value(ferry):
    for root in inline_drawings(ferry.tree, "charts/cargo/index.md").values():
        words = [text for text, _ in texts_of(root)]
        assert "not named in the book" in " ".join(words)
        assert not [text for text in words if "17" in text]  # 100 less 31, 48 and 4
        assert len([path for path in root.iter(f"{SVG}path") if path.get("stroke") == "var(--bf-edge)"]) == 1


def filled_in(root, colour) -> list[str]:
    return [path.get("d") for path in root.iter(f"{SVG}path") if path.get("fill") == colour]


def test_a_column_is_open_where_nobody_counted(ferry):
    for root in inline_drawings(ferry.tree, "charts/boats-built/index.md").values():
        words = [text for text, _ in texts_of(root)]
        outlined = [path for path in root.iter(f"{SVG}path") if path.get("stroke") == "var(--bf-party-1)"]
        assert "plan" in words
        assert [path.get("fill") for path in outlined] == ["var(--bf-paper)"]
        assert len(filled_in(root, "var(--bf-party-1)")) == 1 + 4  # the key, and the years that were counted


def test_columns_rise_from_zero_and_a_year_without_rows_stays_empty(ferry):
    for root in inline_drawings(ferry.tree, "charts/boats-built/index.md").values():
        found = [re.findall(r"-?[\d.]+", path) for path in filled_in(root, "var(--bf-party-1)")[:-1]]
        lefts, heights = [float(x) for x, *_ in found], [float(height) for _, _, _, height, *_ in found]
        steps = [round((after - before) / (lefts[1] - lefts[0])) for before, after in pairwise(lefts)]
        assert [round(height / max(heights), 2) for height in heights] == [
            round(value / 13, 2) for value in (3, 6, 8, 13)
        ]
        assert steps == [1, 1, 3]  # 1949 is missing everywhere, 1950 is Bora's


def test_the_two_ends_of_a_row_are_joined_and_named_once(ferry):
    for root in inline_drawings(ferry.tree, "charts/each-end/index.md").values():
        words = [box.words for box in boxes_of(root)]
        assert [words.count(name) for name in ("Alba", "Bora")] == [1, 1]
        strokes = [line for line in root.iter(f"{SVG}line") if line.get("stroke") == "var(--bf-edge)"]
        assert len(strokes) == 2  # the row of 1951–55 has one end


def test_dates_that_fall_together_are_piled_up_and_counted(ferry):
    for root in inline_drawings(ferry.tree, "charts/collisions/index.md").values():
        marks = [path for path in root.iter(f"{SVG}path") if path.get("fill") == "var(--bf-party-1)"]
        assert len({place_of(mark) for mark in marks}) == 5
        assert len({place_of(mark)[1] for mark in marks}) == 3
        words = [text for text, _ in texts_of(root)]
        assert [word in words for word in ("5", "2 + 1", "plan")] == [True, True, True]


def test_a_cell_has_the_step_of_its_value_and_stays_empty_without_one(ferry):
    for root in inline_drawings(ferry.tree, "charts/cargo-by-year/index.md").values():
        steps = [len(filled_in(root, f"var(--bf-step-{step})")) - 1 for step in range(1, 6)]  # one more in the key
        assert steps == [2, 0, 2, 1, 1]  # 9.5 and 4; 28 and 31; 48; 62.5
        strokes = [line for line in root.iter(f"{SVG}line") if line.get("stroke") == "var(--bf-edge)"]
        assert len(strokes) == 3 * 5 + 1
        assert "no figure" in [text for text, _ in texts_of(root)]


def test_one_percent_is_as_long_in_every_block_of_a_flow(ferry):
    for root in inline_drawings(ferry.tree, "charts/both-ways/index.md").values():
        paths = [path for path in root.iter(f"{SVG}path") if (path.get("fill") or "").startswith("var(--bf-party")]
        lengths = [float(re.findall(r"-?[\d.]+", path.get("d"))[2]) for path in paths]
        assert [round(length / lengths[0], 2) for length in lengths] == [
            round(value / 72, 2) for value in (72, 28, 35, 31.5)
        ]
        words = " ".join(text for text, _ in texts_of(root))
        assert words.count("other or not in the book") == 3  # the blocks that leave a rest
        assert "18.5" not in words  # 100 less 61 and 20.5


def test_the_second_drawing_of_a_flow_has_areas_as_large_as_the_shares(ferry):
    for root in inline_drawings(ferry.tree, "charts/both-ways/index.md", is_first=False).values():
        assert root.findtext(f"{SVG}desc").startswith("The same shares")
        assert misplaced_words(root) == []
        words = [words for words, _ in texts_of(root)]
        shares = [percent for percent in words if re.fullmatch(r"[\d.]+\u202f%", percent)]
        drawn = []
        for path in root.iter(f"{SVG}path"):
            if path.get("fill-opacity") or path.get("stroke-dasharray") == "2,2":
                _, _, across, down = (float(number) for number in re.findall(r"-?[\d.]+", path.get("d"))[:4])
                drawn.append((across + 2) * (down + 2))  # an edge of paper around each
        each = {round(size / float(share.split("\u202f")[0]), 0) for size, share in zip(drawn, shares, strict=True)}
        assert max(each) - min(each) <= 0.02 * max(each)


def test_places_stand_by_their_coordinates_with_straight_links_and_nothing_else_of_a_map(ferry):
    for root in inline_drawings(ferry.tree, "charts/piers-on-the-water/index.md").values():
        words = " ".join(words for words, _ in texts_of(root) if words)
        assert "Links are straight, not to course." in words
        assert "no border, coast or route is drawn" in words
        strokes = [line for line in root.iter(f"{SVG}line") if line.get("stroke") == "var(--bf-c1)"]
        assert len(strokes) == 1
        assert not any(path.get("d").count("L") > 1 and path.get("fill") is None for path in root.iter(f"{SVG}path"))


def test_a_box_is_cut_into_its_parts_without_a_rest():
    boxes = cut([50, 30, 20], Rectangle(10, 20, 300, 100))

    assert [round(box.width * box.height) for box in boxes] == [15000, 9000, 6000]
    assert boxes[0] == Rectangle(10, 20, 150, 100)
    assert (boxes[1].x, boxes[1].y, boxes[2].x) == (160, 20, boxes[1].x + boxes[1].width)


def test_an_axis_writes_the_values_of_its_steps(tmp_path):
    files = {
        **series("goods", "date,value,source\n1950,80,book\n"),
        "data/charts/goods.yml": f"{CHART}draw: [{{series: goods, label: Goods}}]\n",
    }
    subject = subject_of(tmp_path, files)

    words = re.findall(r">([\d.]+)(?: crowns)?<", draw(subject, subject.get("chart", "goods")).inline["narrow"])

    assert sorted({float(word) for word in words}) == [0, 25, 50, 75, 80, 1950]


def test_each_step_of_a_log_scale_is_the_same_multiple(ferry):
    for root in inline_drawings(ferry.tree, "charts/ropes/index.md").values():
        heights = {box.words: box.top for box in boxes_of(root)}
        ten, hundred, thousand = heights["10"], heights["100"], heights["1,000 kr"]
        assert ten - hundred == pytest.approx(hundred - thousand, abs=1)


# --- names, roles and ids ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page", [*(f"charts/{id}/index.md" for id in CHARTS), "timeline/index.md", "story/crossing.md"]
)
def test_a_drawing_is_one_image_with_a_name_and_a_description(page, ferry):
    for root in inline_drawings(ferry.tree, page).values():
        name, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert root.get("role") == "img"
        assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (name.get("id"), description.get("id"))
        assert name.text
        assert description.text
        assert [
            element.tag for element in root.iterdescendants() if element.get("role") or element.get("aria-label")
        ] == []


@pytest.mark.parametrize("page", ["story/crossing.md", "story/tickets.md", "charts/tickets/index.md"])
def test_no_id_of_a_page_stands_twice(page, ferry):
    ids = re.findall(r'\sid="([^"]+)"', ferry.tree[page].decode())

    assert len(ids) == len(set(ids)) > 0


VEGA = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="10"><defs><clipPath id="clip17"><rect width="1.25"/></clipPath>'
    '<linearGradient id="gradient_0"/></defs><g class="background" role="graphics-object" aria-label="x" fill="none"/>'
    '<g clip-path="url(#clip17)" pointer-events="none"><rect fill="url(#gradient_0)" x="0.04999"/>'
    "<text>1.25 million 0.333</text></g></svg>"
)


def test_ids_are_renamed_with_what_points_to_them():
    root = etree.fromstring(tidy(VEGA, "goods-text"))

    assert root.xpath("//@id") == ["goods-text-1", "goods-text-2"]
    assert root.xpath("//@clip-path") == ["url(#goods-text-1)"]
    assert root.xpath("//@fill") == ["url(#goods-text-2)"]


def test_two_drawings_on_one_page_share_no_id():
    texts = [tidy(VEGA, "a"), tidy(VEGA.replace("clip17", "clip99"), "b")]
    first, second = (set(etree.fromstring(text).xpath("//@id")) for text in texts)

    assert first & second == set()


def test_the_number_that_vega_gives_an_id_does_not_show():
    assert tidy(VEGA, "a") == tidy(VEGA.replace("clip17", "clip3").replace("gradient_0", "gradient_12"), "a")


def test_coordinates_are_shortened_and_words_are_not():
    root = etree.fromstring(tidy(VEGA, "a"))

    assert root.xpath("//@width") == ["10", "1.2"]
    assert root.xpath("//*[local-name()='text']/text()") == ["1.25 million 0.333"]


def test_inner_roles_and_labels_go():
    root = etree.fromstring(tidy(VEGA, "a"))

    assert root.xpath("//@role") == ["img"]
    assert root.xpath("//@aria-label | //@pointer-events") == []


def test_the_name_of_a_drawing_is_escaped():
    svg = named(tidy(VEGA, "a"), "a", "Salt & <smoke>", '"A" < B')

    root = etree.fromstring(svg)
    assert [root.find(f"{SVG}title").text, root.find(f"{SVG}desc").text] == ["Salt & <smoke>", '"A" < B']


# --- colours ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [*(f"charts/{id}/index.md" for id in CHARTS), "timeline/index.md"])
def test_an_inline_drawing_has_only_colours_that_both_palettes_know(page, ferry):
    for root in inline_drawings(ferry.tree, page).values():
        shown = root.xpath("//*[not(@opacity='0')]")  # what is there only to give an axis its scale is not seen
        colours = {element.get(paint) for element in shown for paint in ("fill", "stroke")} - {None, "none"}
        tokens = {colour.removeprefix("var(--bf-").removesuffix(")") for colour in colours}
        assert tokens <= set(light_tokens(ferry.subject.site))
    assert set(light_tokens(ferry.subject.site)) == set(dark_tokens(ferry.subject.site))


def test_all_that_one_reporter_says_is_drawn_so_that_another_choice_hides_it(ferry):
    page = ferry.tree["charts/goods-two-books/index.md"].decode()
    drawn = "".join(re.findall(r"<svg.*?</svg>", page.partition("bf-tools")[0], re.DOTALL))
    for number, party in enumerate(("party-1", "party-2"), 1):
        assert f"var(--bf-by-{number},var(--bf-{party}))" in drawn
        assert f"var(--bf-by-{number},var(--bf-{party}-text))" in drawn
        assert re.findall(rf'"var\(--bf-{party}', drawn) == []
        assert page.count(f'class="bf-by-{number}"') == page.count('<th scope="row"') + 1
    assert "var(--bf-between," in drawn


@pytest.mark.parametrize("ending", ["svg", "json"])
@pytest.mark.parametrize("id", CHARTS)
def test_a_download_has_real_colours(id, ending, ferry):
    text = ferry.tree[f"charts/{id}.{ending}"].decode()
    if ending == "json":
        text = json.dumps(json.loads(text)["specification"])

    assert "var(" not in text
    assert light_tokens(ferry.subject.site)["paper"] in text


def colours_of_marks(subject, id) -> set[str]:
    chart = subject.get("chart", id)
    if chart.kind_of_chart == "heat":  # it tells its rows by their place
        return {light_tokens(subject.site)[f"step-{step}"] for step in range(1, 6)}
    return {light_tokens(subject.site)[mark.line] for mark in marks_of(subject, chart)}


@pytest.mark.parametrize("id", CHARTS)
def test_the_picture_shows_each_series_in_its_colour(id, ferry):
    colours = colours_of_marks(ferry.subject, id)

    assert missing_in(ferry.tree[f"charts/{id}.png"], colours) == set()


def test_a_picture_drawn_with_variables_would_be_caught(ferry):
    colours = colours_of_marks(ferry.subject, "who-depends")
    svg = re.sub(r' width="\d+" height="\d+"', ' width="160"', ferry.tree["charts/who-depends.svg"].decode(), count=1)
    with_variables = svg
    for token, colour in light_tokens(ferry.subject.site).items():
        with_variables = with_variables.replace(colour, f"var(--bf-{token})")

    assert missing_in(to_png(svg), colours) == set()
    assert missing_in(to_png(with_variables), colours) == colours


def missing_in(png: bytes, colours: set[str]) -> set[str]:
    """The colours of which a picture holds no pixel."""
    missing = set(colours)
    for pixels in _rows_of_png(png):
        missing -= {f"#{pixels[at]:02X}{pixels[at + 1]:02X}{pixels[at + 2]:02X}" for at in range(0, len(pixels), 4)}
        if not missing:
            break
    return missing


def _rows_of_png(png: bytes) -> Iterator[bytes]:
    """The rows of a picture of eight bits each of red, green, blue and alpha; the PNG specification says how."""
    width, depth_and_colour = int.from_bytes(png[16:20], "big"), png[24:26]
    assert depth_and_colour == b"\x08\x06"
    packed, at = b"", 8
    while at < len(png):
        size, kind = int.from_bytes(png[at : at + 4], "big"), png[at + 4 : at + 8]
        packed += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    raw, before = zlib.decompress(packed), bytes(width * 4)
    for start in range(0, len(raw), width * 4 + 1):
        before = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + width * 4]), before)
        yield before


def _unfiltered(kind: int, row: bytearray, above: bytes) -> bytes:
    if kind == 2:
        return bytes([(one + other) & 255 for one, other in zip(row, above, strict=True)])
    for at in range(len(row) if kind else 0):
        left = row[at - 4] if at >= 4 else 0
        if kind == 1:
            row[at] = (row[at] + left) & 255
        elif kind == 3:
            row[at] = (row[at] + (left + above[at]) // 2) & 255
        else:
            row[at] = (row[at] + _nearest(left, above[at], above[at - 4] if at >= 4 else 0)) & 255
    return bytes(row)


def _nearest(left: int, above: int, corner: int) -> int:
    to_left, to_above, to_corner = abs(above - corner), abs(left - corner), abs(left + above - 2 * corner)
    if to_left <= to_above and to_left <= to_corner:
        return left
    return above if to_above <= to_corner else corner


# --- marks ------------------------------------------------------------------------------------------------------

CHART = """\
id: goods
title: Goods
kind_of_chart: line
theme: goods
unit: crown
headline: Goods rise
subtitle: Goods
takeaway: They rise.
alt: A line.
"""


def marks(folder, rows, draw, columns="{by: Office}", chart=CHART):
    files = {**series("goods", rows, columns), "data/charts/goods.yml": f"{chart}draw: [{draw}]\n"}
    subject = subject_of(folder, files)
    return marks_of(subject, subject.get("chart", "goods"))


@pytest.mark.parametrize(
    ("rows", "runs"),
    [
        pytest.param("1950,Alba|1951,Alba|1952,Alba", [0, 0, 0], id="year by year"),
        pytest.param("1950,Alba|1952,Alba|1953,Alba", [0, 1, 1], id="a missing year"),
        pytest.param("1950,Alba|1952,Alba|1954,Alba", [0, 1, 2], id="every second year"),
        pytest.param("1950,Alba|1951,Bora|1952,Bora", [0, 1, 1], id="another key"),
        pytest.param("1952,Alba|1950,Alba|1951,Alba", [0, 0, 0], id="rows in another order"),
    ],
)
def test_a_line_breaks_where_a_year_is_missing_or_a_key_changes(tmp_path, rows, runs):
    text = "date,by,value,source\n" + "".join(f"{row},1,book\n" for row in rows.split("|"))

    (mark,) = marks(tmp_path, text, "{series: goods, label: Goods}")

    assert [point.run for point in mark.points] == runs


@pytest.mark.parametrize(
    ("months", "runs"),
    [("1950-11 1950-12 1951-01", [0, 0, 0]), ("1950-11 1951-01", [0, 1])],
    ids=["month by month", "a missing month"],
)
def test_a_line_of_months_breaks_where_one_is_missing(tmp_path, months, runs):
    text = "date,value,source\n" + "".join(f"{month},1,book\n" for month in months.split())

    (mark,) = marks(tmp_path, text, "{series: goods, label: Goods}", "{}", f"{CHART}frequency: month\n")

    assert [point.run for point in mark.points] == runs


@pytest.mark.parametrize(
    ("date", "frequency", "x"),
    [
        ("1950", "year", 1950.0),
        ("1950-01", "month", 1950.0417),
        ("1950-12", "month", 1950.9583),
        ("1950/1959", "period", 1954.5),
    ],
)
def test_a_row_stands_in_the_middle_of_its_time(tmp_path, date, frequency, x):
    chart = f"{CHART}frequency: {frequency}\n"

    (mark,) = marks(tmp_path, f"date,value,source\n{date},1,book\n", "{series: goods, label: Goods}", "{}", chart)

    assert [point.x for point in mark.points] == [x]


def test_an_event_stands_at_its_first_day():
    assert [year_of_event(parse_span(date)) for date in ("1950", "1950-07", "1950-12-31")] == [
        1950.0,
        1950.496,
        1950.997,
    ]


def test_a_point_is_in_the_unit_of_the_chart_and_labelled_with_three_figures(tmp_path):
    chart = CHART.replace("unit: crown", "unit: thousand-crowns")

    (mark,) = marks(tmp_path, "date,value,source\n1950,1234567,book\n", "{series: goods, label: Goods}", "{}", chart)

    assert [(point.y, point.label) for point in mark.points] == [(1234.567, "1,230")]


def test_a_party_has_its_look_wherever_it_is_drawn(tmp_path):
    first, second, third = marks(
        tmp_path,
        "date,by,value,source\n1950,Alba,1,book\n",
        "{series: goods, label: A}, {series: goods, label: B, party: bora}, {series: goods, label: C}",
    )

    assert (second.line, second.text, second.dash, second.width) == ("party-2", "party-2-text", (7, 3), 2.5)
    assert [first.line, third.line] == ["c1", "c2"]
    assert first.dash != third.dash
    assert first.shape != third.shape


def test_beside_the_solid_line_of_a_party_no_other_is_solid(tmp_path):
    first, second = marks(
        tmp_path,
        "date,by,value,source\n1950,Alba,1,book\n",
        "{series: goods, label: A}, {series: goods, label: B, party: alba}",
    )

    assert (first.line, second.dash) == ("c1", ())
    assert first.dash


def test_two_values_of_an_axis_never_touch(tmp_path):
    from generator.charts.canvas import NARROW, Canvas
    from generator.charts.singles import _apart

    subject = subject_of(
        tmp_path,
        {
            **series("goods", "date,value,source\n1950,1,book\n"),
            "data/charts/goods.yml": f"{CHART}draw: [{{series: goods, label: A}}]\n",
        },
    )
    chart = subject.get("chart", "goods")
    canvas = Canvas(chart, (), subject.site.units_by_id["crown"], (), NARROW, str)

    assert _apart(canvas, [0, 500, 1000, 1500], 0.2, True) == [0, 500, 1000, 1500]
    assert _apart(canvas, [0, 500, 1000, 1500], 0.1, True) == [0, 500, 1500]
    assert _apart(canvas, [0, 500, 1000, 1500], 0.1, False) == [0, 500, 1000, 1500]


def test_sources_of_one_thing_look_alike_where_they_are_of_no_party(tmp_path):
    first, second, third = marks(
        tmp_path,
        "date,by,value,source\n1950,Alba,1,book\n",
        "{series: goods, label: A}, {series: goods, label: B, party: bora}, {series: goods, label: C}",
        chart=CHART.replace("line", "dot-range", 1),
    )

    assert (first.line, first.text, first.shape) == (third.line, third.text, third.shape) == ("ink", "ink", "circle")
    assert second.line == "party-2"


# --- the key under which a drawing is kept ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda files: files["data/charts/goods.yml"].replace("label: Goods", "label: Wares"), id="label"),
        pytest.param(
            lambda files: files["data/charts/goods.yml"].replace("kind_of_chart: line", "kind_of_chart: paired-bars"),
            id="kind",
        ),
        pytest.param(
            lambda files: files["data/charts/goods.yml"].replace("unit: crown", "unit: thousand-crowns"), id="unit"
        ),
    ],
)
def test_a_changed_record_has_another_key(tmp_path, change):
    files = {
        **series("goods", "date,value,source\n1950,1,book\n"),
        "data/charts/goods.yml": f"{CHART}draw: [{{series: goods, label: Goods}}]\n",
    }
    before = subject_of(tmp_path / "a", files)

    after = subject_of(tmp_path / "b", {**files, "data/charts/goods.yml": change(files)})

    assert key_of(before, before.get("chart", "goods")) != key_of(after, after.get("chart", "goods"))


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        pytest.param("data/series/goods.csv", "1950,1,", "1950,2,", id="row"),
        pytest.param("data/site.yml", "#0F4C55", "#0F4C56", id="colour of a party"),
        pytest.param("data/site.yml", "label: crowns", "label: krones", id="name of a unit"),
        pytest.param("data/events.yml", "1950-06", "1950-07", id="date of an event"),
    ],
)
def test_a_drawing_is_made_again_when_what_it_shows_changes(tmp_path, path, old, new):
    files = {
        "data/site.yml": SITE,
        **series("goods", "date,value,source\n1950,1,book\n"),
        **events('id: storm, date: "1950-06"'),
        "data/charts/goods.yml": f"{CHART}events: [storm]\ndraw: [{{series: goods, label: Goods, party: alba}}]\n",
    }
    before = subject_of(tmp_path / "a", files)
    assert old in files[path]

    after = subject_of(tmp_path / "b", {**files, path: files[path].replace(old, new)})

    assert key_of(before, before.get("chart", "goods")) != key_of(after, after.get("chart", "goods"))


@pytest.mark.parametrize(("old", "new"), [("59.5", "59.6"), ("The mole", "The old mole")])
def test_a_drawing_is_made_again_when_a_place_on_it_changes(tmp_path, old, new):
    files = {
        **series("goods", "date,value,source\n1950,1,book\n"),
        "data/places.yml": PLACES,
        "data/charts/goods.yml": CHART.replace("kind_of_chart: line", "kind_of_chart: places")
        + "draw: [{series: goods, label: Goods, place: pier, link: mole}]\n",
    }
    before = subject_of(tmp_path / "a", files)
    assert old in PLACES

    after = subject_of(tmp_path / "b", {**files, "data/places.yml": PLACES.replace(old, new)})

    assert key_of(before, before.get("chart", "goods")) != key_of(after, after.get("chart", "goods"))


def test_a_drawing_is_made_again_when_code_that_draws_changes():
    """Of other modules only those count whose results are in the key as they come into a drawing."""
    drawing = {name for name in MODULES if name.startswith("charts.")}
    beside = set().union(*map(imported_by, drawing)) - drawing

    assert beside <= {*BESIDE, "charts", "model", "numerals", "selection", "stretches", "units"}


def test_a_place_whose_name_has_no_room_is_not_drawn_as_a_number(tmp_path):
    files = {
        **series("goods", "date,value,source\n1950,1,book\n"),
        "data/places.yml": PLACES.replace("The mole", "The mole" + " of the harbour" * 8),
        "data/charts/goods.yml": CHART.replace("kind_of_chart: line", "kind_of_chart: places")
        + "draw: [{series: goods, label: Goods, place: pier, link: mole}]\n",
    }
    subject = subject_of(tmp_path, files)

    with pytest.raises(ValueError, match='^there is no room for "The mole of the harbour'):
        draw(subject, subject.get("chart", "goods"))


def test_a_drawing_is_kept_when_only_words_around_it_change(tmp_path):
    files = {
        **series("goods", "date,value,source\n1950,1,book\n"),
        "data/charts/goods.yml": f"{CHART}draw: [{{series: goods, label: Goods}}]\n",
    }
    before = subject_of(tmp_path / "a", files)

    after = subject_of(tmp_path / "b", {**files, "data/site.yml": SITE.replace("By ferry", "By boat")})

    assert key_of(before, before.get("chart", "goods")) == key_of(after, after.get("chart", "goods"))


# --- every chart that a subject may ask for ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "draws"),
    [
        pytest.param("line", 1, id="one row"),
        pytest.param("two-reporters", 2, id="two reporters of one row each"),
        pytest.param("paired-bars", 1, id="one bar"),
        pytest.param("dots", 1, id="one dot"),
        pytest.param("panels", 1, id="one panel"),
        pytest.param("slope", 1, id="one slope with one end"),
        pytest.param("dot-range", 1, id="one estimate"),
        pytest.param("stacked-share", 1, id="one part"),
        pytest.param("columns", 1, id="one column"),
        pytest.param("dumbbell", 1, id="one end"),
        pytest.param("strip", 1, id="one date"),
        pytest.param("heat", 1, id="one cell"),
        pytest.param("flow-pair", 1, id="one part of a flow"),
        pytest.param("places", 1, id="one row without a place"),
    ],
)
def test_the_smallest_chart_of_a_kind_can_be_drawn(tmp_path, kind, draws):
    draw_entries = ", ".join("{series: goods, label: Goods}" for _ in range(draws))
    files = {
        **series("goods", "date,value,source\n1950,1,book\n"),
        "data/charts/goods.yml": CHART.replace("kind_of_chart: line", f"kind_of_chart: {kind}")
        + f"draw: [{draw_entries}]\n",
    }
    subject = subject_of(tmp_path, files)

    drawing = draw(subject, subject.get("chart", "goods"))

    assert drawing.png.startswith(b"\x89PNG")
    assert json.loads(drawing.specification)["background"] == light_tokens(subject.site)["paper"]


@pytest.mark.parametrize(
    ("rows", "more", "draws", "said"),
    [
        pytest.param(
            "1950,0",
            "scale: log",
            ["{series: goods, label: A}"],
            'chart "goods" draws 0 of 1950 on a log scale. Use a linear scale. [log-scales-have-no-zero]',
            id="zero on a log scale",
        ),
        pytest.param(
            "1950,3",
            "kind_of_chart: dot-range\nlevel: '2'",
            ["{series: goods, label: A}"],
            'chart "goods" has a level of its own, which "dot-range" does not draw. Remove `level:`. '
            "[log-scales-have-no-zero]",
            id="a level where none is drawn",
        ),
        pytest.param(
            "1950,3|1951,4|1952,5",
            "kind_of_chart: slope",
            ["{series: goods, label: A}"],
            'chart "goods" draws 1950, 1951, 1952 for "A", not the two dates of the slope. '
            "Give every mark a row at the same two dates. [charts-have-the-marks-of-their-kind]",
            id="a slope of three dates",
        ),
        pytest.param(
            "1950,3|1951,4",
            "kind_of_chart: dot-range",
            ["{series: goods, label: A}"],
            'chart "goods" draws 2 rows as the one estimate "A". Narrow `where:`, `dates:` or `source:`. '
            "[charts-have-the-marks-of-their-kind]",
            id="two rows as one estimate",
        ),
        pytest.param(
            "1950,3",
            "kind_of_chart: panels",
            ["{series: goods, label: A}"],
            'chart "goods" draws "A" in no panel. Name its `panel:`. [small-drawings-have-names]',
            id="a small drawing without a name",
        ),
        pytest.param(
            "1950,3",
            "kind_of_chart: panels",
            [f"{{series: goods, label: A, panel: {name}}}" for name in "abcd"],
            'chart "goods" has 4 panels. Keep 3, so that each can be read. [small-drawings-have-names]',
            id="too many small drawings",
        ),
        pytest.param(
            "1950,60",
            "kind_of_chart: stacked-share",
            ["{series: goods, label: A}"],
            'chart "goods" leaves a part of a bar without a name. '
            "Name under `rest:` what the source leaves open. [parts-make-a-whole]",
            id="a rest without a name",
        ),
        pytest.param(
            "1950,60",
            "kind_of_chart: stacked-share\nrest: others",
            ["{series: goods, label: A}", "{series: goods, label: B}"],
            'chart "goods" has parts of 120 percent in "". Draw each part once. [parts-make-a-whole]',
            id="more parts than the whole",
        ),
        pytest.param(
            "1950,60",
            "rest: others",
            ["{series: goods, label: A}"],
            'chart "goods" names a rest, but draws no parts. Remove `rest:`. [parts-make-a-whole]',
            id="a rest of no whole",
        ),
    ],
)
def test_a_chart_that_does_not_fit_its_kind_is_refused(tmp_path, rows, more, draws, said):
    kinds = CHART.replace("kind_of_chart: line\n", "") if "kind_of_chart" in more else CHART
    chart = f"{kinds.replace('unit: crown', 'unit: percent')}{more}\ndraw: [{', '.join(draws)}]\n"
    table = "date,value,source\n" + "".join(f"{row},book\n" for row in rows.split("|"))
    files = {**series("goods", table, unit="percent"), "data/charts/goods.yml": chart}

    reports = [str(problem).partition(": ")[2] for problem in check(subject_of(tmp_path, files))]

    assert said in reports


def test_a_named_source_is_drawn_where_the_series_prefers_another(tmp_path):
    prefers = "preferred:\n  - {date: '1950', source: book, reason: It is first.}\n"
    rows = "date,value,source\n1950,1,book\n1950,2,gazette\n"
    files = {
        **series("goods", rows, more=prefers),
        "data/charts/goods.yml": f"{CHART}draw: [{{series: goods, label: A}}, "
        "{series: goods, label: B, source: gazette}]\n",
    }
    subject = subject_of(tmp_path, files)

    drawn = [[point.y for point in mark.points] for mark in marks_of(subject, subject.get("chart", "goods"))]

    assert drawn == [[1.0], [2.0]]


def test_a_mark_may_have_rows_of_another_length_than_its_chart(tmp_path):
    draws = "{series: goods, label: A}, {series: goods, label: B, frequency: year}"
    months = f"{CHART}frequency: month\n"

    one, other = marks(tmp_path, "date,value,source\n1950,12,book\n1950-01,1,book\n", draws, "{}", months)

    assert [[(point.x, point.y) for point in mark.points] for mark in (one, other)] == [
        [(1950.0417, 1)],
        [(1950.5, 12)],
    ]


def test_the_strip_is_drawn_from_the_stretches_of_years(ferry):
    for size, root in inline_drawings(ferry.tree, "timeline/index.md").items():
        assert root.find(f"{SVG}title").get("id") == f"{STRIP}-{size}-title"
        bars = [path for path in root.iter(f"{SVG}path") if path.get("fill") == "var(--bf-ink)"]
        assert len(bars) == 32  # a bar for each decade from 1640 to 1959, the empty ones too
