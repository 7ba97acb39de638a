import type { OfferedSchedulers } from '../contract/ipvs.ts';
import { LabError } from '../contract/lab-error.ts';
import type { GuestShell } from '../guest/guest-session.ts';
import { schedulerCatalogue } from './scheduler-catalogue.ts';

/**
 * Tells what there is of ip_vs: a line `kernel RELEASE`, then lines `builtin`, `module` or `loaded` with a file or a
 * module. `extra`, `updates` and `weak-updates` are where distributions put modules from elsewhere.
 */
export const probeScript = `r=$(uname -r); d=/lib/modules/$r; echo "kernel $r"
sed -n 's,^.*/\\(ip_vs_[a-z0-9_]*\\.ko\\)$,builtin \\1,p' "$d/modules.builtin" 2>/dev/null
find "$d/kernel/net/netfilter/ipvs" "$d/extra" "$d/updates" "$d/weak-updates" -name 'ip_vs_*.ko*' 2>/dev/null | sed 's/^/module /'
sed -n 's/^\\(ip_vs_[a-z0-9_]*\\) .*/loaded \\1/p' /proc/modules`;

/** Parts of ip_vs with a module's name like a scheduler's. */
const noSchedulers = new Set(['ftp', 'pe_sip']);

type Offer = OfferedSchedulers['schedulers'][number];

/**
 * Which schedulers the guest's kernel offers, in one round trip; nothing is loaded by it.
 * @throws LabError 'guest-command-failed' when the guest does not even tell its kernel; what `director.run` throws.
 */
export async function probeSchedulers(
  director: GuestShell,
  signal?: AbortSignal,
): Promise<OfferedSchedulers> {
  const { stdout, stderr } = await director.run(probeScript, { signal });
  const offered = parseProbe(stdout);
  if (offered) return offered;
  throw new LabError('guest-command-failed', 'The director does not tell which schedulers its kernel has.', {
    why: stderr.trim() || stdout.trim().slice(0, 200) || 'it printed nothing',
    remedy: 'Run `ls /lib/modules/$(uname -r)/kernel/net/netfilter/ipvs` there.',
  });
}

/** Reads what `probeScript` prints; known schedulers first, in the catalogue's order. Undefined without a kernel. */
export function parseProbe(output: string): OfferedSchedulers | undefined {
  const kernel = /^kernel (\S+)$/m.exec(output)?.[1];
  if (kernel === undefined) return undefined;
  const found = new Map<string, Offer['as']>();
  for (const [, as, name = ''] of output.matchAll(
    /^(builtin|module|loaded) (?:.*\/)?ip_vs_(\w+)(?:\.ko\S*)?$/gm,
  )) {
    // A module that is loaded stands among the files too; it comes last and wins.
    if (!noSchedulers.has(name)) found.set(name, as as Offer['as']);
  }
  const known = schedulerCatalogue.flatMap((info): Offer[] => {
    const as = found.get(info.name);
    return as ? [{ name: info.name, as, info }] : [];
  });
  const names = new Set(known.map(({ name }) => name));
  const unknown = [...found].filter(([name]) => !names.has(name)).sort();
  return { kernel, schedulers: [...known, ...unknown.map(([name, as]) => ({ name, as, info: null }))] };
}
