# Sourced. The responder beside the home agent: Homeport; or charon in its place (RESPONDER=reference), to tell a fault
# of the bed from one of ours.
#
# What it shall do is said by variables, before home_agent_start:
REMOTE_AUTH=eap       # how the mobile node proves who it is: eap, cert or psk
OWN_CERTIFICATE=ha    # ha or ha-deep (see pki.sh)
TRUSTED=ca            # who signs for mobile nodes, where REMOTE_AUTH=cert
POOL6=2001:db8:100::1000-2001:db8:100::10ff
POOL4=10.100.0.100-10.100.0.199
REKEY_IKE=never       # as 4s
REKEY_CHILD=never
HALF_OPEN=30s         # how long an initial exchange may take
IKE_PROPOSALS=''      # strongSwan's spelling, joined by ", "; empty: as usual
ESP_PROPOSALS=''
COOKIE_THRESHOLD=30   # half-open sessions from which on newcomers return a cookie
LEASE_REST=1d         # how long a released address stays its former owner's
FRAGMENT_SIZE=1280    # octets of an IP datagram
SHARED_KEY='an open secret of the test bed'
RADIUS=()             # hosts of AAA servers that know the users, in order of priority; none: the responder knows USERS
AAA_CONFIG=''         # Homeport's section "aaa", in place of what USERS and RADIUS make of it
NODES_CONFIG=''       # more of its connection, as 'eap: { methods-without-msk: allow }'; a line each
MORE_CONFIG=''        # more sections
REFERENCE_RADIUS=''   # more of charon's eap-radius, where it stands in
USERS=(alice@example.org:wonderland bob@example.org:builder carol@example.org:carillon)

# home_agent_start [OPTION...]: options are for "homeport run".
home_agent_start() { "${RESPONDER}_start" "$@"; }

# home_agent_stop: SIGTERM; it says goodbye to its peers and ends.
home_agent_stop() { "${RESPONDER}_stop"; }

# home_agent_kill: SIGKILL; nothing is put in order.
home_agent_kill() { "${RESPONDER}_kill"; }

# charon in Homeport's place.
reference_start() {
  local user
  mkdir -p "$RUN/ha"
  : > "$RUN/ha/swanctl.conf"
  {
    cat << E
    local_addrs = $HA6, $HA4
    pools = home6, home4
    send_cert = always
    ${IKE_PROPOSALS:+proposals = $IKE_PROPOSALS}
    $(reference_lifetime "$REKEY_IKE" over_time)
    local { auth = pubkey
      certs = $OWN_CERTIFICATE.pem
      id = ha.example.org }
    children { net { local_ts = ::/0, 0.0.0.0/0
        ${ESP_PROPOSALS:+esp_proposals = $ESP_PROPOSALS}
        $(reference_lifetime "$REKEY_CHILD" life_time) } }
E
    case $REMOTE_AUTH in
      eap) echo "remote { auth = $([ ${#RADIUS[@]} -eq 0 ] && echo eap-mschapv2 || echo eap-radius)
        eap_id = %any }" ;;
      cert) echo "remote { auth = pubkey
        cacerts = $TRUSTED.pem }" ;;
      psk) echo 'local { auth = psk
        certs = }
        remote { auth = psk }' ;;
    esac
  } | connection ha mip6
  cat >> "$RUN/ha/swanctl.conf" << E
pools { home6 { addrs = $POOL6 }
  home4 { addrs = $POOL4 } }
E
  for user in "${USERS[@]}"; do secret ha eap "${user%%:*}" "${user#*:}"; done
  secret ha ike ha.example.org "$SHARED_KEY"
  charon_start ha "fragment_size = $FRAGMENT_SIZE" "cookie_threshold = $COOKIE_THRESHOLD" "$(reference_radius)"
}

reference_radius() {
  local host preference=100
  [ ${#RADIUS[@]} -gt 0 ] || return 0
  echo "plugins { eap-radius {
    $REFERENCE_RADIUS
    servers {"
  for host in "${RADIUS[@]}"; do
    echo "      $host { address = ${AAA6[$host]}
        secret = \"$(radius_secret "$host")\"
        sockets = 5
        preference = $((preference--)) }"
  done
  echo '  } } }'
}

# reference_lifetime TIME END: exactly then, and not given up soon after.
reference_lifetime() {
  if [ "$1" = never ]; then echo 'rekey_time = 0'; else printf '%s\n' "rekey_time = $1" 'rand_time = 0' "$2 = 1h"; fi
}

reference_stop() {
  swanctl_in ha --terminate --ike mip6 --timeout 10 > "$RUN/ha/terminate.log" 2>&1
  charon_stop ha
}
reference_kill() {
  kill -KILL "${CHARON[ha]}"
  wait "${CHARON[ha]}" 2> /dev/null
}
