import type { LabFacts } from '../../contract/lab-facts.ts';

type GuestVersions = LabFacts['guests'][string];

/** Of the image, by what tells its version; some on standard error. Programs that a guest has not are passed over. */
const programs = {
  ipvsadm: 'ipvsadm --version',
  nginx: 'nginx -v',
  curl: 'curl --version',
  keepalived: 'keepalived --version',
} as const;

/**
 * A POSIX shell script that prints what `parseGuestVersions` reads, and changes nothing: /proc/net/ip_vs is there where
 * ip_vs is loaded, and elsewhere `ipvsadm` would load it, even for its version.
 */
export const guestVersionsScript = [
  '. /etc/os-release 2>/dev/null; echo "system $PRETTY_NAME"',
  'echo "kernel $(uname -r)"',
  'if [ -r /proc/net/ip_vs ]; then echo "ipvs $(head -n 1 /proc/net/ip_vs)"; fi',
  ...Object.entries(programs).map(
    ([name, tell]) =>
      `if command -v ${name} >/dev/null${name === 'ipvsadm' ? ' && [ -r /proc/net/ip_vs ]' : ''}; then echo "${name} $(${tell} 2>&1 | head -n 1)"; fi`,
  ),
].join('\n');

/** What a guest runs, by the script's output. Pure. @param director Whether it is one: others' IPVS means nothing. */
export function parseGuestVersions(output: string, director: boolean): GuestVersions {
  const told = new Map(output.split('\n').map((line) => cut(line)));
  const version = (name: string) => /\d+(\.\d+)+/.exec(told.get(name) ?? '')?.[0];
  return {
    system: told.get('system') || null,
    kernel: told.get('kernel') || null,
    programs: Object.fromEntries(
      Object.keys(programs).flatMap((name) => {
        const own = version(name);
        return own === undefined ? [] : [[name, own]];
      }),
    ),
    ipvs: (director ? version('ipvs') : undefined) ?? null,
  };
}

/** At its first blank. */
function cut(line: string): [string, string] {
  const at = line.indexOf(' ');
  return at === -1 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).trim()];
}
