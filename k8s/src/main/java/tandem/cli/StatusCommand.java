package tandem.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import tandem.cli.client.ApiClient;
import tandem.cli.stack.Home;
import tandem.cli.stack.RunInfo;
import tandem.cli.text.Table;

/** Prints how the installation stands: node, members, links, queues, agents, calls. */
@Command(
    name = "status",
    description = "Show the node, its cluster's members, the switches, queues, agents and calls.")
final class StatusCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    RunInfo run = RunInfo.load(Home.ofCheckout().runFile());
    ApiClient api = new ApiClient(run.httpPort(), run.token());
    JsonNode health = api.send("GET", "/health/ready", null).body();
    boolean ready = health.path("ok").asBoolean(false);
    System.out.printf(
        "Node pid %d, %s, %s%n",
        run.nodePid(), api.base(), ready ? "ready" : "not ready: " + failing(health));
    System.out.printf(
        "Cassandra 127.0.0.1:%d, Kafka 127.0.0.1:%d, switch %s%s%n%n",
        run.cassandraPort(),
        run.kafkaPort(),
        run.eventSocket(),
        run.simulated() ? " (simulator)" : "");
    members(new ApiClient(run.managementPort(), ""));
    switches(api);
    queues(api);
    agents(api);
    calls(api);
    return ready ? 0 : 1;
  }

  private static String failing(JsonNode problem) {
    String errors =
        StreamSupport.stream(problem.path("errors").spliterator(), false)
            .map(e -> e.path("field").asText() + ": " + e.path("message").asText())
            .collect(Collectors.joining(", "));
    return errors.isEmpty() ? problem.toString() : errors;
  }

  private static void members(ApiClient management) {
    Table table = new Table("MEMBER", "STATE", "ROLES");
    for (JsonNode member : management.get("/cluster/members").path("members")) {
      table.row(
          member.path("node").asText(),
          member.path("status").asText(),
          texts(member.path("roles")));
    }
    System.out.println(table);
  }

  private static void switches(ApiClient api) {
    Table table = new Table("SWITCH", "STATE", "CHANNELS", "CALLS", "SINCE");
    for (JsonNode one : api.list("/api/v1/switches")) {
      table.row(
          text(one, "id"),
          text(one, "state"),
          text(one, "channels"),
          text(one, "calls"),
          text(one, "since"));
    }
    System.out.println(table);
  }

  private static void queues(ApiClient api) {
    Table table =
        new Table(
            "QUEUE",
            "WAITING",
            "CALLBACKS",
            "OFFERED",
            "MEMBERS",
            "AVAILABLE",
            "SERVED",
            "ABANDONED");
    for (JsonNode one : api.list("/api/v1/queues")) {
      JsonNode live = one.path("live");
      table.row(
          text(one, "id"),
          text(live, "waiting"),
          text(live, "callbacks"),
          text(live, "offered"),
          text(live, "members"),
          text(live, "available"),
          text(live, "served"),
          text(live, "abandoned"));
    }
    System.out.println(table);
  }

  private static void agents(ApiClient api) {
    Table table = new Table("AGENT", "PRESENCE", "DOING", "QUEUES", "CONTACT");
    for (JsonNode one : api.list("/api/v1/agents")) {
      String doing =
          StreamSupport.stream(one.path("offers").spliterator(), false)
              .map(offer -> offer.path("state").asText())
              .collect(Collectors.joining(","));
      table.row(
          text(one, "id"),
          text(one, "presence"),
          doing.isEmpty() ? (one.path("available").asBoolean() ? "free" : "-") : doing,
          texts(one.path("queues")),
          text(one, "contact"));
    }
    System.out.println(table);
  }

  private static void calls(ApiClient api) {
    Table table = new Table("CALL", "FROM", "TO", "STATE", "QUEUE", "AGENT", "FOR");
    int living = 0;
    for (JsonNode one : api.get("/api/v1/calls?limit=50").path("items")) {
      if (text(one, "state").equals("ended")) {
        continue;
      }
      living++;
      Instant since = Instant.parse(one.path("since").asText());
      table.row(
          text(one, "id"),
          text(one, "callerNumber"),
          text(one, "calledNumber"),
          text(one, "state"),
          text(one, "queue"),
          text(one, "agent"),
          Duration.between(since, Instant.now()).toSeconds() + " s");
    }
    System.out.println(living == 0 ? "  No calls now.\n" : table.toString());
  }

  private static String texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .filter(text -> !text.startsWith("dc-"))
        .collect(Collectors.joining(","));
  }

  private static String text(JsonNode from, String field) {
    return from.path(field).asText("-");
  }
}
