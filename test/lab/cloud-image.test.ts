import { readdirSync, statSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { guestTraitsSchema } from '../../src-main/family/guest-traits.ts';
import { observationSchema } from '../../src-main/contract/observation.ts';
import { seedFiles } from '../../src-main/image/bake/seed-files.ts';
import { generateSshKeyPair } from '../../src-main/image/ssh-keys.ts';
import { managementMac } from '../../src-main/libvirt/xml/create-domain.ts';
import { run } from '../../src-main/process/run.ts';
import { makeCloudImage } from '../support/cloud-image/make-cloud-image.ts';
import { startPackageProxy, type PackageProxy } from '../support/cloud-image/package-proxy.ts';
import { withOwnHostKey } from '../support/cloud-image/with-own-host-key.ts';
import { expectAlternation, recordOf, succeed, withNode } from '../support/kept-lab.ts';
import { leftovers, ourDomains } from '../support/leftovers.ts';
import { lvslab, startLvslab } from '../support/lvslab.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { keptHome, testHome } from '../support/test-home.ts';

/** A cloud image goes the whole way: brought in, baked once, and labs in every mode on it. */
const image = 'cloud-test';
const stranger = 'cloud-stranger';
const lab = 'cloud';
const settings = path.join(testHome, 'fetch.yaml');
const bakeTimeout = { timeout: 900_000 };
const labTimeout = { timeout: 600_000 };
const scratch = scratchFolder();
let packages: PackageProxy;

const bakedSchema = z.object({
  image: z.object({ key: z.string(), folder: z.string(), rootDisk: z.string(), traits: guestTraitsSchema }),
});

const planSchema = z.object({ steps: z.array(z.object({ node: z.string(), keep: z.array(z.string()) })) });

beforeAll(async () => {
  const file = await makeCloudImage(path.join(keptHome, 'cloud-image'));
  packages = await startPackageProxy();
  await writeFile(settings, `proxy: ${packages.url}\n`);
  await bringIn(image, file);
  await bringIn(stranger, await withOwnHostKey(file, scratch.path));
}, bakeTimeout.timeout);

afterAll(async () => {
  await succeed('rm', '--all');
  for (const name of [image, stranger]) await succeed('image', 'rm', name);
  await packages.close();
  scratch.remove();
  await rm(settings, { force: true });
  expect(await leftovers(testHome)).toEqual([]);
  expect(await succeed('image', 'list')).not.toContain(image);
});

async function bringIn(name: string, file: string): Promise<void> {
  await lvslab(['image', 'rm', name]); // Of a run that was ended.
  await succeed('image', 'import', file, '--like', 'debian-12', '--name', name);
}

/** The last JSON line of a command. */
async function resultOf(...args: string[]): Promise<unknown> {
  return JSON.parse((await succeed(...args, '--json')).trim().split('\n').at(-1)!);
}

/** The UUIDs of the machines that an image is being baked in. */
async function machinesOf(name: string): Promise<string[]> {
  const domains = await ourDomains(testHome);
  return domains.filter(({ xml }) => xml.includes(`name="${name}"`)).map(({ uuid }) => uuid);
}

async function startableImages(): Promise<string[]> {
  const { images } = (await resultOf('image', 'list')) as { images: { name: string }[] };
  return images.map(({ name }) => name);
}

/** What bakes that came to no end have left beside the images. */
function halfBaked(): string[] {
  return readdirSync(path.join(testHome, 'images')).filter((name) => name.startsWith('.'));
}

async function bake() {
  return bakedSchema.parse(await resultOf('image', 'bake', image)).image;
}

async function askNode(node: string, command: string): Promise<string> {
  const { exitCode, stdout, stderr } = await withNode(lab, node, (session) => session.run(command));
  expect(exitCode, `${command}\n${stdout}${stderr}`).toBe(0);
  return stdout.trim();
}

async function nodeNames(): Promise<string[]> {
  return (await recordOf(lab)).plan.nodes.map(({ name }) => name);
}

async function startLab(mode: string, ...more: string[]): Promise<void> {
  const flags = ['--image', image, '--mode', mode, '--name', lab, '--boot-timeout', '400'];
  await succeed('run', 'three-modes', ...flags, '--requests', '10', '--keep', '--json', ...more);
}

async function expectAllClaims(mode: string): Promise<void> {
  const observation = observationSchema.parse(await resultOf('verify', lab, '--requests', '10'));
  expect(observation).toMatchObject({ mode, failed: 0, byServer: { rs1: 5, rs2: 5 } });
  expect(observation.claims.filter(({ verdict }) => verdict !== 'proved')).toEqual([]);
  expect(observation.claims.length).toBeGreaterThan(3);
}

describe('baking a cloud image', () => {
  it('stops at a guest that shows another host key than its seed gave it', bakeTimeout, async () => {
    const { code, stderr } = await lvslab(['image', 'bake', stranger]);
    expect(code, stderr).toBe(1);
    expect(stderr).toContain('is not the one that was started');
    expect(await machinesOf(stranger)).toEqual([]);
    expect(halfBaked()).toEqual([]);
    expect(await startableImages()).not.toContain(stranger);
  });

  it('is cleared up by the next, where it was killed', bakeTimeout, async () => {
    const call = startLvslab(['image', 'bake', image, '--json']);
    await call.until(({ step, state }) => step === 'bake.boot' && state === 'running');
    await expect.poll(() => machinesOf(image), { timeout: 60_000 }).toHaveLength(1);
    call.child.kill('SIGKILL');
    await call.ended;
    const [left] = await machinesOf(image);
    const next = startLvslab(['image', 'bake', image, '--json']);
    await next.until(({ step, state }) => step === 'bake.boot' && state === 'running');
    expect(await machinesOf(image)).not.toContain(left);
    next.child.kill('SIGINT');
    expect(await next.ended).toMatchObject({ code: 130 });
    expect(await machinesOf(image)).toEqual([]);
    expect(halfBaked()).toEqual([]);
  });

  it('installs packages over the network, and keeps what labs start from', bakeTimeout, async () => {
    const { folder, rootDisk, traits } = await bake();
    expect(packages.asked.some((address) => address.includes('/ipvsadm_'))).toBe(true);
    expect(traits).toMatchObject({
      ...{ family: 'debian', packages: 'apt', network: 'network-manager', firewall: 'firewalld' },
      selinux: 'off',
    });
    expect(traits.schedulers).toContain('wlc');
    expect(statSync(rootDisk).mode & 0o222).toBe(0);
    const { stdout } = await run('qemu-img', ['info', '--output=json', rootDisk]);
    expect(JSON.parse(stdout)).not.toHaveProperty('backing-filename');
    for (const name of ['kernel', 'initrd'])
      expect(statSync(path.join(folder, name)).size).toBeGreaterThan(1e6);
    expect(await startableImages()).toContain(image);
  });

  it('is done once', async () => {
    const before = packages.asked.length;
    const { rootDisk } = await bake();
    const { mtimeMs } = statSync(rootDisk);
    expect((await bake()).rootDisk).toBe(rootDisk);
    expect(statSync(rootDisk).mtimeMs).toBe(mtimeMs);
    expect(packages.asked.length).toBe(before);
  });
});

describe('a lab on it whose firewall stays', () => {
  beforeAll(() => startLab('nat', '--option', 'firewall=on'), labTimeout.timeout);

  it.each(['nat', 'dr', 'tun'])('holds what %s claims', labTimeout, async (mode) => {
    if (mode !== 'nat') await succeed('mode', lab, mode);
    await expectAllClaims(mode);
    await expectAlternation(lab);
    for (const node of await nodeNames()) expect(await askNode(node, 'firewall-cmd --state')).toBe('running');
  });

  it('has nodes that share no identity, and one host key each', async () => {
    const names = await nodeNames();
    expect(await askNode('rs1', 'ls /etc/ssh/ssh_host_*')).toBe('/etc/ssh/ssh_host_ed25519_key');
    const seen = await Promise.all(
      names.map((name) =>
        askNode(
          name,
          'hostname; cat /etc/machine-id /sys/class/net/eth*/address; ssh-keygen -yf /etc/ssh/ssh_host_ed25519_key',
        ),
      ),
    );
    const lines = seen.flatMap((text) => text.split('\n'));
    expect(lines.length).toBeGreaterThanOrEqual(names.length * 4);
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('has NetworkManager keep the management NIC alone', async () => {
    const devices = (await askNode('director', 'nmcli -t -f DEVICE,STATE,CONNECTION device')).split('\n');
    expect(devices).toContain('eth0:unmanaged:');
    expect(devices).toContain('eth1:unmanaged:');
    expect(devices.filter((device) => device.includes(':connected:'))).toEqual([
      expect.stringMatching(/^mgmt:connected:/),
    ]);
    expect(await askNode('director', 'nmcli -g ipv4.addresses connection show lvslab-mgmt')).toBe(
      '10.0.2.15/24',
    );
  });

  it('has a seed that cloud-init’s own tools read', async () => {
    const keys = { userKey: generateSshKeyPair('user').publicKey, hostKey: generateSshKeyPair('host') };
    for (const networkConfig of [1, 2] as const) {
      const files = seedFiles({ instanceId: 'test', ...keys, networkConfig, mac: managementMac });
      await withNode(lab, 'client', async (session) => {
        for (const [name, content] of Object.entries(files))
          await session.run(`cat > /run/${name}`, { input: content });
      });
      expect(await askNode('client', 'cloud-init schema --config-file /run/user-data')).toContain('Valid');
      const convert = `cloud-init devel net-convert -p /run/network-config -k yaml -d /run/converted -D debian -O network-manager -m eth0,${managementMac}`;
      const keyfiles = await askNode(
        'client',
        `${convert} >&2; cat /run/converted/etc/NetworkManager/system-connections/*`,
      );
      expect(keyfiles.toLowerCase()).toContain(managementMac);
      expect(keyfiles).toContain('method=auto');
    }
  });
});

describe('a lab on it whose firewall is stopped', () => {
  beforeAll(async () => {
    await succeed('rm', lab);
    await startLab('dr');
  }, labTimeout.timeout);

  it('holds its claims too', labTimeout, async () => {
    await expectAllClaims('dr');
    for (const node of ['director', 'rs1', 'rs2'])
      expect(await askNode(node, 'systemctl is-active firewalld || true')).toBe('inactive');
  });

  it('loses its addresses to a NetworkManager that is let at its NICs, and says so', labTimeout, async () => {
    const letAtThem = 'rm /etc/NetworkManager/conf.d/90-lvslab.conf && systemctl reload NetworkManager';
    await askNode('rs1', letAtThem);
    const address = () => askNode('rs1', 'ip -4 -o address show dev eth0');
    await expect.poll(address, { timeout: 60_000, interval: 1000 }).toBe('');
    expect(await lvslab(['drift', lab])).toMatchObject({ code: 4 });
  });

  it('holds its claims with addresses that NetworkManager keeps', labTimeout, async () => {
    for (const command of await typedToKeep('rs1')) await askNode('rs1', command);
    expect(await askNode('rs1', 'nmcli -g GENERAL.STATE device show eth0')).toContain('(connected)');
    expect(await askNode('rs1', 'nmcli -g ipv4.addresses connection show lo')).toContain('10.10.0.100/32');
    await expectAllClaims('dr');
    expect((await lvslab(['drift', lab])).code).toBe(0);
  });

  it('is mended by a reset', labTimeout, async () => {
    await succeed('reset', lab);
    expect(await askNode('rs1', 'nmcli -g GENERAL.STATE device show eth0')).toContain('unmanaged');
    await expectAllClaims('dr');
  });
});

/** What the plan says to type for a node's steps to last. */
async function typedToKeep(node: string): Promise<string[]> {
  const { steps } = planSchema.parse(
    await resultOf('plan', 'three-modes', '--mode', 'dr', '--image', image, '--lasting'),
  );
  return steps.filter((step) => step.node === node).flatMap(({ keep }) => keep);
}
