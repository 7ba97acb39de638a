import { entrySchema, type CatalogueEntry } from '../../../../src-main/image/catalogue/entry-schema.ts';

/** An entry as a test needs it. */
export function exampleEntry(changes: Partial<CatalogueEntry> = {}): CatalogueEntry {
  const entry = entrySchema.parse({
    name: 'example-9',
    title: 'Example 9',
    architecture: 'x86_64',
    needs: { cpu: 'x86-64-v2', firmware: 'bios', memoryMiB: 512, diskMiB: 100 },
    cloudInit: { networkConfig: 2, defaultUser: 'cloud-user' },
    packages: { manager: 'dnf', names: { apache: 'httpd' } },
    services: { apache: 'httpd' },
    selinux: 'enforcing',
  });
  return { ...entry, ...changes };
}
