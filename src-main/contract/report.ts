import { z } from 'zod';

/** The languages a report can be written in. */
export const reportLanguages = ['en', 'zh-CN', 'ja'] as const;
export const reportLanguageSchema = z.enum(reportLanguages);
export type ReportLanguage = z.infer<typeof reportLanguageSchema>;

/** What a report may leave out; its head, and what was not measured, are always there. */
export const reportParts = [
  'topology',
  'set-ups',
  'runs',
  'evidence',
  'switches',
  'comparisons',
  'changes',
  'notes',
  'machines',
] as const;
export const reportPartSchema = z.enum(reportParts);
export type ReportPart = z.infer<typeof reportPartSchema>;

export const reportFormats = ['html', 'pdf', 'markdown', 'json', 'bundle'] as const;
export const reportFormatSchema = z.enum(reportFormats);
export type ReportFormat = z.infer<typeof reportFormatSchema>;

export const paperSchema = z.enum(['A4', 'Letter']);
export type Paper = z.infer<typeof paperSchema>;

/** What its writer adds to a lab's report. Kept with the lab. */
export const reportDetailsSchema = z.strictObject({
  /** Null for the lab's own name. */
  title: z.string().max(200).nullable(),
  author: z.string().max(200).nullable(),
  /** Markdown; whatever HTML is in it is shown as it is written. */
  notes: z.string().max(100_000),
});
export type ReportDetails = z.infer<typeof reportDetailsSchema>;

/** Which report is wanted. */
export const reportRequestSchema = z.strictObject({
  lab: z.string().min(1).max(64),
  language: reportLanguageSchema,
  parts: z.array(reportPartSchema),
});
export type ReportRequest = z.infer<typeof reportRequestSchema>;

/** Which file of it is wanted. */
export const reportFileRequestSchema = reportRequestSchema.extend({
  format: reportFormatSchema,
  /** Of a PDF. */
  paper: paperSchema,
});
export type ReportFileRequest = z.infer<typeof reportFileRequestSchema>;
