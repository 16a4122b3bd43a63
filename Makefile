# Printables: everything that can be done here, one target each. `make` alone lists them.
#
# What is set up leaves a stamp in .venv, so that nothing is installed, or even looked at, until a lock changes.
# On a fresh machine it needs Python 3.11 and make; tools/setup.sh sees to the rest.

PYTHON ?= python3
export PYTHON
# The tests start hundreds of processes. Without the compiled modules each would compile the program anew.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
PRINTABLES := $(BIN)/python make_printables.py
# The tests of a file stay together, so that what they share is made once. Three at a time on two cores: some only wait for a browser.
PYTEST := $(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder
CODE := printables tests bench tools docs/conf.py make_printables.py
UV_COMPILE := UV_NO_CONFIG=1 UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links

RUNTIME := $(VENV)/.stamp-runtime
WEB := $(VENV)/.stamp-web
DEV := $(VENV)/.stamp-dev

.DEFAULT_GOAL := help
.PHONY: help leaflets site web preview edit packs bench bench-long performance test test-all test-bare test-fast lint check docs docs-site pictures gallery
.PHONY: proofs torture hostile fuzz matrix matrix-clinics audit sbom licences dist tag check-tag lock clean

# List what can be made
help:
	@awk '/^# / { said = substr($$0, 3); next } \
		/^[a-z][a-z-]*:/ && said { sub(/:.*/, "", $$1); printf "  make %-10s %s\n", $$1, said } { said = "" }' Makefile

# Set up what is needed and build every leaflet into output/
leaflets: $(RUNTIME)
	$(PRINTABLES)

# Build every leaflet in the editions of the website, and the website itself into output/site/
site: $(WEB)
	$(PRINTABLES) rack
	$(PRINTABLES) site

# Set up what the website, the preview and the visits to sources need, and build nothing
web: $(WEB)

# Build the books of every course, and their handouts, into output/packs/
packs: $(RUNTIME)
	$(PRINTABLES) pack --all

# Show the leaflets while you write: a page on this machine that follows what you save
preview: $(WEB)
	$(PRINTABLES) preview

# The same, with words to click and change
edit: $(WEB)
	$(PRINTABLES) edit

# Set up what is needed, then look at the code's form and types and run the tests
test: lint
	FUZZ_EXAMPLES=10 $(PYTEST) -m "not long"

# Run every test, also the long ones, on every page that ships
test-all: lint
	EVERYTHING=1 $(PYTEST)

# Run make test in a bare Debian, as on a fresh machine (root, Debian's debootstrap; FRESH=1 makes it anew)
test-bare:
	@sh tools/bare.sh make test

# Run the tests that make no PDF and take less than a third of a second each (a minute)
test-fast: $(DEV)
	$(PYTEST) -m "not pdf and not slow and not long"

# Measure everything (an hour), and write docs/performance.md: builds, other programs, books, preview, website
bench: $(DEV)
	$(BIN)/python bench/suite.py
	$(BIN)/python bench/performance.py
	$(BIN)/python bench/plots.py
	$(BIN)/python bench/preview.py
	$(PRINTABLES) site --quiet
	$(BIN)/python bench/site_weight.py

# Compare a library of 100 leaflets with one of 4,000 (half an hour or more)
bench-long: $(DEV)
	$(BIN)/python bench/suite.py scale --long
	$(BIN)/python bench/performance.py
	$(BIN)/python bench/plots.py

# Write docs/performance.md again from what was measured last
performance: $(DEV)
	$(BIN)/python bench/performance.py
	$(BIN)/python bench/plots.py

# Look at the code's form and types without running it
lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CODE)

# Check every record, text and template without making a PDF
check: $(RUNTIME)
	$(PRINTABLES) check

# Write the generated parts of the documentation again: the references of fields and commands, the checklist
docs: $(RUNTIME)
	$(PRINTABLES) schema

# Make the documentation as a website, with the gallery, in build/docs-site/
docs-site: $(DEV)
	$(PRINTABLES) gallery --output build/docs-extra
	$(BIN)/sphinx-build -q -E -W --keep-going -c docs . build/docs-site

# Draw the pages of the built leaflets as PNG pictures, to look at them
pictures: $(RUNTIME)
	$(PRINTABLES) pictures
	$(PRINTABLES) pictures --therapy ipt --family docs/pictures/leaflets.png

# Draw every component in all looks on one page, with its tokens and contrasts, for those who make templates
gallery: $(RUNTIME)
	$(PRINTABLES) gallery

# Build everything in every edition, and show all pages on one sheet, to look at them
proofs: $(RUNTIME)
	$(PRINTABLES) proofs

# Kill 500 real builds at random moments and look whether anything was lost; then its companion, which must find torn files
torture: $(DEV)
	PYTHONPATH=. $(BIN)/python tests/torture.py --kills 500
	PYTHONPATH=. $(BIN)/python tests/torture.py --kills 60 --plain-write

# Try every hostile record, text, template, page and picture, and print what became of each
hostile: $(DEV)
	PYTHONPATH=. $(BIN)/python tests/hostile_build.py

# Build 10,000 libraries with records, texts and clinic files that nobody would think of (half an hour)
fuzz: $(DEV)
	FUZZ_EXAMPLES=10000 $(BIN)/pytest -n 2 tests/test_fuzz.py

# Build everything twice, in two worlds that differ in all that must not matter, and compare the bytes
matrix: $(DEV)
	PYTHONPATH=. $(BIN)/python tests/matrix.py

# Print everything in eight editions without a clinic, with the fullest one and approved, and say how many are printed
matrix-clinics: $(DEV)
	PYTHONPATH=. $(BIN)/python tests/matrix_clinics.py

# Look for known holes in what the locks name: by the network, or in OSV's database with DATABASE=all.zip
audit: $(DEV)
	$(if $(DATABASE),$(BIN)/python tools/audit.py $(DATABASE),\
		$(BIN)/pip-audit --require-hashes --disable-pip -s osv $(foreach lock,$(wildcard requirements*.lock),-r $(lock)))

# Write dist/printables.cdx.json, the list of all parts (CycloneDX)
sbom: $(DEV)
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --short-PURLs --validate \
		-o dist/printables.cdx.json requirements.lock

# Write docs/licences.md again, from what the packages of the locks say of themselves
licences: $(DEV)
	$(BIN)/python tools/licences.py

# Build the wheel and the source archive into dist/, the same bytes each time
dist: $(DEV)
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m hatchling build -d dist

# Tag the commit that is checked out as the newest version in CHANGELOG.md, with its text
tag:
	@$(PYTHON) tools/tag.py

# Compare a tag with the version of the commit that is checked out: make check-tag TAG=v1.2.0
check-tag:
	@$(PYTHON) tools/tag.py --check "$$TAG"

# Choose newer versions of every package and write all locks again
lock: $(DEV)
	$(UV_COMPILE) --upgrade --output-file requirements.lock pyproject.toml
	$(UV_COMPILE) --upgrade --constraint requirements.lock --extra sources --extra site --extra preview --extra word \
		--output-file requirements-web.lock pyproject.toml
	$(UV_COMPILE) --upgrade --constraint requirements-web.lock --extra cluster \
		--output-file requirements-cluster.lock pyproject.toml
	$(UV_COMPILE) --upgrade --constraint requirements-web.lock --constraint requirements-cluster.lock --extra dev \
		--output-file requirements-dev.lock pyproject.toml

# Remove all that was made here: the .venv, the caches and what was built into output/
clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find output -mindepth 1 ! -name .gitkeep -delete

$(RUNTIME): requirements.lock
	@sh tools/setup.sh $<
	@touch $@

# Each lock holds all of the one before it, so whoever has the later one has the earlier.
$(WEB): requirements-web.lock
	@sh tools/setup.sh $<
	@touch $@ $(RUNTIME)

$(DEV): requirements-dev.lock tools/web/package-lock.json
	@sh tools/setup.sh $<
	@touch $@ $(RUNTIME) $(WEB)
