import path from 'node:path';
import { expect, it } from 'vitest';
import { listTemplateCards } from '../../../src-main/desk/templates.ts';

it('lists the easier lab first', async () => {
  const folder = path.resolve(import.meta.dirname, '../../../lab-templates');
  const starts = { medians: async () => new Map<string, number>(), add: async () => undefined };
  const { templates } = await listTemplateCards(folder, starts);
  expect(templates.map(({ name }) => name)).toEqual(['three-modes', 'routed']);
});
