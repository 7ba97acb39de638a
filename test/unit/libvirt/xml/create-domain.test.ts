import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDomainXml, type DomainSpec } from '../../../../src-main/libvirt/xml/create-domain.ts';
import { parseOwnership } from '../../../../src-main/libvirt/xml/parse-domain.ts';
import { run } from '../../../../src-main/process/run.ts';

const spec: DomainSpec = {
  name: 'lvslab-demo-rs1-0badcafe',
  uuid: '6f1c3f3e-9d1c-4f57-8f21-2f7f3bb0a001',
  owner: {
    dataFolder: '/home/me/"lab"',
    labId: '6f1c3f3e-9d1c-4f57-8f21-2f7f3bb0a000',
    labName: 'demo & <co>',
    node: 'rs1',
  },
  memoryMiB: 128,
  acceleration: 'tcg',
  boot: {
    kernel: '/data/with space/kernel',
    initrd: '/data/initrd',
    kernelArguments: 'root=/dev/vda rw systemd.hostname=rs1',
  },
  disk: '/data/rs1/disk.qcow2',
  consoleLog: '/data/rs1/console.log',
  sshPort: 20022,
  nics: [
    { mac: '02:00:00:00:00:0a', switchPort: 20100, guestPort: 20101 },
    { mac: '02:00:00:00:00:0b', switchPort: 20102, guestPort: 20103 },
  ],
  asRoot: true,
};

async function validate(xml: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lvslab-xml-'));
  try {
    const file = path.join(folder, 'domain.xml');
    writeFileSync(file, xml);
    await run('virt-xml-validate', [file, 'domain']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('createDomainXml', () => {
  it.each([
    ['emulated, as root', spec],
    ['KVM, as an ordinary user', { ...spec, acceleration: 'kvm', asRoot: false } as const],
    ['a serial line', { ...spec, line: '/data/rs1/line' }],
    ['from its disk, with a seed', { ...spec, boot: 'disk', seed: '/data/a & b.iso', nics: [] } as const],
    ['one NIC', { ...spec, nics: spec.nics.slice(0, 1) }],
  ])('is valid by libvirt’s own schema: %s', async (_case, domain) => {
    await validate(createDomainXml(domain));
  });

  it('is refused by the schema when a part is wrong', async () => {
    await expect(validate(createDomainXml({ ...spec, uuid: 'no uuid' }))).rejects.toThrow();
  });

  it('carries ownership that reads back as it was, whatever the name holds', () => {
    expect(parseOwnership(createDomainXml(spec))).toEqual(spec.owner);
  });

  it('wires each NIC to its own pair of loopback ports, in the order of the PCI slots', () => {
    const xml = createDomainXml(spec).replaceAll(/\s+/g, ' ');
    expect(xml).toContain(
      '<source address="127.0.0.1" port="20100"> <local address="127.0.0.1" port="20101"/>',
    );
    expect(xml.indexOf('slot="0x03"')).toBeLessThan(xml.indexOf('slot="0x04"'));
    expect(xml.indexOf('port="20100"')).toBeLessThan(xml.indexOf('slot="0x03"'));
  });

  it('gives the machine its line where the host has no address for the other end too', () => {
    const withLine = (line: string) => createDomainXml({ ...spec, line }).replaceAll(/\s+/g, ' ');
    expect(withLine('/data/rs1/line')).toContain(
      '<serial type="unix"> <source mode="bind" path="/data/rs1/line"/>',
    );
    expect(withLine(`/${'long'.repeat(27)}`)).toContain('<serial type="null"> <target port="1"/>');
  });

  it('keeps the management network closed but for SSH on loopback', () => {
    expect(createDomainXml(spec)).toContain('user,id=management,restrict=on,hostfwd=tcp:127.0.0.1:20022-:22');
    expect(createDomainXml({ ...spec, openNetwork: true })).toContain(
      'user,id=management,restrict=off,hostfwd=tcp:127.0.0.1:20022-:22',
    );
  });

  it('starts from a kernel that is handed to it, or from its own disk', () => {
    expect(createDomainXml(spec)).toContain('<kernel>/data/with space/kernel</kernel>');
    expect(createDomainXml(spec)).not.toContain('<boot');
    const own = createDomainXml({ ...spec, boot: 'disk' });
    expect(own).toContain('<boot dev="hd"/>');
    expect(own).not.toContain('<kernel>');
    expect(own).not.toContain('cdrom');
  });
});

describe('parseOwnership', () => {
  it('does not claim a domain without our element', () => {
    expect(parseOwnership('<domain><name>lvslab-fake</name><metadata/></domain>')).toBeUndefined();
    expect(parseOwnership('')).toBeUndefined();
  });
});
