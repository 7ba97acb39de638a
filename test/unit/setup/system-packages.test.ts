import { describe, expect, it } from 'vitest';
import { installCommands } from '../../../resources/setup/install-system-packages.mjs';
import { missingPackages, systemPackages } from '../../../resources/setup/system-packages.mjs';

const everything = new Set(systemPackages.map(({ anyOf }) => anyOf[0] ?? ''));

/** A host that has these files and programs, the latter in /usr/bin. */
function host(...has: readonly string[]) {
  const files = new Set(has.map((name) => (name.startsWith('/') ? name : `/usr/bin/${name}`)));
  return (file: string) => files.has(file);
}

function missing(
  purpose: 'lab' | 'test' | 'bench',
  without: readonly string[],
  also: readonly string[] = [],
) {
  const has = [...everything].filter((name) => !without.includes(name));
  return missingPackages(purpose, host(...has, ...also), '').flatMap(({ debian }) => debian);
}

describe('missingPackages', () => {
  it('finds nothing missing on a host that has all', () => {
    expect(missing('test', [])).toEqual([]);
  });

  it('names the packages that bring what is not there', () => {
    expect(missing('lab', ['virsh', 'qemu-img'])).toEqual(['libvirt-clients', 'qemu-utils']);
  });

  it('takes one program for another that does the same', () => {
    expect(missing('lab', ['libvirtd'], ['virtqemud'])).toEqual([]);
  });

  it('asks for the tests’ tools only for the tests, the bench’s for the bench', () => {
    const tools = ['chromium', 'pdftotext', 'tshark', 'vde_switch'];
    expect(missing('lab', tools)).toEqual([]);
    expect(missing('test', tools)).toEqual(['chromium', 'poppler-utils', 'tshark']);
    expect(missing('bench', tools)).toEqual(['chromium', 'tshark', 'vde-switch']);
  });

  it('finds programs in the folders that an ordinary PATH lacks', () => {
    const found = missingPackages('lab', host('/usr/sbin/libvirtd', '/sbin/mke2fs'), '/usr/bin');
    expect(found.flatMap(({ debian }) => debian)).not.toContain('libvirt-daemon');
    expect(found.flatMap(({ debian }) => debian)).not.toContain('e2fsprogs');
  });
});

describe('installCommands', () => {
  const wanted = systemPackages.filter(
    ({ anyOf }) => anyOf.includes('qemu-img') || anyOf.includes('mmdebstrap'),
  );

  it('uses apt without questions where there is apt', () => {
    expect(installCommands(wanted, host('/usr/bin/apt-get'))?.map((command) => command.join(' '))).toEqual([
      'env DEBIAN_FRONTEND=noninteractive apt-get update',
      'env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends qemu-utils mmdebstrap',
    ]);
  });

  it('uses dnf and its names where there is dnf', () => {
    expect(installCommands(wanted, host('/usr/bin/dnf'))?.map((command) => command.join(' '))).toEqual([
      'dnf install -y --setopt=install_weak_deps=False qemu-img mmdebstrap apt dpkg',
    ]);
  });

  it('knows no command for other systems', () => {
    expect(installCommands(wanted, host())).toBeUndefined();
  });
});
