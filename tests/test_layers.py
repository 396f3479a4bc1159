"""The layers of the generator: who may import whom, who may write files, and who may print."""

import ast

import pytest

from tests.architecture import CODE, GUIDE, draw_layers, imported_by, layers, tree_of, with_layers

LAYERS = (
    ("letters",),
    ("problems", "dates", "numerals", "addresses", "checks", "charts.fonts", "calls"),
    ("model", "yaml_text", "plain"),
    (
        *("plan", "relations", "words", "units", "selection", "stretches", "groups", "palette", "timeline", "mirrors"),
        *("manuscript", "telling"),
        *("exports.cells", "exports.citations", "reading"),
    ),
    (
        *("rows", "figures", "derivations", "ledger", "pictures", "charts.marks", "rules.records", "rules.library"),
        *("exports.timeline", "exports.sheets"),
    ),
    (
        *("load", "furniture", "live", "charts.canvas", "rules.charts", "rules.history", "rules.ledger"),
        *("rules.pages", "rules.prose", "rules.tables", "exports.package", "exports.ledger", "rules.lessons", "quiz"),
    ),
    (
        *("rules.editorial", "rules.evidence"),
        *("exports.cards", "exports.handout", "exports.moodle", "exports.qti"),
    ),
    ("exports.lessons", "charts.words", "charts.plot", "charts.strip", "rules", "pen", "schema"),
    ("charts.names", "charts.bars", "charts.key", "charts.singles", "charts.slots"),
    ("charts.columns", "charts.flows", "charts.heat", "charts.lanes", "charts.lines", "charts.pairs", "charts.places"),
    ("charts.panels",),
    ("charts.kinds",),
    ("charts.drawing",),
    ("pages.frame", "proof", "scorecard"),
    ("audit",),
    (
        *("pages.about", "pages.articles", "pages.charts", "pages.checklists", "pages.contested", "pages.corrections"),
        *("pages.documents", "pages.downloads", "pages.glossary", "pages.lessons", "pages.people", "pages.places"),
        *("pages.prose", "pages.scorecard", "pages.sources", "pages.tables", "pages.timeline"),
    ),
    ("pages.parts",),
    ("pages",),
    ("build",),
    ("publish", "serve", "offline"),
    ("cli",),
    ("__main__",),
)
"""A module imports only from lines above its own."""
WRITERS = {"build", "publish", "serve"}
PRINTERS = {"cli"}
PATH_WRITES = {
    *("write_bytes", "write_text", "mkdir", "touch", "unlink", "rmdir", "rename"),
    *("symlink_to", "hardlink_to", "chmod"),
}
CLOCKS = ("today", "now", "utcnow", "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime")
NETWORK = {"socket", "urllib.request", "http.client", "requests", "urllib3", "ftplib", "smtplib"}
CHANCE = {"random", "secrets", "uuid"}


def calls_in(name: str) -> set[str]:
    """Everything that a module calls, as it is written: `path.mkdir`, `print`."""
    return {ast.unparse(node.func) for node in ast.walk(tree_of(name)) if isinstance(node, ast.Call)}


def writes_in(name: str) -> list[str]:
    """The calls with which a module changes the disk."""
    calls = sorted(calls_in(name))
    found = [call for call in calls if call.rpartition(".")[2] in PATH_WRITES and "." in call]
    found += [
        call
        for call in calls
        if call.startswith(("shutil.", "tempfile.", "os.")) and not call.startswith("os.environ.get")
    ]
    return found + (["open"] if opens_for_writing(name) else [])


def opens_for_writing(name: str) -> bool:
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "open":
            values = [*node.args, *(keyword.value for keyword in node.keywords)]
            modes = [
                value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)
            ]
            if any(set(mode) & set("wax+") for mode in modes if len(mode) <= 3):
                return True
    return False


def test_every_module_has_its_layer():
    assert sorted(name for layer in LAYERS for name in layer) == sorted(CODE)


@pytest.mark.parametrize("name", CODE)
def test_a_module_imports_only_from_layers_before_its_own(name):
    place = next(at for at, layer in enumerate(LAYERS) if name in layer)
    before = {module for layer in LAYERS[:place] for module in layer}

    assert imported_by(name) - before == set()


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer[0])
def test_a_layer_is_no_later_than_it_must_be(layer):
    """Each line is needed: some module of it imports from the line right above."""
    place = LAYERS.index(layer)

    assert place == 0 or any(imported_by(name) & set(LAYERS[place - 1]) for name in layer)


@pytest.mark.parametrize("name", CODE)
def test_only_some_modules_write_files(name):
    assert name in WRITERS or writes_in(name) == []


@pytest.mark.parametrize("name", CODE)
def test_only_the_command_line_prints_and_only_the_program_exits(name):
    calls = calls_in(name)

    assert name in PRINTERS or not calls & {"print", "input", "sys.stdout.write", "sys.stderr.write"}
    assert name == "__main__" or not calls & {"exit", "sys.exit", "os._exit", "os.abort"}


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_who_may_write_does(name):
    assert writes_in(name) != []


@pytest.mark.parametrize("name", sorted(PRINTERS))
def test_who_may_print_does(name):
    assert "print" in calls_in(name)


@pytest.mark.parametrize("name", CODE)
def test_nothing_depends_on_the_clock_the_network_or_chance(name):
    """Only the command line takes today's date, when it is told to: `check --today`."""
    clocks = [call for call in sorted(calls_in(name)) if f".{call}".endswith(tuple(f".{clock}" for clock in CLOCKS))]
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree_of(name))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }

    assert clocks == (["datetime.date.today"] if name == "cli" else [])
    assert imported & (NETWORK | CHANCE) == set()


# --- the picture ------------------------------------------------------------------------------------------------


def test_the_picture_in_the_guide_is_that_of_the_imports():
    text = GUIDE.read_text("utf-8")

    assert with_layers(text, layers()) == text, "run: make layers"


def test_a_part_stands_right_of_all_it_imports():
    imports = {
        "dates": [],
        "charts.fonts": [],
        "model": ["dates"],
        "plan": ["charts.fonts", "model"],
        "charts.bars": ["plan", "charts.fonts"],
        "pages": ["charts.bars"],
        "pages.frame": ["dates"],
    }

    assert draw_layers(imports).splitlines() == [
        "charts.fonts > model > plan > charts/ > pages/",
        "dates",
    ]


def test_a_guide_without_a_place_for_the_picture_is_refused():
    with pytest.raises(ValueError, match="has lost the marks"):
        with_layers("# Contributing", layers())
