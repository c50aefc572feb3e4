#!/usr/bin/env bash
# ./fuzz.sh [TARGET] [--minutes N] [--seed S]: feeds each parser, or one, with changed golden files and bodies with planted canaries.
#   --minutes N   of each target; 10, and parts of one are a number too
#   --seed S      the same seed makes the same inputs; by default it is drawn and printed
# An input that fails is printed in base64 and kept in tests/Gateway.Tests/Fuzz/Kept, which the ordinary tests replay.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

target="" minutes=10 seed=$RANDOM
while (($# > 0)); do
  case $1 in
    --minutes) minutes=${2:?--minutes wants a number} && shift ;;
    --seed) seed=${2:?--seed wants a number} && shift ;;
    -*) sed -n '2,5s/^# //p' "$0" && exit 2 ;;
    *) target=$1 ;;
  esac
  shift
done

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
dotnet build tests/Gateway.Tests --tl:off --verbosity quiet -warnaserror >/dev/stderr
echo "${target:-all targets}, $minutes minutes each, seed $seed"
code=0
KUBELENS_FUZZ_TARGET=$target KUBELENS_FUZZ_MINUTES=$minutes KUBELENS_FUZZ_SEED=$seed \
  tests/Gateway.Tests/bin/Debug/net10.0/KubeLens.Gateway.Tests -noColor -noLogo -showLiveOutput -class KubeLens.Gateway.Tests.Fuzz.FuzzTests || code=$?
# The process itself died: by its stack, or killed for its memory.
for last in "${TMPDIR:-/tmp}"/fuzz-*.last; do
  if ((code != 0)) && [[ -s $last ]]; then
    name=$(basename "$last" .last)
    mv "$last" "tests/Gateway.Tests/Fuzz/Kept/${name#fuzz-}-$(sha256sum "$last" | cut -c1-8).bin"
    echo "The last input of ${name#fuzz-} is kept: the process may have died of it."
  fi
done
exit "$code"
