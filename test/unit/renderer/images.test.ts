import { expect, it } from 'vitest';
import type { ImageView } from '../../../src-main/contract/images.ts';
import { templateCard } from '../../../src-main/desk/template-card.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { nextStep } from '../../../src-renderer/features/images/image-words.ts';
import { labMemory } from '../../../src-renderer/features/labs/lab-memory.ts';
import { startRequest } from '../../../src-renderer/features/labs/start-request.ts';

const image: ImageView = {
  ...{ name: 'rocky-9', title: 'Rocky Linux 9', state: 'absent', outdated: false, memoryMiB: 1024 },
  ...{ needs: { cpu: 'x86-64-v2', memoryMiB: 1024, diskMiB: 6144 }, obstacles: [], fetchable: true },
  ...{ bytes: 0, verified: null, guest: null, endOfLife: null, notes: [], lab: null, task: null },
};
const lacks = (about: 'cpu' | 'memory') => [{ about, what: '', why: '', remedy: '' }];

it('offers the one step that brings an image further', () => {
  expect(nextStep(image)).toBe('fetch');
  expect(nextStep({ ...image, state: 'partly-fetched' })).toBe('goOn');
  expect(nextStep({ ...image, state: 'fetched', fetchable: false })).toBe('bake');
  expect(nextStep({ ...image, state: 'baked' })).toBeUndefined();
  expect(nextStep({ ...image, state: 'baked', outdated: true })).toBe('bake');
  expect(nextStep({ ...image, state: 'working' })).toBeUndefined();
  expect(nextStep({ ...image, fetchable: false })).toBeUndefined();
  expect(nextStep({ ...image, obstacles: lacks('cpu') })).toBeUndefined();
  expect(nextStep({ ...image, obstacles: lacks('memory') })).toBe('fetch');
  expect(nextStep({ ...image, name: 'embedded' })).toBe('build');
});

it('tells the memory of a lab by its real servers and its image, and asks for an image only where one was chosen', async () => {
  const card = templateCard(await loadTemplate(templatesFolder(), 'three-modes'), undefined);
  expect(labMemory(card, card.realServers.count, 0)).toBe(card.memoryMiB);
  const server = card.modes[0]?.nodes.find(({ role }) => role === 'real-server')?.memoryMiB ?? 0;
  expect(labMemory(card, card.realServers.count + 2, 0)).toBe(card.memoryMiB + 2 * server);
  expect(labMemory(card, card.realServers.count + 2, 1024)).toBe(1024 * (card.modes[0]!.nodes.length + 2));
  const choices = {
    ...{ mode: 'dr', name: '', scheduler: card.service.scheduler, realServers: card.realServers.count },
    ...{ cold: false, options: {}, image: 'embedded', weights: {}, persistentSeconds: null },
  };
  expect(startRequest(card, choices)).toEqual({ template: 'three-modes', mode: 'dr' });
  expect(startRequest(card, { ...choices, image: 'rocky-9' })).toMatchObject({ image: 'rocky-9' });
  const weights = { rs1: 1, rs2: 3, rs9: 7 };
  expect(startRequest(card, { ...choices, weights, persistentSeconds: 300 })).toEqual({
    ...{ template: 'three-modes', mode: 'dr' },
    ...{ weights: { rs2: 3 }, persistentSeconds: 300 },
  });
});
