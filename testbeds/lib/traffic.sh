# Sourced. What the kernel shows: SAs, policies, their counters; and traffic to move them.

# sas NAMESPACE: "source destination spi packets" per ESP SA, in the order of their SPIs.
sas() {
  ip -n "$1" -s xfrm state 2> /dev/null | awk '
    $1 == "src" { source = $2; destination = $4 }
    $1 == "proto" { spi = $2 == "esp" ? substr($4, 1, 10) : "" }
    $1 == "lifetime" && $2 == "current:" { current = 1; next }
    current { current = 0; split($2, count, "("); if (spi) print source, destination, spi, count[1] }
  ' | sort -k 3
}

sa_count() { sas "$1" | wc -l; }

has_sas() { [ "$(sa_count "$1")" -eq "$2" ]; }

# xfrm_empty NAMESPACE: neither SA nor policy; the policies that daemons put on their own sockets do not count.
xfrm_empty() {
  local states policies
  states=$(ip -n "$1" xfrm state)
  policies=$(ip -n "$1" xfrm policy list nosock)
  FIGURES="$(grep -c ^src <<< "$states") states, $(grep -c ^src <<< "$policies") policies"
  [ -z "$states$policies" ]
}

becomes_empty() { eventually 10 xfrm_empty "$1"; }

# both_grow NAMESPACE BEFORE: there is one pair of SAs, and both packet counts are above what "sas NAMESPACE" said
# before. FIGURES: the growth.
both_grow() {
  local source destination spi packets before
  FIGURES="$(sa_count "$1") SAs"
  has_sas "$1" 2 || return 1
  FIGURES=''
  while read -r source destination spi packets; do
    before=$(awk -v spi="$spi" '$3 == spi { print $4 }' <<< "$2")
    [ -n "$before" ] && [ "$packets" -gt "$before" ] || { FIGURES="$spi stays at ${before:-nothing}"; return 1; }
    FIGURES+="${FIGURES:+, }$spi: $before to $packets packets"
  done < <(sas "$1")
}

# ping_through NAMESPACE SOURCE TARGET [COUNT]: every packet is answered.
ping_through() {
  local said count=${4:-3}
  said=$(in_ns "$1" ping -n -q -c "$count" -i 0.1 -W 2 -I "$2" "$3" 2>&1)
  FIGURES=$(sed -nE 's/^([0-9]+) packets transmitted, ([0-9]+) received.*/\2 of \1/p; s/^rtt .* = [^\/]*\/([^\/]*).*/\1 ms/p' <<< "$said" \
    | paste -sd, | sed 's/,/, /')
  [[ $said == *" $count received"* ]]
}

# ping_start NAMESPACE SOURCE TARGET: ten a second until ping_end.
ping_start() {
  ip netns exec "$1" ping -n -i 0.1 -W 2 -I "$2" "$3" > "$RUN/ping.log" 2>&1 &
  PING=$!
}

# ping_end: FIGURES says how many came back, and the numbers of those lost. True if some did, and none was overtaken by
# a later one. What was sent in the last second may be still on its way.
ping_end() {
  kill -INT "$PING"
  wait "$PING"
  read -r FIGURES < <(awk '
    match($0, /icmp_seq=[0-9]+/) && / time=/ { number = substr($0, RSTART + 9, RLENGTH - 9) + 0; back[number] = 1; if (number > last) last = number }
    /packets transmitted/ { sent = $1; received = $4 }
    END {
      for (number = 1; number <= last; number++) if (!(number in back)) lost = lost " " number
      if (sent - last > 10) lost = lost " " last + 1 "-" sent
      printf "%d of %d packets%s\n", received, sent, lost ? ", lost:" lost : ""
    }' "$RUN/ping.log")
  [[ $FIGURES != 0* && $FIGURES != *lost* ]]
}

# address_in NAMESPACE PREFIX: the address of the namespace that begins so; empty if there is none.
address_in() {
  ip -n "$1" -o addr show | awk -v prefix="$2" '
    { split($4, address, "/"); if (index(address[1], prefix) == 1) { print address[1]; exit } }'
}

home_address6() { address_in "$1" 2001:db8:100:; }
home_address4() { address_in "$1" 10.100.; }

# The outer UDP ports of the SAs, "source destination" each, where they are encapsulated.
encapsulated() { ip -n "$1" xfrm state | awk '$1 == "encap" { print $5, $7 }'; }
