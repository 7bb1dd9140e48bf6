# `make` builds everything, `make test` tests everything, `make help` lists the rest.
# Stamps live in build/, which git ignores: a fresh clone builds all, a second `make` nothing.
SHELL := /bin/sh
PY := .venv/bin/python
DEMO := build/demo

CODE_MEASURE := $(wildcard framing/corpus/*.py framing/corpus/*.csv framing/corpus/exports/*.py framing/corpus/exports/*.csv framing/commands/*.py framing/scale/*.py framing/measure/*.py framing/measure/lexicons/*.csv framing/measure/weights/*.csv) framing/store.py
CODE_SHOW := $(wildcard framing/compare/*.py framing/show/*.py framing/show/style/* framing/show/page/*) framing/__init__.py framing/__init__.pyi framing/keywords.py
NOTEBOOKS := $(sort $(wildcard notebooks/[0-9]*.ipynb))
STAMPS := $(NOTEBOOKS:notebooks/%.ipynb=build/%.stamp)
DATA := $(wildcard paper/data/*)

.PHONY: all test check corpora codebook clean help
.DELETE_ON_ERROR:

all: build/paper.stamp
	@cat build/summary.txt

build/venv.stamp: pyproject.toml constraints.txt
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "framing needs Python 3.11 or newer; python3 is $$(python3 --version)."; exit 1; }
	@python3 -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing; install it (Debian, Ubuntu: apt install python3-venv) and run make again."; exit 1; }
	@mkdir -p build
	python3 -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[notebooks,paper,dev]'
	@touch $@

# The demo's tables are replaced only where they changed, so that what depends on an unchanged table is not made again.
build/scored.stamp: build/venv.stamp $(CODE_MEASURE) framing/corpus/demo/articles.jsonl
	@mkdir -p $(DEMO) build/new
	$(PY) -m framing score framing/corpus/demo/articles.jsonl -o build/new
	@for f in build/new/*; do cmp -s $$f $(DEMO)/$$(basename $$f) || cp $$f $(DEMO)/; done
	@touch $@

$(DEMO)/articles.csv $(DEMO)/marks.csv $(DEMO)/attributions.csv $(DEMO)/excluded.csv $(DEMO)/sentences.csv $(DEMO)/scores.csv: build/scored.stamp ;

build/01_articles.stamp: $(DEMO)/articles.csv $(DEMO)/excluded.csv $(DATA)
build/02_marks.stamp: $(DEMO)/marks.csv $(DEMO)/attributions.csv $(DEMO)/excluded.csv
build/03_scores.stamp: $(DEMO)/scores.csv $(DATA)
build/04_outlets.stamp: $(DEMO)/scores.csv $(DATA) benchmarks/results/calibration.csv
build/05_robustness.stamp: $(DEMO)/marks.csv $(DEMO)/attributions.csv framing/corpus/demo/coding.jsonl $(DATA)
build/06_paper_figures.stamp: $(DATA) paper/plan.toml benchmarks/results/calibration.csv benchmarks/results/planning.json build/scored.stamp
build/07_corpus.stamp: $(DEMO)/articles.csv
build/%.stamp: notebooks/%.ipynb notebooks/execute.py $(CODE_SHOW)
	$(PY) notebooks/execute.py $<
	@touch $@

# The paper names the version of lexicons and weights, so it depends on them beside the tables.
build/paper.stamp: $(STAMPS) $(wildcard framing/measure/lexicons/*.csv framing/measure/weights/*.csv) $(wildcard paper/*.py) paper/paper.md paper/plan.toml paper/references.bib $(DATA) $(wildcard benchmarks/results/*) $(DEMO)/marks.csv $(DEMO)/scores.csv
	$(PY) paper/build.py >/dev/null
	@touch $@

test: build/venv.stamp ## run every test: unit, cases, replay, notebooks, README and docstring examples
	$(PY) -m pytest

check: build/venv.stamp ## lint, types and the quick tests
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	$(PY) -m pytest -m "not slow"

corpora: build/venv.stamp ## derive paper/data from the real corpora in FRAMING_CORPORA
	$(PY) paper/derive.py

codebook: build/venv.stamp ## write docs/codebook from the lexicons and the measured precision
	$(PY) -m framing lexicon codebook -o docs/codebook --precision benchmarks/results/entries.csv

clean: ## remove what make built, the environment included
	rm -rf build .venv

help: ## this list
	@echo "make            everything: environment, scores, notebooks, figures, paper"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{printf "%-15s %s\n", $$1, $$2}'
