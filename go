#!/bin/sh
# Sets everything up in ./.venv, then does what it was asked:
#   ./go demo [SESSION]   a first report from an invented practice session
#   ./go test             lint, format, types and tests
#   ./go setup            only sets up
# Needs Python 3.11 or newer and nothing else. The second time it starts at once.
set -eu
cd "$(dirname "$0")"

TORCH=2.13.0
VENV=.venv
BIN=$VENV/bin

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    say "go: no Python 3.11 or newer was found; install one, or name it: PYTHON=/path/to/python3 ./go ..."
    exit 2
}

make_venv() {
    [ -x "$BIN/python" ] && "$BIN/python" -m pip --version >/dev/null 2>&1 && return
    system=$(find_python)
    rm -rf "$VENV"
    if ! "$system" -m venv "$VENV" >/dev/null 2>&1; then
        # Debian and Ubuntu keep venv's own pip in a package of its own; do without it.
        rm -rf "$VENV"
        "$system" -m venv --without-pip "$VENV"
        bring_pip
    fi
}

bring_pip() {
    if "$system" -m pip --python "$BIN/python" install --quiet pip >/dev/null 2>&1; then return; fi
    "$BIN/python" - <<'PY' | "$BIN/python" - --quiet
import sys, urllib.request
sys.stdout.buffer.write(urllib.request.urlopen("https://bootstrap.pypa.io/get-pip.py", timeout=60).read())
PY
    "$BIN/python" -m pip --version >/dev/null && return
    say "go: $system has no pip, and it could not be fetched; check the connection"
    exit 1
}

# By module, not by script: the scripts in $BIN break when the folder is moved.
python() { "$BIN/python" "$@"; }
pip() { python -m pip --disable-pip-version-check "$@"; }

# On Linux, PyPI's torch brings several gigabytes of GPU libraries. Without an NVIDIA card we ask for
# the build marked "+cpu", which only CPU sources have, so the large one cannot come in by accident.
install_torch() {
    pip show --quiet torch 2>/dev/null && return
    if [ "$(uname -s)" != Linux ] || nvidia-smi -L 2>/dev/null | grep -q GPU || [ "${RAPPORT_TORCH:-}" = any ]; then
        pip install -qq "torch==$TORCH"
    elif ! pip install -qq --no-deps --retries 1 --timeout 20 \
        --extra-index-url https://download.pytorch.org/whl/cpu "torch==$TORCH+cpu"; then
        say "go: no CPU build of torch $TORCH could be fetched; check the connection, or allow the full build"
        say "    with its GPU libraries (several gigabytes): RAPPORT_TORCH=any ./go"
        exit 1
    fi
}

# Installs what "$1" names, unless that was done for this very pyproject.toml.
setup() {
    made_for="$1 $(cksum <pyproject.toml) $PWD"
    grep -qxF "$made_for" "$VENV/made-for" 2>/dev/null && return
    say "Setting up in $VENV (a few minutes, once) ..."
    make_venv
    install_torch
    pip install -qq --editable "$1"
    echo "$made_for" >>"$VENV/made-for"
}

check() {
    failed=0
    python -m ruff check . || failed=1
    python -m ruff format --check . || failed=1
    python -m mypy || failed=1
    python -m pytest || failed=1 # last, so that its closing line is the last one printed
    return $failed
}

task=${1:-}
[ $# -gt 0 ] && shift
case $task in
    demo)
        setup .
        mkdir -p report
        python -m transcript_rapport.cli demo --out report/demo.html "$@"
        ;;
    test)
        setup '.[dev]'
        check
        ;;
    setup)
        setup .
        say "Ready: $BIN/rapport"
        ;;
    *)
        say "usage: ./go demo [SESSION] | ./go test | ./go setup"
        exit 2
        ;;
esac
