.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
REPORT := corpus/reports/liulin_final_accounts_2024
PDF    ?= $(REPORT).pdf
PIP    := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check
CHROME  = $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

# A version manager's shim may exist for a version that is not installed, so each candidate is run, not only looked up.
PYTHONS := $(PYTHON) python3.12 python3.11 python3.13 python3 python $(wildcard $(HOME)/.pyenv/versions/3.1[123]*/bin/python3)
FITS    := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
HAS_PIP := import ensurepip, venv

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## a virtual environment in .venv with the package and the development tools

$(READY): pyproject.toml
	@if [ ! -x $(BIN)/python ]; then \
	  fits=""; found=""; \
	  for candidate in $(PYTHONS); do \
	    "$$candidate" -c '$(FITS)' 2>/dev/null || continue; fits="$$candidate"; \
	    "$$candidate" -c '$(HAS_PIP)' 2>/dev/null || continue; found="$$candidate"; break; \
	  done; \
	  if [ -z "$$fits" ]; then \
	    echo "make: no Python 3.11, 3.12 or 3.13 found: install one, or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; fi; \
	  if [ -z "$$found" ]; then \
	    echo "make: $$fits lacks venv or ensurepip: on Debian and Ubuntu run: apt-get install python3-venv" >&2; exit 1; fi; \
	  echo "Setting up $(VENV) with $$("$$found" --version) (once, a minute or two)"; \
	  "$$found" -m venv $(VENV); fi
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' > $(VENV)/dev.txt
	@$(PIP) -e . -r $(VENV)/dev.txt
	@# One reading keeps bytecode and expressions, which each run would make anew where Python may write none (as in many images).
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/extract $(REPORT).pdf --quiet -o $(VENV)/first.json
	@touch $@

demo: setup ## read the sample report: outputs/liulin_final_accounts_2024.json and a summary
	@$(BIN)/extract $(REPORT).pdf

test: setup ## all tests
	@$(BIN)/python -m pytest -n auto

quick: setup ## the tests of every change, without the slow ones: doctests, examples, units, the project's own goldens
	@$(BIN)/python -m pytest -n auto -m "not slow"

golden: setup ## what changed in the results of all reports at hand, by field (WRITE=--write keeps it, NAMES="word ..." for some)
	@$(BIN)/python tests/golden/goldens.py $(WRITE) $(NAMES)

check: setup ## formatting, lint, types, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(MAKE) test

format: setup ## format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup ## time, and numbers found, next to other tools (PDF=file for another document, OTHERS=python that has them)
	@$(BIN)/python tests/bench/bench_read.py "$(PDF)"
	@$(BIN)/python tests/bench/bench_numbers.py $(OTHERS)

planted: setup ## how many planted errors the checks find (REPORTS="name ..." for some of corpus/reports)
	@$(BIN)/python tests/bench/bench_checks.py $(REPORTS)

rules: setup ## docs/rules.md: what each rule says of all reports at hand, right and false (LIST=--list names what nobody judged)
	@$(BIN)/python docs/rules_page.py --measure $(LIST)

diffs: setup ## how well comparisons find what texts have in common, and their time (MISSES=--misses lists the misses)
	@$(BIN)/python tests/bench/bench_diff.py $(MISSES)

batch: setup ## time extract batch: two jobs against one, its overhead, its memory (DOCUMENTS=2000)
	@$(BIN)/python tests/bench/bench_batch.py $(DOCUMENTS)

docs: setup ## the documentation in both languages as a site: outputs/site/index.html
	@$(BIN)/python -m mkdocs --version >/dev/null 2>&1 || \
	  $(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["docs"], sep="\n")' > $(VENV)/docs.txt
	@test ! -e $(VENV)/docs.txt || { $(PIP) -r $(VENV)/docs.txt && rm $(VENV)/docs.txt; }
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo outputs/site/index.html

reports: ## print the reports that have an HTML (needs chromium and two fonts, see corpus/reports/README.md)
	@test -n "$(CHROME)" || { echo "make: chromium not found: on Debian run: apt-get install chromium" >&2; exit 1; }
	@for page in corpus/reports/*.html; do \
	  "$(CHROME)" --headless --no-sandbox --disable-gpu --disable-background-networking --disable-pdf-tagging \
	    --no-pdf-header-footer --print-to-pdf="$(CURDIR)/$${page%.html}.pdf" "file://$(CURDIR)/$$page" 2>/dev/null || exit 1; \
	  ls -l "$${page%.html}.pdf"; done

clean: ## remove the environment, caches and outputs
	@rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find outputs -type f ! -name README.md -delete

.PHONY: help setup demo test quick golden check format bench planted rules diffs batch docs reports clean
