#!/bin/sh
# The report in a real browser: Chromium through Selenium, axe-core, html-validate. What is missing is installed by its package
# manager, and said first: Chromium by apt-get, Selenium by pip, the others by npm, into build/browser. REPORT=… looks at another page.
set -eu
cd "$(dirname "$0")/../.."

AXE=4.14.1 VALIDATE=10.17.0
TOOLS=build/browser

has() { command -v "$1" >/dev/null 2>&1; }

if ! has chromium || ! has chromedriver || ! has npm; then
    if has apt-get && [ "$(id -u)" -eq 0 ]; then
        echo "browser test: installing chromium, chromium-driver and npm with apt-get" >&2
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium chromium-driver $(has npm || echo npm) >/dev/null
    else
        echo "browser test: expected chromium, chromedriver and npm; install them, then run make test-browser again" >&2
        exit 2
    fi
fi
.venv/bin/python -c "import selenium" 2>/dev/null || .venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt selenium
if [ "$(cat $TOOLS/versions 2>/dev/null)" != "$AXE $VALIDATE" ]; then
    mkdir -p $TOOLS
    npm install --silent --no-save --no-audit --no-fund --prefix $TOOLS "axe-core@$AXE" "html-validate@$VALIDATE"
    echo "$AXE $VALIDATE" >$TOOLS/versions
fi
exec .venv/bin/python -m pytest -n 0 -m browser tests/report
