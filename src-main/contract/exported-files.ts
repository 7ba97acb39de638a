import { z } from 'zod';

/** The forms in which what a lab's recipe did can be taken along. */
export const exportKinds = ['scripts', 'keepalived', 'ipvsadm', 'units'] as const;
export const exportKindSchema = z.enum(exportKinds);
export type ExportKind = z.infer<typeof exportKindSchema>;

/** One file of an export; its name may have a folder before it. */
export const exportedFileSchema = z.object({ name: z.string(), content: z.string() });
export type ExportedFile = z.infer<typeof exportedFileSchema>;
