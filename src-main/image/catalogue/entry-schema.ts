import { z } from 'zod';
import { nameSchema } from '../../template/value-types.ts';

/** The levels of x86-64 processors, each with all of the one before (x86-64 psABI, "Micro-Architecture Levels"). */
export const cpuLevels = ['x86-64', 'x86-64-v2', 'x86-64-v3', 'x86-64-v4'] as const;
export type CpuLevel = (typeof cpuLevels)[number];

export const firmwares = ['bios', 'uefi'] as const;
export type Firmware = (typeof firmwares)[number];

export const diskFormats = ['qcow2', 'raw'] as const;
export type DiskFormat = (typeof diskFormats)[number];

/** Where the dated part of a file's name stands, which is read from the checksum file. */
export const buildMark = '{build}';

export const webUrlSchema = z.url({ protocol: /^https?$/, error: 'is not an http or https address' });
const folderUrlSchema = webUrlSchema.refine((url) => url.endsWith('/'), 'is not a folder: it ends with no /');
const fileNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.{}+-]*$/, 'is not a file name');
const hex = (digits: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-fA-F]{${digits}}$`), `is not ${digits} hexadecimal digits`)
    .toLowerCase();

const sourceSchema = z.strictObject({
  /** The same files in several places, tried in this order. */
  folders: z.array(folderUrlSchema).min(1),
  /** With `{build}` in it, the newest of the files that the checksum file names. */
  file: fileNameSchema,
  /** The file of checksums beside it; needed unless a checksum is pinned here. */
  checksums: fileNameSchema.optional(),
  sha256: hex(64).optional(),
  sha512: hex(128).optional(),
  bytes: z.int().positive().optional(),
});
export type ImageSource = z.output<typeof sourceSchema>;

const roles = ['apache', 'nginx', 'ipvsadm', 'keepalived', 'tcpdump', 'firewall'] as const;
const byRole = z.partialRecord(z.enum(roles), z.string().regex(/^[a-z0-9][a-z0-9.+-]*$/, 'is not a name'));

/** A cloud image: where it is, what it needs of the host, and what is known of the guest in it. */
export const entrySchema = z.strictObject({
  name: nameSchema,
  title: z.string().min(1),
  /** Absent where the image is a file of the user's own. */
  source: sourceSchema.optional(),
  format: z.enum(diskFormats).default('qcow2'),
  architecture: z.literal('x86_64'),
  needs: z.strictObject({
    cpu: z.enum(cpuLevels),
    firmware: z.enum(firmwares),
    memoryMiB: z.int().positive(),
    diskMiB: z.int().positive(),
  }),
  cloudInit: z.strictObject({
    /** The version of cloud-init's network-config that the guest understands. */
    networkConfig: z.union([z.literal(1), z.literal(2)]),
    defaultUser: z.string().min(1),
  }),
  packages: z.strictObject({ manager: z.enum(['dnf', 'yum', 'apt']), names: byRole }),
  services: byRole,
  selinux: z.enum(['enforcing', 'none']),
  endOfLife: z.iso.date().optional(),
  /** What a user had better know, a sentence each. */
  notes: z.array(z.string().min(1)).default([]),
});
export type CatalogueEntry = z.output<typeof entrySchema>;
