# One command each: `make run` starts the product, `make test` runs every test.
# Without make, the README gives the plain commands.
PYTHON ?= python3
BIN := .venv/bin
# On all cores; a file's tests stay together, since they share a server. What has browsers or a whole team's
# processes, which want the machine for themselves, goes one by one.
PYTEST := $(BIN)/python -m pytest
PARALLEL := -n auto --maxprocesses=4 --dist loadfile
ALONE := tests/attacks tests/e2e tests/privacy tests/team
NPM := npm --prefix tests --no-audit --no-fund --loglevel=error

.PHONY: setup run demo test lint types units browsers bench fuzz package wheel lock licences sbom audit pictures packs prepare clean help

help:
	@echo "make run      set up and start Second Look"
	@echo "make demo     start Chromium with the extension loaded and paired"
	@echo "make test     set up and run every test"
	@echo "make bench    time the engine, pictures and the whole way, against the budgets"
	@echo "make fuzz     break every way in for MINUTES=5 each; the table says what came of it"
	@echo "make package  build the extension for Chromium and for Firefox"
	@echo "make wheel    build what pipx installs"
	@echo "make lock     pin and hash every package of a release; also: licences, sbom, audit"
	@echo "make pictures draw the documentation's screenshots again"

setup: .venv/ready

.venv/ready: requirements.txt requirements-team.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-team.txt
	@touch $@

.venv/ready-tests: .venv/ready tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

tests/node_modules/.package-lock.json: tests/package.json tests/package-lock.json
	$(NPM) ci
	@touch $@

run: setup
	$(BIN)/python -m backend serve

demo: .venv/ready-tests
	$(BIN)/python tools/demo.py

# Browsers, fonts and Node: installed on Debian as root, named where they are missing elsewhere.
prepare: .venv/ready-tests
	$(BIN)/python tools/prepare.py
	$(MAKE) --no-print-directory tests/node_modules/.package-lock.json

test: prepare lint types
	$(NPM) test
	$(PYTEST) $(PARALLEL) $(ALONE:%=--ignore=%)
	$(PYTEST) $(ALONE)

lint: .venv/ready-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(NPM) run lint
	$(NPM) run lint:ext

types: .venv/ready-tests
	$(BIN)/mypy
	$(NPM) run types

units: .venv/ready-tests
	$(PYTEST) $(PARALLEL) tests/backend

browsers: prepare
	$(PYTEST) tests/e2e

bench: prepare .venv-bench/ready
	.venv-bench/bin/python -m benchmarks

# A place of their own for the peers, which bring many packages.
.venv-bench/ready: requirements.txt requirements-team.txt tests/requirements.txt benchmarks/requirements.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt -r requirements-team.txt -r benchmarks/requirements.txt
	@touch $@

# More requests and examples than `make test` tries, then every way in under a fuzzer, then what is built to cost too much.
MINUTES ?= 5
fuzz: .venv/ready-tests
	FUZZ_TIMES=20 $(BIN)/python -m pytest tests/bad_input
	$(BIN)/python -m fuzz --minutes $(MINUTES)
	$(BIN)/python -m fuzz.bombs

package: setup
	$(BIN)/python tools/package.py

# What releases are made with, apart from the product and its tests.
.venv-release/ready: tools/requirements.txt
	$(PYTHON) -m venv .venv-release
	.venv-release/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

wheel: .venv-release/ready
	.venv-release/bin/uv build --quiet --wheel --out-dir dist .
	@ls dist/*.whl

LOCK := .venv-release/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

lock: .venv-release/ready
	$(LOCK) requirements.txt -o requirements.lock
	$(LOCK) -c requirements.lock $(sort $(wildcard requirements*.txt)) -o requirements-optional.lock

licences: .venv/ready-tests
	$(BIN)/python tools/licences.py

sbom: .venv-release/ready
	.venv-release/bin/python tools/sbom.py

# Needs the internet's databases of advisories; where these cannot be asked it says so and fails.
audit: .venv-release/ready
	.venv-release/bin/python tools/audit.py

pictures: prepare
	$(BIN)/python tools/pictures.py

packs: setup
	$(BIN)/python -m backend packs --prove

clean:
	rm -rf .venv .venv-bench .venv-release tests/node_modules dist
