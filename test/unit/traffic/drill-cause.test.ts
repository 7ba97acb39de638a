import { expect, it } from 'vitest';
import { drillCause, type DrillService } from '../../../src-main/traffic/drill-cause.ts';

const service: DrillService = {
  ...{ scheduler: 'sh', schedulerFlags: [], persistentSeconds: null, outWeight: 0 },
};
const long = { outMs: 3000, lastErrorMs: 25_000 };

it.each<[string, Partial<DrillService>, string | undefined]>([
  ['sh that has no fallback', {}, 'drill.hash'],
  ['mh with the flag of ports alone', { scheduler: 'mh', schedulerFlags: ['mh-port'] }, 'drill.hash'],
  ['dh', { scheduler: 'dh' }, 'drill.dh'],
  ['persistence, whatever the scheduler', { scheduler: 'rr', persistentSeconds: 60 }, 'drill.persistence'],
  ['none for sh with its fallback', { schedulerFlags: ['sh-fallback'] }, undefined],
  ['none for rr', { scheduler: 'rr' }, undefined],
  ['none where the entry was taken away', { outWeight: null }, undefined],
])('names %s', (_, changes, id) => {
  expect(drillCause(long, { ...service, ...changes }, 'rs2')?.id).toBe(id);
});

it('says what mends it', () => {
  expect(drillCause(long, service, 'rs2')?.text).toContain('--flags sh-fallback');
});

it('names nothing where errors ended with the server’s going', () => {
  expect(drillCause({ outMs: 3000, lastErrorMs: 3400 }, service, 'rs2')).toBeNull();
  expect(drillCause({ outMs: null, lastErrorMs: 9000 }, service, 'rs2')).toBeNull();
  expect(drillCause({ outMs: 3000, lastErrorMs: null }, service, 'rs2')).toBeNull();
});
