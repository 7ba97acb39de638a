import { describe, expect, it } from 'vitest';
import { createGroupReader } from '../../../src-main/guest/process-group.ts';

function read(text: string, size: number) {
  const groups: number[] = [];
  let rest = '';
  const reader = createGroupReader(
    (group) => groups.push(group),
    (piece) => (rest += piece.toString('latin1')),
  );
  for (let at = 0; at < text.length; at += size)
    reader.push(Buffer.from(text.slice(at, at + size), 'latin1'));
  reader.end();
  return { groups, rest };
}

describe('createGroupReader', () => {
  it('takes the line out however the output is cut', () => {
    const text = 'from a profile\nlvslab-group:4711\nerror one\nerror two';
    for (let size = 1; size <= text.length; size += 1) {
      expect(read(text, size)).toEqual({ groups: [4711], rest: 'from a profile\nerror one\nerror two' });
    }
  });

  it('hands everything on when the line never comes', () => {
    const long = 'x'.repeat(20_000);
    expect(read(long, 4096)).toEqual({ groups: [], rest: long });
    expect(read('sh: no such shell', 3)).toEqual({ groups: [], rest: 'sh: no such shell' });
  });

  it("leaves a later line alone: it is the command's own", () => {
    const text = 'lvslab-group:1\nlvslab-group:2\n';
    expect(read(text, 4)).toEqual({ groups: [1], rest: 'lvslab-group:2\n' });
  });
});
