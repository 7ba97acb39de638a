/** One way in which another program writes a zip otherwise; none of them changes a file. */
export const zipWays = [
  'order',
  'compression',
  'times',
  'zip64',
  'encoding',
  'folder-entries',
  'backslashes',
  'dots',
] as const;
export type ZipWay = (typeof zipWays)[number];

/** How the packing of a report differs from the way LVS Lab packs one, where its content may well hold. */
export type PackingDifference =
  /** It is no zip, but a folder with the files of one. */
  | { readonly kind: 'unpacked' }
  /** The bundle's files are not at the top, but in this folder. */
  | { readonly kind: 'in-folder'; readonly folder: string }
  /** The report is a file in other zips: those, from the outermost. */
  | { readonly kind: 'in-zip'; readonly zips: readonly string[] }
  /** Files that an operating system or another program leaves by itself, and which were passed over. */
  | { readonly kind: 'leftovers'; readonly files: readonly string[] }
  /** Files outside of the report's folder, which are no part of it and were not looked at. */
  | { readonly kind: 'beside'; readonly files: readonly string[] }
  | { readonly kind: 'zip'; readonly ways: readonly ZipWay[] };
