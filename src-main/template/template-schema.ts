import { z } from 'zod';
import { nodeRoleSchema } from '../contract/node-role.ts';
import { localizedTextSchema } from '../contract/localized-text.ts';
import {
  hostNameSchema,
  ipv4Schema,
  nameSchema,
  nicNameSchema,
  portSchema,
  schedulerSchema,
  subnetSchema,
  weightSchema,
} from './value-types.ts';

const segmentSchema = z.strictObject({
  name: nameSchema,
  subnet: subnetSchema.describe('The IPv4 subnet of this LAN, such as 10.10.0.0/24.'),
});

const virtualServiceSchema = z.strictObject({
  vip: ipv4Schema.describe('The virtual IP address: in a subnet of the director, and no node’s own address.'),
  port: portSchema,
  protocol: z.enum(['tcp', 'udp']).default('tcp'),
  scheduler: schedulerSchema.describe('As ipvsadm names it: rr, wrr, lc, wlc, sh …'),
});

const nodeSchema = z.strictObject({
  name: hostNameSchema.describe('The guest’s host name.'),
  role: nodeRoleSchema,
  memoryMiB: z.int().min(96).max(16384).default(128),
  weight: weightSchema.optional().describe('Of a real server; 1 when it is left out.'),
  nics: z.array(nicNameSchema).min(1).max(4).describe('eth0, eth1 … in this order.'),
});

const cableSchema = z.strictObject({
  segment: nameSchema,
  address: ipv4Schema.optional().describe('Within the segment’s subnet, without the prefix.'),
  gateway: ipv4Schema
    .optional()
    .describe('The node’s default route: the address of another node on this segment.'),
});

const modeSchema = z.strictObject({
  title: localizedTextSchema,
  recipe: nameSchema
    .optional()
    .describe('The recipe that applies this mode; the mode’s own name by default.'),
  cabling: z
    .record(hostNameSchema, z.record(nicNameSchema, cableSchema))
    .describe('By node and NIC. A NIC that is not named is unplugged in this mode.'),
});

/** The shape of a template.yaml. What goes beyond one value is checked by check-template.ts. */
export const templateSchema = z.strictObject({
  revision: z.literal(1).describe('The revision of this format.'),
  name: nameSchema.describe('The name of the folder this file is in.'),
  title: localizedTextSchema,
  summary: localizedTextSchema.describe('One or two sentences.'),
  lesson: localizedTextSchema.describe('What the trainee learns here, as Markdown.'),
  level: z.int().min(1).max(9).default(5).describe('How hard it is: labs are listed with the easiest first.'),
  segments: z.array(segmentSchema).min(1),
  virtualService: virtualServiceSchema,
  nodes: z.array(nodeSchema).min(3),
  realServers: z
    .strictObject({ min: z.int().min(1).max(64), max: z.int().min(1).max(64) })
    .optional()
    .describe('How many real servers there may be. More than are written here are cloned from the last one.'),
  modes: z
    .record(nameSchema, modeSchema)
    .describe('The forwarding modes this lab offers, each with its cabling.'),
});

/** A template as it is written: defaults may be left out. */
export type TemplateFile = z.input<typeof templateSchema>;
