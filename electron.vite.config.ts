/* eslint names/kebab-case-file: off -- the name that electron-vite looks for */
import { globSync } from 'node:fs';
import path from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const root = import.meta.dirname;
const electronShell = path.join(root, 'src-main/shell/electron');

/** Worker threads are started by the URL of their own file beside main.js, so each is an entry of its own. */
const workers = Object.fromEntries(
  globSync('src-main/wire/*-worker.ts', { cwd: root }).map((file) => [
    path.basename(file, '.ts'),
    path.join(root, file),
  ]),
) as Record<string, string>;

/**
 * Has the browser fetch the page's own scripts while it still waits for the user's settings, by which they go as soon as
 * they run.
 */
function preloadPage(): Plugin {
  return {
    name: 'preload-page',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) => {
        const chunks = Object.values(bundle).flatMap((each) => (each.type === 'chunk' ? [each] : []));
        const page = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/app/mount-page.ts'));
        return (page ? [page.fileName, ...page.imports] : []).map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
        }));
      },
    },
  };
}

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          main: path.join(electronShell, 'main.ts'),
          // Holds labs after the window has gone.
          lvslab: path.join(root, 'src-main/shell/terminal/main.ts'),
          ...workers,
        },
        // All of it two folders below the root, as the rooms are, which find resources/ from where they lie.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload script can require nothing but electron: one CommonJS file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: path.join(electronShell, 'preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [vue(), preloadPage()],
    define: {
      __VUE_I18N_FULL_INSTALL__: false,
      __VUE_I18N_LEGACY_API__: false,
      __INTLIFY_PROD_DEVTOOLS__: false,
    },
    build: {
      outDir: path.join(root, 'out/renderer'),
      emptyOutDir: true,
      minify: true,
      // Nothing inline: the page's CSP allows no data: address.
      assetsInlineLimit: 0,
      rolldownOptions: { input: path.join(root, 'src-renderer/index.html') },
    },
  },
});
