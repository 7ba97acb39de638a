import { eventIterator, oc, type ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import { appInfoSchema } from './app-info.ts';
import { labChangeSchema } from './changes.ts';
import { checkResultSchema, doctorReportSchema } from './doctor.ts';
import { exportedFileSchema, exportKindSchema } from './exported-files.ts';
import {
  frameDetailsSchema,
  framePageSchema,
  frameQuerySchema,
  liveBatchSchema,
  recordStartSchema,
} from './frames.ts';
import { imagesSnapshotSchema } from './images.ts';
import { ipvsChangesSchema, ipvsSnapshotSchema, schedulerInfoSchema } from './ipvs.ts';
import { journalEntrySchema, sampleColumnsSchema } from './journal.ts';
import { errorInfoSchema } from './lab-error.ts';
import { labNowSchema } from './lab-now.ts';
import { labViewSchema, switchPlanSchema } from './lab-view.ts';
import { compareRequestSchema, labActionSchema, labsSnapshotSchema, startRequestSchema } from './labs.ts';
import {
  nodeStateSchema,
  openTerminalSchema,
  terminalAskSchema,
  terminalEventSchema,
  terminalInputSchema,
  terminalSizeSchema,
  vipDoorSchema,
} from './nodes.ts';
import { progressSchema } from './progress.ts';
import { reportDetailsSchema, reportFileRequestSchema, reportRequestSchema } from './report.ts';
import { settingsSchema } from './settings.ts';
import { templateListSchema } from './templates.ts';

/** The one code under which every failure crosses; what failed is in its data, an ErrorInfo. */
export const LAB_ERROR = 'LAB_ERROR';

const procedure = oc.errors({ [LAB_ERROR]: { data: errorInfoSchema } });

const lab = z.strictObject({ lab: z.string().min(1).max(64) });
const node = lab.extend({ node: z.string().min(1).max(64) });
const keptEntry = lab.extend({ entry: z.int().positive() });
const image = z.strictObject({ image: z.string().min(1).max(64) });
const task = z.strictObject({ task: z.string().max(64) });
/** What a task was begun on: it goes on when the caller has gone. */
const begun = z.object({ lab: z.string(), task: z.string() });

/** A stream of arrays. Where `newest` is said, a slow reader gets the newest alone; else the oldest go. */
const stream = <Item extends z.ZodType, End extends z.ZodType>(item: Item, end: End) =>
  eventIterator(z.array(item), end);

/**
 * Everything a user interface may ask of the application. Both transports are made from this value, and so are the
 * client's types. A stream yields arrays, several times a second at most, and ends with its result; the signal that a
 * call was made with ends the stream, and what the stream alone is for; tasks are ended by `labs.cancel`.
 */
export const appContract = {
  app: {
    info: procedure.input(z.void()).output(appInfoSchema),
    settings: procedure.input(z.void()).output(settingsSchema),
    /** Keeps what is named, and leaves the rest as it is. */
    saveSettings: procedure.input(settingsSchema).output(settingsSchema),
  },
  doctor: {
    /** Looks at the host: results as they are found. */
    check: procedure.input(z.void()).output(stream(checkResultSchema, doctorReportSchema)),
    /** Mends everything that can be mended, then looks again. */
    fix: procedure.input(z.void()).output(stream(progressSchema, doctorReportSchema)),
  },
  images: {
    /** What labs can start from or could, at once and whenever it changes. Newest. */
    watch: procedure.input(z.void()).output(stream(imagesSnapshotSchema, z.void())),
    /** Begins to fetch, where it is not here, and to bake; refuses what this host cannot run. */
    bake: procedure.input(image).output(z.object({ task: z.string() })),
    /** Ends that; resolves once nothing of it is under way. */
    cancel: procedure.input(task).output(z.void()),
    /** Removes all there is of an image that no lab stands on. */
    remove: procedure.input(image).output(z.void()),
  },
  templates: {
    list: procedure.input(z.void()).output(templateListSchema),
  },
  labs: {
    /** All labs and tasks, at once and whenever they change. Newest. */
    watch: procedure.input(z.void()).output(stream(labsSnapshotSchema, z.void())),
    /** Refuses what cannot be had before anything is begun. */
    start: procedure.input(startRequestSchema).output(begun),
    compare: procedure.input(compareRequestSchema).output(begun),
    act: procedure.input(labActionSchema).output(begun),
    remove: procedure.input(lab).output(begun),
    /** Ends a task; resolves once nothing of it is under way. */
    cancel: procedure.input(task).output(z.void()),
    /** Waits until a task has ended: what it came to, in the shape of its verb's schema, or its failure. */
    result: procedure.input(task).output(z.unknown()),
    /** The samples of a load that is under way or has just ended, from its first on. */
    samples: procedure.input(task).output(stream(sampleColumnsSchema, z.void())),
    /** A lab, at once and whenever it changes; ends when it is gone. Newest. */
    view: procedure.input(lab).output(stream(labViewSchema, z.void())),
    planSwitch: procedure.input(lab.extend({ to: z.string().max(64) })).output(switchPlanSchema),
    /** What was done with it, oldest first. */
    journal: procedure.input(lab).output(z.array(journalEntrySchema)),
    /** What was done to it after a moment, by which what was proved until then may hold no more; oldest first. */
    changes: procedure.input(lab.extend({ after: z.iso.datetime() })).output(z.array(labChangeSchema)),
    /** The samples that are kept of a load, by its entry in the journal. */
    keptSamples: procedure.input(keptEntry).output(stream(sampleColumnsSchema, z.void())),
    exportFiles: procedure.input(lab.extend({ kind: exportKindSchema })).output(z.array(exportedFileSchema)),
  },
  wire: {
    /** What goes over a lab's wires, from now on, about ten times a second. */
    live: procedure.input(lab).output(stream(liveBatchSchema, z.void())),
    frames: procedure.input(lab.extend({ query: frameQuerySchema })).output(framePageSchema),
    /** With `record`, a frame of that record alone: numbers begin again in another. */
    frame: procedure
      .input(lab.extend({ sequence: z.int().nonnegative(), record: recordStartSchema.exactOptional() }))
      .output(frameDetailsSchema),
    /** The frames that an observation was judged by, as its entry in the journal keeps them: whatever became of the record. */
    keptFrames: procedure.input(keptEntry.extend({ query: frameQuerySchema })).output(framePageSchema),
    keptFrame: procedure
      .input(keptEntry.extend({ sequence: z.int().nonnegative() }))
      .output(frameDetailsSchema),
    /** The frame record as a pcapng file, in pieces of base64. Nothing is dropped: it goes as fast as its reader. */
    capture: procedure.input(lab).output(stream(z.string(), z.object({ frames: z.int() }))),
  },
  ipvs: {
    /** The director's tables, every second, with what changed since the time before. Newest. */
    follow: procedure.input(lab).output(
      stream(
        z.object({
          snapshot: ipvsSnapshotSchema,
          /** Null the first time. */
          changes: ipvsChangesSchema.nullable(),
          /** Real servers' names by their `RIP:port`. */
          names: z.record(z.string(), z.string()),
          /** Which service takes the lab's requests, such as `tcp VIP:80`; null where none does. */
          service: z.string().nullable(),
        }),
        z.void(),
      ),
    ),
    /** Those that the director's kernel has. */
    schedulers: procedure.input(lab).output(z.array(schedulerInfoSchema)),
  },
  nodes: {
    /** What guests and director have now, at once and within 2 s of any change. Newest. */
    now: procedure.input(lab).output(stream(labNowSchema, z.void())),
    state: procedure.input(node).output(nodeStateSchema),
    /** The shells of a lab that are open in the application, whichever page opened them. */
    terminals: procedure.input(lab).output(z.array(openTerminalSchema)),
    /** A shell, a new one or one that is open. It goes on when the stream is left. Nothing is dropped. */
    terminal: procedure.input(terminalAskSchema).output(stream(terminalEventSchema, z.void())),
    type: procedure.input(terminalInputSchema).output(z.void()),
    resize: procedure.input(terminalSizeSchema).output(z.void()),
    /** Ends a shell. */
    hangUp: procedure.input(z.strictObject({ id: z.string().max(64) })).output(z.void()),
    /** Opens a lab's virtual service to the browsers of this computer; the same again for one that is open. */
    openVip: procedure.input(lab).output(vipDoorSchema),
    closeVip: procedure.input(lab).output(z.void()),
  },
  /**
   * What was done with a lab, as a document. In place of a lab's name the id of a comparison's task may stand: its lab is
   * gone, and what its report is made from is kept while the application runs.
   */
  reports: {
    details: procedure.input(lab).output(reportDetailsSchema),
    saveDetails: procedure.input(lab.extend({ details: reportDetailsSchema })).output(reportDetailsSchema),
    /** The report as a page, at a path beside the application's own; it is kept until some newer ones are made. */
    preview: procedure.input(reportRequestSchema).output(z.object({ path: z.string() })),
    /** Its file, in pieces of base64. Nothing is dropped: it goes as fast as its reader. */
    file: procedure.input(reportFileRequestSchema).output(stream(z.string(), z.object({ name: z.string() }))),
  },
};

/** The application as its user interface sees it. */
export type AppClient = ContractRouterClient<typeof appContract>;
