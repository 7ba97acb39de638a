import type { GuestSystem } from './guest-traits.ts';
import { legacyRepositories } from './legacy-repositories.ts';
import { guestScript } from './write-file.ts';

/** What is to be installed. */
export interface GuestPackages {
  /** A guest without one of these is none. */
  readonly required: readonly string[];
  /** Passed over where the guest's repositories lack one. */
  readonly optional: readonly string[];
}

/** Names of packages by what they are for, as the catalogue of images has them. */
type Names = Readonly<
  Partial<Record<'apache' | 'nginx' | 'ipvsadm' | 'keepalived' | 'tcpdump' | 'firewall', string>>
>;

/**
 * What recipes and checks call beside the programs of roles. arping is in iputils, and on EL9 arptables in iptables-nft.
 * perl gives a node its identity (lab/node-identity.ts).
 */
const tools: Readonly<Record<GuestSystem['packages'], GuestPackages>> = {
  apt: {
    required: ['perl', 'curl', 'iproute2', 'kmod', 'procps'],
    optional: ['iputils-arping', 'iputils-ping', 'arptables', 'iptables', 'net-tools', 'nftables'],
  },
  dnf: {
    // curl-minimal has it too, and cannot be beside curl.
    required: ['perl-interpreter', '/usr/bin/curl', 'iproute', 'kmod', 'procps-ng'],
    optional: ['iputils', 'iptables-nft', 'net-tools', 'nftables'],
  },
  yum: {
    required: ['perl', 'curl', 'iproute', 'kmod', 'procps-ng'],
    optional: ['iputils', 'arptables', 'iptables', 'net-tools', 'nftables'],
  },
};

/** What a guest needs to be any node of a lab. nginx is optional where another repository has it (EL7: EPEL). Pure. */
export function packagesFor({ packages }: Pick<GuestSystem, 'packages'>, names: Names): GuestPackages {
  const { apache, nginx, ipvsadm, keepalived, tcpdump, firewall } = names;
  const named = (...list: readonly (string | undefined)[]) => list.flatMap((name) => name ?? []);
  const { required, optional } = tools[packages];
  const withNginx = named(nginx ?? (packages === 'yum' ? 'nginx' : undefined));
  return {
    required: [...required, ...named(apache, ipvsadm, keepalived), ...(packages === 'yum' ? [] : withNginx)],
    optional: [...optional, ...named(tcpdump, firewall), ...(packages === 'yum' ? withNginx : [])],
  };
}

/**
 * The shell script that installs packages. It starts no service by itself: on Debian policy-rc.d(8) forbids that, since
 * two web servers would want port 80; rpm's packages start none. Pure.
 */
export function installScript(system: GuestSystem, { required, optional }: GuestPackages): string {
  const { prepare, install, has } = managers[system.packages];
  return guestScript(
    ...prepare,
    `${install} ${required.join(' ')}`,
    // yum 3 ends with 0 when it lacks some of several.
    ...required.map((name) => `${has} ${name} >/dev/null`),
    ...(optional.length === 0 ? [] : [installWhatThereIs(install, optional)]),
  );
}

/** All at once, which a package manager is quicker with, and one by one where one is missing. */
function installWhatThereIs(install: string, names: readonly string[]): string {
  const all = names.join(' ');
  return [
    `${install} ${all} || for each in ${all}; do`,
    `  ${install} "$each" || echo "Not in the repositories of this guest: $each" >&2`,
    'done',
  ].join('\n');
}

const noStart = [
  "trap 'rm -f /usr/sbin/policy-rc.d' EXIT",
  String.raw`printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d`,
  'chmod 755 /usr/sbin/policy-rc.d',
];

const apt =
  'apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold';

const managers = {
  apt: {
    prepare: ['export DEBIAN_FRONTEND=noninteractive', ...noStart, `${apt} update`],
    install: `${apt} --no-install-recommends install`,
    has: 'dpkg-query -W',
  },
  dnf: {
    prepare: [],
    install: 'dnf -y --setopt=install_weak_deps=False install',
    has: 'rpm -q --whatprovides',
  },
  yum: { prepare: legacyRepositories, install: 'yum -y install', has: 'rpm -q --whatprovides' },
} as const;
