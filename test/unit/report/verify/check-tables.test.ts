import { expect, it } from 'vitest';
import type { Layout, Report } from '../../../../src-main/report/model/report.ts';
import type { ReportedRun } from '../../../../src-main/report/model/run.ts';
import { checkTables } from '../../../../src-main/report/verify/check-tables.ts';
import { createLedger } from '../../../../src-main/report/verify/ledger.ts';

const layout = {
  ...{ mode: 'nat', service: { vip: '10.10.0.100', port: 80, protocol: 'tcp' }, segments: [] },
  nodes: [1, 2].map((number) => ({
    ...{ name: `rs${number}`, role: 'real-server', weight: 1 },
    nics: [{ name: 'eth0', mac: '', segment: null, address: `10.20.0.1${number}/24`, gateway: null }],
  })),
} as unknown as Layout;
const report = { lab: { layout }, setUps: [] } as unknown as Report;

interface Counted {
  readonly name: string;
  readonly scheduler: string;
  readonly conns: number;
  readonly servers: readonly string[];
}

/** As `ipvsadm -Ln` and `ipvsadm -Ln --stats` print services. */
function tables(services: readonly Counted[]): string {
  const head = 'IP Virtual Server version 1.2.1 (size=4096)';
  return [
    ...[
      head,
      'Prot LocalAddress:Port Scheduler Flags',
      '  -> RemoteAddress:Port Forward Weight ActiveConn InActConn',
    ],
    ...services.flatMap(({ name, scheduler, servers }) => [
      `${name} ${scheduler}`,
      ...servers.map((address) => `  -> ${address} Masq 1 0 0`),
    ]),
    ...['', head, 'Prot LocalAddress:Port Conns InPkts OutPkts InBytes OutBytes', '  -> RemoteAddress:Port'],
    ...services.flatMap(({ name, conns, servers }) => [
      `${name} ${conns} ${6 * conns} ${4 * conns} ${conns} ${conns}`,
      ...servers.map((address) => `  -> ${address} 0 0 0 0 0`),
    ]),
  ].join('\n');
}

function findings(run: Partial<ReportedRun>) {
  const ledger = createLedger();
  const counters = { conns: 30, inPkts: 180, outPkts: 120 };
  const all = { entry: 1, mode: 'nat', request: { requests: 30, concurrency: 1 }, counters, ...run };
  checkTables(ledger, 'report.json', report, all as unknown as ReportedRun);
  return ledger.findings;
}

it('takes two entries of one machine each for its own', () => {
  const servers = ['10.20.0.12:80', '10.20.0.11:8080', '10.20.0.11:80'];
  const service = { name: 'TCP 10.10.0.100:80', scheduler: 'rr', servers };
  const schedule = (weight: number) => ({
    scheduler: 'rr',
    servers: [
      { name: 'rs2', weight: 1 },
      { name: 'rs1:8080', weight, machine: 'rs1', address: '10.20.0.11:8080' },
      { name: 'rs1:80', weight: 1, machine: 'rs1', address: '10.20.0.11:80' },
    ],
  });
  const texts = {
    ...{ scheduler: 'rr', tablesBefore: tables([{ ...service, conns: 0 }]) },
    tablesAfter: tables([{ ...service, conns: 30 }]),
  };
  expect(findings({ ...texts, schedule: schedule(1) })).toEqual([]);
  expect(findings({ ...texts, schedule: schedule(2) })).toHaveLength(1);
});

it('looks at the service whose counters the run added to', () => {
  const byAddress = { name: 'TCP 10.10.0.100:80', scheduler: 'rr', servers: ['10.20.0.11:80'], conns: 40 };
  const byMark = { name: 'FWM 1', scheduler: 'wrr', servers: ['10.20.0.11:80'] };
  const run = {
    ...{ scheduler: 'wrr', schedule: { scheduler: 'wrr', servers: [{ name: 'rs1', weight: 1 }] } },
    tablesBefore: tables([byAddress, { ...byMark, conns: 5 }]),
    tablesAfter: tables([byAddress, { ...byMark, conns: 35 }]),
  };
  expect(findings(run)).toEqual([]);
});
