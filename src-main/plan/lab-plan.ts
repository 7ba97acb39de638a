import { z } from 'zod';
import { ipvsTimeoutsSchema, serviceSettingsSchema, thresholdsSchema } from '../contract/ipvs.ts';
import { nodeRoleSchema } from '../contract/node-role.ts';
import { embeddedTraits, guestTraitsSchema } from '../family/guest-traits.ts';

/** One NIC of a node, and the cable in it. */
export const nicPlanSchema = z.object({
  /** The name within the guest: eth0, eth1 … in the order of the PCI slots. */
  name: z.string(),
  mac: z.string(),
  /** UDP port on 127.0.0.1 on which the lab switch listens for this NIC. */
  switchPort: z.number().int(),
  /** UDP port on 127.0.0.1 on which QEMU listens for this NIC. */
  guestPort: z.number().int(),
  /** The segment the cable is in; null when it is unplugged in this mode. */
  segment: z.string().nullable(),
  /** IPv4 address with prefix length; null when it has none in this mode. */
  address: z.string().nullable(),
  /** The node's default route, an IPv4 address on this segment; null where this NIC leads to none. */
  gateway: z.string().nullable().default(null),
});
export type NicPlan = z.infer<typeof nicPlanSchema>;

/** One virtual machine. */
export const nodePlanSchema = z.object({
  name: z.string(),
  role: nodeRoleSchema,
  /** The domain's UUID. */
  uuid: z.string(),
  /** The domain's name in libvirt. */
  domain: z.string(),
  memoryMiB: z.number().int(),
  /** The weight of a real server; 1 for the others, where it means nothing. */
  weight: z.number().int(),
  /** Of a real server; records of before had none. */
  thresholds: thresholdsSchema.default({ upper: 0, lower: 0 }),
  /** TCP port on 127.0.0.1 that leads to the guest's SSH. */
  sshPort: z.number().int(),
  nics: z.array(nicPlanSchema),
});
export type NodePlan = z.infer<typeof nodePlanSchema>;

/** One Ethernet LAN; the subnet in CIDR form. */
export const segmentPlanSchema = z.object({ name: z.string(), subnet: z.string() });
export type SegmentPlan = z.infer<typeof segmentPlanSchema>;

/** The virtual service as ipvsadm(8) names it. */
export const virtualServiceSchema = z.object({
  /** The VIP, an IPv4 address. */
  vip: z.string(),
  port: z.number().int(),
  protocol: z.enum(['tcp', 'udp']),
  scheduler: z.string(),
  // Records of before had none of these.
  persistentSeconds: serviceSettingsSchema.shape.persistentSeconds.default(null),
  netmask: serviceSettingsSchema.shape.netmask.default(null),
  schedulerFlags: serviceSettingsSchema.shape.schedulerFlags.default([]),
  /** For how long idle connections are kept; null for the kernel's own. */
  timeouts: ipvsTimeoutsSchema.nullable().default(null),
});
export type VirtualService = z.infer<typeof virtualServiceSchema>;

/** What every node of a lab starts from. */
const planGuestSchema = z.object({
  /** The image's name: 'embedded', or the catalogue's. */
  image: z.string(),
  traits: guestTraitsSchema,
});

/** The guest of labs that were made when there was no other, and wherever none is named. */
export const embeddedGuest: z.infer<typeof planGuestSchema> = { image: 'embedded', traits: embeddedTraits };

/** Everything that is decided before anything is made: pure data, written to the lab's record as it is. */
export const labPlanSchema = z.object({
  /** The lab's name, unique for its user. */
  name: z.string(),
  /** The lab's UUID: with it our own domains are told from others'. */
  id: z.string(),
  template: z.string(),
  mode: z.string(),
  /** What was chosen of the options of the template's recipes; the others have their defaults. */
  options: z.record(z.string(), z.string()).default({}),
  guest: planGuestSchema.default(embeddedGuest),
  service: virtualServiceSchema,
  segments: z.array(segmentPlanSchema),
  nodes: z.array(nodePlanSchema),
});
export type LabPlan = z.infer<typeof labPlanSchema>;
