import { implement } from '@orpc/server';
import { appContract } from '../contract/app-contract.ts';
import { inBatches, type Work } from './batches.ts';
import type { AppCore } from './core.ts';

/** Samples and frames come in columns and samples of their own: few items, each of which matters. */
const manyItems = 10_000;

/** The contract over the core: what both transports serve. */
export function createAppRouter(core: AppCore) {
  const app = implement(appContract);
  return app.router({
    app: {
      info: app.app.info.handler(() => core.info()),
      settings: app.app.settings.handler(() => core.readSettings()),
      saveSettings: app.app.saveSettings.handler(({ input }) => core.saveSettings(input)),
    },
    doctor: {
      check: app.doctor.check.handler(({ signal }) => inBatches(core.checkDoctor.bind(core), signal)),
      fix: app.doctor.fix.handler(({ signal }) => inBatches(core.fixDoctor.bind(core), signal)),
    },
    images: imagesRouter(app.images, core),
    templates: { list: app.templates.list.handler(() => core.listTemplates()) },
    labs: labsRouter(app.labs, core),
    wire: wireRouter(app.wire, core),
    ipvs: {
      follow: app.ipvs.follow.handler(({ input, signal }) =>
        newest((onItem, ended) => core.ipvs.follow(input.lab, onItem, ended), signal),
      ),
      schedulers: app.ipvs.schedulers.handler(({ input }) => core.ipvs.schedulers(input.lab)),
    },
    nodes: nodesRouter(app.nodes, core),
    reports: reportsRouter(app.reports, core),
  });
}

type App = ReturnType<typeof implement<typeof appContract>>;

function imagesRouter(images: App['images'], core: AppCore) {
  return {
    watch: images.watch.handler(({ signal }) => newest(core.images.watch.bind(core.images), signal)),
    bake: images.bake.handler(({ input }) => core.images.bake(input.image)),
    cancel: images.cancel.handler(({ input }) => core.images.cancel(input.task)),
    remove: images.remove.handler(({ input }) => core.images.remove(input.image)),
  };
}

function labsRouter(labs: App['labs'], core: AppCore) {
  return {
    watch: labs.watch.handler(({ signal }) => newest(core.labs.watch.bind(core.labs), signal)),
    start: labs.start.handler(({ input }) => core.labs.start(input)),
    compare: labs.compare.handler(({ input }) => core.labs.compare(input)),
    act: labs.act.handler(({ input }) => core.labs.act(input)),
    remove: labs.remove.handler(({ input }) => core.labs.remove(input.lab)),
    cancel: labs.cancel.handler(({ input }) => core.labs.cancel(input.task)),
    result: labs.result.handler(({ input, signal }) => core.labs.result(input.task, orNever(signal))),
    samples: labs.samples.handler(({ input, signal }) =>
      inBatches((onItem, ended) => core.labs.samples(input.task, onItem, ended), signal, manyItems),
    ),
    view: labs.view.handler(({ input, signal }) =>
      newest((onItem, ended) => core.labs.view(input.lab, onItem, ended), signal),
    ),
    planSwitch: labs.planSwitch.handler(({ input }) => core.labs.planSwitch(input.lab, input.to)),
    journal: labs.journal.handler(({ input }) => core.labs.journal(input.lab)),
    changes: labs.changes.handler(({ input }) => core.labs.changes(input.lab, input.after)),
    keptSamples: labs.keptSamples.handler(({ input, signal }) =>
      inBatches(
        (onItem, ended) => core.labs.keptSamples(input.lab, input.entry, onItem, ended),
        signal,
        manyItems,
      ),
    ),
    exportFiles: labs.exportFiles.handler(({ input }) => core.labs.exportFiles(input.lab, input.kind)),
  };
}

function wireRouter(wire: App['wire'], core: AppCore) {
  return {
    live: wire.live.handler(({ input, signal }) =>
      inBatches((onItem, ended) => core.wire.live(input.lab, onItem, ended), signal, 20),
    ),
    frames: wire.frames.handler(({ input }) => core.wire.frames(input.lab, input.query)),
    frame: wire.frame.handler(({ input }) => core.wire.frame(input.lab, input.sequence, input.record)),
    keptFrames: wire.keptFrames.handler(({ input }) =>
      core.wire.keptFrames(input.lab, input.entry, input.query),
    ),
    keptFrame: wire.keptFrame.handler(({ input }) =>
      core.wire.keptFrame(input.lab, input.entry, input.sequence),
    ),
    capture: wire.capture.handler(({ input, signal }) => core.wire.capture(input.lab, orNever(signal))),
  };
}

function nodesRouter(nodes: App['nodes'], core: AppCore) {
  return {
    now: nodes.now.handler(({ input, signal }) =>
      newest((onItem, ended) => core.nodes.now(input.lab, onItem, ended), signal),
    ),
    state: nodes.state.handler(({ input, signal }) =>
      core.nodes.state(input.lab, input.node, orNever(signal)),
    ),
    terminals: nodes.terminals.handler(({ input }) => core.nodes.terminals(input.lab)),
    terminal: nodes.terminal.handler(({ input, signal }) => core.nodes.terminal(input, orNever(signal))),
    type: nodes.type.handler(({ input }) => {
      core.nodes.type(input.id, input.text);
    }),
    resize: nodes.resize.handler(({ input: { id, ...size } }) => {
      core.nodes.resize(id, size);
    }),
    hangUp: nodes.hangUp.handler(({ input }) => core.nodes.hangUp(input.id)),
    openVip: nodes.openVip.handler(({ input }) => core.nodes.openVip(input.lab)),
    closeVip: nodes.closeVip.handler(({ input }) => core.nodes.closeVip(input.lab)),
  };
}

function reportsRouter(reports: App['reports'], core: AppCore) {
  return {
    details: reports.details.handler(({ input }) => core.reports.details(input.lab)),
    saveDetails: reports.saveDetails.handler(({ input }) =>
      core.reports.saveDetails(input.lab, input.details),
    ),
    preview: reports.preview.handler(({ input }) => core.reports.preview(input)),
    file: reports.file.handler(({ input, signal }) => core.reports.file(input, orNever(signal))),
  };
}

/** A stream of which only the newest item matters. */
function newest<T, R>(work: Work<T, R>, signal?: AbortSignal) {
  return inBatches(work, signal, 1);
}

function orNever(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal;
}
