import { labResultSchema, type LabResult } from '../../src-main/contract/lab-result.ts';
import { observationSchema } from '../../src-main/contract/observation.ts';
import { connectNode } from '../support/connect-node.ts';
import type { AskLvslab } from './ask-lvslab.ts';
import { titles, type BakedGuest } from './image-checks.ts';
import { NotApplicable, type Check } from './run-checks.ts';

const lab = `acceptance-${process.pid}`;
const requests = 20;
/** Seconds a node may take: under emulation a stock guest needs a minute, and several start at a time. */
const bootTimeout = '900';

interface LabTerms {
  readonly template: string;
  readonly mode: string;
  readonly firewall: 'on' | 'off';
}

/** Labs in every mode on the baked image, with the firewall stopped and kept. */
export function labChecks(image: string, ask: AskLvslab, guest: BakedGuest): Check[] {
  const terms = (['off', 'on'] as const).flatMap((firewall) =>
    ['nat', 'dr', 'tun'].map((mode) => ({ template: 'three-modes', mode, firewall })),
  );
  return [
    ...[...terms, { template: 'routed', mode: 'tun', firewall: 'off' as const }].map((each) => ({
      title: titleOf(each),
      needs: [titles.bake],
      run: () => proveLab(each, image, ask, guest),
    })),
    {
      title: 'no lab is left',
      run: async () => {
        const { labs } = (await ask('ls')).result as { labs: { name: string }[] };
        if (labs.some(({ name }) => name === lab)) throw new Error(`${lab} is still there`);
        return 'none';
      },
    },
  ];
}

function titleOf({ template, mode, firewall }: LabTerms): string {
  return `${template} in ${mode}, firewall ${firewall}`;
}

/** Starts a lab, proves all its claims, looks at the guests' security, and takes it down. */
async function proveLab(
  terms: LabTerms,
  image: string,
  ask: AskLvslab,
  { traits }: BakedGuest,
): Promise<string> {
  const { template, mode, firewall } = terms;
  if (firewall === 'on' && traits?.firewall === 'none')
    throw new NotApplicable('The guests have no firewall.');
  const options = firewall === 'on' ? ['--option', 'firewall=on'] : [];
  const flags = ['--image', image, '--mode', mode, '--name', lab, '--boot-timeout', bootTimeout, ...options];
  try {
    const { code, result } = await ask('run', template, '--requests', `${requests}`, '--keep', ...flags);
    const { run, timings, nodes } = labResultSchema.parse(result);
    if (code !== 0 || run.failed > 0) throw new Error(`${run.failed} of ${requests} requests failed`);
    const claims = await proveClaims(ask);
    const security = await lookAtSecurity(nodes, traits?.selinux ?? 'off', firewall);
    const replied = ((timings.firstReplyMs ?? NaN) / 1000).toFixed(1);
    return `first reply after ${replied} s (nodes ${(timings.bootMs / 1000).toFixed(1)} s), ${JSON.stringify(run.byServer)}, ${claims}, ${security}`;
  } finally {
    await ask('rm', lab).catch(() => undefined);
  }
}

async function proveClaims(ask: AskLvslab): Promise<string> {
  const { claims, failed } = observationSchema.parse((await ask('verify', lab)).result);
  const open = claims.filter(({ verdict }) => verdict !== 'proved');
  if (open.length > 0 || failed > 0) {
    const list = open.map(({ id, verdict, why }) => `${id} ${verdict} (${JSON.stringify(why)})`);
    throw new Error(`${failed} requests failed; claims not proved: ${list.join('; ') || 'none'}`);
  }
  return `${claims.length} claims proved`;
}

/** SELinux is in the mode the bake found, and the firewall as the lab was asked to leave it, on director and real servers. */
async function lookAtSecurity(
  nodes: LabResult['nodes'],
  selinux: string,
  firewall: LabTerms['firewall'],
): Promise<string> {
  const wanted = `${selinux} ${firewall === 'on' ? 'active' : 'inactive'}`;
  const ask = [
    'mode=$(getenforce 2>/dev/null || echo off)',
    'test "$mode" != Disabled || mode=off',
    'state=$(systemctl is-active firewalld || true)',
    'test "$state" = active || state=inactive',
    'echo "$mode $state"',
  ].join('; ');
  for (const node of nodes.filter(({ role }) => role === 'director' || role === 'real-server')) {
    const session = await connectNode(node);
    try {
      const found = (await session.run(ask)).stdout.trim().toLowerCase();
      if (found !== wanted)
        throw new Error(`${node.name}: SELinux and firewalld are ${found}, not ${wanted}`);
    } finally {
      await session.close();
    }
  }
  return `SELinux ${selinux}, firewalld ${firewall === 'on' ? 'active' : 'inactive'}`;
}
