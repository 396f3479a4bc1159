"""A drawing as an image: it has its own colours for light and dark, painted paper, and words of a fixed width."""

import re

import pytest
from lxml import etree
from lxml import html as lxml_html

from generator.build import addresses_of
from generator.charts.fonts import width_of
from generator.palette import DARK, LIGHT
from generator.pictures import as_picture, size_of
from tests.subjects import subject_of

SVG = "{http://www.w3.org/2000/svg}"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="328" height="280" viewBox="0 0 328 280">'
    '<path d="M0,0h9" stroke="var(--bf-party-1)"/>'
    '<text font-size="13px" font-weight="600" fill="var(--bf-ink)">Goods</text>'
    '<text font-size="14px" fill="var(--bf-ink)"><tspan x="0">Two</tspan><tspan x="0" dy="9">lines</tspan></text></svg>'
)


@pytest.fixture
def site(tmp_path):
    return subject_of(tmp_path, {}).site


@pytest.fixture
def picture(site):
    return etree.fromstring(as_picture(site, DRAWING))


def colours_in(style):
    return dict(re.findall(r"--bf-([a-z0-9-]+):([^;]+);", style))


def test_a_picture_declares_the_colours_that_it_uses_for_light_and_dark(picture, site):
    light, dark = picture.find(f"{SVG}style").text.split("@media(prefers-color-scheme:dark)")
    party = site.parties[0]

    assert colours_in(light) == {"ink": LIGHT["ink"], "paper": LIGHT["paper"], "party-1": party.light.line}
    assert colours_in(dark) == {"ink": DARK["ink"], "paper": DARK["paper"], "party-1": party.dark.line}


def test_the_paper_of_a_picture_is_painted_below_everything(picture):
    assert [child.tag for child in picture][:2] == [f"{SVG}style", f"{SVG}rect"]
    assert dict(picture.find(f"{SVG}rect").attrib) == {"width": "100%", "height": "100%", "fill": "var(--bf-paper)"}


def test_each_line_of_words_keeps_its_width_in_any_font(picture):
    lines = {line.text: line.get("textLength") for line in picture.iter(f"{SVG}text", f"{SVG}tspan") if line.text}

    assert lines == {
        "Goods": f"{width_of('Goods', 13, 600):g}",
        "Two": f"{width_of('Two', 14, 400):g}",
        "lines": f"{width_of('lines', 14, 400):g}",
    }
    assert {line.get("lengthAdjust") for line in picture.iter() if line.get("textLength")} == {"spacingAndGlyphs"}


def test_the_size_of_a_drawing_is_known_before_it_loads():
    assert size_of(DRAWING) == (328, 280)


def test_a_picture_is_the_same_each_time(site):
    assert as_picture(site, DRAWING) == as_picture(site, DRAWING)


def test_a_page_offers_both_sizes_of_a_picture_with_its_words(ferry):
    page = lxml_html.fromstring(ferry.tree["story/tickets.md"].decode())
    (picture,) = page.xpath("//figure[@data-chart='goods-two-books']//picture")
    narrow, text = picture.xpath(".//source")[0], picture.xpath(".//img")[0]

    assert narrow.get("srcset") == "../../assets/pictures/goods-two-books-narrow.svg"
    assert text.get("src") == "../../assets/pictures/goods-two-books-text.svg"
    assert text.get("loading") == "lazy"
    assert text.get("alt")
    for image, address in ((narrow, narrow.get("srcset")), (text, text.get("src"))):
        drawn = etree.fromstring(ferry.tree[address.removeprefix("../../")])
        assert (image.get("width"), image.get("height")) == (drawn.get("width"), drawn.get("height"))


def test_a_picture_is_no_published_address(ferry):
    assert [address for address in addresses_of(ferry.tree) if "pictures" in address] == []
