/** The namespace of our metadata element; a name, not a page. */
export const metadataNamespace = 'https://lvslab.invalid/domain/1';

/** Whose a domain is: written into its XML when it is made, and read back before anything is done to it. */
export interface Ownership {
  /** The data folder whose record the lab has: another folder's labs are none of ours. */
  readonly dataFolder: string;
  /** The lab's UUID. */
  readonly labId: string;
  readonly labName: string;
  readonly node: string;
}
