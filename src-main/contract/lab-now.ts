import { z } from 'zod';
import { forwardingSchema, serviceSettingsSchema, thresholdsSchema } from './ipvs.ts';

/** What a node has now, as its guest says: not what the lab's plan or recipe wants. */
export const nodeNowSchema = z.object({
  /** False while its guest says nothing: it boots, halts, or is away. What is below is as it was last heard then. */
  answers: z.boolean(),
  /** IPv4 addresses with prefix length, and the interfaces they are on; neither loopback's own nor the management NIC's. */
  addresses: z.array(z.object({ nic: z.string(), address: z.string() })),
  /** Interfaces that were set down in the guest: the lab's NICs, and others with an address. */
  down: z.array(z.string()),
  /** Whether anything listens on the service's port; null where none is to: on others than real servers. */
  listens: z.boolean().nullable(),
  /** Units of systemd that matter for its role, and run. */
  services: z.array(z.string()),
  /** Kernel settings that the mode asks for and the guest has otherwise; a value is '' where there is no such setting. */
  settings: z.array(z.object({ name: z.string(), value: z.string(), wanted: z.string() })),
});
export type NodeNow = z.infer<typeof nodeNowSchema>;

/** An entry of a virtual service. */
export const entryNowSchema = thresholdsSchema.extend({
  /** `RIP:port`. */
  address: z.string(),
  /** The node that has the address; null where the lab's plan knows none. */
  node: z.string().nullable(),
  forwarding: forwardingSchema,
  weight: z.number(),
});
export type EntryNow = z.infer<typeof entryNowSchema>;

/** The virtual service that takes the lab's requests. */
export const serviceNowSchema = serviceSettingsSchema.extend({ servers: z.array(entryNowSchema) });
export type ServiceNow = z.infer<typeof serviceNowSchema>;

/** A lab as its guests and the director's table have it at this moment. */
export const labNowSchema = z.object({
  /** Milliseconds since 1970, by the host's clock. */
  at: z.number(),
  /** By node; those that were not heard yet are left out. */
  nodes: z.record(z.string(), nodeNowSchema),
  /**
   * What the director's table has: null before it was read, and where it cannot be. `service` is null where no virtual
   * service takes the lab's requests; `others` counts the services beside it.
   */
  table: z.object({ service: serviceNowSchema.nullable(), others: z.int() }).nullable(),
});
export type LabNow = z.infer<typeof labNowSchema>;
