import { describe, expect, it } from 'vitest';
import { createCurlOutputReader } from '../../../src-main/traffic/curl-output.ts';

const marker = '~0123456789abcdef';
const record = (process: number, number: number | string, error = '') =>
  `${marker}|${process}|${error ? 7 : 0}|${error ? '000' : '200'}|40000|0.001|0.002|10.1.0.2|http://10.0.0.1:80/?${number}|${error}\n`;
const tag = (process: number) => `${marker}:${process}:`;

/** What came out for a whole output, cut into pieces of one size: `process:number:page`. */
function read(output: string, size: number, firstIsUntagged = true): string[] {
  const reader = createCurlOutputReader(marker, firstIsUntagged);
  const bytes = Buffer.from(output);
  const told: string[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    for (const { process, url, page } of reader.push(bytes.subarray(at, at + size))) {
      told.push(`${process}:${url.split('?')[1] ?? 'none'}:${page ?? '-'}`);
    }
  }
  return told;
}

/** The same at every byte boundary: pieces of every size, and every cut in two. */
function readEveryWay(output: string, firstIsUntagged?: boolean): string[] {
  const whole = read(output, output.length * 4, firstIsUntagged);
  for (let size = 1; size <= Buffer.byteLength(output); size += 1) {
    expect(read(output, size, firstIsUntagged), `in pieces of ${size} bytes`).toEqual(whole);
  }
  return whole;
}

describe('the reader of curl output', () => {
  it('reads the first words of each body', () => {
    const output = `rs1\n${record(1, 1)}${tag(1)}rs2 and more\nlines\n${record(1, 2)}${tag(1)}`;
    expect(readEveryWay(output)).toEqual(['1:1:rs1', '1:2:rs2 and more lines']);
  });

  it('needs no newline at the end of a body, and takes an empty one for no name', () => {
    const output = `rs1${record(1, 1)}${tag(1)}${record(1, 2)}${tag(1)} \n rs2${record(1, 3)}`;
    expect(readEveryWay(output)).toEqual(['1:1:rs1', '1:2:-', '1:3:rs2']);
  });

  it('keeps processes apart that share the output', () => {
    const output =
      `${record(1, '')}${record(2, '')}${tag(2)}rs2\n${tag(1)}rs1\n` +
      `${record(2, 2)}${tag(2)}rs1${tag(1)}`.replace(tag(1), '') +
      `${record(2, 4)}${record(1, 1)}${tag(1)}rs2\n${record(1, 3)}`;
    expect(readEveryWay(output, false)).toEqual(['1::-', '2::-', '2:2:rs2', '2:4:rs1', '1:1:rs1', '1:3:rs2']);
  });

  it('gives an untagged first body to process 1 though others announce themselves before it', () => {
    const output = `${record(2, '')}rs1\n${record(1, 1)}${tag(2)}rs2\n${record(2, 2)}`;
    expect(readEveryWay(output)).toEqual(['2::-', '1:1:rs1', '2:2:rs2']);
  });

  it('ignores what else a big body of one process scatters among the others', () => {
    const output = `${tag(1)}rs1 ${'x'.repeat(50)}${tag(2)}rs2\nrest of a page\n${record(2, 2)}more\n${record(1, 1)}`;
    expect(readEveryWay(output, false)).toEqual(['2:2:rs2 rest of a page', `1:1:rs1 ${'x'.repeat(43)}…`]);
  });

  it.each([
    ['HTML', '<!DOCTYPE html><p>rs1', 'rs1'],
    ['HTML with a head', '<html><head><title>t</title><style>p{}</style></head><h1>RS1</h1>', 'RS1'],
    ['HTML that has a title alone', '<title> Welcome </title><body></body>', 'Welcome'],
    ['many words', 'a'.repeat(100), `${'a'.repeat(47)}…`],
    ['bytes that a terminal would act on', 'é\u0000\u0007rs1', 'é rs1'],
  ])('tells of %s what a person reads', (_what, body, page) => {
    expect(readEveryWay(`${body}${record(1, 1)}`)).toEqual([`1:1:${page}`]);
  });

  it('is not led astray by a body that is full of half markers', () => {
    const body = `rs1 ~0123 ~~0123456789abcdeX ${marker}? ${marker}:x: ${marker.slice(0, -1)}`;
    expect(readEveryWay(`${body}\n${record(1, 1)}`)[0]).toMatch(/^1:1:rs1 ~0123 /);
  });

  it("keeps the bars in curl's words", () => {
    const reader = createCurlOutputReader(marker, true);
    const [only] = reader.push(Buffer.from(record(1, 9, 'a|b')));
    expect(only).toEqual({
      process: 1,
      exitCode: 7,
      httpStatus: 0,
      localPort: 40000,
      connectSeconds: 0.001,
      totalSeconds: 0.002,
      localIp: '10.1.0.2',
      url: 'http://10.0.0.1:80/?9',
      errorWords: 'a|b',
      page: null,
    });
  });
});
