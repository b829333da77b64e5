# Sourced. Homeport's own mobile nodes, in namespace mn. A script is a process of Homeport's that takes commands one
# after another (homeport script): to start a JVM for each takes long in a guest. What a script says: NAME.log.
declare -A SCRIPT=() SCRIPT_INPUT=()

# script_run NAME COMMAND [OPTION...]: mn or load, in the script of that name, which is started if it is not there.
script_run() {
  local name=$1 command=$2 input words
  shift 2
  if [ -z "${SCRIPT[$name]:-}" ]; then
    mkfifo "$RUN/$name.input"
    # Opened for both, so that it sees no end of file before we end it.
    exec {input}<> "$RUN/$name.input"
    SCRIPT_INPUT[$name]=$input
    ip netns exec mn "$HOMEPORT_PROGRAM" script < "$RUN/$name.input" >> "$RUN/$name.log" 2>&1 &
    SCRIPT[$name]=$!
  fi
  if [ -s "$RUN/$name.log" ]; then cat "$RUN/$name.log" >> "$RUN/$name-before.log"; fi
  : > "$RUN/$name.log"
  printf -v words ' "%s"' --gateway-id ha.example.org --ca "$PKI/ca.pem" "$@"
  script_say "$name" "$command$words"
}
script_say() { echo "$2" >&"${SCRIPT_INPUT[$1]}"; }
# The command that was run last is over.
script_done() { says "$RUN/$1.log" $'(^|\n)ended [0-9]+\n' || gone "${SCRIPT[$1]}"; }
# script_status NAME: its exit status.
script_status() { sed -n 's/^ended //p' "$RUN/$1.log"; }
# What it said last before it was over.
script_last_words() { grep -v '^ended ' "$RUN/$1.log" | tail -n 1; }

# node_start [OPTION...]: it bootstraps, puts its home addresses on mn0 and stays. Orders: order.
node_start() {
  local begun
  now_ms
  begun=$NOW
  script_run node mn --sa-backend kernel --assign mn0 --stay --verbose "$@"
  wait_until 60 node_ready_or_gone
  node_ready
  local ready=$?
  now_ms
  FIGURES="$((NOW - begun)) ms"
  [ $ready = 0 ] || FIGURES=$(script_last_words node)
  return $ready
}
# What it learned is said before the address is on its device.
node_ready() { says "$RUN/node.log" 'ESP SAs' && [ -n "$(home_address6 mn)" ]; }
node_gone() { script_done node; }
node_ready_or_gone() { node_gone || node_ready; }

# order WORD: rekey-child, rekey-ike, probe, status, quit ...
order() { script_say node "$1"; }

node_quits() {
  order quit
  wait_until 10 node_gone
  FIGURES="exit status $(script_status node)"
  [ "$FIGURES" = 'exit status 0' ]
}

# load OPTION...: many nodes in one process; what it says: load.log. True if all got what they asked for.
load() {
  script_run load load --gateway $HA6 "$@"
  wait_until 120 script_done load
  FIGURES=$(grep -vE '^ended ' "$RUN/load.log" | paste -sd';')
  [ "$(script_status load)" = 0 ]
}

# median FILE: the median in milliseconds that a load told there.
median() { sed -nE 's/^latency: median ([0-9]+) ms.*/\1/p' "$1"; }
