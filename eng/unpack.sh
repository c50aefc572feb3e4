#!/usr/bin/env bash
# eng/unpack.sh PACKAGE FOLDER: unpacks a Debian package into a folder, without installing it. Needs no root where apt's lists are there.
set -euo pipefail
package=$1 folder=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# apt drops its rights for a download, so the folder must be open to its user.
chmod 755 "$work"
cd "$work"
download() { apt-get -o Acquire::Retries=3 download "$package" >"$work/log" 2>&1; }
if ! download; then
  ((EUID == 0)) && apt-get -o DPkg::Lock::Timeout=300 update >>"$work/log" 2>&1
  download || { cat "$work/log"; echo "Cannot download $package."; exit 1; }
fi
mkdir -p "$folder"
dpkg-deb -x "$package"_*.deb "$folder"
