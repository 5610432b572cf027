# Everything is made from here: `make demo` and `make test` work from a fresh clone.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test docs screenshots lint types tests coverage fuzz sbom bench bench-report bench-dossier bench-extract bench-score bench-classify bench-collect bench-kill bench-reuse bench-memory bench-incremental bench-scale bench-start model corpus lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

setup: $(READY)  ## make .venv with the locked packages

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "assess needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)  ## judge the corpus and write a sector report
	@mkdir -p build
	@$(BIN)/assess run --registry corpus/registry.csv --files corpus/documents --db build/demo.db --report build/demo-report.html --minimum 5

docs: $(READY)  ## the documentation as a site, in build/site
	$(BIN)/python -m mkdocs build --strict

screenshots: $(READY)  ## the pictures of README and docs, taken anew
	$(BIN)/python -m tools.screenshots

lint: $(READY)  ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## mypy --strict
	$(BIN)/mypy

# A module at a time, so that what it sets up is made once; a third process, as some tests only wait.
# The longest begin (tests/conftest.py). Compiled code is kept, whatever the machine says: else each
# process compiles it anew.
tests: export PYTHONDONTWRITEBYTECODE :=
tests: $(READY)  ## pytest
	$(BIN)/pytest -n 3 --dist loadscope --no-loadscope-reorder

# Slow, so not part of `make test`; floors are in tests/quality/floors.json. What is traced takes long,
# so tests of how long are left out.
COVERING := $(addprefix tests/,score compare store forget merge security cli/test_runs.py)
coverage: $(READY)  ## branches of score, compare and store that tests take, beside the floors
	@mkdir -p build/coverage
	$(BIN)/pytest -n 3 --dist loadscope $(COVERING) -k "not time_grows and not test_linear" --cov --cov-report=json
	$(BIN)/python -m tools.coverage

test: lint types tests  ## all that CI checks

bench: $(READY)  ## slow benchmarks, as ratios to raw library baselines
	$(BIN)/python -m benchmarks

bench-extract: $(READY)  ## speed of reading PDFs beside pdfium and pdfplumber; memory over 2,000 documents
	$(BIN)/python -m benchmarks.extract

bench-score: $(READY)  ## statements judged a second on one core, beside raw tokenisation
	$(BIN)/python -m benchmarks.score

bench-classify: $(READY)  ## sentences classified a second, loading, memory; ENCODER=/path/to/python for an encoder beside it
	$(BIN)/python -m benchmarks.classify $(if $(ENCODER),--encoder-python $(ENCODER))

bench-reuse: $(READY)  ## reused text in up to 100,000 statements, beside a raw count of shared runs
	$(BIN)/python -m benchmarks.reuse

bench-memory: $(READY)  ## peak memory of every command by the number of statements
	$(BIN)/python -m benchmarks.memory

bench-start: $(READY)  ## how soon `assess check` of one PDF answers, beside a bare import of its libraries
	$(BIN)/python -m benchmarks.start

bench-scale: $(READY)  ## registry and files to a report, of 1,000 and of 100,000 statements (hours); SCALE="2000 --only registry" for others
	$(BIN)/python -m benchmarks.scale $(SCALE)

bench-incremental: $(READY)  ## ten new statements in a database of 20,000, by stage
	$(BIN)/python -m benchmarks.incremental

bench-report: $(READY)  ## size of the sector report of 5,000 statements, and how soon it opens in a browser
	$(BIN)/python -m benchmarks.report

bench-dossier: $(READY)  ## how soon the dossier of an 11,000-word statement opens in a browser
	$(BIN)/python -m benchmarks.dossier

bench-kill: $(READY)  ## kill -9 at 200 random moments of all commands, each resumed; KILL="--kills 20 --stage score --seed 1"
	$(BIN)/python -m benchmarks.kill $(KILL)

bench-collect: $(READY)  ## collecting from a local web beside what politeness asks for; memory up to 10,000 documents
	$(BIN)/python -m benchmarks.collect

fuzz: $(READY)  ## thirty minutes of hostile inputs over all targets; FUZZ="--target rubric --seconds 60 --seed 1" for others
	$(BIN)/python -m tools.fuzz $(FUZZ)

sbom: $(READY)  ## what it is built from, with versions and hashes: build/sbom.json (CycloneDX)
	$(BIN)/python -m tools.sbom

corpus: $(READY)  ## write corpus/ anew from its sources
	$(BIN)/python -m tools.corpus

lock:  ## refresh requirements.lock
	$(BIN)/uv pip compile --quiet pyproject.toml --group dev --extra explore --extra cluster --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --output-file requirements.lock

clean:  ## remove what was built
	rm -rf $(VENV) build dist
