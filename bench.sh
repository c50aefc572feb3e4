#!/usr/bin/env bash
# ./bench.sh [gateway|watches|capture|ingest|storage|search] [OPTION...]: builds what takes part (Release) and measures it. --help lists the options.
# Installs nothing: what a benchmark needs and does not find, it names. docs/benchmarks.md has the figures.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"

if [[ ${1:-} != watches && ${1:-} != capture && ${1:-} != ingest && ${1:-} != storage && ${1:-} != search ]] && ! [[ -x /usr/sbin/nginx && -e /usr/lib/nginx/modules/ngx_http_lua_module.so ]]; then
  echo "nginx with its Lua module is missing: apt-get install nginx libnginx-mod-http-lua" >&2
  [[ " $* " == *" --peers "* ]] || exit 1
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
for project in Gateway bench; do
  dotnet build "$project" --configuration Release --tl:off --verbosity quiet -warnaserror >/dev/stderr
done
exec dotnet bench/bin/Release/net10.0/KubeLens.bench.dll "$@"
