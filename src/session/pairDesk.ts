import type { ComparedArm } from '../core/model/comparison';
import type { PairPlan, PairProgress, PairResult, PairSide } from '../core/model/pairPlan';
import type { RequestTemplate } from '../core/model/request';
import type { RunWarning } from '../core/model/run';
import { warnOfMachine, watchMachine, type MachineState } from '../core/compare/machineState';
import type { SessionRound } from '../core/compare/sessionData';
import { warnOfDebugServer } from '../core/request/debugServer';
import { fillSecrets, redactSecrets, referencesIn, type Secrets } from '../core/request/secrets';
import { checkTarget, type CheckedTarget } from '../core/request/targetGuard';
import { portOf } from '../core/request/urlPlace';
import { sendOnce } from '../http/client';
import { readMachineState } from '../platform/node/machineState';
import { findListeners } from '../servers/listeningProcesses';
import { readArguments } from '../servers/procFs';
import { sharedServices } from '../servers/sharedServices';
import { requireHostConsent, requireWriteConsent } from './consent';
import { generatorWarnings, ownCores, pairRoundOf } from './pairRoundOf';
import { logIn, readLogins, referencesInLogins } from './login';
import { readSecrets } from './secrets';
import { SideLostError } from './sideLost';
import type { OpenSide, SideBySideEvents, SideBySideOrder, SideBySideServices } from './sideBySide';

/** What is sent to both sides in one measurement. */
export interface PairRequest {
  readonly request: (baseUrl: string) => RequestTemplate;
  /** Under which a consent to writing is remembered. */
  readonly id: string;
}

/** How one measurement goes. */
export type PairPace = Pick<PairPlan, 'warmup' | 'blocks' | 'seed' | 'shortBlocks'>;

/** Both sides while they are up. */
export type OpenPair = Readonly<Record<ComparedArm, OpenSide>>;

/** What came of one measurement; `round` is null when not one whole block was measured. */
export interface PairMeasurement {
  readonly round: SessionRound | null;
  /** False when it was cut short by a person. */
  readonly isWhole: boolean;
}

type DeskOrder = Pick<SideBySideOrder, 'sides' | 'load' | 'checks' | 'warnings'>;

const PREVIEW_BODY_LIMIT = 1024;

/** So often is looked for services while the first launch warms up: a connection may last no longer than a request. */
const SERVICE_LOOKS = 3;

/** Brings both sides up, measures them, and collects what is to be known of how that went. */
export class PairDesk {
  readonly #order: DeskOrder;
  readonly #services: SideBySideServices;
  readonly #events: SideBySideEvents;
  readonly #signal: AbortSignal;
  readonly #warnings = new Map<string, RunWarning>();
  readonly #statuses = new Map<string, number>();
  /** Tokens of logins, fetched once for each launch: a new process may know nothing of an old one's. */
  readonly #tokens = new WeakMap<OpenSide, Map<string, string>>();
  /** Everything that stands in a side's request in the place of a reference; each launch may have tokens of its own. */
  readonly #secrets: Record<ComparedArm, Secrets> = { before: new Map(), after: new Map() };

  constructor(order: DeskOrder, services: SideBySideServices, events: SideBySideEvents, signal: AbortSignal) {
    this.#order = order;
    this.#services = services;
    this.#events = events;
    this.#signal = signal;
    this.#warn([...order.warnings, ...warnOfMachine(this.#machine())]);
  }

  /** One of each code, the latest. */
  get warnings(): readonly RunWarning[] {
    return [...this.#warnings.values()];
  }

  /** What a side answered to the first request of `id`; null before it was sent. */
  firstStatus(arm: ComparedArm, id: string): number | null {
    return this.#statuses.get(`${arm} ${id}`) ?? null;
  }

  /** A launch of both, for the time of `use`. The sides change places from round to round. */
  async launch<Result>(round: number, use: (pair: OpenPair) => Promise<Result>): Promise<Result> {
    const opened = new Map<ComparedArm, OpenSide>();
    const open = async (arm: ComparedArm): Promise<OpenSide> => {
      const side = this.#order.sides[arm];
      this.#events.onStep?.(side.isRestarted ? `Starting ${side.label}…` : `Looking at ${side.label}…`, round);
      const own = await side.open(this.#signal);
      opened.set(arm, own);
      this.#signal.throwIfAborted();
      return own;
    };
    try {
      if (round % 2 === 0) {
        const before = await open('before');
        return await use({ before, after: await open('after') });
      }
      const after = await open('after');
      return await use({ before: await open('before'), after });
    } finally {
      await Promise.all([...opened.values()].map((side) => side.close()));
    }
  }

  /**
   * Asks, sends one request to each side, and loads both in turn. Rejects with `side-lost` when a side gives nothing but
   * failures, with what `sendOnce` says when one does not answer at all, and with `CancelledError` after a no.
   */
  async measure(pair: OpenPair, what: PairRequest, pace: PairPace, round: number): Promise<PairMeasurement> {
    const { load, checks } = this.#order;
    const sides = { before: await this.#side('before', pair, what), after: await this.#side('after', pair, what) };
    const [wallMs, clockMs, machine] = [Date.now(), performance.now(), this.#machine()];
    this.#events.onStep?.('Warming both up…', round);
    let looks = round === 0 ? SERVICE_LOOKS : 0;
    const result = await this.#services.load.pair(
      { sides, load, ...(checks ? { checks } : {}), ...pace },
      {
        onProgress: (progress: PairProgress) => {
          if (looks-- > 0) this.#warn(warnOfSharedServices(sides));
          this.#events.onProgress?.(progress, round);
        },
        signal: this.#signal,
        secrets: this.#secrets,
      },
    );
    if (result.state === 'broken-off') throw this.#sideLost(pair, result);
    const apartMs = Math.abs(Date.now() - wallMs - (performance.now() - clockMs));
    const seen = watchMachine(machine, this.#machine(), ownCores(result));
    this.#warn([...seen.warnings, ...generatorWarnings(result, seen.busyShare)]);
    return {
      round: result.blocks.length === 0 ? null : pairRoundOf(result, apartMs, seen.voided),
      isWhole: result.state === 'complete',
    };
  }

  /** The guard is passed for each launch, because each may be at another address. */
  async #side(arm: ComparedArm, pair: OpenPair, { request, id }: PairRequest): Promise<PairSide> {
    const side = pair[arm];
    const draft = request(side.baseUrl);
    const target = await checkTarget(draft.url, this.#services.resolveHost);
    const own = await this.#fill(draft, arm, side, target);
    const url = new URL(own.url);
    await requireWriteConsent({ method: own.method, path: url.pathname, id }, this.#services, this.#signal);
    const isFirst = !this.#statuses.has(`${arm} ${id}`);
    const listener = target.class === 'loopback' && (isFirst || side.pid === null) ? listenerOf(url) : null;
    if (isFirst) await this.#preview(arm, own, target.addresses, listener, id);
    return { request: own, allowedAddresses: target.addresses, pid: side.pid ?? listener };
  }

  /** The request with what it refers to, after consent that this goes to the host. */
  async #fill(
    draft: RequestTemplate,
    arm: ComparedArm,
    side: OpenSide,
    target: CheckedTarget,
  ): Promise<RequestTemplate> {
    const references = referencesIn(draft);
    const logins = await readLogins(references, this.#services.loginOf, null);
    const carried = [...new Set([...references, ...referencesInLogins(logins)])];
    await requireHostConsent(target, this.#services, this.#signal, carried);
    const secrets: Map<string, string> = await readSecrets(carried, this.#services, null);
    const tokens = this.#tokens.get(side) ?? new Map<string, string>();
    this.#tokens.set(side, tokens);
    const { timeoutMs, insecureTls, http2 } = this.#order.load;
    const options = { timeoutMs, insecureTls, http2, allowedAddresses: target.addresses, signal: this.#signal };
    for (const login of logins.filter(({ name }) => !tokens.has(`login:${name}`))) {
      for (const [reference, token] of await logIn([login], side.root ?? side.baseUrl, secrets, options))
        tokens.set(reference, token);
    }
    this.#secrets[arm] = new Map([...this.#secrets[arm], ...secrets, ...tokens]);
    return fillSecrets(draft, this.#secrets[arm]);
  }

  /** Once for each side and request: a server that is not there, or not what will run in production, is told beforehand. */
  async #preview(
    arm: ComparedArm,
    request: RequestTemplate,
    allowedAddresses: readonly string[] | null,
    listener: number | null,
    id: string,
  ): Promise<void> {
    const { timeoutMs, insecureTls, http2 } = this.#order.load;
    const response = await sendOnce(request, {
      ...{ timeoutMs, insecureTls, http2, allowedAddresses },
      maxBodyBytes: PREVIEW_BODY_LIMIT,
      signal: this.#signal,
    });
    this.#statuses.set(`${arm} ${id}`, response.status);
    const server = response.headers.find(([name]) => name.toLowerCase() === 'server')?.[1];
    const commandLine = listener === null ? null : readArguments(listener).join(' ');
    this.#warn(
      warnOfDebugServer({ commandLine }, server).map(({ code, message }) => ({
        code: `${code}-${arm}`,
        message: `${this.#order.sides[arm].label}: ${message}`,
      })),
    );
  }

  #machine(): MachineState {
    return (this.#services.readMachine ?? readMachineState)();
  }

  #warn(warnings: readonly RunWarning[]): void {
    for (const warning of warnings) this.#warnings.set(warning.code, warning);
  }

  #sideLost(pair: OpenPair, { failing, failures }: PairResult): SideLostError {
    const arm = failing ?? 'after';
    const words = pair[arm].lastWords?.() ?? null;
    const log =
      words === null
        ? 'look at its log and try one request'
        : `the last line of its log is: ${redactSecrets(words, this.#secrets[arm])}`;
    return new SideLostError(
      arm,
      `${this.#order.sides[arm].label} gave nothing but failures (${failures}), so there is nothing to compare; ${log}`,
    );
  }
}

/** A database that both sides use is named, because neither is alone with it. */
function warnOfSharedServices({ before, after }: PairPlan['sides']): readonly RunWarning[] {
  if (before.pid === null || after.pid === null) return [];
  const names = sharedServices(
    { pid: before.pid, port: portOf(new URL(before.request.url)) },
    { pid: after.pid, port: portOf(new URL(after.request.url)) },
  );
  if (names.length === 0) return [];
  const message = `Both sides use the same ${names.join(' and ')}: each sees what the other writes, and what is still done there for one takes time from the other. For requests that write, give each side its own.`;
  return [{ code: 'shared-services', message }];
}

/** The process that listens where a URL of this machine leads; null where it cannot be known. */
function listenerOf(url: URL): number | null {
  if (process.platform !== 'linux') return null;
  return findListeners(portOf(url))[0] ?? null;
}
