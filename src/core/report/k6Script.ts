import type { LoadModel, LoadProfile, LoadStage } from '../model/loadProfile';
import type { MixReport } from '../model/mix';
import type { RequestTemplate } from '../model/request';
import type { Run } from '../model/run';
import { environmentNameOf } from '../request/secrets';

/**
 * The request and load of a run as a script for k6. Secrets come from the environment, under the names that the command line
 * knows them by. What k6 has no counterpart for is said in a comment.
 */
export function renderK6(run: Run): string {
  const { profile, startedAt, mix } = run;
  const sent: readonly Sent[] = mix?.endpoints ?? [run];
  const feeds = sent.flatMap((each) => each.feeds ?? []);
  const hasBytes = sent.some(({ request: { body } }) => body !== null && 'base64' in body);
  const notes = [
    `The load of a run of ${startedAt}. Run it with: k6 run FILE`,
    ...(profile.model.kind === 'closed' && profile.model.pipelining > 1
      ? ['k6 has no pipelining; one request at a time is sent.']
      : []),
    ...feeds.map(({ name, source }) => `{${name}} stood for the values of ${source}: put a SharedArray there.`),
    ...(hasBytes ? [mix ? 'A body is of bytes, in base64.' : 'The body is of bytes, in base64.'] : []),
  ];
  return `${notes.map((note) => `// ${note.replace(/\s+/g, ' ')}`).join('\n')}
import http from 'k6/http';
import { check } from 'k6';
${hasBytes ? "import encoding from 'k6/encoding';\n" : ''}
export const options = {
  scenarios: { load: ${JSON.stringify(scenarioOf(profile))} },
  insecureSkipTLSVerify: ${profile.insecureTls},
  summaryTrendStats: ['min', 'med', 'avg', 'p(90)', 'p(99)', 'p(99.9)', 'max'],
};
${mix ? drawing(mix.endpoints) : ''}
export default function () {
${mix ? '  const drawn = draw();\n' : ''}  const response = http.request(${mix ? 'drawn.method, drawn.url, drawn.body' : argumentsOf(run.request)}, {
    headers: ${mix ? 'drawn.headers' : headersOf(run.request)},
    timeout: ${literal(`${profile.timeoutMs}ms`)},
    redirects: 0,${mix ? '\n    tags: { name: drawn.name },' : ''}
  });
  check(response, { 'status is below 400': ({ status }) => status > 0 && status < 400 });
}
`;
}

type Sent = Pick<Run, 'request' | 'feeds'>;

/** Which request of a mix comes next, by weight. */
function drawing(endpoints: MixReport['endpoints']): string {
  const entries = endpoints.map(({ name, weight, request }) => {
    const { method, url } = request;
    const parts = [
      `name: ${literal(name)}`,
      `weight: ${weight}`,
      `method: ${literal(method)}`,
      `url: ${literal(url)}`,
      `body: ${bodyOf(request)}`,
      `headers: ${headersOf(request)}`,
    ];
    return `  { ${parts.join(', ')} },`;
  });
  return `
const requests = [
${entries.join('\n')}
];
const total = requests.reduce((sum, { weight }) => sum + weight, 0);

function draw() {
  let left = Math.random() * total;
  return requests.find(({ weight }) => (left -= weight) < 0) || requests[0];
}
`;
}

function argumentsOf(request: RequestTemplate): string {
  return `${literal(request.method)}, ${literal(request.url)}, ${bodyOf(request)}`;
}

function bodyOf({ body }: RequestTemplate): string {
  if (body === null) return 'null';
  return 'text' in body ? literal(body.text) : `encoding.b64decode(${literal(body.base64)})`;
}

function headersOf({ headers }: RequestTemplate): string {
  return `{${headers.map(([name, value]) => ` ${literal(name)}: ${literal(value)}`).join(',')} }`;
}

function scenarioOf({ model, stop, warmup }: LoadProfile): Readonly<Record<string, unknown>> {
  const startTime = warmup.kind === 'fixed' ? { startTime: `${warmup.durationMs}ms` } : {};
  if (model.stages) return { ...stagedScenario(model, model.stages), ...startTime };
  const duration = `${stop.durationMs ?? 600_000}ms`;
  if (model.kind === 'open') {
    return {
      executor: 'constant-arrival-rate',
      rate: Math.max(1, Math.round(model.ratePerS)),
      timeUnit: '1s',
      duration,
      preAllocatedVUs: model.maxConnections,
      maxVUs: model.maxConnections,
    };
  }
  if (stop.requests === null) return { executor: 'constant-vus', vus: model.connections, duration };
  return { executor: 'shared-iterations', vus: model.connections, iterations: stop.requests, maxDuration: duration };
}

function stagedScenario(model: LoadModel, stages: readonly LoadStage[]): Readonly<Record<string, unknown>> {
  const steps = stages.flatMap(({ durationMs, from, to }, at) => [
    ...(at > 0 && stages[at - 1]?.to !== from ? [{ duration: '0s', target: Math.round(from) }] : []),
    { duration: `${durationMs}ms`, target: Math.round(to) },
  ]);
  const start = Math.round(stages[0]?.from ?? 1);
  return model.kind === 'closed'
    ? { executor: 'ramping-vus', startVUs: start, stages: steps }
    : {
        executor: 'ramping-arrival-rate',
        startRate: start,
        timeUnit: '1s',
        preAllocatedVUs: model.maxConnections,
        maxVUs: model.maxConnections,
        stages: steps,
      };
}

/** A JavaScript expression for a text, in which references to secrets are read from the environment. */
function literal(text: string): string {
  const parts = text.split(/\$\{secret:([A-Za-z_][\w.-]*)\}/);
  const written = parts.flatMap((part, at) => {
    if (at % 2 === 1) return [`__ENV.${environmentNameOf(part)}`];
    return part === '' && parts.length > 1
      ? []
      : [JSON.stringify(part).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')];
  });
  return written.join(' + ');
}
