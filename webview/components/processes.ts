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
      const rows = (server?.processes ?? []).map(({ name, pid, role, service, cpuPercent, rssMB }) =>
        tableRow([
          `${name} (${pid})`,
          role === 'server' ? 'server' : (service ?? 'used by the server'),
          `${formatCount(Math.round(cpuPercent))} %`,
          `${formatCount(Math.round(rssMB))} MB`,
        ]),
      );
      const own = `${formatCount(Math.round(generator.cpuPercent))} %`;
      rows.push(tableRow(['load generator', generator.transport, own, '—']));
      holder.replaceChildren(table('Processes', ['', 'Part', 'CPU', 'Memory'], rows));
    },
  };
}
