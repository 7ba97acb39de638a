import type { GuestTraits } from '../family/guest-traits.ts';

/** A guest image that is ready to start nodes from: built on this host or baked. All paths are absolute. */
export interface GuestImage {
  /** Hash of what it was made from: its folder's name. */
  readonly key: string;
  /** 'embedded' for the one that is built on this host, otherwise the catalogue entry's name. */
  readonly name: string;
  /** As a person calls it. */
  readonly title: string;
  /** The least a node on it is given; 0 where the template alone decides. */
  readonly memoryMiB: number;
  readonly traits: GuestTraits;
  readonly folder: string;
  readonly kernel: string;
  readonly initrd: string;
  /** A read-only qcow2; nodes start on overlays over it. */
  readonly rootDisk: string;
  /** What the kernel is told beside the node's own arguments. */
  readonly kernelArguments: string;
  readonly sshUser: string;
  readonly privateKeyPath: string;
  /** The guest's host key as in known_hosts: `ssh-ed25519 AAAA…`. */
  readonly hostKey: string;
  /** ISO 8601. */
  readonly builtAt: string;
  /** Bytes on disk, of all its files. */
  readonly bytes: number;
}
