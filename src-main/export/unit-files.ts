import type { ExportFile } from './export-source.ts';
import { comment } from './shell-text.ts';
import { sysctlFile, type UnitForm } from './unit-form.ts';

export const unitName = 'lvs.service';
export const upScript = '/usr/local/sbin/lvs-up';
export const downScript = '/usr/local/sbin/lvs-down';
/** Where install.sh keeps what was, until remove.sh. */
export const installFolder = '/var/lib/lvs';
/** What the sysctls of `sysctlFile` were before it was installed. */
export const sysctlBefore = `${installFolder}/sysctl.before`;

/**
 * The files of a node beside its two scripts, by their places on the machine. Pure.
 * @param nics Those that are to have addresses, by their names.
 */
export function unitFiles(form: UnitForm, nics: readonly string[], words: string): ExportFile[] {
  const { sysctl, ipvsadm, rulesFile, files, services } = form;
  const head = `${words}. Written by LVS Lab.`;
  return [
    file(`/etc/systemd/system/${unitName}`, unit(form, nics, words)),
    ...services.map((name) => file(`/etc/systemd/system/${name}.service.d/lvs.conf`, boundTo(name))),
    ...(sysctl.length > 0 ? [file(sysctlFile, lines(comment(head), sysctl))] : []),
    ...(ipvsadm.length > 0 ? [file(rulesFile, lines(comment(head), ipvsadm))] : []),
    ...Object.entries(files).map(([name, content]) => file(name, content)),
  ];
}

/** @param place Where it lies on the machine; in the export that is below the node's folder. */
function file(place: string, content: string): ExportFile {
  return { name: place.slice(1), content, mode: 0o644 };
}

/**
 * Firewalls are up before network-pre.target, and whoever sets up NICs before network.target: naming firewalls here
 * instead would have lvs-down, which starts them again, wait for itself.
 */
function unit({ sysctl, services }: UnitForm, nics: readonly string[], words: string): string {
  const web = services.map((name) => `${name}.service`);
  return lines([
    '[Unit]',
    `Description=LVS: ${words}`,
    `Wants=${['network-pre.target', 'network.target', ...web].join(' ')}`,
    `After=${['network-pre.target', 'network.target', 'systemd-sysctl.service', ...web].join(' ')}`,
    '',
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    'TimeoutStartSec=90',
    "# A NIC's driver may be loaded later than the first services are started.",
    ...nics.map((nic) => `ExecStartPre=/bin/sh -c 'until test -e /sys/class/net/${nic}; do sleep 0.2; done'`),
    `ExecStart=${upScript}`,
    '# Also after a start that failed half-way, where ExecStop= is not run.',
    `ExecStopPost=${downScript}`,
    ...(sysctl.length > 0 ? [`ExecStopPost=/sbin/sysctl -q -e -p ${sysctlBefore}`] : []),
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ]);
}

function boundTo(service: string): string {
  return lines([
    `# ${service} is started by the Wants= of ${unitName}, and stopped with it.`,
    '[Unit]',
    `PartOf=${unitName}`,
  ]);
}

function lines(...blocks: readonly (readonly string[])[]): string {
  return `${blocks.flat().join('\n')}\n`;
}
