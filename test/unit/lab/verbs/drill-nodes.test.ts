import { describe, expect, it } from 'vitest';
import type { GuestShell } from '../../../../src-main/guest/guest-session.ts';
import {
  checkerOn,
  expiresTemplates,
  realServerOf,
  webServerOn,
  weightOf,
} from '../../../../src-main/lab/verbs/drill-nodes.ts';
import { labPlan } from '../../plan/example-plan.ts';

function saying(stdout: string): GuestShell {
  return { run: () => Promise.resolve({ exitCode: 0, stdout, stderr: '' }) };
}

const plan = labPlan();
const rs1 = realServerOf(plan, 'rs1');
const rip = rs1.nics[0]?.address?.split('/')[0] ?? '';

function tableWith(...servers: string[]): string {
  return [
    'IP Virtual Server version 1.2.1 (size=4096)',
    'Prot LocalAddress:Port Scheduler Flags',
    '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
    `TCP  ${plan.service.vip}:${plan.service.port} rr`,
    ...servers.map((server) => `  -> ${server}`),
    '',
  ].join('\n');
}

describe('the real server of a drill', () => {
  it('is the one that is named, else the last', () => {
    expect(rs1.name).toBe('rs1');
    expect(realServerOf(plan, undefined).name).toBe('rs2');
  });

  it.each(['rs9', 'director'])('is not %s', (name) => {
    expect(() => realServerOf(plan, name)).toThrow(`has no real server '${name}'`);
  });

  it('has the weight of its entry, whatever its port there', async () => {
    const rows = ['10.9.9.9:80 Route 7 0 0', `${rip}:8080 Masq 3 0 0`];
    expect(await weightOf(saying(tableWith(...rows)), plan, rs1)).toBe(3);
  });

  it('has none where it is not in the table', async () => {
    expect(await weightOf(saying(tableWith('10.9.9.9:80 Route 7 0 0')), plan, rs1)).toBeNull();
  });

  it('has the web server that runs', async () => {
    expect(await webServerOn(saying('apache2\n'), 'rs1', plan)).toBe('apache2');
    await expect(webServerOn(saying(''), 'rs1', plan)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('is asked for the web servers of its own family', async () => {
    const asked: string[] = [];
    const listening: GuestShell = {
      run: (command) => {
        asked.push(command);
        return Promise.resolve({ exitCode: 0, stdout: 'httpd\n', stderr: '' });
      },
    };
    const apache = { service: 'httpd', folder: '/etc/httpd/conf.d' };
    const guest = { ...plan.guest, traits: { ...plan.guest.traits, apache } };
    expect(await webServerOn(listening, 'rs1', { guest })).toBe('httpd');
    expect(asked.join('\n')).toContain('for unit in nginx httpd;');
  });
});

describe('the checker', () => {
  it.each([
    ['active\ninactive\n', 'loop'],
    ['inactive\nactive\n', 'keepalived'],
    ['inactive\nfailed\n', null],
  ])('is told by what runs on the director: %j', async (units, checker) => {
    expect(await checkerOn(saying(units))).toBe(checker);
  });
});

it.each([
  ['1\n', true],
  ['0\n', false],
  ['', null],
])('a director that says %o: bound clients leave a server of weight 0: %s', async (stdout, expires) => {
  expect(await expiresTemplates(saying(stdout), new AbortController().signal)).toBe(expires);
});
