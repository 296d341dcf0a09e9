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
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
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
# White space alone: style is the compiler's here (EnforceCodeStyleInBuild), and the order of usings ArchitectureTests'. The whole of dotnet format builds everything once more.
dotnet format whitespace . --folder --verify-no-changes || fail "the format has drifted: run dotnet format ChatDesk.sln"

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
failures=$(mktemp)
# What failed, told again at the very end, where a long log is still read.
tell() { sed -n '/\[FAIL\]/,/\[PASS\]\|=== TEST EXECUTION/p' "$1" | grep -v '\[PASS\]\|=== TEST EXECUTION' | cut -c1-500 | head -n 80 >> "$failures"; }
number() { sed -nE "s/.*$1: +([0-9]+).*/\1/p" <<<"$2"; }
# Runs a test program to its end; one that hangs is ended, and is then a run without a summary.
play() { # program, then its arguments
  local program=$1; shift
  timeout -k 10 900 "tests/$program/bin/Release/net10.0/$program" -noColor -parallel collections -longRunning 120 "$@" 2>&1
}
count() { # program, what it printed
  local program=$1 out=$2 line total errors bad left again
  line=$(grep -E 'Total: +[0-9]+' "$out" | tail -n 1)
  total=$(number Total "$line"); errors=$(number Errors "$line"); bad=$(number Failed "$line"); left=$(number Skipped "$line")
  # A run that ended without a summary, or that found no test, is a failure and not a zero.
  if [ -z "$total" ] || [ "$total" = 0 ]; then
    failed=$((failed + 1))
    { echo "$program ended without a summary; its last words:"; tail -n 5 "$out"; } >> "$failures"
    return
  fi
  # A few failures get one more try, alone on the machine: what fails again is broken, what passes is named, to be mended.
  if [ "${bad:-0}" -gt 0 ] && [ "$bad" -le 5 ] && [ "${errors:-0}" = 0 ]; then
    mapfile -t again < <(sed -nE 's/^ +(ChatDesk\.[A-Za-z0-9_.+]+)(\(.*)? \[FAIL\].*/\1/p' "$out" | sort -u)
    echo "== once more, alone: ${again[*]}"
    local words=() one
    for one in "${again[@]}"; do words+=(-method "$one"); done
    "tests/$program/bin/Release/net10.0/$program" -noColor -parallel none "${words[@]}" > "$out.again" 2>&1
    cat "$out.again"
    line=$(grep -E 'Total: +[0-9]+' "$out.again" | tail -n 1)
    if [ -n "$line" ] && [ "$(number Total "$line")" -gt 0 ] && [ "$(number Failed "$line")" = 0 ] && [ "$(number Errors "$line")" = 0 ]; then
      echo "UNSTEADY, passed at the second try: ${again[*]}"
      bad=0
    else
      tell "$out.again"
    fi
    rm -f "$out.again"
  elif [ "${bad:-0}" -gt 0 ] || [ "${errors:-0}" -gt 0 ]; then
    tell "$out"
  fi
  failed=$((failed + ${bad:-0} + ${errors:-0})); skipped=$((skipped + ${left:-0}))
  passed=$((passed + total - ${bad:-0} - ${left:-0}))
}
run() { # name, test program, then its arguments
  echo "== $1"; local program=$2 out; out=$(mktemp); shift 2
  play "$program" "$@" | tee "$out"
  count "$program" "$out"
  rm -f "$out"
}

# What desks learn from the articles costs a processor a quarter of a minute: one of these programs teaches, the others read.
CHATDESK_TAUGHT_SHELF=$(mktemp -d); export CHATDESK_TAUGHT_SHELF
trap 'rm -rf "$CHATDESK_TAUGHT_SHELF"' EXIT

# Torture mostly waits (for leases, for LINE to deliver again), so it runs beside the rest.
torture=$(mktemp)
play ChatDesk.Tests -namespace "ChatDesk.Tests.Torture" > "$torture" &
tortured=$!
run "all tests but torture" ChatDesk.Tests -namespace- "ChatDesk.Tests.Torture"
# Rooms without words, protocols, and long random plays of queues, clocks and kills, hold nothing that a culture could change beyond what the compiler refuses (CA1305): once is enough.
LC_ALL=th_TH.UTF-8 run "the rooms with words under Thai culture" ChatDesk.Tests -namespace- "ChatDesk.Tests.Torture" \
  -namespace- "ChatDesk.Tests.Delivery*" -namespace- "ChatDesk.Tests.Data*" -namespace- "ChatDesk.Tests.Deploy*" -namespace- "ChatDesk.Tests.LineSimulator*" \
  -class- "ChatDesk.Tests.Handover.LiveTests" -class- "ChatDesk.Tests.Handover.InterleavingTests" -class- "ChatDesk.Tests.Handover.DayTests" -class- "ChatDesk.Tests.Cases.CaseKillTests" -class- "ChatDesk.Tests.Cases.CaseHistoryTests" \
  -class- "ChatDesk.Tests.Cases.ReferralTests" -class- "ChatDesk.Tests.Channels.Web.DirectLineJsTests" -class- "ChatDesk.Tests.Channels.Web.TokenTests" \
  -class- "ChatDesk.Tests.Channels.Line.Receiving.LineWebhookTests" -class- "ChatDesk.Tests.People.RouteTests" -class- "ChatDesk.Tests.Knowledge.Search.HotSwapTests"
wait "$tortured"
echo "== torture, short"; cat "$torture"; count ChatDesk.Tests "$torture"; rm -f "$torture"
run "pages, in a real browser" ChatDesk.BrowserTests

[ "$failed" = 0 ] || { echo "== what failed"; cat "$failures"; }
rm -f "$failures"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
