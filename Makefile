# Needs make and Python 3.11 or newer; everything else is installed into .venv.

HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq --no-input
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev

# A file's tests share what its fixtures made; servers and browsers leave two processors idle now and then.
THREE_AT_ONCE := -n 3 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help serve test test-fast test-nightly check audit sbom format evaluation screenshots clean chromium nginx

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

serve: $(INSTALLED) ## answer at http://HOST:PORT/ (default 127.0.0.1:8000)
	@$(BIN)/radce index build
	@RADCE_INSECURE_COOKIES="$${RADCE_INSECURE_COOKIES:-1}" RADCE_RATE_LIMITS="$${RADCE_RATE_LIMITS:-0}" \
	  RADCE_REQUEST_LOG="$${RADCE_REQUEST_LOG:-0}" exec $(BIN)/radce serve --host "$(HOST)" --port "$(PORT)"

test: $(INSTALLED_DEV) chromium nginx ## all tests
	$(BIN)/python -m pytest $(THREE_AT_ONCE)

test-fast: $(INSTALLED_DEV) ## the tests that need neither a browser nor long
	$(BIN)/python -m pytest $(THREE_AT_ONCE) -m "not slow and not browser"

test-nightly: $(INSTALLED_DEV) ## the tests that draw conversations at random, with 10,000 each (hours)
	$(BIN)/python -m pytest $(THREE_AT_ONCE) -m sampled --hypothesis-profile=nightly

check: $(INSTALLED_DEV) ## format, lint, types, imports between layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: $(INSTALLED) ## known vulnerabilities of what is installed (asks the package index: needs the network)
	@$(PIP) install -c constraints.txt -e '.[audit]'
	@$(BIN)/pip-audit --strict --local --skip-editable --progress-spinner off || { echo "make audit: see above; without the network nothing is known."; exit 1; }

sbom: $(INSTALLED) ## the list of all parts, dist/sbom.json (CycloneDX)
	@$(PIP) install -c constraints.txt -e '.[audit]'
	@mkdir -p dist
	$(BIN)/cyclonedx-py environment --output-reproducible --output-file dist/sbom.json $(BIN)/python

format: $(INSTALLED_DEV) ## format the code, mend what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

evaluation: $(INSTALLED_DEV) ## measure again: the reports under docs/evaluation/
	$(BIN)/radce index build
	$(BIN)/radce eval chat tests/eval/*.jsonl --split test --report docs/evaluation
	$(BIN)/radce eval robustness tests/eval/*.jsonl --split test --report docs/evaluation
	$(BIN)/radce calibrate tests/eval/*.jsonl --cross-validate > docs/evaluation/calibration.txt
	@$(PIP) install -c constraints.txt -e '.[dev,eval]'
	$(BIN)/python -m bench.language > docs/evaluation/language.md

screenshots: $(INSTALLED_DEV) chromium ## the pictures of the documentation, taken again
	$(BIN)/radce index build
	$(BIN)/python -m tests.browser.screenshots docs/images

clean: ## remove what was installed, built and stored
	rm -rf $(VENV) var build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "python3 -m venv failed; on Debian: apt-get install python3-venv"; exit 1; }

# The stamps are newer than these files where what they ask for is installed.
$(INSTALLED): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing into $(VENV) (a few minutes the first time, PyTorch is large) ..."
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(INSTALLED_DEV): pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing into $(VENV), with the tools for tests (a few minutes the first time, PyTorch is large) ..."
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $(INSTALLED) $@

# For the browser tests: they are skipped (in CI: fail) where there is none.
chromium: $(INSTALLED_DEV)
	@PATH="$(BIN):$$PATH" sh tests/browser/install-chromium.sh

# For the tests of the proxy, in the same way.
nginx:
	@sh tests/install-nginx.sh
