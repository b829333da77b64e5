#!/bin/sh
# Makes the certificates, keys and signatures of this directory with OpenSSL 3, so that ours are not only
# read by what wrote them. Run by hand; the results are kept. The keys protect nothing.
set -eu
cd "$(dirname "$0")"
rm -f ./*.pem ./*.sig ./*.csr ./*.srl
DAYS=36500

ca() { # name, key options...
    name=$1; shift
    openssl genpkey "$@" -out "$name.key.pem"
    openssl req -x509 -new -key "$name.key.pem" -subj "/O=Homeport Test/CN=$name" -days $DAYS -out "$name.pem" \
        -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign"
}

issue() { # issuer, name, extensions; the key is there already
    openssl req -new -key "$2.key.pem" -subj "/O=Homeport Test/CN=$2" -out "$2.csr"
    printf '%b' "$3" > ext.tmp
    openssl x509 -req -in "$2.csr" -CA "$1.pem" -CAkey "$1.key.pem" -CAcreateserial -days $DAYS \
        -extfile ext.tmp -out "$2.pem" 2>/dev/null
    rm -f ext.tmp "$2.csr" ./*.srl
}

END="basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\n"

ca rsa-ca -algorithm RSA -pkeyopt rsa_keygen_bits:2048
ca ec-ca -algorithm EC -pkeyopt ec_paramgen_curve:P-384
ca ed-ca -algorithm ED25519

# An RSA server two steps below its root; key in PKCS #8 and in the traditional form.
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa-sub-ca.key.pem
issue rsa-ca rsa-sub-ca "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\n"
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa-server.key.pem
issue rsa-sub-ca rsa-server "${END}subjectAltName=DNS:ha.example.com,IP:2001:db8::1,IP:192.0.2.1\nextendedKeyUsage=serverAuth\n"
cat rsa-server.pem rsa-sub-ca.pem > rsa-server.chain.pem
openssl pkey -in rsa-server.key.pem -traditional -out rsa-server.traditional.pem
openssl pkey -in rsa-server.key.pem -aes256 -passout pass:secret -out rsa-server.encrypted.pem
openssl rsa -in rsa-server.key.pem -traditional -aes256 -passout pass:secret -out rsa-server.encrypted-traditional.pem

for curve in P-256 P-384 P-521; do
    name="ec-$(echo $curve | tr 'P' 'p' | tr -d '-')"
    openssl ecparam -name $curve -genkey -out "$name.key.pem" # EC PARAMETERS, then EC PRIVATE KEY
    issue ec-ca "$name" "${END}subjectAltName=DNS:$name.example.com,email:$name@example.com\n"
done
openssl pkey -in ec-p256.key.pem -out ec-p256.pkcs8.pem

openssl genpkey -algorithm ED25519 -out ed.key.pem
issue ed-ca ed "${END}subjectAltName=email:mn@example.com\nextendedKeyUsage=clientAuth\n"

# Signatures over the ten octets "AUTH octet".
printf 'AUTH octet' > data.tmp
for hash in sha1 sha256 sha384 sha512; do
    openssl dgst -$hash -sign rsa-server.key.pem -out "rsa-$hash.sig" data.tmp
    openssl dgst -$hash -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -sign rsa-server.key.pem \
        -out "rsa-pss-$hash.sig" data.tmp
done
for name in ec-p256 ec-p384 ec-p521; do
    for hash in sha256 sha384 sha512; do
        openssl dgst -$hash -sign $name.key.pem -out "$name-$hash.sig" data.tmp
    done
done
openssl pkeyutl -sign -rawin -inkey ed.key.pem -in data.tmp -out ed.sig
rm -f data.tmp
