/** The borders between the rooms (docs/architecture.md): a crossing that is not named here fails the tests. */
/** @type {(name: string, comment: string, from: object, to: object) => object} */
const only = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    only(
      'no-circular',
      'Two modules that need each other are one module, or miss a third.',
      {},
      { circular: true },
    ),
    only(
      'no-orphans',
      'A file nothing imports and that starts nothing is dead.',
      {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '(^|/)[^/]+\\.config\\.(ts|mjs)$',
          '^\\.dependency-cruiser\\.mjs$',
          '^test/',
          // Found by their folder.
          '^src-renderer/locales/',
          '^src-main/shell/[^/]+/(main|preload)\\.ts$',
        ],
      },
      {},
    ),
    only(
      'execa-in-process-only',
      'One place starts programs.',
      { path: '^(src-main|resources)', pathNot: '^src-main/process/' },
      { path: 'node_modules/execa' },
    ),
    only(
      'child-process-in-process-only',
      'One place starts programs.',
      { path: '^src-main', pathNot: '^src-main/process/' },
      { path: '^(node:)?child_process$' },
    ),
    only(
      'electron-in-its-shell-only',
      'The core runs in plain Node.',
      { pathNot: '^src-main/shell/electron/' },
      { path: '(node_modules/electron/|^electron$)' },
    ),
    only(
      'renderer-knows-the-contract-alone',
      'Nothing in the renderer decides.',
      { path: '^src-renderer' },
      { path: '^src-main', pathNot: '^src-main/contract/' },
    ),
    only(
      'contract-imports-no-room',
      'The contract stands alone.',
      { path: '^src-main/contract/' },
      { path: '^src-main', pathNot: '^src-main/contract/' },
    ),
    only(
      'shells-on-top',
      'The core knows none of its fronts.',
      { path: '^src-main', pathNot: '^src-main/shell/' },
      { path: '^src-main/shell/' },
    ),
    only(
      'shells-apart',
      'The fronts do not know each other.',
      { path: '^src-main/shell/(electron|browser|terminal)/' },
      { path: '^src-main/shell/(electron|browser|terminal)/', pathNot: '^src-main/shell/$1/' },
    ),
    only(
      'desk-behind-the-application',
      'The application is put together in one place; the terminal does without it.',
      { path: '^src-main', pathNot: '^src-main/(desk/|shell/app-core\\.ts)' },
      { path: '^src-main/desk/' },
    ),
    only(
      'libvirt-knows-no-lvs',
      'libvirt/ starts machines; it knows neither recipes nor guests.',
      { path: '^src-main/libvirt/' },
      { path: '^src-main/(template|plan|lab|guest|ipvs|traffic|image|wire)/' },
    ),
    only(
      'template-is-pure',
      'Recipes and templates know neither virsh nor SSH.',
      { path: '^src-main/(template|plan)/' },
      { path: '^src-main/(libvirt|guest|process|lab|wire|image|traffic)/' },
    ),
    only(
      'family-is-pure',
      "What a guest's distribution has is told as data, and how it is set up as words of a shell.",
      { path: '^src-main/family/' },
      { path: '^src-main', pathNot: '^src-main/(family|contract)/' },
    ),
    only(
      'export-is-pure',
      'What is exported is words, made of a plan.',
      { path: '^src-main/export/' },
      { path: '^src-main/(guest|lab|libvirt|process|shell|image|wire|traffic|evidence)/' },
    ),
    only(
      'wire-is-alone',
      'The lab switch knows frames and ports only.',
      { path: '^src-main/wire/' },
      { path: '^src-main/(template|plan|lab|libvirt|guest|ipvs|traffic|image|process)/' },
    ),
    only(
      'evidence-is-pure',
      'Claims are judged by plain data: what frames, counters and guests say is read by others.',
      { path: '^src-main/evidence/' },
      { path: '^src-main/(template|image|libvirt|guest|lab|process|traffic)/' },
    ),
    only(
      'evidence-sees-frames-alone',
      'Of the wire it knows frames, not the switch.',
      { path: '^src-main/evidence/' },
      { path: '^src-main/wire/', pathNot: '^src-main/wire/(decode/|switch-port\\.ts)' },
    ),
    only(
      'report-is-pure',
      'A report is made from what was kept: of a lab that runs it knows nothing.',
      { path: '^src-main/report/' },
      { path: '^src-main/(desk|diagnostics|guest|image|lab|libvirt|process|shell)/' },
    ),
    only(
      'report-reads-captures-alone',
      'Of the wire it knows frames and files of them, not the switch.',
      { path: '^src-main/report/' },
      { path: '^src-main/wire/', pathNot: '^src-main/wire/(decode/|read-pcapng\\.ts|switch-port\\.ts)' },
    ),
    only(
      'ssh-in-guest-only',
      'One place opens SSH sessions.',
      { path: '^src-main', pathNot: '^src-main/guest/' },
      { path: 'node_modules/(node-ssh|ssh2)/' },
    ),
    only(
      'virsh-by-libvirt-only',
      'Others ask the libvirt room.',
      { path: '^src-main/(template|plan|guest|wire|ipvs|traffic)/' },
      { path: '^src-main/libvirt/' },
    ),
    only(
      'source-needs-no-test',
      'What ships does not lean on tests.',
      { path: '^(src-main|src-renderer)' },
      { path: '^test/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.vue', '.json'] },
  },
};
