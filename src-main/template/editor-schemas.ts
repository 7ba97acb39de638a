import { z } from 'zod';
import { librarySchema, recipeSchema } from './recipe-schema.ts';
import { templateSchema } from './template-schema.ts';

/** JSON Schemas (draft 2020-12) that help an editor complete and check the files, by file name. */
export function editorSchemas(): Record<string, object> {
  return {
    'lab-template.json': { title: 'LVS Lab template', ...z.toJSONSchema(templateSchema, { io: 'input' }) },
    'steps.json': { title: 'LVS Lab steps', ...z.toJSONSchema(librarySchema, { io: 'input' }) },
    'recipe.json': { title: 'LVS Lab recipe', ...z.toJSONSchema(recipeSchema, { io: 'input' }) },
  };
}
