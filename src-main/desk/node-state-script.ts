import type { GuestTraits } from '../family/guest-traits.ts';
import type { NodePlan } from '../plan/lab-plan.ts';

/** Of every interface, `all` and `default`; lo and the management NIC have no part in LVS. */
const ofInterfaces = 'rp_filter arp_ignore arp_announce send_redirects accept_local';
/** Of net.ipv4.vs: what changes how a director schedules and forwards (Documentation/networking/ipvs-sysctl.rst). */
const ofDirector = [
  ...['conntrack', 'snat_reroute', 'conn_reuse_mode', 'expire_nodest_conn', 'expire_quiescent_template'],
  ...['sloppy_tcp', 'drop_entry', 'drop_packet', 'secure_tcp', 'nat_icmp_send', 'schedule_icmp', 'pmtu_disc'],
];

/** The services that a role's recipes start. */
function servicesOf(role: NodePlan['role'], { nginx, apache }: GuestTraits): readonly string[] {
  if (role === 'director') return ['lvs-health', 'keepalived'];
  return role === 'real-server' ? [nginx.service, apache.service] : [];
}

/** Nothing else may come into the script. */
const plainName = /^[a-z][\w.-]*$/;

/**
 * The shell script that tells a node's state in one round trip: POSIX sh with iproute2 and systemd, as root. Each part
 * begins with a line `@@` and its name; `parseNodeState` reads them. It changes nothing: ipvsadm would load ip_vs, so it
 * is asked only where that is loaded. Programs are dear in an emulated guest, so the shell itself reads /proc.
 * @param wanted Names of further kernel settings to tell.
 */
export function nodeStateScript(
  role: NodePlan['role'],
  wanted: Iterable<string>,
  traits: GuestTraits,
): string {
  const names = role === 'director' ? ofDirector.map((name) => `net.ipv4.vs.${name}`) : [];
  const all = ['net.ipv4.ip_forward', ...names, ...[...wanted].filter((name) => plainName.test(name))];
  const told = all.map((name) => `tell ${name} ${name.replaceAll('.', '/')}`);
  const own = servicesOf(role, traits);
  return `
echo @@addresses; ip address
echo @@routes; ip -4 route
echo @@rules; ip -4 rule
echo @@neighbours; ip neighbour
echo @@sysctls
tell() { if IFS= read -r value 2>/dev/null <"/proc/sys/$2"; then echo "$1=$value"; fi; }
${told.join('\n')}
for conf in /proc/sys/net/ipv4/conf/*; do
  nic=\${conf##*/}
  case $nic in lo|mgmt) continue ;; esac
  for key in ${ofInterfaces}; do tell net.ipv4.conf.$nic.$key net/ipv4/conf/$nic/$key; done
done
echo @@services
${own.length > 0 ? tellServices(own) : ''}
echo @@listening; ss -ltunp
${role === 'director' ? 'echo @@ipvs; if test -e /proc/net/ip_vs; then ipvsadm -Ln; fi' : ''}
echo @@log; journalctl --quiet --no-pager --lines=60
true`.trim();
}

/** `systemctl is-active` prints a line for each unit. */
function tellServices(units: readonly string[]): string {
  const names = units.join(' ');
  return `set -- ${names}; systemctl is-active ${names} | while read -r state; do echo "$1=$state"; shift; done`;
}
