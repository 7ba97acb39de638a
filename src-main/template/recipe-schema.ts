import { z } from 'zod';
import { localizedTextSchema } from '../contract/localized-text.ts';
import { nodeRoleSchema } from '../contract/node-role.ts';
import { camelNameSchema, nameSchema, optionValueSchema, portSchema } from './value-types.ts';

const commandSchema = z.string().trim().min(1);
const whySchema = localizedTextSchema.describe('Why the step is needed, and what is seen without it.');
const rolesSchema = z.array(nodeRoleSchema).min(1).describe('The roles whose nodes carry out this step.');

/** How what a step does is kept over a restart by files, for `lvslab export units`. */
const persistentSchema = z
  .strictObject({
    sysctl: z
      .array(z.string().regex(/^[a-z][\w.{}-]* = \S+$/, 'is not such as net.ipv4.ip_forward = 1'))
      .min(1)
      .optional()
      .describe('Lines of /etc/sysctl.d/90-lvs.conf, in the place of the commands.'),
    ipvsadm: z
      .array(z.string().regex(/^-[Aa] /, 'is not such as -A -t 10.0.0.1:80 -s rr'))
      .min(1)
      .optional()
      .describe(
        'Lines of /etc/ipvsadm.rules, or where the family of the guest has that file, in the place of the commands.',
      ),
    files: z
      .record(z.string().regex(/^(\{\w+\})?(\/[\w.@-]+)+$/, 'is not the path of a file'), z.string().min(1))
      .optional()
      .describe(
        'Whole files, by their path: they are what the step does, and are there while the units are.',
      ),
    service: z
      .string()
      .regex(/^([\w@-]+|\{\w+\})$/, 'is not the name of a service such as nginx')
      .optional()
      .describe('A service that is started and stopped with the unit: that is what the step does.'),
  })
  .refine((form) => Object.keys(form).length === 1, 'has one of sysctl, ipvsadm, files and service');

/** What a step is wherever it stands. */
const content = {
  on: rolesSchema,
  forEach: z
    .enum(['realServers', 'nics', 'gateways'])
    .optional()
    .describe(
      'Repeats the step on each of its nodes: for every real server, every NIC with an address, or every NIC with a gateway.',
    ),
  where: z
    .enum(['vip-segment', 'port-not-80', 'timeouts-set'])
    .optional()
    .describe(
      'Only on nodes with an address on the segment of the virtual IP address; only where real servers listen on another port than 80; or only where timeouts of idle connections were chosen.',
    ),
  title: localizedTextSchema,
  why: whySchema,
  fresh: z
    .boolean()
    .default(false)
    .describe(
      'Undone and done again when the mode is switched, though the next mode has the very same step.',
    ),
  before: z
    .record(camelNameSchema, commandSchema)
    .optional()
    .describe('Commands whose output is kept before anything changes; {before.NAME} in undo.'),
  verify: commandSchema.describe('Ends with 0 when the wanted state is there. It must change nothing.'),
  shows: commandSchema
    .optional()
    .describe('Prints what the node has in this place, for whoever asks why verify fails.'),
  commands: z.array(commandSchema).min(1),
  classic: z
    .array(commandSchema)
    .optional()
    .describe('The same in the older tools (ifconfig, route), shown beside.'),
  undo: z
    .array(commandSchema)
    .default([])
    .describe('Restores what was. Run only where the step changed something.'),
  persistent: persistentSchema
    .optional()
    .describe(
      'How it is kept over a restart. Without it a unit runs verify and commands at each start, and undo when it stops.',
    ),
};

/** How a step stands among the others of its recipe. */
const standing = {
  after: z
    .array(nameSchema)
    .optional()
    .describe('Earlier steps that must be over on every node first. Else nodes do not wait for each other.'),
  when: z
    .record(camelNameSchema, optionValueSchema)
    .optional()
    .describe('Options of the recipe and the value each must have, else the step is left out.'),
};

const stepSchema = z.strictObject({ id: nameSchema, ...content, ...standing });
const usedStepSchema = z.strictObject({
  use: nameSchema.describe('The id of a step in recipes/steps.'),
  on: rolesSchema.optional(),
  why: whySchema.optional(),
  ...standing,
});

const optionSchema = z.strictObject({
  title: localizedTextSchema,
  default: optionValueSchema,
  values: z.record(
    optionValueSchema,
    z.strictObject({
      title: localizedTextSchema,
      set: z
        .strictObject({ realPort: portSchema })
        .optional()
        .describe('Values that this choice gives to names in braces.'),
      needs: z
        .strictObject({ firewall: z.literal('firewalld') })
        .optional()
        .describe('What a guest must have; on others this choice would do nothing, and is refused.'),
    }),
  ),
});
const usedOptionSchema = z.strictObject({
  use: camelNameSchema.describe('The name of an option in recipes/steps.'),
  default: optionValueSchema.optional(),
});

const head = {
  revision: z.literal(1).describe('The revision of this format.'),
  name: nameSchema.describe('The name of this file, without .yaml.'),
};

/** The shape of a recipe: how one mode is set up, as ordered steps by role. */
export const recipeSchema = z.strictObject({
  ...head,
  title: localizedTextSchema,
  options: z
    .record(camelNameSchema, z.union([optionSchema, usedOptionSchema]))
    .optional()
    .describe('What may be chosen when a lab is made; steps say by `when` which choice they belong to.'),
  steps: z.array(z.union([stepSchema, usedStepSchema])).min(1),
});

/** The shape of a file in recipes/steps: steps and options that recipes share, in no order. */
export const librarySchema = z.strictObject({
  ...head,
  options: z.record(camelNameSchema, optionSchema).default({}),
  steps: z.array(z.strictObject({ id: nameSchema, ...content })),
});

/** A recipe as it is written: shared steps by name, defaults may be left out. */
export type RecipeFile = z.input<typeof recipeSchema>;
export type LibraryFile = z.input<typeof librarySchema>;

export type LibraryStep = z.output<typeof librarySchema>['steps'][number];
export type RecipeStep = z.output<typeof stepSchema>;
export type PersistentForm = z.output<typeof persistentSchema>;
export type RecipeOption = z.output<typeof optionSchema>;

/** The steps and options that recipes share, by their id and name. */
export interface StepLibrary {
  readonly steps: ReadonlyMap<string, LibraryStep>;
  readonly options: ReadonlyMap<string, RecipeOption>;
}

/** A recipe with its shared steps and options in their places. */
export interface Recipe extends Omit<z.output<typeof recipeSchema>, 'options' | 'steps'> {
  readonly options: Readonly<Record<string, RecipeOption>>;
  readonly steps: readonly RecipeStep[];
}
