import type { GuestTraits } from './guest-traits.ts';
import { guestScript } from './write-file.ts';

/**
 * What recipes start themselves. ipvsadm.service of the rhel family fails without its file, and overwrites it when it
 * stops; nftables.service would bring rules beside firewalld's.
 */
const startedByRecipes = ['keepalived', 'ipvsadm', 'nftables'];

/** What asks the network for something, or waits for it, which a lab has not. */
const ofNoUse = [
  ...['apt-daily.timer', 'apt-daily-upgrade.timer', 'unattended-upgrades.service', 'dnf-makecache.timer'],
  ...['systemd-timesyncd.service', 'chronyd.service', 'man-db.timer', 'kdump.service'],
  ...['NetworkManager-wait-online.service', 'systemd-networkd-wait-online.service'],
];

/**
 * The shell script that settles what a guest runs when it starts: neither web servers nor what a recipe starts, nothing
 * that looks for a network; firewalld stays as its package has it. Units that a guest has not are passed over. Pure.
 */
export function servicesScript({ apache, nginx, selinux }: GuestTraits): string {
  const units = [apache.service, nginx.service, ...startedByRecipes].map((name) => `${name}.service`);
  return guestScript(
    // Asked all at once: under emulation each call of systemctl takes a second and more.
    `there() { systemctl list-unit-files --no-legend --no-pager "$@" | cut -d ' ' -f 1; }`,
    `units=$(there ${units.join(' ')})`,
    '# shellcheck disable=SC2086',
    'if test -n "$units"; then systemctl stop $units; systemctl disable $units; fi',
    // Masked, since presets and other units want some of them again.
    `units=$(there ${ofNoUse.join(' ')})`,
    '# shellcheck disable=SC2086',
    'if test -n "$units"; then systemctl stop $units; systemctl mask $units; fi',
    ...(selinux === 'off' ? [] : [keepalivedPorts]),
  );
}

/**
 * SELinux lets keepalived's checks connect to port 80, but to 8080 only with this switch
 * (policy/modules/contrib/keepalived.te of fedora-selinux: corenet_tcp_connect_http_port, keepalived_connect_any).
 */
const keepalivedPorts =
  'if getsebool keepalived_connect_any >/dev/null 2>&1; then setsebool -P keepalived_connect_any 1; fi';
