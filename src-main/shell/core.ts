import type { AppInfo } from '../contract/app-info.ts';
import type { LabChange } from '../contract/changes.ts';
import type { CheckResult, DoctorReport } from '../contract/doctor.ts';
import type { ExportedFile, ExportKind } from '../contract/exported-files.ts';
import type { FrameDetails, FramePage, FrameQuery, LiveBatch } from '../contract/frames.ts';
import type { ImagesSnapshot } from '../contract/images.ts';
import type { IpvsChanges, IpvsSnapshot, SchedulerInfo } from '../contract/ipvs.ts';
import type { JournalEntry, SampleColumns } from '../contract/journal.ts';
import type { LabNow } from '../contract/lab-now.ts';
import type { LabView, SwitchPlanView } from '../contract/lab-view.ts';
import type { CompareRequest, LabAction, LabsSnapshot, StartRequest } from '../contract/labs.ts';
import type { NodeState, OpenTerminal, TerminalAsk, TerminalEvent, VipDoor } from '../contract/nodes.ts';
import type { OnProgress } from '../contract/progress.ts';
import type { ReportDetails, ReportFileRequest, ReportRequest } from '../contract/report.ts';
import type { Settings, WayToLeave } from '../contract/settings.ts';
import type { TemplateList } from '../contract/templates.ts';

/** Hears what a stream has to say, until the signal ends it. */
type Follow<Item> = (onItem: (item: Item) => void, signal: AbortSignal) => Promise<void>;

/** A task that was begun: it goes on by itself. */
export interface Begun {
  readonly lab: string;
  readonly task: string;
}

/** Labs, and the tasks on them. */
export interface LabsCore {
  /** Tells the whole at once, and anew whenever it changes. */
  watch: Follow<LabsSnapshot>;
  start(request: StartRequest): Promise<Begun>;
  compare(request: CompareRequest): Promise<Begun>;
  act(action: LabAction): Promise<Begun>;
  remove(lab: string): Promise<Begun>;
  cancel(task: string): Promise<void>;
  /** Ends the waiting, not the task, by the signal. */
  result(task: string, signal: AbortSignal): Promise<unknown>;
  samples(task: string, ...follow: Parameters<Follow<SampleColumns>>): Promise<void>;
  view(lab: string, ...follow: Parameters<Follow<LabView>>): Promise<void>;
  planSwitch(lab: string, to: string): Promise<SwitchPlanView>;
  journal(lab: string): Promise<JournalEntry[]>;
  /** After a moment, ISO 8601. */
  changes(lab: string, after: string): Promise<LabChange[]>;
  keptSamples(lab: string, entry: number, ...follow: Parameters<Follow<SampleColumns>>): Promise<void>;
  exportFiles(lab: string, kind: ExportKind): Promise<ExportedFile[]>;
}

/** What labs start from. */
export interface ImagesCore {
  /** Tells the whole at once, and anew whenever it changes. */
  watch: Follow<ImagesSnapshot>;
  /** Begins a task that fetches and bakes it; where one is under way, that is it. */
  bake(image: string): Promise<{ task: string }>;
  cancel(task: string): Promise<void>;
  remove(image: string): Promise<void>;
}

/** What goes over a lab's wires. */
export interface WireCore {
  live(lab: string, ...follow: Parameters<Follow<LiveBatch>>): Promise<void>;
  frames(lab: string, query: FrameQuery): Promise<FramePage>;
  /** With `record`, of that record alone. */
  frame(lab: string, sequence: number, record?: string): Promise<FrameDetails>;
  /** Those that an observation of the journal was judged by. */
  keptFrames(lab: string, entry: number, query: FrameQuery): Promise<FramePage>;
  keptFrame(lab: string, entry: number, sequence: number): Promise<FrameDetails>;
  /** The frame record as a pcapng file, in pieces of base64. */
  capture(lab: string, signal: AbortSignal): AsyncGenerator<string[], { frames: number }>;
}

/** What the director's kernel knows. */
export interface IpvsCore {
  follow(
    lab: string,
    ...follow: Parameters<
      Follow<{
        snapshot: IpvsSnapshot;
        changes: IpvsChanges | null;
        names: Record<string, string>;
        service: string | null;
      }>
    >
  ): Promise<void>;
  schedulers(lab: string): Promise<SchedulerInfo[]>;
}

/** Machines, each by itself. */
export interface NodesCore {
  /** What guests and director have now. */
  now(lab: string, ...follow: Parameters<Follow<LabNow>>): Promise<void>;
  state(lab: string, node: string, signal: AbortSignal): Promise<NodeState>;
  /** The shells of a lab that are open. */
  terminals(lab: string): OpenTerminal[];
  /** A shell, a new one or one that is open; it goes on when the generator is left. */
  terminal(request: TerminalAsk, signal: AbortSignal): AsyncGenerator<TerminalEvent[], void>;
  type(terminal: string, text: string): void;
  resize(terminal: string, size: { columns: number; rows: number }): void;
  hangUp(terminal: string): Promise<void>;
  openVip(lab: string): Promise<VipDoor>;
  closeVip(lab: string): Promise<void>;
}

/** Reports, each of a lab or, by its task, of a comparison. */
export interface ReportsCore {
  details(lab: string): Promise<ReportDetails>;
  saveDetails(lab: string, details: ReportDetails): Promise<ReportDetails>;
  /** Makes the page of a report, which is served at that path from then on. */
  preview(request: ReportRequest): Promise<{ path: string }>;
  /** The page that is to be served at a path; undefined where there is none, or none any more. */
  page(path: string): string | undefined;
  /** A report's file, in pieces of base64. */
  file(request: ReportFileRequest, signal: AbortSignal): AsyncGenerator<string[], { name: string }>;
}

/** What became of a lab when the application closed; `failed` with the reason. */
export type LeftLab = { readonly lab: string } & (
  { readonly way: WayToLeave } | { readonly way: 'failed'; readonly error: unknown }
);

/** What stands behind the contract, whichever shell is in front. Each throws LabError. */
export interface AppCore {
  info(): AppInfo;
  readSettings(): Promise<Settings>;
  /** Keeps what is named, and leaves the rest as it is. */
  saveSettings(settings: Settings): Promise<Settings>;
  /** Hands over each result as it is found; the report holds them all. */
  checkDoctor(onResult: (result: CheckResult) => void, signal: AbortSignal): Promise<DoctorReport>;
  /** Mends what can be mended, then reports anew. */
  fixDoctor(onProgress: OnProgress, signal: AbortSignal): Promise<DoctorReport>;
  listTemplates(): Promise<TemplateList>;
  readonly images: ImagesCore;
  readonly labs: LabsCore;
  readonly wire: WireCore;
  readonly ipvs: IpvsCore;
  readonly nodes: NodesCore;
  readonly reports: ReportsCore;
  /** The names of the labs that end with this application, unless it leaves them in some other way. */
  ownedLabs(): string[];
  /**
   * Leaves the labs that this application started; ends tasks. To be called once, at the end. It tells of each lab what
   * became of it.
   * @param way As the user chose once, where none is given.
   */
  close(onLeft?: (left: LeftLab) => void, way?: WayToLeave): Promise<void>;
}
