# Sourced. hostapd as an AAA server alone, without any wireless: it has EAP-AKA, AKA' and EAP-PSK, which FreeRADIUS has not.
declare -A HOSTAPD=()

# hostapd_user NAMESPACE NAME METHODS [SECRET]: NAME in quotes unless it is a pattern, as in hostapd's own users file.
hostapd_user() {
  mkdir -p "$RUN/$1"
  printf '%s\t%s\t%s\n' "$2" "$3" "${4-}" >> "$RUN/$1/hostapd-users"
}

# hostapd_start NAMESPACE [HLR]: HLR: socket of whoever knows the SIM cards' keys.
hostapd_start() {
  local directory=$RUN/$1
  mkdir -p "$directory"
  touch "$directory/hostapd-users"
  printf '2001:db8::/32\t%s\n' "$(radius_secret "$1")" > "$directory/hostapd-clients"
  cat > "$directory/hostapd.conf" << E
interface=none
driver=none
logger_stdout=-1
logger_stdout_level=0
logger_syslog=0
eap_server=1
eap_user_file=$directory/hostapd-users
server_id=aaa.example.org
ca_cert=$PKI/ca.pem
server_cert=$PKI/aaa.pem
private_key=$PKI/aaa.key
${2:+eap_sim_db=unix:$2}
eap_sim_db_timeout=10
radius_server_clients=$directory/hostapd-clients
radius_server_auth_port=1812
radius_server_ipv6=1
E
  ip netns exec "$1" hostapd -dd "$directory/hostapd.conf" > "$directory/hostapd.log" 2>&1 &
  HOSTAPD[$1]=$!
  wait_until 10 hostapd_ready_or_gone "$1"
  hostapd_ready "$1"
}
hostapd_ready() { says "$RUN/$1/hostapd.log" 'AP-ENABLED|Setup of interface done'; }
hostapd_ready_or_gone() { hostapd_ready "$1" || gone "${HOSTAPD[$1]}"; }

hostapd_stop() { stop_process "${HOSTAPD[$1]}" 10; }
