import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const boundsSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
});
const windowStateSchema = boundsSchema.extend({ maximized: z.boolean() });

/** A rectangle on the desktop, in device-independent pixels. */
export type Bounds = z.infer<typeof boundsSchema>;
/** Where the window is when it is not maximised, and whether it is. */
export type WindowState = z.infer<typeof windowStateSchema>;

export const smallest = { width: 900, height: 600 } as const;
const usual = { width: 1280, height: 860 } as const;
/** As much of a window's upper edge must be on a screen for it to be found and moved. */
const graspable = { width: 120, height: 24 } as const;

/** How the window was left; undefined where that is not known. */
export async function readWindowState(dataFolder: string): Promise<WindowState | undefined> {
  try {
    return windowStateSchema.parse(JSON.parse(await readFile(stateFile(dataFolder), 'utf8')));
  } catch {
    return undefined;
  }
}

export async function writeWindowState(dataFolder: string, state: WindowState): Promise<void> {
  // At once, so that of two states the later one is written last.
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  await writeFileAtomic(stateFile(dataFolder), `${JSON.stringify(state)}\n`, { mode: 0o600 });
}

/**
 * Where to open the window: as it was left, no larger than its screen. A place off all screens, one of which may have been
 * unplugged, is not used; the system then chooses one. Pure.
 * @param screens The work areas of the screens there are.
 */
export function placeWindow(
  state: WindowState | undefined,
  screens: readonly Bounds[],
): Partial<Bounds> & Pick<Bounds, 'width' | 'height'> {
  if (!state) return usual;
  const { x, y, width, height } = state;
  const screen = screens.find((area) => canGrasp(state, area));
  if (!screen) return { width, height };
  return { x, y, width: Math.min(width, screen.width), height: Math.min(height, screen.height) };
}

function canGrasp({ x, y, width }: Bounds, screen: Bounds): boolean {
  const seen = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  const below = y - screen.y;
  return seen >= graspable.width && below >= 0 && below <= screen.height - graspable.height;
}

function stateFile(dataFolder: string): string {
  return path.join(dataFolder, 'window.json');
}
