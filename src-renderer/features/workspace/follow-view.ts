import type { AppClient } from '../../../src-main/contract/app-contract.ts';
import type { ErrorInfo } from '../../../src-main/contract/lab-error.ts';
import type { LabView } from '../../../src-main/contract/lab-view.ts';
import { errorInfo } from '../../lib/error-info.ts';
import { follow } from '../../lib/follow.ts';

interface Hears {
  readonly onView: (view: LabView) => void;
  /** There is no such lab, not any more or not yet. */
  readonly onEnd: () => void;
  readonly onFailure: (failure: ErrorInfo) => void;
}

/** Follows a lab until the returned function is called. */
export function followView(client: AppClient, lab: string, { onView, onEnd, onFailure }: Hears): () => void {
  return follow<LabView>({
    open: (signal) => client.labs.view({ lab }, { signal }),
    onItems: (items) => {
      const newest = items.at(-1);
      if (newest) onView(newest);
    },
    onEnd,
    onError: (error) => {
      const failure = errorInfo(error);
      if (failure.code === 'not-found') onEnd();
      else onFailure(failure);
      return true;
    },
  });
}
