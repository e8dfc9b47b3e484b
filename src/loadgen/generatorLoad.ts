import { performance, type EventLoopUtilization } from 'node:perf_hooks';

/** How busy this process, and the loop of this thread, is between two moments. */
export class GeneratorLoad {
  #startUs = performance.now() * 1000;
  #cpu = process.cpuUsage();
  #loop: EventLoopUtilization = performance.eventLoopUtilization();

  /** Begins anew: a phase starts. */
  restart(): void {
    this.#startUs = performance.now() * 1000;
    this.#cpu = process.cpuUsage();
    this.#loop = performance.eventLoopUtilization();
  }

  /** CPU of all threads in percent of one core and this thread's busy share, 0 to 1, since the start. */
  read(): { readonly cpuPercent: number; readonly eventLoopUtilization: number } {
    const { user, system } = process.cpuUsage(this.#cpu);
    const elapsedUs = Math.max(1, performance.now() * 1000 - this.#startUs);
    return {
      cpuPercent: Math.round(((user + system) / elapsedUs) * 1000) / 10,
      eventLoopUtilization: performance.eventLoopUtilization(this.#loop).utilization,
    };
  }
}
