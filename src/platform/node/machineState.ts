import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { MachineState } from '../../core/compare/machineState';

/** Reads the state of this machine now; what its system does not tell is null. Never fails. `sys` is where Linux's /sys is. */
export function readMachineState(sys = '/sys'): MachineState {
  const times = cpus().map(({ times }) => times);
  return {
    onBattery: readPower(join(sys, 'class/power_supply')),
    throttleCount: readThrottling(join(sys, 'devices/system/cpu')),
    loadPerCore: process.platform === 'win32' ? null : (loadavg()[0] ?? 0) / availableParallelism(),
    busyCpuS: times.reduce((sum, { user, nice, sys: system, irq }) => sum + user + nice + system + irq, 0) / 1000,
    cores: availableParallelism(),
    atS: performance.now() / 1000,
  };
}

/** Kernel documentation, ABI sysfs-class-power: a supply of type `Mains` or `USB` is `online`, a `Battery` is `Discharging`. */
function readPower(folder: string): boolean | null {
  const supplies = list(folder).map((name) => join(folder, name));
  const mains = supplies.filter((path) => /^(?:Mains|USB)/.test(read(join(path, 'type')) ?? ''));
  const batteries = supplies.filter(
    // A mouse has a battery, too; its scope is `Device`.
    (path) => read(join(path, 'type')) === 'Battery' && read(join(path, 'scope')) !== 'Device',
  );
  if (batteries.length === 0) return null;
  if (mains.some((path) => read(join(path, 'online')) === '1')) return false;
  return batteries.some((path) => read(join(path, 'status')) === 'Discharging');
}

/** Kernel documentation, x86 thermal: counts of throttle events per core and package. */
function readThrottling(folder: string): number | null {
  const counts = list(folder)
    .filter((name) => /^cpu\d+$/.test(name))
    .flatMap((cpu) =>
      ['core_throttle_count', 'package_throttle_count'].flatMap(
        (name) => read(join(folder, cpu, 'thermal_throttle', name)) ?? [],
      ),
    );
  return counts.length === 0 ? null : counts.reduce((sum, text) => sum + Number(text), 0);
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}
