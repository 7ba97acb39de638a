import { z } from 'zod';

const fact = z.string().nullable();

/** Where a lab ran and what ran in it; null for what could not be told. */
export const labFactsSchema = z.object({
  host: z.object({
    /** The distribution's own name of itself. */
    system: fact,
    kernel: fact,
    processor: fact,
    processors: z.int().nullable(),
    memoryMiB: z.int().nullable(),
    libvirt: fact,
    qemu: fact,
    /** `kvm`, or `tcg` where QEMU computes the guests' processors itself. */
    accelerator: z.enum(['kvm', 'tcg']).nullable(),
    node: fact,
  }),
  /** By node; none where no guest could be asked. */
  guests: z.record(
    z.string(),
    z.object({
      system: fact,
      kernel: fact,
      /** By program: `ipvsadm`, `nginx`, `curl`, `keepalived`; those that the guest has. */
      programs: z.record(z.string(), z.string()),
      /** IPVS's own version; the director's alone. */
      ipvs: fact,
    }),
  ),
});
export type LabFacts = z.infer<typeof labFactsSchema>;
