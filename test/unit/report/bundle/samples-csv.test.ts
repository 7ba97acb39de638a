import { describe, expect, it } from 'vitest';
import type { SampleColumns } from '../../../../src-main/contract/journal.ts';
import { samplesOfCsv, samplesToCsv } from '../../../../src-main/report/bundle/samples-csv.ts';

const columns: SampleColumns = {
  from: 0,
  number: [2, 1, 3],
  arrivedMs: [10.123456789, 11, 12.5],
  totalMs: [0.1, 2e-7, 5000],
  server: ['rs1', null, '-odd'],
  page: ['Welcome, to rs1', null, null],
  handedTo: ['rs1', 'rs2', null],
  failure: [null, 'http-503', null],
  source: ['192.168.10.10', null, null],
  sourcePort: [40_001, null, 40_003],
};

async function* of<Item>(...items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const array: Item[] = [];
  for await (const item of items) array.push(item);
  return array;
}

async function text(samples: AsyncIterable<SampleColumns>): Promise<string> {
  return (await all(samplesToCsv(samples))).join('');
}

const head = 'request,arrived_ms,total_ms,server,page,handed_to,failure,source,source_port\n';
const read = (...pieces: readonly (string | Uint8Array)[]) => all(samplesOfCsv(of(...pieces)));

describe('samplesToCsv', () => {
  it('writes a line for each request, with every figure as it is', async () => {
    expect(await text(of(columns))).toBe(
      [
        'request,arrived_ms,total_ms,server,page,handed_to,failure,source,source_port',
        '2,10.123456789,0.1,rs1,"Welcome, to rs1",rs1,,192.168.10.10,40001',
        '1,11,2e-7,,,rs2,http-503,,',
        "3,12.5,5000,'-odd,,,,,40003",
        '',
      ].join('\n'),
    );
  });

  it.each(['=1+1', '+1', '-1', '@A1', "'=1"])('makes %j harmless in an office program', async (server) => {
    const written = await text(of({ ...columns, server: [server, null, null] }));
    expect(written).toContain(`,'${server},`);
  });

  it('is read again as it was, whatever the fields hold', async () => {
    const odd = ['=cmd|x', "'", 'a,"b"\nc', "''=", '日本語'];
    for (const server of odd) {
      const samples = { ...columns, server: [server, null, 'rs2'] };
      expect(await read(await text(of(samples)))).toEqual([samples]);
    }
  });
});

describe('samplesOfCsv', () => {
  it('hands over some 2,000 at a time and counts those before', async () => {
    const many = Array.from({ length: 4001 }, (_, index) => `${index + 1},1,1,rs1,rs1,rs1,,,\n`);
    const pieces = await read(head, ...many);
    expect(pieces.map(({ from, number }) => [from, number.length])).toEqual([
      [0, 2000],
      [2000, 2000],
      [4000, 1],
    ]);
  });

  it('reads pieces that end anywhere', async () => {
    const bytes = Buffer.from(await text(of({ ...columns, server: ['日本', null, null] })));
    const pieces = [...bytes].map((byte) => Buffer.from([byte]));
    expect((await read(...pieces))[0]?.server).toEqual(['日本', null, null]);
  });

  it('finds no samples where there is a head alone', async () => {
    expect(await read(await text(of()))).toEqual([]);
  });

  it.each([
    ['', /Line 1/],
    ['request,arrived_ms\n', /Line 1/],
    [`${head}1,1,1,rs1,,,,,x\n`, /Line 2/],
    [`${head}1,1,1,rs1,,,,,\nx,1,1,rs1,,,,,\n`, /Line 3/],
    [`${head}1,,1,rs1,,,,,\n`, /Line 2/],
    [`${head}1.5,1,1,rs1,,,,,\n`, /Line 2/],
    [`${head}1,1,1,rs1,,\n`, /cannot be read/],
    [`${head}1,1,1,"rs1,,,,,\n`, /cannot be read/],
  ])('names the line that is none of a load: %j', async (content, words) => {
    await expect(read(content)).rejects.toThrow(words);
  });

  it('tells why the file could not be read to its end', async () => {
    async function* broken() {
      yield head;
      throw new Error('the disk is gone');
    }
    await expect(all(samplesOfCsv(broken()))).rejects.toMatchObject({
      details: { why: 'the disk is gone' },
    });
  });
});
