import type { AppInfo } from '../contract/app-info.ts';
import type { CheckResult, DoctorReport } from '../contract/doctor.ts';
import type { OnProgress } from '../contract/progress.ts';

/** What stands behind the contract, whichever shell is in front. Each throws LabError. */
export interface AppCore {
  info(): AppInfo;
  /** Hands over each result as it is found; the report holds them all. */
  checkDoctor(onResult: (result: CheckResult) => void, signal: AbortSignal): Promise<DoctorReport>;
  /** Mends what can be mended, then reports anew. */
  fixDoctor(onProgress: OnProgress, signal: AbortSignal): Promise<DoctorReport>;
}
