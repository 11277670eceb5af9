# Two commands to begin with: `make run` and `make test`.
SWIFT ?= swift
PREFIX ?= /usr/local
PACKAGES = libgsl-dev libsqlite3-dev pkg-config
BENCH_PACKAGES = g++ python3-venv
TEST_PACKAGES = prometheus python3-venv
BUILD_FLAGS = -c release --explicit-target-dependency-import-check error
SEATRIAL = .build/release/seatrial

.PHONY: run build test bench install packages test-packages format lint

## Installs what is missing, builds in release mode and plays the story of the anomaly pipeline.
run: $(SEATRIAL)
	@$(SEATRIAL) run models/scenarios/anomalia-machina-7.yaml

## Builds the binary: .build/release/seatrial.
build: $(SEATRIAL)

# A start with nothing changed does not ask the package manager.
$(SEATRIAL): $(shell find Package.swift Sources -type f) | packages
	@$(SWIFT) build $(BUILD_FLAGS) --product seatrial
	@touch $@

## Runs every test, and checks that no target imports what it does not declare. Some hold results
## against Prometheus, and run the notebooks; without a network the latter are skipped.
test: test-packages
	@python=$${SEATRIAL_NOTEBOOK_PYTHON:-$$(notebooks-export/python.sh || true)}; \
	if [ -n "$$python" ]; then export SEATRIAL_NOTEBOOK_PYTHON="$$python"; fi; \
	$(SWIFT) test $(BUILD_FLAGS)

## Measures the engine against a C++ loop and SimPy, a large cluster, the autoscaler's loop, the
## anomaly detector against a C loop, replications on one core and on all, the pipeline, and a day of
## it as a flow.
bench: PACKAGES += $(BENCH_PACKAGES)
bench: build
	@# `make test` leaves a binary built for testing behind: measure another.
	@$(SWIFT) build $(BUILD_FLAGS) --product seatrial
	@sh experiments/engine-speed/run.sh
	@sh experiments/large-cluster/run.sh
	@sh experiments/scheduler-speed/run.sh
	@$(SEATRIAL) bench --autoscaler
	@$(SEATRIAL) bench --detector
	@$(SEATRIAL) bench --replications
	@$(SEATRIAL) bench --pipeline
	@$(SEATRIAL) bench --flow

## Puts seatrial on the PATH, and the models where it finds them.
install: build
	@install -d $(PREFIX)/bin $(PREFIX)/share/seatrial
	@install -m 755 $(SEATRIAL) $(PREFIX)/bin/seatrial
	@cp -R models $(PREFIX)/share/seatrial/
	@echo "seatrial is in $(PREFIX)/bin, its models in $(PREFIX)/share/seatrial/models"

test-packages: PACKAGES += $(TEST_PACKAGES)
test-packages: packages

packages:
	@# A package that was removed is known to dpkg all the same.
	@missing=""; for package in $(PACKAGES); do \
	  [ "$$(dpkg-query -W -f '$${db:Status-Status}' $$package 2>/dev/null)" = installed ] || \
	    missing="$$missing $$package"; done; \
	if [ -n "$$missing" ]; then \
	  echo "installing$$missing"; \
	  if [ "$$(id -u)" = 0 ]; then sudo=""; else sudo="sudo"; fi; \
	  $$sudo apt-get update -qq && $$sudo apt-get install -y -qq $$missing; \
	fi

format:
	@$(SWIFT) format -i -r Package.swift Sources Tests

lint:
	@$(SWIFT) format lint -s -r Package.swift Sources Tests
