/** A guest image that is ready to start nodes from. All paths are absolute. */
export interface GuestImage {
  /** Hash of the recipe it was built from: its name. */
  readonly key: string;
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
