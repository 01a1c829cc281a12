#!/bin/sh
# Make the virtual environment $1 and install $2 into it: on a bare machine with Python 3.11 or newer.
set -eu
venv=$1 what=$2

python=
for one in python3 python3.13 python3.12 python3.11 python3.14; do
  if command -v "$one" >/dev/null 2>&1 && "$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$one
    break
  fi
done
if [ -z "$python" ]; then
  echo "Detente needs Python 3.11 or newer; found: $(python3 --version 2>&1 || echo none). Install it and try again." >&2
  exit 1
fi

if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  echo "Making $venv with $("$python" --version)"
  rm -rf "$venv"
  if ! "$python" -m venv "$venv" >/dev/null 2>&1; then
    # Debian keeps part of venv in a package of its own.
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
      apt-get update -qq >/dev/null 2>&1 || true
      apt-get install -y -qq python3-venv >/dev/null 2>&1 || true
    fi
    rm -rf "$venv"
    if ! "$python" -m venv "$venv"; then
      echo "The virtual environment cannot be made. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2
      exit 1
    fi
  fi
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Installing packages (once, about a minute)"
"$venv/bin/python" -m pip install --constraint constraints.txt --editable "$what" --progress-bar off >"$log" 2>&1 &
pip=$!
seconds=0
while kill -0 "$pip" 2>/dev/null; do
  if [ -t 1 ]; then
    printf '\r  %s s, %s packages found' "$seconds" "$(grep -c '^Collecting' "$log" || true)"
    grep -q '^Installing collected' "$log" && printf ', installing '
  fi
  sleep 1
  seconds=$((seconds + 1))
done
[ -t 1 ] && printf '\n'
if ! wait "$pip"; then
  grep -v '^WARNING' "$log" | tail -n 20 >&2
  echo "The packages could not be installed: see above. Is there a network? Try the same command again." >&2
  exit 1
fi
