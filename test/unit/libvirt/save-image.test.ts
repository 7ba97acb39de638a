import { describe, expect, it } from 'vitest';
import { withName } from '../../../src-main/libvirt/save-image.ts';

const uuid = '11111111-2222-3333-4444-555555555555';

/** A head as libvirt 9.0 writes it: 92 bytes, then the XML, NUL, a cookie, NUL, padding. */
function head({ xml, cookie, room }: { xml: string; cookie: string; room: number }): Buffer {
  const fields = Buffer.alloc(92);
  fields.write('LibvirtQemudSave', 'latin1');
  [2, room, 1, 0, cookie ? xml.length + 1 : 0].forEach((value, index) =>
    fields.writeUInt32LE(value, 16 + index * 4),
  );
  const data = Buffer.alloc(room);
  data.write(`${xml}\0${cookie}\0`);
  return Buffer.concat([fields, data]);
}

const xml = '<domain><name>warm</name><uuid>00000000-0000-0000-0000-000000000000</uuid><x>warm</x></domain>';

describe('withName', () => {
  it('puts another name and UUID into the XML, keeps the cookie, and is as long as before', () => {
    const before = head({ xml, cookie: '<qemu/>', room: 512 });
    const after = withName(before, { name: 'lvslab-a-longer-name', uuid });
    expect(after).toHaveLength(before.length);
    const renamed = `<domain><name>lvslab-a-longer-name</name><uuid>${uuid}</uuid><x>warm</x></domain>`;
    const offset = after.readUInt32LE(32);
    expect(after.toString('utf8', 92, 92 + renamed.length)).toBe(renamed);
    expect(offset).toBe(renamed.length + 1);
    expect(after.toString('utf8', 92 + offset, 92 + offset + 8)).toBe('<qemu/>\0');
    expect(after.readUInt32LE(20)).toBe(512);
  });

  it('leaves the cookie out where there is none', () => {
    const after = withName(head({ xml, cookie: '', room: 512 }), { name: 'other', uuid });
    expect(after.readUInt32LE(32)).toBe(0);
    expect(after.toString('utf8', 92)).toContain('<name>other</name>');
  });

  it('refuses a file that is none of libvirt’s, and a name that does not fit', () => {
    expect(() => withName(Buffer.alloc(200), { name: 'x', uuid })).toThrow(
      expect.objectContaining({ code: 'command-failed' }),
    );
    const tight = head({ xml, cookie: '', room: xml.length + 2 });
    expect(() => withName(tight, { name: 'a-name-that-is-longer', uuid })).toThrow(
      expect.objectContaining({ code: 'command-failed' }),
    );
  });
});
