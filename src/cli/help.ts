/** What `--help` prints. */
export const HELP = `endpoint-profiler: finds the HTTP routes in source code and measures them.

  endpoint-profiler routes [DIR] [--json] [--include-tests]
      Lists the routes of a folder; the current one without DIR.

  endpoint-profiler routes [DIR] --explain FILE:LINE [--json]
      Says why a line is a route, or why it is none.

  endpoint-profiler routes [DIR] --live URL [--json]
      Compares the routes of the code with the table that a running server on this machine offers.

  endpoint-profiler bench URL [options]
  endpoint-profiler bench --dir DIR --route "GET /author/{author_id}" [--server NAME] [options]
      Loads a URL, or a route of a folder, and prints what was measured.

  endpoint-profiler bench --dir DIR --route "GET /x" --server all|A,B [--rounds N] [options]
      The same load on several servers of .vscode/endpoint-profiler.json, one after the other, in one table.

  endpoint-profiler bench URL --also "3 GET /authors" [--also …] [--weight N] [options]
  endpoint-profiler bench --dir DIR --route "GET /x" --also "3 GET /y" [options]
  endpoint-profiler bench URL --mix FILE.json | bench --dir DIR --mix NAME|FILE.json [options]
      Several requests with weights as one load, with results for each.

  endpoint-profiler compare BEFORE.json AFTER.json [--json|--markdown] [-o FILE]
  endpoint-profiler compare --a URL --b URL [--budget 90s] [--margin 3%] [--quick] [options]
  endpoint-profiler compare --dir DIR --route "GET /x" --against HEAD [--server NAME] [options]
  endpoint-profiler compare --dir DIR (--all | --route "GET /x" --route "GET /y" …) --against HEAD [options]
  endpoint-profiler compare --dir DIR --route "GET /x" --server-a NAME --server-b NAME [options]
      Says whether the after side is faster, slower or not measurably different: from two runs, from two servers
      that run, from the working tree and a commit, or from two servers of the team file; the last three are started
      and restarted by the tool. With several routes: which of them changed.

  endpoint-profiler calibrate --dir DIR --route "GET /x" [--server NAME] [--budget 4m] [-o FILE]
      Compares HEAD with itself, so that later comparisons know what launches differ by on this machine.

  endpoint-profiler export RUN.json [--format md|html|json|csv|hgrm|hlog|curl|k6] [--before RUN.json] [-o FILE]
      Turns a run that bench wrote with -o into another file.

  endpoint-profiler sweep URL [-c LIST | --rates LIST] [options]
  endpoint-profiler sweep --dir DIR --route "GET /author/{author_id}" [-c LIST | --rates LIST] [options]
      Loads with more and more connections, or at higher and higher rates, and says where that stops to help.

Request
  -X, --method METHOD     GET; POST when there is a body
  -H, --header "N: V"     may be given several times
  -d, --body TEXT         @FILE sends the content of a file
      --import FILE[#WHICH]   in the place of the URL: FILE.har#N, a request of FILE.http or FILE.rest by number or name,
                          or a file with a curl command
      --param NAME=VALUE  value of a path or query parameter, with --route; may be given several times
      --request NAME      request "GET /path #NAME" of .vscode/endpoint-profiler.json, with --route
      --server NAME|URL   server of .vscode/endpoint-profiler.json, or an address, with --route

Load
  -c, --connections N     16
  -z, --duration TIME     10s
  -n, --requests N        stop after so many requests; with -z, at whichever comes first
      --precision 2%      stop when throughput is known to so much (p50=2%, p99=5%: those), at -z at the latest (1m)
  -r, --rate PER_SECOND   send at this rate whatever the answers do, on at most -c connections
      --arrivals NAME     constant or poisson, with --rate or --stages
      --stages LIST       TIME@LEVEL or TIME@FROM..TO, comma between: 10s@16,30s@16..256 connections,
                          or 10s@100/s,20s@100..1000/s requests per second; in the place of -c or -r, and -z
      --pipelining N      requests in flight on each connection, 1
      --http2             HTTP/2
      --threads auto|N    auto: one, or more when that one is saturated and cores are idle
      --warmup auto|TIME  auto; 0 for none
      --timeout TIME      5s for a whole answer
      --insecure          accept a certificate that cannot be verified
      --transport NAME    auto, socket or undici
      --unix-socket PATH  bench URL only: send everything to this socket; URL is like http://localhost/path
      --proxy URL         in the place of HTTP_PROXY, HTTPS_PROXY and NO_PROXY; never for this machine

Several requests at once (bench)
      --also "[WEIGHT] METHOD /path"   one more request to the same server, 1 without a weight; with --route a route, with
                          " #NAME" behind it for a named request of the team file; may be given several times
      --weight N          of the URL or --route itself, 1
      --mix NAME|FILE     all requests: a mix of .vscode/endpoint-profiler.json, or a file with such a list
      --mix-seed N        the same seed draws the same sequence, 1

What differs from request to request
      --feed NAME=VALUES      for {NAME} in the path, query, headers and body; may be given several times: 1..1000, a,b,c,
                              random:uuid, random:hex:16, random:int:1..6, FILE.csv, FILE.csv#COLUMN, FILE.json, FILE.txt,
                              or 'GET /author $[*].id' for values out of the answer of another endpoint
      --feed-order NAME       cycle or random
      --feed-seed N           of random order and random values, 1

Who asks
      --login NAME            login of .vscode/endpoint-profiler.json, with --route; sent once before the load
      --login 'POST /token $.access_token'   method, path and where the token is: JSONPath, header NAME or cookie NAME;
                              \${login:login} stands for the token, which is otherwise a bearer token or that cookie
      --login-body TEXT, --login-header "N: V"   of such a login; @FILE sends the content of a file
      --env-file FILE         values for \${env:NAME}; the folder's .env without it; may be given several times

What counts as an answer (any other is an error, not a latency)
      --expect-status LIST        200, 2xx or 200,204
      --expect-body-contains TEXT may be given several times
      --expect-json 'PATH=VALUE'  JSONPath and the one value it must find; without =VALUE anything
      --expect-body-bytes N       size of the body
      --expect-body-hash HEX      SHA-256 of the body, or its first digits

Sweep
  -c, --connections LIST  rising numbers, comma between; 1,2,4,…,1000
      --rates LIST        requests per second in the place of connections; -c N is then the most connections, 256
  -z, --duration TIME     3s for each level

Comparison
      --against COMMIT    commit, branch, tag or stash that the working tree is compared with
      --budget TIME       for everything, restarts included; 90s, 5m for several routes, 4m to calibrate
      --margin PERCENT    a smaller change does not matter; 3%, from 1% to 10%
      --quick             one launch of each side and one look
      --prior FILE        what calibrate -o wrote, in the place of what was learned here
      --seed N            of the order of the blocks
      --markdown          a table for a pull request

Consent
      --allow-host HOST   load a host that is not this machine
      --allow-writes      load a POST, PUT, PATCH or DELETE route

Output
      --json              print the run as JSON
  -o, --output FILE       write the run as JSON to a file too
      --help, --version

Exit code: 0 done, 1 a budget is broken or an answer was not the expected one, 2 wrong use or input, 3 target not reachable, 130 interrupted.
`;
