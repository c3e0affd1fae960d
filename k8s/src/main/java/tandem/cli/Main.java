package tandem.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import tandem.bench.BenchCommand;
import tandem.cli.client.ApiClient.ApiException;
import tandem.cli.stack.StackException;

/** The one entry of {@code ./tandem}: finds the command, and turns its failure into one line. */
@Command(
    name = "tandem",
    description = "A clustered call router for contact centers.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      CallCommand.class,
      StatusCommand.class,
      FeedCommand.class,
      SimulateCommand.class,
      BenchCommand.class,
      HelpCommand.class
    })
public final class Main implements Callable<Integer> {
  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure))
        .setParameterExceptionHandler((failure, args) -> explain(failure));
  }

  @Override
  public Integer call() {
    CommandLine.usage(new Main(), System.out);
    return 0;
  }

  /** Those that a person can act upon get one line; of a fault of ours the trace is wanted. */
  private static int explain(Exception failure) {
    if (failure instanceof StackException
        || failure instanceof ApiException
        || failure instanceof IllegalArgumentException) {
      System.err.println("tandem: " + failure.getMessage());
      return 1;
    } else if (failure instanceof ParameterException) {
      System.err.println("tandem: " + failure.getMessage() + "; see ./tandem help");
      return 2;
    }
    System.err.println("tandem: " + failure);
    failure.printStackTrace();
    return 1;
  }
}
