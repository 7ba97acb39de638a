import type { DoctorContext } from '../diagnostics/checker.ts';
import { ensureImage } from '../image/ensure-image.ts';
import { findImage } from '../image/image-store.ts';
import type { LabContext } from '../lab/lab-context.ts';

/** What the doctor looks at, for a user's context. */
export function doctorContext({ dataFolder, connection, portRange }: LabContext): DoctorContext {
  return {
    dataFolder,
    connection,
    portRange,
    findImage: () => findImage(dataFolder),
    ensureImage: (work) => ensureImage({ dataFolder, ...work }),
  };
}
