package tandem.edge.sim;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * The simulator as its own process, so that calls outlive a router that dies. Prints one JSON line
 * with its ports, then runs until it is ended or, with {@code --with-parent}, until its standard
 * input closes.
 */
public final class SwitchSimMain {

  private SwitchSimMain() {}

  /**
   * Arguments, each optional: {@code --esl-port=N --sip-port=N --seed=N --no-sip --fast
   * --recordings=DIRECTORY --trunks=NAME,NAME --with-parent}.
   *
   * @throws Exception when a port is taken or waiting is interrupted
   */
  public static void main(String[] arguments) throws Exception {
    SimSettings settings = SimSettings.load();
    boolean withParent = false;
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name =
          (equals < 0 ? argument : argument.substring(0, equals)).toLowerCase(Locale.ROOT);
      String value = equals < 0 ? "" : argument.substring(equals + 1);
      switch (name) {
        case "--esl-port" ->
            settings = settings.withPorts(Integer.parseInt(value), settings.sipPort());
        case "--sip-port" ->
            settings = settings.withPorts(settings.eslPort(), Integer.parseInt(value));
        case "--seed" -> settings = settings.withSeed(Long.parseLong(value));
        case "--no-sip" -> settings = settings.withSip(false);
        case "--recordings" -> settings = settings.withRecordings(value);
        case "--trunks" -> settings = settings.withTrunks(value.split(",", -1));
        case "--fast" -> settings = settings.withTiming(settings.timing().fast());
        case "--with-parent" -> withParent = true;
        default -> {
          System.err.println("unknown argument: " + argument);
          System.exit(2);
        }
      }
    }
    SwitchSim sim;
    try {
      sim = SwitchSim.start(settings);
    } catch (RuntimeException e) {
      System.err.println(e.getMessage());
      System.exit(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(sim::close, "switch-sim-close"));
    StringBuilder line = new StringBuilder();
    SimJson.object(line)
        .put("eslPort", sim.eslPort())
        .put("sipPort", sim.sipPort())
        .put("pid", ProcessHandle.current().pid())
        .put("coreUuid", sim.coreUuid())
        .end();
    System.out.println(line);
    System.out.flush();
    if (withParent) {
      while (System.in.read() >= 0) {
        // Only the end of the stream means something: the parent is gone.
      }
      System.exit(0);
    }
    new CountDownLatch(1).await();
  }
}
