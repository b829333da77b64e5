# Sourced. What a scenario says: a line "PASS scenario: what" or "FAIL scenario: what" per check.

# pass WHAT [FIGURES]; fail WHAT [FIGURES]
pass() { printf 'PASS %s: %s%s\n' "$SCENARIO" "$1" "${2:+ ($2)}"; }
fail() {
  printf 'FAIL %s: %s%s\n' "$SCENARIO" "$1" "${2:+ ($2)}"
  FAILED=yes
}

# check WHAT COMMAND...: passes if the command succeeds. What it leaves in FIGURES stands behind the line.
check() {
  local what=$1
  shift
  FIGURES=''
  if "$@"; then
    pass "$what" "$FIGURES"
  else
    fail "$what" "$FIGURES"
    return 1
  fi
}

# must WHAT COMMAND...: a check without which the rest of the scenario means nothing.
must() { check "$@" || exit 1; }

# note TEXT: a line for the reader, neither passed nor failed.
note() { printf '     %s: %s\n' "$SCENARIO" "$1"; }

# skip WHAT WHY: counted as left out.
skip() { printf 'SKIP %s: %s (%s)\n' "$SCENARIO" "$1" "$2"; }

# eventually SECONDS COMMAND...: the command succeeds in time.
eventually() {
  # What held once need not hold again: only a failure is looked at a second time, for its words.
  wait_until "$@" || "${@:2}"
}

# equal EXPECTED FOUND; FIGURES: what was found, on one line
equal() {
  FIGURES="expected '${1//$'\n'/; }', found '${2//$'\n'/; }'"
  [ "$1" = "$2" ] && FIGURES=${2//$'\n'/; }
}

# at_least NUMBER FOUND
at_least() {
  FIGURES="$2, at least $1 expected"
  [ "$2" -ge "$1" ] && FIGURES=$2
}

# evidence: the ends of all logs and the kernel's SAs, for the reader of a failed scenario. Each line names it, since
# several scenarios may talk at once.
evidence() {
  local log namespace
  for log in "$RUN"/*.log "$RUN"/*/*.log; do
    [ -s "$log" ] || continue
    echo "---- end of ${log#"$RUN"/}"
    grep -vE 'vici client|^64 bytes from|^loaded ' "$log" | tail -n 40 | cut -c 1-220
  done
  for namespace in mn pn ha; do
    echo "---- SAs and policies of $namespace"
    { ip -n "$namespace" -s xfrm state; ip -n "$namespace" xfrm policy list nosock; } 2>&1 \
      | grep -E '^src|^dst|proto|dir|mode|packets|encap|failed'
    in_ns "$namespace" awk '$2 > 0' /proc/net/xfrm_stat
  done
}
