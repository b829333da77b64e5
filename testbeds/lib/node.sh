# Sourced. Homeport's own mobile node, in namespace mn.

# mn_command COMMAND [OPTION...]: a command of the mobile node's side there: mn or load.
mn_command() {
  local command=$1
  shift
  HOMEPORT_JAVA_OPTS=$QUICK_JVM ip netns exec mn "$ROOT/homeport" "$command" --gateway-id ha.example.org --ca "$PKI/ca.pem" "$@"
}

# node_start [OPTION...]: it bootstraps, puts its home addresses on mn0 and stays. Orders: order.
node_start() {
  local begun
  now_ms
  begun=$NOW
  mkfifo "$RUN/orders"
  # Opened for both, so that the node sees no end of file before "quit".
  exec {orders}<> "$RUN/orders"
  : > "$RUN/node.log"
  # Not by mn_command: $! has to be the node's own process.
  HOMEPORT_JAVA_OPTS=$QUICK_JVM ip netns exec mn "$ROOT/homeport" mn --gateway-id ha.example.org --ca "$PKI/ca.pem" \
    --sa-backend kernel --assign mn0 --stay --verbose "$@" < "$RUN/orders" > "$RUN/node.log" 2>&1 &
  NODE=$!
  wait_until 40 node_ready_or_gone
  node_ready
  local ready=$?
  now_ms
  FIGURES="$((NOW - begun)) ms with the JVM"
  [ $ready = 0 ] || FIGURES=$(tail -n 1 "$RUN/node.log")
  [ $ready = 0 ] || node_forget
  return $ready
}
# What it learned is said before the address is on its device.
node_ready() { says "$RUN/node.log" 'ESP SAs' && [ -n "$(home_address6 mn)" ]; }
node_ready_or_gone() { node_ready || gone "$NODE"; }

# order WORD: rekey-child, rekey-ike, probe, status, quit ...
order() { echo "$1" >&"$orders"; }

node_quits() {
  order quit
  wait_until 10 gone "$NODE"
  node_forget
  FIGURES="exit status $STATUS"
  [ "$STATUS" = 0 ]
}

node_forget() {
  kill -KILL "$NODE" 2> /dev/null
  wait "$NODE" 2> /dev/null
  STATUS=$?
  exec {orders}>&-
  rm -f "$RUN/orders"
}

# load OPTION...: many nodes in one process; what it says: load.log. True if all got what they asked for.
load() {
  mn_command load --gateway $HA6 "$@" > "$RUN/load.log" 2>&1
  local status=$?
  FIGURES=$(paste -sd';' "$RUN/load.log")
  return $status
}

# median FILE: the median in milliseconds that a load told there.
median() { sed -nE 's/^latency: median ([0-9]+) ms.*/\1/p' "$1"; }
