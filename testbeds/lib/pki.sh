# Sourced. A throw-away certification authority, made anew for every run.

# pki_make DIRECTORY
#   ca.pem                      ECDSA root; ha.pem ha.key (DNS:ha.example.org; ha-chain.pem with its chain), mn-ec, mn-rsa, mn-ed (*@example.org)
#   aaa.pem aaa.key             the AAA servers' (DNS:aaa.example.org); radsec.pem, the home agent's towards them
#   deep-ca.pem                 RSA-3072 root, two intermediates: ha-deep.pem, mn-deep.pem, chains of 4 kB
#   stranger-ca.pem             signs stranger.pem, which nobody trusts
pki_make() (
  set -e
  umask 077
  mkdir -p "$1"
  cd "$1"
  root ca ec
  leaf ca ha ec DNS:ha.example.org
  cp ha.pem ha-chain.pem
  leaf ca mn-ec ec email:ec@example.org
  leaf ca mn-rsa rsa:2048 email:rsa@example.org
  leaf ca mn-ed ed25519 email:ed@example.org
  leaf ca aaa ec DNS:aaa.example.org
  leaf ca radsec ec DNS:ha.example.org
  root deep-ca rsa:3072
  issued deep-ca deep-1 rsa:3072 "/O=Homeport test bed/CN=Intermediate one" \
    'basicConstraints=critical,CA:TRUE' 'keyUsage=critical,keyCertSign,cRLSign'
  issued deep-1 deep-2 rsa:3072 "/O=Homeport test bed/CN=Intermediate two" \
    'basicConstraints=critical,CA:TRUE' 'keyUsage=critical,keyCertSign,cRLSign'
  leaf deep-2 ha-deep rsa:3072 DNS:ha.example.org
  leaf deep-2 mn-deep rsa:3072 email:deep@example.org
  cat ha-deep.pem deep-2.pem deep-1.pem > ha-deep-chain.pem
  root stranger-ca ec
  leaf stranger-ca stranger ec email:stranger@example.org
)

key() {
  case $2 in
    ec) openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" ;;
    rsa:*) openssl genpkey -quiet -algorithm RSA -pkeyopt "rsa_keygen_bits:${2#rsa:}" -out "$1.key" ;;
    *) openssl genpkey -algorithm "$2" -out "$1.key" ;;
  esac
}

# root NAME KEYTYPE
root() {
  key "$1" "$2"
  openssl req -x509 -new -key "$1.key" -days 30 -subj "/O=Homeport test bed/CN=Root $1" -out "$1.pem" \
    -addext keyUsage=critical,keyCertSign,cRLSign
}

# issued ISSUER NAME KEYTYPE SUBJECT EXTENSION...
issued() {
  local issuer=$1 name=$2 type=$3 subject=$4
  shift 4
  key "$name" "$type"
  printf '%s\n' "$@" > "$name.extensions"
  openssl req -new -key "$name.key" -subj "$subject" 2> /dev/null \
    | openssl x509 -req -CA "$issuer.pem" -CAkey "$issuer.key" -days 30 -extfile "$name.extensions" -out "$name.pem" 2> /dev/null
}

# leaf ISSUER NAME KEYTYPE SUBJECTALTNAME
leaf() {
  issued "$1" "$2" "$3" "/O=Homeport test bed/CN=${4#*:}" basicConstraints=CA:FALSE keyUsage=digitalSignature \
    'extendedKeyUsage=serverAuth,clientAuth,1.3.6.1.5.5.7.3.17' "subjectAltName=$4"
}
