# Sourced. What the scenarios need of the machine, and the Debian package that has it.
NEEDED=(
  linux.uml:user-mode-linux ip:iproute2 modprobe:kmod unshare:util-linux setpriv:util-linux ping:iputils-ping
  iptables-legacy:iptables tcpdump:tcpdump tshark:tshark openssl:openssl swanctl:strongswan-swanctl
  charon-systemd:charon-systemd
  /usr/lib/ipsec/plugins/libstrongswan-eap-mschapv2.so:libcharon-extauth-plugins
  /usr/lib/ipsec/plugins/libstrongswan-eap-radius.so:libcharon-extra-plugins
  /usr/lib/ipsec/plugins/libstrongswan-openssl.so:libstrongswan-standard-plugins
  /usr/lib/ipsec/plugins/libstrongswan-chapoly.so:libstrongswan-extra-plugins
  freeradius:freeradius radclient:freeradius-utils hostapd:hostapd
)

# present COMMAND-OR-FILE
present() {
  case $1 in
    /*) [ -e "$1" ] ;;
    *) PATH=$PATH:/usr/sbin:/sbin command -v "$1" > /dev/null ;;
  esac
}

# packages_missing: sets MISSING, the packages to install.
packages_missing() {
  local need
  MISSING=()
  for need in "${NEEDED[@]}"; do
    if ! present "${need%%:*}" && [[ " ${MISSING[*]-} " != *" ${need#*:} "* ]]; then MISSING+=("${need#*:}"); fi
  done
}
