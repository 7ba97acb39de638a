import { describe, expect, it } from 'vitest';
import { createTypedReader } from '../../../src-main/desk/typed-lines.ts';

const base64 = (line: string) => Buffer.from(line).toString('base64');
const told = (line: string, { way = '0', pid = '7', control = '', mark = 'abc' } = {}) =>
  `\u001b]7791;${mark};${way};${pid};${control};${base64(line)}\u0007`;

function read(pieces: readonly string[]) {
  const lines: string[] = [];
  const reader = createTypedReader('abc', (line) => lines.push(line));
  return { shown: pieces.map(reader), lines };
}

describe('createTypedReader', () => {
  it('takes what a shell tells of its lines out of what it writes', () => {
    const { shown, lines } = read([`# ls\r\n${told('    1  ls /a "b c"\n')}a\r\n`]);
    expect(shown.join('')).toBe('# ls\r\na\r\n');
    expect(lines).toEqual(['ls /a "b c"']);
  });

  it('reads it in pieces of any size, and shows the rest as soon as it can', () => {
    const text = `a${told('    1  ip a\n')}b\u001b[0m${told('    2  ip r\n')}c`;
    const { shown, lines } = read(text.split(/(?<=.)/s));
    expect(shown.join('')).toBe('ab\u001b[0mc');
    expect(lines).toEqual(['ip a', 'ip r']);
    expect(read(['x\u001b', '[31m']).shown).toEqual(['x', '\u001b[31m']);
  });

  it('believes only the mark of its own terminal', () => {
    const forged = told('    1  rm -rf /\n', { mark: 'other' });
    const { shown, lines } = read([forged]);
    expect({ shown: shown.join(''), lines }).toEqual({ shown: forged, lines: [] });
  });

  it('waits for no end that does not come', () => {
    const endless = `\u001b]7791;abc;${'x'.repeat(9000)}`;
    expect(read([endless, 'more']).shown.join('')).toBe(`${endless}more`);
  });

  it('keeps a line that came twice, and of lines that the history may not have neither', () => {
    const twice = told('    1  ipvsadm -Ln\n') + told('    1  ipvsadm -Ln\n');
    expect(read([twice]).lines).toEqual(['ipvsadm -Ln', 'ipvsadm -Ln']);
    const both = { control: 'ignoredups:ignorespace' };
    const lines = ['    1  ip a\n', '    2  ls\n', '    2  ls\n'];
    expect(read([lines.map((line) => told(line, both)).join('')]).lines).toEqual(['ls']);
  });

  it.each(['ignorespace', 'ignoreboth', 'erasedups:ignoreboth'])(
    'takes no line of an earlier shell for the first one of a shell with %s',
    (control) => {
      const earlier = told('   41  ipvsadm -C\n', { control });
      expect(read([earlier + told('   42  ip a\n', { control })]).lines).toEqual(['ip a']);
      expect(read([told('   41  ls\n', { control: 'ignoredups' })]).lines).toEqual(['ls']);
    },
  );

  it('passes over what a prompt tells before the first line, and after an empty one', () => {
    const prompt = (line: string) => told(line, { way: '1' });
    const lines = ['    8  old\n', '    9  ip a\n', '    9  ip a\n', '   10  ip r\n'];
    expect(read([lines.map(prompt).join('')]).lines).toEqual(['ip a', 'ip r']);
  });
});
