#!/usr/bin/env bash
# ./test.sh [--long] [FILTER...]: builds the solution and runs every test project. docs/testing.md says what the tests need.
#   --long   also the tests that take minutes (trait Category=Long)
#   FILTER   only tests whose full name contains one of these words
# The last line is "N passed, N failed, N skipped". The exit code is 1 if a test failed or a project ran none.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")"

limit=20m # of one project: a hang ends there, a slow machine does not
select=(-trait- Category=Long)
filters=()
for argument in "$@"; do
  case $argument in
    --long) limit=40m select=() ;;
    -*) sed -n '2,5s/^# //p' "$0" && exit 2 ;;
    *) filters+=("$argument") select+=(-method "*$argument*") ;;
  esac
done

results=artifacts/test
rm -rf "$results" && mkdir -p "$results"
passed=0 failed=0 skipped=0
: >"$results/skipped.txt"
: >"$results/counts.txt"

finish() {
  echo "$passed passed, $failed failed, $skipped skipped"
  exit $((failed > 0))
}

# ---- what the tests need: without it they are skipped by name, so nothing here is fatal ----
packages=()
compgen -G "${KUBELENS_PG_BIN:-/usr/lib/postgresql/*/bin}/initdb" >/dev/null || command -v postgres >/dev/null || packages+=(postgresql)
command -v chromium >/dev/null || packages+=(chromium)
{ command -v pk12util && command -v certutil; } >/dev/null || packages+=(libnss3-tools)
((${#packages[@]} == 0)) || bash eng/install.sh "${packages[@]}" || echo "The tests that need ${packages[*]} are skipped."
# Debian's kubectl is an old one, which is what some tests want. It is unpacked, not installed: another may be /usr/bin/kubectl.
if [[ -z ${KUBELENS_TEST_KUBECTLS:-} ]] && command -v apt-get >/dev/null; then
  old=$PWD/artifacts/kubernetes-client
  [[ -x $old/usr/bin/kubectl ]] || bash eng/unpack.sh kubernetes-client "$old" || echo "The tests that need an old kubectl are skipped."
  [[ ! -x $old/usr/bin/kubectl ]] || export KUBELENS_TEST_KUBECTLS=$old/usr/bin/kubectl
fi
if [[ -z ${KUBELENS_TEST_PROMTOOL:-} ]] && ! command -v promtool >/dev/null && command -v apt-get >/dev/null; then
  prometheus=$PWD/artifacts/prometheus
  [[ -x $prometheus/usr/bin/promtool ]] || bash eng/unpack.sh prometheus "$prometheus" || echo "The tests that need promtool are skipped."
  [[ ! -x $prometheus/usr/bin/promtool ]] || export KUBELENS_TEST_PROMTOOL=$prometheus/usr/bin/promtool
fi

# ---- build: once, warnings are errors ----
# Tests start many processes that live for seconds: measuring what to optimize for later costs them a sixth of their time.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_TieredPGO=0
if ! dotnet build KubeLens.sln --tl:off --verbosity quiet -warnaserror </dev/null 2>&1 | tee "$results/build.log"; then
  echo "The build failed."
  failed=1
  finish
fi

# ---- run ----
# Elements of xunit's own XML results, one a line, so that sed can pick their attributes.
elements() { sed 's/</\n</g' "$1"; }
attribute() { sed -nE "s/^<assembly .* $1=\"([0-9]+)\".*/\1/p"; }
unescape() { sed -e 's/&lt;/</g; s/&gt;/>/g; s/\\&quot;/"/g; s/&quot;/"/g; s/&apos;/'\''/g; s/&#x*0*[aA];/ /g; s/&amp;/\&/g'; }
list_skipped() {
  elements "$1" | awk '
    /^<test / { match($0, / name="[^"]*"/); name = substr($0, RSTART + 7, RLENGTH - 8) }
    /^<reason>/ { sub(/^<reason>/, ""); reason = 1 }
    /^<!\[CDATA\[/ { sub(/^<!\[CDATA\[/, ""); sub(/\]\]>.*/, "") }
    reason && /./ { print "  " name ": " $0; reason = 0 }' | unescape
}

run() {
  local project=$1 name started
  name=$(basename "$project")
  local log=$results/$name.log xml=$results/$name.xml program=$project/bin/Debug/net10.0/KubeLens.$name
  started=$SECONDS
  timeout --kill-after=30 "$limit" "$program" -noColor -noLogo -noAutoReporters -longRunning 90 "${select[@]}" -result-xml "$xml" </dev/null >"$log" 2>&1
  local code=$? ok=0 bad=0 skip=0 problem=""
  if grep -qs "</assemblies>" "$xml"; then
    ok=$(elements "$xml" | attribute passed) skip=$(elements "$xml" | attribute skipped)
    bad=$(($(elements "$xml" | attribute failed) + $(elements "$xml" | attribute errors)))
    list_skipped "$xml" >>"$results/skipped.txt"
  fi
  if ((code == 124 || code == 137)); then
    problem="did not end within $limit"
  elif ((code != 0 && bad == 0)); then
    problem="ended with code $code"
  elif ((ok + bad + skip == 0 && ${#filters[@]} == 0)); then
    problem="ran no test"
  fi
  [[ -z $problem ]] || ((bad++))
  echo "$ok $bad $skip" >>"$results/counts.txt"
  ((ok + bad + skip > 0)) || return 0
  echo "$name: $ok passed, $bad failed, $skip skipped in $((SECONDS - started)) s${problem:+; it $problem}"
  ((bad == 0)) || sed -E 's/\x1b\[[0-9;]*m//g; s/^/    /' "$log"
}

# The tests of whole systems wait much: the others, one after the other, use what they leave of the machine.
projects=(tests/*.Tests)
trap '[[ -z ${systems:-} ]] || pkill -P "$systems"; exit 143' INT TERM
run tests/EndToEnd.Tests &
systems=$!
for project in "${projects[@]}"; do
  [[ $project == tests/EndToEnd.Tests ]] || run "$project"
done
wait "$systems"
while read -r ok bad skip; do
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))
done <"$results/counts.txt"
if (($(wc -l <"$results/counts.txt") != ${#projects[@]})); then
  echo "A project was not run to its end."
  ((failed++))
fi
if ((passed + failed + skipped == 0)); then
  echo "No test has a name with ${filters[*]}."
  failed=1
fi

if [[ -s $results/skipped.txt ]]; then
  echo "Skipped:"
  cat "$results/skipped.txt"
fi
finish
