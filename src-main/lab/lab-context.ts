import type { OnProgress } from '../contract/progress.ts';
import type { Connection } from '../libvirt/connection.ts';
import type { Attachment } from './attachments.ts';
import type { DirectorLogLine } from './kept-director-log.ts';
import type { PortRange } from './ports.ts';

/** What every act on a lab is given: where things are, and nothing that changes. */
export interface LabContext {
  /** Absolute: labs, images and what was learnt of the host. */
  readonly dataFolder: string;
  readonly templatesFolder: string;
  readonly connection: Connection;
  /** Where the ports of new labs are taken from. */
  readonly portRange: PortRange;
}

/** How long work is followed and ended. */
export interface WorkOptions {
  readonly onProgress: OnProgress;
  /** Hears what a verb hands over as it goes, in the verb's own shape (lab-control.ts); most hand over nothing. */
  readonly onEvent?: ((event: unknown) => void) | undefined;
  /** The verb's entry in the lab's journal, where it has one. */
  readonly journalEntry?: number | undefined;
  /** Takes what is to be kept beside the verb's entry in the lab's journal. Never throws. */
  readonly keep?: ((attachment: Attachment) => void) | undefined;
  /** Takes, of a load, what its scheduling is judged by, line by line: kept beside its entry too. */
  readonly keepDirectorLog?: ((line: DirectorLogLine) => void) | undefined;
  readonly signal: AbortSignal;
}
