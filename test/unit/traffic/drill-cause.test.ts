import { describe, expect, it } from 'vitest';
import { drillCause, failuresWhileOut, type DrillService } from '../../../src-main/traffic/drill-cause.ts';
import type { FailureKind, Sample } from '../../../src-main/traffic/sample.ts';

const service: DrillService = {
  ...{ scheduler: 'sh', schedulerFlags: [], persistentSeconds: null, outWeight: 0, expiresTemplates: null },
};
const persistent = { scheduler: 'rr', persistentSeconds: 60, expiresTemplates: false };

/** A request of a client that ended so many milliseconds after the load began. */
function sample(arrivedMs: number, client: string | null, kind: FailureKind | null = null): Sample {
  return {
    ...{ number: 1, server: null, handedTo: null, page: null, httpStatus: kind ? null : 200 },
    ...{ connectMs: 1, totalMs: 2, sourcePort: null, sourceAddress: client, arrivedMs },
    failure: kind && { kind, curlExitCode: 7, words: '' },
  };
}

const [one, two] = ['10.10.0.200', '10.10.0.201'];
/** The first client is refused all the time, the second answered. */
const bound = [
  ...[5000, 6000, 7000].map((at) => sample(at, one, 'refused')),
  ...[5000, 6000].map((at) => sample(at, two)),
];
const out = { outMs: 3000, backMs: 9000 };

function causeOf(changes: Partial<DrillService>, samples: readonly Sample[] = bound, when = out) {
  return drillCause(failuresWhileOut(samples, when), { ...service, ...changes }, 'rs2');
}

describe('requests that one client was refused while the server was out', () => {
  it.each<[string, Partial<DrillService>, string]>([
    ['sh that has no fallback', {}, 'drill.hash'],
    ['mh that has none', { scheduler: 'mh' }, 'drill.hash'],
    ['mh with the flag of ports', { scheduler: 'mh', schedulerFlags: ['mh-port'] }, 'drill.hash-port'],
    ['persistence, whatever the scheduler', persistent, 'drill.persistence'],
    ['the hash where templates expire', { persistentSeconds: 60, expiresTemplates: true }, 'drill.hash'],
    ['nothing where templates expire', { ...persistent, expiresTemplates: true }, 'drill.unknown'],
    ['nothing where that was not read', { ...persistent, expiresTemplates: null }, 'drill.unknown'],
    ['nothing for sh with its fallback', { schedulerFlags: ['sh-fallback'] }, 'drill.unknown'],
    ['nothing for rr', { scheduler: 'rr' }, 'drill.unknown'],
    ['nothing where the entry was taken away', { outWeight: null }, 'drill.unknown'],
    ['nothing for dh, which would refuse the other too', { scheduler: 'dh' }, 'drill.unknown'],
  ])('are put to %s', (_, changes, id) => {
    expect(causeOf(changes)?.id).toBe(id);
  });

  it('are put to dh where nobody was answered', () => {
    expect(causeOf({ scheduler: 'dh' }, bound.slice(0, 3))?.id).toBe('drill.dh');
  });
});

describe('the cause', () => {
  it('rests on the value that was read', () => {
    expect(causeOf(persistent)?.text).toContain('expire_quiescent_template is 0');
  });

  it('says what mends it, and leaves the other flags', () => {
    expect(causeOf({})?.text).toContain('--flags sh-fallback)');
    expect(causeOf({ schedulerFlags: ['sh-port'] })?.text).toContain('--flags sh-port,sh-fallback)');
  });

  it('is not known where failures were of another kind, and says what was seen', () => {
    const cause = causeOf({}, [...bound, sample(7000, one, 'timeout')]);
    expect(cause?.id).toBe('drill.unknown');
    expect(cause?.text).toContain('refused 3, timeout 1');
    expect(cause?.text).toContain('1 of 2 clients');
  });

  it.each([{}, persistent])('is not known where the same client was answered too: %o', (changes) => {
    const samples = [...bound, sample(6500, one)];
    expect(causeOf(changes, samples)?.id).toBe('drill.unknown');
    expect(causeOf({ schedulerFlags: ['sh-port'] }, samples)?.id).toBe('drill.hash-port');
  });

  it('takes samples without an address for those of the only client', () => {
    const samples = [sample(5000, null, 'refused'), sample(6000, one)];
    expect(causeOf({}, samples)?.id).toBe('drill.unknown');
  });

  it('is none where errors ended with the server’s going, or began after its return', () => {
    expect(causeOf({}, [sample(3400, one, 'refused'), sample(9500, one, 'refused')])).toBeNull();
    expect(drillCause(failuresWhileOut(bound, { outMs: null, backMs: null }), service, 'rs2')).toBeNull();
    expect(causeOf({}, [sample(5000, one)])).toBeNull();
  });
});
