import { describe, expect, it } from 'vitest';
import { networkFiles, networkScript } from '../../../src-main/family/network.ts';

const nic = { mac: '52:54:00:00:00:01', address: '10.0.2.15/24' };
const keepers = ['networkd', 'network-manager', 'network-scripts'] as const;

describe.each(keepers)('the files for %s', (keeper) => {
  const files = networkFiles(keeper, nic);

  it('are of the form that their reader takes', () => {
    for (const { path, content } of files) {
      expect(content.endsWith('\n'), path).toBe(true);
      const lines = content
        .trimEnd()
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'));
      for (const line of lines) {
        // udev(7) has comparisons and assignments, the others sections and keys (ifcfg files have no sections).
        const form = path.endsWith('.rules')
          ? /^(\w+(\{\w+\})?(==|=)"[^"]*"(, |$))+$/
          : /^(\[[\w-]+\]|[\w.-]+=\S.*)$/;
        expect(line, path).toMatch(form);
      }
      const sections = /ifcfg-|\.rules$/.test(path) ? [] : [lines[0]];
      for (const first of sections) expect(first, path).toMatch(/^\[/);
    }
  });

  it('name the management NIC by its MAC, and give it an address and no way out', () => {
    const all = files.map(({ content }) => content).join('\n');
    expect(all).toContain(nic.mac);
    expect(all).toMatch(/10\.0\.2\.15/);
    expect(all).not.toMatch(/gateway/i);
  });

  it('are all written, and hold no end of the here-documents that they are written by', () => {
    const script = networkScript({ network: keeper }, nic);
    for (const { path, content } of files) {
      expect(script).toContain(`cat >${path} <<'END_OF_FILE'\n${content}END_OF_FILE\n`);
      expect(content).not.toContain('END_OF_FILE');
    }
  });
});

describe('networkScript', () => {
  it('keeps a connection’s file from others, or NetworkManager would not take it', () => {
    const script = networkScript({ network: 'network-manager' }, nic);
    expect(script).toContain('chmod 600 /etc/NetworkManager/system-connections/lvslab-mgmt.nmconnection');
  });

  it('changes nothing in a guest whose NICs nobody keeps', () => {
    expect(networkScript({ network: 'none' }, nic)).toBe('set -eu\n');
  });
});
