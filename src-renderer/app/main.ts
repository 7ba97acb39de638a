import 'element-plus/theme-chalk/base.css';
import 'element-plus/theme-chalk/dark/css-vars.css';
import 'element-plus/theme-chalk/el-button.css';
import 'element-plus/theme-chalk/el-progress.css';
import 'element-plus/theme-chalk/el-segmented.css';
import 'element-plus/theme-chalk/el-checkbox.css';
import 'element-plus/theme-chalk/el-dialog.css';
import 'element-plus/theme-chalk/el-form.css';
import 'element-plus/theme-chalk/el-form-item.css';
import 'element-plus/theme-chalk/el-input.css';
import 'element-plus/theme-chalk/el-input-number.css';
import 'element-plus/theme-chalk/el-overlay.css';
import 'element-plus/theme-chalk/el-popconfirm.css';
import 'element-plus/theme-chalk/el-popover.css';
import 'element-plus/theme-chalk/el-popper.css';
import 'element-plus/theme-chalk/el-scrollbar.css';
import './style.css';
import { z } from 'zod';
import { connect } from '../lib/connection.ts';
import { loadSettings } from '../lib/setting.ts';

// The CSP allows no eval, which zod would try.
z.config({ jitless: true });
const connection = await connect();
if (connection) await loadSettings(connection.client);
// What goes by a setting reads it as it is loaded: nothing is drawn in a language or a theme that was not chosen.
const { mountPage } = await import('./mount-page.ts');
mountPage(connection);
