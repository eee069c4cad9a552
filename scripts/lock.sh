#!/bin/sh
# Writes the locked, hashed requirement files anew from pyproject.toml.
#
# uv resolves in a throw-away environment and is not a dependency of the project.
# The widest set is resolved first and the narrower ones are held to it, so that
# one environment can carry all three. --no-header keeps command lines and paths
# out of the files. `make lock UPGRADE=--upgrade` takes newer versions.
set -eu
cd "$(dirname "$0")/.."
# UV_PYTHON would make uv ignore the environment made here.
unset UV_PYTHON
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
"${PYTHON:-python3}" -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --disable-pip-version-check uv

compile() {
    "$room/venv/bin/uv" pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
        --python-version 3.11 ${UPGRADE:-} "$@"
}

compile --extra demo --extra dev pyproject.toml requirements-build.in -o requirements-dev.txt
compile --extra demo -c requirements-dev.txt pyproject.toml requirements-build.in -o requirements-demo.txt
compile -c requirements-dev.txt pyproject.toml requirements-build.in -o requirements.txt
compile requirements-assets.in -o requirements-assets.txt
