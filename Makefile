# Everything one does with Framdrift from a fresh checkout. `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help demo serve test check fix bench assets
MAKEFLAGS += --no-print-directory

export PORT ?= 8000
ARGS ?=
FAST ?=
# Processes the suite runs in, each with a database of its own.
WORKERS ?= auto
RUN = .venv/bin
PACKAGES = src tests scripts benchmarks
# Without the tests that take minutes, if FAST=1.
CHOICE = $(if $(FAST),-m "not slow")

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## two demo offices and the site at http://127.0.0.1:8000 (PORT=…, ARGS=--no-serve)
	@scripts/bootstrap site && exec $(RUN)/framdrift demo $(ARGS)

serve: ## the site as it is, without touching the demo (PORT=…)
	@scripts/bootstrap site && exec $(RUN)/framdrift serve $(ARGS)

test: ## lint, types, contracts and the whole suite (FAST=1 leaves out the slow tests, ARGS=… goes to pytest)
	@scripts/bootstrap dev --browser
	@$(MAKE) check
	@exec $(RUN)/python -m pytest -n $(WORKERS) --dist worksteal $(CHOICE) $(ARGS)

check: ## lint, types and contracts only
	@scripts/bootstrap dev
	$(RUN)/ruff check $(wildcard $(PACKAGES))
	$(RUN)/ruff format --check $(wildcard $(PACKAGES))
	$(RUN)/mypy
	$(RUN)/lint-imports

fix: ## mends what ruff can mend
	@scripts/bootstrap dev
	$(RUN)/ruff check --fix $(wildcard $(PACKAGES))
	$(RUN)/ruff format $(wildcard $(PACKAGES))

bench: ## measures speed and memory (ARGS=… chooses)
	@scripts/bootstrap dev
	@exec $(RUN)/python -m benchmarks $(ARGS)

assets: ## brings the pages' files and translations up to date
	@scripts/bootstrap site
