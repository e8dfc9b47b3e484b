import {
  foldersWith,
  folderOf,
  inFolder,
  pathIn,
  PORT_URL,
  type FolderFacts,
  type ProposedServer,
} from './folderFacts';
import { portOfSource, portParts, type PortChoice, type PortParts } from './portOf';

/** A compiler may have everything to build before the first answer. */
const BUILD_TIMEOUT_MS = 180_000;

/**
 * Commands of projects that are built or served by a tool of their language: Go, Rust, Java, Ruby, PHP and C#.
 *
 * Example: `go.mod` with `func main` in `cmd/api/main.go` that reads PORT → `go run ./cmd/api` with PORT={port}.
 */
export function proposeBuilds(facts: FolderFacts): readonly ProposedServer[] {
  return [...go(facts), ...rust(facts), ...java(facts), ...ruby(facts), ...php(facts), ...csharp(facts)];
}

function go(facts: FolderFacts): ProposedServer[] {
  const modules = foldersWith(facts, 'go.mod');
  return [...facts.files].flatMap(([file, text]) => {
    if (!file.endsWith('.go') || !/^package main\b/m.test(text) || !/^func main\(\)/m.test(text)) return [];
    const folder = folderOf(file);
    const root = modules.filter((each) => each === '' || folder === each || folder.startsWith(`${each}/`)).at(-1);
    if (root === undefined) return [];
    const inner = root === '' ? folder : folder.slice(root.length + 1);
    const target = inner === '' ? '.' : `./${inner}`;
    const option =
      /flag\.(?:String|Int|StringVar|IntVar)\((?:&\w+,\s*)?"([\w-]*(?:port|addr|listen|bind)[\w-]*)"/i.exec(text)?.[1];
    const parts =
      option === undefined
        ? portParts(portOfSource(text) ?? { kind: 'environment', name: 'PORT' })
        : { baseUrl: PORT_URL, env: {} };
    const value = /port/i.test(option ?? '') ? '{port}' : '127.0.0.1:{port}';
    const command = option === undefined ? `go run ${target}` : `go run ${target} -${option}=${value}`;
    return [build(`go run ${target}`, command, root, parts, `func main in ${file}`)];
  });
}

function rust(facts: FolderFacts): ProposedServer[] {
  return foldersWith(facts, 'Cargo.toml').flatMap((folder) => {
    const source = facts.files.get(pathIn(folder, 'src/main.rs'));
    if (source === undefined) return [];
    const isRocket = /\brocket::|#\[launch\]/.test(source);
    const choice: PortChoice = portOfSource(source) ?? {
      kind: 'environment',
      name: isRocket ? 'ROCKET_PORT' : 'PORT',
    };
    return [build('cargo run', 'cargo run --release', folder, portParts(choice), pathIn(folder, 'Cargo.toml'))];
  });
}

function java(facts: FolderFacts): ProposedServer[] {
  const told = { baseUrl: PORT_URL, env: {} };
  const maven = foldersWith(facts, 'pom.xml').flatMap((folder) => {
    if (!(facts.files.get(pathIn(folder, 'pom.xml')) ?? '').includes('spring-boot-maven-plugin')) return [];
    const tool = facts.paths.has(pathIn(folder, 'mvnw')) ? './mvnw' : 'mvn';
    const command = `${tool} spring-boot:run -Dspring-boot.run.arguments=--server.port={port}`;
    return [build('Spring Boot', command, folder, told, pathIn(folder, 'pom.xml'))];
  });
  const gradle = ['build.gradle', 'build.gradle.kts'].flatMap((name) =>
    foldersWith(facts, name).flatMap((folder) => {
      if (!(facts.files.get(pathIn(folder, name)) ?? '').includes('org.springframework.boot')) return [];
      const tool = facts.paths.has(pathIn(folder, 'gradlew')) ? './gradlew' : 'gradle';
      return [build('Spring Boot', `${tool} bootRun --args=--server.port={port}`, folder, told, pathIn(folder, name))];
    }),
  );
  return [...maven, ...gradle];
}

function ruby(facts: FolderFacts): ProposedServer[] {
  return foldersWith(facts, 'config.ru').map((folder) => {
    const isRails = facts.paths.has(pathIn(folder, 'bin/rails'));
    const command = isRails ? 'bin/rails server -b 127.0.0.1 -p {port}' : 'bundle exec rackup -o 127.0.0.1 -p {port}';
    return tool(isRails ? 'Rails' : 'rackup', command, folder, pathIn(folder, 'config.ru'));
  });
}

function php(facts: FolderFacts): ProposedServer[] {
  const laravel = foldersWith(facts, 'artisan').map((folder) =>
    tool('Laravel', 'php artisan serve --host=127.0.0.1 --port={port}', folder, pathIn(folder, 'artisan')),
  );
  const plain = foldersWith(facts, 'composer.json')
    .filter(
      (folder) => facts.paths.has(pathIn(folder, 'public/index.php')) && !facts.paths.has(pathIn(folder, 'artisan')),
    )
    .map((folder) =>
      tool('php -S', 'php -S 127.0.0.1:{port} -t public public/index.php', folder, pathIn(folder, 'public/index.php')),
    );
  return [...laravel, ...plain];
}

function csharp({ files }: FolderFacts): ProposedServer[] {
  return [...files].flatMap(([file, text]) => {
    if (!file.endsWith('.csproj') || !text.includes('Microsoft.NET.Sdk.Web')) return [];
    const command = 'dotnet run --no-launch-profile --urls http://127.0.0.1:{port}';
    return [build('dotnet run', command, folderOf(file), { baseUrl: PORT_URL, env: {} }, file)];
  });
}

function build(
  name: string,
  command: string,
  folder: string,
  { baseUrl, env }: PortParts,
  reason: string,
): ProposedServer {
  const told = Object.keys(env).length > 0 ? { env } : {};
  const start = { command, ...inFolder(folder), ...told, readyTimeoutMs: BUILD_TIMEOUT_MS };
  return { server: { name, baseUrl, start }, reason };
}

function tool(name: string, command: string, folder: string, reason: string): ProposedServer {
  return { server: { name, baseUrl: PORT_URL, start: { command, ...inFolder(folder) } }, reason };
}
