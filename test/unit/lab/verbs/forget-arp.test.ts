import { expect, it } from 'vitest';
import type { GuestSession } from '../../../../src-main/guest/guest-session.ts';
import type { OwnedLab } from '../../../../src-main/lab/owned-lab.ts';
import { forgetArp } from '../../../../src-main/lab/verbs/forget-arp.ts';
import { loadTemplate } from '../../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../../src-main/template/templates-folder.ts';
import { madeUpMachine } from '../../../support/made-up-machine.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { madeUpRecord } from '../../desk/made-up-record.ts';

const work = { onProgress: () => undefined, signal: new AbortController().signal };

/** A lab of which the client alone runs, and answers so. */
async function made(answer: Partial<Awaited<ReturnType<GuestSession['run']>>>) {
  const record = madeUpRecord(await loadTemplate(templatesFolder(), 'three-modes'));
  const { uuid } = await madeUpMachine();
  const nodes = record.plan.nodes.map((node) => (node.name === 'client' ? { ...node, uuid } : node));
  const commands: string[] = [];
  const session: GuestSession = {
    ...{ node: 'client', close: () => Promise.resolve(), stream: () => Promise.resolve({ exitCode: 0 }) },
    run: (command) => {
      commands.push(command);
      return Promise.resolve({ exitCode: 0, stdout: '', stderr: '', ...answer });
    },
  };
  const lab: OwnedLab = {
    context: {
      ...{ dataFolder: temporaryFolder(), templatesFolder: templatesFolder() },
      ...{ connection: { uri: 'test:///default', env: {} }, portRange: { first: 40_000, last: 40_100 } },
    },
    ...{ record: { ...record, plan: { ...record.plan, nodes } }, lock: {} as OwnedLab['lock'] },
    ...{ sessions: new Map([['client', session]]), cables: {} as OwnedLab['cables'] },
  };
  return { lab, commands, vip: record.plan.service.vip };
}

it('forgets entries of any state, and tells of those with a MAC', async () => {
  const fixed = '10.10.0.100 dev eth0 lladdr 52:54:00:00:00:09 PERMANENT';
  const { lab, commands, vip } = await made({
    stdout: [
      '10.10.0.100 dev eth1 FAILED',
      '10.10.0.100 dev eth2 INCOMPLETE',
      '10.10.0.100 dev lo lladdr 00:00:00:00:00:00 NOARP',
      `${fixed} `,
    ].join('\n'),
  });
  const command = `ip neigh flush to ${vip} nud all`;
  expect(await forgetArp(lab, work)).toEqual({ vip, nodes: [{ node: 'client', command, had: fixed }] });
  expect(commands).toEqual([`ip neigh show to ${vip} nud all; ${command}`]);
});

it('takes entries without a MAC for none', async () => {
  const { lab } = await made({ stdout: '10.10.0.100 dev eth0 FAILED\n' });
  expect((await forgetArp(lab, work)).nodes).toMatchObject([{ node: 'client', had: '' }]);
});

it('fails where the command does', async () => {
  const { lab } = await made({ exitCode: 1, stderr: 'RTNETLINK answers: Operation not permitted\n' });
  await expect(forgetArp(lab, work)).rejects.toMatchObject({
    code: 'guest-command-failed',
    details: { node: 'client', why: 'RTNETLINK answers: Operation not permitted' },
  });
});
