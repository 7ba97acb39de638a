import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { IpvsChanges, IpvsSnapshot } from '../../../src-main/contract/ipvs.ts';
import type { ErrorInfo } from '../../../src-main/contract/lab-error.ts';
import { useAppClient } from '../../lib/app-client.ts';
import { errorInfo } from '../../lib/error-info.ts';
import { follow } from '../../lib/follow.ts';

interface Read {
  readonly snapshot: IpvsSnapshot;
  readonly changes: IpvsChanges | null;
  /** Real servers' names by their `RIP:port`. */
  readonly names: Record<string, string>;
  /** Which service takes the lab's requests, such as `tcp VIP:80`; null where none does. */
  readonly service: string | null;
}

/** The director's tables, followed while somebody looks. */
export const useIpvsStore = defineStore('ipvs', () => {
  const client = useAppClient();
  const read = shallowRef<Read>();
  const failure = ref<ErrorInfo>();

  /** Keys of rows that changed with the newest read, and the fields that did. */
  const changed = computed(() => {
    const rows = read.value?.changes;
    const all = rows ? [...rows.services, ...rows.servers, ...rows.connections] : [];
    return new Map(all.map(({ key, fields }) => [key, new Set(fields.map(({ field }) => field))]));
  });

  return {
    read,
    failure,
    changed,
    /** Follows a lab's director until the returned function is called. */
    follow: (lab: string) => {
      read.value = undefined;
      failure.value = undefined;
      return follow<Read>({
        open: (signal) => client.ipvs.follow({ lab }, { signal }),
        onItems: (items) => {
          failure.value = undefined;
          read.value = items.at(-1) ?? read.value;
        },
        onError: (error) => {
          failure.value = errorInfo(error);
          return true;
        },
      });
    },
  };
});
