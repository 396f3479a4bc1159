# Every command of this project, on a fresh machine too. `make help` lists them.

PYTHON ?= python3
LOCK_FLAGS ?=
BENCH ?=

python := .venv/bin/python

# Hashes: what was locked is what is installed. Only wheels: they run no code when they are installed.
pip_quietly := python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
pip_install := .venv/bin/$(pip_quietly)

# On GitHub, problems are shown beside the lines they are about.
check_flags := $(if $(GITHUB_ACTIONS),--format github)

# On GitHub, hosts that are asked for a page are told who asks.
contact := $(if $(GITHUB_REPOSITORY),--contact "$(GITHUB_SERVER_URL)/$(GITHUB_REPOSITORY)")

.PHONY: help site test serve check check-today check-links check-packages compare-engines weekly addresses expected handouts \
	offline contact-sheet layers lint audit bench lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

site: .venv/site-ready ## build the site into site/
	@$(python) -m generator site

test: .venv/test-ready ## run every test
	@browser="$$($(python) -m tests.browser)" && BROWSER_PATH="$$browser" $(python) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

serve: .venv/site-ready ## show the site while you write
	@$(python) -m generator serve

check: .venv/site-ready ## list the problems in data/ and docs/
	@$(python) -m generator check $(check_flags)

check-today: .venv/site-ready ## the same, with the records that are overdue today
	@$(python) -m generator check --today $(check_flags)

addresses: .venv/site-ready ## write the list of published addresses
	@$(python) -m generator addresses

# The network is no part of the build, so this is no part of make test.
check-links: site ## ask every address elsewhere whether it still answers; report in build/links.txt
	@$(python) -m weekly.links $(contact)

check-packages: .venv/test-ready ## ask whether a locked package has a known hole; silence is a finding
	@$(python) -m weekly.packages

compare-engines: .venv/test-ready site ## build the tree of the last build with both site engines and compare the pages
	@$(python) -m weekly.engines

weekly: .venv/test-ready ## check-today, check-links, check-packages and compare-engines, with one report in build/weekly.md
	@$(python) -m weekly.report

# The build needs no browser, so sheets are made after it. Without them a lesson prints from its page.
handouts: .venv/test-ready site ## the site, with the sheets and the key of each lesson as PDF
	@browser="$$($(python) -m tests.browser)" && BROWSER_PATH="$$browser" $(python) -m tests.handouts

# After `site`, and after `handouts` where both are asked for: what they made is in it.
offline: .venv/site-ready site ## the site as an archive to read from a disk, in build/, offered on the site too
	@$(python) -m generator offline

expected: .venv/test-ready ## write what the test sites are expected to give; read the diff
	@$(python) -m tests.sites

layers: .venv/test-ready ## draw the layers of the generator into CONTRIBUTING.md
	@$(python) -m tests.architecture

contact-sheet: .venv/test-ready site ## every chart in its two common widths and both palettes, in build/contact-sheet.png
	@browser="$$($(python) -m tests.browser)" && BROWSER_PATH="$$browser" $(python) -m tests.contact_sheet

lint: .venv/test-ready ## check how the code is written, and its types
	@$(python) -m ruff check
	@$(python) -m ruff format --check
	@$(python) -m mypy

# The network is no part of the build, so this is no part of make test. Some pages alone: make audit PAGES="/ /data/"
audit: .venv/test-ready site ## HTML validator and Lighthouse on the site; needs Node and Java; reports in build/audit/
	@browser="$$($(python) -m tests.browser)" && BROWSER_PATH="$$browser" $(python) -m checkup --pages $(PAGES)

# The peers live in an environment of their own, so that their pins are not the site's. BENCH takes options: --only b.
bench: .venv/test-ready build/peers/ready site ## speed beside others, growth and weight; table in build/bench.json (15 minutes)
	@browser="$$($(python) -m tests.browser)" && BROWSER_PATH="$$browser" $(python) -m bench $(BENCH)

# No address of a package index may enter a lock: another machine has another one.
lock: .venv/lock-ready ## pin versions anew; LOCK_FLAGS=--upgrade takes newer ones
	@for list in site test lock bench; do \
		.venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11.2 --fork-strategy fewest \
			--no-header --no-emit-index-url --no-emit-find-links $(LOCK_FLAGS) \
			requirements/$$list.in -o requirements/$$list.txt || exit 1; \
	done
	@if grep -nE '://|^-|file:' requirements/*.txt; then echo "These lines hold an address or an option."; exit 1; fi

clean: ## remove everything that was made here
	rm -rf build site .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/site-ready: requirements/site.txt .venv/made
	@echo "Installing what the site is built with ..."
	@$(pip_install) -r $<
	@touch $@

.venv/test-ready: requirements/test.txt .venv/site-ready
	@echo "Installing what the tests need ..."
	@$(pip_install) -r $<
	@touch $@

build/peers/ready: requirements/bench.txt .venv/made
	@echo "Installing what we are measured beside ..."
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/$(pip_quietly) -r $<
	@touch $@

.venv/lock-ready: requirements/lock.txt .venv/made
	@$(pip_install) -r $<
	@touch $@

# Debian ships Python without venv; as root this can be mended here, else the message says how.
.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed, and $(PYTHON) is: $$($(PYTHON) --version 2>&1 || true)"; \
		echo "Name one that is: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		echo "This Python cannot make environments: Debian keeps that in the package python3-venv."; \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; \
		else echo "Install it: sudo apt-get install python3-venv"; exit 1; fi; }
	@$(PYTHON) -m venv --clear .venv
	@touch $@
