import type { z } from 'zod';
import type { Recipe } from './recipe-schema.ts';
import type { templateSchema } from './template-schema.ts';

type ParsedTemplate = z.output<typeof templateSchema>;

/** A lab template, checked, with its defaults filled in and its recipes loaded. */
export interface LabTemplate extends Omit<ParsedTemplate, 'modes'> {
  readonly modes: Readonly<Record<string, Mode>>;
}

/** One way in which a lab forwards: how its NICs are cabled, and the recipe that sets it up. */
export type Mode = Omit<ParsedTemplate['modes'][string], 'recipe'> & { readonly recipe: Recipe };
