PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: serve test install lint types bench bench-peers soak fuzz differential differential-firefox

serve: install
	$(BIN)/emulate serve

# Most tests wait for other processes, so two at a time take half as long even on two cores.
test: lint types
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

bench: install
	$(BIN)/python benchmarks/serve.py --invoke

# The same rows for serverless-offline 13, in the same run: npm, and the network the first time.
bench-peers: install
	$(BIN)/python benchmarks/peers.py

# Five minutes of requests and saves, one in five of them broken.
soak: install
	$(BIN)/python benchmarks/soak.py

# 50,000 requests, most of them malformed, over real sockets; at most five minutes. FUZZ='--seed 1' or '--replay FILE'.
fuzz: install
	PYTHONPATH=tests $(BIN)/python -m fuzz $(FUZZ)

install: $(VENV)/installed

# A virtual environment of the project's own: system Pythons refuse pip outside one.
$(VENV)/installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

# 20,000 random calls in real Chromium, compared with the browser model; and 5,000 in Firefox (Debian: firefox-esr).
differential: install
	PYTHONPATH=tests $(BIN)/python -m differential compare chromium --cases 20000

differential-firefox: install
	PYTHONPATH=tests $(BIN)/python -m differential compare firefox --cases 5000
