import type { MixPlan } from '../core/model/mix';
import { MixChoice } from '../core/plan/mixChoice';
import { MixRecorder } from './mixRecorder';
import { AnswerInspector, type SampleListener } from './transport/answerInspector';
import type { Transport, TransportRequest } from './transport/transport';

/** What one thread needs for a mix: which request comes next, how its answers are looked into, and its counts. */
export class MixedLoad {
  readonly requests: readonly TransportRequest[];
  readonly recorder: MixRecorder;
  readonly #inspectors: readonly AnswerInspector[];
  readonly #choice: MixChoice;

  /** `onSample` hears of every request's samples. */
  constructor(plan: MixPlan, onSample: SampleListener) {
    const recorder = new MixRecorder(plan.requests.length);
    this.recorder = recorder;
    this.#choice = new MixChoice(plan);
    this.#inspectors = plan.requests.map(
      ({ checks }, item) =>
        new AnswerInspector(checks ?? {}, (type, hash) => {
          onSample(type, hash);
          recorder.sampled(item, type, hash);
        }),
    );
    this.requests = plan.requests.map(({ request, feeds }, item) => ({
      request,
      feeds: feeds ?? null,
      inspector: this.#inspectors[item] ?? null,
    }));
  }

  /** The measured phase begins. */
  beginMeasuring(): void {
    for (const inspector of this.#inspectors) inspector.restart();
    this.recorder.beginMeasuring();
  }

  /** The transport as a pacer sees it, which knows of one kind of request only: each `send` is the next one drawn. */
  draw(transport: Transport): Transport {
    return {
      lanes: transport.lanes,
      open: () => transport.open(),
      send: (lane) => {
        const item = this.#choice.next();
        this.recorder.issued(item);
        transport.send(lane, item);
      },
      rest: (lane) => transport.rest(lane),
      close: () => transport.close(),
    };
  }
}
