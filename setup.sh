#!/bin/sh
# Makes this machine ready: .venv with the versions of constraints.txt, and LaTeX. What a system package manager must
# add is announced first. make runs this when .venv/.ready tells of other inputs or another folder; nothing here starts a build.
# PYTHON=/path/to/python3.12 chooses the interpreter.
set -eu
cd "$(dirname "$0")"
# What belongs to the user's own Python is not for this one.
unset PYTHONPATH PYTHONHOME PYTHONSTARTUP PIP_TARGET PIP_PREFIX PIP_ROOT
export PIP_USER=0 PYTHONNOUSERSITE=1

LATEX="latexmk lmodern texlive-latex-base texlive-latex-recommended texlive-latex-extra texlive-fonts-recommended poppler-utils"
# poppler-utils reads pages back in tests and draws the README's pictures; no build needs it, so that it is not looked for.
FILES="lmodern.sty hyperref.sty mathtools.sty mdframed.sty needspace.sty enumitem.sty marvosym.sty" # at least one of each package after latexmk

say() { printf 'setup: %s\n' "$*" >&2; }

stop() {
    say "$*"
    exit 2
}

stop_with_commands() {
    say "missing: $missing. $1; install it by hand, then run make again:"
    cat >&2 <<END
  Debian, Ubuntu  sudo apt-get install --no-install-recommends python3-venv $LATEX
  Fedora          sudo dnf install python3 latexmk texlive-collection-latexrecommended texlive-collection-latexextra texlive-collection-fontsrecommended texlive-lm poppler-utils
  Arch            sudo pacman -S --needed python texlive-binextra texlive-latexrecommended texlive-latexextra texlive-fontsrecommended poppler
  macOS           brew install python poppler && brew install --cask mactex-no-gui   (then open a new terminal)
END
    exit 2
}

is_recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

recent_python() {
    for candidate; do
        if is_recent "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    stop "no Python 3.11 or newer among: $*. Install one, or name it: make pdf PYTHON=/path/to/python3.12"
}

has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# shellcheck disable=SC2086 # lists of words
has_latex() { command -v latexmk >/dev/null && command -v pdflatex >/dev/null && kpsewhich $FILES >/dev/null 2>&1; }

look() {
    packages='' missing=''
    has_venv "$python" || packages="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv" missing="Python's venv support"
    has_latex || packages="$packages${packages:+ }$LATEX" missing="$missing${missing:+, }LaTeX"
}

may_install() { command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }; }

apt() {
    if [ "$(id -u)" -eq 0 ]; then set -- apt-get "$@"; else set -- sudo -n env DEBIAN_FRONTEND=noninteractive apt-get "$@"; fi
    DEBIAN_FRONTEND=noninteractive "$@" >>"$log" 2>&1
}

# shellcheck disable=SC2086 # lists of words
install_packages() {
    say "missing: $missing. Installing with apt-get (about a minute, 400 MB): $packages"
    log=$(mktemp)
    apt install -y --no-install-recommends $packages || { apt update && apt install -y --no-install-recommends $packages; } || {
        tail -n 5 "$log" >&2
        stop_with_commands "apt-get failed (all it said: $log)"
    }
    rm -f "$log"
}

install_python_packages() {
    if ! is_recent .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
        rm -rf .venv
        "$python" -m venv .venv
    fi
    say "installing the Python packages of constraints.txt into .venv"
    set -- .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
    "$@" hatchling editables setuptools && "$@" --no-build-isolation --use-pep517 --editable '.[dev]' || stop "pip failed; run make again once its complaint above is mended (the first set-up needs the network)"
}

# Refused by venv or TeX, or run as a command by the launchers that pip writes.
usable() {
    here=$(pwd -P && echo x)
    here=${here%?x}
    case $here in
        *[:,{}\$\`\"\\]* | *"
"*) stop "$here: a folder that cannot work; expected a path without : , { } \$ \` \" \\ and new lines. Rename it, then run make again" ;;
    esac
}

usable
rm -f .venv/.ready
if [ -n "${PYTHON:-}" ]; then python=$(recent_python "$PYTHON"); else python=$(recent_python python3 python3.13 python3.12 python3.11); fi
look
if [ -n "$missing" ]; then
    may_install || stop_with_commands "There is no apt-get here that may be used without a password"
    install_packages
    look
    [ -z "$missing" ] || stop_with_commands "apt-get installed its packages, and this is still not found"
fi
install_python_packages
# What it was made for: make compares it with the folder, and with what these files are, whatever their dates.
{ pwd -P && cat pyproject.toml constraints.txt setup.sh | cksum; } >.venv/.ready
say "ready"
