import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';

const ANSWER_TIMEOUT_MS = 10_000;

/**
 * A shell that is kept, because starting one for every question would cost more than the answer: PowerShell takes a third of a
 * second of CPU to come up. It ends with this process, whose end closes its input.
 */
export class ShellSession {
  readonly #program: string;
  readonly #args: readonly string[];
  /** A command that makes the shell print a text on a line of its own. */
  readonly #echo: (text: string) => string;
  #shell: ChildProcessWithoutNullStreams | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(program: string, args: readonly string[], echo: (text: string) => string) {
    this.#program = program;
    this.#args = args;
    this.#echo = echo;
  }

  /** What a command of one line prints. Empty when the shell is not there, fails or takes longer than 10 s. */
  ask(command: string): Promise<string> {
    const answer = this.#queue.then(() => this.#ask(command));
    this.#queue = answer;
    return answer;
  }

  /** Ends the shell; the next question starts another one. */
  close(): void {
    this.#shell?.stdin.end();
    this.#shell?.kill();
    this.#shell = undefined;
  }

  #ask(command: string): Promise<string> {
    const shell = (this.#shell ??= this.#start());
    const mark = randomUUID();
    return new Promise((resolve) => {
      let text = '';
      const settle = (answer: string): void => {
        clearTimeout(limit);
        shell.stdout.off('data', read);
        shell.off('close', lose);
        resolve(answer);
      };
      const lose = (): void => {
        if (this.#shell === shell) this.#shell = undefined;
        settle('');
      };
      const read = (piece: string): void => {
        text += piece;
        const end = text.indexOf(mark);
        if (end >= 0) settle(text.slice(0, end));
      };
      const limit = setTimeout(() => {
        this.close();
        settle('');
      }, ANSWER_TIMEOUT_MS);
      shell.stdout.on('data', read);
      shell.once('close', lose);
      shell.stdin.write(`${command}\n${this.#echo(mark)}\n`);
    });
  }

  #start(): ChildProcessWithoutNullStreams {
    const shell = spawn(this.#program, [...this.#args], { windowsHide: true, stdio: ['pipe', 'pipe', 'pipe'] });
    shell.stdout.setEncoding('utf8');
    shell.stderr.resume();
    // What fails ends in `close`; a pipe that breaks meanwhile is no news.
    shell.on('error', () => undefined);
    shell.stdin.on('error', () => undefined);
    shell.unref();
    return shell;
  }
}
