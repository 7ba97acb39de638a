import type { ImagesSnapshot, ImageView } from '../contract/images.ts';
import { LabError } from '../contract/lab-error.ts';
import type { Task } from '../contract/labs.ts';
import { demandHost, type ImageHost } from '../image/catalogue/check-host.ts';
import { findEntry } from '../image/catalogue/load-catalogue.ts';
import { readCloudImage } from '../image/fetch/cloud-store.ts';
import { embeddedName } from '../image/image-store.ts';
import type { LabContext, WorkOptions } from '../lab/lab-context.ts';
import { removeImageCalled } from '../lab/remove-image.ts';
import { untilAborted } from '../process/until-aborted.ts';
import { readImages, type KnownHost } from './images-read.ts';
import type { Tasks } from './tasks.ts';

export interface ImagesParts {
  readonly context: LabContext;
  /** Of images alone: in place of a lab's name they have an image's. */
  readonly tasks: Tasks;
  /** What this host has for guests. */
  readonly findHost: (signal: AbortSignal) => Promise<ImageHost>;
  /** Brings an image to where labs can start from it. */
  readonly make: (context: LabContext, image: string, work: WorkOptions) => Promise<unknown>;
}

/** Milliseconds until what lies on disk is looked at again: another process may fetch or bake as well. */
const lookAgain = 5000;

/** Images, as `ImagesCore` of the shells has them. */
export function createImagesCore({ context, tasks, findHost, make }: ImagesParts) {
  const { dataFolder } = context;
  const readers = new Set<() => void>();
  const running = (image: string) =>
    tasks.list().find(({ lab, state }) => lab === image && state === 'running');

  return {
    watch: async (onItem: (snapshot: ImagesSnapshot) => void, signal: AbortSignal): Promise<void> => {
      let snapshot: ImagesSnapshot | undefined;
      const tell = () => {
        if (snapshot && !signal.aborted) onItem(withTasks(snapshot, tasks.list()));
      };
      const known = await lookAt(findHost, signal);
      const read = async () => {
        // A file that is being written is no reason to end the page's stream: the next look finds it.
        snapshot = await readImages(context, known).catch(() => snapshot);
        tell();
      };
      snapshot = await readImages(context, known);
      tell();
      const soon = () => void read();
      using ends = new DisposableStack();
      ends.defer(tasks.onChange(tell));
      ends.defer(tasks.onChange(whenTasksEnd(tasks, soon)));
      readers.add(soon);
      ends.defer(() => readers.delete(soon));
      const timer = setInterval(soon, lookAgain);
      ends.defer(() => {
        clearInterval(timer);
      });
      await untilAborted(signal);
    },
    bake: async (image: string) => {
      const already = running(image);
      if (already) return { task: already.id };
      await demandPossible(dataFolder, image, findHost);
      return { task: running(image)?.id ?? tasks.begin(image, 'bake', (work) => make(context, image, work)) };
    },
    cancel: (task: string) => tasks.cancel(task),
    remove: async (image: string): Promise<void> => {
      if (running(image)) {
        throw new LabError('lab-busy', `The image '${image}' is being fetched or baked.`, {
          remedy: 'Cancel that first.',
        });
      }
      await removeImageCalled(context, image);
      for (const read of readers) read();
    },
  };
}

async function lookAt(findHost: ImagesParts['findHost'], signal: AbortSignal): Promise<KnownHost> {
  try {
    return { host: await findHost(signal) };
  } catch (error) {
    signal.throwIfAborted();
    return { error };
  }
}

/** Refuses what cannot be had before anything is begun. */
async function demandPossible(
  dataFolder: string,
  image: string,
  findHost: ImagesParts['findHost'],
): Promise<void> {
  if (image === embeddedName) return;
  const { entry } = await findEntry(dataFolder, image);
  if (!entry.source && !(await readCloudImage(dataFolder, image))) {
    throw new LabError('not-found', `The catalogue does not tell where ${entry.title} is to be had.`, {
      remedy: `Bring in its file: lvslab image import FILE --as ${image}`,
    });
  }
  demandHost(entry, await findHost(new AbortController().signal));
}

function withTasks(snapshot: ImagesSnapshot, tasks: readonly Task[]): ImagesSnapshot {
  return { ...snapshot, images: snapshot.images.map((image) => withTask(image, tasks)) };
}

function withTask(image: ImageView, tasks: readonly Task[]): ImageView {
  const task = tasks.findLast(({ lab }) => lab === image.name);
  if (!task) return image;
  return { ...image, task, state: task.state === 'running' ? 'working' : image.state };
}

function whenTasksEnd(tasks: Tasks, call: () => void): () => void {
  let before = 0;
  return () => {
    const ended = tasks.list().filter(({ state }) => state !== 'running').length;
    if (ended !== before) call();
    before = ended;
  };
}
