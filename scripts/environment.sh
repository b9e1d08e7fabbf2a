# Sourced by the scripts beside it: `prepare [extras]` makes .venv ready, once, and does nothing
# when it is ready already.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
venv=$root/.venv

find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$name"
            return
        fi
    done
    echo "Python 3.11 or later is needed, and none was found." >&2
    return 1
}

prepare() {
    extras=${1:-}
    # Moved or changed since the last installation: it is made anew.
    wanted="$(cksum <"$root/pyproject.toml") $root"
    for done in "$venv/.installed${extras:+-$extras}" "$venv/.installed-dev"; do
        if [ -x "$venv/bin/python" ] && [ -f "$done" ] && [ "$(cat "$done")" = "$wanted" ]; then
            return
        fi
    done
    if ! "$venv/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$(find_python)
        echo "Making an environment in $venv ($python) ..." >&2
        "$python" -m venv --clear "$venv" || {
            echo "The venv module is missing. On Debian or Ubuntu: apt-get install python3-venv" >&2
            return 1
        }
    fi
    echo "Installing the package, once; this takes a minute or two ..." >&2
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --editable "$root${extras:+[$extras]}" >&2
    printf '%s\n' "$wanted" >"$venv/.installed${extras:+-$extras}"
}
