// Prints what Nest registered on its HTTP adapter: methods and paths, for what it calls are its own functions.
import { bootstrap } from './src/main';

type Layer = { route?: { path: string; stack: { method: string }[] } };

void bootstrap().then((app) => {
  const { stack } = app.getHttpAdapter().getInstance()._router as { stack: Layer[] };
  const rows = stack.flatMap(({ route }) => {
    const methods = new Set((route?.stack ?? []).map(({ method }) => method.toUpperCase()));
    return (methods.size > 10 ? ['ANY'] : [...methods]).map((method) => [method, route?.path ?? '']);
  });
  console.log(JSON.stringify(rows));
});
