package tandem.edge.sim;

import java.util.HashMap;
import java.util.Map;

/**
 * Single owner of the table of api commands; runs each and reports it with an API event, as the
 * switch does.
 */
final class ApiCommands {

  /** One command; it answers its call once, at once or later. */
  interface ApiCommand {
    void run(ApiCall call);
  }

  private final EventBus bus;
  private final Map<String, ApiCommand> table = new HashMap<>();

  ApiCommands(EventBus bus) {
    this.bus = bus;
  }

  void add(String name, ApiCommand command) {
    table.put(name, command);
  }

  void run(ApiCall call) {
    ApiCommand command = table.get(call.command());
    if (command == null) {
      call.reply("-ERR " + call.command() + " Command not found!\n");
      return;
    }
    command.run(
        new ApiCall(
            call.command(),
            call.arguments(),
            text -> {
              report(call);
              call.reply(text);
            }));
  }

  private void report(ApiCall call) {
    SimEvent event = bus.begin("API");
    if (event != null) {
      event.add("API-Command", call.command());
      if (!call.arguments().isEmpty()) {
        event.add("API-Command-Argument", call.arguments());
      }
      bus.send(event);
    }
  }
}
