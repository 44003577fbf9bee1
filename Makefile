# Every target is a line or two over python -m hwgen. The first one on a machine sets it up (setup.sh); later ones pay nothing for it.
# Options come as variables: make pdf NOM=Lovelace PRENOM=Ada VERSION=concise, make check ONLY=kappa, make pdf PYTHON=python3.12

# The folder's own code comes first, whatever .venv was set up for; what belongs to the user's own Python is not for this one.
HWGEN = .venv/bin/python -m hwgen
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP

.DEFAULT_GOAL = pdf
.PHONY: pdf watch figures check mutate list report open submit bundle doctor test lint bench clean help

pdf: .venv/.ready        ## check every relation and make build/HW4_NOM_PRENOM.pdf
	@$(HWGEN) pdf $${NOM+"--nom=$$NOM"} $${PRENOM+"--prenom=$$PRENOM"} $(if $(findstring command,$(origin VERSION)),"--version=$$VERSION")

submit: .venv/.ready     ## the same, and build/HW4_NOM_PRENOM.eml: the letter to the lecturer with it, as a draft; nothing is sent
	@$(HWGEN) submit $${NOM+"--nom=$$NOM"} $${PRENOM+"--prenom=$$PRENOM"} $(if $(findstring command,$(origin VERSION)),"--version=$$VERSION")

bundle: .venv/.ready     ## build/HW4_NOM_PRENOM.zip: the same pages as plain LaTeX, for Overleaf or arXiv
	@$(HWGEN) bundle $${NOM+"--nom=$$NOM"} $${PRENOM+"--prenom=$$PRENOM"} $(if $(findstring command,$(origin VERSION)),"--version=$$VERSION")

watch: .venv/.ready      ## build/preview.pdf again after every save
	@$(HWGEN) watch

figures: .venv/.ready    ## draw the figures (ONLY="name …": these)
	@$(HWGEN) figures $(ONLY)

check: .venv/.ready      ## judge the claims without LaTeX (ONLY="name …": these)
	@$(HWGEN) check $(ONLY)

mutate: .venv/.ready     ## wrong versions of each relation: all must be refuted (ONLY="name …": these)
	@$(HWGEN) mutate $(ONLY)

list: .venv/.ready       ## claims, constants and figures, and where they are printed
	@$(HWGEN) list

report: .venv/.ready     ## all the evidence as one page for a browser, build/report/index.html
	@$(HWGEN) report

open: pdf                ## make the PDF and show it
	@viewer=$$(command -v xdg-open || command -v open) && "$$viewer" "$$(ls -t build/HW4_*.pdf | head -n 1)"

doctor:                  ## what this machine or folder lacks, with the command that mends it
	@python=.venv/bin/python; test -x $$python || python=python3; $$python -m hwgen doctor

test: .venv/.ready       ## the whole test suite
	@.venv/bin/pytest -n 2

lint: .venv/.ready       ## style, types and import contracts
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
	@.venv/bin/mypy && .venv/bin/lint-imports

bench: .venv/.ready      ## how long everything takes, against a bare latexmk
	@.venv/bin/python -m hwgen.bench

clean:                   ## remove what is generated, not .venv
	rm -rf build figures/*.pdf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

help:                    ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## */  make \1	/p' Makefile

# A set-up that was made in another folder, and copied or moved with this one, is made again.
ifneq ($(filter-out $(CURDIR),$(file <.venv/.ready)),)
.PHONY: .venv/.ready
endif

.venv/.ready: pyproject.toml constraints.txt setup.sh
	@sh setup.sh
