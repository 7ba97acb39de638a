import type { Configuration } from 'electron-builder';
import { systemPackages } from './resources/setup/system-packages.mjs';

/** What the application asks of the host when it starts labs, by the set-up's own list. */
function hostPackages(family: 'debian' | 'fedora'): string[] {
  const forLabs = systemPackages.filter(({ only }) => !only || only.includes('start'));
  return [...new Set(forLabs.flatMap((one) => one[family]))];
}

/**
 * How the application is packaged: npm run package. Electron's own binary comes from node_modules/electron/dist where it was
 * fetched, and is fetched otherwise; so are the tools that make an AppImage, a deb and an rpm.
 */
const configuration: Configuration = {
  appId: 'org.lvslab.app',
  productName: 'LVS Lab',
  copyright: 'MIT licence',
  // deb and rpm want a page to be told: that of what the application is about.
  extraMetadata: { homepage: 'http://www.linuxvirtualserver.org/' },
  directories: { output: 'dist' },
  // Nothing is compiled here: koffi brings its binary with it.
  npmRebuild: false,
  // What main.js reads at run time; it finds each by the place of its own file, out/main. The packages that package.json
  // calls dependencies come by themselves.
  files: [
    'out/{main,preload,renderer}/**',
    'lab-templates/**',
    'resources/guest/**',
    'resources/images/**',
    'README.md',
    'package.json',
    '!**/node_modules/**/*.{md,map,ts,mts,cts}',
    '!**/node_modules/koffi/{vendor,doc}/**',
    // Optional binaries of ssh2, compiled for whatever Node is here; without them it does the same in JavaScript.
    '!**/node_modules/{cpu-features,nan,buildcheck}/**',
    '!**/node_modules/ssh2/lib/protocol/crypto/build/**',
  ],
  asar: true,
  // Opened by their paths: by the system's loader, and by another program.
  asarUnpack: ['**/*.node', 'README.md'],
  electronFuses: {
    // Labs that are kept when the window closes are held by this same binary as a plain Node
    // (src-main/shell/electron/hold-command.ts), since a packaged application has no other.
    runAsNode: true,
    enableCookieEncryption: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    // Electron heeds this on macOS and Windows alone.
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: {
    target: ['AppImage', 'deb', 'rpm'],
    category: 'Education',
    executableName: 'lvslab',
    synopsis: 'Labs of real Linux Virtual Servers',
    maintainer: 'LVS Lab <lvslab@localhost>',
  },
  // Electron's libraries, as electron-builder has them by default, and the host's.
  deb: {
    depends: [
      'libgtk-3-0',
      'libnss3',
      'libxss1',
      'libxtst6',
      'xdg-utils',
      'libatspi2.0-0',
      'libuuid1',
    ].concat(hostPackages('debian')),
  },
  rpm: {
    depends: ['gtk3', 'nss', 'libXScrnSaver', 'libXtst', 'xdg-utils', 'at-spi2-core', 'libuuid'].concat(
      hostPackages('fedora'),
    ),
  },
};

export default configuration;
