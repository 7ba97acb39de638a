import { lvslab } from './lvslab.ts';
import { keptHome } from './test-home.ts';

/** Has vitest build the guest image before all tests, once for all their data folders. */
export async function setup(): Promise<void> {
  const { code, stderr } = await lvslab(['image', 'build'], { env: { LVSLAB_HOME: keptHome } });
  if (code !== 0) throw new Error(`The guest image could not be built:\n${stderr}`);
}
