# Sourced. FreeRADIUS, privately: one per AAA host, with a directory, users and a secret of its own. No service of the
# machine is touched.
#
# What it shall be is said before freeradius_start, in files that are made here; it reads them but once.
declare -A FREERADIUS=()
FREERADIUS_TLS=1.3 # the newest version it takes with EAP methods
FREERADIUS_EAP=mschapv2 # the method that it offers first

# radius_secret NAMESPACE: what clients of the server there share with it.
radius_secret() { printf 'the secret of %s' "$1"; }

# radius_user NAMESPACE NAME PASSWORD [ATTRIBUTE...]: a user, and what an Access-Accept says of it, such as
# 'Session-Timeout = 3600'. PASSWORD - : it has none, but a certificate.
radius_user() {
  local directory=$RUN/$1 name=$2 password=$3
  shift 3
  mkdir -p "$directory"
  {
    if [ "$password" = - ]; then echo "$name"; else echo "$name Cleartext-Password := \"$password\""; fi
    while [ $# -gt 0 ]; do
      printf '\t%s%s\n' "$1" "${2:+,}"
      shift
    done
  } >> "$directory/users"
}

# radius_realm NAMESPACE REALM SERVER: the server of NAMESPACE is a proxy and sends that realm on to the one of SERVER.
radius_realm() {
  mkdir -p "$RUN/$1"
  cat >> "$RUN/$1/realms" << E
home_server $3-auth {
  type = auth
  ipv6addr = ${AAA6[$3]}
  port = 1812
  secret = "$(radius_secret "$3")"
  response_window = 5
  zombie_period = 5
  revive_interval = 5
  status_check = status-server
  check_interval = 6
  num_answers_to_alive = 3
}
home_server $3-acct {
  type = acct
  ipv6addr = ${AAA6[$3]}
  port = 1813
  secret = "$(radius_secret "$3")"
  response_window = 5
}
home_server_pool $3-auth { home_server = $3-auth }
home_server_pool $3-acct { home_server = $3-acct }
realm $2 {
  auth_pool = $3-auth
  acct_pool = $3-acct
  nostrip
}
E
}

# radius_listeners FAMILY ADDRESS
radius_listeners() {
  printf '  listen {\n    type = %s\n    %s = %s\n    port = %s\n  }\n' auth "$1" "$2" 1812 acct "$1" "$2" 1813
}

# freeradius_said LIST: takes over from it what is said of users.
freeradius_said() {
  local attribute
  for attribute in Session-Timeout Class Filter-Id Framed-IP-Address Framed-IPv6-Address Chargeable-User-Identity; do
    echo "      &$attribute := &$1:$attribute"
  done
}

# freeradius_configure NAMESPACE
freeradius_configure() {
  local directory=$RUN/$1
  mkdir -p "$directory/dictionaries"
  touch "$directory/users" "$directory/realms" "$directory/dictionary"
  # Those of the RFCs, not of three hundred makers: they cost seconds in a guest.
  grep -E '^\$INCLUDE dictionary\.(rfc.*|microsoft|3gpp|freeradius|freeradius\.internal)$' /usr/share/freeradius/dictionary \
    | sed 's#dictionary\.#/usr/share/freeradius/&#' > "$directory/dictionaries/dictionary"
  cat > "$directory/radiusd.conf" << E
libdir = /usr/lib/freeradius
raddbdir = $directory
logdir = $directory
run_dir = $directory
db_dir = $directory
pidfile = $directory/radiusd.pid
max_request_time = 10
cleanup_delay = 5
max_requests = 4096
hostname_lookups = no
security {
  max_attributes = 200
  reject_delay = 0
  status_server = yes
  allow_vulnerable_openssl = yes
}
thread pool {
  start_servers = 2
  max_servers = 4
  min_spare_servers = 1
  max_spare_servers = 2
  max_requests_per_server = 0
  max_queue_size = 1024
}
proxy_requests = yes
proxy server { default_fallback = no }
\$INCLUDE realms
client by-ipv6 {
  ipv6addr = 2001:db8::/32
  secret = "$(radius_secret "$1")"
  require_message_authenticator = yes
}
client by-ipv4 {
  ipv4addr = 10.3.0.0/16
  secret = "$(radius_secret "$1")"
  require_message_authenticator = yes
}
clients radsec {
  client home-agent {
    ipv6addr = 2001:db8::/32
    proto = tls
    secret = radsec
  }
}
modules {
  realm suffix {
    format = suffix
    delimiter = "@"
  }
  files { usersfile = $directory/users }
  pap { }
  mschap {
    use_mppe = yes
    require_encryption = yes
    require_strong = yes
  }
  always reject { rcode = reject }
  detail requests { filename = $directory/requests.log }
  detail accounts { filename = $directory/accounts.log }
  eap {
    default_eap_type = $FREERADIUS_EAP
    timer_expire = 60
    max_sessions = 2048
    md5 { }
    gtc { auth_type = PAP }
    mschapv2 { }
    tls-config common {
      private_key_file = $PKI/aaa.key
      certificate_file = $PKI/aaa.pem
      ca_file = $PKI/ca.pem
      fragment_size = 1024
      cipher_list = DEFAULT
      tls_min_version = 1.2
      tls_max_version = $FREERADIUS_TLS
      ecdh_curve = ""
      cache { enable = no }
    }
    tls { tls = common }
    ttls {
      tls = common
      default_eap_type = mschapv2
      copy_request_to_tunnel = no
      use_tunneled_reply = no
      virtual_server = tunnelled
    }
    peap {
      tls = common
      default_eap_type = mschapv2
      copy_request_to_tunnel = no
      use_tunneled_reply = no
      virtual_server = tunnelled
    }
  }
}
server outer {
$(radius_listeners ipv6addr ::)
$(radius_listeners ipv4addr '*')
  # RADIUS over TLS (RFC 6614), for whoever has a certificate of our authority.
  listen {
    type = auth+acct
    proto = tcp
    ipv6addr = ::
    port = 2083
    clients = radsec
    tls {
      private_key_file = $PKI/aaa.key
      certificate_file = $PKI/aaa.pem
      ca_file = $PKI/ca.pem
      fragment_size = 8192
      cipher_list = DEFAULT
      tls_min_version = 1.2
      tls_max_version = 1.3
      require_client_cert = yes
      cache { enable = no }
    }
  }
  # What users' entries say goes out in Access-Challenges too, as many a server in the field has it.
  authorize {
    requests
    suffix
    files
    eap { ok = return }
  }
  authenticate {
    Auth-Type MS-CHAP {
      mschap
    }
    eap
  }
  preacct {
    suffix
  }
  accounting {
    accounts
  }
  post-auth {
    # Whoever has a certificate may use the name in it, and no other.
    if (&TLS-Client-Cert-Subject-Alt-Name-Email && &TLS-Client-Cert-Subject-Alt-Name-Email != &User-Name) {
      reject
    }
    update reply {
      &User-Name := &session-state:User-Name
$(freeradius_said session-state)
    }
  }
}
# Inside TTLS and PEAP: what is said of the user there holds, its name above all.
server tunnelled {
  authorize {
    files
    mschap
    eap { ok = return }
    pap
  }
  authenticate {
    Auth-Type PAP {
      pap
    }
    Auth-Type MS-CHAP {
      mschap
    }
    eap
  }
  post-auth {
    update outer.session-state {
      &User-Name := &User-Name
$(freeradius_said reply)
    }
  }
}
E
}

# freeradius_start NAMESPACE: ready when this returns. What it says: freeradius.log; each request of its clients:
# requests.log; accounting: accounts.log.
freeradius_start() {
  local directory=$RUN/$1
  [ -e "$directory/radiusd.conf" ] || freeradius_configure "$1"
  if [ -e "$directory/freeradius.log" ]; then mv "$directory/freeradius.log" "$directory/freeradius-before.log"; fi
  # To standard output: it locks a log file of its own for each line.
  ip netns exec "$1" freeradius -f -xx -D "$directory/dictionaries" -d "$directory" -n radiusd -l stdout > "$directory/freeradius.log" 2>&1 &
  FREERADIUS[$1]=$!
  wait_until 20 freeradius_ready_or_gone "$1"
  freeradius_ready "$1"
}
freeradius_ready() { says "$RUN/$1/freeradius.log" 'Ready to process requests'; }
freeradius_ready_or_gone() { freeradius_ready "$1" || gone "${FREERADIUS[$1]}"; }

freeradius_stop() { stop_process "${FREERADIUS[$1]}" 10; }

# freeradius_hang NAMESPACE, freeradius_wake NAMESPACE: it takes packets, and says nothing until it is woken.
freeradius_hang() { kill -STOP "${FREERADIUS[$1]}"; }
freeradius_wake() { kill -CONT "${FREERADIUS[$1]}"; }

# records NAMESPACE FILE: what is in requests.log or accounts.log, one line "Attribute=value;Attribute=value;" a record.
records() {
  [ -e "$RUN/$1/$2.log" ] || return 0
  awk '
    /^\t/ { sub(/^\t/, ""); sub(/ = /, "="); gsub(/"/, ""); record = record $0 ";"; next }
    /^$/ && record { print record; record = "" }
    END { if (record) print record }' "$RUN/$1/$2.log"
}

# attributes NAME...: of records on standard input, those attributes' values, one line a record; "-" where one is missing.
attributes() {
  awk -v names="$*" '
    BEGIN { count = split(names, name, " ") }
    {
      line = ";" $0
      for (i = 1; i <= count; i++) {
        value = "-"
        if (at = index(line, ";" name[i] "=")) {
          value = substr(line, at + length(name[i]) + 2)
          value = substr(value, 1, index(value, ";") - 1)
        }
        printf "%s%s", value, i < count ? " " : "\n"
      }
    }'
}

# accounted NAMESPACE NAME: the kinds of accounting records of this user, in order, as "Start Interim-Update Stop".
accounted() { records "$1" accounts | grep -F "User-Name=$2;" | attributes Acct-Status-Type | paste -sd' '; }

# accounted_as NAMESPACE NAME KINDS: those kinds, and no other; a pattern, matched as a whole.
accounted_as() {
  local kinds
  kinds=$(accounted "$1" "$2")
  FIGURES=$(sed -E 's/Interim-Update( Interim-Update)+/Interim-Updates/g' <<< "$kinds")
  [[ $kinds =~ ^($3)$ ]]
}
