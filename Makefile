# The commands that people type. Each does its own set-up on a fresh machine.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help setup setup-test run demo test lint types contracts unit bank soak lock clean

help: ## what can be typed
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup:
	@scripts/setup run

setup-test:
	@scripts/setup test

# Checks leave no compiled modules behind. The app keeps them, and need not compile itself at every start.
run: export PYTHONDONTWRITEBYTECODE :=
run: setup ## set up, then open the app (without a display: play the demo off-screen)
	@$(BIN)/python -m demo.run

demo: setup-test ## a whole Saturday, time compressed: pictures in both themes, journals, a summary
	@$(BIN)/python -m demo.saturday --output demo-output

test: setup-test lint types contracts bank unit ## every check

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-test
	$(BIN)/mypy

contracts: setup-test
	$(BIN)/lint-imports --no-cache

bank: setup-test
	$(BIN)/sparring problems check --strict

unit: setup-test
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -m "not soak" -n auto --dist worksteal --cov --cov-report=term

soak: setup-test ## the long tests: random fault plans, fuzzing, kill loops
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -m soak --timeout 3600 -s

bench: setup-test ## figures beside their floor, measured in the same run; bench-output/results.json
	@$(BIN)/python -m bench

lock: ## pin the dependencies anew (needs uv)
	scripts/lock

clean: ## remove what was built, not your journal
	rm -rf .venv tests/interop/node_modules demo-output bench-output test-output .mypy_cache .ruff_cache .pytest_cache
