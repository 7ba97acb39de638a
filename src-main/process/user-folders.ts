import { homedir } from 'node:os';
import path from 'node:path';

/**
 * The folder that holds all of a user's labs, images and keys: LVSLAB_HOME, or `lvslab` in the user's data folder
 * (XDG Base Directory Specification: XDG_DATA_HOME, by default ~/.local/share).
 */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const { LVSLAB_HOME: own, XDG_DATA_HOME: xdg } = env as Record<string, string | undefined>;
  if (own) return path.resolve(own);
  // The specification has relative paths ignored.
  const base = xdg && path.isAbsolute(xdg) ? xdg : path.join(homedir(), '.local', 'share');
  return path.join(base, 'lvslab');
}
