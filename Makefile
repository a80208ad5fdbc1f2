# Every task of the project; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help setup test demo bench clean

help:
	@echo "make setup  make an environment in $(VENV) with everything"
	@echo "make test   lint, types and tests"
	@echo "make demo   assess a made-up workforce of 250 people, and explain one decision"
	@echo "make bench  measure beside other engines (installs them in $(VENV))"
	@echo "make clean  remove the environment and what was built"

setup: $(VENV)/ready

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[all,dev]"
	@touch $@

test: setup
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

DAY := 2026-10-01
STAFF := build/pegawai.jsonl

demo: setup
	@mkdir -p build
	@$(BIN)/asnpolicy synth jakarta -n 250 --seed 1 --as-of $(DAY) -o $(STAFF)
	@$(BIN)/asnpolicy assess jakarta $(STAFF) --as-of $(DAY) --format table --rule kenaikan-pangkat-reguler \
		--rule jp-tahunan --rule jp-tahunan@previous
	@$(BIN)/asnpolicy explain jakarta $(STAFF) --as-of $(DAY) --rule kenaikan-pangkat-reguler \
		--nip $$($(BIN)/asnpolicy assess jakarta $(STAFF) --as-of $(DAY) --rule kenaikan-pangkat-reguler --format csv \
			| grep ,ineligible, | head -1 | cut -d, -f1)

bench: setup
	$(BIN)/pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
