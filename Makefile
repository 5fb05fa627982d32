# make help lists the targets. VENV: where the environment goes. PYTHON: which Python makes it (3.11, 3.12 or 3.13).
VENV ?= .venv
PYTHON ?=
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
RAW := data/raw
GOLD := data/gold
OUT := out
.DEFAULT_GOAL := help
.PHONY: help setup run test lint eval bench browser docs lock format clean distclean

FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The environment is made anew only when the lock, pyproject.toml, this folder or the chosen Python is another one than last time.
setup: ## make the environment in .venv (done by the other targets too)
	@state="$(CURDIR) $$(cat requirements.lock pyproject.toml | cksum)"; \
	if [ "$$(cat $(STAMP) 2>/dev/null)" = "$$state" ] && $(BIN)/python -c '' 2>/dev/null \
	   && { [ -z "$(PYTHON)" ] || [ "$$($(PYTHON) -V 2>/dev/null)" = "$$($(BIN)/python -V)" ]; }; then \
	  echo "environment: $(VENV) reused ($$($(BIN)/python -V); requirements.lock and pyproject.toml unchanged)"; exit 0; \
	fi; \
	for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
	  if $$python -c "$(FITS)" 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "environment: $(or $(PYTHON),python3) is not Python 3.11, 3.12 or 3.13; name one that is: make $(or $(MAKECMDGOALS),setup) PYTHON=/path/to/python" >&2; exit 1; \
	fi; \
	echo "environment: making $(VENV) with $$($$found -V) from requirements.lock (a minute or two)"; \
	rm -f $(STAMP); \
	if ! $$found -m venv --clear $(VENV); then \
	  echo "environment: $$found -m venv failed; on Debian and Ubuntu install the package python3-venv" >&2; exit 1; \
	fi; \
	if ! { command -v uv >/dev/null && $(call install,uv pip install -q --python $(BIN)/python); }; then \
	  $(call install,$(BIN)/python -m pip install -q --disable-pip-version-check --no-input) || exit 1; \
	fi; \
	echo "$$state" > $(STAMP); echo "environment: ready"

# $(1): the installer; first what the lock pins, then this project itself, built with the pinned hatchling
install = { $(1) --require-hashes -r requirements.lock && $(1) --no-deps --no-build-isolation -e .; }

# A run uses former records of the same version and rules again; while the code is being worked on, these may be of older code.
run: setup ## read data/raw, write out/records.jsonl, out/failures.jsonl and out/manifest.json
	@again=--stale; \
	if [ -n "$$(find src -name '*.py' -newer $(OUT)/manifest.json -print 2>/dev/null)" ]; then \
	  echo "$(OUT): src has changed since the last run, reading everything again"; again=--force; \
	fi; \
	$(BIN)/minutes-extract extract $(RAW) -o $(OUT) $$again

test: setup ## run the tests (TESTS="-k dates" passes options to pytest)
	@$(BIN)/python -m pytest $(TESTS)

lint: setup ## ruff, mypy --strict, import order, rule files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict src
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/minutes-extract rules check

format: setup ## put the code in order with ruff
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

eval: run ## compare out/records.jsonl with data/gold, and with benchmarks/baseline.json
	@$(BIN)/minutes-extract evaluate $(GOLD) $(OUT)/records.jsonl --baseline benchmarks/baseline.json

bench: setup ## measure speed, growth and memory, renew docs/performance.md (SIZE=small: a quick look; ONLY=speed,growth: some)
	@$(BIN)/python -m benchmarks --size $(or $(SIZE),full) $(if $(ONLY),--only $(ONLY))

browser: setup ## run the tests of the report page in headless Chromium (needs chromium; puts playwright into the environment)
	@$(BIN)/python -m pip install -q --disable-pip-version-check 'playwright>=1.50,<2'
	@$(BIN)/python -m pytest tests/evaluation/test_report_page.py

docs: setup ## run the Python examples of README.md and docs/, check links and field tables
	@$(BIN)/python -m pytest tests/repository/test_docs.py

# Names, versions and hashes of every platform's files; no addresses. Needs uv; without it on the path, one is put into the environment.
lock: setup ## write requirements.lock anew from pyproject.toml
	@command -v uv >/dev/null || [ -x $(BIN)/uv ] || $(BIN)/python -m pip install -q --disable-pip-version-check uv
	@PATH="$$PATH:$(BIN)" uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --fork-strategy fewest \
	  --generate-hashes --no-header --no-annotate --quiet $(LOCKFLAGS) -o requirements.lock
	@echo "requirements.lock: $$(grep -c == requirements.lock) packages"

clean: ## remove results and caches
	@rm -rf $(OUT) build dist .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove the environment too
	@rm -rf $(VENV)
