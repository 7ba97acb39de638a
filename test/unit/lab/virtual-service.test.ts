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
    neighbours: {},
  };
}

function stateOf(snapshot: ReturnType<typeof directorSnapshot>, more: Partial<StandingIpvs> = {}) {
  const read = { ...standing(snapshot), ...more };
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

it('knows a machine by the MAC address that answered for an address of its own making', () => {
  const snapshot = directorSnapshot();
  const { servers } = snapshot.services[0]!;
  servers[0] = { ...servers[0]!, address: '10.10.0.112:80' };
  const { mac } = plan.nodes.find(({ name }) => name === 'rs2')!.nics[0]!;
  const state = stateOf(snapshot, { neighbours: { '10.10.0.112': mac } });
  expect(state.servers.map(({ name }) => name)).toEqual(['rs2', 'rs1']);
  servers.push({ ...servers[0], address: '10.10.0.12:80' });
  const both = stateOf(snapshot, { neighbours: { '10.10.0.112': mac } });
  expect(both.servers.map(({ name }) => name)).toEqual(['10.10.0.112:80', 'rs1', '10.10.0.12:80']);
  expect(both.machines).toMatchObject({ '10.10.0.12': 'rs2', '10.10.0.200': 'client' });
});

it('keeps the connections of a service that has every port, and those of a server that has gone', () => {
  const snapshot = directorSnapshot({ address: '10.10.0.100:0' });
  const { servers } = snapshot.services[0]!;
  snapshot.services[0]!.servers = servers.map((each) => ({
    ...each,
    address: each.address.replace(/80$/, '0'),
  }));
  const connection = (virtual: string, destination: string) => ({
    ...{ protocol: 'tcp' as const, source: '10.10.0.200:40000', virtual, destination },
    ...{ expireSeconds: 60, state: 'FIN_WAIT', template: false, persistenceEngine: null },
  });
  const own = connection('10.10.0.100:443', '10.10.0.11:443');
  const other = connection('10.10.0.101:443', '10.10.0.99:443');
  expect(stateOf(snapshot, { connections: [own, other] }).connections).toHaveLength(1);
  const gone = connection('10.10.0.100:80', '10.10.0.99:80');
  expect(stateOf(directorSnapshot(), { connections: [gone] }).connections).toHaveLength(1);
});

it.each([
  [{}, 'in-order'],
  [{ 'client:eth0': { from: { loss: 0.1 } } }, 'late'],
  [{ 'client:eth0': { to: { loss: 0.1 } } }, 'in-order'],
  [{ 'director:eth0': { to: { delay: { ms: 20 } } } }, 'late'],
  [{ 'rs1:eth0': { from: { delay: { ms: 20, jitterMs: 5 } } } }, 'mixed'],
])('tells how frames come to the director past %j: %s', (impairments, transit) => {
  const read = standing(directorSnapshot());
  expect(directorStateOf(serviceIn(read, plan), read, plan, impairments).transit).toBe(transit);
});
