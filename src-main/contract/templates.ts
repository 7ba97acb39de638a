import { z } from 'zod';
import { errorInfoSchema } from './lab-error.ts';
import { localizedTextSchema } from './localized-text.ts';
import { nodeRoleSchema } from './node-role.ts';

/** One Ethernet LAN; the subnet in CIDR form. */
export const segmentViewSchema = z.object({ name: z.string(), subnet: z.string() });

/** A machine as a template has it in one of its modes. */
export const templateNodeSchema = z.object({
  name: z.string(),
  role: nodeRoleSchema,
  weight: z.int(),
  memoryMiB: z.int(),
  /** In the guest's order; segment and address are null where the cable is out in this mode. */
  nics: z.array(
    z.object({ name: z.string(), segment: z.string().nullable(), address: z.string().nullable() }),
  ),
});

/** A choice that a template's recipes offer: `name` and `value` are what a start is told. */
export const templateOptionSchema = z.object({
  name: z.string(),
  title: localizedTextSchema,
  default: z.string(),
  values: z.array(
    z.object({
      value: z.string(),
      title: localizedTextSchema,
      /** The firewall that a guest must have for it; null where every guest will do. */
      firewall: z.literal('firewalld').nullable().default(null),
    }),
  ),
  /** The modes whose recipe has it. */
  modes: z.array(z.string()),
});

/** A lab that can be started, as a card shows it. */
export const templateCardSchema = z.object({
  name: z.string(),
  title: localizedTextSchema,
  summary: localizedTextSchema,
  /** Markdown. */
  lesson: localizedTextSchema,
  /** How hard it is; 1 is the easiest. */
  level: z.int(),
  segments: z.array(segmentViewSchema),
  service: z.object({
    vip: z.string(),
    port: z.int(),
    protocol: z.enum(['tcp', 'udp']),
    scheduler: z.string(),
  }),
  /** In the template's order; the first is what a start takes unless it is told another. */
  modes: z.array(
    z.object({ name: z.string(), title: localizedTextSchema, nodes: z.array(templateNodeSchema) }),
  ),
  realServers: z.object({ min: z.int(), max: z.int(), count: z.int() }),
  options: z.array(templateOptionSchema),
  /** Of all its machines together. */
  memoryMiB: z.int(),
  /** What its last starts took on this host, as a median; null where it was never started here. */
  startMs: z.number().nullable(),
});
export type TemplateCard = z.infer<typeof templateCardSchema>;
export type TemplateNode = z.infer<typeof templateNodeSchema>;

/** All templates there are; one that cannot be read is told with what is wrong with it. */
export const templateListSchema = z.object({
  templates: z.array(templateCardSchema),
  broken: z.array(z.object({ name: z.string(), error: errorInfoSchema })),
});
export type TemplateList = z.infer<typeof templateListSchema>;
