# Sourced. Bounded waiting by polling, and a clock, both without starting a process: in a guest each costs 20 ms.

exec {nothing_to_read}<> <(:)

# Twenty milliseconds.
pause() { read -rt 0.02 -u "$nothing_to_read" || true; }

# now_ms: sets NOW, milliseconds of the wall clock.
now_ms() { NOW=$((${EPOCHREALTIME//[.,]/} / 1000)); }

# wait_until SECONDS COMMAND...: true as soon as the command is, false when the time is over.
wait_until() {
  local deadline
  now_ms
  deadline=$((NOW + $1 * 1000))
  shift
  until "$@" > /dev/null 2>&1; do
    now_ms
    [ "$NOW" -lt "$deadline" ] || return 1
    pause
  done
}

# await_line SECONDS FILE PATTERN: the pattern (grep -E) stands in the file.
await_line() { wait_until "$1" grep -qsE -- "$3" "$2"; }

# gone PID: the process ended.
gone() { ! kill -0 "$1" 2> /dev/null; }

# stop_process PID [SECONDS]: SIGTERM, and SIGKILL when it has not ended in time. True if it ended by itself.
stop_process() {
  kill -TERM "$1" 2> /dev/null
  if wait_until "${2:-5}" gone "$1"; then
    wait "$1" 2> /dev/null
    return 0
  fi
  kill -KILL "$1" 2> /dev/null
  wait "$1" 2> /dev/null
  return 1
}
