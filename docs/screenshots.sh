#!/usr/bin/env bash
# docs/screenshots.sh [FOLDER]: pictures of every page and state of the portal, both themes, 1440 and 390 pixels wide, for a person to look at.
#   FOLDER   artifacts/screenshots/portal if it is not said
set -euo pipefail
folder=$(realpath -m "${1:-$(dirname "$(readlink -f "$0")")/../artifacts/screenshots/portal}")
cd "$(dirname "$(readlink -f "$0")")/.."

mkdir -p "$folder"
dotnet build tests/Portal.Tests -v q
# A browser and a portal beside each other: a process that measures what to optimize only takes from both.
KUBELENS_SCREENSHOTS=$folder DOTNET_TieredPGO=0 tests/Portal.Tests/bin/Debug/net10.0/KubeLens.Portal.Tests -noColor -noLogo -explicit only -class KubeLens.Portal.Tests.Screenshots
echo "$(find "$folder" -name '*.png' | wc -l) pictures in $folder"
