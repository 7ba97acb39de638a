import path from 'node:path';

/** Where the catalogue's own entries lie: `resources/images`, from the sources and from the bundle in `out/main` alike. */
export const catalogueFolder = path.resolve(import.meta.dirname, '../../resources/images');
