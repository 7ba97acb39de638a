import { rulesFileOf } from '../family/rules-file.ts';
import type { ExportFile, ExportSource } from './export-source.ts';
import { ownWayOfAddresses } from './own-way.ts';
import { clientRemark, machineWords, macRemark } from './readme.ts';
import { downScript, installFolder, unitName, upScript } from './unit-files.ts';
import { sysctlFile } from './unit-form.ts';

interface NodeFolder {
  readonly node: string;
  /** By their places on the machine, without the leading slash. */
  readonly files: readonly ExportFile[];
}

/** The README.md beside exported units: which machines they are for, what goes where, and how it is started. */
export function unitsReadme(source: ExportSource, nodes: readonly NodeFolder[]): string {
  const { plan, modeTitle, steps } = source;
  const rules = rulesFileOf(plan.guest.traits);
  const places = [...new Set(nodes.flatMap(({ files }) => files.map(({ name }) => name)))];
  const rows = places.map((name) => {
    const on = nodes.filter(({ files }) => files.some((file) => file.name === name));
    return `| \`/${name}\` | ${on.map(({ node }) => node).join(', ')} | ${purposeOf(`/${name}`, rules)} |`;
  });
  return [
    `# ${plan.template}: ${modeTitle}`,
    `Files that keep the mode \`${plan.mode}\` of the lab \`${plan.template}\` over a restart of its machines, written by LVS Lab.`,
    '## Machines',
    ...machineWords(plan),
    ...macRemark(plan, steps, (node) => `${node}${upScript}`),
    'Nothing else may set up these NICs: where ifupdown, systemd-networkd or NetworkManager has an address for one of them, take it out there.',
    '## What goes where',
    ['| file | on | what it is |', '| --- | --- | --- |', ...rows].join('\n'),
    '## Use',
    'Copy each folder to its machine, and there as root:',
    '```\nsh install.sh                          # puts the files into their places\nsystemctl enable --now lvs.service     # starts it, now and whenever the machine starts\n```',
    'The order of the machines does not matter: no unit waits for another machine.',
    ...clientRemark(plan),
    `\`journalctl -u lvs\` has what each step found and did. \`systemctl stop lvs\` takes back what the unit did, the kernel's values of \`${sysctlFile}\` and the web server with it; the files stay. \`sh remove.sh\` takes the files away too, and puts back what they replaced, which is kept in \`${installFolder}\`. Install on machines on which nothing of it is set yet, another mode's files removed: what install.sh finds is what they go back to.`,
    ...ownWayOfAddresses(source),
    '',
  ].join('\n\n');
}

const tableWords =
  "the director's table, as `ipvsadm-save -n` writes it; `lvs-up` gives it to `ipvsadm-restore`";
const itsOwnService = 'ipvsadm.service must stay off: it overwrites the file when it stops';

function purposeOf(place: string, rules: string): string {
  const known: Readonly<Record<string, string>> = {
    [`/etc/systemd/system/${unitName}`]: 'runs `lvs-up` once at each start, `lvs-down` when it is stopped',
    [upScript]: 'addresses, routes, modules and the rest, step by step; what holds is left alone',
    [downScript]: 'takes back what `lvs-up` changed since the machine started',
    [sysctlFile]: "the kernel's values; read early in each start of the machine, and by `lvs-up`",
    [rules]: tableWords + (rules === '/etc/sysconfig/ipvsadm' ? `. ${itsOwnService}` : ''),
  };
  if (place.endsWith('.service.d/lvs.conf'))
    return 'has the web server stop with `lvs.service`, which starts it';
  return known[place] ?? 'as the recipe writes it';
}
