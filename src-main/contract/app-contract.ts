import { eventIterator, oc, type ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import { appInfoSchema } from './app-info.ts';
import { checkResultSchema, doctorReportSchema } from './doctor.ts';
import { errorInfoSchema } from './lab-error.ts';
import { progressSchema } from './progress.ts';

/** The one code under which every failure crosses; what failed is in its data, an ErrorInfo. */
export const LAB_ERROR = 'LAB_ERROR';

const procedure = oc.errors({ [LAB_ERROR]: { data: errorInfoSchema } });

/**
 * Everything a user interface may ask of the application. Both transports are made from this value, and so are the
 * client's types. A stream yields arrays, several times a second at most, and ends with its result; the signal that a
 * call was made with ends the work.
 */
export const appContract = {
  app: {
    info: procedure.input(z.void()).output(appInfoSchema),
  },
  doctor: {
    /** Looks at the host: results as they are found. */
    check: procedure.input(z.void()).output(eventIterator(z.array(checkResultSchema), doctorReportSchema)),
    /** Mends everything that can be mended, then looks again. */
    fix: procedure.input(z.void()).output(eventIterator(z.array(progressSchema), doctorReportSchema)),
  },
};

/** The application as its user interface sees it. */
export type AppClient = ContractRouterClient<typeof appContract>;
