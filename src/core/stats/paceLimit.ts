import { STARVED_SHARE } from '../compare/generatorLimit';
import type { GeneratorReport } from '../model/run';

/** Who kept a load generator from its pace. */
export interface PaceLimit {
  readonly who: 'generator' | 'machine';
  /** False when what was seen allows another reading. */
  readonly isCertain: boolean;
  /** Example: "other programs had its core for 23 % of the time". */
  readonly why: string;
}

/** Share of a core from which a thread is at its limit, and up to which it had plenty left. */
const FULL = 0.85;
const PLENTY_LEFT = 0.5;
const MACHINE_FULL = 0.95;

/**
 * Says of a load generator that did not keep its pace whether it had too much to do itself, or whether the machine held it
 * up: other programs that had its core, or the host of a virtual machine. A loop that waits for a core counts as busy and
 * sends late like one that works, so that the CPU it used tells the two apart. `machineBusy` is the share of all cores that
 * were in use, 0 to 1, where that is known.
 *
 * Examples: 97 % of a core used → the generator, certain; 2 % used and others had its core for 70 % of the time → the
 * machine, certain; 2 % used, late, every core busy → the machine, probably.
 */
export function findPaceLimit(generator: GeneratorReport, machineBusy: number | null = null): PaceLimit {
  const { cpuPercent, eventLoopUtilization, threads, pacing, latenessUs, stolen = 0 } = generator;
  // A loop that waits by turning takes a core by design, and leaves it to nobody of its own will.
  const spins = pacing === 'spin';
  const own = cpuPercent / 100 / threads;
  const waited = generator.starved ?? (threads === 1 ? Math.max(0, eventLoopUtilization - own) : 0);
  const busy = `its event loop was busy for ${percent(eventLoopUtilization)} of the time`;
  const late = latenessUs
    ? `it sent one request in a hundred more than ${(latenessUs.p99 / 1000).toFixed(1)} ms late`
    : busy;
  const used = `used ${percent(cpuPercent / 100)} of a core`;
  if (!spins && own > FULL) return { who: 'generator', isCertain: true, why: `it ${used}` };
  if (Math.max(waited, stolen) > STARVED_SHARE) {
    const why =
      stolen > waited
        ? `the host of this virtual machine took ${percent(stolen)} of its processors' time`
        : `other programs had its core for ${percent(waited)} of the time`;
    return {
      who: 'machine',
      isCertain: spins || own <= PLENTY_LEFT,
      why: spins ? why : `${why}, and it ${used} itself`,
    };
  }
  const isHeldUp = waited > own || (machineBusy ?? 0) >= MACHINE_FULL || eventLoopUtilization > FULL;
  if (!spins && own <= PLENTY_LEFT && isHeldUp) {
    return { who: 'machine', isCertain: false, why: `${late}, although it ${used} only` };
  }
  const isBusy = !spins && eventLoopUtilization > FULL;
  return { who: 'generator', isCertain: isBusy, why: isBusy ? `${busy} and it ${used}` : late };
}

function percent(share: number): string {
  const value = share * 100;
  return `${value > 0 && value < 0.5 ? '<1' : Math.round(value)} %`;
}
