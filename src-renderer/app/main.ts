import 'element-plus/theme-chalk/base.css';
import 'element-plus/theme-chalk/dark/css-vars.css';
import 'element-plus/theme-chalk/el-button.css';
import 'element-plus/theme-chalk/el-progress.css';
import 'element-plus/theme-chalk/el-segmented.css';
import './style.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { appClientKey } from '../lib/app-client.ts';
import { connect } from '../lib/connection.ts';
import App from './App.vue';
import { i18n } from './i18n.ts';

const connection = await connect();
const app = createApp(App, { connection }).use(createPinia()).use(i18n);
if (connection) app.provide(appClientKey, connection.client);
app.mount('#app');
