/*
 * /proc is read by the shell itself where that will do: programs are dear in an emulated guest. Each part begins with
 * a line of `@` and its name.
 */
const parts = String.raw`
echo @link; ip -o link
echo @address; ip -4 -o address
echo @forward; cat /proc/sys/net/ipv4/ip_forward
echo @conf
for c in /proc/sys/net/ipv4/conf/*; do
  read -r i <$c/arp_ignore; read -r a <$c/arp_announce; read -r r <$c/rp_filter; echo "\${c##*/} $i $a $r"
done
echo @default; ip -4 route show default
echo @tcp; cat /proc/net/tcp /proc/net/tcp6 2>/dev/null
echo @arp-rules
if command -v arptables-save; then arptables-save; fi 2>/dev/null | grep -e '^-A' -e '^-P.*DROP'
if command -v nft; then nft list ruleset arp; fi 2>/dev/null | grep -w arp | grep -v '^table'
`.replaceAll('\\$', '$');

/** Nothing else may come into the script. */
const dotted = /^\d{1,3}(\.\d{1,3}){3}$/;

/**
 * The shell script that reads what `GuestFacts` holds, for one round trip to a node: POSIX sh with iproute2, as root.
 * `parseFacts` reads its output. What a guest lacks (nft, tcp6) is passed over.
 * @param targets Addresses, such as the clients', to which the guest's route is told.
 */
export function gatherScript(targets: readonly string[]): string {
  const routes = targets
    .filter((target) => dotted.test(target))
    .map((target) => `echo '@route ${target}'; ip -4 -o route get ${target} 2>/dev/null`);
  return [parts.trim(), ...routes, 'true'].join('\n');
}
