import path from 'node:path';
import { format } from 'prettier';
import { expect, it } from 'vitest';
import { catalogueEditorSchemas } from '../../../../src-main/image/catalogue/editor-schemas.ts';

const folder = path.resolve(import.meta.dirname, '../../../../resources/schema');

// `npx vitest run test/unit/image -u` writes them anew.
it.each(Object.entries(catalogueEditorSchemas()))(
  '%s in resources/schema is current',
  async (name, schema) => {
    const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 110 });
    await expect(text).toMatchFileSnapshot(path.join(folder, name));
  },
);
