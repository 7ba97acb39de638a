import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { appClientKey } from '../lib/app-client.ts';
import type { Connection } from '../lib/connection.ts';
import App from './App.vue';
import { i18n } from './i18n.ts';
import { createAppRouter } from './router.ts';

/** Puts the application's page into the document; without a connection it says how to get one. */
export function mountPage(connection: Connection | undefined): void {
  const app = createApp(App, { connection }).use(createPinia()).use(i18n);
  if (connection) app.provide(appClientKey, connection.client);
  app.use(createAppRouter());
  app.mount('#app');
}
