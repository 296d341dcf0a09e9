#!/usr/bin/env bash
# The one test command: installs what is missing, builds with warnings as errors, checks the format, runs every test
# (once as the machine is, once under Thai culture), and ends with "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1

# Without these nothing runs, or the tests that need them would be skipped.
missing=()
command -v redis-server >/dev/null || missing+=(redis-server)
command -v redis-cli >/dev/null || missing+=(redis-tools)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
command -v docker-compose >/dev/null || missing+=(docker-compose)
command -v pgbouncer >/dev/null || missing+=(pgbouncer)
command -v patroni >/dev/null || missing+=(patroni python3-etcd)
command -v etcd >/dev/null || missing+=(etcd-server)
command -v promtool >/dev/null || missing+=(prometheus)
command -v chromium >/dev/null || missing+=(chromium)
command -v npm >/dev/null || missing+=(npm)
fc-list 2>/dev/null | grep -qi emoji || missing+=(fontconfig fonts-noto-color-emoji)
ldconfig -p | grep -q libicuuc || missing+=("$(apt-cache search --names-only '^libicu[0-9]+$' 2>/dev/null | awk '{print $1}' | sort | tail -n 1)")
if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then sudo=""; elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo="sudo"; else
    echo "Please install first (needs administrator rights): apt-get install ${missing[*]}"
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
  fi
  echo "installing ${missing[*]}"
  $sudo apt-get update -qq >/dev/null
  # The distribution would start its own redis-server and PostgreSQL; the tests start theirs, on free ports.
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

fail() { echo "$1"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
dotnet build ChatDesk.sln -c Release -v q -nologo || fail "the build failed (warnings count as errors)"
dotnet format ChatDesk.sln --verify-no-changes --no-restore --severity warn || fail "the format has drifted: run dotnet format ChatDesk.sln"

# The Bot Framework's Direct Line client, for its tests; without it they are skipped.
[ -d tests/directline/node_modules/botframework-directlinejs ] || npm ci --prefix tests/directline --ignore-scripts --no-audit --no-fund --silent || echo "botframework-directlinejs could not be fetched: its tests will be skipped"

# Microsoft's own client for Azure AI Language, whose reading of recorded answers ours is compared with.
[ -d tests/azure-language/node_modules ] || npm ci --prefix tests/azure-language --ignore-scripts --no-audit --no-fund --silent || echo "@azure/ai-language-text could not be fetched: its tests will be skipped"

# The pages' scripts: types checked, nothing compiled. And the Bot Framework's own web chat for the browser tests: one file, nothing installed.
web=tests/web webchat=botframework-webchat@4.18.1
[ -x "$web/node_modules/.bin/tsc" ] || npm ci --prefix "$web" --no-audit --no-fund --silent || fail "npm could not fetch TypeScript"
npm run --prefix "$web" --silent check || fail "the browser scripts have wrong types"
if [ ! -f "$web/artifacts/webchat.js" ]; then
  mkdir -p "$web/artifacts"
  packed=$(npm pack "$webchat" --silent --pack-destination "$web/artifacts" 2>/dev/null | tail -n 1)
  if [ -n "$packed" ] && tar -xzf "$web/artifacts/$packed" -C "$web/artifacts" --strip-components=2 package/dist/webchat.js; then rm "$web/artifacts/$packed"; else
    echo "$webchat could not be fetched: its test will be skipped"
  fi
fi

passed=0 failed=0 skipped=0
number() { sed -nE "s/.*$1: +([0-9]+).*/\1/p" <<<"$2"; }
run() { # name, test program, then its arguments
  echo "== $1"; local program=$2; shift 2
  local binary="tests/$program/bin/Release/net10.0/$program" out; out=$(mktemp)
  # A program that hangs is ended, and is then a run without a summary.
  timeout -k 10 900 "$binary" -noColor -parallel collections -longRunning 120 "$@" 2>&1 | tee "$out"
  local line total errors bad left again
  line=$(grep -E 'Total: +[0-9]+' "$out" | tail -n 1)
  total=$(number Total "$line"); errors=$(number Errors "$line"); bad=$(number Failed "$line"); left=$(number Skipped "$line")
  # A run that ended without a summary, or that found no test, is a failure and not a zero.
  [ -n "$total" ] && [ "$total" -gt 0 ] || { failed=$((failed + 1)); rm -f "$out"; return; }
  # A few failures get one more try, alone on the machine: what fails again is broken, what passes is named, to be mended.
  if [ "${bad:-0}" -gt 0 ] && [ "$bad" -le 5 ] && [ "${errors:-0}" = 0 ]; then
    mapfile -t again < <(sed -nE 's/^ +(ChatDesk\.[A-Za-z0-9_.+]+)(\(.*)? \[FAIL\].*/\1/p' "$out" | sort -u)
    echo "== once more, alone: ${again[*]}"
    local words=() one
    for one in "${again[@]}"; do words+=(-method "$one"); done
    "$binary" -noColor -parallel none "${words[@]}" > "$out.again" 2>&1
    cat "$out.again"
    line=$(grep -E 'Total: +[0-9]+' "$out.again" | tail -n 1)
    if [ -n "$line" ] && [ "$(number Total "$line")" -gt 0 ] && [ "$(number Failed "$line")" = 0 ] && [ "$(number Errors "$line")" = 0 ]; then
      echo "UNSTEADY, passed at the second try: ${again[*]}"
      bad=0
    fi
    rm -f "$out.again"
  fi
  rm -f "$out"
  failed=$((failed + ${bad:-0} + ${errors:-0})); skipped=$((skipped + ${left:-0}))
  passed=$((passed + total - ${bad:-0} - ${left:-0}))
}
run "all tests" ChatDesk.Tests
# Long random plays of queues, clocks and kills hold no word and no date that a culture could change: once is enough.
LC_ALL=th_TH.UTF-8 run "the same under Thai culture, without torture and long random plays" ChatDesk.Tests -namespace- "ChatDesk.Tests.Torture" \
  -class- "ChatDesk.Tests.Handover.LiveTests" -class- "ChatDesk.Tests.Handover.InterleavingTests" -class- "ChatDesk.Tests.Handover.DayTests" -class- "ChatDesk.Tests.Cases.CaseKillTests" -class- "ChatDesk.Tests.Cases.CaseHistoryTests"
run "pages, in a real browser" ChatDesk.BrowserTests

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
