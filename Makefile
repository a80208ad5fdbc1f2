# Every task of the project; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help setup editor test test-long test-spark java coverage demo bench bench-assess bench-intake bench-mentoring bench-time bench-workforce clean

help:
	@echo "make setup  make an environment in $(VENV) with everything"
	@echo "make editor  install the yaml-language-server in .node, for the tests of the schema, where npm is"
	@echo "make test   lint, types, tests and coverage"
	@echo "make test-long  every test of many more people, and each day of 40 years for 1,000 people against their timelines: hours"
	@echo "make test-spark  people on a Spark cluster of three processes against people in tables: minutes, and needs Java"
	@echo "make coverage  language, policies and compiled rules, by branch: nothing may be left out"
	@echo "make demo   assess 250 made-up people in each of the four regions, and explain a decision in each"
	@echo "make bench  measure beside other engines (installs them in $(VENV))"
	@echo "make bench-assess  assess 60,000 people from the command line, beside the same in Python and as it was"
	@echo "make bench-intake  people a second from a file, and what findings cost a decision"
	@echo "make bench-mentoring  assign mentors at the size of a province, beside greedy, SciPy and OR-tools by hand"
	@echo "make bench-workforce  a whole workforce in tables, beside people one by one and as it was"
	@echo "make bench-time  timelines of one person and of all rules, and the first question of a new day"
	@echo "make clean  remove the environment and what was built"

setup: $(VENV)/ready

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[all,dev]"
	@touch $@

EDITOR_SERVER := yaml-language-server@1.25.0

editor: .node/ready

.node/ready:
	@if command -v npm > /dev/null; then \
		mkdir -p .node && npm install --silent --no-audit --no-fund --prefix .node $(EDITOR_SERVER) && touch $@; \
	else echo "npm is missing: the schema is not tried in an editor"; fi

# How many made-up people each property of many people is asked of: `make test-long` asks of more.
PEOPLE ?= 60

test: setup editor
	$(BIN)/ruff check .
	$(BIN)/mypy
	ASNPOLICY_PEOPLE=$(PEOPLE) $(BIN)/pytest -n auto $(addprefix --ignore=,$(COVERING))
	$(MAKE) coverage

test-long: setup
	ASNPOLICY_PEOPLE=2000 ASNPOLICY_MUTANTS=6000 $(BIN)/pytest -n auto
	ASNPOLICY_LONG=250 $(BIN)/pytest -n auto tests/conformance/test_timelines.py -k sample_people

$(VENV)/spark: $(VENV)/ready
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[all,dev,spark]"
	@touch $@

java:
	@command -v java > /dev/null || { \
		echo "Java is missing, which Spark runs on: \`sudo apt-get install openjdk-17-jre-headless\`, or Java 17 of https://adoptium.net"; exit 2; }

test-spark: java $(VENV)/spark
	ASNPOLICY_SPARK=1 $(BIN)/pytest tests/spark

# What is run with coverage, which slows it, is run with nothing else: no test runs twice.
COVERING := $(addprefix tests/documents/test_,refused.py format.py folders.py schema.py source.py) \
	$(addprefix tests/behaviour/test_,binding.py conditions.py dates.py figures.py nodes.py) \
	$(addprefix tests/behaviour/test_,leaving.py windows.py standing.py language.py listing.py near_codes.py objects.py promises.py sources.py turns.py) \
	tests/conformance/test_compiled.py tests/documents/test_slips.py asnpolicy/language asnpolicy/policy

coverage: setup
	ASNPOLICY_PEOPLE=$(PEOPLE) $(BIN)/pytest -n auto $(COVERING) --cov

DAY := 2026-10-01
REGIONS := jakarta kota-semarang jawa-tengah surakarta
DUTY_jakarta := pelatihan-teknologi-informasi
DUTY_kota-semarang := bimtek-tahunan
DUTY_jawa-tengah := lokakarya-manajemen-waktu
DUTY_surakarta := tinjauan-karier-tahunan

demo: setup $(REGIONS:%=demo-%)

demo-%:
	@echo; echo "== $*: 250 people, as of $(DAY) =="
	@$(BIN)/asnpolicy assess $* examples/workforces/$*.jsonl --as-of $(DAY) --format table --rows 8 \
		--rule kenaikan-pangkat-reguler --rule kenaikan-pangkat-fungsional --rule jp-tahunan --rule $(DUTY_$*)
	@$(BIN)/asnpolicy explain $* examples/workforces/$*.jsonl --as-of $(DAY) --rule kenaikan-pangkat-reguler \
		--nip $$($(BIN)/asnpolicy assess $* examples/workforces/$*.jsonl --as-of $(DAY) \
			--rule kenaikan-pangkat-reguler --format csv | grep ,ineligible, | head -1 | cut -d, -f1)

bench: setup
	$(BIN)/pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	$(BIN)/python -m bench

bench-assess: setup
	$(BIN)/python -m bench.assess

bench-intake: setup
	$(BIN)/python -m bench.intake

bench-mentoring: setup
	$(BIN)/pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	$(BIN)/python -m bench.mentoring

bench-time: setup
	$(BIN)/python -m bench.time

bench-workforce: setup
	$(BIN)/python -m bench.workforce

clean:
	rm -rf $(VENV) .node build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
