"""The names of the checks that are no rules over records: what each of them holds, in a sentence."""

SHAPE = "records-have-their-shape"
CALLS = "calls-give-figures"
LENGTHS = "chapters-have-their-length"

READING = {
    SHAPE: "A record has the keys of its kind and no others, each with a value of the right type.",
    "folders-exist": "`data/` and `docs/` are folders.",
    "files-stay-inside": "A file of `data/` or `docs/` is no link out of its folder or to a folder.",
    "files-are-readable": "A file is UTF-8 text of a sensible size, in characters that print.",
    "files-are-yaml": "A `.yml` file is YAML without aliases, tags or keys that stand twice.",
    "files-have-a-kind": "A file of `data/` stands in the folder of its kind, as `.yml` or `.csv`.",
    "files-hold-records": "A file of records holds a list of them, or one.",
    "site-is-described": "`data/site.yml` says what the site is.",
    "ids-are-unique": "No two records of a kind share an id.",
    "names-fit-every-system": "An id and the file of a page are named as every system can name a file: in lower-case "
    "letters, digits and hyphens, not too long, and not as a device.",
    "settings-run-nothing": "The engine's settings in `mkdocs.yml` hold no HTML and no code, and the navigation names "
    "pages alone.",
    "tables-have-sidecars": "A series or register is a `.yml` and a `.csv` file that bear its id.",
    "files-are-csv": "A `.csv` file is CSV with matching quotes.",
    "columns-are-explained": "A table has the columns it needs and no others; the sidecar explains its own.",
    "rows-are-whole": "A row has a cell for every column.",
    "rows-have-sources": "A row names at least one source.",
    "dates-exist": "A date is a day, month or year of the calendar, or a span of them.",
    "values-are-numbers": "A value is written in digits, with a dot for decimals.",
    "pages-hold-plain-html": "The text of a page holds plain HTML without scripts or forms, and links only "
    "to pages and web addresses.",
    "pages-have-front-matter": "A page begins with front matter between two lines `---`.",
}
"""What is checked while files are read."""

WRITING = {
    CALLS: "A call in prose gives exactly one figure, chart or link, or the report lists the rows it could mean.",
    LENGTHS: "A chapter answers in one breath of 40 to 60 words and has a text of 500 to 900 words as they are read, "
    "and at most 180 easier words, unless it has a form of its own.",
    "redirects-lead-to-a-page": "A redirect leads from an address without a page to an address with one.",
    "published-addresses-stay": "An address that was once published is still there, or redirects.",
}
"""What is checked while pages are written."""

FINISHED = {
    "charts-can-be-drawn": "A chart leaves room for its marks beside its names.",
    "pages-are-built": "The pages that the site engine built are the pages that were generated.",
    "nothing-runs-from-a-text": "No finished page or drawing holds a handler or a frame: nothing in it runs but the "
    "site's own scripts.",
    "scripts-are-known": "An inline script on a finished page is one of the engine's own.",
    "links-lead-somewhere": "A link on a finished page leads to a file and an anchor that are there.",
    "ids-on-a-page-differ": "No two elements of a finished page share an id.",
    "pages-load-nothing-foreign": "A finished page loads nothing from another host.",
    "chapters-are-light": "A chapter is at most 100 kB of HTML.",
    "the-ledger-is-whole": "The ledger lists every number that a finished page calls, with its rows, and no other.",
    "numbers-are-traced": "A number on a finished page is called from a row, in a sourced record, a computed count, "
    "or a year, a date or an allowed name.",
    "numbers-equal-what-traces-them": "A number beside a row, a record or a chart on a finished page stands in it.",
    "figures-are-computed-again": "A figure in a text on a finished page is what its rows give, computed again.",
    "marks-are-rows": "A mark of a drawing is a row of its chart at its value, and every row of the chart has a mark.",
}
"""What is checked on drawings and on the finished pages, before they take the place of the last good ones."""
