PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check
PYTEST := -m pytest -n 3 --dist loadfile
COVERAGE = $(BIN)/python tests/individual_coverage.py

.PHONY: serve test docs newcomer example-playwright coverage test-lowest test-latest install lock lint types bench bench-peers soak fuzz differential \
	differential-firefox differential-enforcement hidden-faults check-differential fixes-in-chromium

serve: $(VENV)/serving
	$(BIN)/emulate serve --sample

# Each test once: those of the pure files for their coverage, then all others. Most of these wait for other processes:
# three at a time take two thirds as long as two, even on two cores.
test: lint types
	$(COVERAGE)
	PYTHONPATH=tests $(BIN)/python $(PYTEST) -p covered_apart

# Every pure file, each line and branch, by its own test file alone.
coverage: install
	$(COVERAGE)

# What is generated in docs/: the reference of keys, commands and findings, and the picture of README.
docs: install
	PYTHONPATH=docs $(BIN)/python -m generator
	PYTHONPATH=docs:tests $(BIN)/python -m generator.picture

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

bench: install
	$(BIN)/python benchmarks/serve.py --invoke
	$(BIN)/python benchmarks/enforcing.py
	$(BIN)/python benchmarks/routes.py

# The same rows for serverless-offline 13, in the same run: npm, and the network the first time.
bench-peers: install
	$(BIN)/python benchmarks/peers.py

# Five minutes of requests and saves, one in five of them broken.
soak: install
	$(BIN)/python benchmarks/soak.py

# 50,000 requests, most of them malformed, over real sockets; at most five minutes. FUZZ='--seed 1' or '--replay FILE'.
fuzz: install
	PYTHONPATH=tests $(BIN)/python -m fuzz $(FUZZ)

install: $(VENV)/developing

# What serving needs, and what developing needs besides, in one virtual environment of the project's own (system Pythons
# refuse pip outside one): exactly what requirements/*.txt say. The second holds all of the first.
$(VENV)/serving: requirements/serve.txt pyproject.toml
	$(call install-locked,$<)
	@touch $@

$(VENV)/developing: requirements/dev.txt pyproject.toml
	$(call install-locked,$<)
	@touch $(VENV)/serving $@

# The lock names all there is, so nothing is resolved (requirements/install.sh). No dependency of the project itself is
# looked up again, and what builds it is locked too.
define install-locked
	@requirements/venv.sh $(VENV) '$(PYTHON)' $(or $(firstword $(MAKECMDGOALS)),serve)
	@echo "Installing $(1) into $(VENV)"
	@requirements/install.sh $(VENV) $(1)
	@$(BIN)/python $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
endef

# The locks, for every platform and Python that pyproject.toml names, with as few changes as its bounds ask for;
# `make lock UPGRADE=--upgrade` takes the newest of everything.
lock: $(VENV)/locking
	$(LOCK) pyproject.toml --group build --extra dev --output-file requirements/dev.txt
	$(LOCK) pyproject.toml --group build --constraint requirements/dev.txt --output-file requirements/serve.txt
	$(LOCK) --group lock --output-file requirements/lock.txt

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: --no-strip-extras \
	--generate-hashes $(UPGRADE) --custom-compile-command 'make lock'

$(VENV)/locking: requirements/lock.txt
	@requirements/venv.sh $(VENV) '$(PYTHON)' lock
	@$(BIN)/python $(PIP_INSTALL) --require-hashes --requirement $<
	@touch $@

# The tests with the lowest versions that pyproject.toml allows, and with the newest: each in an environment of its own,
# made anew. `make test-latest PYTHON=python3.13` is how another Python is tried.
test-lowest: $(VENV)/locking
	rm -rf .venv-lowest
	@requirements/venv.sh .venv-lowest '$(PYTHON)' $@
	$(BIN)/uv pip install --quiet --python .venv-lowest --resolution lowest-direct --editable '.[dev]'
	.venv-lowest/bin/python $(PYTEST)

test-latest:
	rm -rf .venv-latest
	@requirements/venv.sh .venv-latest '$(PYTHON)' $@
	.venv-latest/bin/python $(PIP_INSTALL) --editable '.[dev]'
	.venv-latest/bin/python $(PYTEST)

# examples/playwright as its users run it, in $CHROMIUM or /usr/bin/chromium; it takes the sample's own ports.
example-playwright: install
	cd examples/playwright && npm ci --ignore-scripts --no-audit --no-fund
	cd examples/playwright && CHROMIUM=$${CHROMIUM:-/usr/bin/chromium} ../../$(BIN)/emulate exec -- npx playwright test

# README's commands in a fresh clone, and the seconds to the first explained mismatch: at most 20 with a warm package cache.
newcomer: install
	PYTHONPATH=tests $(BIN)/python -m newcomer

# 20,000 random calls in real Chromium, compared with the browser model; and 5,000 in Firefox (Debian: firefox-esr).
differential: install
	PYTHONPATH=tests $(BIN)/python -m differential compare chromium --cases 20000

# What curl gets of APIs whose CORS is enforced, and what Chromium's page gets: 1,000 random calls.
differential-enforcement: install
	PYTHONPATH=tests $(BIN)/python -m differential enforcement --cases 1000

# Every call of `emulate check --invoke` for the samples in real Chromium too, some 1,070.
check-differential: install
	PYTHONPATH=tests $(BIN)/python -m check_differential

differential-firefox: install
	PYTHONPATH=tests $(BIN)/python -m differential compare firefox --cases 5000

# The law of fixes in real Chromium: each example of each finding is called, mended as it was told, and called again.
fixes-in-chromium: install
	PYTHONPATH=tests $(BIN)/python -m fixes_in_chromium

# The score of the hidden faults, and each of them in real Chromium: the page is blocked, and the fix followed lets it in.
hidden-faults: install
	PYTHONPATH=tests $(BIN)/python -m hidden_faults
	$(BIN)/python -m pytest -n 2 tests/hidden_faults/in_chromium.py

.PHONY: docker-test

# The image and compose.yaml in real containers, by the Docker daemon that answers or, as root, one of the tests' own: some
# three minutes, and the network the first time; `-s` shows the images' sizes.
docker-test: install
	$(BIN)/python -m pytest -s tests/docker/in_one_container.py tests/docker/in_documentation.py tests/docker/in_compose.py
