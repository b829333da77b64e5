# Sourced. strongSwan's charon, privately: one per namespace, with directories and control socket of its own. No
# service of the machine is touched.
declare -A CHARON=()

# connection NAMESPACE NAME: adds a connection. Its body, in swanctl's syntax, comes on standard input and overrides
# what all connections have in common.
connection() {
  mkdir -p "$RUN/$1"
  cat >> "$RUN/$1/swanctl.conf" << E
connections {
  $2 {
    version = 2
    proposals = aes128gcm16-prfsha256-x25519, aes256-sha256-ecp256
    mobike = no
    children { net { mode = tunnel
        esp_proposals = aes128gcm16, aes256-sha256 } }
$(cat)
  }
}
E
}

# client NAMESPACE NAME: a connection of a mobile node to the home agent, by IPv6 unless the body says otherwise.
client() {
  connection "$1" "$2" << E
    local_addrs = $MN6
    remote_addrs = $HA6
    vips = ::
    remote { auth = pubkey
      id = ha.example.org
      cacerts = ca.pem }
    children { net { remote_ts = ::/0 } }
$(cat)
E
}

# eap_client NAMESPACE NAME IDENTITY PASSWORD: a client with EAP-MSCHAPv2, and a body as above.
eap_client() {
  client "$1" "$2" << E
    local { auth = eap-mschapv2
      id = $3
      eap_id = $3 }
$(cat)
E
  secret "$1" eap "$3" "$4"
}

# method_client NAMESPACE NAME METHOD IDENTITY PASSWORD: a client with eap-md5, eap-gtc or eap-ttls, and a body as above.
method_client() {
  eap_client "$1" "$2" "$4" "$5" << E
    local { auth = $3
      aaa_id = aaa.example.org }
$(cat)
E
}

# tls_client NAMESPACE NAME IDENTITY CERTIFICATE: a client with EAP-TLS, and a body as above.
tls_client() {
  client "$1" "$2" << E
    local { auth = eap-tls
      id = $3
      eap_id = $3
      certs = $4.pem
      aaa_id = aaa.example.org }
$(cat)
E
}

# secret NAMESPACE KIND ID SECRET: kind eap or ike.
secret() {
  mkdir -p "$RUN/$1"
  echo "secrets { $2-$((++SECRETS)) { id-1 = $3
    secret = \"$4\" } }" >> "$RUN/$1/swanctl.conf"
}
SECRETS=0

# charon_start NAMESPACE [OPTION...]: with what connection, client and secret said, and options of strongswan.conf
# such as "fragment_size = 500".
charon_start() {
  local namespace=$1 directory=$RUN/$1 name
  shift
  mkdir -p "$directory"/{x509,x509ca,x509aa,x509ac,x509crl,x509ocsp,pubkey,private,rsa,ecdsa,bliss,pkcs8,pkcs12}
  # Certificates that connections name, with the keys that belong to them; CAs that nobody may trust by accident are
  # named by each connection.
  for name in $(grep -oE '[a-z0-9-]+\.pem' "$directory/swanctl.conf" | sort -u); do
    case $name in
      *ca.pem) cp "$PKI/$name" "$directory/x509ca/" ;;
      *) cp "$PKI/$name" "$directory/x509/" && cp "$PKI/${name%.pem}.key" "$directory/private/" ;;
    esac
  done
  cat > "$directory/strongswan.conf" << E
charon-systemd {
  load_modular = no
  load = random nonce openssl curve25519 sha1 sha2 md4 md5 hmac kdf aes gcm chapoly gmp mgf1 pem pkcs1 pkcs8 x509 pubkey constraints eap-identity eap-md5 eap-mschapv2 $(charon_methods "$directory") kernel-netlink socket-default vici updown
  # Quick to give up, so that an unanswered request does not cost half a minute.
  retransmit_timeout = ${PATIENCE:-1}.0
  retransmit_tries = 3
  half_open_timeout = 15
  delete_rekeyed_delay = 1
  user = root
  $(printf '%s\n  ' "$@")
  plugins { vici { socket = unix://$directory/vici } }
  filelog { log { path = $directory/charon.log
      time_format = %T
      ike_name = yes
      flush_line = yes
      default = 1
      ike = 2
      cfg = 2
      knl = 2
      chd = ${CHARON_CHD_LOG:-2} } }
}
# Without this swanctl loads every plugin there is, which takes seconds.
swanctl { load = random nonce openssl sha1 sha2 pem pkcs1 pkcs8 x509 pubkey }
E
  rm -f "$directory/vici"
  # "ip netns exec" itself in the background, not a function: $! is the daemon's own process then.
  STRONGSWAN_CONF=$directory/strongswan.conf SWANCTL_DIR=$directory \
    ip netns exec "$namespace" /usr/sbin/charon-systemd > "$directory/charon.out.log" 2>&1 &
  CHARON[$namespace]=$!
  wait_until 20 test -S "$directory/vici" && charon_load "$namespace"
}

# charon_methods DIRECTORY: plugins that only some scenarios' connections need.
charon_methods() { grep -ohE 'eap-(tls|ttls|gtc|radius)' "$1/swanctl.conf" | sort -u | paste -sd' '; }

charon_load() { swanctl_in "$1" --load-all > "$RUN/$1/load.log" 2>&1; }

# swanctl_in NAMESPACE COMMAND [OPTION...]
swanctl_in() {
  local namespace=$1 command=$2
  shift 2
  STRONGSWAN_CONF=$RUN/$namespace/strongswan.conf SWANCTL_DIR=$RUN/$namespace \
    ip netns exec "$namespace" swanctl "$command" --uri "unix://$RUN/$namespace/vici" "$@"
}

# initiate NAMESPACE CONNECTION: IKE_SA and first child; FIGURES: how long it took. What charon said: initiate.log.
initiate() {
  local begun status
  now_ms
  begun=$NOW
  swanctl_in "$1" --initiate --ike "$2" --child net --timeout 20 > "$RUN/initiate.log" 2>&1
  status=$?
  now_ms
  FIGURES="$((NOW - begun)) ms"
  return $status
}

# refused NAMESPACE CONNECTION: the same, and the responder must say no.
refused() { ! initiate "$1" "$2" && grep -qE 'received (EAP_FAILURE|[A-Z_]+ notify|[A-Z_]+, no)' "$RUN/initiate.log"; }

# rekey NAMESPACE --child|--ike NAME
rekey() { swanctl_in "$1" --rekey "$2" "$3" > "$RUN/rekey.log" 2>&1; }

# granted: the home addresses that the last initiate brought.
granted() { sed -nE 's/.*installing new virtual IP (.*)/\1/p' "$RUN/initiate.log" | paste -sd' '; }

# told NOTIFY: the last initiate ended with this notify of the responder.
told() { grep -qE "received $1 " "$RUN/initiate.log"; }

# forget NAMESPACE CONNECTION: drops the IKE_SA without waiting for an answer.
forget() { swanctl_in "$1" --terminate --ike "$2" --force --timeout 1 > "$RUN/terminate.log" 2>&1; }

# terminate NAMESPACE CONNECTION
terminate() { swanctl_in "$1" --terminate --ike "$2" --timeout 10 > "$RUN/terminate.log" 2>&1; }

charon_stop() {
  stop_process "${CHARON[$1]}" 10
  unset "CHARON[$1]"
}
