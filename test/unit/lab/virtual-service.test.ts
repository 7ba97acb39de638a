import { expect, it } from 'vitest';
import type { StandingIpvs } from '../../../src-main/ipvs/read-standing.ts';
import { reportService } from '../../../src-main/lab/service-report.ts';
import { directorStateOf, scheduleOf, serviceIn } from '../../../src-main/lab/virtual-service.ts';
import { labPlan } from '../plan/example-plan.ts';
import { directorSnapshot } from './director-snapshot.ts';

const plan = labPlan();

/** The snapshot's services, as they are read before a load. */
function standing({ services }: ReturnType<typeof directorSnapshot>): StandingIpvs {
  return {
    services: services.map((service) => ({
      ...service,
      servers: service.servers.map((server) => ({
        ...{ ...server, persistent: null, upper: server.thresholds?.upper ?? 0, lower: 0 },
      })),
    })),
    ...{ marks: undefined, tables: '', connections: [], connectionsCut: false, readMs: 20 },
    ...{ timeouts: { tcp: 900, tcpFin: 120, udp: 300 }, sysctls: { conn_reuse_mode: 3 }, kernel: '6.1' },
  };
}

function stateOf(snapshot: ReturnType<typeof directorSnapshot>) {
  const read = standing(snapshot);
  return directorStateOf(serviceIn(read, plan), read, plan);
}

it("holds a run against the director's own order, weights, flags and settings", () => {
  const set = { scheduler: 'sh', schedulerFlags: ['sh-port'], persistentSeconds: 60, netmask: '255.0.0.0' };
  const snapshot = directorSnapshot(set);
  snapshot.services[0]!.servers[0]!.weight = 3;
  const state = stateOf(snapshot);
  expect(scheduleOf(state)).toEqual({
    ...set,
    servers: [
      { name: 'rs2', weight: 3 },
      { name: 'rs1', weight: 1 },
    ],
  });
  expect(state.sysctls).toMatchObject({ connReuseMode: 3, secureTcp: null });
});

it('calls a real server by its address that is none of the lab', () => {
  const snapshot = directorSnapshot();
  snapshot.services[0]!.servers[0]!.address = '10.10.0.77:80';
  expect(scheduleOf(stateOf(snapshot)).servers.map(({ name }) => name)).toEqual(['10.10.0.77:80', 'rs1']);
  expect(reportService(snapshot, plan).names).toEqual({ '10.10.0.11:80': 'rs1' });
});

it('tells the entries of one machine apart by their ports', () => {
  const snapshot = directorSnapshot();
  const { servers } = snapshot.services[0]!;
  servers.push({ ...servers[1]!, address: '10.10.0.11:8080' });
  expect(stateOf(snapshot).servers.map(({ name, machine }) => [name, machine])).toEqual([
    ['rs2', 'rs2'],
    ['rs1:80', 'rs1'],
    ['rs1:8080', 'rs1'],
  ]);
});

it('knows the service by its protocol too', () => {
  expect(() => serviceIn(directorSnapshot({ protocol: 'udp' }), plan)).toThrow('has no virtual service');
});
