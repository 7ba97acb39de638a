import { stringify } from 'yaml';
import type { SshKeyPair } from '../ssh-keys.ts';

/** What a seed tells the guest. */
export interface SeedTerms {
  /** Another than any before, or cloud-init takes this for a boot it has done already. */
  readonly instanceId: string;
  /** Who may log in as root: a public key as in authorized_keys. */
  readonly userKey: string;
  /** The only host key it will show. */
  readonly hostKey: SshKeyPair;
  /** The version of network-config that the guest's cloud-init understands. */
  readonly networkConfig: 1 | 2;
  /** The NIC that gets an address by DHCP; no other is touched. */
  readonly mac: string;
}

/**
 * The files of cloud-init's NoCloud source, by name (https://docs.cloudinit.io, "NoCloud"). A host key that is known
 * beforehand can be pinned from the first connection on.
 */
export function seedFiles(terms: SeedTerms): Record<'user-data' | 'meta-data' | 'network-config', string> {
  return {
    'user-data': `#cloud-config\n${stringify(userData(terms), { lineWidth: 0 })}`,
    'meta-data': stringify({ 'instance-id': terms.instanceId, 'local-hostname': 'bake' }),
    'network-config': stringify(terms.networkConfig === 1 ? networkV1(terms) : networkV2(terms), {
      // A MAC of digits alone would be read as a number to the base of 60 (YAML 1.1).
      defaultStringType: 'QUOTE_SINGLE',
      defaultKeyType: 'PLAIN',
    }),
  };
}

function userData({ userKey, hostKey }: SeedTerms) {
  return {
    // None of the image's own users is made.
    users: [{ name: 'root', lock_passwd: true, ssh_authorized_keys: [userKey] }],
    disable_root: false,
    ssh_pwauth: false,
    ssh_deletekeys: true,
    ssh_keys: { ed25519_private: hostKey.privateKey, ed25519_public: hostKey.publicKey },
    package_update: false,
    package_upgrade: false,
  };
}

function networkV1({ mac }: SeedTerms) {
  return {
    version: 1,
    config: [{ type: 'physical', name: 'eth0', mac_address: mac.toLowerCase(), subnets: [{ type: 'dhcp' }] }],
  };
}

/** With `set-name`: without it some versions take the key for the NIC's name, which it need not have. */
function networkV2({ mac }: SeedTerms) {
  const eth0 = { match: { macaddress: mac.toLowerCase() }, 'set-name': 'eth0', dhcp4: true };
  return { version: 2, ethernets: { eth0 } };
}
