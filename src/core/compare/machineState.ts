import type { RunWarning } from '../model/run';

/** The machine at one moment; null where it cannot be read. */
export interface MachineState {
  readonly onBattery: boolean | null;
  /** How often its processors were slowed down for heat since it started. */
  readonly throttleCount: number | null;
  /** Load average of the last minute divided by the number of cores. */
  readonly loadPerCore: number | null;
  /** CPU seconds that everything on it has used, all cores together. */
  readonly busyCpuS: number;
  readonly cores: number;
  /** Seconds on a clock that never jumps. */
  readonly atS: number;
}

/** Half the cores at work before anything is started. */
const BUSY_LOAD = 0.5;
/** Half a core for others moves speeds by more than a change of code often does. */
const OTHER_CORES = 0.5;

/** What to say of a machine before something is measured on it. */
export function warnOfMachine({ onBattery, loadPerCore }: MachineState): RunWarning[] {
  const warnings: RunWarning[] = [];
  if (onBattery === true) {
    warnings.push({
      code: 'on-battery',
      message:
        'The machine runs on battery, where it changes its speed to save power: plug it in for narrower results.',
    });
  }
  if (loadPerCore !== null && loadPerCore > BUSY_LOAD) {
    warnings.push(busy(`Other programs kept ${(100 * loadPerCore).toFixed(0)} % of the cores busy before the start`));
  }
  return warnings;
}

/**
 * What happened to the machine in one round. `ownCores` is how many cores the servers and the load generator used on average;
 * null when it is not known. A change of the power source makes the round worthless: `voided` says so. `busyShare` is the share
 * of all cores that were in use.
 */
export function watchMachine(
  before: MachineState,
  after: MachineState,
  ownCores: number | null,
): { readonly warnings: readonly RunWarning[]; readonly voided: string | null; readonly busyShare: number } {
  const warnings: RunWarning[] = [];
  if (before.throttleCount !== null && after.throttleCount !== null && after.throttleCount > before.throttleCount) {
    warnings.push({
      code: 'throttled',
      message:
        'The processor was slowed down for heat while this was measured: let the machine cool down, or expect wider intervals.',
    });
  }
  const seconds = after.atS - before.atS;
  const busyCores = seconds <= 0 ? 0 : (after.busyCpuS - before.busyCpuS) / seconds;
  const others = ownCores === null ? 0 : busyCores - ownCores;
  if (others > OTHER_CORES) {
    warnings.push(busy(`Other programs used ${others.toFixed(1)} cores while this was measured`));
  }
  const changed = before.onBattery !== null && after.onBattery !== null && before.onBattery !== after.onBattery;
  const voided = changed ? 'The machine was plugged in or unplugged during a round, which was left out.' : null;
  return { warnings, voided, busyShare: busyCores / before.cores };
}

function busy(what: string): RunWarning {
  return {
    code: 'machine-busy',
    message: `${what}: pairing cancels most of that out, but close them for narrower results.`,
  };
}
