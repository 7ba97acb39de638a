import XMLBuilder from 'fast-xml-builder';
import { metadataNamespace, type Ownership } from './ownership.ts';

/** A virtual machine as the lab wants it. Paths are absolute. */
export interface DomainSpec {
  readonly name: string;
  readonly uuid: string;
  readonly owner: Ownership;
  readonly memoryMiB: number;
  readonly acceleration: 'kvm' | 'tcg';
  /** By a kernel that is handed to it, or by QEMU's own BIOS from what its disk holds. */
  readonly boot: KernelBoot | 'disk';
  readonly disk: string;
  /** An ISO 9660 image in its CD drive, where it is to have one. */
  readonly seed?: string;
  /** Where the serial console is written. */
  readonly consoleLog: string;
  /** The socket at the host's end of a second serial line, where the machine is to have one. */
  readonly line?: string;
  /** TCP port on 127.0.0.1 that leads to port 22 of the guest. */
  readonly sshPort: number;
  /** The management network also leads out, as far as this host gets; otherwise SSH comes in and nothing goes out. */
  readonly openNetwork?: boolean;
  readonly nics: readonly DomainNic[];
  /** Run QEMU as root: needed under the system daemon when the files lie where its own user cannot read. */
  readonly asRoot: boolean;
}

interface KernelBoot {
  readonly kernel: string;
  readonly initrd: string;
  readonly kernelArguments: string;
}

/** A NIC whose Ethernet frames ride in UDP on loopback, one a datagram. */
export interface DomainNic {
  readonly mac: string;
  /** Where the other end of the cable listens. */
  readonly switchPort: number;
  /** Where QEMU listens. */
  readonly guestPort: number;
}

/** The management NIC's MAC: the same in every guest, since each stands alone on its own slirp network. */
export const managementMac = '52:54:00:00:00:01';

const firstLabSlot = 0x03;
const managementSlot = 0x1e;

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
  format: true,
});

/** The domain XML libvirt starts a node from (https://libvirt.org/formatdomain.html). */
export function createDomainXml(spec: DomainSpec): string {
  return builder.build({
    domain: {
      '@type': spec.acceleration === 'kvm' ? 'kvm' : 'qemu',
      '@xmlns:qemu': 'http://libvirt.org/schemas/domain/qemu/1.0',
      name: spec.name,
      uuid: spec.uuid,
      metadata: {
        'lvslab:node': {
          '@xmlns:lvslab': metadataNamespace,
          '@data-folder': spec.owner.dataFolder,
          '@lab-id': spec.owner.labId,
          '@lab-name': spec.owner.labName,
          '@name': spec.owner.node,
        },
      },
      memory: { '@unit': 'MiB', '#text': spec.memoryMiB },
      vcpu: 1,
      os: {
        type: { '@arch': 'x86_64', '@machine': 'pc', '#text': 'hvm' },
        ...bootFrom(spec.boot),
      },
      ...processor(spec.acceleration),
      clock: { '@offset': 'utc' },
      // A node that switches itself off is gone from libvirt; the lab knows its plan and can start it again.
      on_poweroff: 'destroy',
      on_reboot: 'restart',
      on_crash: 'destroy',
      devices: devices(spec),
      ...(spec.asRoot && {
        seclabel: { '@type': 'static', '@model': 'dac', '@relabel': 'no', label: '+0:+0' },
      }),
      'qemu:commandline': { 'qemu:arg': managementNic(spec).map((value) => ({ '@value': value })) },
    },
  });
}

function bootFrom(boot: DomainSpec['boot']) {
  if (boot === 'disk') return { boot: { '@dev': 'hd' } };
  return { kernel: boot.kernel, initrd: boot.initrd, cmdline: boot.kernelArguments };
}

function processor(acceleration: DomainSpec['acceleration']) {
  if (acceleration === 'kvm') return { features: { acpi: {} }, cpu: { '@mode': 'host-passthrough' } };
  return {
    // Left alone, QEMU keeps up to 1 GiB of translated code a guest.
    features: { acpi: {}, tcg: { 'tb-cache': { '@unit': 'MiB', '#text': 128 } } },
    cpu: { '@mode': 'maximum' },
  };
}

function devices(spec: DomainSpec) {
  return {
    disk: [ownDisk(spec), ...(spec.seed === undefined ? [] : [cdDrive(spec.seed)])],
    controller: { '@type': 'usb', '@model': 'none' },
    interface: spec.nics.map(labNic),
    serial: [
      { '@type': 'file', source: { '@path': spec.consoleLog }, target: { '@port': 0 } },
      ...(spec.line === undefined ? [] : [{ ...lineEnd(spec.line), target: { '@port': 1 } }]),
    ],
    memballoon: { '@model': 'none' },
  };
}

function ownDisk({ disk, boot }: DomainSpec) {
  return {
    '@type': 'file',
    '@device': 'disk',
    driver: {
      '@name': 'qemu',
      '@type': 'qcow2',
      // An overlay is thrown away with its lab: nothing on it needs to survive the host.
      '@cache': 'unsafe',
      // What is kept of a disk that starts by itself is to be without what its guest deleted.
      ...(boot === 'disk' && { '@discard': 'unmap' }),
    },
    source: { '@file': disk },
    target: { '@dev': 'vda', '@bus': 'virtio' },
  };
}

/** On the machine's own IDE controller: cloud kernels that leave out SATA have a driver for it. */
function cdDrive(image: string) {
  return {
    '@type': 'file',
    '@device': 'cdrom',
    driver: { '@name': 'qemu', '@type': 'raw' },
    source: { '@file': image },
    target: { '@dev': 'hda', '@bus': 'ide' },
    readonly: {},
  };
}

/** The guest has the line in any case, as it must to be restored; unix(7) allows 107 bytes for its other end's address. */
function lineEnd(socket: string) {
  if (Buffer.byteLength(socket) > 107) return { '@type': 'null' };
  return { '@type': 'unix', source: { '@mode': 'bind', '@path': socket } };
}

/** Lab NICs sit in the low PCI slots in their order, so the kernel names them eth0, eth1 … */
function labNic(nic: DomainNic, index: number) {
  return {
    '@type': 'udp',
    mac: { '@address': nic.mac },
    source: {
      '@address': '127.0.0.1',
      '@port': nic.switchPort,
      local: { '@address': '127.0.0.1', '@port': nic.guestPort },
    },
    model: { '@type': 'virtio' },
    rom: { '@enabled': 'no' },
    address: { '@type': 'pci', '@slot': `0x${(firstLabSlot + index).toString(16).padStart(2, '0')}` },
  };
}

/** Slirp with a forwarded port: libvirt's own `<portForward>` needs passt, which libvirt 9.0 does not know. */
function managementNic({ sshPort, openNetwork }: DomainSpec): string[] {
  return [
    '-netdev',
    `user,id=management,restrict=${openNetwork ? 'off' : 'on'},hostfwd=tcp:127.0.0.1:${sshPort}-:22`,
    '-device',
    `virtio-net-pci,netdev=management,mac=${managementMac},addr=0x${managementSlot.toString(16)},romfile=`,
  ];
}
