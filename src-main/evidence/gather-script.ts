/*
 * /proc is read by the shell itself where that will do: programs are dear in an emulated guest. Each part begins with
 * a line of `@` and its name. nft and arptables-save would load their modules, so they are asked only where these are
 * there: without them there is no rule.
 */
const parts = String.raw`
echo @link; link=$(ip -o link); printf '%s\n' "$link"
echo @address; ip -4 -o address
echo @forward; cat /proc/sys/net/ipv4/ip_forward
echo @conf
for c in /proc/sys/net/ipv4/conf/*; do
  read -r i <$c/arp_ignore; read -r a <$c/arp_announce; read -r r <$c/rp_filter; echo "\${c##*/} $i $a $r"
done
echo @default; ip -4 route show default
echo @tcp; cat /proc/net/tcp /proc/net/tcp6 2>/dev/null
echo @arp-rules
if [ -e /sys/module/nf_tables ] || [ -e /sys/module/arp_tables ]; then
  if command -v arptables-save >/dev/null; then arptables-save; fi 2>/dev/null | grep -e '^-A' -e '^-P.*DROP'
fi
echo @nft
if [ -e /sys/module/nf_tables ] && command -v nft >/dev/null; then nft list ruleset 2>/dev/null; fi
echo @iptables
if [ -s /proc/net/ip_tables_names ]; then
  { if command -v iptables-legacy-save >/dev/null; then iptables-legacy-save -c; else iptables-save -c; fi; } 2>/dev/null
elif [ -e /sys/module/nft_compat ] && command -v iptables-save >/dev/null; then iptables-save -c 2>/dev/null
fi
echo @queues
case $link in *'qdisc netem'*|*'qdisc tbf'*|*'qdisc htb'*|*'qdisc hfsc'*|*'qdisc prio'*|*'qdisc red'*|*'qdisc bfifo'*|*'qdisc cbq'*)
  tc qdisc show 2>/dev/null;;
esac
echo @sysctls
for f in /proc/sys/net/ipv4/vs/* /proc/sys/net/netfilter/nf_conntrack_count /proc/sys/net/netfilter/nf_conntrack_max; do
  if [ -r "$f" ] && read -r v <"$f"; then echo "\${f##*/} $v"; fi
done 2>/dev/null
echo @counted; cat /proc/net/snmp /proc/net/netstat /proc/net/stat/nf_conntrack 2>/dev/null
`.replaceAll('\\$', '$');

/** Nothing else may come into the script. */
const dotted = /^\d{1,3}(\.\d{1,3}){3}$/;

/**
 * The shell script that reads what `GuestFacts` holds, for one round trip to a node: POSIX sh with iproute2, as root.
 * `parseFacts` reads its output. What a guest lacks (nft, tcp6) is passed over.
 * @param targets Addresses, such as the clients', to which the guest's route is told.
 * @param vip Whether the guest takes packets for it as its own is told too.
 */
export function gatherScript(targets: readonly string[], vip?: string): string {
  const ask = (name: string, address: string) => `echo '@${name}'; ip -4 -o route get ${address} 2>/dev/null`;
  const routes = targets
    .filter((target) => dotted.test(target))
    .map((target) => ask(`route ${target}`, target));
  const own = vip !== undefined && dotted.test(vip) ? [ask('vip', vip)] : [];
  return [parts.trim(), ...routes, ...own, 'true'].join('\n');
}
