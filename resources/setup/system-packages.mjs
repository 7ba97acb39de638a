import { existsSync } from 'node:fs';
import path from 'node:path';

/** @typedef {'lab' | 'start' | 'test' | 'bench' | 'acceptance'} Purpose */

/**
 * @typedef {object} SystemPackage
 * @property {string} brings What it is wanted for.
 * @property {readonly string[]} anyOf Programs (bare names) or files (absolute): one of them there, and it counts as installed.
 * @property {readonly Purpose[]} [only] The commands that need it; all of them by default.
 * @property {readonly string[]} debian Package names for apt (Debian, Ubuntu).
 * @property {readonly string[]} fedora Package names for dnf (Fedora, CentOS Stream with EPEL).
 */

/** @type {readonly SystemPackage[]} */
export const systemPackages = [
  { brings: 'virsh', anyOf: ['virsh'], debian: ['libvirt-clients'], fedora: ['libvirt-client'] },
  {
    brings: "libvirt's daemon",
    anyOf: ['libvirtd', 'virtqemud'],
    debian: ['libvirt-daemon'],
    fedora: ['libvirt-daemon'],
  },
  {
    brings: "libvirt's QEMU driver",
    anyOf: [
      '/usr/lib/x86_64-linux-gnu/libvirt/connection-driver/libvirt_driver_qemu.so',
      '/usr/lib64/libvirt/connection-driver/libvirt_driver_qemu.so',
    ],
    debian: ['libvirt-daemon-driver-qemu'],
    fedora: ['libvirt-daemon-driver-qemu'],
  },
  {
    brings: "libvirt's system configuration",
    anyOf: ['/etc/libvirt/qemu.conf'],
    debian: ['libvirt-daemon-system'],
    fedora: ['libvirt-daemon-driver-qemu'],
  },
  {
    brings: 'QEMU',
    anyOf: ['qemu-system-x86_64', '/usr/libexec/qemu-kvm'],
    debian: ['qemu-system-x86'],
    fedora: ['qemu-kvm'],
  },
  { brings: 'disk images', anyOf: ['qemu-img'], debian: ['qemu-utils'], fedora: ['qemu-img'] },
  {
    brings: 'the guest image',
    anyOf: ['mmdebstrap'],
    debian: ['mmdebstrap'],
    fedora: ['mmdebstrap', 'apt', 'dpkg'],
  },
  {
    brings: "the keys of Debian's archive",
    anyOf: ['/usr/share/keyrings/debian-archive-keyring.gpg'],
    debian: ['debian-archive-keyring'],
    fedora: ['debian-keyring'],
  },
  {
    brings: "the guest image's build as an ordinary user",
    anyOf: ['newuidmap'],
    debian: ['uidmap'],
    fedora: ['shadow-utils-subid'],
  },
  { brings: 'file systems', anyOf: ['mke2fs'], debian: ['e2fsprogs'], fedora: ['e2fsprogs'] },
  {
    brings: "the CD of a cloud image's first boot",
    anyOf: ['xorriso'],
    debian: ['xorriso'],
    fedora: ['xorriso'],
  },
  { brings: "the guest's SSH keys", anyOf: ['ssh-keygen'], debian: ['openssh-client'], fedora: ['openssh'] },
  {
    brings: 'the browser that the tests and the bench drive',
    anyOf: ['chromium', 'chromium-browser', 'google-chrome'],
    only: ['test', 'bench'],
    debian: ['chromium'],
    fedora: ['chromium'],
  },
  {
    brings: 'what looks at the PDFs of reports',
    anyOf: ['pdftotext'],
    only: ['test'],
    debian: ['poppler-utils'],
    fedora: ['poppler-utils'],
  },
  {
    brings: 'Chinese and Japanese letters in PDFs',
    anyOf: [
      '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
      '/usr/share/fonts/google-noto-sans-cjk-vf-fonts/NotoSansCJK-VF.ttc',
      '/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc',
    ],
    only: ['test'],
    debian: ['fonts-noto-cjk'],
    fedora: ['google-noto-sans-cjk-vf-fonts'],
  },
  {
    brings: 'tshark',
    anyOf: ['tshark'],
    only: ['test', 'bench'],
    debian: ['tshark'],
    fedora: ['wireshark-cli'],
  },
  {
    brings: 'shellcheck',
    anyOf: ['shellcheck'],
    only: ['test'],
    debian: ['shellcheck'],
    fedora: ['ShellCheck'],
  },
  { brings: 'xmllint', anyOf: ['xmllint'], only: ['test'], debian: ['libxml2-utils'], fedora: ['libxml2'] },
  { brings: 'curl', anyOf: ['curl'], only: ['test', 'bench'], debian: ['curl'], fedora: ['curl'] },
  {
    brings: 'the switch that ours is measured against',
    anyOf: ['vde_switch'],
    only: ['bench'],
    debian: ['vde-switch'],
    fedora: ['vde2'],
  },
];

/** Folders of administrators' programs that an ordinary user's PATH may lack. */
const programFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'];

/**
 * The packages a command needs that are not there.
 * @param {Purpose} purpose
 * @param {(file: string) => boolean} [exists]
 * @param {string} [searchPath]
 */
export function missingPackages(purpose, exists = existsSync, searchPath = process.env['PATH'] ?? '') {
  const folders = [...new Set([...searchPath.split(':').filter(Boolean), ...programFolders])];
  /** @param {string} name */
  const isThere = (name) =>
    path.isAbsolute(name) ? exists(name) : folders.some((folder) => exists(path.join(folder, name)));
  return systemPackages.filter(
    ({ only, anyOf }) => (only === undefined || only.includes(purpose)) && !anyOf.some(isThere),
  );
}
