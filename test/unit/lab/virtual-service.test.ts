import { expect, it } from 'vitest';
import { reportService } from '../../../src-main/lab/service-report.ts';
import { scheduleOf, serviceIn } from '../../../src-main/lab/virtual-service.ts';
import { labPlan } from '../plan/example-plan.ts';
import { directorSnapshot } from './director-snapshot.ts';

const plan = labPlan();

it("holds a run against the director's own order, weights and flags", () => {
  const set = { scheduler: 'sh', schedulerFlags: ['sh-port'], persistentSeconds: 60, netmask: '255.0.0.0' };
  const snapshot = directorSnapshot(set);
  snapshot.services[0]!.servers[0]!.weight = 3;
  expect(scheduleOf(serviceIn(snapshot, plan), plan)).toEqual({
    ...set,
    servers: [
      { name: 'rs2', weight: 3 },
      { name: 'rs1', weight: 1 },
    ],
    walk: ['rs2', 'rs1'],
  });
});

it('calls a real server by its address that is none of the lab', () => {
  const snapshot = directorSnapshot();
  snapshot.services[0]!.servers[0]!.address = '10.10.0.77:80';
  expect(scheduleOf(serviceIn(snapshot, plan), plan).walk).toEqual(['10.10.0.77:80', 'rs1']);
  expect(reportService(snapshot, plan).names).toEqual({ '10.10.0.11:80': 'rs1' });
});

it('knows the service by its protocol too', () => {
  expect(() => serviceIn(directorSnapshot({ protocol: 'udp' }), plan)).toThrow('has no virtual service');
});
