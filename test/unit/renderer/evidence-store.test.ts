import { createPinia, setActivePinia } from 'pinia';
import { expect, it, vi } from 'vitest';
import { useEvidenceStore } from '../../../src-renderer/features/evidence/evidence-store.ts';
import { fakeObservation } from '../../support/fake/fake-act.ts';

const { lab } = vi.hoisted(() => ({ lab: { name: 'one', generation: 1, act: vi.fn() } }));
vi.mock('../../../src-renderer/features/workspace/lab-store.ts', () => ({ useLabStore: () => lab }));
vi.mock('../../../src-renderer/features/topology/live-store.ts', () => ({ useLiveStore: () => ({}) }));
vi.mock('../../../src-renderer/lib/app-client.ts', () => ({ useAppClient: () => ({}) }));

it('shows a proof of the lab that is shown, and none of one that was shown before it', async () => {
  setActivePinia(createPinia());
  const evidence = useEvidenceStore();
  const seen = { ...fakeObservation('dr'), lab: 'one', entry: 1 };
  const answer = Promise.withResolvers<unknown>();
  lab.act.mockReturnValueOnce(answer.promise);
  const proving = evidence.prove(8);
  expect(evidence.busy).toBe(true);
  Object.assign(lab, { name: 'two', generation: 2 });
  answer.resolve(seen);
  await proving;
  expect(evidence.observation).toBeUndefined();
  expect(evidence.at).toBeUndefined();

  lab.act.mockResolvedValueOnce({ ...seen, lab: 'two' });
  await evidence.prove(8);
  expect(evidence.observation).toMatchObject({ lab: 'two' });
  expect(evidence.busy).toBe(false);
});
