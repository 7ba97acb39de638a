import { z } from 'zod';

/** What a user interface says about the application it is the front of. */
export const appInfoSchema = z.object({
  /** The version of package.json. */
  version: z.string(),
  shell: z.enum(['electron', 'browser']),
  /** The folder that holds the user's labs, images and keys: an absolute path. */
  dataFolder: z.string(),
  host: z.object({
    /** The operating system and its release, as `uname` has them. */
    system: z.string(),
    processors: z.int().positive(),
    memoryMiB: z.int().positive(),
  }),
});
export type AppInfo = z.infer<typeof appInfoSchema>;
