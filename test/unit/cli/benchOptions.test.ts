import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseBenchOptions } from '../../../src/cli/benchOptions';
import { exitCodeFor } from '../../../src/cli/exitCodes';
import { parseDuration } from '../../../src/cli/values';
import { CancelledError, UserError } from '../../../src/util/errors';

const URL_ = 'http://127.0.0.1:8000/';

describe('parseBenchOptions', () => {
  it('has the defaults of the contract', () => {
    const { profile, method, json } = parseBenchOptions([URL_]);
    assert.deepEqual(profile.model, { kind: 'closed', connections: 16, pipelining: 1 });
    assert.deepEqual(profile.stop, { durationMs: 10_000, requests: null });
    assert.deepEqual(
      [profile.timeoutMs, profile.transport, profile.insecureTls, method, json],
      [5000, 'auto', false, null, false],
    );
    assert.equal(profile.warmup.kind, 'auto');
  });

  it('reads every flag, short and long', () => {
    const short = parseBenchOptions([...'-X post -H A:1 -H B:2 -d {} -c 4 -z 2s -n 100 -o out.json'.split(' '), URL_]);
    const long = parseBenchOptions([
      ...'--method POST --header A:1 --header B:2 --body {} --connections 4 --duration 2000ms --requests 100 --output out.json'.split(
        ' ',
      ),
      URL_,
    ]);
    assert.deepEqual(short, long);
    assert.equal(short.method, 'POST');
    assert.deepEqual(short.headers, [
      ['A', '1'],
      ['B', '2'],
    ]);
    assert.deepEqual(short.profile.stop, { durationMs: 2000, requests: 100 });
    const rest = parseBenchOptions([
      ...'--warmup 2s --timeout 1 --insecure --transport undici --pipelining 4 --json'.split(' '),
      URL_,
    ]);
    assert.deepEqual(rest.profile.warmup, { kind: 'fixed', durationMs: 2000 });
    assert.deepEqual(
      [rest.profile.timeoutMs, rest.profile.transport, rest.profile.insecureTls, rest.json],
      [1000, 'undici', true, true],
    );
    assert.deepEqual(parseBenchOptions(['--warmup', '0', URL_]).profile.warmup, { kind: 'none' });
  });

  it('reads a rate with its bound of connections', () => {
    const { profile } = parseBenchOptions([...'-r 250.5 -c 50 --http2 --threads 2'.split(' '), URL_]);
    assert.deepEqual(profile.model, { kind: 'open', ratePerS: 250.5, arrivals: 'constant', maxConnections: 50 });
    assert.deepEqual([profile.http2, profile.threads], [true, 2]);
  });

  it('stops by count alone when only a count is given', () => {
    assert.deepEqual(parseBenchOptions(['-n', '5', URL_]).profile.stop, { durationMs: null, requests: 5 });
  });

  it('stops by precision, with a longest duration', () => {
    const stopOf = (text: string) => parseBenchOptions([...text.split(' '), URL_]).profile.stop;
    assert.deepEqual(stopOf('--precision 2%'), {
      durationMs: 60_000,
      requests: null,
      precision: { metric: 'throughput', halfWidth: 0.02, minMs: 5000 },
    });
    assert.deepEqual(stopOf('--precision p99=2.5% -z 3s'), {
      durationMs: 3000,
      requests: null,
      precision: { metric: 'p99', halfWidth: 0.025, minMs: 3000 },
    });
  });

  it('reads a route with values', () => {
    const options = parseBenchOptions([
      '--dir',
      'app',
      '--route',
      'GET /a/{id}',
      '--param',
      'id=7=8',
      '--server',
      'dev',
    ]);
    assert.deepEqual([options.dir, options.route, options.server], ['app', 'GET /a/{id}', 'dev']);
    assert.deepEqual(options.params, [['id', '7=8']]);
  });

  for (const [args, sentence] of [
    ['', /either a URL, or --dir/],
    [`${URL_} ${URL_}`, /takes one URL/],
    [`${URL_} --route x`, /either a URL/],
    [`${URL_} --param a=1`, /--param goes with --route/],
    [`${URL_} --zzz`, /'--zzz'/],
    [`${URL_} -c 0`, /-c\/--connections wants a whole number from 1 to 10000/],
    [`${URL_} -c 1e3`, /whole number/],
    [`${URL_} -c 20000`, /from 1 to 10000/],
    [`${URL_} -c`, /argument missing/],
    [`${URL_} --precision 2`, /--precision wants a share like 2%/],
    [`${URL_} --precision 0%`, /above 0/],
    [`${URL_} --precision p90=2%`, /p50=2%/],
    [`${URL_} --precision 2% -n 5`, /--requests does not go with --precision/],
    [`${URL_} -z soon`, /duration like 10s/],
    [`${URL_} -z 25h`, /must lie between/],
    [`${URL_} -n -5`, /./],
    [`${URL_} -X FETCH`, /wants a method/],
    [`${URL_} -H nonsense`, /is not a header/],
    [`${URL_} --transport quic`, /auto, socket or undici/],
    [`${URL_} --rate 0`, /-r\/--rate wants requests per second/],
    [`${URL_} --rate fast`, /-r\/--rate wants/],
    [`${URL_} --rate 5 --pipelining 2`, /does not go with/],
    [`${URL_} --threads many`, /--threads wants/],
    [`${URL_} --feed id`, /--feed wants name=value/],
    [`${URL_} --feed id=9..5`, /A range goes up/],
    [`${URL_} --feed id=1..5 --feed-order up`, /--feed-order wants/],
    [`${URL_} --feed-order random`, /goes with --feed/],
  ] as const) {
    it(`refuses "bench ${args}" with a sentence and exit code 2`, () => {
      assert.throws(
        () => parseBenchOptions(args.split(' ').filter((part) => part !== '')),
        (error) => sentence.test(String(error)) && exitCodeFor(error) === 2,
      );
    });
  }
});

describe('parseDuration', () => {
  it('knows its units and takes seconds without one', () => {
    const parse = (text: string): number => parseDuration(text, '-z', 0, 1e9);
    assert.deepEqual(
      ['10s', '500ms', '2m', '1h', '1.5', '.5s'].map(parse),
      [10_000, 500, 120_000, 3_600_000, 1500, 500],
    );
    for (const text of ['', 's', '-1s', '1 0s', '1d', 'Infinity', '1e3']) assert.throws(() => parse(text));
  });
});

describe('exitCodeFor', () => {
  it('tells a target that is not there from wrong use and from an interrupt', () => {
    assert.equal(exitCodeFor(new UserError('refused', 'x')), 3);
    assert.equal(exitCodeFor(new UserError('server-timeout', 'x')), 3);
    assert.equal(exitCodeFor(new UserError('target-url', 'x')), 2);
    assert.equal(exitCodeFor(new CancelledError()), 130);
  });
});

describe('what is expected of answers', () => {
  const checksOf = (...args: string[]): unknown => parseBenchOptions([...args, URL_]).checks;

  it('is nothing unless it is said', () => assert.equal(checksOf(), null));

  it('reads statuses, sizes, hashes and texts', () => {
    assert.deepEqual(checksOf('--expect-status', '2xx,304, 400-404'), {
      statuses: [
        { from: 200, to: 299 },
        { from: 304, to: 304 },
        { from: 400, to: 404 },
      ],
    });
    assert.deepEqual(
      checksOf('--expect-body-contains', 'a', '--expect-body-contains', 'b', '--expect-body-bytes', '0'),
      { bodyContains: ['a', 'b'], bodyBytes: 0 },
    );
    assert.deepEqual(checksOf('--expect-body-hash', 'ABCDEF01'), { bodyHash: 'abcdef01' });
  });

  const paths: readonly (readonly [string, string, string | null])[] = [
    ['$.ok=true', '$.ok', 'true'],
    ['$.name=Ada', '$.name', '"Ada"'],
    ['$.name="Ada"', '$.name', '"Ada"'],
    ['$.items[0].id', '$.items[0].id', null],
    ["$[?@.id=='x=1'].n = 3", "$[?@.id=='x=1'].n", '3'],
    ['$[?@.id==7]', '$[?@.id==7]', null],
  ];
  for (const [text, path, equals] of paths) {
    it(`reads ${text}`, () => assert.deepEqual(checksOf('--expect-json', text), { json: [{ path, equals }] }));
  }

  it('refuses what it does not understand, with a sentence', () => {
    for (const args of [
      ['--expect-status', '99'],
      ['--expect-status', 'ok'],
      ['--expect-json', 'ok'],
      ['--expect-json', '$['],
      ['--expect-body-hash', 'xyz'],
      ['--expect-body-bytes', 'many'],
    ]) {
      assert.throws(() => checksOf(...args), /wants|is not a JSONPath/, args.join(' '));
    }
  });
});
