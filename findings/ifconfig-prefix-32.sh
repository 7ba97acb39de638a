#!/bin/sh
# net-tools: `ifconfig IF ADDRESS/32`, as tutorials of LVS type it, sets the mask 0.0.0.0 and says nothing.
# /31 and `netmask 255.255.255.255` are right. On lo the address works all the same: what it costs is that
# `ip address del ADDRESS/32`, by which it would be taken away, does not find it.
# Seen with net-tools 2.10-0.1+deb12u2 (Debian 12). Needs root or user namespaces, and iproute2.
set -eu
version=2.10-0.1+deb12u2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download "net-tools=$version" >/dev/null 2>&1
dpkg-deb -x net-tools_*.deb .
seen=$(unshare --map-root-user --net sh -c '
  ./sbin/ifconfig lo up
  ./sbin/ifconfig lo:0 192.0.2.30/32 || echo failed
  ./sbin/ifconfig lo:1 192.0.2.40/31
  ./sbin/ifconfig lo:2 192.0.2.50 netmask 255.255.255.255
  ip -4 -o address show dev lo | sed -n "s/.*inet \(192[^ ]*\).*/\1/p"
  ip address del 192.0.2.30/32 dev lo 2>/dev/null || echo "no 192.0.2.30/32"
' 2>&1)
wanted='192.0.2.30/0
192.0.2.40/31
192.0.2.50/32
no 192.0.2.30/32'
echo "net-tools $version:"
echo "$seen"
[ "$(echo "$seen" | sort)" = "$(echo "$wanted" | sort)" ]
