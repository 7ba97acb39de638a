import { z } from 'zod';

/** Files that every bundle has. */
export const bundleFiles = {
  readme: 'README.txt',
  html: 'report.html',
  markdown: 'report.md',
  json: 'report.json',
  schema: 'report.schema.json',
  manifest: 'manifest.json',
} as const;

/** Samples of a load, by its number in the journal. */
export const samplesFile = (entry: number) => `runs/${entry}.csv`;
/** What passed the director in a load: by it its scheduling is judged. */
export const directorFile = (entry: number) => `runs/${entry}-director.jsonl`;
/** The frames of an observation. */
export const captureFile = (entry: number) => `captures/${entry}.pcapng`;
/** What an observation was judged by, but for its frames. */
export const evidenceFile = (entry: number) => `evidence/${entry}.json`;
/** A file of `lvslab export scripts`. Names of modes and nodes are checked by templates; here once more. */
export const scriptFile = (mode: string, name: string) =>
  ['scripts', mode, ...name.split('/')].map(safeName).join('/');

/** A name that is one folder or file on every system. */
function safeName(name: string): string {
  const safe = name.replaceAll(/[^\w.-]/g, '_').slice(0, 100);
  return /^\.*$/.test(safe) ? `_${safe}` : safe;
}

/** The version of how a bundle is laid out, which its manifest names; the report in it has one of its own. */
export const bundleVersion = 1;

/** Every other file of a bundle, in its order, as it was written. */
export const manifestSchema = z.strictObject({
  format: z.literal('lvslab-bundle'),
  version: z.literal(bundleVersion),
  files: z.array(z.strictObject({ file: z.string(), bytes: z.int().nonnegative(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;
