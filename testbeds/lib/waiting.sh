# Sourced. Bounded waiting by polling, and a clock, both without starting a process: in a guest each costs 20 ms.

exec {nothing_to_read}<> <(:)

# pause SECONDS: without a process.
pause() { read -rt "$1" -u "$nothing_to_read" || true; }

# now_ms: sets NOW, milliseconds of the wall clock.
now_ms() { NOW=$((${EPOCHREALTIME//[.,]/} / 1000)); }

# wait_until SECONDS COMMAND...: true as soon as the command is, false when the time is over. It asks less and less
# often: what it waits for needs the same single processor. PATIENCE multiplies the time, for machines that are busy.
wait_until() {
  local deadline step=20
  now_ms
  deadline=$((NOW + $1 * 1000 * ${PATIENCE:-1}))
  shift
  until "$@" > /dev/null 2>&1; do
    now_ms
    [ "$NOW" -lt "$deadline" ] || return 1
    printf -v PAUSE 0.%03d "$step"
    pause "$PAUSE"
    if [ "$step" -lt 200 ]; then step=$((step * 3 / 2)); fi
  done
}

# says FILE PATTERN: the extended regular expression is found in the file; without a process.
says() {
  local text=''
  if [ -e "$1" ]; then IFS= read -rd '' text < "$1"; fi
  [[ $text =~ $2 ]]
}

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
