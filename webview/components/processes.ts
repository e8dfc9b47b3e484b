import type { Run } from '../../src/core/model/run';
import { formatCount } from '../../src/core/report/format';
import { el, section, show, table, tableRow, type View } from './dom';

/** What each watched process used over the measured phase, the load generator last. */
export function createProcesses(): View<Run> {
  const holder = el('div');
  const element = section('Processes', holder);
  element.classList.add('processes');
  return {
    element,
    update: ({ server, generator }) => {
      show(element, server !== null);
      // Where the system tells neither there are no columns for them.
      const hasThreads = server?.processes.some(({ threads }) => threads !== undefined) === true;
      const rows = (server?.processes ?? []).map(({ name, pid, role, service, cpuPercent, rssMB, threads, cores }) =>
        tableRow([
          `${name} (${pid})`,
          role === 'server' ? 'server' : (service ?? 'used by the server'),
          `${formatCount(Math.round(cpuPercent))} %`,
          `${formatCount(Math.round(rssMB))} MB`,
          ...(hasThreads
            ? [threads === undefined ? '—' : formatCount(threads), cores === undefined ? '—' : formatCount(cores)]
            : []),
        ]),
      );
      const own = `${formatCount(Math.round(generator.cpuPercent))} %`;
      rows.push(tableRow(['load generator', generator.transport, own, '—', ...(hasThreads ? ['—', '—'] : [])]));
      holder.replaceChildren(
        table('Processes', ['', 'Part', 'CPU', 'Memory', ...(hasThreads ? ['Threads', 'Cores seen'] : [])], rows),
      );
    },
  };
}
