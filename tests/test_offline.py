"""The offline copy as files: links that name files, the same bytes each time, nothing outside its folder."""

from __future__ import annotations

import io
import json
import posixpath
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html as lxml_html

from generator.cli import main
from generator.offline import offline_copy, page_from_disk, write_offline
from tests.sites import files_of

FOLDERS = {".", "story", "story/oil", "charts/café"}
NAME = "alba-and-bora-offline"


def moved(link: str, name: str = "story/oil/index.html") -> str:
    """A link as it stands in the copy of a page."""
    root = lxml_html.document_fromstring(page_from_disk(f'<p><a href="{link}">x</a></p>', name, FOLDERS))
    return root.xpath("//a/@href")[0]


@pytest.mark.parametrize(
    ("link", "file"),
    [
        pytest.param("../..", "../../index.html", id="home, without a stroke"),
        pytest.param("../../", "../../index.html", id="home"),
        pytest.param("./", "index.html", id="itself"),
        pytest.param(".", "index.html", id="itself, without a stroke"),
        pytest.param("../", "../index.html", id="up"),
        pytest.param("../#a", "../index.html#a", id="anchor"),
        pytest.param("../?q=a", "../index.html?q=a", id="query"),
        pytest.param("../../charts/caf%C3%A9/#a?b", "../../charts/caf%C3%A9/index.html#a?b", id="letters in code"),
        pytest.param("#a", "#a", id="anchor alone"),
        pytest.param("", "", id="nothing"),
        pytest.param("../../data/all.zip", "../../data/all.zip", id="file"),
        pytest.param("../gone/", "../gone/", id="a folder that is no page"),
        pytest.param("https://example.org/", "https://example.org/", id="elsewhere"),
        pytest.param("//example.org/", "//example.org/", id="elsewhere, without a scheme"),
        pytest.param("mailto:a@example.org", "mailto:a@example.org", id="mail"),
    ],
)
def test_a_link_to_a_folder_names_the_file_of_its_page(link, file):
    assert moved(link) == file


def test_a_page_at_the_root_has_links_too():
    assert moved("story/", "index.html") == "story/index.html"
    assert moved(".", "index.html") == "index.html"


def test_a_page_that_has_moved_leads_to_a_file():
    text = '<meta http-equiv="refresh" content="0; url=../oil/">'

    assert 'content="0; url=../oil/index.html"' in page_from_disk(text, "story/old/index.html", FOLDERS)


def test_words_that_look_like_a_link_stay_words():
    text = '<pre>&lt;a href="../"&gt;</pre><p title=\'a href="../" b\'>one href="../" two</p>'

    assert page_from_disk(text, "story/oil/index.html", FOLDERS) == text


def test_the_policy_of_a_copy_lets_files_in_and_nothing_else():
    policy = "default-src 'self'; script-src 'self' 'sha256-a'; font-src 'self'"
    text = f'<head><meta http-equiv="Content-Security-Policy" content="{policy}"></head>'

    assert page_from_disk(text, "index.html", FOLDERS) == (
        '<head><meta http-equiv="Content-Security-Policy" content="default-src \'self\' file:; '
        "script-src 'self' file: 'sha256-a'; font-src data: 'self' file:\">"
        '<script src="assets/offline.js"></script></head>'
    )


# --- the ferry --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copy(ferry_folder) -> dict[str, bytes]:
    return offline_copy(files_of(ferry_folder))


def links_of(name: str, page: bytes) -> Iterator[tuple[str, str]]:
    """Each address on a page that leads to a file of the copy, as it is written and as the file's name."""
    root = lxml_html.document_fromstring(page)
    found = [*root.xpath("//@href | //@src | //@action | //@poster"), *root.xpath("//@*[name()='xlink:href']")]
    found += [part.split()[0] for value in root.xpath("//@srcset") for part in value.split(",")]
    found += [value.partition("url=")[2] for value in root.xpath('//meta[@http-equiv="refresh"]/@content')]
    for link in found:
        address = urlsplit(link)
        if not address.scheme and not address.netloc and address.path:
            yield link, posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(address.path)))


def dead_links(copy: dict[str, bytes]) -> list[tuple[str, str]]:
    """The pages and links of a copy that lead to no file of it."""
    pages = [name for name in copy if name.endswith(".html")]
    return [(name, link) for name in pages for link, file in links_of(name, copy[name]) if file not in copy]


def test_every_link_of_every_page_leads_to_a_file(copy):
    assert sum(len(list(links_of(name, copy[name]))) for name in copy if name.endswith(".html")) > 1000
    assert dead_links(copy) == []


def test_a_link_to_a_folder_or_out_of_the_copy_is_seen(copy):
    planted = {**copy, "story/index.html": b'<a href="crossing/">x</a><a href="../../x.html">x</a>'}

    assert dead_links(planted) == [("story/index.html", "crossing/"), ("story/index.html", "../../x.html")]


def test_the_copy_has_every_page_and_leaves_out_what_a_host_needs(copy, ferry_folder):
    gone = set(files_of(ferry_folder)) - set(copy)

    assert {name for name in gone if not name.endswith(".map")} == {
        *("404.html", "sitemap.xml", "sitemap.xml.gz", "search/search_index.json"),
    }
    assert any(name.endswith(".map") for name in gone)


def test_the_search_finds_files(copy):
    index = json.loads(copy["search/search_index.js"].decode().removeprefix("var __index="))
    files = {entry["location"].partition("#")[0] for entry in index["docs"]}

    assert "index.html" in files and "story/crossing/index.html" in files
    assert files <= set(copy)


def test_styles_hold_their_fonts(copy):
    style = copy["assets/site.css"].decode()

    assert "url(data:font/woff2;base64," in style
    assert ".woff2" not in style


# --- the archive ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(ferry, ferry_folder, tmp_path_factory) -> Path:
    """A folder with the ferry's site and, in `build`, its archive."""
    folder = tmp_path_factory.mktemp("offline")
    shutil.copytree(ferry_folder, folder / "site")
    write_offline(folder / "site", ferry.subject.site, folder / "build")
    return folder


def test_an_archive_holds_one_folder_and_no_path_out_of_it(made, copy):
    with zipfile.ZipFile(made / f"build/{NAME}.zip") as archive:
        names = archive.namelist()

        assert sorted(names) == sorted(f"{NAME}/{name}" for name in copy)
        assert not any(".." in name.split("/") or "\\" in name or ":" in name for name in names)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_site_offers_the_archive(made):
    page = lxml_html.document_fromstring((made / "site/data/index.html").read_text("utf-8"))
    (item,) = page.find_class("bf-offline")

    assert item.get("hidden") is None
    assert item.xpath("./a/@href") == [f"{NAME}.zip"]
    offered = (made / f"site/data/{NAME}.zip").read_bytes()
    assert offered == (made / f"build/{NAME}.zip").read_bytes()
    assert item.text_content().startswith(f"{NAME}.zip ({len(offered) / 1_000_000:.1f} MB). The whole site")


def test_the_archive_of_a_site_that_offers_one_is_the_same(made, ferry):
    first = (made / f"build/{NAME}.zip").read_bytes()

    write_offline(made / "site", ferry.subject.site, made / "again")

    assert (made / f"again/{NAME}.zip").read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert b"bf-offline" in archive.read(f"{NAME}/data/index.html")
        assert f"{NAME}.zip".encode() not in archive.read(f"{NAME}/data/index.html")


def test_without_a_finished_site_the_command_says_so(ferry_places, tmp_path, capsys):
    folders = ["--data", str(ferry_places.data), "--docs", str(ferry_places.docs), "--out", str(tmp_path / "docs")]

    assert main(["offline", *folders, "--site", str(tmp_path)]) == 1

    assert f"{tmp_path} holds no finished site; make it first" in capsys.readouterr().err
    assert list(tmp_path.rglob("*.zip")) == []
