import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { seedFiles, type SeedTerms } from '../../../../src-main/image/bake/seed-files.ts';
import { writeSeed } from '../../../../src-main/image/bake/write-seed.ts';
import { generateSshKeyPair } from '../../../../src-main/image/ssh-keys.ts';
import { run } from '../../../../src-main/process/run.ts';

const terms: SeedTerms = {
  instanceId: 'lvslab-1',
  userKey: 'ssh-ed25519 AAAAuser lvslab',
  hostKey: generateSshKeyPair('host'),
  networkConfig: 2,
  mac: '52:54:00:00:00:0A',
};

/** As PyYAML reads it, by the rules of YAML 1.1. */
const read = (text: string): unknown => parse(text, { version: '1.1' });

describe('seedFiles', () => {
  it('lets root in by our key alone, behind the host key we made', () => {
    const text = seedFiles(terms)['user-data'];
    expect(text.startsWith('#cloud-config\n')).toBe(true);
    expect(read(text)).toEqual({
      users: [{ name: 'root', lock_passwd: true, ssh_authorized_keys: [terms.userKey] }],
      disable_root: false,
      ssh_pwauth: false,
      ssh_deletekeys: true,
      ssh_keys: { ed25519_private: terms.hostKey.privateKey, ed25519_public: terms.hostKey.publicKey },
      package_update: false,
      package_upgrade: false,
    });
  });

  it('tells the instance', () => {
    expect(read(seedFiles(terms)['meta-data'])).toMatchObject({ 'instance-id': 'lvslab-1' });
  });

  it('asks for an address on the management NIC alone, in the version the guest understands', () => {
    expect(read(seedFiles(terms)['network-config'])).toEqual({
      version: 2,
      ethernets: { eth0: { match: { macaddress: '52:54:00:00:00:0a' }, 'set-name': 'eth0', dhcp4: true } },
    });
    expect(read(seedFiles({ ...terms, networkConfig: 1 })['network-config'])).toEqual({
      version: 1,
      config: [
        { type: 'physical', name: 'eth0', mac_address: '52:54:00:00:00:0a', subnets: [{ type: 'dhcp' }] },
      ],
    });
  });

  it.each([1, 2] as const)('quotes a MAC that reads as a number, version %d', (networkConfig) => {
    const mac = '52:54:00:12:34:56';
    const text = seedFiles({ ...terms, networkConfig, mac })['network-config'];
    expect(text).toContain(`'${mac}'`);
    expect(JSON.stringify(read(text))).toContain(mac);
  });
});

describe('writeSeed', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lvslab-seed-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('makes an ISO image that cloud-init finds by its label, and leaves no key beside it', async () => {
    const file = path.join(folder, 'seed.iso');
    await writeSeed(file, folder, terms, new AbortController().signal);
    expect(await readdir(folder)).toEqual(['seed.iso']);
    // ECMA-119, 8.4: the primary volume descriptor is sector 16, the volume's name at 40 in it.
    const iso = await readFile(file);
    expect(iso.toString('latin1', 16 * 2048 + 1, 16 * 2048 + 6)).toBe('CD001');
    expect(iso.toString('latin1', 16 * 2048 + 40, 16 * 2048 + 72).trim()).toBe('cidata');
    const out = path.join(folder, 'out');
    await run('xorriso', ['-osirrox', 'on', '-indev', file, '-extract', '/', out]);
    for (const [name, text] of Object.entries(seedFiles(terms))) {
      expect(await readFile(path.join(out, name), 'utf8')).toBe(text);
    }
    await run('chmod', ['-R', 'u+w', out]);
  });
});
