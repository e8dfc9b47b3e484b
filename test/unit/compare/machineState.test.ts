import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { warnOfMachine, watchMachine, type MachineState } from '../../../src/core/compare/machineState';
import { readMachineState } from '../../../src/platform/node/machineState';

const IDLE: MachineState = { onBattery: null, throttleCount: null, loadPerCore: 0.1, busyCpuS: 10, cores: 8, atS: 100 };

function fakeSys(test: TestContext, files: Readonly<Record<string, string>>): string {
  const sys = mkdtempSync(join(tmpdir(), 'ep-sys-'));
  test.after(() => rmSync(sys, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(sys, name)), { recursive: true });
    writeFileSync(join(sys, name), `${text}\n`);
  }
  return sys;
}

describe('the state of a machine', () => {
  it('is read from what Linux tells of power and heat', (test) => {
    const laptop = {
      'class/power_supply/BAT0/type': 'Battery',
      'class/power_supply/BAT0/status': 'Discharging',
      'class/power_supply/AC/type': 'Mains',
      'class/power_supply/AC/online': '0',
      'devices/system/cpu/cpu0/thermal_throttle/core_throttle_count': '3',
      'devices/system/cpu/cpu0/thermal_throttle/package_throttle_count': '4',
      'devices/system/cpu/cpu1/thermal_throttle/core_throttle_count': '5',
    };
    const { onBattery, throttleCount } = readMachineState(fakeSys(test, laptop));
    assert.deepEqual([onBattery, throttleCount], [true, 12]);
    const plugged = { ...laptop, 'class/power_supply/AC/online': '1' };
    assert.equal(readMachineState(fakeSys(test, plugged)).onBattery, false);
    const mouse = {
      'class/power_supply/hid/type': 'Battery',
      'class/power_supply/hid/scope': 'Device',
      'class/power_supply/hid/status': 'Discharging',
    };
    assert.equal(readMachineState(fakeSys(test, mouse)).onBattery, null);
  });

  it('is unknown where nothing is told', (test) => {
    const { onBattery, throttleCount, busyCpuS, cores } = readMachineState(fakeSys(test, {}));
    assert.deepEqual([onBattery, throttleCount], [null, null]);
    assert.ok(busyCpuS > 0 && cores > 0);
  });

  it('gives no warning when it is idle, and one for each thing that is wrong', () => {
    assert.deepEqual(warnOfMachine(IDLE), []);
    const codes = warnOfMachine({ ...IDLE, onBattery: true, loadPerCore: 0.8 }).map(({ code }) => code);
    assert.deepEqual(codes, ['on-battery', 'machine-busy']);
  });

  it('is held against what the comparison itself used', () => {
    const later = { ...IDLE, atS: 110, busyCpuS: 10 + 10 * 2.4 };
    assert.deepEqual(watchMachine(IDLE, later, 2).warnings, []);
    assert.match(watchMachine(IDLE, later, 1).warnings[0]?.message ?? '', /used 1\.4 cores/);
    assert.deepEqual(watchMachine(IDLE, later, null).warnings, []);
    assert.ok(Math.abs(watchMachine(IDLE, later, 2).busyShare - 0.3) < 1e-9);
  });

  it('makes a round worthless only when the power source changed', () => {
    const known = { ...IDLE, onBattery: false, throttleCount: 1 };
    assert.equal(watchMachine(known, known, 1).voided, null);
    assert.equal(watchMachine(IDLE, { ...IDLE, onBattery: true }, 1).voided, null);
    assert.match(watchMachine(known, { ...known, onBattery: true }, 1).voided ?? '', /unplugged/);
    assert.deepEqual(
      watchMachine(known, { ...known, throttleCount: 2 }, 1).warnings.map(({ code }) => code),
      ['throttled'],
    );
  });
});
