import type { ImageView } from '../../../src-main/contract/images.ts';

/** What a click does next with an image; undefined where there is nothing to be done, or not from here. */
export type NextStep = 'build' | 'fetch' | 'goOn' | 'bake';

export function nextStep({ name, state, outdated, fetchable, obstacles }: ImageView): NextStep | undefined {
  // Memory is another tomorrow; what else is lacking keeps it from being fetched.
  if (obstacles.some(({ about }) => about !== 'memory')) return undefined;
  if (state === 'fetched' || (state === 'baked' && outdated)) return 'bake';
  if (!fetchable || state === 'baked' || state === 'working') return undefined;
  if (name === 'embedded') return 'build';
  return state === 'absent' ? 'fetch' : 'goOn';
}

/** Whether labs can start from it now. */
export function isReady({ name, guest }: Pick<ImageView, 'name' | 'guest'>): boolean {
  return name === 'embedded' || guest !== null;
}
