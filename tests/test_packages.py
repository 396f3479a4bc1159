"""Known holes of locked packages: who was asked about, who answered, and that silence is no success."""

from __future__ import annotations

import json

import pytest
from packaging.version import Version
from pip_audit._format.json import JsonFormat
from pip_audit._service.interface import ResolvedDependency, SkippedDependency, VulnerabilityResult

from tests.project import ROOT
from weekly import packages
from weekly.packages import NobodyAnswered, ask, check_lock, findings, main, pins_in

LOCK = """\
Boat_Lib[fast]==1.2 \\
    --hash=sha256:aa
    # via harbour
harbour==3.4 ; sys_platform == "win32" \\
    --hash=sha256:bb
"""
GOOD = [{"name": "boat-lib", "version": "1.2", "vulns": []}, {"name": "harbour", "version": "3.4", "vulns": []}]
HOLE = {"id": "PYSEC-1", "fix_versions": ["2.8", "3"]}


def answered(monkeypatch, *answers):
    """Instead of pip-audit: these answers, one a question."""
    waiting = iter(answers)
    monkeypatch.setattr(packages, "ask", lambda pins: next(waiting))


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda lock: lock.stem)
def test_every_line_of_a_lock_that_names_a_package_is_a_pin(lock):
    text = lock.read_text("utf-8")

    assert len(pins_in(text)) == sum("==" in line for line in text.splitlines() if line[:1] not in (" ", "#")) > 0


def test_a_pin_counts_also_where_this_machine_would_not_install_it():
    assert pins_in(LOCK) == {"boat-lib": "1.2", "harbour": "3.4"}


def test_what_pip_audit_writes_is_read():
    said = {
        ResolvedDependency("boat-lib", Version("1.2")): [
            VulnerabilityResult("PYSEC-1", "", [Version("2.8"), Version("3")], {"CVE-1"}),
            VulnerabilityResult("PYSEC-2", "", [], set()),
        ],
        SkippedDependency("harbour", "Dependency not found"): [],
    }
    answers = json.loads(JsonFormat(False, False).format(said, []))["dependencies"]

    assert list(findings(pins_in(LOCK), answers)) == [
        "boat-lib 1.2: PYSEC-1, mended in 2.8, 3",
        "boat-lib 1.2: PYSEC-2, mended in no version yet",
        "harbour 3.4: nobody answered. Dependency not found",
    ]


@pytest.mark.parametrize(
    ("lock", "answers", "found"),
    [
        (LOCK, GOOD, []),
        (LOCK, GOOD[:1], ["harbour 3.4: nobody answered."]),
        (LOCK, [GOOD[0], GOOD[1] | {"version": "3.3"}], ["harbour 3.4: nobody answered."]),
        (LOCK, [], ["boat-lib 1.2: nobody answered.", "harbour 3.4: nobody answered."]),
        (LOCK.replace("    --hash=sha256:bb\n", ""), GOOD, ["harbour has no hash"]),
        ("# nothing\n", [], ["names no package"]),
    ],
    ids=["all-is-well", "one-left-out", "another-version", "nothing-audited", "no-hash", "empty"],
)
def test_a_lock_is_well_only_where_every_pin_has_a_hash_and_an_answer(lock, answers, found, monkeypatch):
    answered(monkeypatch, answers)

    assert check_lock(lock) == found


def test_without_a_network_nobody_answers(monkeypatch):
    """The real pip-audit, sent to a port where nobody listens."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "")

    with pytest.raises(NobodyAnswered):
        ask({"jinja2": "2.4.1"})


PLANTED = [{"name": "jinja2", "version": "2.4.1", "vulns": [HOLE]}]


@pytest.mark.parametrize(
    ("planted", "lock", "code", "printed"),
    [
        (PLANTED, GOOD, 0, "site.txt: 2 packages, no findings\n"),
        (PLANTED, [GOOD[0] | {"vulns": [HOLE]}, GOOD[1]], 1, "  boat-lib 1.2: PYSEC-1, mended in 2.8, 3\n"),
        (
            [PLANTED[0] | {"vulns": []}],
            GOOD,
            1,
            "Nobody answered, so nothing is known: no hole is told of jinja2 2.4.1",
        ),
        ([{"name": "jinja2", "skip_reason": "not found"}], GOOD, 1, "no hole is told of jinja2 2.4.1"),
    ],
    ids=["all-is-well", "a-hole", "a-service-that-knows-nothing", "a-service-that-skips"],
)
def test_all_is_well_only_after_the_planted_hole_was_told(planted, lock, code, printed, tmp_path, monkeypatch, capsys):
    (tmp_path / "site.txt").write_text(LOCK)
    monkeypatch.setattr(packages, "LOCKS", tmp_path)
    answered(monkeypatch, planted, lock)

    assert main() == code
    assert printed in capsys.readouterr().out


def test_a_folder_without_locks_is_no_success(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "LOCKS", tmp_path)
    answered(monkeypatch, PLANTED)

    assert main() == 1
