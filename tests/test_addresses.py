"""Public addresses, and the relative links between them."""

from urllib.parse import urljoin

import pytest

from generator import addresses
from generator.addresses import file_of, link
from generator.build import addresses_of


@pytest.mark.parametrize(
    ("start", "end", "relative"),
    [
        pytest.param("/", "/", "./", id="home to itself"),
        pytest.param("/", "/story/", "story/", id="home to a page"),
        pytest.param("/", "/story/crossing/#end", "story/crossing/#end", id="home to an anchor"),
        pytest.param("/", "/timeline.csv", "timeline.csv", id="home to a file"),
        pytest.param("/story/", "/", "../", id="page to home"),
        pytest.param("/story/crossing/", "/", "../../", id="deep page to home"),
        pytest.param("/story/crossing/", "/story/", "../", id="page to the one above"),
        pytest.param("/story/crossing/", "/story/tickets/", "../tickets/", id="page to a neighbour"),
        pytest.param("/story/crossing/", "/data/goods/#1950", "../../data/goods/#1950", id="page to another branch"),
        pytest.param("/story/", "/story/crossing/", "crossing/", id="page to the one below"),
        pytest.param("/story/crossing/", "/story/crossing/", "./", id="page to itself"),
        pytest.param("/story/crossing/", "/story/crossing/#end", "#end", id="anchor of the same page"),
        pytest.param("/data/goods/", "/data/goods.csv", "../goods.csv", id="page to the file beside it"),
        pytest.param("/data/", "/data/goods.csv", "goods.csv", id="page to the file in it"),
        pytest.param("/charts/a/embed/", "/assets/site.css", "../../../assets/site.css", id="to an asset"),
        pytest.param("/charts/a/", "/charts/a/embed/", "embed/", id="to a page in it"),
        pytest.param("/story/cross/", "/story/crossing/", "../crossing/", id="names that begin alike"),
        pytest.param("/goods/", "/goods", "../goods", id="file that bears the page's name"),
    ],
)
def test_a_link_is_relative(start, end, relative):
    assert link(start, end) == relative


@pytest.mark.parametrize("root", ["https://example.org/", "https://example.org/two/islands/"])
@pytest.mark.parametrize("start", ["/", "/story/", "/story/crossing/", "/charts/a/embed/"])
@pytest.mark.parametrize(
    "end", ["/", "/story/", "/story/crossing/", "/data/goods/#1950", "/timeline.csv", "/charts/a.svg"]
)
def test_a_link_leads_where_it_should_under_any_path(root, start, end):
    base = root.rstrip("/")

    assert urljoin(base + start, link(start, end)) == base + end


@pytest.mark.parametrize(
    ("address", "file"),
    [("/", "index.md"), ("/timeline/", "timeline/index.md"), ("/charts/goods/", "charts/goods/index.md")],
)
def test_a_page_has_its_file(address, file):
    assert file_of(address) == file


def test_records_have_addresses():
    assert addresses.timeline() == "/timeline/"
    assert addresses.timeline("storm") == "/timeline/#storm"
    assert addresses.chart("goods") == "/charts/goods/"
    assert addresses.series("goods") == "/data/goods/"
    assert addresses.series("goods", "1950") == "/data/goods/#1950"
    assert addresses.source("gazette") == "/sources/#gazette"


def test_every_address_that_is_generated_is_reserved(ferry):
    written = {page.address for page in ferry.subject.of("page")}
    moved = {redirect.old for redirect in ferry.subject.of("redirect")}
    generated = {
        address for address in addresses_of(ferry.tree) if address.endswith("/") and address not in written | moved
    }

    assert generated != set()
    fronts = [addresses.of_record(part) for part in ferry.subject.of("part") if part.charts]
    reserved = (*addresses.RESERVED, *fronts)
    assert [address for address in sorted(generated) if not address.startswith(reserved)] == []
