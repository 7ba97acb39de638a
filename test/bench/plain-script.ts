import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GuestImage } from '../../src-main/image/guest-image.ts';
import { defaultPortRange, findFreePorts } from '../../src-main/lab/ports.ts';
import { detectAcceleration } from '../../src-main/libvirt/acceleration.ts';
import { libvirtConnection } from '../../src-main/libvirt/connection.ts';
import { createDomainXml } from '../../src-main/libvirt/xml/create-domain.ts';
import { run } from '../../src-main/process/run.ts';
import { ending } from '../support/end-started.ts';
import { testHome } from '../support/test-home.ts';

/** A node as someone without LVS Lab would write it down by hand. */
interface PlainNode {
  readonly name: string;
  readonly uuid: string;
  readonly disk: string;
  readonly xml: string;
  readonly sshPort: number;
}

/** Which nodes are brought up, by name; the director gets two NICs, the others one. */
interface PlainLab {
  readonly names: readonly string[];
  readonly memoryMiB: number;
  /** How a node is waited for; ssh(1) in a loop when left out. */
  readonly answers?: (node: string, sshPort: number) => Promise<void>;
}

const fourNodes: PlainLab = { names: ['director', 'rs1', 'rs2', 'client'], memoryMiB: 128 };

/** The least that brings nodes of an image up: overlay, `virsh create` and ssh until it answers, all at once. */
export async function timePlainScript(image: GuestImage, lab = fourNodes): Promise<number> {
  const folder = await mkdtemp(path.join(testHome, 'plain-'));
  const nodes = await writeNodes(folder, image, lab);
  const { uri } = libvirtConnection();
  const end = async () => {
    await Promise.allSettled(nodes.map(({ uuid }) => run('virsh', ['-c', uri, 'destroy', uuid])));
    await rm(folder, { recursive: true });
  };
  const began = performance.now();
  return ending(end, async () => {
    await Promise.all(
      nodes.map(async (node) => {
        await run('sh', ['-c', scriptOf(node, image, uri, lab.answers ? 'true' : untilSsh(node, image))]);
        await lab.answers?.(node.name, node.sshPort);
      }),
    );
    return (performance.now() - began) / 1000;
  });
}

function scriptOf({ disk, xml }: PlainNode, image: GuestImage, uri: string, wait: string): string {
  return `set -e
qemu-img create -q -f qcow2 -F qcow2 -b ${image.rootDisk} ${disk}
virsh -q -c ${uri} create ${xml}
${wait}`;
}

function untilSsh({ sshPort }: PlainNode, image: GuestImage): string {
  const ssh = [
    `ssh -i ${image.privateKeyPath} -p ${sshPort}`,
    '-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o ConnectTimeout=60',
    `${image.sshUser}@127.0.0.1 true`,
  ].join(' ');
  return `until ${ssh}; do sleep 0.2; done`;
}

async function writeNodes(
  folder: string,
  image: GuestImage,
  { names, memoryMiB }: PlainLab,
): Promise<PlainNode[]> {
  const ports = await findFreePorts(names.length * 5, defaultPortRange, new Set());
  const { type: acceleration } = await detectAcceleration({
    dataFolder: testHome,
    signal: AbortSignal.timeout(30_000),
  });
  return Promise.all(
    names.map(async (name, index) => {
      const uuid = randomUUID();
      await mkdir(path.join(folder, name));
      const [disk, xml] = [path.join(folder, name, 'disk.qcow2'), path.join(folder, name, 'domain.xml')];
      const [sshPort = 0, a = 0, b = 0, c = 0, d = 0] = ports.slice(index * 5);
      const nics = [
        { mac: `02:00:00:00:01:0${index}`, switchPort: a, guestPort: b },
        { mac: `02:00:00:00:02:0${index}`, switchPort: c, guestPort: d },
      ].slice(0, name === 'director' ? 2 : 1);
      const spec = {
        name: `plain-${name}-${uuid.slice(0, 8)}`,
        uuid,
        owner: { dataFolder: folder, labId: uuid, labName: 'plain', node: name },
        memoryMiB,
        acceleration,
        boot: {
          kernel: image.kernel,
          initrd: image.initrd,
          kernelArguments: `${image.kernelArguments} systemd.hostname=${name} systemd.machine_id=${uuid.replaceAll('-', '')}`,
        },
        disk,
        consoleLog: path.join(folder, name, 'console.log'),
        sshPort,
        nics,
        asRoot: process.getuid?.() === 0,
      };
      await writeFile(xml, createDomainXml(spec));
      return { name, uuid, disk, xml, sshPort };
    }),
  );
}
