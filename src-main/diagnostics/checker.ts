import type { CheckResult } from '../contract/doctor.ts';
import type { OnProgress } from '../contract/progress.ts';
import type { GuestImage } from '../image/guest-image.ts';
import type { Connection } from '../libvirt/connection.ts';

/** What the checkers look at. The image is asked for by functions, so that a test can say what is there. */
export interface DoctorContext {
  readonly dataFolder: string;
  readonly connection: Connection;
  /** Ports of 127.0.0.1 that new labs take theirs from, both ends included. */
  readonly portRange: { readonly first: number; readonly last: number };
  readonly findImage: () => Promise<GuestImage | undefined>;
  readonly ensureImage: (work: FixWork) => Promise<GuestImage>;
}

export interface FixWork {
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/** What a checker found: the part of a result that differs from one look to the next. */
export type Finding = Pick<CheckResult, 'status' | 'what' | 'remedy'> & {
  /** False where the checker's `fix` cannot mend this very finding. */
  readonly fixable?: boolean;
};

/** One thing a lab needs of its host. */
export interface Checker {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** A LabError it throws becomes a failed result. */
  readonly check: (context: DoctorContext, signal: AbortSignal) => Promise<Finding>;
  /** Mends it; doing so twice is harmless. */
  readonly fix?: (context: DoctorContext, work: FixWork) => Promise<void>;
}
