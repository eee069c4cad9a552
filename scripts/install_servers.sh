#!/bin/sh
# Installs the real servers the tests talk to: Dovecot, PostgreSQL, Chromium; and
# LibreOffice, which reads old Word files (its writer alone, 280 MB), and
# Tesseract, which reads scans (50 MB).
#
# As root on Debian and its kin; quick when all are there. The packages' own
# services are not started: the tests run each server themselves, on free ports.
set -eu

missing=
[ -x /usr/sbin/dovecot ] || missing="$missing dovecot-imapd"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
[ -e /usr/lib/libreoffice/program/soffice.bin ] || missing="$missing libreoffice-writer-nogui"
command -v tesseract >/dev/null 2>&1 || missing="$missing tesseract-ocr"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ]; then
    echo "Not root, so these are not installed and their tests are skipped:$missing"
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No apt-get here: please install by hand what the tests need:$missing"
    exit 0
fi

echo "Installing for the tests:$missing …"
# While this file says 101, Debian's packages start no service after installation.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT
fi
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
# Another installation may be under way: wait for it rather than fail.
wait="-o DPkg::Lock::Timeout=300"
if ! { apt-get update -q && apt-get install -q -y --no-install-recommends $wait $missing; } >"$log" 2>&1; then
    cat "$log"
    echo "Installing$missing failed; the end of apt's own words is above."
    exit 1
fi
rm -f "$log"
