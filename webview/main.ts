import { describeError } from '../src/util/errors';
import type { PageState } from '../src/protocol/page';
import { createApp, type Ask, type Query } from './app';
import { el } from './components/dom';
import { registerToolkit } from './components/toolkit';
import { connectHost } from './host';
import { stateOfFile } from './fileState';
import { applyTick } from './state';
import './styles/main.css';

start();

function start(): void {
  registerToolkit();
  const root = el('main', { class: 'page' });
  document.body.append(root);
  const data = document.getElementById('runs');
  if (data) createApp(root, null).update(stateOfFile(data.textContent));
  else connect(root);
}

function connect(root: HTMLElement): void {
  let state: PageState | null = null;

  const fail = (error: unknown): void => app.tell(describeError(error));
  const ask: Ask = (name, params) => void host.channel.request(name, params).catch(fail);
  const query: Query = async (name, params) => {
    try {
      return await host.channel.request(name, params);
    } catch (error) {
      fail(error);
      return undefined;
    }
  };
  const app = createApp(root, ask, query);
  const replace = (next: PageState): void => {
    state = next;
    host.remember({ runId: next.run?.id ?? null, beforeId: next.before?.id ?? null });
    app.update(next);
  };
  const host = connectHost(
    {
      'state/replace': replace,
      'run/tick': (snapshot) => {
        if (!state) return;
        state = applyTick(state, snapshot);
        app.update(state);
      },
      'compare/tick': (live) => {
        if (!state) return;
        state = { ...state, activity: { kind: 'comparing', live } };
        app.update(state);
      },
    },
    fail,
  );
  host.channel.request('page/ready', null).then(replace).catch(fail);
}
