package tandem.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tandem.cli.client.SwitchConsole;
import tandem.edge.sim.SwitchSimMain;

/**
 * The switch simulator in a JVM of its own. It outlives its owner for a while ({@link OwnerWatch}),
 * and the next start on the same folder takes it over, with the calls it has.
 */
public final class SimProcess implements AutoCloseable {
  private static final String NAME = "switch simulator";
  private static final String FILE = "sim.json";
  private static final String PASSWORD = "ClueCon";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration ASK = Duration.ofSeconds(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * How to run it.
   *
   * @param eslPort of its Event Socket; 0: any free one
   * @param sipPort UDP and TCP; 0: any free one
   * @param args further ones of {@link SwitchSimMain}
   * @param graceSeconds how long it lives on without an owner
   */
  public record Settings(
      Path folder, int eslPort, int sipPort, List<String> args, int graceSeconds) {
    public Settings {
      args = List.copyOf(args);
    }
  }

  private final ProcessHandle process;
  private final @Nullable JavaProcess child;
  private final int eslPort;
  private final int sipPort;
  private volatile boolean stopping;

  private SimProcess(ProcessHandle process, @Nullable JavaProcess child, int eslPort, int sipPort) {
    this.process = process;
    this.child = child;
    this.eslPort = eslPort;
    this.sipPort = sipPort;
  }

  /** Starts it, or takes over the one that still runs in this folder; waits until it answers. */
  public static SimProcess start(Settings settings) {
    Path file = settings.folder().resolve(FILE);
    try {
      OwnerWatch.own(settings.folder());
      Optional<SimProcess> living = living(file);
      if (living.isPresent()) {
        return living.get();
      }
      int esl = FreePort.tcp(settings.eslPort(), "the switch simulator", "--esl-port");
      int sip = FreePort.udpAndTcp(settings.sipPort(), "the switch simulator", "--sip-port");
      List<String> args = new ArrayList<>();
      args.addAll(
          List.of(
              settings.folder().toString(),
              Integer.toString(settings.graceSeconds()),
              SwitchSimMain.class.getName(),
              "--esl-port=" + esl,
              "--sip-port=" + sip));
      args.addAll(settings.args());
      JavaProcess child =
          JavaProcess.start(
              new JavaProcess.Spec(
                  NAME,
                  settings.folder(),
                  List.of(
                      "-Xmx384m", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:-UsePerfData"),
                  OwnerWatch.class.getName(),
                  args,
                  false));
      SimProcess sim = new SimProcess(child.handle(), child, esl, sip);
      awaitAnswer(child, esl);
      Files.writeString(
          file,
          JSON.createObjectNode()
              .put("pid", child.pid())
              .put("start", OwnerWatch.startOf(child.handle()))
              .put("eslPort", esl)
              .put("sipPort", sip)
              .toString());
      return sim;
    } catch (IOException e) {
      throw new StackException("cannot start the " + NAME + ": " + e.getMessage(), e);
    }
  }

  /** Ends the one that an earlier run has left, if there is one. */
  public static void endLeftOver(Home home) {
    try {
      living(home.simulator().resolve(FILE)).ifPresent(SimProcess::close);
    } catch (IOException e) {
      throw new StackException("cannot end the " + NAME + " that was left: " + e.getMessage(), e);
    }
  }

  private static Optional<SimProcess> living(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode known = JSON.readTree(Files.readString(file));
    int esl = known.path("eslPort").asInt();
    return ProcessHandle.of(known.path("pid").asLong())
        .filter(ProcessHandle::isAlive)
        .filter(handle -> OwnerWatch.startOf(handle).equals(known.path("start").asText()))
        .filter(handle -> answers(esl))
        .map(handle -> new SimProcess(handle, null, esl, known.path("sipPort").asInt()));
  }

  private static void awaitAnswer(JavaProcess child, int port) {
    Wait.until(
        "the " + NAME + " answers",
        PATIENCE,
        () -> {
          if (!child.isAlive()) {
            throw new StackException(child.describeEnd());
          }
          return answers(port);
        });
  }

  private static boolean answers(int port) {
    try (SwitchConsole console = SwitchConsole.connect("127.0.0.1", port, PASSWORD, ASK)) {
      return !console.api("status").isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  public SwitchAddress address() {
    return new SwitchAddress("127.0.0.1", eslPort, PASSWORD);
  }

  public int sipPort() {
    return sipPort;
  }

  public long pid() {
    return process.pid();
  }

  /** Whether it was running already, with the calls it had. */
  public boolean takenOver() {
    return child == null;
  }

  /** Completes with the reason in one line when it has ended; empty when it was stopped here. */
  public CompletionStage<String> ended() {
    return process
        .onExit()
        .thenApply(
            gone -> {
              if (stopping) {
                return "";
              }
              return child == null
                  ? "the " + NAME + " (pid " + gone.pid() + ") ended"
                  : child.describeEnd();
            });
  }

  /** Ends it with all its calls; returns when it is gone. */
  @Override
  public void close() {
    stopping = true;
    process.destroyForcibly();
    try {
      var unused = process.onExit().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new StackException("the " + NAME + " (pid " + pid() + ") does not end", e);
    }
  }
}
