import { l10n, workspace } from 'vscode';
import { HTTP_METHODS } from '../../core/model/endpoint';
import type { DraftAuth, DraftFault, RequestDraft } from '../../core/model/requestDraft';
import { checkDraft } from '../../core/request/checkDraft';
import { namedRequests, requestKey } from '../../core/request/namedRequests';
import { proposeValues } from '../../core/request/proposeValues';
import { draftOf, valuesOfDraft } from '../../core/request/requestDraft';
import { TEAM_FILE } from '../../core/request/teamFile';
import { withTeamRequest } from '../../core/request/teamValues';
import { editTeamFile } from '../../platform/vscode/editTeamFile';
import { endpointGone, referenceTo, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import { readTeamFile } from '../../platform/vscode/readTeamFile';
import type { LoadForm, PageRequest } from '../../protocol/page';
import type { RunParts } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { UserError } from '../../util/errors';
import { addLogin } from './addLogin';
import { askCredentials } from './authorize';
import { describe, withoutPlainSecrets } from './requestValues';
import type { RunCenter } from './runCenter';
import { writeRequest } from './saveRequest';

/** Keeps the form in the panel that edits what is sent for the shown endpoint, and does what it asks for. */
export class RequestDesk implements Disposable {
  readonly #parts: RunParts;
  readonly #runs: RunCenter;
  readonly #store = new DisposableStore();
  /** The endpoint that the form on the page is of, and when it was asked to be opened. */
  #key = '';
  #isAskedFor = false;
  #turn = 0;

  constructor(parts: RunParts, runs: RunCenter) {
    this.#parts = parts;
    this.#runs = runs;
    const { results, index, errors } = parts;
    const refresh = (): void => void this.#refresh().catch(errors.report);
    this.#store.add(
      results.onDidChange(() => {
        const { request, activity, run } = results.page;
        const key = JSON.stringify([results.shown, request === undefined, activity.kind, run?.id]);
        if (key === this.#key) return;
        this.#key = key;
        refresh();
      }),
    );
    this.#store.add(index.onDidChange(refresh));
    this.#store.add(workspace.onDidGrantWorkspaceTrust(refresh));
    this.#store.add(
      workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.path.endsWith(`/${TEAM_FILE}`)) refresh();
      }),
    );
  }

  /** Shows the form of an endpoint, with what is known of its request. Rejects with `busy` or `untrusted`. */
  async open(located: LocatedEndpoint): Promise<void> {
    this.#runs.requireReady();
    const { results, memory } = this.#parts;
    const reference = referenceTo(located);
    const { shown } = results;
    if (shown?.folder !== reference.folder || shown.id !== reference.id) {
      const { id, method, path, file, line, handler, framework } = located.endpoint;
      const server = memory.server(reference.folder);
      results.begin(reference, {
        endpoint: { id, method, path, file, line, handler, framework },
        server: server && !server.baseUrl.includes('{port}') ? { name: server.name, baseUrl: server.baseUrl } : null,
      });
    }
    this.#isAskedFor = true;
    await this.#refresh(true);
    results.askForPanel(true);
  }

  /** The form of the endpoint on show. */
  async openShown(): Promise<void> {
    await this.open(this.#located());
  }

  /** The page has opened the form. */
  opened(): void {
    this.#isAskedFor = false;
    const { request } = this.#parts.results.page;
    if (request?.isAskedFor) this.#parts.results.set({ request: { ...request, isAskedFor: false } });
  }

  async check(draft: RequestDraft): Promise<readonly DraftFault[]> {
    const { endpoint, folder } = this.#located();
    return checkDraft(endpoint, draft, (await readTeamFile(folder, this.#parts.log)).logins);
  }

  /** Fails with `request-faults`, and like `RunCenter.preview`. */
  async preview(draft: RequestDraft): Promise<void> {
    this.#runs.requireReady();
    const located = await this.#take(draft);
    await this.#runs.preview(located);
  }

  /** Fails with `request-faults`, and like `RunCenter.benchmark`. */
  async start(draft: RequestDraft, load: LoadForm): Promise<void> {
    this.#runs.requireReady();
    const located = await this.#take(draft);
    await this.#runs.benchmark(located, { compare: false, load });
  }

  /** Writes the draft into the team file, without a question when a request of the name is there. Fails with `request-faults`. */
  async save(draft: RequestDraft, name: string | null): Promise<void> {
    this.#runs.requireTrusted();
    if (name !== null && !/^[^\s#]+(?: [^\s#]+)*$/.test(name)) {
      throw new UserError('request-name', l10n.t('Use words without “#”.'));
    }
    const located = await this.#take(draft);
    const values = this.#parts.memory.values(referenceTo(located));
    if (values) await writeRequest(located, values, requestKey(values.method, located.endpoint.path, name));
    await this.#refresh();
  }

  async delete(name: string | null): Promise<void> {
    this.#runs.requireTrusted();
    const { endpoint, folder } = this.#located();
    const method = this.#parts.results.page.request?.draft.method ?? 'GET';
    await editTeamFile(folder, ['requests', requestKey(method, endpoint.path, name)], undefined);
    await this.#refresh();
  }

  /** A body that fits the schema which a document of the folder or of the running server has; indented. */
  async skeleton(): Promise<string | null> {
    this.#runs.requireTrusted();
    const located = this.#located();
    const body = (await describe(this.#parts, located))?.body;
    if (!body || !('text' in body)) return null;
    try {
      return JSON.stringify(JSON.parse(body.text), null, 2);
    } catch {
      return body.text;
    }
  }

  /** Asks for the value in the editor, so that the page never has it. */
  async storeSecret(name: string, kind: DraftAuth['kind']): Promise<void> {
    this.#runs.requireTrusted();
    const { secrets } = this.#parts;
    const { folder } = this.#located();
    if (!/^[A-Za-z_][\w.-]*$/.test(name)) {
      throw new UserError('secret-name', l10n.t('Use letters, digits, “-” and “_”.'));
    }
    const value = kind === 'basic' ? await askCredentials(secrets, name) : await secrets.ask(name);
    if (value === undefined) return;
    await secrets.set(folder.uri.fsPath, new Map([[name, value]]));
    await this.#refresh();
  }

  async addLogin(): Promise<void> {
    this.#runs.requireTrusted();
    await addLogin(this.#parts, this.#located());
    await this.#refresh();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #located(): LocatedEndpoint {
    const { results, index } = this.#parts;
    const located = results.shown && index.find(results.shown);
    if (!located) throw endpointGone();
    return located;
  }

  /** Makes the draft what is sent from now on. */
  async #take(draft: RequestDraft): Promise<LocatedEndpoint> {
    const { memory, log } = this.#parts;
    const located = this.#located();
    const { endpoint, folder } = located;
    const { logins } = await readTeamFile(folder, log);
    const fault = checkDraft(endpoint, draft, logins).find(({ blocks }) => blocks);
    if (fault) throw new UserError('request-faults', fault.sentence);
    const values = await withoutPlainSecrets(this.#parts, located, valuesOfDraft(endpoint, draft, logins));
    if (values) await memory.rememberValues(referenceTo(located), values);
    return located;
  }

  /** Reads again what the form shows; with `thorough` also what the running server says of the request. */
  async #refresh(thorough = false): Promise<void> {
    const { results, index } = this.#parts;
    const turn = ++this.#turn;
    const { shown } = results;
    const located = shown && workspace.isTrusted ? index.find(shown) : undefined;
    const request = located ? await this.#read(located, thorough) : null;
    if (turn !== this.#turn || results.shown !== shown) return;
    const { request: before } = results.page;
    if (JSON.stringify(before) !== JSON.stringify(request)) results.set({ request });
  }

  async #read(located: LocatedEndpoint, thorough: boolean): Promise<PageRequest> {
    const { memory, secrets, log } = this.#parts;
    const { endpoint, folder } = located;
    const team = await readTeamFile(folder, log);
    const remembered = memory.values(referenceTo(located));
    const described = remembered || !thorough ? undefined : await describe(this.#parts, located);
    const proposed = proposeValues(endpoint, remembered, described);
    const written = namedRequests(team, proposed.method, endpoint.path);
    const saved = written.map(({ name, request }) => ({
      name,
      draft: draftOf(withTeamRequest(endpoint, proposed, request)),
    }));
    return {
      path: endpoint.path,
      parameters: endpoint.parameters,
      methods: endpoint.method === 'ANY' ? HTTP_METHODS : [endpoint.method],
      draft: remembered ? draftOf(proposed) : (saved.find(({ name }) => name === null)?.draft ?? draftOf(proposed)),
      saved,
      logins: [...team.logins.values()].map(({ name, method, path }) => ({ name, about: `${method} ${path}` })),
      secrets: [...(await secrets.all(folder.uri.fsPath)).keys()],
      isAskedFor: this.#isAskedFor,
    };
  }
}
