# Every target is a line or two over python -m hwgen. The first one on a machine sets it up (setup.sh); later ones pay nothing for it.
# Options come as variables: make pdf NOM=Lovelace PRENOM=Ada VERSION=concise, make check ONLY=kappa, make pdf PYTHON=python3.12

# The folder's own code comes first, whatever .venv was set up for; what belongs to the user's own Python is not for this one.
# One order of sets from the start: without it the program would begin twice.
HWGEN = PYTHONHASHSEED=0 .venv/bin/python -m hwgen
EFFORTS = $(if $(findstring command,$(origin EFFORT)),"--effort=$$EFFORT")
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP
export PYTHONNOUSERSITE = 1

# What was typed is taken as it is, dollar signs included.
ifneq ($(origin NOM),undefined)
override export NOM := $(value NOM)
endif
ifneq ($(origin PRENOM),undefined)
override export PRENOM := $(value PRENOM)
endif

# A variable in small letters would be one that nobody reads, and a name that is no variable a target that nobody has.
SMALL := $(strip $(foreach one,nom prenom version effort only,$(if $(findstring command,$(origin $(one))),$(one))))
$(if $(SMALL),$(error $(firstword $(SMALL))=…: expected capital letters, as in make check ONLY=NAME or make pdf NOM=Lovelace PRENOM=Ada))

TARGETS = pdf watch figures check mutate list report open submit bundle doctor setup docs test test-browser soak lint bench clean help

# A name behind such a target would be a target that nobody has: said before anything is judged.
NAMED := $(if $(filter check mutate figures,$(firstword $(MAKECMDGOALS))),$(filter-out $(TARGETS),$(MAKECMDGOALS)))
$(if $(NAMED),$(error $(NAMED): no target; expected make $(firstword $(MAKECMDGOALS)) ONLY="$(NAMED)"))

.DEFAULT_GOAL = pdf
.DEFAULT:
	@echo "$@: no target; expected one of $(strip $(TARGETS)), and a name as in make check ONLY=NAME" >&2; exit 2

.PHONY: $(TARGETS)

pdf: .venv/.ready        ## check every relation and make build/HW4_NOM_PRENOM.pdf (EFFORT=quick or thorough: with fewer points, or more)
	@$(HWGEN) pdf $(EFFORTS) $${NOM+"--nom=$$NOM"} $${PRENOM+"--prenom=$$PRENOM"} $(if $(findstring command,$(origin VERSION)),"--version=$$VERSION")

submit: .venv/.ready     ## the same, and build/HW4_NOM_PRENOM.eml: the letter to the lecturer with it, as a draft; nothing is sent
	@$(HWGEN) submit $(EFFORTS) $${NOM+"--nom=$$NOM"} $${PRENOM+"--prenom=$$PRENOM"} $(if $(findstring command,$(origin VERSION)),"--version=$$VERSION")

bundle: .venv/.ready     ## build/HW4_NOM_PRENOM.zip: the same pages as plain LaTeX, for Overleaf or arXiv
	@$(HWGEN) bundle $${NOM+"--nom=$$NOM"} $${PRENOM+"--prenom=$$PRENOM"} $(if $(findstring command,$(origin VERSION)),"--version=$$VERSION")

setup: .venv/.ready      ## make this machine ready, and build nothing

watch: .venv/.ready      ## build/preview.pdf again after every save
	@$(HWGEN) watch $(EFFORTS)

figures: .venv/.ready    ## draw the figures (ONLY="name …": these)
	@$(HWGEN) figures $(EFFORTS) $(ONLY)

check: .venv/.ready      ## judge the claims without LaTeX (ONLY="name …": these)
	@$(HWGEN) check $(EFFORTS) $(ONLY)

mutate: .venv/.ready     ## wrong versions of each relation: none may pass its check (ONLY="name …": these)
	@$(HWGEN) mutate $(EFFORTS) $(ONLY)

list: .venv/.ready       ## claims, constants and figures, and where they are printed
	@$(HWGEN) list

report: .venv/.ready     ## all the evidence as one page for a browser, build/report/index.html
	@$(HWGEN) report

open: pdf                ## make the PDF and show it
	@viewer=$$(command -v xdg-open || command -v open) && "$$viewer" "$$(cat build/last)"

doctor:                  ## what this machine or folder lacks, with the command that mends it
	@python=.venv/bin/python; test -x $$python || python=python3; $$python -m hwgen doctor

docs: .venv/.ready       ## draw the README's pictures again, as the page and the figure are now (needs pdftoppm)
	@$(HWGEN) pdf --nom=Lovelace --prenom=Ada
	pdftoppm -r 90 -f 4 -l 4 -singlefile -png build/HW4_LOVELACE_ADA.pdf docs/page
	pdftoppm -r 118 -singlefile -png figures/ex1_ntk_example_networks.pdf docs/figure

test: .venv/.ready       ## the whole test suite
	@.venv/bin/python -m pytest -n 3

soak: .venv/.ready       ## kill, fill and disturb builds for at most ten minutes (SOAK_SECONDS=…), and write what they survived into docs/trust.md; take each printed hypothesis off the page
	@.venv/bin/python -m pytest -n 0 -m soak -s tests/soak tests/homework/test_hypotheses.py

test-browser: .venv/.ready ## the report in a real browser (REPORT=build/report/index.html: that page too)
	@REPORT="$(REPORT)" sh tests/report/browser.sh

lint: .venv/.ready       ## style, types and import contracts
	@.venv/bin/python -m ruff check . && .venv/bin/python -m ruff format --check .
	@.venv/bin/python -m mypy && .venv/bin/python -c 'from importlinter.cli import lint_imports_command as lint; lint()'

bench: .venv/.ready      ## what everything costs, and how that grows (QUICK=1: under three minutes; AGAINST=commit: beside it; ONLY="builds against stream curves": these parts)
	@.venv/bin/python -m hwgen.bench $(if $(QUICK),--quick) $(if $(AGAINST),"--against=$$AGAINST") $(if $(ONLY),--only $(ONLY))

clean:                   ## remove what is generated, not .venv
	rm -rf build figures/*.pdf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

help:                    ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## */  make \1	/p' Makefile

# A set-up that was made in another folder, and copied or moved with this one, or from other pins, is made again.
NEEDED := $(CURDIR) $(shell cat pyproject.toml constraints.txt setup.sh | cksum)
ifneq ($(NEEDED),$(shell cat .venv/.ready 2>/dev/null))
.PHONY: .venv/.ready
endif

.venv/.ready:
	@sh setup.sh
