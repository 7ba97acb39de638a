import type { Ownership } from '../libvirt/xml/ownership.ts';

// What a lab's name cannot be: in its metadata such a machine says that it is no lab's.
export const warmOwner = 'a warm state';
export const bakeOwner = 'an image that is baked';

/** Whether a machine is a lab's node; the others are for whoever makes a warm state or an image to end. */
export function isNode({ labName }: Pick<Ownership, 'labName'>): boolean {
  return labName !== warmOwner && labName !== bakeOwner;
}
