import { installScript, packagesFor } from '../../family/packages.ts';
import { networkScript } from '../../family/network.ts';
import { probeScript } from '../../family/probe-script.ts';
import { sealScript } from '../../family/seal.ts';
import { servicesScript } from '../../family/services.ts';
import { webServersScript } from '../../family/web-servers.ts';
import type { GuestSystem, GuestTraits } from '../../family/guest-traits.ts';
import { managementMac } from '../../libvirt/xml/create-domain.ts';
import type { CatalogueEntry } from '../catalogue/entry-schema.ts';
import type { GuestProxy } from './guest-proxy.ts';

/** Something a guest is told to do while it is baked. */
export interface GuestTask {
  /** As the object of "could not". */
  readonly what: string;
  /** For a POSIX shell, as root. */
  readonly script: string;
}

/** The address slirp would give the guest by DHCP, and forwards SSH to (QEMU, "Using the user mode network stack"). */
const managementAddress = '10.0.2.15/24';

/** The end of cloud-init's first boot, whatever its version: it may hold locks, and writes its outcome last. */
export const untilCloudInit: GuestTask = {
  what: 'end the first boot of cloud-init',
  script: `result=/run/cloud-init/result.json
tries=0
until test -e "$result"; do
  tries=$((tries + 1))
  if test "$tries" -gt 900; then cloud-init status --long; exit 1; fi
  sleep 1
done
cat "$result"
`,
};

/** What the guest is. */
export const probe: GuestTask = { what: 'be asked what it is', script: probeScript() };

/** Brings in what the roles of a lab need. */
export function install(
  system: GuestSystem,
  { packages }: Pick<CatalogueEntry, 'packages'>,
  proxy: GuestProxy | undefined,
): GuestTask {
  const script = installScript(system, packagesFor(system, packages.names));
  return { what: 'install the packages', script: `${exportsOf(proxy)}${script}` };
}

/** What makes of a guest with its packages one that a lab can start from. */
export function prepare(traits: GuestTraits): GuestTask[] {
  return [
    { what: 'set up its web servers', script: webServersScript(traits) },
    { what: 'set its services', script: servicesScript(traits) },
    {
      what: 'set up its network',
      script: networkScript(traits, { mac: managementMac, address: managementAddress }),
    },
    { what: 'set up SSH', script: sshScript },
  ];
}

/** Takes away what makes it this machine and no other. */
export const seal: GuestTask = { what: 'be sealed', script: sealScript() };

/** The kernel that runs, and what it starts from: as the family calls them. */
export const kernelScript = 'exec cat "/boot/vmlinuz-$(uname -r)"';
export const initrdScript = `for file in "/boot/initrd.img-$(uname -r)" "/boot/initramfs-$(uname -r).img"; do
  if test -e "$file"; then exec cat "$file"; fi
done
echo "There is neither initrd.img nor initramfs of $(uname -r) in /boot." >&2
exit 1
`;

/** What is deleted on the disk shall not be kept; the session ends before the machine does. */
export const powerOff: GuestTask = {
  what: 'switch itself off',
  script: 'fstrim --all || true; sync; (sleep 1; systemctl poweroff) >/dev/null 2>&1 &\n',
};

/**
 * sshd tells its process id where a node's identity is given, shows one host key only and makes no other. The lines stand first, since
 * of several the first counts, and older versions read no folder of files (sshd_config(5)).
 */
const sshScript = String.raw`set -eu
file=/etc/ssh/sshd_config
{
  echo '# LVS Lab'
  echo 'PidFile /run/sshd.pid'
  echo 'HostKey /etc/ssh/ssh_host_ed25519_key'
  echo 'PermitRootLogin prohibit-password'
  echo 'PasswordAuthentication no'
  echo 'UseDNS no'
  sed 's/^[[:space:]]*HostKey[[:space:]]/#&/' "$file"
} >"$file.new"
cat "$file.new" >"$file"
rm "$file.new"
sshd=$(command -v sshd || echo /usr/sbin/sshd)
"$sshd" -t
for unit in sshd-keygen.target sshd-keygen.service; do
  if systemctl cat "$unit" >/dev/null 2>&1; then systemctl mask "$unit"; fi
done
`;

function exportsOf(proxy: GuestProxy | undefined): string {
  if (!proxy) return '';
  const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const names = ['http_proxy', 'https_proxy'].map((name) => `export ${name}=${quoted(proxy.proxy)}\n`);
  const noProxy = proxy.noProxy === undefined ? '' : `export no_proxy=${quoted(proxy.noProxy)}\n`;
  return `${names.join('')}${noProxy}`;
}
