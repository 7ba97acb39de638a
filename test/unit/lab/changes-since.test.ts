import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src-main/contract/journal.ts';
import type { ControlRequest } from '../../../src-main/contract/lab-control.ts';
import { textIn } from '../../../src-main/contract/message-words/words.ts';
import { createByHandNotes, readByHand } from '../../../src-main/lab/by-hand.ts';
import { changesSince, readChanges } from '../../../src-main/lab/changes-since.ts';
import { journalFile, journalFolder } from '../../../src-main/lab/journal-files.ts';
import { labFolder } from '../../../src-main/lab/lab-record.ts';
import { isOtherTable } from '../../../src-main/desk/ipvs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 5, 14, 0, second)).toISOString();
const nobody = { revision: 1 as const, shells: {}, table: [] };

function entry(second: number, request: ControlRequest, own: Partial<JournalEntry> = {}): JournalEntry {
  return {
    ...{ id: second + 1, at: at(second), milliseconds: 500, mode: 'dr', verb: request.verb, request },
    ...{ result: null, error: null, samples: 0 },
    ...own,
  };
}

const requests: ControlRequest[] = [
  { verb: 'impair', node: 'rs1', nic: 'eth1', impairment: { cut: true } },
  { verb: 'impair', node: 'rs1', nic: 'eth1', impairment: { from: { loss: 0.2 } } },
  { verb: 'impair', node: 'rs1', nic: 'eth1', impairment: null },
  { verb: 'moveCable', node: 'rs1', segment: null },
  { verb: 'moveCable', node: 'rs1', segment: 'lan' },
  {
    verb: 'service',
    changes: { weights: { rs1: 3 }, scheduler: 'wrr', upper: { rs1: 1 }, lower: { rs1: 1 } },
  },
  { verb: 'restartNode', node: 'rs2' },
  { verb: 'stopNode', node: 'rs2' },
  { verb: 'startNode', node: 'rs2' },
  { verb: 'reset' },
  { verb: 'switch', mode: 'tun' },
  { verb: 'healthDrill', seconds: 5, ratePerSecond: 10 },
  { verb: 'nodeService', node: 'rs1', does: 'stop' },
  { verb: 'nodeService', node: 'rs1', does: 'start' },
  { verb: 'forgetArp' },
  { verb: 'mend', node: 'rs1', what: 'steps' },
];
const looking: ControlRequest[] = [
  { verb: 'observe', requests: 8 },
  { verb: 'load', load: { requests: 10, ratePerSecond: 10 } as never },
  { verb: 'suspend' },
];

describe('What was done since', () => {
  it('is told of what changes something, and of that alone', () => {
    const entries = [...requests, ...looking].map((request, second) => entry(second, request));
    expect(changesSince(entries, nobody, at(-1)).map(({ words }) => words.text)).toEqual([
      'cable rs1:eth1 cut',
      'cable rs1:eth1 made worse',
      'cable rs1:eth1 mended',
      'cable rs1 taken out',
      'cable rs1 put into lan',
      'weights, scheduler and thresholds changed',
      'rs2 restarted',
      'rs2 stopped',
      'rs2 started',
      'all machines made anew',
      'the mode switched to tun',
      'a web server stopped for a while, as a drill',
      'the service of rs1 stopped',
      'the service of rs1 started',
      'the VIP’s MAC forgotten by all machines but the director',
      'rs1 put right',
    ]);
  });

  it.each(['zh-CN', 'ja'])('has words of its own in %s', (language) => {
    const entries = requests.map((request, second) => entry(second, request));
    const byHand = { ...nobody, shells: { rs1: at(40) }, table: [at(50)] };
    const all = changesSince(entries, byHand, at(-1));
    expect(all).toHaveLength(requests.length + 2);
    for (const { words } of all) expect(textIn(language, words), words.id).not.toBe(words.text);
  });

  it('leaves out what was before, what changed nothing, and says what failed', () => {
    const nothing = { node: 'rs1', what: 'steps', steps: 9, ran: [], cables: [], started: false };
    const forgot = { node: 'client', command: 'ip neigh flush', had: '' };
    const error = { code: 'recipe-failed' as const, message: 'It failed.' };
    const entries = [
      entry(1, { verb: 'reset' }),
      entry(5, { verb: 'mend', node: 'rs1', what: 'steps' }, { result: nothing }),
      entry(5, { verb: 'forgetArp' }, { result: { vip: '10.10.0.100', nodes: [forgot] } }),
      entry(6, { verb: 'switch', mode: 'tun' }, { error }),
    ];
    expect(changesSince(entries, nobody, at(3)).map(({ words }) => words.text)).toEqual([
      'the mode switched to tun, which failed',
    ]);
  });

  it('counts what was typed in shells, and changes of the table that no verb of the lab made', () => {
    const entries = [entry(10, { verb: 'service', changes: { weights: { rs1: 3 } } })];
    const byHand = { ...nobody, shells: { director: at(8), rs1: at(2) }, table: [at(12), at(20)] };
    const told = changesSince(entries, byHand, at(5));
    expect(told.map((change) => `${change.at} ${change.words.text}`)).toEqual([
      `${at(8)} a command typed in a shell on director`,
      `${at(10)} weights changed`,
      `${at(20)} the director’s table changed, by hand or by what checks the servers`,
    ]);
    expect(changesSince(entries, { ...byHand, table: [at(12)] }, at(9))).toHaveLength(1);
  });
});

describe('What was done since, of a lab’s journal', () => {
  function lab() {
    const dataFolder = temporaryFolder();
    const folder = journalFolder(dataFolder, 'one');
    mkdirSync(folder, { recursive: true });
    const fileOf = (id: number) => journalFile(folder, id, 'entry');
    const write = (each: JournalEntry) => {
      writeFileSync(fileOf(each.id), JSON.stringify({ revision: 1, entry: each }));
    };
    const seeTable = (second: number) => {
      const content = { ...nobody, table: [at(second)] };
      writeFileSync(`${labFolder(dataFolder, 'one')}/by-hand.json`, JSON.stringify(content));
    };
    const told = async (after: string) =>
      (await readChanges(dataFolder, 'one', after)).map(({ words }) => words.text);
    return { fileOf, write, seeTable, told };
  }

  it('takes a change of the table for the owner’s own that was begun just before the proof', async () => {
    const { write, seeTable, told } = lab();
    write(entry(10, { verb: 'service', changes: { weights: { rs1: 3 } } }));
    write(entry(11, { verb: 'observe', requests: 8 }));
    write(entry(12, { verb: 'drift' }));
    seeTable(13);
    expect(await told(at(11))).toEqual([]);
    seeTable(30);
    expect(await told(at(11))).toEqual([
      'the director’s table changed, by hand or by what checks the servers',
    ]);
  });

  it('reads an entry once, and another one in its place', async () => {
    const { fileOf, write, told } = lab();
    const stopped = entry(1, { verb: 'stopNode', node: 'rs1' });
    const sameTime = () => {
      utimesSync(fileOf(stopped.id), 1000, 1000);
    };
    write(stopped);
    sameTime();
    expect(await told(at(0))).toEqual(['rs1 stopped']);
    // As no entry is ever written again.
    write({ ...stopped, request: { verb: 'stopNode', node: 'rs2' } });
    sameTime();
    expect(await told(at(0))).toEqual(['rs1 stopped']);
    write({ ...stopped, request: { verb: 'stopNode', node: 'director' } });
    expect(await told(at(0))).toEqual(['director stopped']);
  });
});

describe('Notes of what was done by hand', () => {
  it('are kept in the lab’s folder, and nothing comes of a lab that is gone', async () => {
    const dataFolder = temporaryFolder();
    mkdirSync(labFolder(dataFolder, 'one'), { recursive: true });
    const notes = createByHandNotes(dataFolder);
    await Promise.all([notes.typed('one', 'rs1'), notes.typed('one', 'rs2'), notes.tableChanged('one')]);
    await notes.typed('gone', 'rs1');
    const { shells, table } = await readByHand(dataFolder, 'one');
    expect(Object.keys(shells)).toEqual(['rs1', 'rs2']);
    expect(table).toHaveLength(1);
    expect(await readByHand(dataFolder, 'gone')).toEqual(nobody);
  });

  it('take a changed weight for a change of the table, and counters for traffic', () => {
    const changed = (field: string) => [
      {
        change: 'changed' as const,
        key: 'tcp 10.10.0.100:80 10.10.0.11:80',
        fields: [{ field, from: 1, to: 2 }],
      },
    ];
    const none = { services: [], servers: [], connections: [], timeouts: [] };
    expect(isOtherTable({ ...none, servers: changed('weight') })).toBe(true);
    expect(isOtherTable({ ...none, servers: changed('counters.conns') })).toBe(false);
    expect(isOtherTable({ ...none, servers: changed('activeConnections') })).toBe(false);
    expect(isOtherTable({ ...none, services: [{ change: 'removed', key: 'tcp x', fields: [] }] })).toBe(true);
  });
});
