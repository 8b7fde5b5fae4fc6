/**
 * The command `tandem`: finds the command named, loads its file and runs it.
 *
 * 1. One file per command, loaded only when that command is called: a connector never loads what the cloud needs.
 * 2. A wrong command line ends with exit code 2, a failure with 1, each as one line `error: what, where, what to do`.
 *
 * Leaves to others: what each command does (the file of its name beside this one).
 */
import { Command, CommanderError } from 'commander';
import { COMMANDS } from './commands.ts';
import { toldAs } from './fault.ts';
import { packageVersion } from './packageVersion.ts';

/** Runs the command line (`process.argv`) and sets the exit code. Returns when the command is over. */
export async function run(argv: readonly string[]): Promise<void> {
  try {
    await (await programFor(argv.slice(2))).parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its message; help and version end by 0, every other one is a mistake on the command line.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    const { text, exitCode } = toldAs(error, process.env.TANDEM_DEBUG !== undefined);
    process.stderr.write(`${text}\n`);
    process.exitCode = exitCode;
  }
}

/** The program with every command by name and summary, and the one called in full. */
async function programFor(args: readonly string[]): Promise<Command> {
  const program = new Command('tandem')
    .description('Keeps QuickBooks Desktop and MineralTree in step.')
    .version(packageVersion(), '--version', 'print the version')
    .helpCommand(false)
    .showHelpAfterError('(tandem --help, or tandem <command> --help, tells what is allowed)');
  const called = args.find((arg) => !arg.startsWith('-'));
  for (const { name, summary, load } of COMMANDS)
    program.addCommand(
      called === name ? (await load()).name(name).summary(summary) : new Command(name).summary(summary),
    );
  return throwing(program);
}

/** Makes a command and those below it throw where they would end the process, and show the way to their help. */
function throwing(command: Command): Command {
  command.exitOverride().showHelpAfterError('(--help tells what is allowed)');
  for (const inner of command.commands) throwing(inner);
  return command;
}
