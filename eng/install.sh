#!/usr/bin/env bash
# eng/install.sh PACKAGE...: installs Debian packages without a question and without starting their services.
# Where that is not possible it says why and what to do, and ends with 1: the caller decides how bad that is.
set -euo pipefail

missing=()
for package in "$@"; do
  [[ $(dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null) == 'install ok installed' ]] || missing+=("$package")
done
((${#missing[@]})) || exit 0

if ! command -v apt-get >/dev/null; then
  echo "Cannot install ${missing[*]}: this machine has no apt-get. Install them with its own package manager."
  exit 1
fi
if ((EUID != 0)); then
  echo "Cannot install ${missing[*]}: not root. Run: sudo apt-get install ${missing[*]}"
  exit 1
fi

# Debian starts a service as soon as it is installed, unless this file says no. Ours goes as soon as we are done.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi

echo "Installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
apt() { apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 --yes "$@" </dev/null >"$log" 2>&1; }
if ! { apt update && apt install --no-install-recommends "${missing[@]}"; }; then
  cat "$log"
  rm -f "$log"
  echo "Cannot install ${missing[*]}: apt-get failed, its output is above."
  exit 1
fi
rm -f "$log"
