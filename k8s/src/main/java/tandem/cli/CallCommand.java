package tandem.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tandem.cli.client.ApiClient;
import tandem.cli.client.ApiClient.ApiException;
import tandem.cli.stack.Home;
import tandem.cli.stack.RunInfo;
import tandem.cli.stack.StackException;
import tandem.cli.stack.Wait;
import tandem.cli.text.Printable;
import tandem.edge.sim.SipCall;
import tandem.router.domain.Durations;

/** Places one call by SIP and prints its timeline, as REST tells it, while it grows. */
@Command(name = "call", description = "Place a call by SIP and print its life as it happens.")
final class CallCommand implements Callable<Integer> {
  private static final Pattern DIGITS = Pattern.compile("\\+?[0-9]{1,15}");
  private static final Duration UNSEEN = Duration.ofSeconds(8);

  /** A call that the plan ends at once may be over before it can be seen. */
  private static final int LOOKS_AFTER_THE_END = 40;

  @Parameters(paramLabel = "NUMBER", description = "The number to call, e.g. +14155550100.")
  private String number = "";

  @Option(
      names = "--from",
      paramLabel = "NUMBER",
      description = "The caller's number (default: a new one each time).")
  private @Nullable String from;

  @Option(
      names = "--talk",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long to talk to the agent before hanging up (default: ${DEFAULT-VALUE}).")
  private String talk = "10s";

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "2m",
      description = "How long to wait for an agent before hanging up (default: ${DEFAULT-VALUE}).")
  private String patience = "2m";

  @Override
  public Integer call() {
    Duration talkFor = duration("--talk", talk);
    Duration waitFor = duration("--patience", patience);
    if (from != null && !DIGITS.matcher(from).matches()) {
      throw new StackException(
          "--from must be 1 to 15 digits, with or without +, got '" + from + "'");
    }
    RunInfo run = RunInfo.load(Home.ofCheckout().runFile());
    ApiClient api = new ApiClient(run.httpPort(), run.token());
    String caller =
        from != null ? from : "+1555" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
    System.out.printf(
        "%s calls %s by SIP at %s:%d%n", caller, number, run.sipHost(), run.sipPort());
    String query =
        "/api/v1/calls?callerNumber="
            + caller.replace("+", "%2B")
            + "&from="
            + Instant.now().minusSeconds(5);
    Set<String> before = ids(api.list(query));
    try (SipCall sip =
        SipCall.place(
            run.sipHost(), run.sipPort(), number, caller, waitFor.plus(talkFor), new Quiet())) {
      String id = find(api, sip, query, before);
      System.out.printf("Its id: %s%n", id);
      follow(api, sip, id, talkFor);
      System.out.printf("%nThe whole of it: %s/api/v1/calls/%s/timeline%n", api.base(), id);
      return 0;
    }
  }

  private static Set<String> ids(List<JsonNode> calls) {
    return calls.stream().map(call -> call.path("id").asText()).collect(Collectors.toSet());
  }

  /** The caller's call that was not there before. One that is over at once may show late. */
  private static String find(ApiClient api, SipCall sip, String query, Set<String> before) {
    String[] found = new String[1];
    int[] looks = new int[1];
    try {
      Wait.until(
          "the router sees the call",
          UNSEEN,
          () -> {
            Set<String> now = new TreeSet<>(ids(api.list(query)));
            now.removeAll(before);
            found[0] = now.isEmpty() ? null : now.iterator().next();
            if (found[0] == null && sip.over().isDone() && ++looks[0] > LOOKS_AFTER_THE_END) {
              throw new StackException("the switch did not take the call: " + sip.over().join());
            }
            return found[0] != null;
          });
    } catch (StackException e) {
      sip.hangup();
      throw new StackException(
          e.getMessage() + "; does the number lead somewhere (GET /api/v1/numbers)?", e);
    }
    return found[0];
  }

  private static void follow(ApiClient api, SipCall sip, String id, Duration talk) {
    Follower follower = new Follower(sip, talk);
    Wait.until("the call ends", Duration.ofHours(2), () -> follower.look(timeline(api, id)));
  }

  private static List<JsonNode> timeline(ApiClient api, String id) {
    try {
      return api.list("/api/v1/calls/" + id + "/timeline");
    } catch (ApiException e) {
      if (e.status() == 404 || e.status() == 503 || e.status() == 0) {
        // Not written yet, or the node is on its way back: the next look will tell.
        return List.of();
      }
      throw e;
    }
  }

  /** Prints what is new, and hangs up when the caller has talked enough. */
  private static final class Follower {
    private final SipCall sip;
    private final Duration talk;
    private int printed;
    private @Nullable Instant first;
    private @Nullable Instant hangUpAt;
    private boolean ended;

    Follower(SipCall sip, Duration talk) {
      this.sip = sip;
      this.talk = talk;
    }

    boolean look(List<JsonNode> entries) {
      for (; printed < entries.size(); printed++) {
        print(entries.get(printed));
      }
      Instant due = hangUpAt;
      if (due != null && !Instant.now().isBefore(due)) {
        hangUpAt = null;
        sip.hangup();
      }
      return ended;
    }

    private void print(JsonNode entry) {
      Instant at = Instant.parse(entry.path("at").asText());
      Instant start = first == null ? at : first;
      first = start;
      String event = entry.path("event").asText();
      System.out.printf(
          Locale.ROOT,
          "  %8.3f s  %-17s %s%n",
          Duration.between(start, at).toMillis() / 1000.0,
          event,
          Printable.of(entry.path("reason").asText()));
      System.out.flush();
      if (event.equals("connected")) {
        hangUpAt = Instant.now().plus(talk);
      } else if (event.equals("ended")) {
        ended = true;
      }
    }
  }

  private static Duration duration(String option, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  /** The timeline tells it better. */
  private static final class Quiet implements SipCall.Progress {
    @Override
    public void trying() {
      // The timeline says arrived.
    }

    @Override
    public void ringing() {
      // The timeline says queued.
    }

    @Override
    public void answered() {
      // The timeline says greeted.
    }

    @Override
    public void ended(String reason) {
      // The timeline says ended, and why.
    }
  }
}
