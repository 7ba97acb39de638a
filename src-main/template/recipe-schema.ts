import { z } from 'zod';
import { localizedTextSchema } from './localized-text.ts';
import { nodeRoleSchema } from './template-schema.ts';
import { nameSchema } from './value-types.ts';

const commandSchema = z.string().trim().min(1);

const stepSchema = z.strictObject({
  id: nameSchema,
  on: z.array(nodeRoleSchema).min(1).describe('The roles whose nodes carry out this step.'),
  forEach: z
    .enum(['realServers', 'nics'])
    .optional()
    .describe(
      'Repeats the step on each of its nodes: for every real server, or for every NIC with an address.',
    ),
  after: z
    .array(nameSchema)
    .optional()
    .describe('Earlier steps that must be over on every node first. Else nodes do not wait for each other.'),
  title: localizedTextSchema,
  why: localizedTextSchema.describe('Why the step is needed, and what is seen without it.'),
  before: z
    .record(z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'is not a name such as oldValue'), commandSchema)
    .optional()
    .describe('Commands whose output is kept before anything changes; {before.NAME} in undo.'),
  verify: commandSchema.describe('Ends with 0 when the wanted state is there. It must change nothing.'),
  commands: z.array(commandSchema).min(1),
  classic: z
    .array(commandSchema)
    .optional()
    .describe('The same in the older tools (ifconfig, route), shown beside.'),
  undo: z
    .array(commandSchema)
    .default([])
    .describe('Restores what was. Run only where the step changed something.'),
});

/** The shape of a recipe: how one mode is set up, as ordered steps by role. */
export const recipeSchema = z.strictObject({
  revision: z.literal(1).describe('The revision of this format.'),
  name: nameSchema.describe('The name of this file, without .yaml.'),
  title: localizedTextSchema,
  steps: z.array(stepSchema).min(1),
});

/** A recipe as it is written: defaults may be left out. */
export type RecipeFile = z.input<typeof recipeSchema>;
export type Recipe = z.output<typeof recipeSchema>;
export type RecipeStep = Recipe['steps'][number];
