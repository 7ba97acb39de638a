import { z } from 'zod';
import { entrySchema } from './entry-schema.ts';
import { fetchSettingsSchema } from './fetch-settings.ts';

/** JSON Schemas (draft 2020-12) that help an editor complete and check the files, by file name. */
export function catalogueEditorSchemas(): Record<string, object> {
  return {
    'catalogue-image.json': {
      title: 'LVS Lab catalogue image',
      ...z.toJSONSchema(entrySchema, { io: 'input' }),
    },
    'fetch.json': {
      title: 'LVS Lab fetch settings',
      ...z.toJSONSchema(fetchSettingsSchema, { io: 'input' }),
    },
  };
}
