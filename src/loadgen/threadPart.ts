import type { MessagePort, Worker } from 'node:worker_threads';
import { Channel, type Port } from '../protocol/channel';
import type { LeadToPart, PartReport, PartSetup, PartToLead } from '../protocol/loadPart';
import { toDisposable } from '../util/disposable';
import { describeError, errorCode } from '../util/errors';
import type { Part, PartEvents } from './part';

/** A part that lives in a thread of its own. When the thread dies, everything that is asked of it rejects. */
export class ThreadPart implements Part {
  readonly #worker: Worker;
  readonly #setup: PartSetup;
  readonly #channel: Channel<LeadToPart, PartToLead>;
  #isOpen = false;
  #death = 'it ended by itself';

  /** Takes the worker over; its script must call `servePart`. */
  constructor(worker: Worker, setup: PartSetup, events: PartEvents) {
    this.#worker = worker;
    this.#setup = setup;
    worker.on('error', (error) => (this.#death = describeError(error)));
    this.#channel = new Channel<LeadToPart, PartToLead>(
      portOf(worker),
      { 'part/ready': () => events.ready(), 'part/settled': ({ endUs }) => events.settled(endUs) },
      () => undefined,
    );
  }

  async open(): Promise<void> {
    await this.#orDeath(this.#channel.request('part/open', this.#setup));
    this.#isOpen = true;
  }

  warmUp(startUs: number, maxMs: number): void {
    this.#channel.notify('part/warmup', { startUs, maxMs });
  }

  measure(startUs: number, spins: boolean): void {
    this.#channel.notify('part/measure', { startUs, spins });
  }

  drain(endUs: number): void {
    this.#channel.notify('part/drain', { endUs });
  }

  retire(): void {
    this.#channel.notify('part/retire', null);
  }

  poll(withHistograms: boolean): Promise<PartReport> {
    return this.#orDeath(this.#channel.request('part/poll', { withHistograms }));
  }

  async finish(endUs: number): Promise<PartReport> {
    try {
      if (!this.#isOpen) throw new Error('it was not open yet');
      return await this.#orDeath(this.#channel.request('part/finish', { endUs }));
    } finally {
      void this.#worker.terminate();
    }
  }

  /** Says why there will be no answer. */
  async #orDeath<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (cause) {
      throw errorCode(cause) === 'channel-closed' ? new Error(this.#death, { cause }) : cause;
    }
  }
}

/** The other end: serves one part in this thread, made by `create` when it is opened. */
export function servePart(parent: MessagePort, create: (setup: PartSetup, events: PartEvents) => Part): void {
  let part: Part | null = null;
  const opened = (): Part => {
    if (!part) throw new Error('The part was not opened.');
    return part;
  };
  const channel = new Channel<PartToLead, LeadToPart>(
    portOf(parent),
    {
      'part/open': (setup) => {
        part = create(setup, {
          ready: () => channel.notify('part/ready', null),
          settled: (endUs) => channel.notify('part/settled', { endUs }),
        });
        return part.open();
      },
      'part/warmup': ({ startUs, maxMs }) => opened().warmUp(startUs, maxMs),
      'part/measure': ({ startUs, spins }) => opened().measure(startUs, spins),
      'part/drain': ({ endUs }) => opened().drain(endUs),
      'part/retire': () => opened().retire(),
      'part/poll': ({ withHistograms }) => opened().poll(withHistograms),
      'part/finish': ({ endUs }) => opened().finish(endUs),
    },
    (error) => {
      // A part that cannot do what it is told would leave the others waiting.
      throw error;
    },
  );
}

function portOf(end: Worker | MessagePort): Port {
  const on = (name: string, listener: (value: unknown) => void) => {
    end.on(name as 'message', listener);
    return toDisposable(() => end.off(name as 'message', listener));
  };
  return {
    post: (message) => end.postMessage(message),
    onMessage: (listener) => on('message', listener),
    onClose: (listener) => on('exit', listener),
  };
}
