# Sourced. Homeport as the responder, by the variables of home-agent.sh. HOMEPORT_PROGRAM: see quick-start.sh.

homeport_start() {
  local directory=$RUN/ha user host
  mkdir -p "$directory"
  (
    umask 077
    for user in "${USERS[@]}"; do echo "${user%%:*} secret=${user#*:}"; done > "$directory/users"
    printf '%s' "$SHARED_KEY" > "$directory/shared-key"
    for host in "${!AAA6[@]}"; do radius_secret "$host" > "$directory/$host.secret"; done
  )
  cat > "$directory/homeport.yaml" << E
listen: [$HA6, $HA4]
identity: ha.example.org
certificate: $PKI/$OWN_CERTIFICATE-chain.pem
private-key: $PKI/$OWN_CERTIFICATE.key
$([ "$REMOTE_AUTH" != cert ] || echo "trust-anchors: $PKI/$TRUSTED.pem")
$([ "$REMOTE_AUTH" != eap ] || homeport_aaa)
$MORE_CONFIG
lease-rest: $LEASE_REST
pools:
  home6: { prefix: $HOME_PREFIX6, range: $POOL6 }
  home4: { prefix: $HOME_PREFIX4, range: $POOL4 }
connections:
  nodes:
    auth: ${REMOTE_AUTH/cert/certificate}
$([ "$REMOTE_AUTH" != psk ] || echo '    psk-file: shared-key')
$([ -z "$IKE_PROPOSALS" ] || echo "    ike-proposals: [$IKE_PROPOSALS]")
$([ -z "$ESP_PROPOSALS" ] || echo "    children: { net: { esp-proposals: [$ESP_PROPOSALS] } }")
    timing: { rekey-ike: $REKEY_IKE, rekey-child: $REKEY_CHILD, half-open: $HALF_OPEN }
$(sed 's/^/    /' <<< "$NODES_CONFIG")
limits: { fragment-size: $FRAGMENT_SIZE, cookie-threshold: $COOKIE_THRESHOLD }
log: { level: debug }
E
  if [ -e "$directory/homeport.log" ]; then mv "$directory/homeport.log" "$directory/homeport-before.log"; fi
  ip netns exec ha "$HOMEPORT_PROGRAM" run -c "$directory/homeport.yaml" "$@" > "$directory/homeport.log" 2>&1 &
  HOMEPORT=$!
  # The first program in a guest reads everything from a cold disk.
  wait_until 90 homeport_answers_or_ended
  homeport_answers
}

# homeport_aaa: its section "aaa". The secret of the AAA host NAME is in NAME.secret.
homeport_aaa() {
  local host
  if [ -n "$AAA_CONFIG" ]; then
    echo "$AAA_CONFIG"
  elif [ ${#RADIUS[@]} -eq 0 ]; then
    echo 'aaa: { users: users }'
  else
    printf 'aaa:\n  servers:\n'
    for host in "${RADIUS[@]}"; do echo "    $host: { address: '${AAA6[$host]}', secret-file: $host.secret }"; done
  fi
}

homeport_answers() { says "$RUN/ha/homeport.log" 'event=started '; }
homeport_answers_or_ended() { homeport_answers || gone "$HOMEPORT"; }

# homeport_stop: true if it ended by itself, within the 5 s that it promises, with status 0.
homeport_stop() {
  local begun
  now_ms
  begun=$NOW
  kill -TERM "$HOMEPORT"
  wait_until 10 gone "$HOMEPORT" || kill -KILL "$HOMEPORT"
  now_ms
  FIGURES="$((NOW - begun)) ms"
  wait "$HOMEPORT" 2> /dev/null
  [ $((NOW - begun)) -le 5000 ]
}

homeport_kill() {
  kill -KILL "$HOMEPORT"
  wait "$HOMEPORT" 2> /dev/null
}

# metric NAME: its value by now, as "homeport_half_open"; of several with that name, their sum. The scenario's
# MORE_CONFIG has to say metrics: '127.0.0.1:9464'.
metric() {
  in_ns ha bash -c 'exec 3<> /dev/tcp/127.0.0.1/9464; printf "GET /metrics HTTP/1.0\r\nHost: ha\r\n\r\n" >&3; cat <&3' 2> "$RUN/metric.log" \
    | awk -v name="$1" '{ sub(/\r$/, "") } $1 == name || index($1, name "{") == 1 { sum += $NF } END { print sum + 0 }'
}
