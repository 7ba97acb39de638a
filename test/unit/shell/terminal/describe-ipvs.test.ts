import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { diffIpvs } from '../../../../src-main/ipvs/diff-ipvs.ts';
import { describeChanges, describeIpvs } from '../../../../src-main/shell/terminal/describe-ipvs.ts';
import { createIpvsView } from '../../../../src-main/shell/terminal/ipvs-view.ts';
import { directorSnapshot } from '../../lab/director-snapshot.ts';

// Colours even where the tests' output is no terminal.
beforeAll(() => void vi.stubEnv('FORCE_COLOR', '1'));
afterAll(() => void vi.unstubAllEnvs());

const names = { '10.10.0.11:80': 'rs1', '10.10.0.12:80': 'rs2' };
const before = directorSnapshot();

function withTraffic() {
  const next = directorSnapshot();
  const service = next.services[0]!;
  service.servers[1]!.counters = { conns: 7, inPkts: 42, outPkts: 0, inBytes: 2800, outBytes: 0 };
  next.connections.push({
    ...{ protocol: 'tcp', expireSeconds: 60, state: 'FIN_WAIT', source: '10.10.0.200:4711' },
    ...{ virtual: '10.10.0.100:80', destination: '10.10.0.11:80', template: false, persistenceEngine: null },
  });
  return next;
}

describe('describeIpvs', () => {
  it('tells each real server by name with its figures', () => {
    const text = stripVTControlCharacters(describeIpvs(withTraffic(), names));
    expect(text).toContain('tcp 10.10.0.100:80: rr');
    expect(text).toMatch(/rs1 10\.10\.0\.11:80 +dr +1 +0 +0 +7 +42/);
    expect(text).toMatch(/10\.10\.0\.200:4711 +10\.10\.0\.100:80 +10\.10\.0\.11:80 +FIN_WAIT +60 s/);
  });

  it('marks what changed and nothing else, without moving a column', () => {
    const next = withTraffic();
    const changes = diffIpvs(before, next);
    const marked = describeIpvs(next, names, { changes });
    expect(stripVTControlCharacters(marked)).toBe(stripVTControlCharacters(describeIpvs(next, names)));
    const rows = marked.split('\n');
    expect(rows.find((row) => row.includes('rs1'))).toMatch(/\u001b\[7m42/);
    expect(rows.find((row) => row.includes('rs2'))).not.toContain('\u001b[7m');
    expect(rows.find((row) => row.includes('FIN_WAIT'))).toMatch(/^\u001b\[7m10\.10\.0\.200/);
  });

  it('keeps to the lines it is given', () => {
    expect(describeIpvs(withTraffic(), names, { most: 5 }).split('\n')).toHaveLength(5);
  });
});

describe('changes as they are told', () => {
  it('are one line a row', () => {
    expect(describeChanges(diffIpvs(before, withTraffic()))).toEqual([
      'changed tcp 10.10.0.100:80 10.10.0.11:80 counters.conns 0 -> 7, counters.inPkts 0 -> 42, counters.inBytes 0 -> 2800',
      'added tcp 10.10.0.200:4711 10.10.0.100:80',
    ]);
  });

  it('are JSON lines after the first snapshot', () => {
    const emitted: Record<string, unknown>[] = [];
    const output = {
      json: true,
      emit: (object: unknown) => void emitted.push(object as Record<string, unknown>),
      print: () => undefined,
    };
    const view = createIpvsView(output, process.stdout);
    view.show({ snapshot: before, changes: null }, names);
    const next = withTraffic();
    view.show({ snapshot: next, changes: diffIpvs(before, next) }, names);
    view.show({ snapshot: next, changes: diffIpvs(next, next) }, names);
    expect(emitted.map(({ event, of, change }) => [event, of, change])).toEqual([
      ['snapshot', undefined, undefined],
      ['change', 'servers', 'changed'],
      ['change', 'connections', 'added'],
    ]);
  });
});
