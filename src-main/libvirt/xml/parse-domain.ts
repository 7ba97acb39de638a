import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { Ownership } from './ownership.ts';

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', removeNSPrefix: true });

const ownershipSchema = z.object({
  domain: z.object({
    metadata: z.object({
      node: z.object({
        'data-folder': z.string(),
        'lab-id': z.string(),
        'lab-name': z.string(),
        name: z.string(),
      }),
    }),
  }),
});

/** Whose a domain is, by our metadata element; undefined when it is not ours. */
export function parseOwnership(domainXml: string): Ownership | undefined {
  const parsed = ownershipSchema.safeParse(parser.parse(domainXml));
  if (!parsed.success) return undefined;
  const { node } = parsed.data.domain.metadata;
  return {
    dataFolder: node['data-folder'],
    labId: node['lab-id'],
    labName: node['lab-name'],
    node: node.name,
  };
}
