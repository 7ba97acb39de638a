import { quote } from '../../template/value-types.ts';

/**
 * What a node tells of those who hold its kernel modules, each as lines of `listings` below: shell text that only reads.
 * A part begins with a line `== NAME`, with an argument behind it where there are several.
 */
export function listingScript(modules: readonly string[]): string {
  return [
    ...modules.map((name) => moduleListing(name.replaceAll('-', '_'))),
    ...(modules.some((name) => name.startsWith('ip_vs')) ? [ipVsListing] : []),
    ...(modules.includes('ipip') ? [ipipListing] : []),
    'true',
  ].join('\n');
}

function moduleListing(name: string): string {
  return [
    `if test -d /sys/module/${quote(name)}; then echo "== module ${name}"`,
    `cat /sys/module/${quote(name)}/refcnt 2>/dev/null || echo 0`,
    `for held in /sys/module/${quote(name)}/holders/*; do`,
    '  test -e "$held" || continue; by=${held##*/}; echo "$by $(cat /sys/module/$by/refcnt)"',
    'done; fi',
  ].join('\n');
}

/**
 * Only where ip_vs is loaded: ipvsadm would load it. Other network namespaces are found by their names and by the
 * processes in them; each has services and daemons of its own, which hold the one module.
 */
const ipVsListing = String.raw`
if test -e /proc/net/ip_vs; then
  echo "== rules"; ipvsadm -Sn
  echo "== daemons"; ipvsadm -L --daemon
  for tool in iptables ip6tables iptables-legacy ip6tables-legacy; do
    # Where the plain names stand for the legacy ones, these would be told twice.
    case $tool in *-legacy) if \${tool%-legacy} -V 2>/dev/null | grep -q legacy; then continue; fi ;; esac
    saved=$($tool-save 2>/dev/null) && echo "== firewall $tool" && echo "$saved" | grep -e '^\*' -e ' -m ipvs '
  done
  # One program for all processes: programs are dear in an emulated guest. Names come before processes.
  seen=' '
  stat -Lc '%i %n' /proc/self/ns/net /run/netns/* /proc/[0-9]*/ns/net 2>/dev/null | while read -r id ns; do
    case "$seen" in *" $id "*) continue ;; esac
    seen="$seen$id "
    test "$ns" != /proc/self/ns/net || continue
    echo "== namespace $ns"
    nsenter --net="$ns" ipvsadm -Sn 2>/dev/null </dev/null
    nsenter --net="$ns" ipvsadm -L --daemon 2>/dev/null </dev/null
  done
fi
for comm in /proc/[0-9]*/comm; do
  read -r name <"$comm" 2>/dev/null || continue
  case $name in keepalived|ldirectord) ;; *) continue ;; esac
  pid=$(echo "$comm" | cut -d/ -f3)
  unit=$(grep -oE '(keepalived|ldirectord)[^/]*\.service' /proc/$pid/cgroup | tail -n 1)
  args=$(tr '\0' ' ' </proc/$pid/cmdline)
  config=/etc/keepalived/keepalived.conf set=no
  for word in $args; do
    case $set$word in yes*) config=$word set=no ;; no-f|no--use-file) set=yes ;; no-f/*) config=\${word#-f} ;; no--use-file=*) config=\${word#*=} ;; esac
  done
  serves=no
  test "$name" = keepalived && ! grep -qrs -e virtual_server -e '^[[:space:]]*include' "$config" || serves=yes
  parent=$(cut -d ' ' -f 4 /proc/$pid/stat)
  echo "== process $pid"; echo "$name"; echo "$parent"; echo "$unit"; echo "$serves"; echo "$config"
done`.replaceAll('\\${', '${');

const ipipListing = String.raw`
if test -d /sys/module/ipip; then
  echo "== tunnels"; ip -o link show type ipip | cut -d: -f2 | cut -d@ -f1
  echo "== addresses"; ip -4 -o address show dev tunl0 | awk '{ print $4 }'
fi`;

/** One part of what the script prints. */
export interface Listing {
  readonly name: string;
  readonly argument: string;
  readonly lines: readonly string[];
}

/** Takes the script's output apart. */
export function parseListings(output: string): Listing[] {
  return output
    .split(/^== /m)
    .slice(1)
    .map((part) => {
      const [head = '', ...lines] = part.split('\n');
      const [name = '', argument = ''] = head.split(' ');
      return { name, argument, lines: lines.filter((line) => line.trim() !== '') };
    });
}
