# Aliases; run.py does the work.
.PHONY: run test setup lock
run test setup:
	python3 run.py $@

# Choose package versions anew. The locks name no server, so that any mirror serves.
COMPILE = .venv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links pyproject.toml
lock:
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock
