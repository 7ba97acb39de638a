import { inject, type InjectionKey } from 'vue';
import type { AppClient } from '../../src-main/contract/app-contract.ts';

/** The application, for the components and stores of the page. */
export const appClientKey: InjectionKey<AppClient> = Symbol('app client');

export function useAppClient(): AppClient {
  const client = inject(appClientKey);
  if (!client) throw new Error('No client was provided.');
  return client;
}
