"""The weekly run: which links are found, how they are asked, and what the report says."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from weekly import links, report
from weekly.links import Answer, Manners, Place, ask, ask_all, find_links, main, render_report

QUICK = Manners(limit=10, pause=0)
GOOD = ("/good", "/only-get", "/%E6%96%B0?q=%D0%B4")
STATUS = dict.fromkeys(GOOD, 200) | {"/broken": 500, "/away": 403, "/busy": 429}


class Host(ThreadingHTTPServer):
    """A host elsewhere that remembers what it was asked, and how much of it at once."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visitor)
        self.asked: list[tuple[str, str, str]] = []
        self.now = self.most = 0
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Visitor(BaseHTTPRequestHandler):
    server: Host

    def do_HEAD(self) -> None:
        with self.server.lock:
            self.server.asked.append((self.command, self.path, self.headers["Accept"]))
            self.server.now += 1
            self.server.most = max(self.server.most, self.server.now)
        time.sleep(3 if self.path == "/slow" else 0.02)
        with self.server.lock:
            self.server.now -= 1
        if self.path in ("/moved", "/round"):
            self.send_response(301)
            self.send_header("Location", "/good" if self.path == "/moved" else "/round")
        else:
            is_refused = self.path == "/only-get" and self.command == "HEAD"
            self.send_response(405 if is_refused else STATUS.get(self.path, 404))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def host(monkeypatch) -> Iterator[Host]:
    monkeypatch.setenv("no_proxy", "*")
    server = Host()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def write_site(folder: Path, **pages: str) -> Path:
    for name, body in pages.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.html").write_text(f"<!doctype html><body>{body}", "utf-8")
    return folder


# --- finding ----------------------------------------------------------------------------------------------------


def test_every_link_elsewhere_is_found_once_with_its_pages_and_records(tmp_path):
    site = write_site(
        tmp_path,
        a='<ul><li id="x" data-record="source/x"><b><a href="https://one.test/p#part">x</a></b></ul>'
        '<p id="y"><a href="http://two.test/">y</a> <a href="b.html">b</a> <a href="mailto:m@one.test">m</a></p>',
        b='<a href="http://[1/#x">w</a> <a href=" HTTPS://two.test/Q?x=1 ">q</a> <a href="https://one.test/p">x</a>'
        '<img src="https://one.test/i.png">',
    )

    assert find_links(site) == {
        "HTTPS://two.test/Q?x=1": [Place("b.html", "")],
        "http://[1/": [Place("b.html", "")],
        "http://two.test/": [Place("a.html", "#y")],
        "https://one.test/p": [Place("a.html", "source/x"), Place("b.html", "")],
    }


# --- asking -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "verdict", "methods"),
    [
        pytest.param("/good", 200, "good", ["HEAD"], id="a page that is there is asked once"),
        pytest.param("/moved", 200, "good", None, id="a page that moved is followed"),
        pytest.param("/only-get", 200, "good", ["HEAD", "GET"], id="a host that knows no HEAD is asked with GET"),
        pytest.param("/gone", 404, "dead", ["HEAD", "GET"], id="a page that is gone"),
        pytest.param("/broken", 500, "dead", ["HEAD", "GET"], id="a host that fails"),
        pytest.param("/away", 403, "turned away", ["HEAD", "GET"], id="a host that lets no program in"),
        pytest.param("/busy", 429, "turned away", ["HEAD", "GET"], id="a host that is asked too much"),
        pytest.param("/round", 301, "turned away", None, id="a host that sends us round in circles"),
        pytest.param("/新?q=д", 200, "good", ["HEAD"], id="an address in other letters"),
    ],
)
def test_an_address_is_judged_by_its_answer(path, status, verdict, methods, host):
    answer = ask(host.address + path, QUICK)

    assert answer.status == status
    assert (answer.is_good, answer.is_turned_away, answer.is_dead) == tuple(
        verdict == one for one in ("good", "turned away", "dead")
    )
    assert methods is None or [method for method, _, _ in host.asked] == methods
    assert {accept for _, _, accept in host.asked} == {links.ACCEPT}


def test_no_answer_in_time_is_dead(host):
    answer = ask(f"{host.address}/slow", Manners(limit=0.2))

    assert (answer.status, answer.reason, answer.is_dead) == (0, "no answer in time", True)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://", "http://a..b/", "http://[1/"])
def test_what_cannot_be_asked_is_dead_and_no_traceback(address, host):
    (answer,) = ask_all([address], QUICK)

    assert answer.is_dead
    assert answer.reason.startswith("no answer: ")


def test_a_host_is_asked_one_question_at_a_time_and_answers_keep_their_order(host):
    addresses = [f"{host.address}/{number}" for number in range(9)]

    answers = ask_all(addresses, QUICK)

    assert [answer.address for answer in answers] == addresses
    assert host.most == 1


def test_a_pause_lies_between_two_questions_to_one_host(host):
    started = time.monotonic()
    ask_all([f"{host.address}/{number}" for number in range(3)], Manners(limit=10, pause=0.2))

    assert time.monotonic() - started > 0.4


# --- the report of links ----------------------------------------------------------------------------------------


def test_the_report_names_what_is_dead_with_page_and_record():
    answers = [
        Answer("https://one.test/", 200, "OK"),
        Answer("https://one.test/gone", 404, "Not Found"),
        Answer("https://two.test/", 403, "Forbidden"),
        Answer("https://six.test/", 0, "no answer in time"),
    ]
    places = {
        "https://one.test/gone": [Place("sources/index.html", "source/x"), Place("story/index.html", "")],
        "https://two.test/": [Place("index.html", "#top")],
        "https://six.test/": [Place("index.html", "")],
    }

    assert render_report(answers, places) == (
        "4 addresses asked: 2 dead, 1 that turned a program away.\n"
        "\n"
        "Dead: find where the page went, or say in `seen_at:` where its text was read.\n"
        "\n"
        "https://one.test/gone\n"
        "  404 Not Found\n"
        "  sources/index.html (source/x)\n"
        "  story/index.html\n"
        "\n"
        "https://six.test/\n"
        "  no answer in time\n"
        "  index.html\n"
        "\n"
        "Turned away, which says nothing about the page: open these by hand.\n"
        "\n"
        "https://two.test/\n"
        "  403 Forbidden\n"
        "  index.html (#top)\n"
    )


@pytest.mark.parametrize(("path", "code"), [("/good", 0), ("/away", 0), ("/gone", 1)])
def test_the_command_fails_only_where_a_link_is_dead(path, code, host, tmp_path, capsys):
    site = write_site(tmp_path / "site", index=f'<a href="{host.address}{path}">x</a>')
    arguments = ["--site", str(site), "--report", str(tmp_path / "build/links.txt"), "--pause", "0"]

    assert main(arguments) == code
    assert (tmp_path / "build/links.txt").read_text("utf-8") == capsys.readouterr().out


def test_a_site_that_is_not_there_is_no_success(tmp_path, capsys):
    assert main(["--site", str(tmp_path), "--report", str(tmp_path / "links.txt")]) == 2
    assert "Build the site first: make site" in capsys.readouterr().err


# --- the report of the week -------------------------------------------------------------------------------------


def run_week(folder: Path, monkeypatch, **recipes: str) -> tuple[int, str]:
    """The code and the report of a week whose commands are these lines of shell."""
    lines = [f"{command}:\n\t@{recipes.get(command.replace('-', '_'), 'true')}\n" for command in report.CHECKS]
    (folder / "Makefile").write_text("".join(lines), "utf-8")
    monkeypatch.chdir(folder)
    return report.main(), (folder / report.REPORT).read_text("utf-8")


def test_a_week_without_findings_succeeds(tmp_path, monkeypatch):
    code, text = run_week(tmp_path, monkeypatch)

    assert code == 0
    assert text.count("found nothing.") == len(report.CHECKS)


def test_one_finding_fails_the_week_and_the_others_still_run(tmp_path, monkeypatch):
    code, text = run_week(
        tmp_path, monkeypatch, check_today="echo '@you are late'; exit 1", check_links="echo all good"
    )

    assert code == 1
    assert "`make check-today` says:\n\n    @you are late\n" in text
    assert "`make check-links` found nothing." in text
    assert "`make compare-engines` found nothing." in text
    assert "all good" not in text


def test_a_long_report_fits_an_issue(tmp_path, monkeypatch):
    flood = "i=0; while [ $$i -lt 20000 ]; do echo line $$i; i=$$((i+1)); done; exit 1"
    _, text = run_week(
        tmp_path, monkeypatch, **dict.fromkeys((name.replace("-", "_") for name in report.CHECKS), flood)
    )

    assert len(text) < 65_000
    assert "    line 0\n" in text
    assert "    line 19999\n" in text
    assert "    [the middle is left out: see the log]\n" in text


def test_the_reports_commands_are_commands_of_the_makefile():
    makefile = (Path(__file__).parent.parent / "Makefile").read_text("utf-8")
    assert [command for command in report.CHECKS if f"\n{command}:" not in makefile] == []
