package tandem.edge.sim;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The simulator's own api command, {@code sim …}: places calls, scripts phones, runs load, tells
 * the ledger, breaks things. A real switch has none of it.
 */
final class SimApi {

  private static final String USAGE =
      "-USAGE: sim call <from> <to> [patience=ms] [talk=ms|never] [keys=prompt+ms:digits,…] | phone"
          + " <user|*|*ending> [ring= answer= busy= decline= ignore= unreachable= missing= talk=] |"
          + " phones | load rate= seconds=|calls= to= patience= talk= seed= poisson= | load stop |"
          + " ledger [calls|clear] | hangup <uuid> | dtmf <uuid> <digits> | hears <uuid> | gateway"
          + " [<name> up|down|<cause>] | cut | silence <ms> | restart\n";

  private static final int PRESSED_SAMPLES = 2_000;

  private final SwitchCore core;
  private final Switch owner;
  private final Random random;

  SimApi(SwitchCore core, Switch owner) {
    this.core = core;
    this.owner = owner;
    this.random = new Random(core.settings().seed() + 2);
  }

  void register(ApiCommands commands) {
    commands.add(
        "sim",
        call -> {
          String[] words = call.words(2);
          try {
            run(call, words.length == 0 ? "" : words[0], words.length > 1 ? words[1].trim() : "");
          } catch (IllegalArgumentException e) {
            call.reply("-ERR " + e.getMessage() + "\n");
          }
        });
  }

  private void run(ApiCall call, String verb, String rest) {
    switch (verb) {
      case "call" -> call.reply(place(rest));
      case "phone" -> call.reply(phone(rest));
      case "phones" -> call.reply(phones());
      case "load" -> call.reply(load(rest));
      case "ledger" -> call.reply(ledger(rest));
      case "hangup" -> call.reply(onChannel(rest, (channel, more) -> owner.gone(channel)));
      case "dtmf" ->
          call.reply(
              onChannel(rest, (channel, more) -> owner.digits(channel, more, PRESSED_SAMPLES)));
      case "gateway" -> call.reply(gateway(rest));
      case "hears" ->
          call.reply(
              String.join(
                  "\n", core.channels().locate(rest) == null ? List.of() : owner.hears(rest)));
      case "silence" -> {
        owner.server().silence(Duration.ofMillis(Long.parseLong(rest)));
        call.reply("+OK\n");
      }
      case "cut" -> {
        call.reply("+OK\n");
        core.loop().execute(owner.server()::cut);
      }
      case "restart" -> {
        call.reply("+OK\n");
        core.loop().execute(owner::restart);
      }
      default -> call.reply(USAGE);
    }
  }

  private String place(String rest) {
    String[] words = rest.split(" +", 3);
    if (words.length < 2) {
      return USAGE;
    }
    CallerScript script = CallerScript.parse(words.length > 2 ? words[2] : "");
    String uuid = UUID.randomUUID().toString();
    return owner.call(uuid, words[0], words[1], script, random)
        ? "+OK " + uuid + "\n"
        : "-ERR 503\n";
  }

  private String phone(String rest) {
    String[] words = rest.split(" +", 2);
    if (words[0].isEmpty()) {
      return USAGE;
    }
    owner.phones().script(words[0], PhoneScript.parse(words.length > 1 ? words[1] : ""));
    return "+OK\n";
  }

  private String gateway(String rest) {
    String[] words = rest.split(" +", 2);
    if (words.length == 2) {
      owner.gateways().set(words[0], words[1].trim());
    }
    return words.length == 2 ? "+OK\n" : owner.gateways().picture();
  }

  private String phones() {
    StringBuilder out = new StringBuilder("[");
    for (SimPhone phone : owner.phones().picture()) {
      SimJson.object(out.length() > 1 ? out.append(',') : out)
          .put("user", phone.user())
          .put("calls", phone.calls())
          .put("mostCalls", phone.mostCalls())
          .put("offered", phone.offered())
          .put("answered", phone.answered())
          .end();
    }
    return out.append("]\n").toString();
  }

  private String load(String rest) {
    if (rest.equals("stop")) {
      owner.loads().forEach(LoadGenerator::stop);
      return "+OK\n";
    }
    LoadPlan plan = LoadPlan.parse(rest);
    owner.load(plan);
    return "+OK " + plan.calls() + " calls\n";
  }

  private String ledger(String rest) {
    if (rest.equals("clear")) {
      owner.forget();
      return "+OK\n";
    }
    return owner.picture().json(rest.equals("calls")) + "\n";
  }

  private interface ChannelAction {
    void run(SimChannel channel, String rest);
  }

  private String onChannel(String rest, ChannelAction action) {
    String[] words = rest.split(" +", 2);
    SimChannel channel = core.channels().locate(words[0]);
    if (channel == null) {
      return "-ERR No such channel!\n";
    }
    action.run(channel, words.length > 1 ? words[1] : "");
    return "+OK\n";
  }
}
