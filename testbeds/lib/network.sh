# Sourced. The network: namespaces joined by veth pairs.
#
#     mn ----- link A ----- rt ----- transit ----- ha ----- home link ----- cn
#       \----- link B -----/  \
#                              \--- outside --- nat --- private --- pn
#
#   mn   the mobile node; link B is for handovers, its interface is down at first
#   rt   a router
#   nat  a router that masquerades IPv4 and IPv6 and changes source ports
#   pn   a mobile node behind it
#   ha   the home agent: where the responder runs
#   cn   a correspondent on the home link; home addresses are reached through the home agent
#   aaa1 aaa2 ...  hosts of AAA servers, each on a link of its own to ha (aaa_hosts); ha joins them

MN4=10.0.1.10 MN6=2001:db8:a::10
MN4_B=10.0.2.10 MN6_B=2001:db8:b::10
NAT4=10.0.3.2 NAT6=2001:db8:c::2
PN4=192.168.7.10 PN6=fd00:7::10
HA4=10.2.0.1 HA6=2001:db8:2::1
CN4=10.100.0.12 CN6=2001:db8:100::c
HOME_PREFIX4=10.100.0.0/24 HOME_PREFIX6=2001:db8:100::/64
NAMESPACES=(mn rt nat pn ha cn)
# What the AAA host of that name has, and the home agent's end of its link: AAA6[aaa1], AAA_HA6[aaa1].
declare -A AAA4=() AAA6=() AAA_HA4=() AAA_HA6=()

# in_ns NAMESPACE COMMAND...
in_ns() { ip netns exec "$@"; }

# kernel_modules: loads what the scenarios use, then turns automatic loading off: else the first SA takes a second
# (one modprobe per algorithm name) while the peer retransmits. In a guest only.
kernel_modules() {
  modprobe -a veth tun esp4 esp6 xfrm_user authenc authencesn echainiv seqiv cbc ctr gcm ghash_generic \
    chacha20poly1305 poly1305_generic chacha_generic hmac sha512_generic xcbc cmac drbg ansi_cprng mip6 iptable_nat ip6table_nat xt_MASQUERADE xt_tcpudp sch_netem
  echo > /proc/sys/kernel/modprobe
}

network_up() {
  local namespace
  {
    for namespace in "${NAMESPACES[@]}"; do echo "netns add $namespace"; done
    echo link add mn0 netns mn type veth peer name rta netns rt
    echo link add mn1 netns mn type veth peer name rtb netns rt
    echo link add nat0 netns nat type veth peer name rtc netns rt
    echo link add pn0 netns pn type veth peer name nat1 netns nat
    echo link add ha0 netns ha type veth peer name rth netns rt
    echo link add home0 netns ha type veth peer name cn0 netns cn
  } | ip -batch - || return 1
  for namespace in rt nat ha; do
    in_ns "$namespace" sh -c 'cd /proc/sys/net; echo 1 > ipv4/ip_forward; echo 1 > ipv6/conf/all/forwarding
      echo 0 > ipv4/conf/all/send_redirects; echo 0 > ipv4/conf/default/send_redirects' || return 1
  done
  # Addresses are up at once (nodad), so that nothing waits for duplicate address detection.
  interfaces mn <<E
address mn0 $MN4/24 $MN6/64
address mn1 $MN4_B/24 $MN6_B/64
link set mn1 down
default 10.0.1.1 2001:db8:a::1
E
  interfaces rt <<E
address rta 10.0.1.1/24 2001:db8:a::1/64
address rtb 10.0.2.1/24 2001:db8:b::1/64
address rtc 10.0.3.1/24 2001:db8:c::1/64
address rth 10.2.0.254/24 2001:db8:2::ff/64
E
  interfaces nat <<E
address nat0 $NAT4/24 $NAT6/64
address nat1 192.168.7.1/24 fd00:7::1/64
default 10.0.3.1 2001:db8:c::1
E
  interfaces pn <<E
address pn0 $PN4/24 $PN6/64
default 192.168.7.1 fd00:7::1
E
  interfaces ha <<E
address ha0 $HA4/24 $HA6/64
address home0 10.100.0.1/24 2001:db8:100::1/64
default 10.2.0.254 2001:db8:2::ff
E
  # The correspondent sees nobody but the home agent on its link: it stands in for proxy neighbour discovery.
  interfaces cn <<E
address cn0 $CN4/32 $CN6/128
route add 10.100.0.1 dev cn0
route add 2001:db8:100::1 dev cn0
default 10.100.0.1 2001:db8:100::1
E
}

# interfaces NAMESPACE: reads lines for "ip -batch", and two of our own:
#   address DEV IPV4/LENGTH IPV6/LENGTH      default IPV4 IPV6
interfaces() {
  {
    echo link set lo up
    while read -r verb first second third; do
      case $verb in
        address)
          echo "addr add $second dev $first"
          echo "addr add $third dev $first nodad"
          echo "link set $first up"
          ;;
        default)
          echo "route add default via $first"
          echo "route add default via $second"
          ;;
        *) echo "$verb $first $second $third" ;;
      esac
    done
  } | ip -n "$1" -batch -
}

# aaa_hosts NAME...: hosts for AAA servers, each at the end of a link to the home agent: aaa0 there, NAME here.
aaa_hosts() {
  local name number=${#AAA6[@]}
  for name; do
    number=$((number + 1))
    AAA4[$name]=10.3.$number.2 AAA6[$name]=2001:db8:3$number::2
    AAA_HA4[$name]=10.3.$number.1 AAA_HA6[$name]=2001:db8:3$number::1
    NAMESPACES+=("$name")
    printf '%s\n' "netns add $name" "link add $name netns ha type veth peer name aaa0 netns $name" | ip -batch - || return 1
    interfaces ha << E
address $name ${AAA_HA4[$name]}/24 ${AAA_HA6[$name]}/64
E
    interfaces "$name" << E
address aaa0 ${AAA4[$name]}/24 ${AAA6[$name]}/64
default ${AAA_HA4[$name]} ${AAA_HA6[$name]}
E
  done
}

# delayed NAMESPACE DEVICE MILLISECONDS: from now on packets take that long to leave there; 0: as fast as they can.
delayed() {
  if [ "$3" = 0 ]; then tc -n "$1" qdisc del dev "$2" root; else tc -n "$1" qdisc replace dev "$2" root netem delay "$3ms"; fi
}

# nat_on: from now on the router "nat" hides what is behind it. Source ports change, as they do at home routers.
nat_on() {
  in_ns nat sh -c '
    iptables-legacy -t nat -A POSTROUTING -o nat0 -p udp -j MASQUERADE --to-ports 20000-29999
    iptables-legacy -t nat -A POSTROUTING -o nat0 -j MASQUERADE
    ip6tables-legacy -t nat -A POSTROUTING -o nat0 -p udp -j MASQUERADE --to-ports 20000-29999
    ip6tables-legacy -t nat -A POSTROUTING -o nat0 -j MASQUERADE'
}

network_down() {
  local namespace
  for namespace in "${NAMESPACES[@]}"; do ip netns del "$namespace" 2> /dev/null; done
  return 0
}

# capture NAME NAMESPACE DEVICE FILTER: tcpdump into $RUN/NAME.pcap; capturing when this returns.
capture() {
  ip netns exec "$2" tcpdump --immediate-mode -Unni "$3" -w "$RUN/$1.pcap" "$4" 2> "$RUN/$1.tcpdump" &
  CAPTURES[$1]=$!
  wait_until 10 says "$RUN/$1.tcpdump" 'listening on'
}
declare -A CAPTURES=()

# capture_end NAME: stops it; all packets are in the file then.
capture_end() {
  kill -INT "${CAPTURES[$1]}"
  wait "${CAPTURES[$1]}"
  unset "CAPTURES[$1]"
  return 0
}

# packets NAME FILTER: how many packets of a finished capture match.
packets() { tcpdump -nnr "$RUN/$1.pcap" "$2" 2> /dev/null | wc -l; }
